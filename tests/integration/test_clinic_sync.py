"""clinic.yml in the database: again and again, changed, shrunk, and seen by other processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from sprechstunde.clinic import service
from sprechstunde.clinic.models import Absence, ClinicRevision, Resource, WeeklyRule
from sprechstunde.clinic.tree import read_yaml
from sprechstunde.db import transaction
from tests.small_clinic import TEXT, changed, load

pytestmark = pytest.mark.usefixtures("database", "frozen_clock")
DEMO = Path(__file__).parents[2] / "clinic.yml"


def count(what) -> int:
    with transaction() as s:
        return s.execute(select(func.count()).select_from(what)).scalar_one()


def active() -> dict[str, bool]:
    with transaction() as s:
        return {row.code: row.active for row in s.execute(select(Resource.code, Resource.active))}


def test_the_same_content_again_changes_nothing(tmp_path):
    first = load(tmp_path)
    rules = count(WeeklyRule)
    assert load(tmp_path).revision == first.revision
    assert load(tmp_path, "# a remark\n" + TEXT).revision == first.revision
    assert (count(ClinicRevision), count(WeeklyRule)) == (1, rules)


def test_a_change_makes_a_new_revision_that_everyone_sees(tmp_path):
    first = load(tmp_path)
    second = load(tmp_path, changed(("Kleine Praxis", "Größere Praxis")))
    assert second.revision > first.revision
    assert service.clinic().name == "Größere Praxis"
    assert service.lookups().revision == second.revision


def test_another_processs_revision_is_noticed(tmp_path, monkeypatch):
    load(tmp_path)
    assert service.clinic().name == "Kleine Praxis"
    with transaction() as s:
        document = read_yaml(changed(("Kleine Praxis", "Umbenannt")), "x").plain()
        last = s.scalars(select(ClinicRevision)).one()
        s.add(ClinicRevision(content_hash=b"other", document=document, created_at=last.created_at))
    monkeypatch.setattr(service, "_FRESH_SECONDS", 0.0)
    assert service.clinic().name == "Umbenannt"


def test_what_the_file_drops_becomes_inactive_and_may_return(tmp_path):
    load(tmp_path)
    without = TEXT.replace("given_by: [adler, busch]", "given_by: [adler]")
    start, end = without.index("  - code: busch"), without.index("visit_types:")
    load(tmp_path, without[:start] + without[end:])
    assert active() == {"adler": True, "busch": False}
    assert service.clinic().practitioner("busch") is None
    load(tmp_path)
    assert active() == {"adler": True, "busch": True}


def test_a_file_with_mistakes_changes_nothing(tmp_path):
    load(tmp_path)
    with pytest.raises(service.ClinicFileError):
        load(tmp_path, changed(("Kleine Praxis", "Neu"), ("duration: 60 min", "duration: long")))
    assert service.clinic().name == "Kleine Praxis"


def test_absences_entered_elsewhere_survive_the_next_sync(tmp_path):
    away = "    absences: [{from: 2026-12-01, until: 2026-12-02}]\n    accepts: [private"
    load(tmp_path, changed(("    accepts: [private", away)))
    with transaction() as s:
        own = s.scalars(select(Absence)).one()
        s.add(
            Absence(
                resource_id=own.resource_id,
                first_day=own.first_day,
                last_day=own.last_day,
                yearly=False,
                source="console",
            )
        )
    load(tmp_path)
    with transaction() as s:
        assert s.scalars(select(Absence.source)).all() == ["console"]


def test_before_the_first_sync_it_is_said_what_to_do(template, new_database):
    new_database(template)
    with pytest.raises(service.ClinicMissing, match="sprechstunde clinic sync"):
        service.clinic()


def test_the_demo_clinic_comes_back_from_the_database_as_it_was_read():
    read = service.check(DEMO)
    stored = service.sync(DEMO)
    assert stored.visit_types == read.visit_types
    assert stored.practitioners == read.practitioners
    assert stored.locations == read.locations
    assert service.opening_status("mitte", service.clock.now()).is_open
    assert service.opening_hours("mitte", service.clock.now().date())
    with pytest.raises(KeyError):
        service.opening_hours("nowhere", service.clock.now().date())
