"""The gender of patients, where somebody said so"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The gender of patients, where somebody said so"""
    op.add_column("patient", sa.Column("gender", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("patient", "gender")
