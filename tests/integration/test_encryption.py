"""What the database holds of patients can't be read without the key."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from sprechstunde import clock
from sprechstunde.conversations import service as conversations
from sprechstunde.conversations.models import Contact, ConversationEvent
from sprechstunde.db import (
    KeyDestroyed,
    WrongMasterKey,
    destroy_key,
    lookup_hash,
    new_data_key,
    sealed,
    transaction,
)
from sprechstunde.db.keys import forget_cached_keys, rewrap
from sprechstunde.db.models import DataKey
from sprechstunde.db.registry import load_models
from sprechstunde.db.types import Keyed
from sprechstunde.patients import service as patients
from sprechstunde.patients.models import Patient
from sprechstunde.settings import reset_settings
from sprechstunde.tasks import service as tasks
from tests.conftest import SECRET_KEY
from tests.raw_dump import raw_dump

PHONE, USER = "491711234567", "DE.Geheim42"
SECRETS = [
    PHONE,
    USER,
    "Wilhelmine",
    "Übelhör",
    "1980-05-17",
    "17.05.1980",
    "Ibuprofen 800",
    "Fußpilz",
    "BKK Firmus",
]

pytestmark = pytest.mark.usefixtures("frozen_clock")


@pytest.fixture
def contact_id(database):
    """A contact with a patient, a task and a conversation."""
    with transaction() as s:
        contact = conversations.contact_for(s, phone=PHONE, user_id=USER, profile_name="Wilhelmine Ü.")
        conversations.append_turn(
            s, contact.id, [{"text": "Ich habe Fußpilz, geb. 17.05.1980"}], seq=0, starts_session=True
        )
    patient = patients.register(
        contact.id,
        name="Wilhelmine Übelhör",
        birth_date=date(1980, 5, 17),
        insurance_kind="private",
        insurer="BKK Firmus",
        idempotency_key=f"wamid.{PHONE}/register",
    )
    tasks.open_task(
        "prescription",
        contact_id=contact.id,
        patient_id=patient.id,
        note="Ibuprofen 800",
        due_at=clock.now() + timedelta(hours=1),
        idempotency_key=f"wamid.{PHONE}/prescription",
    )
    return contact.id


def test_a_dump_of_the_tables_holds_no_content_of_patients(database, contact_id):
    dump = raw_dump(database)
    assert str(contact_id).encode() in dump
    assert [secret for secret in SECRETS if secret.encode() in dump] == []
    assert [p.full_name for p in patients.patients_of(contact_id)] == ["Wilhelmine Übelhör"]


def test_equal_values_do_not_look_equal(database, contact_id):
    other = patients.register(
        contact_id,
        name="Wilhelmine Übelhör",
        birth_date=date(2011, 5, 17),
        insurance_kind="private",
        insurer="BKK Firmus",
        idempotency_key="2",
    )
    with transaction() as s:
        stored = s.execute(text("SELECT family_name FROM patient")).scalars().all()
    assert other.family_name == "Übelhör"
    assert len({bytes(value) for value in stored}) == 2


def test_every_row_with_encrypted_columns_names_its_key():
    tables = [
        m for m in load_models().sorted_tables if any("Encrypted" in type(c.type).__name__ for c in m.columns)
    ]
    assert len(tables) >= 5
    assert [t.name for t in tables if "key_id" not in t.columns] == []
    assert issubclass(Patient, Keyed)


def test_destroying_a_patients_key_erases_her_and_nobody_else(contact_id):
    with transaction() as s:
        patient = s.execute(select(Patient)).scalar_one()
        destroy_key(s, patient.key_id)
    forget_cached_keys()
    with transaction() as s:
        patient = s.execute(select(Patient)).scalar_one()
        assert (patient.given_name, patient.family_name, patient.birth_date, patient.insurer) == (None,) * 4
        assert conversations.contact_address(s, contact_id).phone == PHONE
    assert patients.patients_of(contact_id) == []


def test_destroying_a_contacts_key_erases_conversation_and_notes(contact_id):
    with transaction() as s:
        destroy_key(s, conversations.key_of(s, contact_id))
    with transaction() as s:
        assert conversations.load_session(s, contact_id)[0] == []
        assert conversations.contact_address(s, contact_id) == conversations.Address(None, None)
    assert [task.note for task in tasks.open_tasks()] == [None]


def test_nothing_can_be_written_under_a_destroyed_key(contact_id):
    with transaction() as s:
        destroy_key(s, conversations.key_of(s, contact_id))
    with pytest.raises(Exception, match="destroyed") as raised, transaction() as s:
        conversations.append_turn(s, contact_id, [{}], seq=1, starts_session=False)
    assert isinstance(raised.value, KeyDestroyed) or isinstance(raised.value.__cause__, KeyDestroyed)


def test_a_destruction_that_was_rolled_back_did_not_happen(contact_id):
    with transaction() as s:
        destroy_key(s, conversations.key_of(s, contact_id))
        s.rollback()
    with transaction() as s:
        assert conversations.contact_address(s, contact_id).phone == PHONE


def use_master_key(monkeypatch, value):
    monkeypatch.setenv("SPRECHSTUNDE_SECRET_KEY", value)
    reset_settings()
    forget_cached_keys()


def test_a_wrong_master_key_says_so_instead_of_finding_nobody(contact_id, monkeypatch):
    use_master_key(monkeypatch, "x" * 40)
    with pytest.raises(WrongMasterKey, match="SPRECHSTUNDE_SECRET_KEY"):
        patients.patients_of(contact_id)
    with pytest.raises(WrongMasterKey), transaction() as s:
        conversations.contact_for(s, phone=PHONE, user_id=None)


def test_the_master_key_can_be_replaced(contact_id, monkeypatch):
    with transaction() as s:
        assert rewrap(s, SECRET_KEY.encode(), b"y" * 40) >= 3
    use_master_key(monkeypatch, "y" * 40)
    assert [p.full_name for p in patients.patients_of(contact_id)] == ["Wilhelmine Übelhör"]
    with transaction() as s:
        assert conversations.contact_for(s, phone=PHONE, user_id=None).id == contact_id


def test_tampering_is_noticed(contact_id):
    with transaction() as s:
        s.execute(
            text("UPDATE patient SET family_name = set_byte(family_name, 40, get_byte(family_name, 40) # 1)")
        )
    with pytest.raises(Exception) as raised:
        patients.patients_of(contact_id)
    assert "InvalidTag" in repr(raised.value) or "InvalidTag" in repr(raised.value.__cause__)


def test_a_value_can_not_slip_past_encryption(contact_id):
    with transaction() as s:
        key_id = conversations.key_of(s, contact_id)
        with pytest.raises(Exception, match="sealed"), s.begin_nested():
            s.execute(
                update(Patient).values(given_name="Klartext").execution_options(synchronize_session=False)
            )
        statement = insert(ConversationEvent).values(
            contact_id=contact_id,
            key_id=key_id,
            seq=1,
            starts_session=False,
            at=clock.now(),
            body=sealed(key_id, [{"text": "über SQL"}]),
        )
        s.execute(statement)
    with transaction() as s:
        assert conversations.load_session(s, contact_id)[0][-1] == [{"text": "über SQL"}]


def test_a_row_reads_plain_before_and_after_it_is_stored(database):
    with transaction() as s:
        contact = Contact(key_id=new_data_key(s), profile_name="Ünal 🙂\x00\ud83d", created_at=clock.now())
        s.add(contact)
        s.flush()
        assert contact.profile_name == "Ünal 🙂\x00\ud83d"
        contact.profile_name = "Neu"
        s.flush()
        s.expire(contact)
        assert contact.profile_name == "Neu"
        contact.profile_name = None
        s.flush()
        s.expire(contact)
        assert contact.profile_name is None


def test_a_row_that_passes_to_another_key_goes_with_it(contact_id):
    with transaction() as s:
        old, new = conversations.key_of(s, contact_id), new_data_key(s)
        s.get(Contact, contact_id).key_id = new
    with transaction() as s:
        destroy_key(s, old)
    with transaction() as s:
        contact = s.get(Contact, contact_id)
        assert (contact.phone, contact.profile_name) == (PHONE, "Wilhelmine Ü.")
        destroy_key(s, new)
    with transaction() as s:
        assert s.get(Contact, contact_id).phone is None


def test_a_row_without_a_key_is_refused(database):
    with pytest.raises(TypeError, match="key_id must be set"), transaction() as s:
        s.add(Contact(profile_name="Anna", created_at=clock.now()))


def test_blind_indexes_of_different_kinds_tell_nothing_about_each_other(database):
    assert lookup_hash("phone", PHONE) == lookup_hash("phone", PHONE)
    assert lookup_hash("phone", PHONE) != lookup_hash("insurance", PHONE)
    assert len(lookup_hash("phone", PHONE)) == 32


def test_a_missing_key_is_an_error_not_an_erasure(contact_id):
    with transaction() as s:
        s.execute(text("ALTER TABLE patient DROP CONSTRAINT fk_patient_key_id"))
        key = s.execute(select(Patient.key_id)).scalar_one()
        s.execute(delete(DataKey).where(DataKey.id == key).execution_options(synchronize_session=False))
    forget_cached_keys()
    with pytest.raises(Exception, match="does not exist"), transaction() as s:
        s.execute(select(Patient)).scalar_one()
