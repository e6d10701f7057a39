"""All that is measured, put together: held-out families, hand-written messages, entities, times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sprechstunde.dates.best import best_span
from sprechstunde.workbench.evaluation.examples import LANGUAGES, Example, Judged
from sprechstunde.workbench.evaluation.families import folds
from sprechstunde.workbench.evaluation.pipelines import Understanding, trained
from sprechstunde.workbench.evaluation.scores import (
    EMERGENCIES,
    EntityScore,
    IntentScores,
    Outcome,
    Share,
    score_entities,
    score_intents,
)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Verdict:
    """Of the hand-written messages of one language: intents; emergencies, false alarms and out of scope over these and
    the sets written for them (`alarms`); entities by kind; dates and times."""

    language: str
    intents: IntentScores
    alarms: IntentScores
    ordinary: Share
    entities: dict[str, EntityScore]
    entity_misses: tuple[str, ...]
    times: Share


def cross_validate(
    config: Path, examples: Sequence[Example], count: int, say: Say
) -> dict[str, IntentScores]:
    """By language: scores of examples whose whole family was kept from training, `count` folds."""
    outcomes: dict[str, list[Outcome]] = {language: [] for language in LANGUAGES}
    for number, (train, test) in enumerate(folds(examples, count), start=1):
        say(f"Families held out: part {number} of {count} …")
        with trained(config, [examples[place] for place in train]) as understanding:
            held_out = [examples[place] for place in test]
            for example, outcome in zip(held_out, outcomes_of(understanding, held_out), strict=True):
                outcomes[example.language].append(outcome)
    return {language: score_intents(found) for language, found in outcomes.items()}


def outcomes_of(understanding: Understanding, examples: Sequence[Example]) -> list[Outcome]:
    """What each message is taken for, behind rules, fallback and settling."""
    read = understanding.read([example.text for example in examples])
    return [
        Outcome(example.text, example.intent, parsed["intent"]["name"])
        for example, parsed in zip(examples, read, strict=True)
    ]


def judge(understanding: Understanding, sets: Judged) -> Verdict:
    """All figures of one language's hand-written messages."""
    said = outcomes_of(understanding, sets.messages)
    more = outcomes_of(understanding, sets.extra)
    calm = [parsed["intent"]["name"] for parsed in understanding.read(sets.ordinary)]
    alarming = [f"{t} → {got}" for t, got in zip(sets.ordinary, calm, strict=True) if got in EMERGENCIES]
    pairs = _entity_pairs(understanding, sets)
    return Verdict(
        language=sets.language,
        intents=score_intents(said),
        alarms=score_intents([*said, *more]),
        ordinary=Share(len(alarming), len(calm), tuple(alarming)),
        entities=score_entities((meant, got) for _, meant, got in pairs),
        entity_misses=tuple(f"{text} → {got}" for text, meant, got in pairs if meant != got),
        times=_times(sets),
    )


def _entity_pairs(
    understanding: Understanding, sets: Judged
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Text, meant and found values of every kind but time and language, which are judged on their own."""
    read = understanding.read([entry["text"] for entry in sets.entities])
    pairs = []
    for entry, parsed in zip(sets.entities, read, strict=True):
        found = {e["entity"]: e["value"] for e in reversed(parsed["entities"])}
        pairs.append(
            (
                entry["text"],
                {kind: _plain(value) for kind, value in entry["entities"].items()},
                {k: _plain(v) for k, v in found.items() if k not in {"time", "language", "gender"}},
            )
        )
    return pairs


def _plain(value: Any) -> str:
    return str(value)


def _times(sets: Judged) -> Share:
    missed, now = [], datetime.fromisoformat(sets.now)
    for entry in sets.times:
        span = best_span(entry["text"], sets.language, now)
        got = span.to_dict() if span else {"start": None, "end": None}
        if (got["start"], got["end"]) != (_iso(entry["start"]), _iso(entry["end"])):
            missed.append(f"{entry['text']} → {got['start']} – {got['end']}")
    return Share(len(sets.times) - len(missed), len(sets.times), tuple(missed))


def _iso(edge: str | None) -> str | None:
    return None if edge is None else datetime.fromisoformat(str(edge)).isoformat(timespec="minutes")
