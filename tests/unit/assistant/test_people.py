"""Several people in one message."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.people import each_person


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "Termin für mich und meine Tochter bitte",
            ["Termin für mich bitte", "Termin für meine Tochter bitte"],
        ),
        ("one for me and one for my son", ["one for me", "one for my son"]),
        ("a visit for my son and daughter", ["a visit for my son", "a visit for my daughter"]),
        ("impfung für lena, und für mich", ["impfung für lena", "impfung für mich"]),
        ("my wife and I need flu jabs", ["my wife need flu jabs", "I need flu jabs for me"]),
        (
            "für mich, meine Frau und meinen Sohn",
            ["für mich", "für meine Frau", "für meinen Sohn"],
        ),
    ],
)
def test_people_side_by_side_are_a_wish_each(said: str, meant: list[str]) -> None:
    assert each_person(said, ["lena"]) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Knie und Rücken tun mir weh",
        "Termin am Montag und meine Frau kommt mit",
        "Mein Sohn, ich weiß nicht, hat Fieber",
        "blood test and vaccination for my son",
        "Anna Schmidt und TK",
    ],
)
def test_one_person_is_one_wish(said: str) -> None:
    assert each_person(said) == [said]
