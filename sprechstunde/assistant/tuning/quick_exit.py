"""Leaving at once: Python's own way out takes Rasa's object graphs apart piece by piece, which takes seconds."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn


def leave(code: int = 0) -> NoReturn:
    """End the process now, output and logs written. For processes whose work is all in the database."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
