"""While dialogues are edited: a changed text is said from the next answer on, a newly trained model takes over."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from uuid import UUID

from watchfiles import Change, awatch

from sprechstunde.assistant import texts
from sprechstunde.assistant.training import ROOT, newest_model
from sprechstunde.assistant.turn import Turn

logger = logging.getLogger(__name__)
QUIET_MS = 50  # of silence on the disk before a change is looked at


class Runner(Protocol):
    """What `TurnRunner` is."""

    async def run_next(self, contact_id: UUID) -> Turn | None:
        """Handle a contact's next message."""

    def use_texts(self, read: texts.Texts) -> bool:
        """Say these texts from the next answer on."""


class LiveRunner:
    """Runs turns as `TurnRunner` does, on the newest model and the newest texts.

    Turns under way end on the model they began with. What can't be read or loaded changes nothing.
    """

    def __init__(
        self, make_runner: Callable[[], Runner], say: Callable[[str], None], root: Path = ROOT
    ) -> None:
        self._make_runner, self._say, self._root = make_runner, say, root
        self._runner = make_runner()
        self._model = newest_model(root / "models")

    async def run_next(self, contact_id: UUID) -> Turn | None:
        """As `TurnRunner.run_next`."""
        return await self._runner.run_next(contact_id)

    async def follow(self) -> None:
        """Watch texts and models until cancelled."""
        places = [self._root / name for name in ("data", "domain.yml", "models")]
        async for changes in awatch(*places, step=QUIET_MS):
            await self.take(changes)

    async def take(self, changes: set[tuple[Change, str]]) -> None:
        """Take over what these changes of files mean."""
        suffixes = {Path(path).suffix for _, path in changes}
        if ".yml" in suffixes:
            self._take_texts()
        if ".gz" in suffixes and newest_model(self._root / "models") != self._model:
            await self._take_model()

    def _take_texts(self) -> None:
        started = time.perf_counter()
        try:
            read = texts.read_texts(self._root)
        except texts.TextsUnreadable:
            return  # the editor tells, with the line
        if self._runner.use_texts(read):
            self._say(f"Texts are live ({time.perf_counter() - started:.1f} s).")

    async def _take_model(self) -> None:
        model = newest_model(self._root / "models")
        try:
            self._runner = await asyncio.to_thread(self._make_runner)
        except Exception:
            logger.exception("the new model can't be loaded, the last one goes on")
            return
        self._model = model
        self._say("The new model is live.")
