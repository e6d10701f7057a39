"""What is trained on, and what is only judged by: messages with the intent they are meant as."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Example:
    """One message: `intent` it is meant as, `language` it is written in (`de` or `en`)."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True)
class Judged:
    """Hand-written messages of one language that nobody trains on or tunes to (`tests/nlu`).

    `messages` have an intent; `ordinary` is everyday talk that must raise no alarm; `entities` are
    `{"text", "entities": {kind: value}}`; `times` are `{"text", "start", "end"}` in the clinic's wall
    clock, asked at `now`.
    """

    language: str
    messages: tuple[Example, ...]
    ordinary: tuple[str, ...] = ()
    entities: tuple[dict[str, Any], ...] = ()
    times: tuple[dict[str, Any], ...] = ()
    now: str = ""
    extra: tuple[Example, ...] = field(default=())


def training_examples(root: Path) -> list[Example]:
    """All examples of `data/*/nlu.<language>.yml`, each text once an intent."""
    found = {
        example: None
        for path in sorted((root / "data").glob("*/nlu.*.yml"))
        for example in read_examples(path, path.stem.rpartition(".")[2])
    }
    return list(found)


def judged(root: Path, language: str) -> Judged:
    """The held-out messages of a language: `heldout.<language>.yml`, and `judged.<language>.yml` for the rest."""
    folder = root / "tests" / "nlu"
    more = yaml.safe_load((folder / f"judged.{language}.yml").read_text(encoding="utf-8"))
    extra = [
        *(Example(text, "emergency_medical", language) for text in more["emergencies"]),
        *(Example(text, "out_of_scope", language) for text in more["out_of_scope"]),
    ]
    return Judged(
        language,
        messages=tuple(read_examples(folder / f"heldout.{language}.yml", language)),
        ordinary=tuple(more["ordinary"]),
        entities=tuple(more["entities"]),
        times=tuple(more["times"]),
        now=str(more["now"]),
        extra=tuple(extra),
    )


def read_examples(path: Path, language: str) -> list[Example]:
    """The intent examples of one NLU file in Rasa's format."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Example(line.removeprefix("- ").strip(), block["intent"], language)
        for block in content["nlu"]
        if "intent" in block
        for line in block["examples"].strip().splitlines()
    ]
