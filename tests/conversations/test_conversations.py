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
`utter: response or list of responses said` · `intent: what was understood` · `same_question: true` (the answer ends
with the question asked before) · `options: number` (rows and buttons) ·
`silent: true` ·
`database: {appointments: [statuses], tasks: [kinds], urgent: number, notes: [texts], held: number, …}` (`World.look`).

`answers` may be joined by `meanwhile: {what is asked before each answer: what the answer must hold}`, one after the
other: every time the question must come back. `has: {name: …, slots: [keys]}` gives the patient a name and
appointments. `up_to: 4096` fills a message up with dots. A step may be a list of steps; an item with `given` instead
of a `name` only defines such lists, as YAML anchors.

What may be written is declared in `sprechstunde/linting/conversations.py`; `telling.py` shows what failed.
"""

from __future__ import annotations

import pytest

from tests.conversations.cases import Case, cases
from tests.conversations.playing import play_case
from tests.conversations.world import World


@pytest.mark.parametrize("case", cases())
def test_conversation(case: Case, world: World) -> None:
    failure = play_case(case, world)
    if failure is not None:
        pytest.fail(failure, pytrace=False)
