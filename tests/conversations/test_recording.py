"""A chat from the phone becomes a conversation test that passes when it is played."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sprechstunde import clock
from sprechstunde.emulator.testing import running_emulator
from sprechstunde.linting.conversations import check
from sprechstunde.linting.project import read_project
from sprechstunde.settings import get_settings
from sprechstunde.whatsapp import payloads
from sprechstunde.workbench.record import CannotRecord, record
from tests.conversations.cases import ROOT, cases_of
from tests.conversations.chat import Chat, at
from tests.conversations.playing import play_case

GRAPH = "/v23.0/106540352242922/messages"


class Phone:
    """Anna's phone in the emulator; what she does reaches the real assistant, and its answers her screen."""

    def __init__(self, emulator, world) -> None:
        self._emulator, self._chat, self._sent = emulator, Chat(world), 0

    def write(self, text):
        self._emulator.send("anna", text=text)
        self._chat.user(text)
        self._answer()

    def tap(self, title):
        self._emulator.tap("anna", title)
        self._chat.tap(title)
        self._answer()

    def send(self, kind):
        self._emulator.send("anna", kind)
        self._chat.media(kind)
        self._answer()

    def _answer(self):
        for content in self._chat.answer:
            for payload in payloads.render(content, lambda option: f"t{hash(option)}"):
                body = {"messaging_product": "whatsapp", "to": "4915112345678", **payload}
                answer = self._emulator.http.post(
                    GRAPH, json=body, headers={"Authorization": "Bearer demo-token"}
                )
                assert answer.is_success, answer.text


@pytest.fixture
def emulator(tmp_path):
    with running_emulator("http://127.0.0.1:9/nobody", data_dir=tmp_path / "emulator", strict_rates=False,
                          clock_file=get_settings().clock_file) as running:  # fmt: skip
        yield running


@pytest.fixture
def project(tmp_path):
    """Where the recorded test is written."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "clinic.yml").write_text((ROOT / "clinic.yml").read_text(encoding="utf-8"), encoding="utf-8")
    return root


def test_a_chat_is_recorded_and_its_test_passes(emulator, world, project):
    clock.freeze(at("2026-11-26T16:41:20"))
    phone = Phone(emulator, world)
    phone.write("hallöchen")
    phone.tap("Termin buchen")
    clock.freeze(clock.now() + timedelta(minutes=7))
    phone.write("impfung, egal bei wem, nächste woche vormittags")
    phone.send("image")
    phone.write('habt ihr "freitags" auf?')
    path = record("anna", root=project, name="Anna impft", emulator=emulator.base_url)
    assert path.relative_to(project) == Path("tests/conversations/recorded/anna.de.yml")
    written = path.read_text(encoding="utf-8")
    assert '  now: "2026-11-26T16:41"' in written
    assert '  - tap: "Termin buchen"' in written
    assert "  - wait: {minutes: 7}" in written
    assert "  - media: image" in written
    assert written.count("bot: ") == 5
    assert list(check(read_project(ROOT), project)) != []
    (case,) = cases_of(path, project)
    assert play_case(case, world) is None
    path.write_text(written.replace("vormittags", "abends ab 23 uhr"), encoding="utf-8")
    (changed,) = cases_of(path, project)
    assert "recorded/anna.de.yml" in str(play_case(changed, world))


def test_part_of_a_chat_joins_a_file_that_is_there(emulator, world, project):
    clock.freeze(at("2026-11-26T09:00"))
    phone = Phone(emulator, world)
    phone.write("good morning")
    phone.write("where are you located?")
    file = Path("tests/conversations/clinic_info/place.en.yml")
    record("+4915112345678", root=project, file=file, name="all of it", emulator=emulator.base_url)
    record("anna", root=project, file=file, name="the end", last=1, emulator=emulator.base_url)
    whole, end = cases_of(project / file, project)
    assert (whole.name, len(whole.steps), end.name, len(end.steps)) == ("all of it", 2, "the end", 1)
    assert play_case(end, world) is None


def test_what_can_not_be_recorded_is_told_in_a_sentence(emulator, project):
    with pytest.raises(CannotRecord, match="no phone 'hugo' in the emulator; there are anna"):
        record("hugo", root=project, emulator=emulator.base_url)
    with pytest.raises(CannotRecord, match="has written nothing yet"):
        record("anna", root=project, emulator=emulator.base_url)
    with pytest.raises(CannotRecord, match="tests/conversations/<category>/<file>"):
        record("anna", root=project, file=Path("chat.yml"), emulator=emulator.base_url)
    with pytest.raises(CannotRecord, match="no emulator answers"):
        record("anna", root=project, emulator="http://127.0.0.1:9")
