"""Training reads and checks every YAML file three times over; once is enough."""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

_KEPT = "_sprechstunde_examples"


def install() -> None:
    """Let an importer keep the examples it read; each training makes importers of its own. Idempotent."""
    if getattr(RasaFileImporter.get_nlu_data, "keeps", False):
        return
    read = RasaFileImporter.get_nlu_data

    def get_nlu_data(self: RasaFileImporter, language: str | None = "en") -> TrainingData:
        kept: dict[str | None, TrainingData] = self.__dict__.setdefault(_KEPT, {})
        if language not in kept:
            kept[language] = read(self, language)
        return kept[language]

    get_nlu_data.keeps = True  # type: ignore[attr-defined]
    RasaFileImporter.get_nlu_data = get_nlu_data
