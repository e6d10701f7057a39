"""Messages that wait for the person who holds the conversation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Which messages wait, and until when an answer is due"""
    op.add_column("conversation_care", sa.Column("unanswered_from", sa.BigInteger(), nullable=True))
    op.add_column("conversation_care", sa.Column("unanswered_to", sa.BigInteger(), nullable=True))
    op.add_column("conversation_care", sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo it."""
    for column in ("answer_due_at", "unanswered_to", "unanswered_from"):
        op.drop_column("conversation_care", column)
