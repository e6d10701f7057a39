"""Emergencies that nobody has dealt with yet: they show on every page, wherever somebody is looking."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from sprechstunde.console.staff import people
from sprechstunde.db import lookup_hash, transaction
from sprechstunde.tasks.models import Task

SHOWN = 3
MOST = 100


@dataclass(frozen=True)
class Alarms:
    """Whose emergencies are open, the newest first. `mark` is another whenever one comes or goes."""

    lines: tuple[tuple[UUID | None, str], ...] = ()
    more: int = 0
    mark: str = ""

    @property
    def count(self) -> int:
        """Of how many people."""
        return len(self.lines) + self.more

    @property
    def title(self) -> str:
        """What stands ahead of a page's title."""
        return f"🚨 {self.count} · " if self.lines else ""


NONE = Alarms()


def opened() -> Alarms:
    """Those that are open now."""
    with transaction() as s:
        query = select(Task.id, Task.contact_id).where(Task.state == "open", Task.kind == "emergency")
        rows = s.execute(query.order_by(Task.created_at.desc(), Task.id).limit(MOST)).all()
        whose = list(dict.fromkeys(row.contact_id for row in rows))
        names = people.contact_names(s, [one for one in whose[:SHOWN] if one])
        return Alarms(
            tuple((one, names.get(one, "")) for one in whose[:SHOWN]),
            max(0, len(whose) - SHOWN),
            lookup_hash("alarms", ",".join(str(row.id) for row in rows)).hex()[:16] if rows else "",
        )
