"""Rows and buttons that an action adds to a response."""

from __future__ import annotations

import json

TITLE, DESCRIPTION = 24, 72  # WhatsApp's limits for a list row


def row(title: str, intent: str, description: str = "", **entities: str) -> dict[str, str]:
    """A row that, when tapped, comes back as `intent` with these entities."""
    payload = f"/{intent}{json.dumps(entities)}" if entities else f"/{intent}"
    made = {"title": title[:TITLE], "payload": payload, "place": "row"}
    if description:
        made["description"] = description[:DESCRIPTION]
    return made
