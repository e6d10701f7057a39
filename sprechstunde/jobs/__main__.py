"""`python -m sprechstunde.jobs`: the worker that sends."""

from __future__ import annotations

import asyncio
import logging

from sprechstunde.jobs.worker import run_worker

CONCURRENCY = 24


def main() -> None:
    """Work on the queue `outbound` until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Job arguments are ids, but one line a job is noise all the same; httpx logs addresses with phone number ids.
    for noisy in ("procrastinate", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    asyncio.run(run_worker(["outbound"], CONCURRENCY))


if __name__ == "__main__":
    main()
