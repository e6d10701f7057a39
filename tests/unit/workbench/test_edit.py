"""`make edit`: what the designer is told, and what is trained, after a file was saved."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from watchfiles import Change

from sprechstunde.assistant.live_runner import LiveRunner
from sprechstunde.assistant.texts import Texts
from sprechstunde.assistant.training import TrainingFailed
from sprechstunde.workbench import edit
from sprechstunde.workbench.edit import Editor

ROOT = Path(__file__).resolve().parents[3]
TALK = "data/small_talk"


class Bench:
    """A copy of the dialogues, its editor, and what that said and trained."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.trained = root, 0
        self.said: list[str] = []
        self.failure: str | None = None
        monkeypatch.setattr(edit, "train_if_needed", self._train)
        self.editor = Editor(root, self.said.append)

    def _train(self, **_: object) -> None:
        if self.failure:
            raise TrainingFailed(self.failure)
        self.trained += 1

    def save(self, file: str, old: str, new: str) -> list[str]:
        """Replace `old` in a file; returns what the editor then says."""
        path, count = self.root / file, len(self.said)
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        self.editor.look()
        return self.said[count:]


@pytest.fixture
def bench(tmp_path, monkeypatch):
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("data", "actions", "sprechstunde/assistant", "sprechstunde/whatsapp"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Bench(tmp_path, monkeypatch)


def test_a_changed_text_is_not_trained(bench):
    assert bench.save(f"{TALK}/responses.yml", "Auf Wiedersehen", "Servus") == []
    assert bench.trained == 0


def test_changed_examples_are_trained_once(bench):
    assert bench.save(f"{TALK}/nlu.de.yml", "- hallo\n", "- hallöle\n      - hallo\n") == []
    bench.editor.look()
    assert bench.trained == 1


def test_broken_yaml_is_named_with_its_line_and_nothing_is_trained(bench):
    said = bench.save(f"{TALK}/rules.yml", "- intent: greet\n", "- intent: [greet\n")
    assert said[0].startswith(f"{TALK}/rules.yml:")
    assert "not valid YAML" in said[0]
    assert "last good assistant goes on" in said[-1]
    assert bench.trained == 0
    assert bench.save(f"{TALK}/rules.yml", "- intent: [greet\n", "- intent: greet\n") == ["All put right."]


def test_a_name_that_is_not_there_is_named_with_a_hint(bench):
    said = bench.save(f"{TALK}/rules.yml", "action: utter_greet\n", "action: utter_gret\n")
    assert any("utter_gret" in line and "utter_greet" in line for line in said)
    assert bench.trained == 0


def test_a_missing_translation_is_told_and_does_not_stop_the_work(bench):
    said = bench.save(f"{TALK}/responses.yml", "Auf Wiedersehen", "Auf Wiedersehen {name}")
    assert any("one language only" in line for line in said)
    bench.save(f"{TALK}/nlu.de.yml", "- hallo\n", "- hallöle\n      - hallo\n")
    assert bench.trained == 1


def test_what_rasa_refuses_is_told_and_tried_again_after_the_next_save(bench):
    bench.failure = "the action in rule 'a sticker' is contradicting with rule(s) 'testing'"
    said = bench.save(f"{TALK}/nlu.de.yml", "- hallo\n", "- hallöle\n      - hallo\n")
    assert said[0] == f"Not trained, the last good assistant goes on: {bench.failure}"
    assert said[1].startswith("data/media/rules.yml:")
    assert said[1].endswith(": 'a sticker'")
    bench.failure = None
    bench.editor.look()
    assert bench.trained == 1


class Runner:
    """Stands for a loaded assistant."""

    def __init__(self) -> None:
        self.texts: Texts = {}

    def use_texts(self, read: Texts) -> bool:
        self.texts = read
        return True

    async def run_next(self, contact_id: UUID) -> None:
        raise AssertionError("nobody wrote")


@pytest.fixture
def live(bench, monkeypatch):
    (bench.root / "models").mkdir()
    made: list[Runner] = []

    def make() -> Runner:
        made.append(Runner())
        return made[-1]

    runner = LiveRunner(make, bench.said.append, bench.root)

    def take(path: Path) -> Runner:
        asyncio.run(runner.take({(Change.modified, str(path))}))
        return made[-1]

    return bench, made, take


def test_a_saved_text_is_said_from_the_next_answer_on(live):
    bench, made, take = live
    bench.save(f"{TALK}/responses.yml", "Auf Wiedersehen", "Servus")
    runner = take(bench.root / TALK / "responses.yml")
    assert "Servus" in str(runner.texts["utter_goodbye"])
    assert len(made) == 1


def test_a_half_written_file_leaves_the_texts_as_they_were(live):
    bench, _, take = live
    bench.save(f"{TALK}/responses.yml", "responses:\n", "responses: [\n")
    assert take(bench.root / TALK / "responses.yml").texts == {}


def test_a_new_model_takes_over_once(live):
    bench, made, take = live
    model = bench.root / "models" / "sprechstunde-1.tar.gz"
    model.touch()
    take(model)
    assert len(made) == 2
    take(model)
    assert len(made) == 2  # only confirmed, not new
