"""A conversation that fails, or can't be played, says where and why without a word about Python."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.conversations.cases import cases_of
from tests.conversations.playing import play_case


@pytest.fixture
def file(tmp_path):
    """Writes a file of conversations; returns them."""

    def write(text: str):
        path = tmp_path / "tests" / "conversations" / "wifi" / "hall.de.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
        return cases_of(path, tmp_path)

    return write


def test_a_failure_shows_the_chat_then_line_by_line_what_was_expected_and_what_was_said(file, world):
    (case,) = file(
        """
        - name: danke
          steps:
          - user: vielen dank
            bot: Gern
          - user: guten morgen
            bot: Gutn Morgen
            utter: utter_goodbye
            intent: goodbye
            options: 9
            database: {tasks: [human]}
        """
    )
    shown = play_case(case, world)
    assert shown is not None
    lines = shown.split("\n")
    here = "tests/conversations/wifi/hall.de.yml"
    assert lines[0] == f"{here}:1: danke"
    assert any(line.endswith("👤 vielen dank") for line in lines)
    assert shown.index("👤 vielen dank") < shown.index("🤖 Gern") < shown.index("👤 guten morgen")
    assert lines[lines.index(f"{here}:6: `bot`") + 1] == "  - Gutn Morgen"
    assert [line for line in lines if line.startswith("  ~ Guten")]
    assert lines[lines.index(f"{here}:7: `utter`") + 1 :][:2] == ["  - utter_goodbye", "  + utter_greet"]
    assert lines[lines.index(f"{here}:8: `intent`") + 1 :][:2] == ["  - goodbye", "  + greet"]
    assert f"{here}:9: `options`" in lines
    assert lines[lines.index(f"{here}:10: `database`") + 1 :][:2] == ["  - tasks: ['human']", "  + tasks: []"]


def test_a_tap_on_what_is_not_there_shows_what_there_is(file, world):
    (case,) = file(
        """
        - name: tippen
          steps:
          - user: hallo
          - tap: Termin backen
        """
    )
    shown = play_case(case, world)
    assert shown is not None
    assert "hall.de.yml:4: `tap`\n  - an option 'Termin backen'" in shown
    assert "[Termin buchen]" in shown


def test_a_misspelt_key_is_named_with_its_line_and_the_others_still_run(file, world):
    wrong, right = file(
        """
        - name: misspelt
          steps:
          - user: hallo
            bto: Guten Tag
        - name: right
          steps:
          - user: hallo
            intent: greet
            utter: utter_greet
        """
    )
    assert play_case(wrong, world) == (
        "tests/conversations/wifi/hall.de.yml:4: `bto` is no key of a step → did you mean `bot`?"
    )
    assert play_case(right, world) is None


def test_a_file_that_is_no_yaml_is_named_with_its_line(file, world):
    (broken,) = file("- name: x\n  steps: [\n")
    assert "hall.de.yml:3: not valid YAML" in str(play_case(broken, world))
