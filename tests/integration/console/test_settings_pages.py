"""The practice's own settings, changed on a page and written into its file."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from sprechstunde import languages
from sprechstunde.clinic import editing
from sprechstunde.clinic import service as clinic
from sprechstunde.clinic.editing import FileMovedOn, Setting
from sprechstunde.console import canned
from sprechstunde.settings import reset_settings
from tests import small_clinic
from tests.integration.console.pages import field, form

DEMO = Path(__file__).parents[3] / "clinic.yml"


@pytest.fixture
def file(contact_id, tmp_path, monkeypatch):
    path = tmp_path / "practice.yml"
    path.write_text("# ours\n" + small_clinic.TEXT)
    monkeypatch.setenv("SPRECHSTUNDE_CLINIC_FILE", str(path))
    reset_settings()
    clinic.sync(path)
    return path


@pytest.fixture
def admin(file, sign_in):
    return sign_in("admin")


def filled(page, **changes):
    """Every field of the page's big form as a browser would send it, with some changed."""
    text = page.text[page.text.index('name="version"') - 200 :]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or "checked" in tag):
            fields.setdefault(name[1], []).append(value[1] if value else "")
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)">(.*?)</select>', text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        fields[name] = [chosen[1] if chosen else ""]
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', text, re.S):
        fields[name] = [inside]
    return {**fields, **changes}


def practitioner(code):
    return next(one for one in clinic.clinic().practitioners if one.code == code)


def changed(before, after):
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_opening_hours_apply_at_once_and_the_rest_of_the_file_stays(admin, file):
    before = file.read_text()
    page = admin.get("/settings/places/haus")
    hours = ["08:00-12:00", *["08:00-12:00, 14:00-18:00"] * 3, "08:00-12:00", "", ""]
    answer = admin.post("/settings/places/haus", data=filled(page, hours=hours))
    assert answer.headers["location"] == "/settings/places/haus?saved=1"
    assert changed(before, file.read_text()) == [
        '-     hours: {mon-fri: "08:00-12:00, 14:00-18:00"}',
        "+     hours: {mon: '08:00-12:00', tue-thu: '08:00-12:00, 14:00-18:00', fri: '08:00-12:00'}",
        "-     phone_hours: {mon-fri: 09:00-11:00}",
        "+     phone_hours: {mon-fri: '09:00-11:00'}",
    ]
    assert [len(clinic.clinic().locations[0].hours[day]) for day in (0, 1)] == [1, 2]


def test_a_doctor_no_longer_works_on_fridays(admin, file):
    page = admin.get("/settings/doctors/adler")
    days = {"days-0": ["0", "1", "2", "3"], "time-0": "08:00-12:00", "breaks-0": "10:00-10:30"}
    admin.post("/settings/doctors/adler", data=filled(page, **days))
    rules = practitioner("adler").hours
    assert {rule.weekday for rule in rules} == {0, 1, 2, 3}
    assert {(f"{rule.start:%H:%M}", f"{rule.end:%H:%M}") for rule in rules} == {
        ("08:00", "10:00"),
        ("10:30", "12:00"),
    }


def test_a_row_without_times_is_gone_and_a_new_one_is_there(admin, file):
    page = admin.get("/settings/doctors/busch")
    new = {"time-0": "", "days-1": ["5"], "time-1": "09:00-11:00"}
    admin.post("/settings/doctors/busch", data=filled(page, **new))
    assert [rule.weekday for rule in practitioner("busch").hours] == [5]


def test_a_visit_gets_longer_and_another_doctor(admin, file):
    page = admin.get("/settings/visits/talk")
    admin.post("/settings/visits/talk", data=filled(page, duration="45 min", given_by=["adler"], lead=""))
    visit = next(one for one in clinic.clinic().visit_types if one.code == "talk")
    assert (visit.duration.seconds // 60, visit.given_by) == (45, ("adler",))


@pytest.mark.parametrize(
    ("where", "typed", "said"),
    [
        ("places/haus", {"hours": ["8 bis 12", "", "", "", "", "", ""]}, "„8 bis 12“ ist keine Zeitspanne"),
        ("doctors/adler", {"time-0": "12:00-08:00"}, "endet, bevor es beginnt"),
        ("doctors/adler", {"time-0": "08:00-12:00", "breaks-0": "13:00-14:00"}, "außerhalb der Arbeitszeit"),
        ("visits/talk", {"duration": "bald"}, "Dauer: „bald“ ist keine Länge"),
        ("visits/talk", {"duration": "0"}, "Dauer: bitte mehr als 0"),
        ("visits/talk", {"given_by": []}, "Wer das macht: bitte mindestens 1 auswählen"),
        ("visits/talk", {"bring_de": "Karte", "bring_en": ""}, "Mitbringen: Hier fehlt etwas: Englisch"),
        ("visits/talk", {"name_de": "x" * 30}, "passen 24"),
    ],
)
def test_what_would_be_wrong_is_said_and_nothing_is_written(admin, file, where, typed, said):
    before = file.read_text()
    page = admin.get(f"/settings/{where}")
    answer = admin.post(f"/settings/{where}", data=filled(page, **typed))
    assert answer.status_code == 422
    assert said in answer.text
    assert file.read_text() == before


def test_lengths_may_be_written_in_german(admin, file):
    page = admin.get("/settings/visits/talk")
    admin.post(
        "/settings/visits/talk", data=filled(page, duration="1 Stunde", lead="2 Tage", horizon="6 Wochen")
    )
    visit = next(one for one in clinic.clinic().visit_types if one.code == "talk")
    assert [length.total_seconds() // 3600 for length in (visit.duration, visit.lead, visit.horizon)] == [
        1,
        48,
        1008,
    ]


def test_what_somebody_changed_meanwhile_is_not_overwritten(admin, file):
    page = admin.get("/settings/visits/talk")
    file.write_text(file.read_text().replace("Kleine Praxis", "Große Praxis"))
    answer = admin.post("/settings/visits/talk", data=filled(page, duration="45 min"))
    assert "inzwischen geändert" in answer.text
    assert "Große Praxis" in file.read_text()


def test_a_file_with_mistakes_is_shown_as_such(admin, file):
    file.write_text(file.read_text().replace("state: BE", "state: XX"))
    assert "enthält Fehler" in admin.get("/settings/visits/talk").text


def test_what_is_not_there_is_not_found(admin, file):
    for path in ("visits/nothing", "nothing/talk", "replies/nothing"):
        assert admin.get(f"/settings/{path}").status_code == 404


def test_a_new_reply_is_offered_in_the_next_conversation(admin, file, contact_id):
    page = admin.get("/settings/replies/new")
    words = {
        "title_de": "Parken",
        "title_en": "Parking",
        "text_de": "Im Hof, {name}.",
        "text_en": "In the yard, {name}.",
    }
    answer = admin.post("/settings/replies/new", data=form(page, **words))
    key = answer.headers["location"].removeprefix("/settings/replies/").removesuffix("?saved=1")
    assert "Im Hof" in admin.get(f"/conversations/{contact_id}/draft?reply={key}").text
    admin.post(f"/settings/replies/{key}/remove", data=form(page))
    assert "Parken" not in admin.get("/settings").text


@pytest.fixture
def french(tmp_path, monkeypatch):
    """French is declared beside German and English, as docs/a-third-language.md says."""
    declared = tmp_path / "languages.yml"
    declared.write_text(languages.FILE.read_text() + "  fr: {name: French, locale: fr}\n")
    monkeypatch.setattr(languages, "FILE", declared)
    languages.languages.cache_clear()
    yield
    monkeypatch.undo()
    languages.languages.cache_clear()


def test_a_visit_has_a_name_and_what_to_bring_in_every_language_of_the_practice(french, admin, file):
    page = admin.get("/settings/visits/talk")
    assert "Name (Französisch)" in page.text
    said = {f"bring_{code}": f"bring {code}" for code in ("de", "en", "fr")}
    admin.post("/settings/visits/talk", data=filled(page, name_fr="Entretien", **said))
    visit = next(one for one in clinic.clinic().visit_types if one.code == "talk")
    assert (visit.name("fr"), visit.bring["fr"]) == ("Entretien", "bring fr")
    admin.post("/settings/visits/talk", data=filled(admin.get("/settings/visits/talk"), duration="45 min"))
    visit = next(one for one in clinic.clinic().visit_types if one.code == "talk")
    assert (visit.name("fr"), visit.duration.seconds // 60) == ("Entretien", 45)


def test_a_language_that_is_being_added_may_still_lack_a_name(french, admin, file):
    page = admin.get("/settings/visits/talk")
    assert not re.search(r'name="name_fr"[^>]*required', page.text)
    answer = admin.post("/settings/visits/talk", data=filled(page, duration="45 min"))
    assert answer.status_code == 303
    assert "fr:" not in file.read_text()


def test_a_reply_is_asked_for_in_every_language_of_the_practice(french, admin, file):
    page = admin.get("/settings/replies/new")
    assert "Text (Französisch)" in page.text
    words = {f"{part}_{code}": f"{part} {code}" for part in ("title", "text") for code in ("de", "en")}
    assert admin.post("/settings/replies/new", data=form(page, **words)).status_code == 422
    answer = admin.post(
        "/settings/replies/new", data=form(page, **words, title_fr="Salut", text_fr="Bonjour")
    )
    key = answer.headers["location"].removeprefix("/settings/replies/").removesuffix("?saved=1")
    assert canned.filled(key, "fr", name="Anna") == "Bonjour"
    canned.keep(key, None)


@pytest.mark.parametrize(
    "text", ["Hallo {arzt}", "Hallo {name", "{name.__class__}", "{name!x}", "{name:d}", "{phone:{name}}", ""]
)
def test_a_reply_that_cannot_be_filled_in_is_refused(admin, file, text):
    page = admin.get("/settings/replies/looking")
    words = {"title_de": "A", "title_en": "B", "text_de": text, "text_en": "Hello {name}"}
    assert admin.post("/settings/replies/looking", data=form(page, **words)).status_code == 422


def test_who_may_not_change_settings_does_not_see_them(file, sign_in):
    for role in ("reception", "nurse"):
        browser = sign_in(role)
        assert browser.get("/settings").status_code == 403
        assert "/settings" not in browser.get("/").text


def test_a_form_of_another_site_changes_nothing(admin, file):
    page = admin.get("/settings/visits/talk")
    assert field(page, "csrf")
    answer = admin.post("/settings/visits/talk", data=filled(page, csrf="x", duration="45 min"))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "setting",
    [
        Setting("locations", "mitte", "hours", {"mon": "09:00-10:00"}),
        Setting(
            "practitioners", "petrova", "hours", [{"location": "mitte", "days": "mon", "time": "08:00-09:00"}]
        ),
        Setting("visit_types", "acute", "bring", {"de": "Nichts: wirklich.", "en": 'Nothing: "really".'}),
        Setting("visit_types", "acute", "buffer_before", "5 min"),
        Setting("visit_types", "acute", "lead", None),
    ],
)
def test_in_the_demo_file_only_what_was_meant_changes(database, tmp_path, setting):
    path = tmp_path / "clinic.yml"
    path.write_text(DEMO.read_text())
    editing.change(path, [setting], version=editing.opened(path).version)
    file = editing.opened(path)
    assert file.member(setting.part, setting.code).get(setting.key) == setting.value
    other = editing.opened(DEMO).tree.plain()
    now = file.tree.plain()
    for member in (*other[setting.part], *now[setting.part]):
        if member["code"] == setting.code:
            member.pop(setting.key, None)
    assert now == other
    assert "# ── People" in path.read_text()


def test_two_changes_at_once_do_not_mix(database, tmp_path):
    path = tmp_path / "clinic.yml"
    path.write_text(DEMO.read_text())
    version = editing.opened(path).version
    editing.change(path, [Setting("visit_types", "acute", "lead", "1 h")], version=version)
    with pytest.raises(FileMovedOn):
        editing.change(path, [Setting("visit_types", "acute", "lead", "2 h")], version=version)
