"""Questions around a visit, told from wishes for one."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.around_visits import topic_of


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("Darf meine Frau mitkommen zum Termin?", "companion"),
        ("ist es ok wenn mein freund mit ins zimmer kommt", "companion"),
        ("could a friend sit in", "companion"),
        ("can i bring my mum", "companion"),
        ("kann ich meinen Hund mitbringen?", "pets"),
        ("are dogs allowed", "pets"),
        ("brauche ich eine Überweisung?", "referral"),
        ("geht das auch ohne überweisung", "referral"),
        ("do u need a referal", "referral"),
        ("do I need a referral for Dr. Lindqvist?", "referral"),
        ("Kommt ein Dolmetscher?", "interpreter"),
        ("geht das auch telefonisch?", "remote"),
        ("am liebsten telefonisch", "remote"),
        ("Bieten Sie Videosprechstunde an", "remote"),
        ("Termin beim Hausarzt, gern per Video", "remote"),
        ("can we do it over the phone?", "remote"),
        ("do you offer video consultations", "remote"),
        ("I'd prefer a phone appointment", "remote"),
        ("will someone there know sign language?", "interpreter"),
    ],
)
def test_what_is_asked(said: str, topic: str) -> None:
    assert topic_of(said) == topic


@pytest.mark.parametrize(
    "said",
    [
        "ich brauche eine Überweisung zum Orthopäden",
        "I need a referral to a dermatologist",
        "mein Hund hat mich gebissen, kann ich kommen",
        "bitte rufen Sie mich zurück, am liebsten telefonisch erreichbar ab 5",
        "Ihr seid telefonisch nicht zu erreichen?",
        "kann ich den Befund telefonisch besprechen",
        "geht die Krankschreibung auch telefonisch?",
        "can someone call me on the phone please",
        "kann ich meine Befunde mitbringen",
        "can I bring my son in on Friday",
        "Can my daughter come in today?",
        "kann mein Sohn am Freitag kommen",
    ],
)
def test_what_is_a_wish_or_about_papers(said: str) -> None:
    assert topic_of(said) is None
