"""Accounts of staff and who holds a conversation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FUNCTION = """
CREATE OR REPLACE FUNCTION notify_console() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('console', coalesce(NEW.contact_id::text, ''));
  RETURN NULL;
END $$
"""
TRIGGERS = {
    "inbound_message": "INSERT OR UPDATE OF state",
    "outbound_message": "INSERT OR UPDATE OF state, status",
    "task": "INSERT OR UPDATE",
    "conversation_care": "INSERT OR UPDATE",
    "staff_note": "INSERT",
}


def upgrade() -> None:
    """Accounts of staff and who holds a conversation"""
    op.create_table(
        "sign_in_failure",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=False),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('reception', 'nurse', 'doctor', 'admin')", name=op.f("ck_staff_member_role")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_staff_member_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_member_login")),
    )
    op.create_table(
        "conversation_care",
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("held_by", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_to", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("seen_inbound_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_conversation_care_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_conversation_care")),
    )
    op.create_index(
        op.f("ix_conversation_care_assigned_to"), "conversation_care", ["assigned_to"], unique=False
    )
    op.create_index(op.f("ix_conversation_care_held_by"), "conversation_care", ["held_by"], unique=False)
    op.create_table(
        "staff_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("staff_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_staff_note_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_staff_note_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_note")),
    )
    op.create_index(op.f("ix_staff_note_contact_id"), "staff_note", ["contact_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_session_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    op.drop_index(op.f("ix_inbound_message_contact_id"), table_name="inbound_message")
    op.create_index("ix_inbound_message_transcript", "inbound_message", ["contact_id", "id"], unique=False)
    op.add_column("outbound_message", sa.Column("author", postgresql.UUID(as_uuid=True), nullable=True))
    op.drop_index(op.f("ix_outbound_message_contact_id"), table_name="outbound_message")
    op.create_index("ix_outbound_message_transcript", "outbound_message", ["contact_id", "seq"], unique=False)
    op.create_index(op.f("ix_contact_last_inbound_at"), "contact", ["last_inbound_at"], unique=False)
    op.execute(FUNCTION)
    for table, when in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER notify_console AFTER {when} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION notify_console()"
        )


def downgrade() -> None:
    """Undo it."""
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER notify_console ON {table}")
    op.execute("DROP FUNCTION notify_console")
    op.drop_index(op.f("ix_contact_last_inbound_at"), table_name="contact")
    op.drop_index("ix_outbound_message_transcript", table_name="outbound_message")
    op.create_index(op.f("ix_outbound_message_contact_id"), "outbound_message", ["contact_id"], unique=False)
    op.drop_column("outbound_message", "author")
    op.drop_index("ix_inbound_message_transcript", table_name="inbound_message")
    op.create_index(op.f("ix_inbound_message_contact_id"), "inbound_message", ["contact_id"], unique=False)
    op.drop_index(op.f("ix_staff_session_staff_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index(op.f("ix_staff_note_contact_id"), table_name="staff_note")
    op.drop_table("staff_note")
    op.drop_index(op.f("ix_conversation_care_held_by"), table_name="conversation_care")
    op.drop_index(op.f("ix_conversation_care_assigned_to"), table_name="conversation_care")
    op.drop_table("conversation_care")
    op.drop_table("staff_member")
    op.drop_table("sign_in_failure")
