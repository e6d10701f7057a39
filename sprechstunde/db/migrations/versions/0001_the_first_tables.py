"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first tables"""
    op.create_table(
        "clinic_revision",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_clinic_revision")),
    )
    op.create_table(
        "data_key",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name=op.f("ck_data_key_destroyed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_key")),
    )
    op.create_table(
        "delivery_status",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("wamid_hash", sa.LargeBinary(), nullable=False),
        sa.Column("callback", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error_title", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_status")),
        sa.UniqueConstraint("wamid_hash", "status", name=op.f("uq_delivery_status_wamid_hash_status")),
    )
    op.create_index(op.f("ix_delivery_status_callback"), "delivery_status", ["callback"], unique=False)
    op.create_table(
        "location",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_location")),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lanes", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.CheckConstraint("lanes >= 1", name=op.f("ck_resource_lanes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("code", name=op.f("uq_resource_code")),
    )
    op.create_table(
        "send_rate",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_send_rate")),
    )
    op.create_table(
        "send_stop",
        sa.Column("phone_number_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("phone_number_id", name=op.f("pk_send_stop")),
    )
    op.create_table(
        "visit_type",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("bring", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_visit_type")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("source", sa.Text(), server_default="file", nullable=False),
        sa.CheckConstraint("(start_time IS NULL) = (end_time IS NULL)", name=op.f("ck_absence_times")),
        sa.CheckConstraint("yearly OR first_day <= last_day", name=op.f("ck_absence_days")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_absence_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(
        "ix_absence_resource_id_days", "absence", ["resource_id", "first_day", "last_day"], unique=False
    )
    op.create_table(
        "contact",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_hash", sa.LargeBinary(), nullable=True),
        sa.Column("user_id", sa.LargeBinary(), nullable=True),
        sa.Column("user_id_hash", sa.LargeBinary(), nullable=True),
        sa.Column("profile_name", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_contact_key_id")),
        sa.ForeignKeyConstraint(["merged_into"], ["contact.id"], name=op.f("fk_contact_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("phone_hash", name=op.f("uq_contact_phone_hash")),
        sa.UniqueConstraint("user_id_hash", name=op.f("uq_contact_user_id_hash")),
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("end_time", sa.Time(), nullable=False),
        sa.Column("only", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("source", sa.Text(), server_default="file", nullable=False),
        sa.CheckConstraint("start_time < end_time", name=op.f("ck_opening_times")),
        sa.ForeignKeyConstraint(["location"], ["location.code"], name=op.f("fk_opening_location")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_opening_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index("ix_opening_resource_id_day", "opening", ["resource_id", "day"], unique=False)
    op.create_table(
        "patient",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("given_name", sa.LargeBinary(), nullable=True),
        sa.Column("family_name", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date", sa.LargeBinary(), nullable=True),
        sa.Column("insurance_kind", sa.LargeBinary(), nullable=True),
        sa.Column("insurer", sa.LargeBinary(), nullable=True),
        sa.Column("known_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_hash", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_patient_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("idempotency_hash", name=op.f("uq_patient_idempotency_hash")),
    )
    op.create_table(
        "weekly_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("end_time", sa.Time(), nullable=False),
        sa.Column("only", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("start_time < end_time", name=op.f("ck_weekly_rule_times")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_weekly_rule_weekday")),
        sa.ForeignKeyConstraint(["location"], ["location.code"], name=op.f("fk_weekly_rule_location")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_weekly_rule_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_rule")),
    )
    op.create_index(op.f("ix_weekly_rule_resource_id"), "weekly_rule", ["resource_id"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("visit_type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "during",
            postgresql.TSTZRANGE(),
            sa.Computed("tstzrange(blocked_from, blocked_until, '[)')", persisted=True),
            nullable=False,
        ),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("patient_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.CheckConstraint(
            "status <> 'booked' OR patient_id IS NOT NULL", name=op.f("ck_appointment_booked_for")
        ),
        sa.CheckConstraint(
            "status <> 'held' OR expires_at IS NOT NULL", name=op.f("ck_appointment_held_expires")
        ),
        sa.CheckConstraint(
            "status IN ('held', 'booked', 'cancelled', 'released', 'expired')",
            name=op.f("ck_appointment_status"),
        ),
        sa.CheckConstraint(
            "blocked_from <= starts_at AND ends_at <= blocked_until", name=op.f("ck_appointment_buffers")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointment_times")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_appointment_contact_id")),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_appointment_key_id")),
        sa.ForeignKeyConstraint(["location"], ["location.code"], name=op.f("fk_appointment_location")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_appointment_patient_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_appointment_resource_id")),
        sa.ForeignKeyConstraint(["visit_type"], ["visit_type.code"], name=op.f("fk_appointment_visit_type")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(
        "ix_appointment_busy",
        "appointment",
        ["resource_id", "starts_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('held', 'booked')"),
        postgresql_include=["lane", "status", "expires_at", "blocked_from", "blocked_until"],
    )
    op.create_index("ix_appointment_contact_id_status", "appointment", ["contact_id", "status"], unique=False)
    op.create_index(op.f("ix_appointment_patient_id"), "appointment", ["patient_id"], unique=False)
    op.create_table(
        "contact_patient",
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("patient_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("relationship", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "relationship IN ('self', 'child', 'parent', 'partner', 'other')",
            name=op.f("ck_contact_patient_relationship"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_patient_contact_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_contact_patient_patient_id")),
        sa.PrimaryKeyConstraint("contact_id", "patient_id", name=op.f("pk_contact_patient")),
    )
    op.create_index(op.f("ix_contact_patient_patient_id"), "contact_patient", ["patient_id"], unique=False)
    op.create_table(
        "conversation_event",
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_session", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_conversation_event_contact_id")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_conversation_event_key_id")),
        sa.PrimaryKeyConstraint("contact_id", "seq", name=op.f("pk_conversation_event")),
    )
    op.create_index(
        "ix_conversation_event_session",
        "conversation_event",
        ["contact_id", "seq"],
        unique=True,
        postgresql_where=sa.text("starts_session"),
    )
    op.create_table(
        "inbound_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("wamid_hash", sa.LargeBinary(), nullable=True),
        sa.Column("wamid", sa.LargeBinary(), nullable=True),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("about_hash", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_inbound_message_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_inbound_message_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_message")),
        sa.UniqueConstraint("wamid_hash", name=op.f("uq_inbound_message_wamid_hash")),
    )
    op.create_index(op.f("ix_inbound_message_about_hash"), "inbound_message", ["about_hash"], unique=False)
    op.create_index(op.f("ix_inbound_message_contact_id"), "inbound_message", ["contact_id"], unique=False)
    op.create_index(
        "ix_inbound_message_pending",
        "inbound_message",
        ["contact_id", "sent_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_inbound_message_raw",
        "inbound_message",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("raw IS NOT NULL"),
    )
    op.create_table(
        "inbound_media",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("mime_type", sa.Text(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_inbound_media_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_inbound_media_key_id")),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["inbound_message.id"],
            name=op.f("fk_inbound_media_message_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_media")),
        sa.UniqueConstraint("message_id", name=op.f("uq_inbound_media_message_id")),
    )
    op.create_index(op.f("ix_inbound_media_contact_id"), "inbound_media", ["contact_id"], unique=False)
    op.create_index(
        "ix_inbound_media_pending",
        "inbound_media",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "issued_reply",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("outbound_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_issued_reply_contact_id")),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_issued_reply_key_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_issued_reply")),
    )
    op.create_index(op.f("ix_issued_reply_contact_id"), "issued_reply", ["contact_id"], unique=False)
    op.create_index(op.f("ix_issued_reply_expires_at"), "issued_reply", ["expires_at"], unique=False)
    op.create_index(op.f("ix_issued_reply_outbound_id"), "issued_reply", ["outbound_id"], unique=False)
    op.create_table(
        "outbound_message",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("turn_hash", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("media_id", sa.Text(), nullable=True),
        sa.Column("wamid_hash", sa.LargeBinary(), nullable=True),
        sa.Column("wamid", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sending_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error_title", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_outbound_message_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_outbound_message_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_message")),
        sa.UniqueConstraint("seq", name=op.f("uq_outbound_message_seq")),
        sa.UniqueConstraint("turn_hash", "position", name=op.f("uq_outbound_message_turn_hash_position")),
        sa.UniqueConstraint("wamid_hash", name=op.f("uq_outbound_message_wamid_hash")),
    )
    op.create_index(op.f("ix_outbound_message_contact_id"), "outbound_message", ["contact_id"], unique=False)
    op.create_index(
        "ix_outbound_message_open",
        "outbound_message",
        ["contact_id", "seq"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index(
        "ix_outbound_message_unreported",
        "outbound_message",
        ["contact_id"],
        unique=False,
        postgresql_where=sa.text("state IN ('failed', 'needs_template') AND reported_at IS NULL"),
    )
    op.create_table(
        "task",
        sa.Column("id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("patient_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("idempotency_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('human', 'prescription', 'sick_note', 'results', 'callback', 'emergency', 'other', 'delivery')",
            name=op.f("ck_task_kind"),
        ),
        sa.CheckConstraint("state IN ('open', 'done')", name=op.f("ck_task_state")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_task_contact_id")),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_task_key_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_task_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("idempotency_hash", name=op.f("uq_task_idempotency_hash")),
    )
    op.create_index(op.f("ix_task_contact_id"), "task", ["contact_id"], unique=False)
    op.create_index(
        "ix_task_open", "task", ["urgent", "due_at"], unique=False, postgresql_where=sa.text("state = 'open'")
    )
    op.create_index(op.f("ix_task_patient_id"), "task", ["patient_id"], unique=False)
    # No two appointments overlap in a lane of a practitioner; without btree_gist, numbers become ranges of one.
    op.execute(
        "ALTER TABLE appointment ADD CONSTRAINT ex_appointment_no_overlap EXCLUDE USING gist ("
        "int8range(resource_id, resource_id, '[]') WITH =, int4range(lane, lane, '[]') WITH =, during WITH &&)"
        " WHERE (status IN ('held', 'booked'))"
    )
    op.create_table(
        "appointment_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("appointment_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("contact_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_resource_id", sa.BigInteger(), nullable=True),
        sa.Column("old_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("idempotency_hash", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.CheckConstraint(
            "action IN ('held', 'released', 'expired', 'booked', 'moved', 'cancelled')",
            name=op.f("ck_appointment_history_action"),
        ),
        sa.CheckConstraint(
            "actor IN ('patient', 'staff', 'system')", name=op.f("ck_appointment_history_actor")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_history_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_appointment_history_contact_id")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_appointment_history_key_id")),
        sa.ForeignKeyConstraint(
            ["old_resource_id"], ["resource.id"], name=op.f("fk_appointment_history_old_resource_id")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_appointment_history_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_history")),
        sa.UniqueConstraint(
            "contact_id",
            "action",
            "idempotency_hash",
            name=op.f("uq_appointment_history_contact_id_action_idempotency_hash"),
        ),
    )
    op.create_index(
        op.f("ix_appointment_history_appointment_id"), "appointment_history", ["appointment_id"], unique=False
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_appointment_history_appointment_id"), table_name="appointment_history")
    op.drop_table("appointment_history")
    op.drop_index(op.f("ix_task_patient_id"), table_name="task")
    op.drop_index("ix_task_open", table_name="task", postgresql_where=sa.text("state = 'open'"))
    op.drop_index(op.f("ix_task_contact_id"), table_name="task")
    op.drop_table("task")
    op.drop_index(
        "ix_outbound_message_unreported",
        table_name="outbound_message",
        postgresql_where=sa.text("state IN ('failed', 'needs_template') AND reported_at IS NULL"),
    )
    op.drop_index(
        "ix_outbound_message_open",
        table_name="outbound_message",
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.drop_index(op.f("ix_outbound_message_contact_id"), table_name="outbound_message")
    op.drop_table("outbound_message")
    op.drop_index(op.f("ix_issued_reply_outbound_id"), table_name="issued_reply")
    op.drop_index(op.f("ix_issued_reply_expires_at"), table_name="issued_reply")
    op.drop_index(op.f("ix_issued_reply_contact_id"), table_name="issued_reply")
    op.drop_table("issued_reply")
    op.drop_index(
        "ix_inbound_media_pending",
        table_name="inbound_media",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(op.f("ix_inbound_media_contact_id"), table_name="inbound_media")
    op.drop_table("inbound_media")
    op.drop_index(
        "ix_inbound_message_raw", table_name="inbound_message", postgresql_where=sa.text("raw IS NOT NULL")
    )
    op.drop_index(
        "ix_inbound_message_pending",
        table_name="inbound_message",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(op.f("ix_inbound_message_contact_id"), table_name="inbound_message")
    op.drop_index(op.f("ix_inbound_message_about_hash"), table_name="inbound_message")
    op.drop_table("inbound_message")
    op.drop_index(
        "ix_conversation_event_session",
        table_name="conversation_event",
        postgresql_where=sa.text("starts_session"),
    )
    op.drop_table("conversation_event")
    op.drop_index(op.f("ix_contact_patient_patient_id"), table_name="contact_patient")
    op.drop_table("contact_patient")
    op.drop_index(op.f("ix_appointment_patient_id"), table_name="appointment")
    op.drop_index("ix_appointment_contact_id_status", table_name="appointment")
    op.drop_index(
        "ix_appointment_busy",
        table_name="appointment",
        postgresql_where=sa.text("status IN ('held', 'booked')"),
        postgresql_include=["lane", "status", "expires_at", "blocked_from", "blocked_until"],
    )
    op.drop_table("appointment")
    op.drop_index(op.f("ix_weekly_rule_resource_id"), table_name="weekly_rule")
    op.drop_table("weekly_rule")
    op.drop_table("patient")
    op.drop_index("ix_opening_resource_id_day", table_name="opening")
    op.drop_table("opening")
    op.drop_table("contact")
    op.drop_index("ix_absence_resource_id_days", table_name="absence")
    op.drop_table("absence")
    op.drop_table("visit_type")
    op.drop_table("send_stop")
    op.drop_table("send_rate")
    op.drop_table("resource")
    op.drop_table("location")
    op.drop_index(op.f("ix_delivery_status_callback"), table_name="delivery_status")
    op.drop_table("delivery_status")
    op.drop_table("data_key")
    op.drop_table("clinic_revision")
