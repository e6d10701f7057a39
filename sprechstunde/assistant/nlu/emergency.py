"""Emergencies by rules, ahead of the classifier.

A classifier misses many of the emergencies phrased by other people, so what must not be missed stands in readable
rules: `data/emergency/red_flags.yml`. A rule that fires sets the intent; neither the fallback nor other rules touch it,
only `assistant/alarm.py` does, where the classifier all but excludes an emergency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import MessageComponent
from sprechstunde.assistant.nlu.lexicon import Lexicon
from sprechstunde.assistant.nlu.marks import HELD_BACK, RULED
from sprechstunde.assistant.nlu.phrases import Pattern, PatternError, Span, Text, compile_pattern
from sprechstunde.assistant.nlu.text import words

RULES_FILE = Path(__file__).resolve().parents[3] / "data" / "emergency" / "red_flags.yml"
INTENTS = ("emergency_medical", "emergency_mental", "urgent_care")  # the graver one first
NEGATION = "negated"
_NEGATION_REACH = 2
_GUARD_REACH = 14
_NOW_REACH = 3


@dataclass(frozen=True)
class Rule:
    """One rule: `patterns` raise `intent`, unless one of the named `guards` holds near the match."""

    name: str
    intent: str
    patterns: tuple[Pattern, ...]
    guards: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What the rules make of a message: the gravest that fires, and the guards that held back what would have."""

    rule: Rule | None
    held_back: frozenset[str]


@dataclass(frozen=True)
class RedFlags:
    """All rules, in order of gravity, and the guards they name. Guards marked `unless_now` yield to `now`; those
    marked `touching` must share words with the match."""

    rules: tuple[Rule, ...]
    guards: Mapping[str, tuple[Pattern, ...]]
    now: tuple[Pattern, ...]
    yielding: frozenset[str]
    touching: frozenset[str]
    lexicon: Lexicon
    places: Mapping[int, tuple[tuple[int, int], ...]]
    """By word of the lexicon: the patterns (rule, pattern) that may fire when it occurs."""

    def judge(self, message: str | None) -> Rule | None:
        """The gravest rule that fires for this message, or None."""
        return self.read(message).rule

    def read(self, message: str | None) -> Found:
        """As `judge`; and the guards that held back what would have fired."""
        text = Text(words(message), self.lexicon)
        near = {place for atom in text.atoms for place in self.places.get(atom, ())}
        held_back: set[str] = set()
        for rule_number, pattern_number in sorted(near):
            rule = self.rules[rule_number]
            for span in rule.patterns[pattern_number].find(text):
                guards = [guard for guard in rule.guards if self._held_back(guard, span, text)]
                if not guards:
                    return Found(rule, frozenset())
                held_back.update(guards)
        return Found(None, frozenset(held_back))

    def _held_back(self, guard: str, span: Span, text: Text) -> bool:
        if guard in self.yielding and any(
            _near(found, span, _NOW_REACH) for p in self.now for found in p.find(text)
        ):
            return False
        if guard == NEGATION:
            return any(
                0 <= span[0] - end <= _NEGATION_REACH and text.same_clause(end - 1, span[0])
                for pattern in self.guards[guard]
                for _, end in pattern.find(text)
            )
        close = _overlap if guard in self.touching else _near
        return any(close(found, span) for pattern in self.guards[guard] for found in pattern.find(text))


def _near(found: Span, span: Span, reach: int = _GUARD_REACH) -> bool:
    return found[0] - span[1] <= reach and span[0] - found[1] <= reach


def _overlap(found: Span, span: Span) -> bool:
    return found[0] < span[1] and span[0] < found[1]


def load_red_flags(path: Path = RULES_FILE) -> RedFlags:
    """Read and check the rules file; raises `PatternError` naming the rule that is wrong."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> RedFlags:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    lexicon = Lexicon()
    groups = {name: line.split() for name, line in content["groups"].items()}

    def patterns(sources: list[str], where: str) -> tuple[Pattern, ...]:
        try:
            return tuple(compile_pattern(source, groups, lexicon) for source in sources)
        except PatternError as error:
            raise PatternError(f"{path.name}, {where}: {error}") from error

    guards = {name: patterns(guard["any"], f"guard {name}") for name, guard in content["guards"].items()}
    rules = [_rule(name, rule, guards, patterns, path) for name, rule in content["flags"].items()]
    rules.sort(key=lambda rule: INTENTS.index(rule.intent))
    return RedFlags(
        rules=tuple(rules),
        guards=guards,
        now=patterns(content["now"], "now"),
        yielding=frozenset(name for name, guard in content["guards"].items() if guard.get("unless_now")),
        touching=frozenset(name for name, guard in content["guards"].items() if guard.get("touching")),
        lexicon=lexicon,
        places=_places(rules),
    )


def _places(rules: list[Rule]) -> dict[int, tuple[tuple[int, int], ...]]:
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, rule in enumerate(rules):
        for j, pattern in enumerate(rule.patterns):
            for atom in pattern.rarest_step():
                places[atom].append((i, j))
    return {atom: tuple(found) for atom, found in places.items()}


def _rule(name: str, rule: dict[str, Any], guards: Mapping[str, Any], patterns: Any, path: Path) -> Rule:
    unknown = [guard for guard in rule.get("unless", []) if guard not in guards]
    if unknown or rule["intent"] not in INTENTS:
        raise PatternError(f"{path.name}, rule {name}: unknown intent or guard {unknown or rule['intent']}")
    return Rule(name, rule["intent"], patterns(rule["any"], f"rule {name}"), tuple(rule.get("unless", [])))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyRules(MessageComponent):
    """Sets `emergency_medical`, `emergency_mental` or `urgent_care` with confidence 1.0 and marks it as final."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        load_red_flags()  # a broken rules file stops the start, not the first emergency

    def read(self, message: Message, text: str) -> None:
        found = load_red_flags().read(text)
        if found.rule is None:
            if found.held_back:
                message.set(HELD_BACK, sorted(found.held_back), add_to_output=True)
            return
        intent = {"name": found.rule.intent, "confidence": 1.0}
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
        message.set(RULED, found.rule.name, add_to_output=True)
