"""What is not text: kept for staff and said so; what needs no answer gets none that disturbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from sprechstunde.clinic import service as clinic_service
from sprechstunde.tasks import service as tasks

from .clinic_info import Address
from .support import naming, whose
from .support.action import ClinicAction
from .support.promise import answered_by, away
from .support.turn import Turn

NOTE_LENGTH = 1000
# Several photos in a row are one matter for staff, and get one long answer.
ONE_MATTER = timedelta(minutes=30)
WHAT = {
    "media_image": "Foto",
    "media_audio": "Sprachnachricht",
    "media_video": "Video",
    "media_document": "Dokument",
}
RESPONSES = {
    "media_image": "utter_photo_taken",
    "media_audio": "utter_voice_taken",
    "media_document": "utter_document_taken",
}


class TakeNoteOfMedia(ClinicAction):
    """A photo, voice note, video or document: kept for staff, and said so."""

    action_name = "action_take_media"

    def perform(self, turn: Turn) -> list[EventType]:
        caption = turn.text.strip()
        what = WHAT.get(turn.intent, "Datei")
        taken = tasks.take_down(
            "other",
            contact_id=turn.contact_id,
            patient_id=whose.patient_meant(turn),
            note=f"{what}: {caption}"[:NOTE_LENGTH] if caption else what,
            within=ONE_MATTER,
            idempotency_key=turn.key("other"),
        )
        values: dict[str, Any] = {
            "by": answered_by(taken.task.due_at, turn.language),
            "away": away(turn.language),
            "phone": clinic_service.clinic().phone,
        }
        again = not taken.is_new and turn.slot("outcome") == f"{turn.intent}_taken"
        turn.say("utter_media_added" if again else RESPONSES.get(turn.intent, "utter_media_taken"), **values)
        return [*naming.ask(turn, taken.task), SlotSet("outcome", f"{turn.intent}_taken")]


class SeeLocation(ClinicAction):
    """A place on the map: after an emergency it belongs on the phone to 112, else it asks for the way."""

    action_name = "action_see_location"

    def perform(self, turn: Turn) -> list[EventType]:
        if turn.slot("outcome") == "emergency":
            turn.say("utter_location_in_emergency")
            return []
        turn.say("utter_location_seen")
        return Address().perform(turn)


class Smile(ClinicAction):
    """A sticker or a lone emoji: a smile back; in the middle of a dialogue its question alone is answer enough."""

    action_name = "action_smile"

    def perform(self, turn: Turn) -> list[EventType]:
        if not turn.active_form:
            turn.say("utter_sticker")
        return []
