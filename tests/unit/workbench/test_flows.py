"""`make flows`: dialogues drawn for people who won't read YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprechstunde.workbench.flows import as_on_the_phone, draw

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    out = tmp_path_factory.mktemp("flows")
    draw(ROOT, out)
    return {page.stem: page.read_text(encoding="utf-8") for page in out.glob("*.html")}


def test_every_dialogue_with_rules_has_a_page_that_the_index_leads_to(pages):
    folders = {path.parent.name for path in (ROOT / "data").rglob("rules.yml")}
    assert set(pages) == {*folders, "index"}
    assert all(f'href="{name}.html"' in pages["index"] for name in folders)


def test_a_page_shows_what_patients_write_what_is_asked_and_both_languages(pages):
    page = pages["booking"]
    assert 'class="bubble patient de"' in page
    assert "Für wen ist der Termin?" in page
    assert "Who is the appointment for?" in page
    assert "booking confirmed" in page


def test_what_an_action_may_say_is_shown(pages):
    assert "utter_doctor_hours" in pages["clinic_info"]


def test_a_form_is_drawn_once_a_page(pages):
    assert pages["booking"].count('id="booking_form"') == 1


def test_texts_look_as_on_the_phone():
    assert str(as_on_the_phone("*Fr*: {hours}\n<b>")) == "<b>Fr</b>: <i>hours</i><br>&lt;b&gt;"
