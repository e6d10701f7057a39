"""Where the latest training left off: the next one goes on from there instead of from nothing."""

from __future__ import annotations

import logging
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from sprechstunde.assistant.nlu.one_vs_rest import Weights

logger = logging.getLogger(__name__)
VARIABLE = "SPRECHSTUNDE_LAST_WEIGHTS"
"""Names the file. Without it, every training starts from nothing."""


def remember(weights: Weights, names: list[str]) -> None:
    """Keep them for the next training; `names` says what each row (feature) stands for."""
    file = _file()
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.npz")
    np.savez(
        unfinished,
        matrix=weights.matrix,
        bias=weights.bias,
        intents=np.array(weights.intents),
        names=np.array("\n".join(names)),
    )
    unfinished.replace(file)


def recall(names: list[str]) -> Weights | None:
    """The latest weights, in the order of these features; new ones begin with 0. None where there are none."""
    file = _file()
    if file is None or not file.exists():
        return None
    try:
        with np.load(file, allow_pickle=False) as kept:
            rows = {name: row for row, name in enumerate(str(kept["names"]).split("\n"))}
            return _in_order(names, rows, kept)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        logger.warning("%s can't be read: training from nothing", file.name)
        return None


def _in_order(names: list[str], rows: dict[str, int], kept: Any) -> Weights:
    known = np.array([rows.get(name, -1) for name in names])
    matrix = kept["matrix"][known]
    matrix[known < 0] = 0
    return Weights([str(name) for name in kept["intents"]], matrix, kept["bias"])


def _file() -> Path | None:
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None
