"""After an emergency a dialogue lies aside; "weiter" takes it up again."""

from __future__ import annotations

import re
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant.wishes import EMERGENCIES

PUT_ASIDE = "put_aside"
RESUME = "/resume_dialogue"
LONGEST = 8  # words: "so, alles gut. machen wir weiter mit dem termin"
GO_ON = re.compile(
    r"\b(?:weiter\w*|fortsetzen|fortfahren|"
    r"continue|go on|carry on|resume|back to|wo waren wir|where were we|zurück zum)\b",
    re.IGNORECASE,
)


def resumed(parsed: dict[str, Any], tracker: DialogueStateTracker | None) -> str | None:
    """The payload that takes up the dialogue put aside, where the words ask for it and are no new alarm."""
    if tracker is None or tracker.active_loop_name or not tracker.get_slot(PUT_ASIDE):
        return None
    text = parsed.get("text") or ""
    if (parsed.get("intent") or {}).get("name") in EMERGENCIES or len(text.split()) > LONGEST:
        return None
    return RESUME if GO_ON.search(text) else None
