"""Conversations in YAML, run through the real agent: `pytest tests/conversations -k moving`.

A file in `<category>/` holds a list of conversations. Each has a `name`, `now` (clinic time, by default Wednesday,
25 November 2026, 9:00), `by_id: true` (the phone shows no number), and `steps`: `user: text` ·
`tap: title or place` (`of: 2` = on the choice before the last,
`forged: true` = with an id that we never issued) ·
`answers: {slot: text to write, or place to tap}` (answer whatever is asked until nothing is asked any more) ·
`media: kind` (`caption: text`) · `knows: people whom this phone acts for already` · `wait: {hours: 2}` ·
`released_result: {name: …, born: …}` (a doctor has released a result of this patient) ·
`staff: takes over` or `hands back` · `tap_notice: true` (on the button of "a message is ready") ·
`taken_elsewhere: place` (somebody else takes that offered slot) · and what shall
come of it, `bot: text or list of texts in the answer` · `not: …` · `slot_was_set: {name: value}` ·
`same_question: true` (the answer ends with the question asked before) · `options: number` (rows and buttons) ·
`silent: true` ·
`database: {appointments: [statuses], tasks: [kinds], urgent: number, notes: [texts], held: number, …}` (`World.look`).

`answers` may be joined by `meanwhile: {what is asked before each answer: what the answer must hold}`, one after the
other: every time the question must come back. `has: {name: …, slots: [keys]}` gives the patient a name and
appointments. `up_to: 4096` fills a message up with dots. A step may be a list of steps; an item with `given` instead
of a `name` only defines such lists, as YAML anchors.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from sprechstunde import clock
from tests.conversations.cases import cases
from tests.conversations.chat import Chat, at
from tests.conversations.world import World

DEFAULT_NOW = "2026-11-25T09:00"


@pytest.mark.parametrize("case", cases())
def test_conversation(case: dict[str, Any], world: World) -> None:
    clock.freeze(at(case.get("now", DEFAULT_NOW)))
    chat = Chat(world, by_id=case.get("by_id", False))
    for number, step in enumerate(flat(case["steps"]), 1):
        try:
            before = chat.question
            play(step, chat, world)
            if step.get("same_question"):
                assert chat.question == before, f"another question than before:\n{chat.question}"
            check(step, chat, world)
        except AssertionError as wrong:
            pytest.fail(f"step {number} {step}: {wrong}\n\n{chat}", pytrace=False)


def flat(steps: list[Any]) -> list[dict[str, Any]]:
    """Steps of steps in one list."""
    return [one for step in steps for one in (flat(step) if isinstance(step, list) else [step])]


def play(step: dict[str, Any], chat: Chat, world: World) -> None:
    """What happens in this step."""
    if "user" in step:
        chat.user(step["user"].ljust(step.get("up_to", 0), "."))
    elif "tap" in step:
        chat.tap(step["tap"], of=step.get("of", 1), forged=step.get("forged", False))
    elif "tap_notice" in step:
        chat.tap_notice()
    elif "answers" in step:
        answer_all(step["answers"], chat, step.get("meanwhile"))
    elif "media" in step:
        chat.media(step["media"], step.get("caption"))
    elif "wait" in step:
        chat.wait(**step["wait"])
    else:
        happen(step, chat, world)


def happen(step: dict[str, Any], chat: Chat, world: World) -> None:
    """What others do in this step, or have done before."""
    if "has" in step:
        world.give(chat.contact_id, **step["has"])
    elif "knows" in step:
        for person in step["knows"]:
            world.introduce(chat.contact_id, **person)
    elif "released_result" in step:
        world.release_result(step["released_result"])
    elif "staff" in step:
        world.hold(chat.contact_id, taken=step["staff"] == "takes over")
    elif "taken_elsewhere" in step:
        payload = chat.choices[-step.get("of", 1)].options[step["taken_elsewhere"] - 1].payload
        world.book_elsewhere(json.loads(payload[payload.index("{") :])["slot_key"])


def answer_all(answers: dict[str, str | int], chat: Chat, meanwhile: dict[str, str] | None = None) -> None:
    """Answer question after question, as a patient does who has these answers in mind."""
    asides = itertools.cycle((meanwhile or {}).items())
    for _ in range(12):
        asked = chat.slot("requested_slot")
        if asked is None:
            return
        if meanwhile:
            aside, expected = next(asides)
            digress(aside, expected, chat)
        assert asked in answers, f"asked for {asked}, which this patient has no answer to"
        reply = answers[asked]
        if isinstance(reply, int):
            chat.tap(reply)
        else:
            chat.user(reply)
    raise AssertionError("still asking after twelve answers")


def digress(aside: str, expected: str, chat: Chat) -> None:
    """Ask something else: it is answered, and the question comes back."""
    asked, question = chat.slot("requested_slot"), chat.question
    chat.user(aside)
    assert expected.lower() in chat.text.lower(), f"{aside!r} was not answered:\n{chat.text}"
    assert chat.slot("requested_slot") == asked, f"asks for {chat.slot('requested_slot')} instead of {asked}"
    assert chat.question == question, f"another question than before:\n{chat.question}"


def check(step: dict[str, Any], chat: Chat, world: World) -> None:
    """Raises AssertionError with what was expected and what came."""
    for wanted in as_list(step.get("bot")):
        assert wanted.lower() in chat.text.lower(), f"the answer lacks {wanted!r}:\n{chat.text}"
    if step.get("silent"):
        assert not chat.answer, f"nothing was to be said:\n{chat.text}"
    for unwanted in as_list(step.get("not")):
        assert unwanted.lower() not in chat.text.lower(), f"the answer holds {unwanted!r}:\n{chat.text}"
    if "options" in step:
        assert len(chat.choices[-1].options) == step["options"], (
            f"not {step['options']} options:\n{chat.text}"
        )
    for name, value in (step.get("slot_was_set") or {}).items():
        assert chat.slot(name) == value, f"slot {name} is {chat.slot(name)!r}, not {value!r}"
    for name, value in (step.get("database") or {}).items():
        found = world.look(chat.contact_id, name)
        assert found == value, f"the database holds {name} {found!r}, not {value!r}"


def as_list(value: Any) -> list[str]:
    """One text or several."""
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
