"""One thing to put right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """`file` is relative to the project, `line` 1-based; `message` says what is wrong, `hint` what would be right."""

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f" → {self.hint}" if self.hint else "")
