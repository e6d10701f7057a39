"""The language components alone, on the demo clinic, without a database and without training."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402 (tuning must come first)

from sprechstunde import languages  # noqa: E402
from sprechstunde.assistant.nlu import language as detection  # noqa: E402
from sprechstunde.assistant.nlu.component import MessageComponent  # noqa: E402
from sprechstunde.dates.describe import _words  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
Read = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def read_with() -> Callable[..., Read]:
    """`read_with(Component, …)` gives a function from a text to its entities, in the order of the components."""

    def build(*classes: type[MessageComponent]) -> Read:
        components = [cls({}) for cls in classes]

        def read(text: str) -> list[dict[str, Any]]:
            message = Message({"text": text})
            for component in components:
                component.process([message])
            return message.get("entities", [])

        return read

    return build


@pytest.fixture
def demo_clinic(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic of `clinic.yml`, straight from the file."""
    from sprechstunde.clinic import service
    from sprechstunde.clinic.lookups import build

    clinic = service.check(ROOT / "clinic.yml")
    lookups = build(clinic)
    monkeypatch.setattr(service, "clinic", lambda: clinic)
    monkeypatch.setattr(service, "lookups", lambda: lookups)


FRENCH = """
  fr:
    name: French
    locale: fr
    asked_for: [en francais, auf französisch, in french]
    words: bonjour bonsoir salut merci je vous nous est sont mon ma mes une des les pour avec rendez voudrais quand où
    times: {today: aujourd'hui, tomorrow: demain, from: "à partir du {}", month: "en {}"}
"""


@pytest.fixture
def in_french(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The languages of the project, and French."""
    file = tmp_path / "languages.yml"
    file.write_text(languages.FILE.read_text(encoding="utf-8").rstrip("\n") + FRENCH, encoding="utf-8")
    monkeypatch.setattr(languages, "FILE", file)
    caches = (languages.languages, detection._lexica, detection._lingua, _words)
    for cache in caches:
        cache.cache_clear()
    yield
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()
