"""A third language is written, not programmed: `make lint` lists what it lacks, and what there is of it is used."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sprechstunde import dates, languages
from sprechstunde.assistant.nlu import language as detection
from sprechstunde.clinic.fields import words
from sprechstunde.clinic.problems import Wrong
from sprechstunde.clinic.tree import from_plain
from sprechstunde.dates.describe import _WORDS
from sprechstunde.dates.wish import TimeWish
from sprechstunde.linting.lint import lint
from tests.unit.assistant.conftest import FRENCH
from tests.unit.test_linting_small import FILES, project

__all__ = ["project"]  # a fixture

NOW = datetime(2026, 11, 25, 9)


def test_lint_lists_what_a_new_language_lacks_and_is_content_when_it_is_there(project):
    declared = project / "data/languages.yml"
    declared.write_text(declared.read_text(encoding="utf-8").rstrip("\n") + FRENCH, encoding="utf-8")
    (project / "data/notices.yml").write_text("notices:\n  code: {de: Ihr Code, en: Your code}\n")
    listed = "\n".join(str(finding) for finding in lint(project))
    for lacking in (
        "data/hello/nlu.fr.yml:1: is missing → write examples of greet, ask_wifi",
        "`utter_greet` has no French text → add `- condition: [{type: slot, name: language, value: fr}]`",
        "`utter_ask_place` has no French text",
        "data/hello/words.yml:2: word `book` is missing in `fr`",
        "data/notices.yml:2: is missing in `fr`: “Ihr Code”",
        "data/languages.yml:9: `fr` lacks the time word `next_week`",
    ):
        assert lacking in listed, listed
    _write_french(project)
    assert [str(finding) for finding in lint(project)] == []


def _write_french(project):
    (project / "data/notices.yml").write_text(
        "notices:\n  code: {de: Ihr Code, en: Your code, fr: Votre code}\n"
    )
    examples = (
        FILES["data/hello/nlu.en.yml"]
        .replace("hello", "bonjour")
        .replace("is there wifi", "avez-vous le wifi")
    )
    (project / "data/hello/nlu.fr.yml").write_text(examples.lstrip(), encoding="utf-8")
    file = project / "data/hello/words.yml"
    file.write_text(file.read_text(encoding="utf-8").replace('en: "Book"', 'en: "Book", fr: "Réserver"'))
    file = project / "data/hello/responses.yml"
    text = file.read_text(encoding="utf-8")
    greeting, question = text.split("  utter_ask_place:")
    condition = "  - condition: [{type: slot, name: language, value: fr}]\n    text: "
    button = "    buttons:\n    - title: Ici\n      payload: /choose_place\n"
    text = f"{greeting}{condition}Bonjour\n{button}  utter_ask_place:{question}{condition}Où ?\n"
    file.write_text(text, encoding="utf-8")
    file = project / "data/languages.yml"
    times = ", ".join(f'"{name}": "{name} {{}}"' for name in languages.TIMES)
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("times: {")] + f"times: {{{times}}}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["Bonjour", "merci", "je voudrais un rendez-vous", "auf Französisch bitte",
     "quelqu'un peut rappeler ma mère demain",
     "serait elle absente jeudi toute la journée"],
)  # fmt: skip
def test_french_is_noticed_once_it_is_declared(in_french, text):
    assert detection.detect(text) == "fr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ich brauche einen Termin", "de"),
        ("I need an appointment", "en"),
        ("Anna Schmidt", None),
        ("ok", None),
    ],
)
def test_the_other_languages_are_still_noticed(in_french, text, language):
    assert detection.detect(text) == language


def test_days_and_times_are_written_as_in_france(in_french):
    visit = datetime(2026, 11, 26, 14, 30)
    assert dates.format_slot_title(visit, "fr") == "jeu 26/11 14:30"
    assert dates.format_slot(visit, "fr") == "jeudi 26 novembre · 14:30"
    assert dates.format_birth_date(date(1988, 4, 3), "fr") == "3 avril 1988"
    assert len(dates.format_slot_title(datetime(2026, 12, 30, 14, 30), "fr")) <= 24


def test_numbers_are_understood_and_said_back(in_french):
    at = dates.find_wish("le 3.12. à 14:30", "fr", NOW)
    assert at is not None
    assert at.covers(datetime(2026, 12, 3, 14, 30))
    assert not at.covers(datetime(2026, 12, 3, 15, 30))
    wish = dates.find_wish("3.12.", "fr", NOW)
    assert isinstance(wish, TimeWish)
    assert wish.describe("fr", NOW) == "jeudi 3 décembre"
    assert dates.exchange("14:30", "fr", NOW) is None


def test_every_time_word_is_asked_for():
    assert set(languages.TIMES) == set(_WORDS["en"]) == set(_WORDS["de"])


def test_a_clinic_file_may_give_french_words_and_without_them_the_first_language_stands_in(in_french):
    assert words(from_plain({"de": "Kontrolle", "en": "Review", "fr": "Contrôle"}))["fr"] == "Contrôle"
    assert words(from_plain({"de": "Kontrolle", "en": "Review"}))["fr"] == "Kontrolle"


def test_a_language_nobody_declared_is_refused():
    with pytest.raises(Wrong, match=r"unknown language `fr` \(known: `de`, `en`\)"):
        words(from_plain({"de": "Kontrolle", "en": "Review", "fr": "Contrôle"}))
