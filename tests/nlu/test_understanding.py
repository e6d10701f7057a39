"""How well other people's phrasing is understood: held-out messages through the trained pipeline.

These sets are for judging only: nobody tunes to their sentences. Gaps are found in the development sets beside them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from sprechstunde.assistant import alarm
from sprechstunde.assistant.settling import settle

HERE = Path(__file__).parent
# One point under what was measured (89.1 % and 88.5 %); raise them when understanding gets better.
FLOOR = {"de": 0.88, "en": 0.875}
ALARMS = frozenset({"emergency_medical", "emergency_mental", "urgent_care"})
Understand = Callable[[str], str]


@pytest.fixture(scope="module")
def agent() -> Agent:
    """The trained assistant."""
    from rasa.shared.core.domain import Domain

    from sprechstunde.assistant.agent import load_agent
    from sprechstunde.assistant.conversation_store import ConversationStore
    from sprechstunde.assistant.training import train_if_needed

    return load_agent(train_if_needed(), tracker_store=ConversationStore(Domain.empty()))


@pytest.fixture
def understand(agent: Agent, demo_clinic: None) -> Understand:
    """The intent that a message is handled with."""

    async def parse(text: str) -> dict[str, Any]:
        assert agent.processor is not None
        return await agent.processor.parse_message(UserMessage(text))

    def intent_of(text: str) -> str:
        return str(settle(asyncio.run(alarm.hear(text, parse)))["intent"]["name"])

    return intent_of


def said(language: str) -> list[tuple[str, str]]:
    """Held-out messages, each with the intent it is meant as."""
    content = yaml.safe_load((HERE / f"heldout.{language}.yml").read_text(encoding="utf-8"))
    return [
        (line.removeprefix("- ").strip(), block["intent"])
        for block in content["nlu"]
        for line in block["examples"].strip().splitlines()
    ]


@pytest.mark.parametrize("language", FLOOR)
def test_what_people_write_is_understood(understand: Understand, language: str) -> None:
    messages = said(language)
    confusions = Counter((meant, got) for text, meant in messages if (got := understand(text)) != meant)
    right = 1 - sum(confusions.values()) / len(messages)
    worst = ", ".join(f"{meant} taken for {got}: {n}" for (meant, got), n in confusions.most_common(12))
    assert right >= FLOOR[language], f"only {right:.1%} of {len(messages)} understood; {worst}"


@pytest.mark.parametrize("language", FLOOR)
def test_no_emergency_goes_unheard(understand: Understand, language: str) -> None:
    emergencies = [text for text, meant in said(language) if meant.startswith("emergency_")]
    assert len(emergencies) >= 16
    assert not [text for text in emergencies if understand(text) not in ALARMS]


PHRASES = HERE.parent / "unit" / "assistant"
FALSE_ALARMS = 3  # of about 208 harmless phrases a language that sound like an emergency


def phrases(language: str) -> dict[str, list[str]]:
    """The phrases that the rules are held to, by the help they need."""
    content = yaml.safe_load((PHRASES / f"emergencies.{language}.yml").read_text(encoding="utf-8"))
    return {kind: [str(text) for text in texts] for kind, texts in content.items() if isinstance(texts, list)}


@pytest.mark.parametrize("language", FLOOR)
def test_what_the_rules_find_stays_found(understand: Understand, language: str) -> None:
    found = phrases(language)
    emergencies = [text for kind in ("emergency_medical", "emergency_mental") for text in found[kind]]
    assert len(emergencies) > 300
    assert not [text for text in emergencies if not understand(text).startswith("emergency_")]


@pytest.mark.parametrize("language", FLOOR)
def test_harmless_words_alarm_nobody(understand: Understand, language: str) -> None:
    alarming = [text for text in phrases(language)["nothing"] if understand(text).startswith("emergency_")]
    assert len(alarming) <= FALSE_ALARMS, alarming
