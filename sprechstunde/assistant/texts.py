"""The assistant's texts, as they stand in the YAML: a changed text needs no training."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sprechstunde.assistant.plain_yaml import load
from sprechstunde.assistant.training import ROOT

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain

Texts = dict[str, list[dict[str, Any]]]
_HAS_RESPONSES = re.compile(rb"^responses:", re.MULTILINE)


class TextsUnreadable(ValueError):
    """A file of responses is no valid YAML, or not of the shape `responses: {utter_…: [{text: …}]}`."""


def text_files(root: Path = ROOT) -> list[Path]:
    """The files that hold responses."""
    files = [root / "domain.yml", *sorted((root / "data").rglob("*.yml"))]
    return [file for file in files if file.exists() and _HAS_RESPONSES.search(file.read_bytes())]


def read_texts(root: Path = ROOT) -> Texts:
    """Every response with its variations, as in Rasa's domain. Raises `TextsUnreadable`."""
    texts: Texts = {}
    for file in text_files(root):
        try:
            responses = load(file)["responses"]
            for name, variations in responses.items():
                if not all("text" in variation or "custom" in variation for variation in variations):
                    raise TextsUnreadable(f"{file.name}: {name} has a variation without a text")
                texts[name] = variations
        except (yaml.YAMLError, TypeError, AttributeError) as error:
            raise TextsUnreadable(f"{file.name}: {error}") from error
    return texts


def put_into(domain: Domain, texts: Texts) -> bool:
    """Let the assistant of this domain say these texts from its next answer on. True when that changes something."""
    if domain.responses == texts:
        return False
    domain.responses.clear()  # in place: Rasa's generator holds the same dictionary
    domain.responses.update(texts)
    return True
