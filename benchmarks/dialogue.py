"""Conversations against Rasa's default set-up: same data, same messages, same action server, same run.

Each side is trained from nothing and then talks in a process of its own. `BENCH=quick` trains the default's networks
for two epochs only: its speed is right, its training time and its understanding are not comparable.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._set_up import AT_ONCE, MESSAGES
from tests.front_desk import ROOT, FrontDesk

QUICK = os.environ.get("BENCH") == "quick"
QUICK_EPOCHS = 2
ROWS = (
    ("training from nothing", "training", "s", False),
    ("training, CPU time", "training_cpu", "s", False),
    ("start until first answer", "start", "s", False),
    ("a turn, one patient", "alone_p50", "ms", False),
    (f"turns/s, {AT_ONCE} patients at once", "turns_per_second", "/s", True),
    (f"a turn, {AT_ONCE} at once, median", "crowd_p50", "ms", False),
    (f"a turn, {AT_ONCE} at once, p99", "crowd_p99", "ms", False),
    ("memory", "megabytes", "MB", False),
)


def main() -> int:
    """Train, talk, print the table."""
    with tempfile.TemporaryDirectory(prefix="sprechstunde-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        desk = FrontDesk(home)
        try:
            desk.start()
            contacts = _contacts(desk)
            models = {name: _trained(name, desk, home) for name in ("ours", "default")}
            ours = _measure("ours", models["ours"], desk, contacts, home)
            default = _measure("default", models["default"], desk, contacts, home)
        finally:
            desk.close()
    _print(ours, default)
    return 0


def _contacts(desk: FrontDesk) -> list[str]:
    """Patients who never wrote before, known to the database because actions look them up."""
    script = (
        "import json\n"
        "from sprechstunde.conversations.service import contact_for\n"
        "from sprechstunde.db import transaction\n"
        "with transaction() as s:\n"
        f"    print(json.dumps([str(contact_for(s, phone=f'+49155{{i:07d}}', user_id=None, profile_name=None).id)"
        f" for i in range({2 * (AT_ONCE + 4)})]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=_environment(desk),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def _environment(desk: FrontDesk) -> dict[str, str]:
    address = desk.command("db", "url")
    assert address.ended() == 0, address.text
    quiet = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    return {**os.environ, **desk.environment, **quiet, "DATABASE_URL": address.text.splitlines()[-1]}


def _trained(set_up: str, desk: FrontDesk, home: Path) -> tuple[Path, dict[str, float]]:
    """The model and what it cost; both are trained first, so that the talks follow each other closely."""
    environment = {**_environment(desk), "RASA_CACHE_DIRECTORY": str(home / f"cache-{set_up}")}
    begin, cpu = time.monotonic(), _cpu_of_children()
    model = _train(set_up, home, environment)
    cost = {"training": time.monotonic() - begin, "training_cpu": _cpu_of_children() - cpu}
    print(f"  {set_up}: trained in {cost['training']:.0f} s, {cost['training_cpu']:.0f} s CPU", flush=True)
    return model, cost


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _measure(
    set_up: str, trained: tuple[Path, dict[str, float]], desk: FrontDesk, contacts: list[str], home: Path
) -> dict[str, float]:
    model, cost = trained
    environment = _environment(desk)
    half = len(contacts) // 2
    mine = contacts[:half] if set_up == "ours" else contacts[half:]
    url = f"http://127.0.0.1:{desk.environment['ACTIONS_PORT']}/webhook"
    begin = time.monotonic()
    complaints = home / f"{set_up}.log"
    with (
        complaints.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "benchmarks._set_up", set_up, str(model), url],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(mine))
        process.stdin.close()
        lines = iter(process.stdout.readline, "")
        if not any(line.strip() == "ready" for line in lines):
            raise RuntimeError(f"{set_up} did not start:\n{complaints.read_text()[-2000:]}")
        start = time.monotonic() - begin
        found = [json.loads(line) for line in lines if line.startswith("{")]
    if not found:
        raise RuntimeError(f"{set_up} did not finish:\n{complaints.read_text()[-2000:]}")
    figures: dict[str, float] = found[0]
    return {**figures, **cost, "start": start}


def _train(set_up: str, home: Path, environment: dict[str, str]) -> Path:
    config = ROOT / ("config.yml" if set_up == "ours" else "config.diet.yml")
    if QUICK and set_up == "default":
        config = home / "config.quick.yml"
        config.write_text(
            re.sub(r"epochs: \d+", f"epochs: {QUICK_EPOCHS}", (ROOT / "config.diet.yml").read_text())
        )
    program = ["-m", "sprechstunde.rasa"] if set_up == "ours" else ["-m", "rasa"]
    out = ["--out", str(home / set_up), "--fixed-model-name", set_up]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *program, "train", "--config", str(config), *out],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"training of {set_up} failed:\n{done.stderr[-2000:]}")
    return home / set_up / f"{set_up}.tar.gz"


def _print(ours: dict[str, float], default: dict[str, float]) -> None:
    print(
        f"\n  {len(MESSAGES)} turns a patient{'; QUICK: the default learned too little to compare' if QUICK else ''}"
    )
    print(f"  {'':38}{'Rasa default':>14}{'Sprechstunde':>14}{'ratio':>8}")
    for label, key, unit, more_is_better in ROWS:
        a, b = default[key], ours[key]
        ratio = b / a if more_is_better else a / b
        mark = " *" if QUICK and key.startswith("training") else ""
        print(f"  {label:38}{a:10.1f} {unit:<3}{b:10.1f} {unit:<3}{ratio:7.1f}x{mark}")
    if QUICK:
        print(f"  * {QUICK_EPOCHS} epochs instead of 100: not comparable")


if __name__ == "__main__":
    sys.exit(main())
