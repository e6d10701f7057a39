"""Words that actions put together (titles of buttons and rows, "open now, until {until}"): `data/<dialogue>/words.yml`.

They are read anew when a file changed, so that the action server says an edited word at once.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parents[2] / "data"
LOOK_EVERY = 0.5  # seconds between looks at the disk
_FALLBACK = "en"

Words = dict[str, dict[str, str]]


class UnknownWord(KeyError):
    """No `words.yml` has this word."""


@dataclass
class _Read:
    words: Words = field(default_factory=dict)
    stamp: tuple[tuple[str, int], ...] = ()
    looked_at: float = float("-inf")


_read = _Read()
_reading = threading.Lock()


def word(name: str, language: str, /, **values: object) -> str:
    """The word in that language (English where it has none), with `values` filled in. Raises UnknownWord."""
    _look()
    try:
        said = _read.words[name]
    except KeyError:
        raise UnknownWord(f"no data/*/words.yml has `{name}`") from None
    return said.get(language, said[_FALLBACK]).format(**values)


def _look() -> None:
    if time.monotonic() - _read.looked_at < LOOK_EVERY:
        return
    with _reading:  # who asks while another thread reads for the first time waits for it
        if time.monotonic() - _read.looked_at >= LOOK_EVERY:
            _read_changed()
            _read.looked_at = time.monotonic()


def _read_changed() -> None:
    files = sorted(DATA.glob("*/words.yml"))
    stamp = tuple((str(file), file.stat().st_mtime_ns) for file in files)
    if stamp == _read.stamp:
        return
    try:
        _read.words = {name: said for file in files for name, said in _words_of(file).items()}
    except (yaml.YAMLError, TypeError, AttributeError):
        if not _read.words:  # while a file is being edited the last good words go on
            raise
    _read.stamp = stamp


def _words_of(file: Path) -> Words:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {name: dict(said) for name, said in content["words"].items()}
