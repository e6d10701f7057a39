"""The supervisor: supervisord in this process, with no socket of its own, its events shown as one log.

Why supervisord and not a Procfile runner: docs/decisions/001-supervisor.md.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.states import SupervisorStates
from supervisor.supervisord import Supervisor

from sprechstunde.running.output import JoinedLog
from sprechstunde.running.processes import PREPARE, READY, Process
from sprechstunde.settings import make_private_dir

RESTARTS_IN_A_ROW = 10  # each waits a second longer than the one before: about a minute of trying
STOP_SECONDS = 8  # then -9; every effect is idempotent, so a hard stop costs only a repeated turn
LOOK_SECONDS = (
    0.2  # how often supervisord looks around when nothing is said; its own second makes restarts slow
)
DATABASE_GROUP, DESK_GROUP = "data", "desk"


def configuration(processes: Sequence[Process], folder: Path, umask: int = 0o022) -> str:
    """supervisord's configuration file. Logs go to `folder`/logs, five megabytes and one old file each.

    `umask` is what the processes start with.
    """
    parts = [
        "[supervisord]",
        "nodaemon = true",
        "silent = true",
        f"logfile = {_escape(str(folder / 'supervisord.log'))}",
        "logfile_maxbytes = 1MB",
        "logfile_backups = 1",
        f"pidfile = {_escape(str(folder / 'supervisord.pid'))}",
        f"childlogdir = {_escape(str(folder / 'logs'))}",
        "",
    ]
    for process in processes:
        parts += _program(process, folder, umask)
    # The database starts first and stops last (groups stop by descending priority, one after the other).
    database = [process.name for process in processes if process.name == "database"]
    desk = [process.name for process in processes if process.name != "database"]
    for group, members, priority in ((DATABASE_GROUP, database, 1), (DESK_GROUP, desk, 2)):
        if members:
            parts += [f"[group:{group}]", f"programs = {','.join(members)}", f"priority = {priority}", ""]
    return "\n".join(parts)


def _program(process: Process, folder: Path, umask: int) -> list[str]:
    environment = ",".join(f'{name}="{_escape(value)}"' for name, value in process.environment.items())
    lines = [
        f"[program:{process.name}]",
        f"command = {_escape(shlex.join(process.command))}",
        f"autostart = {'true' if process.stage == 1 else 'false'}",
        f"autorestart = {'false' if process.once else 'true'}",
        f"startsecs = {0 if process.once else 1}",
        f"startretries = {RESTARTS_IN_A_ROW}",
        f"stopwaitsecs = {STOP_SECONDS}",
        # The database gets its signal alone and stops its server itself.
        f"stopasgroup = {'false' if process.name == 'database' else 'true'}",
        "killasgroup = true",
        f"umask = {umask:03o}",
        "redirect_stderr = true",
        f"stdout_logfile = {_escape(str(folder / 'logs' / f'{process.name}.log'))}",
        "stdout_logfile_maxbytes = 5MB",
        "stdout_logfile_backups = 1",
        "stdout_events_enabled = true",
    ]
    return [*lines, *([f"environment = {environment}"] if environment else []), ""]


def _escape(text: str) -> str:
    return text.replace("%", "%%")


class FrontDesk(Supervisor):
    """supervisord, plus two stages: the second starts when `prepare` ended well; `ready` announces the end."""

    def __init__(
        self, options: Any, processes: Sequence[Process], log: JoinedLog, on_ready: Callable[[], None]
    ) -> None:
        super().__init__(options)
        self._second_stage = [process.name for process in processes if process.stage == 2]
        self._once = {process.name for process in processes if process.once}
        self._log = log
        self._on_ready = on_ready
        self.failed = False

    def runforever(self) -> None:
        """supervisord's loop; our ears go on here because supervisord clears them before it."""
        events.subscribe(events.ProcessLogStdoutEvent, self._heard)
        events.subscribe(events.ProcessStateExitedEvent, self._exited)
        events.subscribe(events.ProcessStateBackoffEvent, self._stumbled)
        events.subscribe(events.ProcessStateFatalEvent, self._gave_up)
        events.subscribe(events.SupervisorStoppingEvent, lambda _: self._log.say("Stopping …"))
        poll = self.options.poller.poll
        self.options.poller.poll = lambda timeout: poll(min(timeout, LOOK_SECONDS))
        super().runforever()

    def stop(self, *, failed: bool = False) -> None:
        """Stop everything in order and end the loop."""
        self.failed = self.failed or failed
        self.options.mood = SupervisorStates.SHUTDOWN

    def _heard(self, event: Any) -> None:
        data = event.data if isinstance(event.data, bytes) else event.data.encode()
        self._log.feed(event.process.config.name, data)

    def _exited(self, event: Any) -> None:
        name = event.process.config.name
        self._log.finish(name)
        if self.stopping:
            return
        if name not in self._once:
            self._log.say(f"{name} ended unexpectedly; starting it again.")
        elif not event.expected:
            self._log.say(f"Starting failed: see the lines of '{name}' above.")
            self.stop(failed=True)
        elif name == PREPARE:
            self._start_second_stage()
        elif name == READY:
            self._on_ready()

    def _stumbled(self, event: Any) -> None:
        name = event.process.config.name
        self._log.finish(name)
        self._log.say(f"{name} ended right after its start; starting it again.")

    def _gave_up(self, event: Any) -> None:
        name = event.process.config.name
        self._log.say(f"{name} does not stay up: see its lines above. Stopping everything.")
        self.stop(failed=True)

    def _start_second_stage(self) -> None:
        for group in self.process_groups.values():
            for name, process in group.processes.items():
                if name in self._second_stage:
                    process.spawn()


def supervise(
    processes: Sequence[Process], folder: Path, log: JoinedLog, on_ready: Callable[[], None]
) -> bool:
    """Run `processes` until Ctrl-C (or SIGTERM) or until one can't be kept up; True when the end was asked for.

    `folder` takes the generated configuration and the logs, which are for our eyes only.
    """
    make_private_dir(folder)
    umask = os.umask(0o077)
    (folder / "logs").mkdir(exist_ok=True)
    file = folder / "supervisord.conf"
    file.write_text(configuration(processes, folder, umask))
    options = ServerOptions()
    options.realize(["-n", "-s", "-c", str(file)])
    options.first, options.test = True, False
    desk = FrontDesk(options, processes, log, on_ready)
    try:
        desk.main()
    except ExitNow:
        pass
    options.close_logger()
    return not desk.failed
