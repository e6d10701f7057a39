"""Who asks for a woman or a man as doctor, and who only speaks of one."""

from __future__ import annotations

import pytest

from actions.support.gender_words import meant, wanted

WOMAN = [
    "Termin beim Hausarzt, am liebsten bei einer Ärztin",
    "lieber eine Frau",
    "wenns geht bei ner Frau bitte",
    "ich möchte von einer Ärztin untersucht werden",
    "nur weibliche Ärzte bitte",
    "auf keinen Fall ein Mann, bitte keinen Mann",
    "möglichst eine Hautärztin",
    "doch lieber die andere Ärztin",
    "gp appointment with a female doctor please",
    "I'd prefer a woman",
    "can I see a lady doctor?",
    "is there a female gp on friday",
    "not a man please",
    "something private, female only please",
    "I would rather be seen by a woman",
]
MAN = [
    "lieber zu einem Mann",
    "nur männliche Ärzte",
    "ach nee, doch lieber ein Mann",
    "bitte keine Frau",
    "a male doctor would be better",
    "I'd rather see a man",
]
NOBODY = [
    "Termin für meine Frau beim Hausarzt",
    "ich hätte gern einen Termin für eine Frau von 80 Jahren",
    "zu Frau Dr. Weiß bitte",
    "die Ärztin meinte ich soll nochmal kommen",
    "Termin bei der Hautärztin nächste Woche",
    "meine Frauenärztin ist im Urlaub",
    "ich brauche einen Arzt",
    "Herr Doktor Sommer bitte",
    "my wife needs an appointment",
    "with a female friend of mine",
    "the doctor said she wants to see me again",
    "mann, ist das kompliziert",
    "egal ob Mann oder Frau",
    "a woman or a man, I don't mind",
]


@pytest.mark.parametrize("said", WOMAN)
def test_a_woman_is_wanted(said):
    assert wanted(said) == "female"


@pytest.mark.parametrize("said", MAN)
def test_a_man_is_wanted(said):
    assert wanted(said) == "male"


@pytest.mark.parametrize("said", NOBODY)
def test_somebody_is_only_spoken_of(said):
    assert wanted(said) is None


def test_a_short_answer_is_enough_where_a_doctor_was_asked_for():
    assert [meant(said) for said in ("die Frau", "she", "männlich", "egal")] == [
        "female",
        "female",
        "male",
        None,
    ]
