"""Whoever holds the phone can't tell from the chat whether there is a result: two phones, one with, one without."""

from __future__ import annotations

import re

import pytest

from sprechstunde import clock
from tests.conversations.chat import Chat, at
from tests.conversations.world import World

LINK = re.compile(r"/r/[\w-]+")
CHATS = {
    "taken back": ["sind meine ergebnisse da?", "hat sich erledigt, die ergebnisse brauche ich nicht mehr"],
    "taken back in other words": ["sind meine ergebnisse da?", "das mit dem befund hat sich erledigt"],
    "taken back without a name": ["sind meine ergebnisse da?", "meine anfrage hat sich erledigt"],
    "asked after": [
        "sind meine ergebnisse da?",
        "was ist mit meiner anfrage?",
        "wie weit ist meine anfrage zum befund?",
    ],
    "asked after out of the blue": ["was ist mit meiner anfrage?", "wie weit ist meine anfrage zum befund?"],
    "a question": [
        "ist mein crp hoch?",
        "schickt mir den befund per mail",
        "sind die werte gut?",
        "link bitte",
    ],
    "trouble": ["die seite geht nicht auf", "welcher code?", "kein code angekommen", "3.4.1988"],
    "English": [
        "are my results there?",
        "what's the status of my request",
        "I don't need the results any more",
    ],
}


@pytest.mark.parametrize("messages", CHATS.values(), ids=CHATS)
def test_every_answer_is_the_same(messages: list[str], world: World) -> None:
    assert _answers(messages, world, with_result=True) == _answers(messages, world, with_result=False)


def _answers(messages: list[str], world: World, *, with_result: bool) -> list[str]:
    clock.freeze(at("2026-11-25T09:00"))
    chat = Chat(world)
    whose = {"name": "Anna Schmidt" if with_result else "Vera Schmidt", "born": "1988-04-03"}
    world.introduce(chat.contact_id, **whose)
    if with_result:
        world.release_result(whose)
    answers = []
    for message in messages:
        chat.user(message)
        answers.append(LINK.sub("/r/…", chat.text))
    return answers
