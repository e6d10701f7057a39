"""Trouble with a page is told from trouble with a body."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sprechstunde.assistant import asking

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ALARMS = frozenset({"emergency_medical", "emergency_mental", "urgent_care"})


@pytest.mark.parametrize(
    "said",
    [
        "seite geht nicht auf",
        "ich krieg die seite nicht auf",
        "ich habe kein internet auf dem handy, was jetzt",
        "das pdf geht nicht auf",
        "die seite ist leer",
        "the page doesn't open",
        "no internet on my phone, what now",
        "can't open the document",
    ],
)
def test_a_page_that_does_not_open_is_technical(said):
    assert asking.is_technical(said)


@pytest.mark.parametrize(
    "said",
    [
        "meine rechte seite geht nicht mehr",
        "die ganze linke seite kann ich nicht bewegen",
        "Mundwinkel hängt auf einer Seite",
        "kein internet mehr und ich will nicht mehr leben",
        "the page won't load and I can't breathe",
    ],
)
def test_a_body_is_not(said):
    assert not asking.is_technical(said)


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_emergency_that_we_know_of_is_taken_for_a_page(language):
    tree = yaml.safe_load((ROOT / f"data/emergency/nlu.{language}.yml").read_text(encoding="utf-8"))
    known = [
        line.strip()[2:]
        for block in tree["nlu"]
        if block["intent"] in ALARMS
        for line in block["examples"].splitlines()
    ]
    cases = yaml.safe_load((HERE / f"emergencies.{language}.yml").read_text(encoding="utf-8"))
    known += [str(phrase) for kind, phrases in cases.items() if kind != "nothing" for phrase in phrases]
    assert len(known) > 1000
    assert [phrase for phrase in known if asking.is_technical(phrase)] == []
