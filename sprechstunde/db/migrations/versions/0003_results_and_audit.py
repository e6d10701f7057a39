"""Results, their links and threads, and the audit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = "'human', 'prescription', 'sick_note', 'results', 'callback', 'emergency', 'other', 'delivery'"


def upgrade() -> None:
    """Results, their links and threads, and the audit"""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(
        "ix_audit_entry_subject", "audit_entry", ["subject_kind", "subject_id", "id"], unique=False
    )
    op.create_table(
        "sending_system",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_system")),
        sa.UniqueConstraint("name", name=op.f("uq_sending_system_name")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sending_system_token_hash")),
    )
    op.create_table(
        "result",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_hash", sa.LargeBinary(), nullable=False),
        sa.Column("patient_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("claimed", sa.LargeBinary(), nullable=False),
        sa.Column("kind_of_test", sa.LargeBinary(), nullable=False),
        sa.Column("taken_on", sa.LargeBinary(), nullable=True),
        sa.Column("practitioner", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.CheckConstraint("mark IN ('fine', 'discuss', 'urgent')", name=op.f("ck_result_mark")),
        sa.CheckConstraint(
            "state <> 'released' OR (patient_id IS NOT NULL AND mark IS NOT NULL)",
            name=op.f("ck_result_released"),
        ),
        sa.CheckConstraint("state IN ('received', 'released', 'withdrawn')", name=op.f("ck_result_state")),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_result_key_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_result_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("external_hash", name=op.f("uq_result_external_hash")),
    )
    op.create_index("ix_result_patient", "result", ["patient_id", "released_at"], unique=False)
    op.create_index(
        "ix_result_waiting",
        "result",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_table(
        "result_guard",
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("patient_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_result_guard_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_result_guard_patient_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "patient_id", name=op.f("pk_result_guard")),
    )
    op.create_table(
        "result_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("patient_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checking_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_failures", sa.Integer(), nullable=False),
        sa.Column("codes_sent", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("viewer_hash", sa.LargeBinary(), nullable=True),
        sa.Column("viewer_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_result_link_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_result_link_patient_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_result_link")),
        sa.UniqueConstraint("viewer_hash", name=op.f("uq_result_link_viewer_hash")),
    )
    op.create_index("ix_result_link_whose", "result_link", ["contact_id", "patient_id"], unique=False)
    op.create_table(
        "result_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("result_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("staff_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_result_message_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_result_message_key_id")),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name=op.f("fk_result_message_result_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_message")),
        sa.UniqueConstraint("idempotency_hash", name=op.f("uq_result_message_idempotency_hash")),
    )
    op.create_index("ix_result_message_result", "result_message", ["result_id", "id"], unique=False)
    op.add_column("patient", sa.Column("person_hash", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_patient_person_hash"), "patient", ["person_hash"], unique=False)
    _task_kinds(BEFORE + ", 'urgent_result'")


def downgrade() -> None:
    """Undo it."""
    op.execute("UPDATE task SET kind = 'results' WHERE kind = 'urgent_result'")
    _task_kinds(BEFORE)
    op.drop_index(op.f("ix_patient_person_hash"), table_name="patient")
    op.drop_column("patient", "person_hash")
    op.drop_index("ix_result_message_result", table_name="result_message")
    op.drop_table("result_message")
    op.drop_index("ix_result_link_whose", table_name="result_link")
    op.drop_table("result_link")
    op.drop_table("result_guard")
    op.drop_index("ix_result_waiting", table_name="result", postgresql_where=sa.text("state = 'received'"))
    op.drop_index("ix_result_patient", table_name="result")
    op.drop_table("result")
    op.drop_table("sending_system")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_table("audit_entry")


def _task_kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_task_kind"), "task")
    op.create_check_constraint(op.f("ck_task_kind"), "task", f"kind IN ({kinds})")
