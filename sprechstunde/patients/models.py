"""Tables of patients, and of who may act for whom."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY

from sprechstunde.db import Base, EncryptedText, Keyed, LookupHash, Timestamp, Uuid

RELATIONSHIPS = ("self", "child", "parent", "partner", "other")
GENDERS = ("male", "female", "other", "unknown")  # FHIR AdministrativeGender
INSURANCE_KINDS = ("statutory", "private", "self_pay")


class Patient(Keyed, Base):
    """A person with a data key of her own. `birth_date` is an ISO date; `known_since`: staff know the person."""

    __tablename__ = "patient"
    __table_args__ = (Index("ix_patient_search_hashes", "search_hashes", postgresql_using="gin"),)

    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    given_name = Column(EncryptedText)
    family_name = Column(EncryptedText)
    birth_date = Column(EncryptedText)
    gender = Column(EncryptedText)
    insurance_kind = Column(EncryptedText)
    insurer = Column(EncryptedText)
    known_since = Column(Timestamp)
    created_at = Column(Timestamp, nullable=False)
    changed_at = Column(Timestamp, nullable=False)
    idempotency_hash = Column(LookupHash, unique=True)
    person_hash = Column(LookupHash, index=True)  # name and birth date; rows of one person share it
    search_hashes = Column(ARRAY(LargeBinary))  # beginnings of names, birth date (see search.py)


class ContactPatient(Base):
    """A contact acts for a patient, as the patient's `relationship` to the contact ("child": of the contact)."""

    __tablename__ = "contact_patient"
    __table_args__ = (
        CheckConstraint(
            "relationship IN ('self', 'child', 'parent', 'partner', 'other')", name="relationship"
        ),
    )

    contact_id = Column(Uuid, ForeignKey("contact.id"), primary_key=True)
    patient_id = Column(Uuid, ForeignKey("patient.id"), primary_key=True, index=True)
    relationship = Column(Text, nullable=False)
    created_at = Column(Timestamp, nullable=False)
