"""Read ahead of the tests here: Rasa must not be imported before TensorFlow is switched off, which this import does."""

from __future__ import annotations

from tests.unit.assistant.conftest import demo_clinic

__all__ = ["demo_clinic"]
