"""Links to what only the patient may read: one for each person this phone acts for."""

from __future__ import annotations

from sprechstunde.db import transaction
from sprechstunde.patients.service import PatientView
from sprechstunde.results import links, reading
from sprechstunde.settings import get_settings

from .turn import Turn


def lines(turn: Turn, people: list[PatientView]) -> str:
    """A line for each person; the name stands ahead only where there are several. Earlier unused links end."""
    base = get_settings().public_url
    with transaction() as s:
        found = [(one.given_name, f"{base}/r/{links.make(s, turn.contact_id, one.id)}") for one in people]
    if len(found) == 1:
        return found[0][1]
    return "\n".join(f"{name}: {link}" for name, link in found)


def something_new(people: list[PatientView]) -> bool:
    """Whether a result waits for each of them that nobody has opened yet."""
    with transaction() as s:
        return bool(people) and all(
            any(found.first_opened_at is None for found in reading.released_to(s, one.id)) for one in people
        )
