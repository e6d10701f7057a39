"""What staff do with appointments: visits on top of others, who came and who did not; patients found by name"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ACTIONS = "'held', 'released', 'expired', 'booked', 'moved', 'cancelled'"


def upgrade() -> None:
    """Columns of the appointment, more that can happen to it, and the console hears of it"""
    op.add_column("appointment", sa.Column("overbooked_because", sa.LargeBinary(), nullable=True))
    op.add_column("appointment", sa.Column("attendance", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_appointment_attendance"), "appointment", "attendance IN ('arrived', 'no_show')"
    )
    op.create_index(
        "ix_appointment_day",
        "appointment",
        ["starts_at"],
        postgresql_where=sa.text("status IN ('booked', 'cancelled')"),
    )
    op.add_column("patient", sa.Column("search_hashes", postgresql.ARRAY(sa.LargeBinary()), nullable=True))
    op.create_index("ix_patient_search_hashes", "patient", ["search_hashes"], postgresql_using="gin")
    _actions(f"{ACTIONS}, 'arrived', 'no_show', 'unmarked'")
    op.execute(
        "CREATE OR REPLACE TRIGGER notify_console AFTER INSERT OR UPDATE ON appointment "
        "FOR EACH ROW EXECUTE FUNCTION notify_console()"
    )


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP TRIGGER notify_console ON appointment")
    op.execute("DELETE FROM appointment_history WHERE action IN ('arrived', 'no_show', 'unmarked')")
    _actions(ACTIONS)
    op.drop_index("ix_patient_search_hashes", table_name="patient")
    op.drop_column("patient", "search_hashes")
    op.drop_index("ix_appointment_day", table_name="appointment")
    op.drop_column("appointment", "attendance")
    op.drop_column("appointment", "overbooked_because")


def _actions(actions: str) -> None:
    op.drop_constraint(op.f("ck_appointment_history_action"), "appointment_history")
    op.create_check_constraint(
        op.f("ck_appointment_history_action"), "appointment_history", f"action IN ({actions})"
    )
