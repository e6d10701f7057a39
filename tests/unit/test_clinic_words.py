"""`clinic check` warns of words that patients use for two things, and says which of them they get."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprechstunde.assistant.nlu.text import joined
from sprechstunde.cli import main
from sprechstunde.clinic import service
from tests.small_clinic import TEXT, changed

DEMO = Path(__file__).parents[2] / "clinic.yml"
LASER = "name: {de: Laser, en: Laser}"
TALK = "complaints: {de: [Kummer], en: [sorrow]}"
SECOND_SPECIALTY = (
    "practitioners:",
    "  - code: skin\n    name: {de: Hautheilkunde, en: Dermatology}\n"
    "    aliases: {de: [Laser-Termin]}\npractitioners:",
)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def warnings(tmp_path):
    def read(text: str) -> list[str]:
        file = tmp_path / "clinic.yml"
        file.write_text(text, encoding="utf-8")
        return service.warnings(file, joined)

    return read


def test_the_demo_clinic_and_the_small_one_are_unambiguous(warnings):
    assert service.warnings(DEMO, joined) == []
    assert warnings(TEXT) == []


@pytest.mark.parametrize("word", ["Kummer", "kumer", "KUMMER"])
def test_a_complaint_of_two_visits_is_named_with_both_lines_and_the_winner(warnings, word):
    text = changed((LASER, f"{LASER}\n    complaints:\n      de: [Narbe,\n           {word}]"))
    (warning,) = warnings(text)
    there = line_of(text, f"           {word}]")
    assert warning.startswith(f"clinic.yml:{there}: ")
    assert f"visit type `laser` and for the visit type `talk` (line {line_of(text, TALK)})" in warning
    assert "gets the visit type `talk`" in warning


def test_an_alias_wins_over_a_complaint_further_up(warnings):
    text = changed((LASER, f"{LASER}\n    aliases: {{de: [Kummer]}}"))
    (warning,) = warnings(text)
    assert warning.startswith(f"clinic.yml:{line_of(text, TALK)}: ")
    assert "gets the visit type `laser`" in warning


def test_a_german_word_that_is_another_visits_english_word_is_found(warnings):
    (warning,) = warnings(changed((LASER, f"{LASER}\n    complaints: {{de: [Sorrow]}}")))
    assert "`Sorrow` stands for the visit type `laser`" in warning


def test_hyphen_space_and_one_word_are_the_same_word(warnings):
    text = changed(
        (LASER, f"{LASER}\n    aliases: {{de: [Haut-Check]}}"),
        (TALK, TALK + "\n    aliases: {de: [Hautcheck]}"),
    )
    assert len(warnings(text)) == 1


def test_a_visit_and_a_foreign_specialty_with_one_word_are_named(warnings):
    text = changed(SECOND_SPECIALTY, (LASER, f"{LASER}\n    aliases: {{de: [Lasertermin]}}"))
    (warning,) = warnings(text)
    assert warning.startswith(f"clinic.yml:{line_of(text, '    aliases: {de: [Laser-Termin]}')}: ")
    assert "specialty `skin`" in warning
    assert "gets the visit type `laser`" in warning


def test_a_visit_may_share_a_word_with_its_own_specialty(warnings):
    text = changed(
        SECOND_SPECIALTY, (LASER, f"{LASER}\n    specialty: skin\n    aliases: {{de: [Lasertermin]}}")
    )
    assert warnings(text) == []


def test_two_doctors_of_one_name_are_one_warning(warnings):
    text = changed(
        (
            "given_name: Tom\n    family_name: Busch\n    gender: male",
            "given_name: Ida\n    family_name: Adler\n    gender: female",
        )
    )
    (warning,) = warnings(text)
    assert warning.startswith(f"clinic.yml:{line_of(text, '- code: busch')}: ")
    assert f"`adler` (line {line_of(text, '- code: adler')})" in warning


def test_warnings_leave_the_file_usable_and_mistakes_do_not(tmp_path, capsys):
    file = tmp_path / "clinic.yml"
    file.write_text(changed((LASER, f"{LASER}\n    complaints: {{de: [Kummer]}}")), encoding="utf-8")
    assert main(["clinic", "check", str(file)]) == 0
    assert ": warning: `Kummer`" in capsys.readouterr().out
    file.write_text(changed(("zone: Europe/Berlin", "zone: Mars")), encoding="utf-8")
    assert main(["clinic", "check", str(file)]) == 1
    assert capsys.readouterr().err.startswith("clinic.yml:2: ")
