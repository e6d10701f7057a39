"""Compile `requirements*.in` into locks with hashes and without any index address; versions move only as far as asked.

`lock.py` keeps what is locked where it still fits; `lock.py --upgrade` takes the newest of everything.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The modern lock is for the part that runs without Rasa, on a Python that Rasa can't use.
PYTHON_OF = {"requirements": "3.10", "requirements-dev": "3.10", "requirements-modern": "3.13"}


def main(arguments: list[str]) -> int:
    """Compile every lock whose `.in` file is there; 0 when all could be."""
    for name, python in PYTHON_OF.items():
        source = ROOT / f"{name}.in"
        if not source.exists():
            continue
        print(f"{source.name} → {name}.txt", flush=True)
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--generate-hashes",
            "--no-emit-index-url",
        ]
        command += ["--no-header", "--python-version", python, *arguments, source.name, "-o", f"{name}.txt"]
        if subprocess.run(command, check=False, cwd=ROOT).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
