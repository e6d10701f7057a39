"""`sprechstunde run`: check, start, watch, stop."""

from __future__ import annotations

import os
import time
from pathlib import Path

from dotenv import load_dotenv

from sprechstunde import ports
from sprechstunde.running.checks import MARK, CannotStart, only_run, require_free_ports, stop_leftovers
from sprechstunde.running.output import JoinedLog
from sprechstunde.running.processes import processes
from sprechstunde.running.supervision import supervise
from sprechstunde.settings import Settings, SettingsError, get_settings
from sprechstunde.staff.demo import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "PYTHONUNBUFFERED": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",  # Rasa's libraries warn of their own age at every start
    # Several processes share few cores: thread pools of numeric libraries would only fight each other.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def run(*, editing: bool = False) -> int:
    """Run the front desk until it is stopped; the exit code for the shell. `editing`: follow changes of dialogues."""
    started = time.monotonic()
    os.chdir(ROOT)
    load_dotenv(ROOT / ".env")
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        ports.export()
        settings = get_settings()
        folder = settings.data_dir / "run"
        with only_run(folder):
            return _run(settings, folder, started, editing=editing)
    except (CannotStart, SettingsError, ValueError) as error:
        print(f"Sprechstunde can't start: {error}", flush=True)
        return 1


def _run(settings: Settings, folder: Path, started: float, *, editing: bool) -> int:
    os.environ[MARK] = str(settings.data_dir)
    chosen = processes(
        embedded_database=settings.database_url is None, emulator=settings.demo, editing=editing
    )
    if left := stop_leftovers(os.environ[MARK]):
        print(f"Ended what an earlier run left behind: {', '.join(left)}.")
    require_free_ports(chosen)
    log = JoinedLog([process.name for process in chosen])
    log.say("Starting (Ctrl-C stops everything) …")
    ended_well = supervise(
        chosen, folder, log, lambda: log.say(_welcome(settings, time.monotonic() - started))
    )
    log.say("Stopped. Everything is kept for the next start.")
    return 0 if ended_well else 1


def _welcome(settings: Settings, seconds: float) -> str:
    webhook = f"http://127.0.0.1:{ports.port('RASA_PORT')}/webhooks/whatsapp/webhook"
    if settings.demo:
        phones = f"http://127.0.0.1:{ports.port('EMULATOR_PORT')}"
        first = (
            f"Open  {phones}  and write to the practice, in German or English.\n"
            f'  Staff:  {settings.public_url}  as rezeption, pflege, arzt or admin, password "{PASSWORD}";\n'
            "  the code comes from  sprechstunde staff code NAME"
        )
    else:
        first = f"Listening to WhatsApp; Meta's webhook address must lead to  {webhook}"
    return "\n".join(
        [
            "─" * 78,
            f"  Sprechstunde is ready after {seconds:.0f} s.",
            f"  {first}",
            f"  Logs of each process: {_short(settings.data_dir / 'run' / 'logs')}   Ctrl-C stops everything.",
            "─" * 78,
        ]
    )


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
