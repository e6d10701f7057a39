"""A changed text needs no training: texts come from the YAML as it stands when the assistant is loaded."""

from __future__ import annotations

import shutil

import pytest
from rasa.shared.importers.importer import TrainingDataImporter

from sprechstunde.assistant import texts
from sprechstunde.assistant.training import fingerprint
from tests.unit.assistant.conftest import ROOT


@pytest.fixture
def project(tmp_path):
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data" / "small_talk", tmp_path / "data" / "small_talk")
    return tmp_path


def edit(file, old, new):
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")


def test_texts_are_what_rasa_reads():
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    )
    assert texts.read_texts(ROOT) == importer.get_domain().responses


def test_a_changed_text_asks_for_no_training(project):
    before = fingerprint(project)
    edit(project / "data/small_talk/responses.yml", "Auf Wiedersehen", "Servus")
    assert fingerprint(project) == before
    assert any("Servus" in variation["text"] for variation in texts.read_texts(project)["utter_goodbye"])


def test_a_comment_asks_for_no_training(project):
    before = fingerprint(project)
    edit(project / "data/small_talk/nlu.de.yml", "nlu:", "# how people say hello and goodbye\nnlu:")
    assert fingerprint(project) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/small_talk/nlu.de.yml", "- hallo\n", "- hallöle\n"),
        ("data/small_talk/responses.yml", "utter_goodbye:", "utter_farewell:"),
        ("data/small_talk/rules.yml", "utter_greet", "utter_goodbye"),
        ("domain.yml", "- greet\n", "- welcome\n"),
        ("config.yml", "max_history: 8", "max_history: 9"),
    ],
)
def test_what_is_learnt_from_asks_for_training(project, file, old, new):
    before = fingerprint(project)
    edit(project / file, old, new)
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [("utter_goodbye:", "utter_goodbye: ["), ("utter_goodbye:\n", "utter_goodbye:\n  - word: x\n")],
)
def test_an_unreadable_file_is_named(project, old, new):
    edit(project / "data/small_talk/responses.yml", old, new)
    with pytest.raises(texts.TextsUnreadable, match=r"responses\.yml"):
        texts.read_texts(project)
