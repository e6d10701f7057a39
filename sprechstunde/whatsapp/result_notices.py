"""Telling a patient that a message waits, without a word of what it is; and the code that opens it.

The notice carries no link. Its button asks for one, and that tap opens the 24 h window through which the link and the
code can be sent: outside the window Meta lets only templates pass, and a code must not wait behind one.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from sprechstunde.conversations import service as conversations
from sprechstunde.patients import people
from sprechstunde.results import reading, releasing
from sprechstunde.tasks.service import open_task_in
from sprechstunde.whatsapp import limits, outbox, wording
from sprechstunde.whatsapp.content import Choice, Content, Document, Image, Option, Text

OPEN_MESSAGES = "/open_messages"
_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def announce(s: Session, result_id: UUID) -> int:
    """Tell everyone who acts for the patient, once; returns how many contacts are told.

    A patient without a contact becomes a task: somebody has to call. Raises UnknownResult, NotReleasable.
    """
    if not releasing.announced(s, result_id):
        return 0
    patient_id = reading.view(s, result_id).patient_id
    person = people.person(s, patient_id) if patient_id else None
    contacts = person.contact_ids if person else ()
    for contact_id in contacts:
        _send(s, contact_id, "message_ready", f"result-notice:{result_id}/{contact_id}")
    if not contacts:
        open_task_in(
            s,
            "callback",
            contact_id=None,
            patient_id=patient_id,
            note=None,
            idempotency_key=f"result-without-contact:{result_id}",
        )
    return len(contacts)


def announce_answer(s: Session, result_id: UUID, form_id: str) -> None:
    """Say that there is an answer below a result to whoever acts for its patient. Raises UnknownResult."""
    patient_id = reading.view(s, result_id).patient_id
    person = people.person(s, patient_id) if patient_id else None
    for contact_id in person.contact_ids if person else ():
        _send(s, contact_id, "answer_ready", f"result-answer:{result_id}/{form_id}/{contact_id}")


def send_code(s: Session, contact_id: UUID, code: str, language: str) -> None:
    """Send the code that the page asks for."""
    text = Text(wording.notice("code", language, code=code))
    outbox.enqueue(s, contact_id, [text], turn_key=f"result-code:{contact_id}/{code}")


def send_file(
    s: Session, contact_id: UUID, result_id: UUID, content: bytes, mime_type: str, tap: str
) -> None:
    """Send the file itself, under a name that says nothing; a second time only for another `tap`.

    Who agreed to it passed both checks a moment ago, so the 24 h window is open.
    """
    words = wording.notice("result_file", conversations.language_of(s, contact_id))
    file: Content
    if mime_type == "application/pdf" or len(content) > limits.MEDIA_BYTES["image"]:
        file = Document(content, neutral_name(result_id, mime_type), mime_type, words)
    else:
        file = Image(content, mime_type, words)
    outbox.enqueue(s, contact_id, [file], turn_key=f"result-file:{result_id}/{contact_id}/{tap}")


def neutral_name(result_id: UUID, mime_type: str) -> str:
    """A file name for a phone's list of downloads, which others may see."""
    return f"nachricht-{str(result_id)[:8]}.{_ENDINGS[mime_type]}"


def _send(s: Session, contact_id: UUID, name: str, key: str) -> None:
    language = conversations.language_of(s, contact_id)
    content: Content
    if conversations.service_window_open(s, contact_id):
        button = Option(wording.notice("open_button", language), OPEN_MESSAGES)
        content = Choice(wording.notice(name, language), (button,))
    else:
        content = wording.template("message_ready", language, OPEN_MESSAGES)
    outbox.enqueue(s, contact_id, [content], turn_key=key)
