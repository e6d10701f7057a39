"""Open pages hear of results"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A notice to the console when a result comes in or changes"""
    op.execute(
        """
        CREATE OR REPLACE FUNCTION notify_console_of_anything() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('console', '');
          RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE OR REPLACE TRIGGER notify_console AFTER "
        "INSERT OR UPDATE OF state, patient_id, mark, called_at, announced_at, first_opened_at ON result "
        "FOR EACH ROW EXECUTE FUNCTION notify_console_of_anything()"
    )


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP TRIGGER notify_console ON result")
    op.execute("DROP FUNCTION notify_console_of_anything")
