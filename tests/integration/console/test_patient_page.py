"""The page on which a patient reads her result, in her phone's browser."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from sprechstunde import clock
from sprechstunde.assistant import asking
from sprechstunde.audit import service as audit
from sprechstunde.clinic import service as clinic
from sprechstunde.console.texts import words
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.results import correcting, links, opening, pictures, reading, releasing
from sprechstunde.results.models import Result
from sprechstunde.results.views import Claimed
from sprechstunde.staff import accounts
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import result_notices
from sprechstunde.whatsapp.models import OutboundMessage
from tests import pdfs, small_clinic
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


def check(web, token):
    answer = web.post(f"/r/{token}/born", data={"born": BORN})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/r/{token}/code")
    answer = web.post(f"/r/{token}/code", data={"code": code()})
    assert (answer.status_code, answer.headers["location"]) == (303, "/r/mine/results")


def opened(web, token):
    check(web, token)
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


def test_a_file_that_cannot_be_drawn_is_offered_as_a_download(web, contact_id, monkeypatch):
    patient_id = desk.patient(contact_id)
    with monkeypatch.context() as before:
        before.setattr(pictures, "check", lambda *_: None)
        result = desk.hand_in(content=pdfs.without_a_root())
    desk.release(result.id)
    desk.announce(result.id)
    page = opened(web, desk.link(contact_id, patient_id))
    assert "Bitte laden Sie sie herunter." in page.text
    assert web.get(f"/r/mine/results/{result.id}/pages/1").status_code == 404
    assert web.get(f"/r/mine/results/{result.id}/file").status_code == 200


def test_the_patient_reads_who_released_it(web, sign_in, token, result_id):
    sign_in("doctor")
    with transaction() as s:
        s.execute(update(Result).values(released_by=accounts.by_login(s, "doctor").id, practitioner="adler"))
    page = opened(web, token)
    assert "von Doctor Roth" in page.text
    assert "Adler" not in page.text


def test_before_the_checks_the_page_says_nothing_of_a_result(web, token):
    for answer in (web.get(f"/r/{token}"), web.post(f"/r/{token}/born", data={"born": "1.1.1970"})):
        for word in ("Krüger", "Sabine", "Blutfette", "Befund", "Ergebnis", "Labor", "result"):
            assert word not in answer.text


def test_a_preview_of_the_link_uses_nothing_up(web, token):
    for _ in range(9):
        assert web.get(f"/r/{token}").status_code == 200
    assert opened(web, token).status_code == 200


def test_a_scanner_that_asks_ahead_gets_the_head_and_uses_nothing_up(web, token, result_id):
    seen = web.get(f"/r/{token}")
    asked = web.head(f"/r/{token}")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["content-length"] == seen.headers["content-length"]
    assert web.head("/r/nothing-of-ours").status_code == web.get("/r/nothing-of-ours").status_code
    assert opened(web, token).status_code == 200
    with transaction() as s:
        before = len(audit.deeds(s, "result", result_id))
    web.head(f"/r/mine/results/{result_id}")
    with transaction() as s:
        assert len(audit.deeds(s, "result", result_id)) == before


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


def test_a_long_question_of_many_lines_arrives_as_the_browser_allowed_it(web, token, result_id):
    page = opened(web, token)
    asked = "\r\n".join(["x" * 49] * 40)  # 1,999 characters for the browser
    form = {"question": asked, "form_id": found(r'name="form_id" value="([^"]+)"', page.text)}
    assert web.post(f"/r/mine/results/{result_id}/questions", data=form).status_code == 303
    with transaction() as s:
        (line,) = opening.thread(s, result_id)
    assert line.body == asked.replace("\r\n", "\n")


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


@pytest.fixture
def chatty_practice(contact_id, tmp_path):
    """`results_delivery: chat`."""
    file = tmp_path / "chatty.yml"
    file.write_text(small_clinic.TEXT.replace("slot_grid:", "results_delivery: chat\nslot_grid:"))
    clinic.sync(file)


def files_sent():
    return [payload["document"] for payload in sent() if payload["type"] == "document"]


def to_chat(web, page, result_id):
    hidden = re.search(r'name="again" value="([^"]+)"', page.text)
    for _ in range(2):  # tapped twice
        web.post(f"/r/mine/results/{result_id}/chat", data={"again": hidden.group(1)} if hidden else {})
    return web.get(f"/r/mine/results/{result_id}")


def test_a_practice_that_sends_no_files_offers_none(web, token, result_id):
    page = opened(web, token)
    assert "/chat" not in page.text
    web.post(f"/r/mine/results/{result_id}/chat")
    assert files_sent() == []


def test_without_consent_nothing_goes_into_the_chat(web, chatty_practice, token, result_id):
    opened(web, token)
    assert files_sent() == []


def test_with_consent_the_file_comes_into_the_chat_once_under_a_neutral_name(
    web, chatty_practice, token, result_id, contact_id
):
    page = to_chat(web, opened(web, token), result_id)
    assert "Die Datei ist in Ihrem Chat." in page.text
    (file,) = files_sent()
    assert re.fullmatch(r"nachricht-[0-9a-f]{8}\.pdf", file["filename"])
    assert "Blutfette" not in str(file)
    with transaction() as s:
        deeds = {deed.action for deed in audit.deeds(s, "patient", desk.patient(contact_id))}
    assert "result_consent_given" in deeds


def test_on_wish_it_is_sent_again(web, chatty_practice, token, result_id):
    to_chat(web, to_chat(web, opened(web, token), result_id), result_id)
    assert len(files_sent()) == 2


def test_under_a_standing_consent_the_next_result_comes_after_the_checks(
    web, chatty_practice, token, result_id, contact_id
):
    to_chat(web, opened(web, token), result_id)
    following = desk.hand_in(content=pdfs.report("Ferritin 12"))
    desk.release(following.id)
    desk.announce(following.id)
    assert len(files_sent()) == 1
    check(web, desk.link(contact_id, desk.patient(contact_id)))
    web.get(f"/r/mine/results/{following.id}")
    assert len(files_sent()) == 2


def test_a_consent_taken_back_sends_no_more(web, chatty_practice, token, result_id):
    to_chat(web, opened(web, token), result_id)
    answer = web.post(f"/r/mine/results/{result_id}/chat-stop")
    assert "künftig steht alles nur hier" in web.get(answer.headers["location"]).text
    following = desk.hand_in(content=pdfs.report("Ferritin 12"))
    desk.release(following.id)
    desk.announce(following.id)
    web.get(f"/r/mine/results/{following.id}")
    assert len(files_sent()) == 1


def test_nobody_agrees_without_having_passed_the_checks(web, chatty_practice, token, result_id):
    web.post(f"/r/mine/results/{result_id}/chat")
    assert files_sent() == []


def test_staff_who_may_see_no_result_see_none_in_the_chat(
    web, chatty_practice, token, result_id, contact_id, sign_in
):
    to_chat(web, opened(web, token), result_id)
    page = sign_in("reception").get(f"/conversations/{contact_id}")
    assert "nachricht-" in page.text
    assert "Blutfette" not in page.text


def other_token():
    """A second person on the same phone: a mother and her child."""
    contact_id = desk.contact()
    child = desk.patient(contact_id, "Mila Krüger", date(2015, 3, 1))
    result = desk.hand_in(Claimed("Mila", "Krüger", date(2015, 3, 1), desk.PHONE), kind_of_test="Allergie")
    desk.release(result.id)
    desk.announce(result.id)
    return desk.link(contact_id, child)


def test_the_link_tapped_again_leads_back_to_what_lies_open(web, token):
    opened(web, token)
    for path in ("", "/code", "/born"):
        again = web.get(f"/r/{token}{path}", follow_redirects=True)
        assert (again.status_code, "Blutfette" in again.text) == (200, True)


def test_another_link_tapped_shows_nothing_of_the_first(web, token):
    second = other_token()
    opened(web, token)
    page = web.get(f"/r/{second}")
    assert (page.status_code, "Sind Sie es?" in page.text) == (200, True)


def test_a_used_link_opens_nothing_once_the_half_hour_is_over(web, token):
    opened(web, token)
    clock.advance(links.VIEWER_LIFE)
    assert web.get(f"/r/{token}").status_code == 410


def test_loading_the_page_anew_after_a_wrong_date_asks_again(web, token):
    web.post(f"/r/{token}/born", data={"born": "1.1.1970"})
    answer = web.get(f"/r/{token}/born", headers={"accept": "text/html"}, follow_redirects=True)
    assert (answer.status_code, "Sind Sie es?" in answer.text) == (200, True)


def test_two_people_on_one_phone_both_get_in(web, token):
    second = other_token()
    web.post(f"/r/{token}/born", data={"born": BORN})
    first_code = code()
    web.post(f"/r/{second}/born", data={"born": "1.3.2015"})
    second_code = code()
    assert web.post(f"/r/{token}/code", data={"code": first_code}).status_code == 303
    assert "Blutfette" in web.get("/r/mine/results", follow_redirects=True).text
    assert web.post(f"/r/{second}/code", data={"code": second_code}).status_code == 303
    assert "Allergie" in web.get("/r/mine/results", follow_redirects=True).text


@pytest.mark.parametrize(("mark", "calls"), [("fine", False), ("discuss", True), ("urgent", True)])
def test_what_is_to_be_discussed_comes_with_a_number_to_tap(web, contact_id, mark, calls):
    patient_id = desk.patient(contact_id)
    result = desk.hand_in()
    desk.release(result.id, mark=mark)
    with transaction() as s:
        if mark == "urgent":
            releasing.told_by_phone(s, result.id, staff_id=desk.DOCTOR)
        releasing.announced(s, result.id)
    page = opened(web, desk.link(contact_id, patient_id))
    assert ('href="tel:+493023125001">030 23125 001</a>' in page.text) is calls
    assert ("Rückruf zum Befund" in page.text) is calls


def test_what_the_page_says_to_write_asks_for_a_call():
    for language in ("de", "en"):
        said = re.search('[„"](.+?)[“"]', words(language, "patient")["call_by_chat"])
        assert said is not None
        assert asking.CALL.search(said.group(1))


def test_a_result_that_the_laboratory_has_corrected_says_so(web, token, result_id):
    with transaction() as s:
        correcting.supersede(s, reading.row(s, result_id), None, actor="system:lab")
    assert "vom Labor inzwischen eine Korrektur" in opened(web, token).text


def test_the_last_try_is_one_try(web, token):
    for left in ("Noch 4 Versuche", "Noch 3 Versuche", "Noch 2 Versuche", "Noch ein Versuch."):
        assert left in web.post(f"/r/{token}/born", data={"born": "1.1.1970"}).text


def test_the_last_code_is_one_try_in_english(web, token, contact_id):
    with transaction() as s:
        conversations.set_language(s, contact_id, "en")
    web.post(f"/r/{token}/born", data={"born": BORN})
    wrong = "000000" if code() != "000000" else "111111"
    for left in ("4 more tries", "3 more tries", "2 more tries", "One more try."):
        assert left in web.post(f"/r/{token}/code", data={"code": wrong}).text


def test_a_question_gets_the_time_that_was_promised(web, token, result_id):
    shown = opened(web, token)
    form = {"form_id": found(r'name="form_id" value="([^"]+)"', shown.text), "question": "Reicht Olivenöl?"}
    asked = web.post(f"/r/mine/results/{result_id}/questions", data=form, follow_redirects=True)
    (task,) = tasks.open_tasks()
    hour = task.due_at.astimezone(clinic.clinic().zone).strftime("%H:%M")
    assert re.search(rf"Es antwortet (heute|morgen|am [^.]+\. \w+,) bis {hour} Uhr", asked.text)
    with transaction() as s:
        tasks.complete(s, task.id, done_by="nurse")
    assert "Es antwortet" not in web.get(f"/r/mine/results/{result_id}?asked=1").text


def test_the_words_of_a_question_survive_the_half_hour(web, token, result_id):
    shown = opened(web, token)
    form = {
        "form_id": found(r'name="form_id" value="([^"]+)"', shown.text),
        "question": "Reicht <b>Olivenöl</b>?",
    }
    clock.advance(links.VIEWER_LIFE)
    answer = web.post(f"/r/mine/results/{result_id}/questions", data=form)
    assert answer.status_code == 410
    assert "Reicht &lt;b&gt;Olivenöl&lt;/b&gt;?" in answer.text
    assert tasks.open_tasks() == []


def test_numbers_on_closed_pages_can_be_tapped(web, token):
    opened(web, token)
    web.cookies.clear()
    for path in (f"/r/{token}", "/r/unknown", "/r/mine/results", "/r/not/here/at-all"):
        page = web.get(path, headers={"accept": "text/html"})
        assert 'href="tel:+493023125001">030 23125 001</a>' in page.text
        assert "&lt;a" not in page.text
