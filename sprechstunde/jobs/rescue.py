"""Jobs whose worker is gone. Without this a killed worker's job stays `doing` for ever and holds its lock."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import Any

from procrastinate import App, exceptions
from procrastinate.jobs import Job, Status

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 10.0
# A finished job that its own worker could not write down as finished (the database was away just then).
UNWRITTEN_SECONDS = 5.0

_MINE = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = %(worker_id)s"


class Running:
    """Worker middleware: which jobs this worker runs, and when it ended others."""

    def __init__(self) -> None:
        self.worker_id: int | None = None
        self.jobs: set[int] = set()
        self.ended: dict[int, float] = {}

    async def __call__(self, call_next: Any, context: Any, worker: Any) -> Any:
        """Run one job."""
        self.worker_id, job_id = worker.worker_id, context.job.id
        self.jobs.add(job_id)
        try:
            return await call_next()
        finally:
            self.jobs.discard(job_id)
            self.ended[job_id] = time.monotonic()

    def unwritten(self, doing: Iterable[int]) -> list[int]:
        """Which of the jobs that the database calls `doing` ended here a while ago."""
        now = time.monotonic()
        found = [job_id for job_id in doing if now - self.ended.get(job_id, now) > UNWRITTEN_SECONDS]
        self.ended = {j: at for j, at in self.ended.items() if now - at < 60 or j in found}
        return found


async def rescue_stalled(app: App, stalled_seconds: float = STALLED_SECONDS) -> int:
    """Put jobs of dead workers (no heartbeat for `stalled_seconds`) back to work. Returns how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_seconds))
    for job in stalled:
        await _again(app, job)
    return len(stalled)


async def rescue_unwritten(app: App, running: Running) -> int:
    """Put jobs back to work that ended here but are `doing` in the database. Returns how many."""
    if running.worker_id is None or not running.ended:
        return 0
    rows = await app.connector.execute_query_all_async(_MINE, worker_id=running.worker_id)
    lost = running.unwritten([row["id"] for row in rows])
    for job_id in lost:
        jobs = await app.job_manager.list_jobs_async(id=job_id)
        for job in jobs:
            await _again(app, job)
        running.ended.pop(job_id, None)
    return len(lost)


async def _again(app: App, job: Job) -> None:
    logger.warning("rescuing job %s %s: its worker is gone", job.id, job.task_name)
    try:
        await app.job_manager.retry_job(job)
    except exceptions.UniqueViolation:
        # A successor with the same queueing lock waits already and does the same work: let go of the lock.
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    except exceptions.ConnectorException as error:
        logger.info("job %s was rescued by someone else (%s)", job.id, type(error.__cause__).__name__)
