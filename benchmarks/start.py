"""How long until the front desk is ready to chat, and what it weighs: with training, without, and per process."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.front_desk import FrontDesk


def main() -> int:
    """Start twice on fresh data; the second start finds everything done."""
    with tempfile.TemporaryDirectory(prefix="sprechstunde-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        desk = FrontDesk(Path(folder))
        try:
            for name in ("first start (new database; trains if the data changed)", "later start"):
                begin = time.monotonic()
                desk.start()
                print(f"{name}: {time.monotonic() - begin:.1f} s")
                _print_processes(desk)
                begin = time.monotonic()
                desk.stop()
                print(f"stop: {time.monotonic() - begin:.1f} s\n")
        finally:
            desk.close()
    return 0


def _print_processes(desk: FrontDesk) -> None:
    total = 0.0
    for name, pid in sorted(desk.pids().items()):
        process = psutil.Process(pid)
        megabytes = process.memory_info().rss / 1e6
        total += megabytes
        print(f"  {name:<10} {megabytes:6.0f} MB   {sum(process.cpu_times()[:2]):5.1f} s of one core")
    print(f"  {'together':<10} {total:6.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
