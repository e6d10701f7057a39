"""`make lint` on a dialogue of a few lines: what leads nowhere, contradicts itself, or is never said."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprechstunde.linting.lint import lint

FILES = {
    "domain.yml": """
version: "3.1"
intents:
  - greet
  - ask_wifi
  - choose_place
entities:
  - place
slots:
  language: {type: text, mappings: [{type: custom}]}
  place: {type: any, mappings: [{type: custom}]}
forms:
  place_form: {required_slots: [place]}
actions:
  - action_wifi
""",
    "data/languages.yml": """
languages:
  de: {name: German, locale: de, asked_for: [auf deutsch]}
  en: {name: English, locale: en_GB, asked_for: [in english]}
""",
    "data/hello/nlu.de.yml": """
nlu:
  - intent: greet
    examples: |
      - hallo
  - intent: ask_wifi
    examples: |
      - habt ihr wlan in [Mitte](place)
""",
    "data/hello/nlu.en.yml": """
nlu:
  - intent: greet
    examples: |
      - hello
  - intent: ask_wifi
    examples: |
      - is there wifi
""",
    "data/hello/responses.yml": """
responses:
  utter_greet:
  - text: Hallo
    buttons:
    - title: Hier
      payload: /choose_place
  - condition: [{type: slot, name: language, value: en}]
    text: Hello
    buttons:
    - title: Here
      payload: /choose_place
  utter_ask_place:
  - text: Wo?
  - condition: [{type: slot, name: language, value: en}]
    text: Where?
""",
    "data/hello/words.yml": """
words:
  book: {de: "Termin buchen", en: "Book"}
""",
    "data/hello/rules.yml": """
rules:
- rule: hello
  steps:
  - intent: greet
  - action: utter_greet
- rule: wifi
  steps:
  - intent: ask_wifi
  - action: action_wifi
- rule: a place
  condition:
  - slot_was_set:
    - place: null
  steps:
  - intent: choose_place
  - action: place_form
  - active_loop: place_form
""",
    "actions/wifi.py": """
class Wifi:
    action_name = "action_wifi"

    def answer(self, turn):
        book = word("book", turn.language)
        return [row(book, "greet")]
""",
}
# File, what is put in place of what, what is said, in which line (None: anywhere in the file).
SLIPS = [
    ("domain.yml", "  - greet\n", "  - greet\n  - ask_lift\n", "intent `ask_lift` is answered nowhere", 4),
    ("data/hello/responses.yml", "payload: /choose_place", "payload: /greet", "`choose_place` can't come up", None),
    ("data/hello/rules.yml", "- action: action_wifi", "- action: utter_greet", "`action_wifi` is run nowhere", None),
    ("data/hello/rules.yml", "- action: place_form\n  - active_loop: place_form", "- action: utter_greet",
     "form `place_form` is begun nowhere", None),
    ("domain.yml", "  - place\n", "  - place\n  - floor\n", "entity `floor` is used nowhere", 8),
    ("data/hello/nlu.de.yml", "(place)", "(spot)", "entity `spot` is not among the domain's entities", 7),
    ("data/hello/nlu.en.yml", "  - intent: ask_wifi\n    examples: |\n      - is there wifi\n", "",
     "`ask_wifi` has no examples in `en` → write data/hello/nlu.en.yml", None),
    ("data/hello/rules.yml", "- rule: wifi\n", "- rule: once more\n  steps:\n  - intent: greet\n"
     "  - action: action_wifi\n- rule: wifi\n", "“hello” with `utter_greet` after the same steps", 9),
    ("data/hello/rules.yml", "- rule: wifi\n", "- rule: either\n  steps:\n  - or:\n    - intent: ask_wifi\n"
     "    - intent: greet\n  - action: action_wifi\n- rule: wifi\n", "“either” goes on with `action_wifi`", 11),
    ("data/hello/rules.yml", "- rule: wifi\n", "- rule: hello\n", "rule “hello” is given twice", 6),
    ("data/hello/responses.yml", "- text: Hallo\n", "- channel: whatsapp\n    text: Hallo\n", "hides the others", 3),
    ("data/hello/responses.yml", "- text: Hallo\n", "- channel: slack\n    text: Hallo\n", "`slack` is never said", 3),
    ("data/hello/responses.yml", "value: en", "value: es", "`es` is no language of ours, so this is never said", 7),
    ("data/hello/responses.yml", "name: language", "name: tongue", "on `tongue`, which is no slot", 7),
    ("data/hello/responses.yml", "  - text: Hallo\n", "  - text: Hallo\n    condition: [{type: slot, name: language, "
     "value: de}]\n", "`utter_greet` has no German text → add a variation without a condition first", 2),
    ("data/hello/responses.yml", "  utter_ask_place:\n", "  utter_ask_place:\n  - condition: [{type: slot, name: "
     "language, value: de}]\n    text: Wo bitte?\n", "every language has a condition, so this variation", 15),
    ("data/hello/words.yml", "Termin buchen", "Einen neuen Termin hier buchen", "is the title of a row", None),
]  # fmt: skip


@pytest.fixture
def project(tmp_path):
    for file, text in FILES.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return tmp_path


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    everywhere = old.startswith("payload")
    path.write_text(text.replace(old, new, -1 if everywhere else 1), encoding="utf-8")


def test_the_small_dialogue_is_sound(project):
    assert [str(finding) for finding in lint(project)] == []


@pytest.mark.parametrize(("file", "old", "new", "said", "line"), SLIPS)
def test_what_leads_nowhere_is_named_with_its_place(project, file, old, new, said, line):
    change(project, file, old, new)
    findings = [finding for finding in lint(project) if said in str(finding)]
    assert findings, [str(finding) for finding in lint(project)]
    assert line is None or (findings[0].file, findings[0].line) == (file, line)


def test_rules_under_different_conditions_contradict_nothing(project):
    rules = project / "data/hello/rules.yml"
    other = (
        "- rule: a known place\n  condition:\n  - slot_was_set:\n    - place: true\n"
        "  steps:\n  - intent: choose_place\n  - action: utter_greet\n"
    )
    rules.write_text(rules.read_text(encoding="utf-8") + other, encoding="utf-8")
    assert [str(finding) for finding in lint(project)] == []
