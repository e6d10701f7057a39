"""Several children named with one word."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.alike import each_of_several


@pytest.mark.parametrize(
    ("said", "count", "of_one"),
    [
        ("Termine für meine drei Kinder zur U7", 3, "Termine für mein Kind zur U7"),
        ("ich brauche für alle 3 kinder eine impfung", 3, "ich brauche für mein Kind eine impfung"),
        ("unsere Zwillinge müssen zur U7", 2, "mein Kind müssen zur U7"),
        ("my twins need their check-up", 2, "my child need their check-up"),
        ("all four of my kids have a cough", 4, "my child have a cough"),
        ("both my boys need a sports physical", 2, "my son need a sports physical"),
        ("my kids need flu shots", 2, "my child need flu shots"),
    ],
)
def test_children_counted_together_are_a_wish_each(said: str, count: int, of_one: str) -> None:
    assert each_of_several(said) == [of_one] * count


@pytest.mark.parametrize(
    ("said", "first", "then"),
    [
        (
            "Ich und meine zwei Kinder brauchen Impfung",
            "für mich brauchen Impfung",
            "mein Kind brauchen Impfung",
        ),
        ("flu shots for my two kids and me", "flu shots for me", "flu shots for my child"),
        ("we need jabs, me and my 2 kids", "we need jabs, for me", "we need jabs, my child"),
    ],
)
def test_who_stands_beside_the_children_comes_first(said: str, first: str, then: str) -> None:
    assert each_of_several(said) == [first, then, then]


@pytest.mark.parametrize(
    "said",
    [
        "Termin für meine Tochter um drei",
        "children's doctor please",
        "my children's doctor is on holiday",
        "die Kinder haben Fieber",
        "ein Termin für meinen Kleinen",
        "my daughters eye is swollen",
        "mein Kind ist 3 Jahre alt",
    ],
)
def test_one_child_or_none_is_one_wish(said: str) -> None:
    assert each_of_several(said) == [said]
