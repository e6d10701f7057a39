"""What each role may do. One table: whoever asks "who sees results?" finds the answer here."""

from __future__ import annotations

from typing import Literal

Role = Literal["reception", "nurse", "doctor", "admin"]
Permission = Literal[
    "converse",  # read conversations, take them over, answer, work on tasks
    "schedule",  # the day, appointments, patients, absences
    "results_read",  # see results and the threads below them
    "results_answer",  # answer a question about a result, hand one in, say whose it is
    "results_release",  # release a result, take it back
    "settings",  # canned replies
    "staff",  # accounts
]

_CLINICAL: frozenset[Permission] = frozenset({"converse", "schedule", "results_read", "results_answer"})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    "reception": frozenset({"converse", "schedule"}),
    "nurse": _CLINICAL,
    "doctor": _CLINICAL | {"results_release", "settings"},
    "admin": frozenset({"converse", "schedule", "settings", "staff"}),
}
ROLES: tuple[Role, ...] = tuple(PERMISSIONS)


# Tasks that tell of a result: who sees no results does not see these either.
ABOUT_RESULTS = frozenset({"results", "urgent_result"})


def hidden_tasks(role: str) -> frozenset[str]:
    """Kinds of tasks that this role neither sees nor closes."""
    return frozenset() if may(role, "results_read") else ABOUT_RESULTS


def may(role: str, permission: Permission) -> bool:
    """Whether this role may do this. An unknown role may do nothing."""
    return permission in PERMISSIONS.get(role, frozenset())  # type: ignore[call-overload]
