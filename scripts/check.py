"""What `make test` and `make check` run: every check, each with its time, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
CONVERSATIONS = "tests/conversations"
SYSTEM = ("tests/browser", "tests/faults", "tests/phone")
ELSEWHERE = (CONVERSATIONS, *SYSTEM)


@dataclass(frozen=True)
class Check:
    """One command and the name it goes by."""

    name: str
    command: tuple[str, ...]
    group: str
    quiet: bool = False
    """Shown only if it failed: Rasa's check lists every button's intent as "without examples", meant or not."""
    beside: bool = False
    """Runs while the checks after it run; shown at the end."""


CHECKS = (
    Check("style", (PYTHON, "-m", "ruff", "check"), "lint"),
    Check("layout", (PYTHON, "-m", "ruff", "format", "--check"), "lint"),
    Check("house rules", (PYTHON, "scripts/house_rules.py"), "lint"),
    Check("dialogues", (PYTHON, "-m", "sprechstunde.linting"), "lint"),
    Check("types", (PYTHON, "-m", "mypy"), "lint"),
    Check("layers", (str(BIN / "lint-imports"),), "lint"),
    Check(
        "training data",
        (PYTHON, "-m", "sprechstunde.rasa", "data", "validate", "--fail-on-warnings"),
        "data",
        quiet=True,
    ),
    Check("training", (PYTHON, "-m", "sprechstunde.assistant.training"), "tests"),
    # Whole systems that start, die and are waited for: they leave the other core to the rest.
    Check("system tests", (PYTHON, "-m", "pytest", *SYSTEM), "tests", beside=True),
    Check("conversations", (PYTHON, "-m", "pytest", CONVERSATIONS), "tests", beside=True),
    Check("tests", (PYTHON, "-m", "pytest", *(f"--ignore={f}" for f in ELSEWHERE)), "tests"),
)
GROUPS = {"lint": {"lint", "data"}, "data": {"data"}, "all": {"lint", "data", "tests"}}


def main() -> int:
    """Run the checks of the group named on the command line; 0 when all passed."""
    chosen = [check for check in CHECKS if check.group in GROUPS[sys.argv[1]]]
    with ThreadPoolExecutor() as pool:
        running = [(check, pool.submit(_run, check) if check.beside else _done(check)) for check in chosen]
        results = [(check, *future.result()) for check, future in running]
    print()
    for check, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'}  {seconds:6.1f} s  {check.name}")
    return 0 if all(code == 0 for _, code, _ in results) else 1


def _done(check: Check) -> Future[tuple[int, float]]:
    future: Future[tuple[int, float]] = Future()
    future.set_result(_run(check))
    return future


def _run(check: Check) -> tuple[int, float]:
    title = f"\n── {check.name}: {' '.join(check.command).replace(str(ROOT) + '/', '')}"
    kept = check.quiet or check.beside
    if not kept:
        print(title, flush=True)
    started = time.monotonic()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    output = subprocess.PIPE if kept else None
    error = subprocess.STDOUT if kept else None
    done = subprocess.run(check.command, check=False, cwd=ROOT, env=environment, stdout=output, stderr=error)
    if kept and (done.returncode or not check.quiet):
        print(title, (done.stdout or b"").decode(errors="replace"), sep="\n", flush=True)
    return done.returncode, time.monotonic() - started


if __name__ == "__main__":
    raise SystemExit(main())
