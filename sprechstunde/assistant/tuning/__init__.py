"""What makes Rasa light and quick in our processes; each module takes one measured cost away.

Call `apply()` before importing anything of Rasa. Plain `rasa …` commands are not affected.
"""

from __future__ import annotations

import logging
import os

from sprechstunde import ports
from sprechstunde.assistant.tuning import without_tensorflow


def apply() -> None:
    """Keep TensorFlow out, telemetry off, and spare what Rasa would do again in every turn. Idempotent."""
    # Rasa reports usage to a third party unless told otherwise: a practice must opt in to that, not out.
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    ports.export()  # endpoints.yml reads ${ACTIONS_PORT}
    without_tensorflow.install()

    from sprechstunde.assistant.tuning import (
        action_results,
        applied_events,
        event_types,
        growing_states,
        latest_events,
        memoized_stories,
        no_debug_copies,
        rules_by_action,
        slot_copies,
        straight_graph,
    )

    for measured in (
        action_results,
        applied_events,
        event_types,
        growing_states,
        latest_events,
        memoized_stories,
        no_debug_copies,
        rules_by_action,
        slot_copies,
        straight_graph,
    ):
        measured.install()
    _quiet_logs()


def _quiet_logs() -> None:
    """Rasa's structured log prints every debug line, patients' words included, until it is configured."""
    import structlog
    from rasa.utils.log_utils import configure_structlog

    if not structlog.is_configured():
        configure_structlog(logging.WARNING)
