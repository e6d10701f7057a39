"""The page on which a patient reads her result, in her phone's browser."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.results import opening
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import result_notices
from sprechstunde.whatsapp.models import OutboundMessage
from tests import pdfs
from tests.integration import results_desk as desk

BORN = "4.5.1966"


@pytest.fixture
def result_id(contact_id):
    desk.patient(contact_id)
    result = desk.hand_in(content=pdfs.report(desk.SECRET_WORDS, pages=2))
    desk.release(result.id, remark="Bitte weniger Butter.")
    with transaction() as s:
        result_notices.announce(s, result.id)
    return result.id


@pytest.fixture
def token(contact_id, result_id):
    return desk.link(contact_id, desk.patient(contact_id))


def sent():
    with transaction() as s:
        rows = s.execute(select(OutboundMessage).order_by(OutboundMessage.seq)).scalars()
        return [row.payload for row in rows]


def found(pattern, text):
    match = re.search(pattern, text)
    assert match is not None, text
    return match.group(1)


def code():
    return found(r"(\d{6})", sent()[-1]["text"]["body"])


def opened(web, token):
    answer = web.post(f"/r/{token}/born", data={"born": BORN})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/r/{token}/code")
    answer = web.post(f"/r/{token}/code", data={"code": code()})
    assert (answer.status_code, answer.headers["location"]) == (303, "/r/mine/results")
    return web.get(web.get("/r/mine/results").headers["location"])


def test_birth_date_and_code_show_remark_pages_and_download(web, token, result_id):
    shown = opened(web, token)
    assert shown.status_code == 200
    assert "Blutfette" in shown.text
    assert "Bitte weniger Butter." in shown.text
    pages = re.findall(r'src="(/r/mine/results/[^"]+/pages/\d)"', shown.text)
    assert len(pages) == 2
    picture = web.get(pages[1])
    assert picture.content.startswith(b"\x89PNG")
    file = web.get(f"/r/mine/results/{result_id}/file")
    assert (file.content, file.headers["content-type"]) == (
        pdfs.report(desk.SECRET_WORDS, pages=2),
        "application/pdf",
    )
    assert web.get(f"/r/mine/results/{result_id}/pages/3").status_code == 404


def test_before_the_checks_the_page_says_nothing_of_a_result(web, token):
    for answer in (web.get(f"/r/{token}"), web.post(f"/r/{token}/born", data={"born": "1.1.1970"})):
        for word in ("Krüger", "Sabine", "Blutfette", "Befund", "Ergebnis", "Labor", "result"):
            assert word not in answer.text


def test_a_preview_of_the_link_uses_nothing_up(web, token):
    for _ in range(9):
        assert web.get(f"/r/{token}").status_code == 200
    assert opened(web, token).status_code == 200


def test_five_wrong_birth_dates_lock(web, token):
    statuses = [web.post(f"/r/{token}/born", data={"born": "1.1.1970"}).status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 403, 423]
    assert web.post(f"/r/{token}/born", data={"born": BORN}).status_code == 423


def test_what_is_no_date_costs_no_try(web, token):
    for _ in range(6):
        answer = web.post(f"/r/{token}/born", data={"born": "gestern vielleicht"})
        assert answer.status_code == 422
    assert opened(web, token).status_code == 200


def test_without_the_browser_that_passed_nothing_opens(web, token, result_id):
    opened(web, token)
    web.cookies.clear()
    for path in ("", "/file", "/pages/1"):
        assert web.get(f"/r/mine/results/{result_id}{path}").status_code in (404, 410)
    assert web.get("/r/mine/results").status_code == 410
    assert web.get(f"/r/{token}").status_code == 410


def test_the_file_has_a_neutral_name_and_stays_out_of_caches(web, token, result_id):
    opened(web, token)
    headers = web.get(f"/r/mine/results/{result_id}/file").headers
    assert "blutfette" not in headers["content-disposition"].lower()
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "default-src 'none'" in headers["content-security-policy"]


def test_a_question_is_asked_once_and_its_answer_stands_below(web, token, result_id):
    shown = opened(web, token)
    form = {"form_id": found(r'name="form_id" value="([^"]+)"', shown.text)}
    for _ in range(2):
        web.post(f"/r/mine/results/{result_id}/questions", data={**form, "question": "Reicht Olivenöl?"})
    assert [task.note for task in tasks.open_tasks()] == ["Reicht Olivenöl?"]
    with transaction() as s:
        opening.answer(s, result_id, "Ja, gern.", staff_id=desk.DOCTOR, form_id="1")
        result_notices.announce_answer(s, result_id, "1")
    again = web.get(f"/r/mine/results/{result_id}?asked=1")
    assert again.text.index("Reicht Olivenöl?") < again.text.index("Ja, gern.")
    assert again.text.count("Reicht Olivenöl?") == 1
    assert "Ja, gern." not in str(sent())


def test_the_notice_says_neither_what_nor_whose(web, result_id):
    (notice,) = sent()
    for word in ("Blutfette", "Befund", "Krüger", "Ergebnis"):
        assert word not in str(notice)


def test_words_of_a_patient_are_never_markup(web, token, result_id):
    shown = opened(web, token)
    form = {"form_id": found(r'name="form_id" value="([^"]+)"', shown.text)}
    web.post(f"/r/mine/results/{result_id}/questions", data={**form, "question": "<script>alert(1)</script>"})
    assert "<script>" not in web.get(f"/r/mine/results/{result_id}").text


def test_english_patients_read_english(web, token, contact_id):
    with transaction() as s:
        conversations.set_language(s, contact_id, "en")
    assert 'lang="en"' in web.get(f"/r/{token}").text
    assert "Is it you?" in web.get(f"/r/{token}").text
