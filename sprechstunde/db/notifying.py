"""PostgreSQL tells who listens on `console` which contact something changed for: its id, never content."""

from __future__ import annotations

from sqlalchemy import DDL, event

from sprechstunde.db.base import metadata

CHANNEL = "console"
FUNCTION = """
CREATE OR REPLACE FUNCTION notify_console() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('console', coalesce(NEW.contact_id::text, ''));
  RETURN NULL;
END $$
"""
# Only what shows on a page: not each note that a message was picked up.
TRIGGERS = {
    "inbound_message": "INSERT OR UPDATE OF state",
    "outbound_message": "INSERT OR UPDATE OF state, status",
    "task": "INSERT OR UPDATE",
    "conversation_care": "INSERT OR UPDATE",
    "appointment": "INSERT OR UPDATE",
    "staff_note": "INSERT",
}


def trigger(table: str) -> str:
    """The statement that makes the table's trigger."""
    return (
        f"CREATE OR REPLACE TRIGGER notify_console AFTER {TRIGGERS[table]} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION notify_console()"
    )


# Databases made from the models (tests) get them, too; migrations bring them to all others.
event.listen(metadata, "after_create", DDL(FUNCTION))
for _table in TRIGGERS:
    event.listen(metadata, "after_create", DDL(trigger(_table)))
