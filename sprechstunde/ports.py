"""The ports of this machine's processes, each movable by an environment variable (or `.env`)."""

from __future__ import annotations

import os

from dotenv import dotenv_values

DEFAULTS = {"RASA_PORT": 5005, "ACTIONS_PORT": 5055, "CONSOLE_PORT": 8600, "EMULATOR_PORT": 8700}


def port(name: str) -> int:
    """The port that the environment variable `name` (a key of `DEFAULTS`) gives, or its default.

    Raises ValueError naming the variable when its value is no port.
    """
    given = os.environ.get(name) or dotenv_values(".env").get(name) or DEFAULTS[name]
    if not str(given).isdecimal() or not 0 < int(given) < 65536:
        raise ValueError(f"{name} must be a port number (1-65535), not {given!r}")
    return int(given)


def export() -> None:
    """Put every port into the environment: `endpoints.yml` reads `${ACTIONS_PORT}`, and Rasa knows no defaults."""
    for name in DEFAULTS:
        os.environ[name] = str(port(name))
