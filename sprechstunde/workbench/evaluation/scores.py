"""Counting what was understood. Plain numbers, no Rasa."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

EMERGENCIES = frozenset({"emergency_medical", "emergency_mental"})
ALARMS = EMERGENCIES | {"urgent_care"}
REJECTED = frozenset({"out_of_scope", "nlu_fallback"})


@dataclass(frozen=True)
class Outcome:
    """One message, what it was meant as and what it was taken for."""

    text: str
    meant: str
    got: str


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with what fell outside (texts, and what became of them)."""

    part: int
    whole: int
    missed: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """Between 0 and 1; of nothing it is 0."""
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{100 * self.value:5.1f} % ({self.part}/{self.whole})"


@dataclass(frozen=True)
class IntentScores:
    """`accuracy`, `macro` (mean F1 of the intents), `f1` by intent, `confusions` by (meant, got) with texts, and the
    alarms and rejections: `emergencies` found (an urgent matter with the numbers to call counts), `exact_emergencies`
    told to call 112, `false_alarms` (112 for what is none), `out_of_scope` turned away, `turned_away` of what was
    ours."""

    accuracy: Share
    macro: float
    f1: dict[str, float]
    confusions: dict[tuple[str, str], list[str]]
    emergencies: Share
    exact_emergencies: Share
    false_alarms: Share
    out_of_scope: Share
    turned_away: Share


def score_intents(outcomes: Sequence[Outcome]) -> IntentScores:
    """All figures of these outcomes."""
    confusions: dict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.got != outcome.meant:
            confusions[outcome.meant, outcome.got].append(outcome.text)
    f1 = f1_by_intent(outcomes)
    emergencies = [o for o in outcomes if o.meant in EMERGENCIES]
    calm = [o for o in outcomes if o.meant not in ALARMS]
    strangers = [o for o in outcomes if o.meant == "out_of_scope"]
    ours = [o for o in outcomes if o.meant != "out_of_scope"]
    return IntentScores(
        accuracy=share(outcomes, lambda o: o.got == o.meant),
        macro=sum(f1.values()) / len(f1) if f1 else 0.0,
        f1=f1,
        confusions=dict(sorted(confusions.items(), key=lambda item: (-len(item[1]), item[0]))),
        emergencies=share(emergencies, lambda o: o.got in ALARMS),
        exact_emergencies=share(emergencies, lambda o: o.got in EMERGENCIES),
        false_alarms=share(calm, lambda o: o.got in EMERGENCIES, of_interest=True),
        out_of_scope=share(strangers, lambda o: o.got in REJECTED),
        turned_away=share(ours, lambda o: o.got in REJECTED, of_interest=True),
    )


def share(outcomes: Iterable[Outcome], holds: Any, *, of_interest: bool = False) -> Share:
    """How many of the outcomes `holds` is true of; `missed` are the others (`of_interest`: those themselves)."""
    flags = [(outcome, bool(holds(outcome))) for outcome in outcomes]
    shown = tuple(f"{o.text} → {o.got}" for o, flag in flags if flag == of_interest)
    return Share(sum(flag for _, flag in flags), len(flags), shown)


def f1_by_intent(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """F1 of each intent that was meant at least once, the weakest first."""
    meant, got = Counter(o.meant for o in outcomes), Counter(o.got for o in outcomes)
    right = Counter(o.meant for o in outcomes if o.meant == o.got)
    scores = {intent: 2 * right[intent] / (meant[intent] + got[intent]) for intent in meant}
    return dict(sorted(scores.items(), key=lambda item: item[1]))


@dataclass(frozen=True)
class EntityScore:
    """Of one kind of entity, or all: counts of what was rightly found, wrongly found and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Between 0 and 1; 1 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def score_entities(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, EntityScore]:
    """By kind, and under "all": `pairs` are (meant, got), each kind → value; a wrong value is wrong and missed."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for meant, got in pairs:
        for kind in meant.keys() | got.keys():
            hit = kind in meant and kind in got and str(meant[kind]) == str(got[kind])
            for name in (kind, "all"):
                right[name] += hit
                wrong[name] += kind in got and not hit
                missed[name] += kind in meant and not hit
    kinds = sorted(right.keys() | wrong.keys() | missed.keys())
    return {kind: EntityScore(right[kind], wrong[kind], missed[kind]) for kind in kinds}
