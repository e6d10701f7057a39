"""The language components alone, on the demo clinic, without a database and without training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402 (tuning must come first)

from sprechstunde.assistant.nlu.component import MessageComponent  # noqa: E402

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
