"""Staff at work in the console: each role sees what it must, and two people never answer the same thing twice."""

from __future__ import annotations

import io
import tempfile
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from actions.support.promise import answered_by
from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.console.staff import people
from sprechstunde.conversations import holding
from sprechstunde.conversations import service as conversations
from sprechstunde.db import transaction
from sprechstunde.staff import accounts
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import inbox, outbox, result_notices
from sprechstunde.whatsapp.content import Text
from sprechstunde.whatsapp.models import OutboundMessage
from sprechstunde.whatsapp.updates import Incoming, Sender
from tests import pdfs
from tests.integration import results_desk as desk
from tests.integration.console.pages import PASSWORD, field, form, multipart


@pytest.fixture
def writes(contact_id):
    """The patient writes."""
    numbers = iter(range(1000))

    def write(text):
        message = Incoming(
            wamid=f"wamid.{next(numbers)}",
            sender=Sender(phone=desk.PHONE, user_id=None, profile_name="Sabine"),
            kind="text",
            timestamp=clock.now(),
            text=text,
        )
        with transaction() as s:
            inbox.receive(s, message)

    return write


def answer(browser, contact_id, words, page=None, *, file=None, **more):
    page = page or browser.get(f"/conversations/{contact_id}")
    fields = {name: field(page, name) for name in ("csrf", "mark", "form_id")}
    body = multipart({**fields, "words": words, **more}, file)
    return browser.post(f"/conversations/{contact_id}/answer", **body)


def sent():
    with transaction() as s:
        rows = s.execute(select(OutboundMessage).order_by(OutboundMessage.seq)).scalars()
        return [(row.payload.get("text", {}).get("body"), row.author is not None) for row in rows]


def test_without_signing_in_every_page_leads_to_the_door(web, contact_id):
    for path in ("/", "/tasks", "/results", f"/conversations/{contact_id}", "/live"):
        assert web.get(path).headers["location"] == "/sign-in"
    assert web.get("/inbox/lines", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/sign-in"


def test_a_password_alone_opens_nothing(web):
    with transaction() as s:
        accounts.add(s, login="nurse", name="N", role="nurse", password=PASSWORD)
    assert web.post("/sign-in", data={"login": "nurse", "password": "wrong"}).status_code == 403
    assert web.post("/sign-in", data={"login": "nurse", "password": PASSWORD}).status_code == 303
    assert web.get("/").headers["location"] == "/sign-in"


def test_who_waits_stands_in_the_inbox_most_urgent_first(sign_in, writes, contact_id):
    writes("ich möchte bitte jemanden sprechen")
    nurse = sign_in("nurse")
    assert "Niemand wartet" in nurse.get("/").text
    tasks.open_task("human", contact_id=contact_id, note="Rechnung", idempotency_key="1")
    page = nurse.get("/").text
    assert "Möchte mit jemandem sprechen" in page
    assert "Rechnung" in page
    assert page.count('class="badge new"') == 1
    nurse.get(f"/conversations/{contact_id}")
    assert 'class="badge new"' not in nurse.get("/").text


def test_the_inbox_says_what_is_to_be_done_and_not_what_was_typed_last(sign_in, writes, contact_id):
    """The assistant asks for the birth date last: every line ended with one."""
    note = "Ida Voss, 1961-05-04\nOmeprazol 20 mg"
    tasks.open_task("prescription", contact_id=contact_id, note=note, idempotency_key="1")
    tasks.open_task("results", contact_id=contact_id, note="krebs?", urgent=True, idempotency_key="2")
    writes("4.5.1961")
    assert "Ida Voss, 04.05.1961 · Omeprazol 20 mg" in sign_in("reception").get("/").text
    assert "krebs?" in sign_in("nurse").get("/").text


def test_what_came_in_before_ones_eyes_is_not_new(sign_in, writes, contact_id):
    writes("Guten Tag")
    tasks.open_task("human", contact_id=contact_id, note="Rechnung", idempotency_key="1")
    nurse = sign_in("nurse")
    nurse.get(f"/conversations/{contact_id}")
    writes("noch etwas")
    assert 'class="badge new"' in nurse.get("/").text
    nurse.get(f"/conversations/{contact_id}/thread", headers={"HX-Request": "true"})
    assert 'class="badge new"' not in nurse.get("/").text


def test_a_birth_date_on_a_task_reads_as_people_write_it(sign_in, writes, contact_id):
    writes("rezept bitte")
    note = "Ida Voss, 1961-05-04: Omeprazol, Charge 2026-99-99"
    tasks.open_task("prescription", contact_id=contact_id, note=note, idempotency_key="1")
    nurse = sign_in("nurse")
    for page in ("/tasks", f"/conversations/{contact_id}"):
        shown = nurse.get(page).text
        assert "Ida Voss, 04.05.1961: Omeprazol" in shown
        assert "1961-05-04" not in shown
        assert "2026-99-99" in shown


def test_taking_over_answering_and_handing_back(sign_in, writes, contact_id):
    writes("ist der Wert schlimm?")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    assert "ist der Wert schlimm?" in page.text
    assert answer(nurse, contact_id, "Nein, alles gut.", page).status_code == 303
    assert sent() == [("Nein, alles gut.", True)]
    with transaction() as s:
        assert holding.care_of(s, contact_id).held_by is not None
        deeds = {deed.action for deed in audit.deeds(s, "contact", contact_id)}
    assert {"transcript_read", "conversation_taken", "answered"} <= deeds
    page = nurse.get(f"/conversations/{contact_id}")
    assert "Nurse Roth" in page.text
    nurse.post(f"/conversations/{contact_id}/hand-back", data=form(page))
    with transaction() as s:
        assert holding.care_of(s, contact_id).held_by is None


def test_a_form_sent_twice_is_one_answer(sign_in, writes, contact_id):
    writes("hallo")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    assert answer(nurse, contact_id, "Guten Tag", page).status_code == 303
    assert answer(nurse, contact_id, "Guten Tag", page).status_code == 303, "it is no other chat for that"
    assert [words for words, _ in sent()] == ["Guten Tag"]


def test_a_chat_that_has_moved_on_asks_first_and_keeps_the_draft(sign_in, writes, contact_id):
    writes("eine Frage")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    writes("hat sich erledigt")
    asked = answer(nurse, contact_id, "Welche denn?", page)
    assert asked.status_code == 409
    assert "Inzwischen ist etwas dazugekommen" in asked.text
    assert "Welche denn?" in asked.text
    assert sent() == []
    writes("bitte nichts schicken!")
    again = answer(nurse, contact_id, "Welche denn?", asked)
    assert (again.status_code, sent()) == (409, []), "more has come since it was asked"
    assert answer(nurse, contact_id, "Welche denn?", again).status_code == 303
    assert len(sent()) == 1


def test_two_people_do_not_answer_the_same_thing(sign_in, writes, contact_id):
    writes("wer antwortet?")
    nurse, doctor = sign_in("nurse"), sign_in("doctor")
    page = doctor.get(f"/conversations/{contact_id}")
    answer(nurse, contact_id, "Ich.")
    assert answer(doctor, contact_id, "Ich!", page).status_code == 409
    assert [words for words, _ in sent()] == ["Ich."]
    page = doctor.get(f"/conversations/{contact_id}")
    assert "hat hier übernommen" in answer(doctor, contact_id, "Ich!", page).text
    taken = doctor.post(f"/conversations/{contact_id}/take-over", data=form(page, from_colleague="true"))
    assert taken.status_code == 303
    assert answer(doctor, contact_id, "Jetzt ich.").status_code == 303


def test_after_24_hours_only_the_template_goes_out(sign_in, writes, contact_id):
    writes("hallo")
    with transaction() as s:
        conversations.set_language(s, contact_id, "de")
    clock.advance(timedelta(hours=25))
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    assert "24 Stunden" in page.text
    nurse.post(f"/conversations/{contact_id}/reopen", data=form(page))
    with transaction() as s:
        (row,) = s.execute(select(OutboundMessage)).scalars()
        assert row.payload["template"]["name"] == "conversation_reopen"
    assert "möchte Ihnen antworten" in nurse.get(f"/conversations/{contact_id}").text


def test_whoever_asks_to_go_on_writing_gets_the_answer(sign_in, writes, contact_id):
    """The assistant knows nothing of it: to her tap on "Weiter" it said that nothing was open."""
    writes("hallo")
    clock.advance(timedelta(hours=25))
    nurse = sign_in("nurse")
    nurse.post(f"/conversations/{contact_id}/reopen", data=form(nurse.get(f"/conversations/{contact_id}")))
    assert "Sie" in nurse.get(f"/conversations/{contact_id}").text
    with transaction() as s:
        held_by = holding.care_of(s, contact_id).held_by
        assert held_by is not None
        assert people.colleagues(s)[held_by] == "Nurse Roth"
    doctor = sign_in("doctor")
    asked = doctor.post(
        f"/conversations/{contact_id}/reopen", data=form(doctor.get(f"/conversations/{contact_id}"))
    )
    assert asked.status_code == 409
    assert "wirklich übernehmen" in asked.text


def test_one_template_is_enough_until_a_day_has_passed_or_it_was_lost(sign_in, writes, contact_id):
    writes("hallo")
    clock.advance(timedelta(hours=25))
    nurse = sign_in("nurse")

    def ask(browser):
        page = browser.get(f"/conversations/{contact_id}")
        browser.post(f"/conversations/{contact_id}/reopen", data=form(page))
        return browser.get(f"/conversations/{contact_id}").text

    assert "Vorlage senden" in nurse.get(f"/conversations/{contact_id}").text
    for _ in range(2):
        page = ask(nurse)
        assert len(sent()) == 1
        assert "Vorlage gesendet um 10:00" in page
        assert "Vorlage senden" not in page
    with transaction() as s:
        s.execute(select(OutboundMessage)).scalars().one().state = "failed"
    ask(nurse)
    assert len(sent()) == 2
    clock.advance(timedelta(hours=25))
    doctor = sign_in("doctor")
    with transaction() as s:
        holding.hand_back(s, contact_id, desk.DOCTOR)
    ask(doctor)
    assert len(sent()) == 3
    writes("ja")
    assert "Vorlage" not in doctor.get(f"/conversations/{contact_id}").text


def test_a_canned_reply_speaks_the_patients_language_and_knows_her_name(sign_in, writes, contact_id):
    writes("hello")
    desk.patient(contact_id)
    with transaction() as s:
        conversations.set_language(s, contact_id, "en")
    draft = sign_in("nurse").get(f"/conversations/{contact_id}/draft?reply=looking").text
    assert "Hello Sabine Krüger, I&#39;m looking into it" in draft


def test_a_task_is_done_with_its_outcome(sign_in, contact_id):
    task = tasks.open_task("callback", contact_id=contact_id, note="0170 1234567", idempotency_key="1")
    nurse = sign_in("nurse")
    page = nurse.get("/tasks")
    assert "0170 1234567" in page.text
    nurse.post(f"/tasks/{task.id}/done", data=form(page, outcome="nicht erreicht"))
    assert tasks.open_tasks() == []
    assert "Keine offenen Aufgaben" in nurse.get("/tasks").text


def test_a_task_is_done_in_its_own_conversation_only(sign_in, writes, contact_id):
    writes("hallo")
    somebody_else = desk.contact("+4915550999888")
    theirs = tasks.open_task("callback", contact_id=somebody_else, note="Rückruf", idempotency_key="1")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    assert (
        nurse.post(
            f"/conversations/{contact_id}/tasks/{theirs.id}/done", data=form(page, outcome="x")
        ).status_code
        == 404
    )
    assert [task.id for task in tasks.open_tasks()] == [theirs.id]
    nurse.post(f"/conversations/{somebody_else}/tasks/{theirs.id}/done", data=form(page, outcome="erreicht"))
    assert tasks.open_tasks() == []


def test_notes_are_for_colleagues_only(sign_in, writes, contact_id):
    writes("hallo")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    nurse.post(f"/conversations/{contact_id}/notes", data=form(page, words="hört schlecht"))
    assert "hört schlecht" in nurse.get(f"/conversations/{contact_id}").text
    assert sent() == []


@pytest.mark.parametrize("role", ["reception", "admin"])
def test_who_is_not_clinical_gets_403_on_results(sign_in, contact_id, role):
    desk.patient(contact_id)
    result = desk.hand_in(kind_of_test="Geheimtest")
    desk.release(result.id)
    desk.announce(result.id)
    browser = sign_in(role)
    for path in ("/results", f"/results/{result.id}", f"/results/{result.id}/pages/1"):
        assert browser.get(path).status_code == 403
    page = browser.get(f"/conversations/{contact_id}")
    assert "Geheimtest" not in page.text
    for act in ("release", "told", "withdraw", "answers", "unlock", "assign"):
        posted = browser.post(f"/results/{result.id}/{act}", data=form(page, mark="fine", words="x"))
        assert posted.status_code == 403


def test_a_nurse_reads_but_only_a_doctor_releases(sign_in, contact_id):
    desk.patient(contact_id)
    result = desk.hand_in()
    nurse = sign_in("nurse")
    page = nurse.get(f"/results/{result.id}")
    assert "Freigeben können nur" in page.text
    assert nurse.post(f"/results/{result.id}/release", data=form(page, mark="fine")).status_code == 403
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{result.id}")
    released = doctor.post(f"/results/{result.id}/release", data=form(page, mark="fine", remark="Gut."))
    assert released.status_code == 303
    with transaction() as s:
        assert len(s.execute(select(OutboundMessage)).scalars().all()) == 1, "the patient is told"
        deeds = [deed.action for deed in audit.deeds(s, "result", result.id)]
    assert "result_released" in deeds
    assert "result_read" in deeds


def test_a_result_that_waits_shows_in_the_menu_of_those_who_may_see_it(sign_in, contact_id):
    desk.patient(contact_id)
    result = desk.hand_in(practitioner="adler")
    doctor = sign_in("doctor")
    assert "Warten auf Freigabe" in doctor.get("/").text
    assert "Gibt frei: Dr. Eva Adler" in doctor.get("/results").text
    assert "Warten auf Freigabe" not in sign_in("reception").get("/").text
    desk.release(result.id)
    assert "Warten auf Freigabe" not in doctor.get("/").text


def test_it_says_who_released_it_not_who_was_to(sign_in, contact_id):
    desk.patient(contact_id)
    result = desk.hand_in(practitioner="adler")
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{result.id}")
    assert "Adler" in page.text
    doctor.post(f"/results/{result.id}/release", data=form(page, mark="fine"))
    page = doctor.get(f"/results/{result.id}")
    assert "Doctor Roth" in page.text.split("</nav>")[1].split("<aside")[1]
    assert "Adler" not in page.text


def test_what_came_by_mistake_is_thrown_away_by_a_doctor(sign_in, contact_id):
    result = desk.hand_in()
    assert "Verwerfen" not in sign_in("nurse").get(f"/results/{result.id}").text
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{result.id}")
    assert "Verwerfen" in page.text
    doctor.post(f"/results/{result.id}/withdraw", data=form(page))
    assert "Blutfette" not in doctor.get("/results").text
    refused = doctor.post(f"/results/{result.id}/release", data=form(page, mark="fine"))
    assert refused.status_code == 409
    assert "schon freigegeben oder zurückgezogen" in refused.text


def test_an_urgent_result_is_announced_after_the_call(sign_in, contact_id):
    desk.patient(contact_id)
    result = desk.hand_in()
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{result.id}")
    doctor.post(f"/results/{result.id}/release", data=form(page, mark="urgent"))
    assert sent() == []
    assert [task.kind for task in tasks.open_tasks()] == ["urgent_result"]
    page = doctor.get(f"/results/{result.id}")
    doctor.post(f"/results/{result.id}/told", data=form(page))
    assert len(sent()) == 1


def test_a_result_of_nobody_sure_is_given_to_the_right_one_by_hand(sign_in, contact_id):
    patient_id = desk.patient(contact_id)
    result = desk.hand_in(desk.Claimed("Sabine", "Krüger", desk.BORN))
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{result.id}")
    assert "bitte prüfen" in page.text
    doctor.post(f"/results/{result.id}/assign", data=form(page, patient_id=str(patient_id)))
    assert "Noch niemandem zugeordnet" not in doctor.get(f"/results/{result.id}").text


@pytest.mark.parametrize("csrf", ["", "invented"])
def test_a_form_of_another_site_changes_nothing(sign_in, writes, contact_id, csrf):
    writes("hallo")
    nurse = sign_in("nurse")
    posted = nurse.post(
        f"/conversations/{contact_id}/answer",
        **multipart({"csrf": csrf, "words": "x", "mark": "", "form_id": "1"}),
    )
    assert posted.status_code == 403
    assert sent() == []


def test_a_receptionist_does_not_hear_of_a_result_from_a_task(sign_in, contact_id):
    patient_id = desk.patient(contact_id)
    desk.release(desk.hand_in().id, mark="urgent")
    tasks.open_task(
        "results", contact_id=contact_id, patient_id=patient_id, note="ist das krebs?", idempotency_key="1"
    )
    reception, nurse = sign_in("reception"), sign_in("nurse")
    for path in ("/", "/tasks", f"/conversations/{contact_id}"):
        page = reception.get(path).text
        assert not any(word in page for word in ("Dringender Befund", "krebs", "Frage zu Befunden"))
    assert "krebs" in nurse.get("/tasks").text
    urgent = tasks.open_tasks()[0]
    csrf = field(reception.get("/tasks"), "csrf")
    for path in (f"/tasks/{urgent.id}/done", f"/conversations/{contact_id}/tasks/{urgent.id}/done"):
        assert reception.post(path, data={"csrf": csrf}).status_code == 404
    assert len(tasks.open_tasks()) == 2


def test_a_receptionist_sees_of_a_result_what_stands_on_the_patients_screen_and_no_more(sign_in, contact_id):
    """A neutral notice is no result; with it hidden she could not help who asks what the button is for."""
    desk.patient(contact_id)
    result = desk.hand_in(kind_of_test="Geheimtest")
    doctor = sign_in("doctor")
    page = doctor.get(f"/results/{result.id}")
    doctor.post(f"/results/{result.id}/release", data=form(page, mark="fine", remark="Alles bestens"))
    page = sign_in("reception").get(f"/conversations/{contact_id}").text
    assert "liegt eine Nachricht für Sie bereit" in page or "has a message for you" in page
    assert not any(word in page for word in ("Geheimtest", "Alles bestens", str(result.id), "Befund"))


def _png():
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


PNG = _png()


def uploads():
    with transaction() as s:
        rows = s.execute(select(OutboundMessage).order_by(OutboundMessage.seq)).scalars()
        return [(row.payload["type"], row.payload[row.payload["type"]]) for row in rows]


def test_a_picture_goes_out_with_the_words_below_it(sign_in, writes, contact_id):
    writes("wie lege ich den verband an?")
    nurse = sign_in("nurse")
    answer(nurse, contact_id, "So sieht es aus.", file=("verband.png", PNG))
    assert uploads() == [("image", {"caption": "So sieht es aus."})]
    assert "So sieht es aus." in nurse.get(f"/conversations/{contact_id}").text


def test_a_document_goes_out_under_its_own_name(sign_in, writes, contact_id):
    writes("könnt ihr mir den plan schicken?")
    nurse = sign_in("nurse")
    answer(nurse, contact_id, "", file=("C:\\Pläne\\Diätplan.pdf", pdfs.report("Plan")))
    assert uploads() == [("document", {"filename": "Diätplan.pdf"})]
    assert "Diätplan.pdf" in nurse.get(f"/conversations/{contact_id}").text


def test_words_too_long_for_a_caption_go_ahead(sign_in, writes, contact_id):
    writes("hallo")
    answer(sign_in("nurse"), contact_id, "Lesen Sie bitte. " * 100, file=("a.png", PNG))
    assert [kind for kind, _ in uploads()] == ["text", "image"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("a.pdf", pdfs.with_script(pdfs.report("x"))), "von selbst läuft"),
        (("a.exe", b"MZ" + bytes(50)), "Nur PDF, PNG und JPEG"),
        (("a.png", PNG + bytes(5 * 1024 * 1024)), "zu groß"),
    ],
)
def test_a_file_that_cannot_go_out_keeps_the_words(sign_in, writes, contact_id, file, said):
    writes("hallo")
    page = answer(sign_in("nurse"), contact_id, "Hier ist es.", file=file)
    assert said in page.text
    assert "Hier ist es." in page.text
    assert sent() == []


def test_words_about_an_attachment_do_not_go_out_without_it(sign_in, writes, contact_id):
    writes("schicken sie mir die rechnung?")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    writes("es eilt")
    rechnung = ("rechnung.pdf", pdfs.report("Rechnung"))
    asked = answer(nurse, contact_id, "Anbei die Rechnung", page, file=rechnung)
    assert "Bitte wählen Sie die Datei noch einmal" in asked.text
    again = answer(nurse, contact_id, "Anbei die Rechnung", asked, with_file=field(asked, "with_file"))
    assert again.status_code == 422
    assert "Anbei die Rechnung" in again.text
    assert uploads() == []
    given = {"with_file": field(again, "with_file")}
    assert answer(nurse, contact_id, "Anbei die Rechnung", again, file=rechnung, **given).status_code == 303
    assert [kind for kind, _ in uploads()] == ["document"]


def test_who_needs_no_attachment_any_more_says_so(sign_in, writes, contact_id):
    writes("hallo")
    nurse = sign_in("nurse")
    asked = answer(nurse, contact_id, "Guten Tag", file=("a.exe", b"MZ" + bytes(50)))
    given = {"with_file": field(asked, "with_file"), "without_file": "true"}
    assert answer(nurse, contact_id, "Guten Tag", asked, **given).status_code == 303
    assert [kind for kind, _ in uploads()] == ["text"]


def test_messages_that_come_live_carry_the_mark_of_what_was_seen(sign_in, writes, contact_id):
    writes("hallo")
    nurse = sign_in("nurse")
    page = nurse.get(f"/conversations/{contact_id}")
    assert f'data-mark="{field(page, "mark")}"' in page.text
    writes("noch etwas")
    live = nurse.get(f"/conversations/{contact_id}/thread").text
    assert f'data-mark="{field(nurse.get(f"/conversations/{contact_id}"), "mark")}"' in live
    assert f'data-mark="{field(page, "mark")}"' not in live


def test_a_large_file_never_touches_the_disk(sign_in, writes, contact_id, monkeypatch):
    writes("hallo")
    nurse = sign_in("nurse")
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", None)
    big = pdfs.report("Plan") + b"\n%" + b"x" * 3_000_000
    assert answer(nurse, contact_id, "", file=("plan.pdf", big)).status_code == 303
    assert uploads() == [("document", {"filename": "plan.pdf"})]


def test_what_a_patient_writes_is_never_markup(sign_in, writes, contact_id):
    writes("<script>alert(1)</script>")
    nurse = sign_in("nurse")
    assert "<script>alert" not in nurse.get(f"/conversations/{contact_id}").text
    assert "<script>alert" not in nurse.get("/?show=all").text


def test_nobody_at_the_practice_reads_a_patients_link_or_code(sign_in, writes, contact_id):
    """With the birth date beside the chat they would open her results."""
    writes("hallo")
    link = desk.link(contact_id, desk.patient(contact_id))
    with transaction() as s:
        result_notices.send_code(s, contact_id, "908172", "de")
        result_notices.send_code(s, contact_id, "654321", "en")
        words = Text(f"Hier ist Ihr Link: http://127.0.0.1:8600/r/{link}\n\nAm *Montag*, 2 * 3 * 4")
        outbox.enqueue(s, contact_id, [words], "link")
    page = sign_in("reception").get(f"/conversations/{contact_id}").text
    assert "… ist Ihr Code" in page
    assert "Am <strong>Montag</strong>, 2 * 3 * 4" in page
    for secret in ("908172", "654321", link):
        assert secret not in page


def test_an_open_page_that_refreshes_itself_does_not_keep_anybody_signed_in(sign_in, contact_id):
    nurse = sign_in("nurse")
    for _ in range(4):
        clock.advance(timedelta(minutes=20))
        last = nurse.get("/inbox/lines", headers={"HX-Request": "true"})
    assert last.headers["hx-redirect"] == "/sign-in"


def test_who_holds_a_chat_has_taken_over_and_need_not_be_writing(sign_in, writes, contact_id):
    """It may be held for days; "is typing" is for fingers on keys."""
    writes("hello")
    nurse = sign_in("nurse", "en")
    nurse.post(f"/conversations/{contact_id}/take-over", data=form(nurse.get(f"/conversations/{contact_id}")))
    assert "You have taken over, the assistant is silent" in nurse.get(f"/conversations/{contact_id}").text
    assert "Nurse Roth hat übernommen" in sign_in("doctor").get("/").text


def test_a_page_that_fails_speaks_as_all_others_do(sign_in):
    """The account's language counts, not the browser's."""
    asked = {"accept": "text/html", "accept-language": "de"}
    nurse = sign_in("nurse", "en")
    assert "There is nothing here" in nurse.get("/nowhere", headers=asked).text
    assert (
        "Hier ist nichts"
        in sign_in("doctor").get("/nowhere", headers={**asked, "accept-language": "en"}).text
    )


def test_what_programs_note_is_read_in_the_readers_language(sign_in, contact_id):
    note = "Bitte anrufen, das WhatsApp-Fenster ist zu. Termin verlegt von Mo 9:00 auf: Di 9:00, Gespräch.\n[audio]"
    tasks.open_task("callback", contact_id=contact_id, note=note, idempotency_key="1")
    english, german = sign_in("nurse", "en").get("/tasks").text, sign_in("doctor").get("/tasks").text
    assert "Please call, the WhatsApp window is closed. Appointment moved from Mo 9:00 to: Di 9:00" in english
    assert "[Voice message]" in english
    assert "Termin verlegt von Mo 9:00 auf: Di 9:00" in german
    assert "[Sprachnachricht]" in german


def test_the_console_names_the_time_that_the_patient_was_told(sign_in, contact_id):
    clock.advance(timedelta(minutes=2))
    task = tasks.open_task("human", contact_id=contact_id, idempotency_key="1")
    told = answered_by(task.due_at, "de")
    nurse = sign_in("nurse")
    for path in ("/", "/tasks", f"/conversations/{contact_id}"):
        assert f"bis {told.split('bis ')[1].removesuffix(' Uhr')}" in nurse.get(path).text


def test_english_staff_read_english(sign_in):
    assert "Nobody is waiting" in sign_in("nurse", "en").get("/").text


def test_signing_out_ends_the_session(sign_in):
    nurse = sign_in("nurse")
    nurse.post("/sign-out", data=form(nurse.get("/")))
    assert nurse.get("/").headers["location"] == "/sign-in"


def upload(browser, content, **changes):
    page = browser.get("/results/upload")
    fields = {
        "family_name": "Krüger",
        "given_name": "Sabine",
        "birth_date": "4.5.1966",
        "kind_of_test": "EKG",
        "form_id": field(page, "form_id"),
    }
    return browser.post(
        "/results/upload", data=form(page, **{**fields, **changes}), files={"file": ("x.pdf", content)}
    )


def test_a_result_is_handed_in_by_hand_and_touches_no_disk(sign_in, contact_id, monkeypatch):
    def on_disk(*_):
        raise AssertionError("the file was put on disk")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", on_disk)
    nurse = sign_in("nurse")
    large = pdfs.report("EKG ohne Befund") + b"%" * 3_000_000
    answer = upload(nurse, large)
    assert answer.status_code == 303
    assert "EKG" in nurse.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [
        (b"MZ", {}, "Nur PDF"),
        (pdfs.with_script(pdfs.report("x")), {}, "von selbst läuft"),
        (pdfs.report("x"), {"birth_date": "gestern"}, "nicht zu lesen"),
        (pdfs.report("x"), {"family_name": " "}, "Nachname"),
        (pdfs.report("x"), {"given_name": "Sa\x07bine"}, "Steuerzeichen"),
        (pdfs.without_a_root(), {}, "beschädigt"),
    ],
)
def test_what_is_wrong_with_an_upload_is_said_and_what_was_typed_stays(sign_in, content, changes, said):
    answer = upload(sign_in("nurse"), content, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="EKG"' in answer.text


def test_an_upload_that_was_sent_gone_back_to_and_corrected_is_not_swallowed(sign_in):
    nurse = sign_in("nurse")
    first = upload(nurse, pdfs.report("x"), form_id="1")
    assert upload(nurse, pdfs.report("x"), form_id="1").headers["location"] == first.headers["location"]
    corrected = upload(nurse, pdfs.report("x"), form_id="1", family_name="Krüger-Wolf")
    assert corrected.status_code == 422
    assert "schon abgeschickt" in corrected.text
    again = upload(nurse, pdfs.report("x"), form_id=field(corrected, "form_id"), family_name="Krüger-Wolf")
    assert again.headers["location"] != first.headers["location"]


def test_a_receptionist_hands_nothing_in(sign_in):
    assert sign_in("reception").get("/results/upload").status_code == 403
