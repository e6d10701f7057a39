"""Names, birth dates, insurance, for whom, and which row."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.nlu.fixed_phrases import FixedPhrases
from sprechstunde.assistant.nlu.ordinals import Ordinals
from sprechstunde.assistant.nlu.personal import PersonalEntities


@pytest.fixture
def values(read_with, demo_clinic):
    read = read_with(PersonalEntities, FixedPhrases, Ordinals)
    return lambda text: {e["entity"]: e["value"] for e in read(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ich heiße Anna Weiß", "Anna Weiß"),
        ("mein name ist anna schmidt und ich brauche einen termin", "anna schmidt"),
        ("Ich bin Peter Müller, geb. 3.4.1988", "Peter Müller"),
        ("für meine Tochter Mia Schmidt", "Mia Schmidt"),
        ("für meine Tochter Mia", "Mia"),
        ("Mein Mann heißt Karl Weber", "Karl Weber"),
        ("Anna-Lena von Berg, 12.03.1990", "Anna-Lena von Berg"),
        ("Name: Öztürk, Ali", "Ali Öztürk"),
        ("Ich heisse Dr. Peter Lang", "Dr. Peter Lang"),
        ("Viele Grüße, Anna Schmidt", "Anna Schmidt"),
        ("ich bin Anna Schmidt geboren 3.4.1988 gesetzlich versichert", "Anna Schmidt"),
        ("my name is John O'Brien", "John O'Brien"),
        ("this is Sarah Connor", "Sarah Connor"),
        ("My daughter Emma Johnson has a rash", "Emma Johnson"),
        ("Sean Murphy, born 2/2/1944", "Sean Murphy"),
        ("I'm called Svetlana Petrova", "Svetlana Petrova"),
        ("for our son Emil, age 3", "Emil"),
        ("Ich heiße Ina Imm", "Ina Imm"),
        ("ich bin Anna zur Mühlen", "Anna zur Mühlen"),
        ("Termin für meine Tochter Mia Lang zur U7", "Mia Lang"),
        ("für meinen Sohn Ben zur Impfung", "Ben"),
        ("Hausarzt Termin wegen Husten morgen, Anna Beispiel, 4.4.1984, TK", "Anna Beispiel"),
        ("termin wegen knieschmerzen uwe uhl 3.3.1970", "uwe uhl"),
        ("Impfung nächste Woche, Ayşe Yılmaz, AOK", "Ayşe Yılmaz"),
        ("Krzysztof Wójcik, brauche einen Termin wegen Rücken", "Krzysztof Wójcik"),
        ("knee appointment friday, fatima el amrani, privately insured", "fatima el amrani"),
        ("GP visit tomorrow please, Seamus O'Brien, dob 3 May 1971", "Seamus O'Brien"),
    ],
)
def test_names(values, text, name):
    assert values(text)["person_name"] == name


@pytest.mark.parametrize(
    "text",
    ["Ich bin krank", "ich bin Privatpatient", "I'm not sure", "it's Monday", "für meine Tochter bitte", "Dr. Weiß",
     "Ich bin seit 3 Jahren Patient", "Termin für Montag", "i am new here", "meine Frau hat Fieber",
     "Hallo Frau Krüger", "Termin bei Karl Hoffmann", "Elif Öztürk morgen früh", "Mia Halsschmerzen seit gestern",
     "Termin bei Frau Petrova zur Vorsorge für meine Tochter", "zu Dr. Petrova mit meinem Sohn zur U7",
     "lena hat fieber", "max 10 uhr", "Hi Julia, ich brauche einen Termin"],
)  # fmt: skip
def test_what_is_no_name(values, text):
    assert "person_name" not in values(text)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("geb. 3.4.1988", "1988-04-03"),
        ("geboren am 5. Mai 1960", "1960-05-05"),
        ("ich bin am 3.4.88 geboren", "1988-04-03"),
        ("Geburtsdatum: 03.04.1988", "1988-04-03"),
        ("born 3 April 88", "1988-04-03"),
        ("dob 03/04/1988", "1988-04-03"),
        ("1988-04-03", "1988-04-03"),
        ("3.4.1988", "1988-04-03"),
        ("born on April 3rd, 1988", "1988-04-03"),
        ("dreizehnter mai neunzehnhundertsechzig", "1960-05-13"),
        ("the thirteenth of may nineteen sixty", "1960-05-13"),
    ],
)
def test_birth_dates(values, text, born):
    assert values(text)["birth_date"] == born


@pytest.mark.parametrize(
    "text",
    [
        "am 3.12.",
        "am 3.12.2026 um 10",
        "3.4.2027",
        "next year",
        "geboren",
        "dritter Dezember zehn",
        "third of december two thirty",
    ],
)
def test_dates_of_appointments_are_no_birth_dates(values, text):
    assert "birth_date" not in values(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("gesetzlich", "statutory"), ("bin Kassenpatientin", "statutory"), ("public insurance", "statutory"),
        ("ich bin privat versichert", "private"), ("PKV", "private"), ("I have private health insurance", "private"),
        ("Selbstzahler", "self_pay"), ("ich zahle selbst", "self_pay"), ("I'll pay myself", "self_pay"),
        ("nicht versichert", "self_pay"), ("nicht privat, gesetzlich", "statutory"),
    ],
)  # fmt: skip
def test_kind_of_insurance(values, text, kind):
    assert values(text)["insurance_kind"] == kind


@pytest.mark.parametrize(
    ("text", "relationship"),
    [
        ("für meine Tochter", "child"), ("mein sohn hat husten", "child"), ("für meinen Mann", "partner"),
        ("meine Mutter braucht einen Termin", "parent"), ("for my dad", "parent"), ("my wife", "partner"),
        ("für meine Oma", "other"), ("for my brother", "other"), ("for our little one", "child"),
        ("für mich selbst", "self"),
    ],
)  # fmt: skip
def test_for_whom(values, text, relationship):
    assert values(text)["relationship"] == relationship


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("2", 2), ("2.", 2), ("Nr. 3", 3), ("2️⃣", 2), ("die zweite", 2), ("den ersten Termin bitte", 1), ("drei", 3),
        ("the last one", -1), ("option 4", 4), ("second", 2), ("the second one please", 2),
        ("ich nehme den letzten", -1),
        ("Die zwei nehme ich", 2), ("vorschlag drei passt", 3), ("Nummer eins", 1), ("die vorletzte", -2),
    ],
)  # fmt: skip
def test_which_row(values, text, position):
    assert values(text)["ordinal"] == position


@pytest.mark.parametrize(
    "text",
    ["um 2", "2 Uhr", "die zweite Woche", "am 2. Dezember", "meine erste Impfung", "zum ersten Mal",
     "the first of December",
     "um drei", "letzte Woche", "erster Termin morgen", "nicht die erste", "20",
     "first thing in the morning", "no one"],
)  # fmt: skip
def test_times_and_counts_are_no_rows(values, text):
    assert "ordinal" not in values(text)
