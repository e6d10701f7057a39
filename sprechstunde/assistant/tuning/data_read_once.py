"""Training reads, checks and merges every YAML file several times over; once is enough, and never again unchanged."""

from __future__ import annotations

from hashlib import md5
from pathlib import Path
from typing import Any

from rasa.shared.importers.importer import E2EImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.training_data import TrainingData

_KEPT = "_sprechstunde_examples"

_files: dict[str, tuple[str, TrainingData | None]] = {}
_load_file = loading._load


def install() -> None:
    """Let importers keep the examples they read, and a process the files as long as they don't change. Idempotent.

    Each training makes importers of its own. Examples in YAML are the same for any `language` that Rasa asks for.
    """
    loading._load = load_file
    for importer in (RasaFileImporter, E2EImporter):
        if not getattr(importer.get_nlu_data, "keeps", False):
            importer.get_nlu_data = _kept(importer.get_nlu_data)


def load_file(filename: str, language: str | None = "en") -> TrainingData | None:
    """The examples of a file, read anew only where its contents changed; whoever merges them copies them."""
    digest = md5(Path(filename).read_bytes(), usedforsecurity=False).hexdigest()
    known = _files.get(filename)
    if known is None or known[0] != digest:
        known = _files[filename] = (digest, _load_file(filename, language))
    return known[1]


def _kept(read: Any) -> Any:
    def get_nlu_data(self: Any, language: str | None = "en") -> TrainingData:
        if _KEPT not in self.__dict__:
            self.__dict__[_KEPT] = read(self, language)
        kept: TrainingData = self.__dict__[_KEPT]
        return kept

    get_nlu_data.keeps = True  # type: ignore[attr-defined]
    return get_nlu_data
