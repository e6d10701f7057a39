"""Supervises small stand-ins for the real processes: `stand_ins.py FOLDER [broken|unprepared]`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sprechstunde.running.output import JoinedLog
from sprechstunde.running.processes import Process
from sprechstunde.running.supervision import supervise

STAYS = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(600)"


def stand_in(name: str, code: str, *, stage: int = 2, once: bool = False) -> Process:
    return Process(name, (sys.executable, "-c", code), stage, once)


def main(folder: str, fault: str = "") -> int:
    processes = [
        stand_in("database", STAYS, stage=1),
        stand_in("prepare", f"raise SystemExit({int(fault == 'unprepared')})", stage=1, once=True),
        stand_in("worker", "raise SystemExit('no good')" if fault == "broken" else STAYS),
        stand_in("ready", "pass", once=True),
    ]
    log = JoinedLog([process.name for process in processes])
    return 0 if supervise(processes, Path(folder), log, lambda: log.say("all are ready")) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
