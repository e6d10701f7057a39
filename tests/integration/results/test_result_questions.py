"""What is answered below a result is not on the list for a colleague to answer again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from sprechstunde.db import transaction
from sprechstunde.results import opening
from sprechstunde.results.links import Viewer
from sprechstunde.tasks import service as tasks
from tests import small_clinic
from tests.integration import results_desk as desk


@pytest.fixture
def viewer(database, frozen_clock, tmp_path):
    small_clinic.load(tmp_path)
    contact_id = desk.contact()
    return Viewer(contact_id, desk.patient(contact_id), "de")


def released():
    result = desk.hand_in()
    desk.release(result.id)
    desk.announce(result.id)
    return result.id


def ask(viewer, result_id, words):
    with transaction() as s:
        opening.ask(s, viewer, result_id, words, form_id=uuid4().hex)


def answer(result_id, words="Ja, gern."):
    with transaction() as s:
        opening.answer(s, result_id, words, staff_id=desk.DOCTOR, form_id=uuid4().hex)


def notes():
    return [str(task.note) for task in tasks.open_tasks()]


def test_an_answer_below_the_result_is_the_end_of_its_task(viewer):
    result_id = released()
    ask(viewer, result_id, "Reicht Olivenöl?\n\nOder lieber Rapsöl?")
    ask(viewer, result_id, "Und Butter?")
    assert len(notes()) == 1
    answer(result_id)
    assert notes() == []


def test_what_she_asks_afterwards_is_on_the_list_again(viewer):
    result_id = released()
    ask(viewer, result_id, "Reicht Olivenöl?")
    answer(result_id)
    ask(viewer, result_id, "Wie viel davon?")
    assert notes() == ["Wie viel davon?"]


def test_a_question_below_another_result_stays_and_the_answered_one_is_marked(viewer):
    first, second = released(), released()
    ask(viewer, first, "Reicht Olivenöl?")
    ask(viewer, second, "Was heißt TSH?")
    answer(first)
    (note,) = notes()
    assert note.endswith("unter dem Befund beantwortet · answered below the result")
    answer(second)
    assert notes() == []


def test_the_same_words_below_two_results_want_two_answers(viewer):
    first, second = released(), released()
    for one in (first, second):
        ask(viewer, one, "Ist das schlimm?")
    answer(first)
    assert len(notes()) == 1
    answer(second)
    assert notes() == []


def test_what_was_asked_in_the_chat_is_not_answered_below_a_result(viewer):
    result_id = released()
    tasks.take_down(
        "results",
        contact_id=viewer.contact_id,
        patient_id=viewer.patient_id,
        note="wann ist das mrt da?",
        idempotency_key="chat",
    )
    ask(viewer, result_id, "Reicht Olivenöl?")
    answer(result_id)
    (note,) = notes()
    assert "wann ist das mrt da?" in note
    assert "beantwortet" in note


def test_an_answer_to_no_question_closes_nothing(viewer):
    result_id = released()
    tasks.take_down(
        "results",
        contact_id=viewer.contact_id,
        patient_id=viewer.patient_id,
        note="wann ist das mrt da?",
        idempotency_key="chat",
    )
    answer(result_id)
    assert notes() == ["wann ist das mrt da?"]
