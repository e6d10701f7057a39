"""A file of examples is read again when it changed, and only then."""

from __future__ import annotations

from pathlib import Path

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402 -- Rasa only after `tuning.apply`

from sprechstunde.assistant.tuning import data_read_once  # noqa: E402 -- as above

data_read_once.install()


def written(folder: Path, *texts: str) -> str:
    path = folder / "nlu.yml"
    examples = "".join(f"      - {text}\n" for text in texts)
    path.write_text(f'version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n{examples}')
    return str(path)


def read(path: str, language: str) -> list[str]:
    importer = TrainingDataImporter.load_from_dict(config={}, training_data_paths=[path])
    return sorted(e.get("text") for e in importer.get_nlu_data(language).training_examples if e.get("text"))


def test_what_was_added_to_a_file_is_learnt(tmp_path):
    before = read(written(tmp_path, "hallo"), "de")
    after = read(written(tmp_path, "hallo", "moin"), "de")
    assert "hallo" in before
    assert set(after) - set(before) == {"moin"}


def test_nobody_changes_what_is_kept_of_a_file(tmp_path):
    path = written(tmp_path, "hallo")
    importer = TrainingDataImporter.load_from_dict(config={}, training_data_paths=[path])
    importer.get_nlu_data().training_examples[0].set("text", "verändert")
    assert read(path, "en") == read(path, "de")
    assert "hallo" in read(path, "de")
    assert data_read_once.load_file(path) is data_read_once.load_file(path)
