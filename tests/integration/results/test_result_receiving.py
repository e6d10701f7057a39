"""A result comes in, finds its patient or waits for a human, and lies encrypted."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import text

from sprechstunde.db import transaction
from sprechstunde.patients import people
from sprechstunde.patients import service as patients
from sprechstunde.results import reading, releasing
from sprechstunde.results.files import FileRefused
from sprechstunde.results.receiving import AnotherResult
from sprechstunde.results.views import Claimed
from sprechstunde.settings import reset_settings
from tests import pdfs
from tests.integration import results_desk as desk
from tests.raw_dump import raw_dump

STRANGER = Claimed("Sabine", "Krüger", desk.BORN)


@pytest.fixture
def contact_id(database, frozen_clock):
    return desk.contact()


def test_a_result_finds_the_patient_whose_number_the_practice_has(contact_id):
    patient_id = desk.patient(contact_id)
    got = desk.hand_in(Claimed("SABINE", "Krueger", desk.BORN, phone="+49 171 1234567"))
    assert (got.is_new, got.patient_id) == (True, patient_id)


@pytest.mark.parametrize(
    "phone", ["+49 (0)171 1234567", "0049 171 1234567", "0171 1234567", "0171/1234567", "491711234567"]
)
def test_a_number_is_found_however_it_is_written(contact_id, phone):
    patient_id = desk.patient(contact_id)
    assert desk.hand_in(Claimed("Sabine", "Krüger", desk.BORN, phone=phone)).patient_id == patient_id


@pytest.mark.parametrize("phone", ["+43 171 1234567", "1234567", "+49 171 12345678", "(0)", "0", ""])
def test_another_number_is_not(contact_id, phone):
    desk.patient(contact_id)
    assert desk.hand_in(Claimed("Sabine", "Krüger", desk.BORN, phone=phone)).patient_id is None


def test_a_name_and_birth_date_typed_into_a_chat_find_nothing(contact_id):
    """Anybody could register as somebody else and wait for her results."""
    desk.patient(contact_id)
    assert desk.hand_in(STRANGER).patient_id is None


def test_a_patient_whom_staff_know_is_found_without_a_number(contact_id):
    patient_id = desk.patient(contact_id)
    with transaction() as s:
        patients.mark_known(s, patient_id)
    assert desk.hand_in(STRANGER).patient_id == patient_id


def test_of_two_possible_patients_a_human_chooses(contact_id):
    other = desk.contact("491719999999")
    for one in (contact_id, other):
        with transaction() as s:
            patients.mark_known(s, desk.patient(one))
    assert desk.hand_in(STRANGER).patient_id is None


def test_staff_say_whose_it_is_and_it_passes_to_her_key(contact_id):
    patient_id = desk.patient(contact_id)
    got = desk.hand_in(STRANGER)
    with transaction() as s:
        releasing.assign(s, got.id, patient_id, actor="staff:1")
    with transaction() as s:
        assert reading.content(s, got.id) == (pdfs.report(desk.SECRET_WORDS), "application/pdf")
        person = people.person(s, patient_id)
        assert person is not None
        key = person.key_id
        kept = s.execute(text("SELECT key_id, content, remark FROM result")).one()
        assert kept.key_id == key
        assert key.bytes in bytes(kept.content)[:64]


def test_the_same_result_again_changes_nothing(contact_id):
    first = desk.hand_in(external_id="A-1")
    again = desk.hand_in(external_id="A-1")
    assert (again.id, again.is_new) == (first.id, False)


def test_another_file_under_a_used_id_is_refused(contact_id):
    desk.hand_in(external_id="A-1")
    with pytest.raises(AnotherResult):
        desk.hand_in(external_id="A-1", content=pdfs.report("other"))


@pytest.mark.parametrize(
    "changes",
    [
        {"claimed": Claimed("Sabine", "Krüger-Wolf", desk.BORN, desk.PHONE)},
        {"kind_of_test": "Schilddrüse"},
        {"taken_on": date(2026, 11, 1)},
    ],
    ids=["person", "test", "day"],
)
def test_a_correction_under_a_used_id_is_refused_and_not_swallowed(contact_id, changes):
    desk.hand_in(external_id="A-1")
    with pytest.raises(AnotherResult, match="person"):
        desk.hand_in(external_id="A-1", **changes)


def test_a_new_number_under_a_used_id_is_the_same_result(contact_id):
    first = desk.hand_in(external_id="A-1")
    again = desk.hand_in(Claimed("Sabine", "Krüger", desk.BORN, phone=None), external_id="A-1")
    assert (again.id, again.is_new) == (first.id, False)


def test_nothing_of_a_result_lies_in_clear_in_the_database(database, contact_id):
    desk.patient(contact_id)
    result = desk.hand_in(kind_of_test="Schwangerschaftstest")
    desk.release(result.id, remark="Herzlichen Glückwunsch")
    dump = raw_dump(database)
    words = (desk.SECRET_WORDS, "Schwangerschaftstest", "Glückwunsch", "1966-05-04", "Krüger", "%PDF")
    assert str(result.id).encode() in dump
    assert [word for word in words if word.encode() in dump] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a spreadsheet", "type"),
        (b"<html>%PDF-1.4</html>", "type"),
        (b"%PDF-1.4 and then nothing", "damaged"),
        (pdfs.with_script(pdfs.report("x")), "active"),
        (pdfs.with_attachment(pdfs.report("x")), "active"),
        (pdfs.with_pinned_file(pdfs.report("x")), "active"),
        (pdfs.locked(pdfs.report("x")), "encrypted"),
        (b"%PDF-1.4" + b"0" * (20 * 1024 * 1024), "too_large"),
        (b"\xff\xd8\xffjunk", "damaged"),
        (b"\x89PNG\r\n\x1a\n<script>", "damaged"),
        (pdfs.without_a_root(), "damaged"),
        (pdfs.that_claims(2), "damaged"),
        (pdfs.that_claims(9999), "too_many"),
    ],
    ids=[
        "empty",
        "zip",
        "html",
        "damaged",
        "script",
        "attachment",
        "pinned file",
        "locked",
        "large",
        "no jpeg",
        "no png",
        "not to be opened",
        "page not to be loaded",
        "thousands of pages",
    ],
)
def test_a_file_that_is_no_plain_report_is_refused(contact_id, content, reason):
    with pytest.raises(FileRefused) as refused:
        desk.hand_in(content=content)
    assert refused.value.reason == reason


URI = "<< /S /URI /URI (https://example.org/read) >>"


@pytest.mark.parametrize(
    ("where", "entry"),
    [
        ("/Catalog", f"/OpenAction {URI}"),
        ("/Catalog", "/OpenAction << /S /Launch /F (run.exe) >>"),
        ("/Catalog", f"/OpenAction << /S /GoTo /D [4 0 R /Fit] /Next [{URI}] >>"),
        ("/Page", f"/AA << /O {URI} >>"),
        ("/Page", "/Annots [<< /Subtype /3D /3DD << /Type /3D /OnInstantiate 5 0 R >> >>]"),
    ],
)
def test_a_pdf_that_acts_by_itself_is_refused(contact_id, where, entry):
    with pytest.raises(FileRefused) as refused:
        desk.hand_in(content=pdfs.with_entry(pdfs.report("x"), where, entry))
    assert refused.value.reason == "active"


@pytest.mark.parametrize(
    ("where", "entry"),
    [
        ("/Catalog", "/OpenAction [4 0 R /Fit]"),
        ("/Page", f"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A {URI} >>]"),
    ],
    ids=["first page", "link to tap"],
)
def test_what_waits_for_a_finger_is_taken(contact_id, where, entry):
    assert desk.hand_in(content=pdfs.with_entry(pdfs.report("x"), where, entry)).is_new


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_taken_whole_and_refused_cut(contact_id, kind):
    out = io.BytesIO()
    Image.new("RGB", (300, 300)).save(out, kind)
    assert desk.hand_in(content=out.getvalue()).is_new
    with pytest.raises(FileRefused):
        desk.hand_in(content=out.getvalue()[:-200])


def test_the_clinics_own_scanner_decides(contact_id, monkeypatch):
    infected = f"{sys.executable} -c 'import sys; sys.exit(b\"EICAR\" in sys.stdin.buffer.read())'"
    monkeypatch.setenv("SPRECHSTUNDE_SCANNER", infected)
    reset_settings()
    assert desk.hand_in().is_new
    with pytest.raises(FileRefused) as refused:
        desk.hand_in(content=pdfs.report("EICAR"))
    assert refused.value.reason == "infected"


def test_a_scanner_that_fails_lets_nothing_through(contact_id, monkeypatch):
    monkeypatch.setenv("SPRECHSTUNDE_SCANNER", "no-such-scanner --stdin")
    reset_settings()
    with pytest.raises(FileRefused) as refused:
        desk.hand_in()
    assert refused.value.reason == "scanner"


def test_a_date_that_lies_ahead_is_refused(contact_id):
    with pytest.raises(ValueError, match="ahead"):
        desk.hand_in(taken_on=date(2027, 1, 1))
