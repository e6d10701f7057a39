"""`make edit`: watches the dialogues, names mistakes with their line, trains what needs training.

Texts need none: the dialogue process reads them itself (`assistant/live_runner.py`). A trained model is picked up there
as well, so a mistake here leaves the last good assistant talking.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

from sprechstunde.assistant.training import ROOT, TrainingFailed, fingerprint, train_if_needed, warm_up
from sprechstunde.linting.finding import Finding
from sprechstunde.linting.lint import hinders_training, lint
from sprechstunde.linting.project import read_project

WATCHED = ("data", "domain.yml", "config.yml")
QUIET_MS = 50
_NAMED = re.compile(r"'([^']+)'")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

Say = Callable[[str], None]


def main() -> int:
    """Watch until stopped."""
    editor = Editor(ROOT, _say)
    warm_up()
    _say(f"Watching {', '.join(WATCHED)}: save a file, then write to the practice.")
    for _ in watch(*(ROOT / name for name in WATCHED), step=QUIET_MS):
        editor.look()
    return 0


class Editor:
    """Looks at the project after each change: what is wrong, what has to be trained."""

    def __init__(self, root: Path, say: Say) -> None:
        self._root, self._say = root, say
        self._told: list[Finding] = []
        self._trained = fingerprint(root)

    def look(self) -> None:
        """Tell what is wrong since the last look; train where nothing stands against it and something needs it."""
        findings = lint(self._root)
        self._tell(findings)
        wanted = fingerprint(self._root)
        if wanted == self._trained:
            return
        if hinders_training(self._root):
            self._say("Not trained: the last good assistant goes on until this is put right.")
            return
        try:
            train_if_needed(root=self._root, say=self._say)
            self._trained = wanted
        except TrainingFailed as error:
            self._say(f"Not trained, the last good assistant goes on: {_COLOURS.sub('', str(error)).strip()}")
            for place in self._places(str(error)):
                self._say(place)

    def _places(self, message: str) -> list[str]:
        """Where the rules and stories stand that Rasa names: `file:line: the name`."""
        named = set(_NAMED.findall(message))
        paths = [path.get(kind) for path in read_project(self._root).paths for kind in ("rule", "story")]
        return [f"{path.file}:{path.line}: '{path.text}'" for path in paths if path.text in named]

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings:
            if finding not in self._told:
                self._say(str(finding))
        if self._told and not findings:
            self._say("All put right.")
        self._told = findings


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
