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
# For what belongs to no contact: anything may have changed.
FUNCTION_FOR_ALL = """
CREATE OR REPLACE FUNCTION notify_console_of_anything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('console', '');
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
TRIGGERS_FOR_ALL = {
    "result": "INSERT OR UPDATE OF state, patient_id, mark, called_at, announced_at, first_opened_at",
}


def trigger(table: str) -> str:
    """The statement that makes the table's trigger."""
    when = TRIGGERS.get(table) or TRIGGERS_FOR_ALL[table]
    function = "notify_console" if table in TRIGGERS else "notify_console_of_anything"
    return (
        f"CREATE OR REPLACE TRIGGER notify_console AFTER {when} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


# Databases made from the models (tests) get them, too; migrations bring them to all others.
for _function in (FUNCTION, FUNCTION_FOR_ALL):
    event.listen(metadata, "after_create", DDL(_function))
for _table in (*TRIGGERS, *TRIGGERS_FOR_ALL):
    event.listen(metadata, "after_create", DDL(trigger(_table)))
