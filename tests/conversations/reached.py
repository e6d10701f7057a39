"""What a run of all conversations reached of the dialogues: intents, rules and stories, slots of forms, and every
response in each language; and what validating the answers to each question came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from sprechstunde.languages import languages, spoken

ROOT = Path(__file__).resolve().parents[2]
# What belongs to Rasa itself and can't be written by a patient.
RASAS_OWN = {"restart", "back", "session_start", "nlu_fallback"}
# Shares of what there is that a whole run must reach, in percent.
AT_LEAST = {
    "intents": 100,
    "rules and stories": 95,
    "slots asked for": 100,
    "slots filled": 100,
    "outcomes of answers": 80,
    "responses": 85,
}
# What validating an answer may come to: taken, asked again with a hint, after the second time an offer of help.
OUTCOMES = ("taken", "asked again", "helped")
Step = tuple[str, str]


class Reached:
    """Sums up conversations. `watch` is called once with the agent's processor, `note` after each turn."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {kind: set() for kind in AT_LEAST}
        self.turns = 0
        self.seconds = 0.0
        self.said_last: list[str] = []
        self.there: dict[str, set[str]] = {kind: set() for kind in AT_LEAST}
        self._paths = {name: list(steps) for name, steps in _rules_and_stories()}

    def watch(self, processor: Any) -> None:
        """Note from now on which responses this processor says."""
        self.there = self._all(processor.domain)
        generate = processor.nlg.generate

        async def noted(response: str, tracker: Any, *arguments: Any, **options: Any) -> Any:
            self.said_last.append(response)
            self.found["responses"].add(_said(response, spoken(tracker.get_slot("language"))))
            return await generate(response, tracker, *arguments, **options)

        processor.nlg.generate = noted

    def begin_turn(self) -> None:
        """What was said so far belongs to earlier turns."""
        self.said_last = []

    def note(self, tracker: Any, seconds: float) -> None:
        """Take down one turn: `tracker` after it (None where nothing was said), and how long it took."""
        self.turns, self.seconds = self.turns + 1, self.seconds + seconds
        if tracker is None:
            return
        # Rasa leaves what was said within a form out of the applied events; stories are told without it.
        for events in (tracker.events, tracker.applied_events()):
            steps = self._steps([event.as_dict() for event in events])
            found = self.found["rules and stories"]
            new = [(name, path) for name, path in self._paths.items() if name not in found]
            found |= {name for name, path in new if _runs_through(steps, path)}

    def _steps(self, events: list[dict[str, Any]]) -> list[Step]:
        """Intents and actions in their order; notes intents and slots on the way."""
        steps: list[Step] = []
        form = asked = answering = None
        for event in events:
            kind, name = event["event"], event.get("name")
            if kind == "user":
                answering = f"{form}: {asked}" if form and asked else None
                intent = str((event["parse_data"].get("intent") or {}).get("name"))
                self.found["intents"].add(intent)
                steps.append(("intent", intent))
            elif kind == "action" and name != "action_listen":
                steps.append(("action", str(name)))
            elif kind == "active_loop":
                form, asked = name, None
            elif kind == "bot" and answering:
                self._note_asked_again(answering, (event.get("metadata") or {}).get("utter_action") or "")
            elif kind == "slot" and form is not None and event.get("value") is not None:
                if name == "requested_slot":
                    asked = event["value"]
                    self.found["slots asked for"].add(f"{form}: {asked}")
                else:
                    self._note_filled(f"{form}: {name}", answering)
        return steps

    def _note_filled(self, slot: str, answering: str | None) -> None:
        self.found["slots filled"].add(slot)
        if slot == answering:
            self.found["outcomes of answers"].add(f"{answering} taken")

    def _note_asked_again(self, answering: str, response: str) -> None:
        if response.startswith("utter_hint_"):
            self.found["outcomes of answers"].add(f"{answering} asked again")
        elif response == "utter_form_help":
            self.found["outcomes of answers"].add(f"{answering} helped")

    def packed(self) -> dict[str, Any]:
        """What a process of several tells the one that sums up; plain data."""
        found, there = ({k: sorted(v) for k, v in sets.items()} for sets in (self.found, self.there))
        return {"found": found, "there": there, "turns": self.turns, "seconds": self.seconds}

    def add(self, packed: dict[str, Any]) -> None:
        """Count in what another process reached beside this one, at the same time."""
        for kind in AT_LEAST:
            self.found[kind] |= set(packed["found"][kind])
            self.there[kind] |= set(packed["there"][kind])
        self.turns, self.seconds = self.turns + packed["turns"], max(self.seconds, packed["seconds"])

    def table(self) -> Iterator[str]:
        """Lines for people: a share for each kind, and what is missing."""
        for kind, there in self.there.items():
            missing = sorted(there - self.found[kind])
            yield f"{self._share(kind):5.1f} %  {kind} ({len(there) - len(missing)} of {len(there)})"
            yield from (f"         never: {name}" for name in missing)
        yield self.speed()

    def speed(self) -> str:
        """How many turns, and how many of them a second took."""
        return f"{self.turns} turns, {self.turns / self.seconds:.0f} a second"

    def too_little(self) -> list[str]:
        """A sentence for each kind of which less was reached than `AT_LEAST`."""
        return [
            f"conversations reach {self._share(kind):.1f} % of the {kind}, less than {least} %"
            for kind, least in AT_LEAST.items()
            if self._share(kind) < least
        ]

    def _share(self, kind: str) -> float:
        there = self.there[kind]
        return 100 * len(there & self.found[kind]) / len(there)

    def _all(self, domain: Any) -> dict[str, set[str]]:
        slots = {
            f"{form}: {slot}"
            for form, settings in domain.forms.items()
            for slot in settings["required_slots"]
        }
        return {
            "intents": set(domain.intents) - RASAS_OWN,
            "rules and stories": set(self._paths),
            "slots asked for": slots,
            "slots filled": slots,
            "outcomes of answers": {f"{slot} {outcome}" for slot in slots for outcome in OUTCOMES},
            "responses": {_said(r, lang) for r in domain.responses for lang in languages()},
        }


def _said(response: str, language: str) -> str:
    return f"{response} ({language})"


def _rules_and_stories() -> Iterator[tuple[str, Iterable[Step]]]:
    for file in sorted(ROOT.glob("data/*/*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for kind in ("rule", "story"):
            for path in content.get("rules" if kind == "rule" else "stories") or []:
                steps = path["steps"]
                yield (
                    f"{kind}: {path[kind]}",
                    [(k, str(step[k])) for step in steps for k in ("intent", "action") if k in step],
                )


def _runs_through(steps: list[Step], path: list[Step]) -> bool:
    return any(steps[i : i + len(path)] == path for i in range(len(steps) - len(path) + 1))
