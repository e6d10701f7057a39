"""What `make test` and `make lint` run: every check, each with its time, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")


@dataclass(frozen=True)
class Check:
    """One command and the name it goes by."""

    name: str
    command: tuple[str, ...]
    group: str
    only_if_failed: bool = (
        False  # Rasa's check lists every button's intent as "without examples", meant or not
    )


CHECKS = (
    Check("style", (PYTHON, "-m", "ruff", "check"), "lint"),
    Check("layout", (PYTHON, "-m", "ruff", "format", "--check"), "lint"),
    Check("house rules", (PYTHON, "scripts/house_rules.py"), "lint"),
    Check("types", (PYTHON, "-m", "mypy"), "lint"),
    Check("layers", (str(BIN / "lint-imports"),), "lint"),
    Check(
        "training data",
        (PYTHON, "-m", "sprechstunde.rasa", "data", "validate", "--fail-on-warnings"),
        "data",
        only_if_failed=True,
    ),
    Check("tests", (PYTHON, "-m", "pytest"), "tests"),
)
GROUPS = {"lint": {"lint", "data"}, "data": {"data"}, "all": {"lint", "data", "tests"}}


def main() -> int:
    """Run the checks of the group named on the command line; 0 when all passed."""
    chosen = [check for check in CHECKS if check.group in GROUPS[sys.argv[1]]]
    results = [(check, *_run(check)) for check in chosen]
    print()
    for check, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'}  {seconds:6.1f} s  {check.name}")
    return 0 if all(code == 0 for _, code, _ in results) else 1


def _run(check: Check) -> tuple[int, float]:
    print(f"\n── {check.name}: {' '.join(check.command).replace(str(ROOT) + '/', '')}", flush=True)
    started = time.monotonic()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    output = subprocess.PIPE if check.only_if_failed else None
    done = subprocess.run(check.command, check=False, cwd=ROOT, env=environment, stdout=output, stderr=output)
    if done.returncode and check.only_if_failed:
        print(((done.stdout or b"") + (done.stderr or b"")).decode(errors="replace"), flush=True)
    return done.returncode, time.monotonic() - started


if __name__ == "__main__":
    raise SystemExit(main())
