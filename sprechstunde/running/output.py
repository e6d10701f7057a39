"""One readable log out of many processes: each line carries the name of the process that wrote it."""

from __future__ import annotations

import re
import sys
from typing import TextIO

COLOURS = (36, 33, 32, 35, 34, 96, 93, 92)
# Sanic switches on every library's warnings of its own age: a screenful at each start. The log files keep them.
_AGEING = re.compile(
    r"^(?:/|<frozen).*:\d+: \w*DeprecationWarning: |^Implementing implicit namespace packages "
)
# Rasa's progress bars of a second's work; what takes longer is told by a line of our own.
_BAR = re.compile(r"^Process(?:ed|ing) [\w ]+: .*\d+it |^Process(?:ed|ing) [\w ]+: +\d+%")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class JoinedLog:
    """Takes raw output in any pieces, writes whole lines with a name in front."""

    def __init__(self, names: list[str], stream: TextIO | None = None, *, colour: bool | None = None) -> None:
        self._stream = stream or sys.stdout
        self._colour = self._stream.isatty() if colour is None else colour
        self._width = max(map(len, names))
        self._numbers = {name: number for number, name in enumerate(names)}
        self._rest: dict[str, bytes] = {}
        self._in_warning: dict[str, bool] = {}

    def feed(self, name: str, data: bytes) -> None:
        """Output of `name`; an unfinished line waits for its end."""
        *lines, self._rest[name] = (self._rest.get(name, b"") + data).split(b"\n")
        for line in lines:
            self._line(name, line)

    def finish(self, name: str) -> None:
        """`name` ended: write what it left unfinished."""
        if rest := self._rest.pop(name, b""):
            self._line(name, rest)

    def say(self, text: str) -> None:
        """A word of our own, between empty lines when it is more than one line."""
        block = f"\n{text}\n" if "\n" in text else text
        self._write(f"{block}\n")

    def _line(self, name: str, raw: bytes) -> None:
        # A progress bar redraws its line with carriage returns: the last state is the one to keep.
        text = _ESCAPES.sub("", raw.decode("utf-8", "replace")).rstrip("\r").rpartition("\r")[2].rstrip()
        if text and not self._is_noise(name, text):
            self._write(f"{self._prefix(name)} {text}\n")

    def _is_noise(self, name: str, text: str) -> bool:
        """A progress bar, a deprecation warning, or the line of code that Python shows below it."""
        if _BAR.match(text):
            return True
        shown_code = self._in_warning.get(name, False) and text.startswith("  ")
        self._in_warning[name] = bool(_AGEING.match(text))
        return self._in_warning[name] or shown_code

    def _prefix(self, name: str) -> str:
        prefix = f"{name:<{self._width}} |"
        if not self._colour:
            return prefix
        return f"\x1b[{COLOURS[self._numbers.get(name, 0) % len(COLOURS)]}m{prefix}\x1b[0m"

    def _write(self, text: str) -> None:
        # The window may be gone (closed, or a pipe that ended): stopping in order matters more than a line.
        try:
            self._stream.write(text)
            self._stream.flush()
        except (BrokenPipeError, OSError):
            pass
