"""What an open page of the console shows by itself, while its clock goes on and patients write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, expect

from sprechstunde import clock
from sprechstunde.console.staff import live
from sprechstunde.db import transaction
from sprechstunde.staff import accounts
from sprechstunde.staff import sign_in as signing_in
from sprechstunde.tasks import service as tasks
from sprechstunde.whatsapp import inbox
from sprechstunde.whatsapp.updates import Incoming, Sender
from tests import small_clinic
from tests.browser.served_console import ServedConsole, served
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
