"""Results that their sender has corrected or taken back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """When a result was overtaken, and by which"""
    op.add_column("result", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("result", sa.Column("superseded_by", postgresql.UUID(as_uuid=True), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("result", "superseded_by")
    op.drop_column("result", "superseded_at")
