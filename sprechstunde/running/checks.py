"""What must hold before anything starts: nobody else runs here, and the ports are free."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

from sprechstunde.running.processes import LOOPBACK, Process
from sprechstunde.settings import make_private_dir

# Marks our processes, so that the next start knows what an earlier one (killed, no time to tidy up) left behind.
MARK = "SPRECHSTUNDE_RUN"


class CannotStart(Exception):
    """Why the front desk does not start, in a sentence for the person at the terminal."""


@contextlib.contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold `folder`'s lock; raises CannotStart when another run holds it. The lock goes with the process.

    The folder is ours alone: logs lie in it.
    """
    make_private_dir(folder)
    with open(os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            holder = handle.read().strip() or "unknown"
            raise CannotStart(
                f"Sprechstunde is already running here (process {holder}). Use that one, or stop it with Ctrl-C"
                " in its window."
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def stop_leftovers(mark: str) -> list[str]:
    """End processes that an earlier run left behind (it was killed); returns their names.

    PostgreSQL is spared: the `database` process takes over a server that still runs.
    """
    left = [process for process in psutil.process_iter() if _is_ours(process, mark)]
    names = []
    for process in left:
        with contextlib.suppress(psutil.Error):
            names.append(process.environ().get("SUPERVISOR_PROCESS_NAME", process.name()))
            process.terminate()
    for process in psutil.wait_procs(left, timeout=5)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    return names


def _is_ours(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark and not process.name().startswith("postgres")
    except (psutil.Error, OSError):
        return False


def require_free_ports(processes: Iterable[Process]) -> None:
    """Raises CannotStart naming every port that is taken, by whom, and the variable that moves it."""
    taken = [
        f"port {process.port} ({process.name}) is in use by {_listener(process.port)}; "
        f"stop that, or choose another port with {process.port_variable}=…"
        for process in processes
        if process.port and not _is_free(process.port)
    ]
    if taken:
        raise CannotStart("\n".join(taken))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as the servers do: TIME_WAIT is no obstacle
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _listener(port: int) -> str:
    """Who listens on `port`, as far as this user may know."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            for connection in process.net_connections("inet"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                    return f"{process.name()} (process {process.pid}: {' '.join(process.cmdline())[:80]})"
    return "another program"
