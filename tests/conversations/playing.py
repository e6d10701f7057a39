"""Plays a conversation of a YAML file, and says what came of it that should not have."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

from sprechstunde import clock
from tests.conversations.cases import Case
from tests.conversations.chat import Chat, at
from tests.conversations.telling import Failure, Problem, told
from tests.conversations.world import World

DEFAULT_NOW = "2026-11-25T09:00"


def play_case(case: Case, world: World) -> str | None:
    """None if all went as the file says; else what to show: the chat, and what was expected of it."""
    if case.wrong:
        return "\n".join(case.wrong)
    clock.freeze(at(case.now or DEFAULT_NOW))
    chat = Chat(world, by_id=case.by_id)
    for step in flat(case.steps):
        before = chat.question
        try:
            play(step, chat, world)
        except Failure as failure:
            return told(case, step, [failure.problem], chat)
        found = list(problems(step, before, chat, world))
        if found:
            return told(case, step, found, chat)
    return None


def flat(steps: list[Any]) -> list[dict[str, Any]]:
    """Steps of steps in one list."""
    return [one for step in steps for one in (flat(step) if isinstance(step, list) else [step])]


def play(step: dict[str, Any], chat: Chat, world: World) -> None:
    """What happens in this step. Raises Failure where it can't."""
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
        chat.catch_up()
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
        if asked not in answers:
            raise Failure("answers", f"an answer to what is asked: `{asked}`", chat.text)
        reply = answers[asked]
        if isinstance(reply, int):
            chat.tap(reply)
        else:
            chat.user(reply)
    raise Failure("answers", "no question any more after twelve answers", chat.text)


def digress(aside: str, expected: str, chat: Chat) -> None:
    """Ask something else: it is answered, and the question comes back."""
    asked, question = chat.slot("requested_slot"), chat.question
    chat.user(aside)
    if expected.lower() not in chat.text.lower():
        raise Failure("meanwhile", expected, chat.text)
    if chat.slot("requested_slot") != asked:
        raise Failure("meanwhile", f"asked for {asked}", f"asked for {chat.slot('requested_slot')}")
    if chat.question != question:
        raise Failure("meanwhile", question, chat.question)


def problems(step: dict[str, Any], before: str, chat: Chat, world: World) -> Iterator[Problem]:
    """Whatever is not as the step expects; `before` is the question that stood when it began."""
    yield from _said(step, before, chat)
    yield from _understood(step, chat)
    for name, value in (step.get("database") or {}).items():
        found = world.look(chat.contact_id, name)
        if found != value:
            yield Problem("database", f"{name}: {value!r}", f"{name}: {found!r}")


def _said(step: dict[str, Any], before: str, chat: Chat) -> Iterator[Problem]:
    said = chat.text.lower()
    for wanted in as_list(step.get("bot")):
        if wanted.lower() not in said:
            yield Problem("bot", wanted, chat.text)
    for unwanted in as_list(step.get("not")):
        if unwanted.lower() in said:
            yield Problem("not", f"nothing of “{unwanted}”", chat.text)
    if step.get("silent") and chat.answer:
        yield Problem("silent", "nothing", chat.text)
    if step.get("same_question") and chat.question != before:
        yield Problem("same_question", before, chat.question)
    count = len(chat.choices[-1].options) if chat.choices else 0
    if step.get("options", count) != count:
        yield Problem("options", f"{step['options']} options", f"{count} options\n{chat.text}")


def _understood(step: dict[str, Any], chat: Chat) -> Iterator[Problem]:
    for response in as_list(step.get("utter")):
        if response not in chat.responses:
            yield Problem("utter", response, "\n".join(chat.responses))
    if "intent" in step and chat.intent != step["intent"]:
        yield Problem("intent", str(step["intent"]), str(chat.intent))
    for name, value in (step.get("slot_was_set") or {}).items():
        if chat.slot(name) != value:
            yield Problem("slot_was_set", f"{name}: {value!r}", f"{name}: {chat.slot(name)!r}")


def as_list(value: Any) -> list[str]:
    """One text or several."""
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
