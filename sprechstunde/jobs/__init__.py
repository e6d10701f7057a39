"""The job queue (procrastinate on our own PostgreSQL). Knows nothing of what the jobs do."""

from __future__ import annotations

from sprechstunde.jobs.defer import defer

__all__ = ["defer"]
