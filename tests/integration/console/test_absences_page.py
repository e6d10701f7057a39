"""Doctors who are away: all of them listed, seen in the day, and whom to tell can be told from there."""

from __future__ import annotations

import re

import pytest

from tests import small_clinic
from tests.integration import results_desk as desk
from tests.integration.console.pages import field, form
from tests.integration.desk import HALF_PAST, NINE, TEN, booked_by_staff

AWAY = """    absences:
      - {from: 12-27, until: 01-02, reason: Urlaub}
      - {from: 2027-03-22, until: 2027-03-26, reason: Osterferien}
      - {from: 2026-11-27, until: 2026-11-27, time: "10:00-12:00", reason: Zahnarzt}
"""


def enter(browser, **fields):
    page = browser.get("/absences")
    given = {"practitioner": "adler", "first_day": "2026-11-26", **fields}
    return browser.post("/absences", data=form(page, **given))


def free(browser, patient_id):
    page = browser.get(f"/agenda/book?patient={patient_id}&day=2026-11-26&practitioner=adler&visit_type=talk")
    return re.findall(r'name="slot" value="([^"]+)"', page.text)


def test_every_absence_is_listed_the_yearly_ones_and_parts_of_a_day_too(reception, contact_id, tmp_path):
    text = small_clinic.changed(
        ("    specialties: [general]\n    hours:", f"    specialties: [general]\n{AWAY}    hours:")
    )
    small_clinic.load(tmp_path, text)
    shown = " ".join(reception.get("/absences").text.split("Wer nicht da ist")[1].split())
    assert "So 27.12. – Sa 2.1.2027" in shown
    assert "jedes Jahr" in shown
    assert "Mo 22.3.2027 – Fr 26.3.2027" in shown
    assert "Fr 27.11., 10:00–12:00" in shown
    assert shown.index("27.11.") < shown.index("27.12.") < shown.index("22.3.2027")


def test_away_from_noon_on_leaves_the_morning(reception, patient_id):
    booked_by_staff(patient_id, NINE)
    assert enter(reception, start="10:00").status_code == 303
    offered = free(reception, patient_id)
    assert HALF_PAST in offered
    assert TEN not in offered
    assert "Kein Termin ist betroffen" in reception.get("/absences").text
    assert "10:00–23:59" in reception.get("/absences").text


@pytest.mark.parametrize("part", [{"start": "12:00", "end": "10:00"}, {"start": "noon"}, {"end": "00:00"}])
def test_times_that_cannot_be_are_refused_and_kept(reception, part):
    answer = enter(reception, **part)
    assert answer.status_code == 422
    assert 'value="2026-11-26"' in answer.text
    assert "Niemand ist abwesend" in answer.text


def test_the_day_shows_who_is_away(reception, patient_id):
    day = "/agenda?day=2026-11-26"
    assert "abwesend" not in reception.get(day).text
    enter(reception)
    assert "abwesend" in reception.get(day).text
    assert "abwesend" not in reception.get("/agenda?day=2026-11-27").text


def test_whom_to_tell_can_be_called_moved_and_cancelled_one_after_the_other(reception, patient_id):
    first, second = booked_by_staff(patient_id, NINE), booked_by_staff(patient_id, TEN)
    enter(reception)
    page = reception.get("/absences")
    assert f'href="tel:+{desk.PHONE}"' in page.text
    cancelling = reception.get(f"/agenda/appointments/{first.id}?back=absences")
    assert f"/agenda/appointments/{first.id}?back=absences" in page.text
    sent = form(cancelling, back=field(cancelling, "back"))
    answer = reception.post(f"/agenda/appointments/{first.id}/cancel", data=sent)
    assert answer.headers["location"] == "/absences#to-tell"
    path = f"/agenda/appointments/{second.id}/move"
    assert f"{path}?back=absences" in page.text
    moving = reception.get(f"{path}?back=absences")
    there = {"day": "2026-11-27", "practitioner": "adler", "slot": TEN.replace("26T", "27T")}
    answer = reception.post(path, data=form(moving, back=field(moving, "back"), **there))
    assert answer.headers["location"] == "/absences#to-tell"
    assert "Kein Termin ist betroffen" in reception.get("/absences").text


def test_the_way_back_leads_nowhere_else(reception, patient_id):
    visit = booked_by_staff(patient_id, NINE)
    page = reception.get(f"/agenda/appointments/{visit.id}?back=//evil.example")
    assert "evil" not in page.text
    sent = form(page, back="//evil.example")
    answer = reception.post(f"/agenda/appointments/{visit.id}/cancel", data=sent)
    assert answer.headers["location"] == f"/agenda/appointments/{visit.id}"
