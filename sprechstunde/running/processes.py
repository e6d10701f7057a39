"""Which processes make up the front desk, and how each is started."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from sprechstunde import ports

LOOPBACK = "127.0.0.1"
PREPARE, READY = "prepare", "ready"
# Meta waits for the webhook's 200 and repeats what comes late; whoever answers patients lets it go first.
PATIENCE = "10"


@dataclass(frozen=True)
class Process:
    """One supervised process.

    `stage` 1 starts at once, 2 after `prepare` ended well. `once`: runs to its end instead of being kept alive.
    `url` answers HTTP as soon as the process can work (None: it serves no HTTP).
    """

    name: str
    command: tuple[str, ...]
    stage: int = 2
    once: bool = False
    port_variable: str | None = None
    url: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int | None:
        """The loopback port it listens on."""
        return ports.port(self.port_variable) if self.port_variable else None


def processes(*, embedded_database: bool, emulator: bool, editing: bool = False) -> list[Process]:
    """The processes for this configuration, in the order in which their names appear in the log."""
    live = {"SPRECHSTUNDE_EDITING": "1"} if editing else None
    chosen = [_module(PREPARE, "sprechstunde.running.prepare", stage=1, once=True)]
    if embedded_database:
        chosen.insert(0, _module("database", "sprechstunde", "db", "serve", stage=1))
    if emulator:
        port = ports.port("EMULATOR_PORT")
        chosen.append(
            _module(
                "emulator",
                "sprechstunde.emulator",
                stage=1,
                port_variable="EMULATOR_PORT",
                url=f"http://{LOOPBACK}:{port}/",
            )
        )
    return [
        *chosen,
        _rasa(),
        _actions(),
        _module("dialogue", "sprechstunde.assistant.worker", patient=True, environment=live),
        _module("sender", "sprechstunde.jobs", patient=True),
        _console(),
        *([_module("editor", "sprechstunde.workbench.edit", patient=True)] if editing else []),
        _module(READY, "sprechstunde.running.ready", once=True),
    ]


def _rasa() -> Process:
    port = ports.port("RASA_PORT")
    return _module(
        "rasa",
        "sprechstunde.rasa",
        *("run", "--interface", LOOPBACK, "--port", str(port), "--endpoints", "endpoints.yml"),
        *("--credentials", "credentials.yml", "--quiet"),
        port_variable="RASA_PORT",
        environment={"RASA_CONNECTOR_ONLY": "1"},  # the dialogue is the worker's
        url=f"http://{LOOPBACK}:{port}/",
    )


def _actions() -> Process:
    port = ports.port("ACTIONS_PORT")
    return _module(
        "actions",
        "rasa_sdk",
        *("--actions", "actions", "--port", str(port), "--quiet"),
        port_variable="ACTIONS_PORT",
        url=f"http://{LOOPBACK}:{port}/health",
        environment={"SANIC_HOST": LOOPBACK},  # its requests hold conversations: never beyond this machine
        patient=True,
    )


def _console() -> Process:
    port = ports.port("CONSOLE_PORT")
    return _module(
        "console",
        "sprechstunde.console",
        port_variable="CONSOLE_PORT",
        url=f"http://{LOOPBACK}:{port}/health",
        patient=True,
    )


def _module(
    name: str,
    module: str,
    *arguments: str,
    stage: int = 2,
    once: bool = False,
    port_variable: str | None = None,
    url: str | None = None,
    environment: Mapping[str, str] | None = None,
    patient: bool = False,
) -> Process:
    command = (sys.executable, "-m", module, *arguments)
    if patient and shutil.which("nice"):
        command = ("nice", "-n", PATIENCE, *command)
    return Process(name, command, stage, once, port_variable, url, environment or {})
