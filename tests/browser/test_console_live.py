"""What an open page of the console shows by itself, while its clock goes on and patients write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import update

from sprechstunde import clock
from sprechstunde.console.staff import live
from sprechstunde.db import transaction
from sprechstunde.staff import accounts
from sprechstunde.staff import sign_in as signing_in
from sprechstunde.staff.models import StaffSession
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import inbox
from sprechstunde.whatsapp.updates import Incoming, Sender
from tests import small_clinic
from tests.browser.served_console import ServedConsole, served
from tests.conftest import WEDNESDAY_MORNING
from tests.integration import results_desk as desk

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def contact_id(database: str, frozen_clock: object, tmp_path: Path) -> UUID:
    small_clinic.load(tmp_path)
    return desk.contact()


@pytest.fixture
def console(contact_id: UUID, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServedConsole]:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for module in (accounts, signing_in):
        monkeypatch.setattr(module, "hasher", quick)
    with served(browser) as running:
        yield running


@pytest.fixture
def writes(contact_id: UUID) -> Callable[[str], None]:
    """The patient writes."""
    numbers = iter(range(1000))

    def write(text: str) -> None:
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


def test_a_page_whose_session_has_ended_leads_to_signing_in(
    console: ServedConsole, contact_id: UUID, writes: Callable[[str], None]
) -> None:
    """A list that looks alive and is not hides an emergency."""
    writes("Guten Tag")
    tasks.open_task("human", contact_id=contact_id, idempotency_key="1")
    page = console.signed_in("nurse")
    page.goto("/")
    expect(page.get_by_role("link", name="Sabine")).to_be_visible()
    clock.advance(timedelta(minutes=65))
    writes("Hilfe, mein Mann ist bewusstlos")
    expect(page).to_have_url(f"{console.url}/sign-in")
    expect(page.get_by_text("Sabine")).to_have_count(0)


def test_it_does_so_where_nothing_happens(
    console: ServedConsole, contact_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of patients don't stay on a screen that nobody sits at."""
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.2, raising=False)
    page = console.signed_in("nurse")
    page.goto(f"/conversations/{contact_id}")
    clock.advance(timedelta(minutes=65))
    expect(page).to_have_url(f"{console.url}/sign-in")


def alarm(contact_id: UUID) -> tasks.TaskView:
    """What the assistant opens for words of an emergency."""
    return tasks.open_task(
        "emergency", contact_id=contact_id, note="bewusstlos", urgent=True, idempotency_key="alarm"
    )


def closed(task: tasks.TaskView) -> None:
    with transaction() as s:
        tasks.complete(s, task.id, done_by="somebody")


PAGES = ("/agenda", "/tasks", "/results", "/patients", "/settings", "/?show=mine", "/conversations/{other}")


@pytest.mark.parametrize("path", PAGES)
def test_an_emergency_shows_on_every_open_page_until_it_is_done(
    console: ServedConsole, contact_id: UUID, path: str
) -> None:
    page = console.signed_in("doctor")
    page.goto(path.format(other=desk.contact("4915550999888")))
    expect(page.get_by_role("alert")).to_be_empty()
    title = page.title()
    task = alarm(contact_id)
    link = page.get_by_role("alert").get_by_role("link", name=f"+{desk.PHONE}")
    expect(link).to_be_visible()
    expect(page).to_have_title(f"🚨 1 · {title}")
    link.click()
    expect(page).to_have_url(f"{console.url}/conversations/{contact_id}")
    expect(page.get_by_role("alert")).to_contain_text("Notfall")
    closed(task)
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page).not_to_have_title(re.compile("🚨"))


def test_an_emergency_that_came_while_the_tab_was_not_looked_at_shows_in_its_title(
    console: ServedConsole, contact_id: UUID
) -> None:
    page = console.signed_in("doctor")
    page.clock.install()
    page.goto("/agenda")
    look(page, False)
    alarm(contact_id)
    page.clock.fast_forward(61_000)
    expect(page).to_have_title("🚨 1 · Kalender · Sprechstunde")


def look(page: Page, is_seen: bool) -> None:
    """Bring the tab to the front, or put another before it."""
    page.evaluate(
        """isSeen => {
          const state = isSeen ? "visible" : "hidden";
          Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_seen,
    )


def test_tasks_come_and_go_by_themselves_and_keep_what_was_typed(
    console: ServedConsole, contact_id: UUID
) -> None:
    first = tasks.open_task("human", contact_id=contact_id, note="Rechnung", idempotency_key="1")
    page = console.signed_in("nurse")
    page.goto("/tasks")
    outcome = page.locator("input[name=outcome]").first
    outcome.press_sequentially("ruft noch")
    second = tasks.open_task("prescription", contact_id=contact_id, note="Ibuprofen", idempotency_key="2")
    expect(page.get_by_text("Ibuprofen")).to_be_visible()
    outcome = page.locator(f"#outcome-{first.id}")
    outcome.press_sequentially("mals an")
    expect(outcome).to_have_value("ruft nochmals an")
    closed(second)
    expect(page.get_by_text("Ibuprofen")).to_have_count(0)


def test_the_answer_field_comes_back_when_the_patient_does(
    console: ServedConsole, contact_id: UUID, writes: Callable[[str], None]
) -> None:
    writes("Guten Tag")
    nurse = console.signed_in("nurse")
    nurse.goto(f"/conversations/{contact_id}")
    answer = nurse.get_by_label("Antwort an den Patienten")
    answer.press_sequentially("Ihr Rezept ist fertig")
    nurse.clock.install()
    later = clock.now() + timedelta(hours=25)
    with (
        transaction() as s
    ):  # she will have been at work all day: said first, or the open page leads to the door
        s.execute(update(StaffSession).values(seen_at=later, created_at=later))
    clock.advance(timedelta(hours=25))
    nurse.reload()
    nurse.get_by_role("button", name="Vorlage senden").click()
    expect(nurse.get_by_text("Vorlage gesendet um 10:00")).to_be_visible()
    expect(nurse.get_by_role("button", name="Vorlage senden")).to_have_count(0)
    writes("Weiter")
    expect(answer).to_have_value("Ihr Rezept ist fertig")


def test_a_promise_turns_red_when_its_time_has_passed(console: ServedConsole, contact_id: UUID) -> None:
    due = clock.now() + timedelta(minutes=10)
    tasks.open_task("callback", contact_id=contact_id, due_at=due, idempotency_key="1")
    page = console.signed_in("nurse")
    page.clock.install()
    for path in ("/", "/tasks", f"/conversations/{contact_id}"):
        clock.freeze(WEDNESDAY_MORNING)
        page.goto(path)
        expect(page.get_by_text("bis 9:10")).to_be_visible()
        clock.advance(timedelta(minutes=11))
        page.clock.fast_forward(61_000)
        expect(page.get_by_text("überfällig seit 9:10")).to_be_visible()


def test_the_keyboard_stays_where_it_was_when_a_list_is_redrawn(
    console: ServedConsole, contact_id: UUID, writes: Callable[[str], None]
) -> None:
    for number in range(3):
        other = desk.contact(f"491555099988{number}")
        tasks.open_task("human", contact_id=other, idempotency_key=f"{number}")
    page = console.signed_in("nurse")
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("a.line").nth(1).get_attribute("href")
    tasks.open_task("prescription", contact_id=contact_id, note="Rezept", urgent=True, idempotency_key="x")
    expect(page.locator("a.line")).to_have_count(4)
    expect(page.locator("a.line:focus")).to_have_attribute("href", second or "")


def test_whoever_reads_further_up_is_not_thrown_to_the_end(
    console: ServedConsole, contact_id: UUID, writes: Callable[[str], None]
) -> None:
    for number in range(30):
        writes(f"Zeile {number}")
    page = console.signed_in("nurse")
    page.goto(f"/conversations/{contact_id}")
    thread = page.get_by_role("log")
    newer = page.get_by_role("button", name="Neue Nachricht")
    writes("am Ende")
    expect(thread.get_by_text("am Ende")).to_be_in_viewport()
    thread.evaluate("(thread) => (thread.scrollTop = 0)")
    writes("weiter unten")
    expect(newer).to_be_visible()
    expect(thread.get_by_text("Zeile 0")).to_be_in_viewport()
    newer.click()
    expect(thread.get_by_text("weiter unten")).to_be_in_viewport()
    expect(newer).to_be_hidden()


def test_what_comes_while_the_page_is_on_its_way_shows(
    console: ServedConsole, contact_id: UUID, writes: Callable[[str], None]
) -> None:
    page = console.signed_in("nurse")

    def late(route: Route) -> None:
        writes("gerade eben")
        route.continue_()

    page.route("**/live?**", late)
    page.goto(f"/conversations/{contact_id}")
    expect(page.get_by_role("log").get_by_text("gerade eben")).to_be_visible()


def test_a_result_that_comes_in_shows_by_itself(console: ServedConsole, contact_id: UUID) -> None:
    desk.patient(contact_id)
    page = console.signed_in("doctor")
    page.goto("/results")
    expect(page.get_by_text("Es liegt nichts zur Freigabe vor")).to_be_visible()
    desk.hand_in(kind_of_test="Blutfette")
    expect(page.get_by_text("Blutfette")).to_be_visible()
