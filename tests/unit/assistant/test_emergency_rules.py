"""The rules find what must not be missed, in both languages, and stay quiet otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sprechstunde.assistant.nlu.emergency import EmergencyRules, load_red_flags
from sprechstunde.assistant.nlu.phrases import PatternError
from tests.unit.assistant.conftest import Message

HERE = Path(__file__).parent
CASES = [
    pytest.param(str(phrase), kind, id=f"{language}-{kind}-{phrase}")
    for language in ("de", "en")
    for kind, phrases in yaml.safe_load(
        (HERE / f"emergencies.{language}.yml").read_text(encoding="utf-8")
    ).items()
    for phrase in phrases
]


@pytest.mark.parametrize(("phrase", "kind"), CASES)
def test_each_phrase_gets_the_help_it_needs(phrase, kind):
    rule = load_red_flags().judge(phrase)
    assert (rule.intent if rule else "nothing") == kind


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_sets_are_large_enough_to_mean_something(language):
    phrases = yaml.safe_load((HERE / f"emergencies.{language}.yml").read_text(encoding="utf-8"))
    assert len(phrases["emergency_medical"]) >= 120
    assert len(phrases["nothing"]) >= 70


@pytest.mark.parametrize(
    "spelling",
    ["BRUSTSCHMERZEN!!", "brustschmertzen", "Brust Schmerzen", "bruuustschmerzen", "Brustschmrezen"],
)
def test_chest_pain_is_found_however_it_is_typed(spelling):
    rule = load_red_flags().judge(spelling)
    assert rule is not None
    assert rule.name == "chest_pain"


@pytest.mark.parametrize("text", [None, "", "   ", "🎉", "…", "?" * 4096, "Termin " * 600])
def test_texts_that_say_nothing_are_no_emergency(text):
    assert load_red_flags().judge(text) is None


def test_emergency_at_the_end_of_the_longest_message_is_found():
    text = "Ich wollte eigentlich nur einen Termin machen. " * 85 + "Jetzt bekomme ich keine Luft"
    assert len(text) > 4000
    rule = load_red_flags().judge(text)
    assert rule is not None
    assert rule.intent == "emergency_medical"


def test_a_rule_decides_with_full_confidence_and_for_good():
    message = Message({"text": "mein Vater ist bewusstlos"})
    EmergencyRules({}).process([message])
    assert message.get("intent") == {"name": "emergency_medical", "confidence": 1.0}
    assert message.get("ruled_intent") == "unconscious"


def test_a_mistake_in_the_rules_names_the_rule(tmp_path):
    broken = tmp_path / "red_flags.yml"
    broken.write_text(
        "groups: {}\nguards: {}\nnow: []\nflags:\n"
        "  chest:\n    intent: emergency_medical\n    any: ['<nowhere> & pain']\n"
    )
    with pytest.raises(PatternError, match=r"rule chest.*<nowhere>"):
        load_red_flags(broken)


def test_an_unknown_guard_is_refused(tmp_path):
    broken = tmp_path / "red_flags.yml"
    broken.write_text(
        "groups: {}\nguards: {}\nnow: []\nflags:\n"
        "  chest:\n    intent: emergency_medical\n    unless: [later]\n    any: [brustschmerz]\n"
    )
    with pytest.raises(PatternError, match="later"):
        load_red_flags(broken)
