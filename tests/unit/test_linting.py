"""`make lint`: a slip in the dialogues is named with its file, its line and a hint, without Rasa."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sprechstunde.linting import conversations
from sprechstunde.linting.lint import lint
from sprechstunde.linting.project import read_project

ROOT = Path(__file__).resolve().parents[2]
GOODBYE_DE = "      Auf Wiedersehen und alles Gute!"
GOODBYE_EN = "      Goodbye and take care!"
TALK_DE, TALK_EN = '- title: "Mit Team sprechen"', '- title: "Talk to the team"'


@pytest.fixture
def project(tmp_path):
    """A copy of the dialogues and of the code that serves them."""
    shutil.copy(ROOT / "domain.yml", tmp_path)
    for folder in ("data", "actions", "sprechstunde/assistant", "sprechstunde/whatsapp"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def change(project: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old`; returns the line on which it stood."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_projects_own_dialogues_are_sound():
    assert [str(finding) for finding in lint(ROOT)] == []


SMALL_TALK = "data/small_talk/responses.yml"
# File, what stands there, what is put there instead, what is said of it, how many lines below the place.
SLIPS = [
    (SMALL_TALK, GOODBYE_DE, "      Mach's gut, wir freuen uns auf dich!", "says “dich”", 0),
    (SMALL_TALK, GOODBYE_DE, "      Tschüss {name}!", "`{name}` stands in one language only", 2),
    (SMALL_TALK, GOODBYE_EN, "      Goodbye {name!", "a brace without its partner", -1),
    (SMALL_TALK, GOODBYE_EN, "      " + "Goodbye! " * 500, "characters (at most 4096 without buttons)", -1),
    (SMALL_TALK, TALK_EN, TALK_EN[:-1] + ' right now"', "button title “Talk to the team right now” has 26", 0),
    (SMALL_TALK, TALK_DE, '- title: ""', "a button without a title", 0),
    (SMALL_TALK, "'/request_human'", "'/request_humans'", "intent `request_humans` is not among", 0),
    (SMALL_TALK, "'/request_human'", "'request_human'", "`request_human` is no payload", -1),
    (SMALL_TALK, "'/list_appointments'", "'/book_appointment'", "the languages have different buttons", None),
    (SMALL_TALK, "  utter_goodbye:\n", "  utter_good_bye:\n", "`utter_good_bye` is said nowhere", 0),
    ("data/booking/responses.yml", '{{"part": "time"}}', '{{"parts": "time"}}', "entity `parts`", 0),
    ("data/booking/responses.yml", '"Anlass wählen"', '"Einen Anlass auswählen"', "name of the list's button", 0),
    ("data/booking/words.yml", ', en: "Yes, book it"', "", "word `yes_book` is missing in `en`", 0),
    ("data/clinic_info/words.yml", "open now, until {until}", "open now", "`{until}` stands in one", 0),
    ("data/clinic_info/words.yml", "  closed:", "  shut:", "word `shut` is used nowhere", 0),
    ("actions/cancelling.py", 'word("yes_cancel"', 'word("yes_cancle"', "word `yes_cancle` is in no words.yml", 0),
    ("data/small_talk/rules.yml", "intent: greet", "intent: gret", "`gret` is not among", 0),
    ("data/small_talk/rules.yml", "action: utter_greet", "action: utter_greeting", "response `utter_greeting`", 0),
    ("data/booking/rules.yml", "active_loop: booking_form", "active_loop: form", "form `form` is not", 0),
    ("data/booking/rules.yml", "- requested_slot: null", "- requested: null", "slot `requested` is not", 0),
    ("data/booking/rules.yml", "action: action_begin_booking", "action: action_begin", "action `action_begin`", 0),
    ("domain.yml", "  - action_smile\n", "  - action_smile\n  - action_laugh\n", "`action_laugh` has no code", 1),
    ("domain.yml", "slots:\n", "slots:\n  mood: {type: any, mappings: [{type: custom}]}\n", "slot `mood`", 1),
    ("domain.yml", "[appointment, cancel_confirmed]", "[appointment, language]", "no question for `language`", 0),
    ("data/small_talk/nlu.de.yml", "- intent: greet", "- intent: greeting", "intent `greeting` is not", 0),
    ("actions/media.py", '"action_smile"', '"action_grin"', "action `action_grin` is not in the domain", 0),
    ("actions/media.py", '"utter_sticker"', '"utter_stiker"', "did you mean `utter_sticker`?", 0),
    ("actions/session.py", 'SlotSet("language"', 'SlotSet("langage"', "slot `langage` is not among", 0),
    ("data/media/rules.yml", "rules:\n", "rules: [\n", "not valid YAML", None),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said", "below"), SLIPS)
def test_a_slip_is_named_with_its_place(project, file, old, new, said, below):
    line = change(project, file, old, new)
    findings = [str(finding) for finding in lint(project)]
    place = f"{file}:" if below is None else f"{file}:{line + below}: "
    assert [f for f in findings if f.startswith(place) and said in f], findings


def test_a_text_without_its_english_twin_is_found(project):
    path = project / SMALL_TALK
    text = path.read_text(encoding="utf-8")
    start = text.index("  - condition:", text.index("  utter_goodbye:"))
    path.write_text(text[:start] + text[text.index("  utter_welcome:") :], encoding="utf-8")
    assert ["`utter_goodbye` has no English text" in str(finding) for finding in lint(project)] == [True]


def test_more_than_three_buttons_need_a_name_for_the_list(project):
    more = "".join(f"      - title: \"{n}\"\n        payload: '/help'\n" for n in "abc")
    change(project, SMALL_TALK, "    buttons:\n", "    buttons:\n" + more)
    assert any("6 buttons become a list" in str(finding) for finding in lint(project))


def test_a_placeholder_that_no_action_fills_in_is_found_where_it_is_said(project):
    for name in ("Diese Zeit wurde", "I'm sorry, that time"):
        change(project, "data/booking/responses.yml", name, "{when}: " + name)
    found = [str(finding) for finding in lint(project)]
    assert found
    assert all("placeholder `{when}` that is not filled in here" in finding for finding in found)
    assert all(finding.startswith("actions/") for finding in found)


def test_the_same_words_under_two_intents_are_named_with_both_places(project):
    line = change(project, "data/small_talk/nlu.de.yml", "      - ", "      - TERMIN, morgen!\n      - ")
    (finding,) = lint(project)
    first = (project / "data/booking/nlu.de.yml").read_text(encoding="utf-8").split("\n")
    assert "`book_appointment`" in finding.message
    assert f"data/booking/nlu.de.yml:{first.index('      - Termin morgen') + 1}" in finding.hint
    assert (finding.file, finding.line) == ("data/small_talk/nlu.de.yml", line)


def test_a_word_of_the_house_is_forbidden_by_one_line_of_yaml(project):
    change(
        project, "data/wording.yml", "  en:\n", '  en:\n    - words: ["take car*"]\n      instead: "bye"\n'
    )
    (finding,) = lint(project)
    assert str(finding).endswith("`utter_goodbye` says “take care” → bye")


PLACE = "tests/conversations/small_talk/bye.de.yml"
CONVERSATION = """- name: tschüss
  steps:
  - user: tschüss
    bot: Auf Wiedersehen
    utter: utter_goodbye
    intent: goodbye
    slot_was_set: {requested_slot: null}
    database: {tasks: []}
  - media: image
    caption: Foto
"""
# What is put in place of what in a conversation, what is said of it, in which line.
SLIPS_IN_TESTS = [
    ("bot:", "bto:", "`bto` is no key of a step → did you mean `bot`?", 4),
    ("steps:", "stesp:", "`stesp` is no key of a conversation → did you mean `steps`?", 2),
    ("    bot:", "    of: 2\n    bot:", "`of` says more about `tap`, `taken_elsewhere`", 4),
    ("    bot:", "    tap: 1\n    bot:", "`user` and `tap` in one step → make two steps of it", 3),
    ("utter_goodbye", "utter_godbye", "no response `utter_godbye` → did you mean `utter_goodbye`?", 5),
    ("intent: goodbye", "intent: good_bye", "no intent `good_bye` → did you mean `goodbye`?", 6),
    ("requested_slot", "requested", "no slot `requested`", 7),
    ("tasks", "task", "look up in the database: `task` → did you mean `tasks`?", 8),
    ("media: image", "media: imgae", "no kind of message `imgae` → did you mean `image`?", 9),
    ("- name: tschüss\n", "- nmae: tschüss\n", "a conversation without `name`", 1),
    ("database: {tasks: []}", "database: {", "not valid YAML", 9),
]


def write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def dialogues():
    return read_project(ROOT)


@pytest.mark.parametrize(("old", "new", "said", "line"), SLIPS_IN_TESTS)
def test_a_slip_in_a_conversation_test_is_named_with_its_place(dialogues, tmp_path, old, new, said, line):
    for language in ("de", "en"):
        write(tmp_path, PLACE.replace(".de.", f".{language}."), CONVERSATION)
    assert list(conversations.check(dialogues, tmp_path)) == []
    change(tmp_path, PLACE, old, new)
    findings = [str(finding) for finding in conversations.check(dialogues, tmp_path)]
    assert [f for f in findings if f.startswith(f"{PLACE}:{line}: ") and said in f], findings


def test_a_conversation_test_in_one_language_only_is_found(project):
    write(project, PLACE, CONVERSATION)
    (finding,) = lint(project)
    assert str(finding) == f"{PLACE}:1: has no twin in `en` → write {PLACE.replace('.de.', '.en.')}"
    (project / PLACE).rename(project / "tests/conversations/small_talk/bye.yml")
    assert "the file's name tells no language" in str(lint(project)[0])


def test_it_runs_without_rasa_and_tells_by_its_exit_code(project):
    def run() -> subprocess.CompletedProcess[str]:
        code = (
            "import sys; from sprechstunde.linting.__main__ import main; code = main();"
            " assert not {'rasa', 'rasa_sdk', 'tensorflow', 'sqlalchemy'} & set(sys.modules); sys.exit(code)"
        )
        arguments = [sys.executable, "-c", code, str(project)]
        return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (run().returncode, run().stdout) == (0, "dialogues: sound\n")
    change(project, SMALL_TALK, GOODBYE_DE, "      Tschüss, du!")
    slip = run()
    assert (slip.returncode, "dialogues: 1 to put right" in slip.stdout) == (1, True)
