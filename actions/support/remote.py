"""A visit by phone or video, wished for along with an appointment: what the practice says about it, then go on."""

from __future__ import annotations

from sprechstunde.assistant.around_visits import beside_a_visit, topic_of
from sprechstunde.clinic import service as clinic_service

from .turn import Turn


def say(turn: Turn) -> None:
    """Say it where the message that begins a booking asks for it."""
    note = clinic_service.clinic().notes.get("remote", {}).get(turn.language)
    asks = not turn.is_tap and topic_of(turn.text) == "remote"
    if note and asks and beside_a_visit(turn.text, turn.spans(frozenset({"visit_type"}))):
        turn.say("utter_around_visit", note=note)
