"""Make `.venv` and install a lock file into it, unless that was done already: `environment.py requirements.txt`.

Runs on a bare Python 3.10 (standard library only). Packages are checked against the lock's hashes. uv does the
installing because it is many times faster; where it can't be had, pip does the same.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
COMMAND = VENV / "bin" / "sprechstunde"
UV_LOCK = ROOT / "requirements-dev.txt"


def main() -> int:
    """Install the lock file named on the command line; 0 when the environment holds it."""
    lock = ROOT / sys.argv[1]
    stamp = VENV / f".installed-{lock.stem}"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists() and COMMAND.exists():
        return 0
    started = time.monotonic()
    if not _usable():
        _say("making the environment in .venv")
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    _say(f"installing {lock.name} (checked by hash; the first time this takes a few minutes)")
    if not _install(lock) or not _install_command():
        _say("installing failed, see above. Run the same command again once the cause is gone.")
        return 1
    stamp.write_text(wanted)
    _say(f"environment ready after {time.monotonic() - started:.0f} s")
    return 0


def _usable() -> bool:
    """Whether `.venv` is an environment of Python 3.10 (it breaks when its Python is removed)."""
    check = "import sys; raise SystemExit(sys.version_info[:2] != (3, 10))"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", check], check=False).returncode == 0


def _install(lock: Path) -> bool:
    if _get_uv():
        command: list[str | Path] = [
            PYTHON,
            "-m",
            "uv",
            "pip",
            "install",
            "--python",
            PYTHON,
            "--require-hashes",
            "-r",
            lock,
        ]
        if _ok(command):
            return True
        _say("uv could not install everything, trying pip")
    return _ok([PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock])


def _install_command() -> bool:
    """The project itself, as it stands in this folder, so that `.venv/bin/sprechstunde` works from anywhere."""
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet"]
    return _ok([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])


def _get_uv() -> bool:
    """Install uv itself, in the version and with the hashes that the development lock names."""
    if _ok([PYTHON, "-m", "uv", "--version"], quiet=True):
        return True
    blocks = UV_LOCK.read_text().split("\n")
    begin = next((number for number, line in enumerate(blocks) if line.startswith("uv==")), None)
    if begin is None:
        return False
    end = begin + 1
    while end < len(blocks) and blocks[end].startswith(" "):
        end += 1
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(blocks[begin:end]) + "\n")
        file.flush()
        return _ok([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", file.name])


def _ok(command: list[str | Path], *, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(command, check=False, stdout=output, stderr=output, env=environment).returncode == 0


def _say(text: str) -> None:
    print(f"sprechstunde: {text}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
