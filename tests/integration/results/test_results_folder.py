"""A laboratory's program writes files into a folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from sprechstunde.db import transaction
from sprechstunde.jobs.worker import sweep_all
from sprechstunde.results import folder, reading
from sprechstunde.results.folder import LEFT, STILL_WRITTEN
from sprechstunde.settings import reset_settings
from sprechstunde.tasks import service as tasks
from tests import pdfs, small_clinic
from tests.integration import results_desk as desk
from tests.integration.console.test_results_api import plain, report

PDF = pdfs.report(desk.SECRET_WORDS)


@pytest.fixture
def lab(database, frozen_clock, tmp_path):
    small_clinic.load(tmp_path)
    desk.patient(desk.contact())
    where = tmp_path / "results"
    where.mkdir()
    return where


def write(lab, name, body, *, finished=False):
    path = lab / name
    path.write_text(body if isinstance(body, str) else json.dumps(body))
    if finished:
        os.utime(path, (path.stat().st_mtime - STILL_WRITTEN - 1,) * 2)


def beside(**changes):
    body = plain(file="A-17.pdf", **changes)
    body.pop("content_base64", None)
    return body


def names(lab):
    return sorted(path.name for path in lab.iterdir())


def kept():
    with transaction() as s:
        return [(one.kind_of_test, reading.content(s, one.id)[0]) for one in reading.waiting(s)]


def test_a_pdf_with_its_note_is_taken_in_and_gone_from_the_folder(lab):
    (lab / "A-17.pdf").write_bytes(PDF)
    write(lab, "A-17.json", beside())
    assert folder.take_in(lab) == 1
    assert kept() == [("Blutfette", PDF)]
    assert names(lab) == []


def test_plain_and_fhir_notes_with_the_file_inside(lab):
    write(lab, "1.json", plain())
    write(lab, "2.json", report())
    assert folder.take_in(lab) == 2
    assert sorted(kind for kind, _ in kept()) == ["Blutfette", "Schilddrüse"]
    assert names(lab) == []


def test_a_correction_and_a_report_taken_back_come_by_the_folder_too(lab):
    for body in (
        report(),
        report(status="corrected", code={"text": "TSH"}),
        report(status="entered-in-error"),
    ):
        write(lab, "1.json", body)
        folder.take_in(lab)
    assert [kind for kind, _ in kept()] == ["Schilddrüse", "TSH"]
    assert len(tasks.open_tasks()) == 2
    assert names(lab) == []


def test_the_same_result_written_again_is_kept_once(lab):
    for _ in range(2):
        write(lab, "1.json", plain())
        folder.take_in(lab)
    assert len(kept()) == 1
    assert names(lab) == []


@pytest.mark.parametrize("half", ['{"id": "A-17", "pat', beside()], ids=["note", "file not there yet"])
def test_what_is_still_being_written_waits(lab, half):
    write(lab, "A-17.json", half)
    assert folder.take_in(lab) == 0
    assert names(lab) == ["A-17.json"]
    assert tasks.open_tasks() == []
    (lab / "A-17.pdf").write_bytes(PDF)
    write(lab, "A-17.json", beside())
    assert folder.take_in(lab) == 1


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("no json", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[1]", "no JSON object"),
        (beside(), "the named file is missing"),
        (plain(file="../A-17.pdf"), "`file` must be the name"),
        (plain(patient={"family_name": "Krüger"}), "missing or wrong: patient.birth_date"),
        (plain(content_base64="aGVsbG8="), "only PDF, PNG and JPEG"),
        (plain(practitioner="nobody"), "no practitioner"),
        (report(status="preliminary"), "only final reports"),
        (report(status="entered-in-error"), "only final reports"),
        (plain(taken_on="20261120"), "missing or wrong: taken_on"),
        (plain(kind_of_test="\ud800"), "half of a character"),
        (plain(patient={"family_name": "K\x00", "birth_date": "1966-05-04"}), "control character"),
    ],
)
def test_what_cannot_be_taken_stays_for_a_human_and_is_told_once(lab, bad, why):
    write(lab, "bad.json", bad, finished=True)
    for _ in range(2):
        assert folder.take_in(lab) == 0
    assert names(lab) == ["bad.json.refused"]
    (task,) = tasks.open_tasks()
    note = str(task.note)
    assert why in note
    assert "bad.json" in note
    assert "Krüger" not in note


def test_names_in_capitals_are_taken_in(lab):
    (lab / "A-17.pdf").write_bytes(PDF)
    write(lab, "A-17.JSON", beside())
    assert folder.take_in(lab) == 1
    assert names(lab) == []


def left(lab, name, *, seconds):
    (lab / name).write_bytes(PDF)
    os.utime(lab / name, (lab.stat().st_mtime - seconds,) * 2)


def test_a_file_without_a_note_is_told_of_once_after_an_hour(lab):
    left(lab, "lone.pdf", seconds=LEFT + 60)
    left(lab, "just-written.pdf", seconds=LEFT - 60)
    for _ in range(2):
        assert folder.take_in(lab) == 0
    assert names(lab) == ["just-written.pdf", "lone.pdf.refused"]
    (task,) = tasks.open_tasks()
    assert "lone.pdf: no .json has named this file" in str(task.note)


def test_a_file_whose_note_still_waits_is_left_to_it(lab, monkeypatch):
    left(lab, "A-17.pdf", seconds=LEFT + 60)
    write(lab, "1.json", plain())
    write(lab, "2.json", beside(id="A-18"))
    monkeypatch.setattr(folder, "AT_ONCE", 1)
    for _ in range(2):
        assert folder.take_in(lab) == 1
    assert names(lab) == []


def test_a_bad_file_holds_up_no_good_one(lab):
    write(lab, "1.json", "no json", finished=True)
    write(lab, "2.json", plain())
    assert folder.take_in(lab) == 1


def _folder(path):
    path.mkdir()


def _pipe(path):
    os.mkfifo(path)


def _strange_name(path):
    with open(os.fsencode(path.parent) + b"/\xff.json", "w") as file:
        file.write("no json")


@pytest.mark.parametrize("put", [_folder, _pipe, _strange_name])
def test_what_is_no_file_at_all_holds_up_no_good_one(lab, put):
    put(lab / "1.json")
    (strange,) = lab.iterdir()
    os.utime(strange, (0, 0))
    write(lab, "2.json", plain())
    for _ in range(2):
        folder.take_in(lab)
    assert len(kept()) == 1
    (task,) = tasks.open_tasks()
    assert "json" in str(task.note)
    (left,) = names(lab)
    assert left.endswith(".refused")


def test_a_file_that_nobody_may_read_holds_up_no_good_one(lab, monkeypatch):
    write(lab, "1.json", plain(id="A-16"), finished=True)
    write(lab, "2.json", plain())
    read = Path.read_bytes

    def locked(path):
        if path.name == "1.json":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert folder.take_in(lab) == 1
    assert "1.json" in str(tasks.open_tasks()[0].note)


def test_a_link_out_of_the_folder_is_not_followed(lab, tmp_path):
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (lab / "A-17.pdf").symlink_to(tmp_path / "secret.pdf")
    write(lab, "A-17.json", beside(), finished=True)
    assert folder.take_in(lab) == 0
    assert (tmp_path / "secret.pdf").exists()


def test_killed_before_the_files_were_deleted_the_next_round_tidies_up(lab, monkeypatch):
    write(lab, "1.json", plain())
    with monkeypatch.context() as killed:
        killed.setattr("pathlib.Path.unlink", _killed)
        with pytest.raises(KeyboardInterrupt):
            folder.take_in(lab)
    assert folder.take_in(lab) == 0
    assert names(lab) == []
    with transaction() as s:
        assert s.execute(text("SELECT count(*) FROM result")).scalar_one() == 1


def _killed(self, missing_ok=False):
    raise KeyboardInterrupt


def test_a_worker_looks_into_the_folder_and_survives_its_loss(lab, monkeypatch):
    write(lab, "1.json", plain())
    monkeypatch.setenv("SPRECHSTUNDE_RESULTS_FOLDER", str(lab))
    reset_settings()
    assert sweep_all()
    assert len(kept()) == 1
    lab.rmdir()
    assert sweep_all()
