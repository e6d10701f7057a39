"""What a message wants: its steps in the order to take them, each a message of its own to Rasa."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker

from sprechstunde.assistant import (
    alike,
    around_visits,
    beside,
    foreign,
    holding_on,
    people,
    telegrams,
    typed_code,
    visits,
)
from sprechstunde.assistant.following_up import followed_up
from sprechstunde.assistant.inbound import YES_OR_NO, as_parsed, commands, fixed_intent, nodded, words_of
from sprechstunde.assistant.introducing import introduction
from sprechstunde.assistant.keeping import kept
from sprechstunde.assistant.moving_over import moved_over
from sprechstunde.assistant.nlu.language_words import is_everyday
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.assistant.pointing import accepted, pointed_at
from sprechstunde.assistant.resuming import resumed
from sprechstunde.assistant.settling import agreed, keep_language, meant_to_cancel
from sprechstunde.assistant.waiting import Remembered, followed_by_more, in_place, noted, remember
from sprechstunde.assistant.wishes import DIALOGUES, EMERGENCIES, Wish, wishes_in
from sprechstunde.clinic import service as clinic_service
from sprechstunde.patients import service as patients
from sprechstunde.scheduling import service as scheduling
from sprechstunde.whatsapp.inbox import Inbound

Parse = Callable[[str], Awaitable[dict[str, Any]]]
# What several people may want at once.
FOR_EACH = DIALOGUES - {"ask_availability"}
# What a caption tells beside its picture.
OF_A_CAPTION = frozenset({"language", "relationship", "gender"})
FILLER = re.compile(r"^\W*(?:ach|ah|oh)\b", re.IGNORECASE)
# Of the child under way: a child as well.
SIBLING = re.compile(
    r"\b(?:(?:ihr|sein|d)\w*|(?:her|his|their|the)) (?:klein\w* |groß\w* |little |big |older |younger |baby )?"
    r"(?:bruder|schwester\w*|geschwister\w*|brother|sister|sibling)\b",
    re.IGNORECASE,
)
ANSWERS = frozenset({"affirm", "choose_option", "no_preference"})
# Where an answer ends and a wish beside it begins: "Anna Schmidt, und meine Frau bräuchte auch einen".
SEAM = re.compile(r"[.!?;,\n]+\s+|\s+(?=(?:und|and|&)\s)", re.IGNORECASE)


async def steps(message: Inbound, tracker: DialogueStateTracker | None, understand: Parse) -> list[Wish]:
    """What to hand to Rasa for this message, in that order: nearly always one step."""
    if message.payload is not None:
        return [Wish(message.payload, {})]
    words = words_of(message)
    if words is None:
        return [await _without_words(message, tracker, understand)]
    if commands(words):
        alarm = await understand(words)
        is_one = _intent(Wish(words, alarm)) in EMERGENCIES and alarm.get(RULED)
        return [Wish(words, alarm if is_one else as_parsed("nlu_fallback", words))]
    asked = _asked(tracker)

    async def parse(text: str) -> dict[str, Any]:
        heard = agreed(keep_language(await understand(text), asked), to_confirm=asked in YES_OR_NO)
        heard = meant_to_cancel(heard, asked=asked == "cancel_confirmed")
        heard = holding_on.recognised(around_visits.recognised(foreign.recognised(heard, asked)))
        heard = typed_code.recognised(await telegrams.read(heard, asked, understand), asked)
        heard = typed_code.on_the_page(heard, tracker)
        return await moved_over(kept(followed_up(heard, tracker), tracker), tracker, coming)

    async def coming() -> list[datetime]:
        ids = [patient.id for patient in known]
        return [appointment.slot.start for appointment in await asyncio.to_thread(scheduling.upcoming, ids)]

    known = await asyncio.to_thread(patients.patients_of, message.contact_id)
    names = {patient.given_name.split()[0].casefold(): str(patient.id) for patient in known}
    wishes = await wishes_in(words, parse, names)
    first = wishes[0].parsed
    tapped = resumed(first, tracker) or pointed_at(first, tracker) or accepted(first, tracker)
    if tapped:
        return [Wish(tapped, {})]
    introduced = introduction(wishes[0], tracker) if len(wishes) == 1 else None
    if introduced:
        return [introduced]
    order = await _Order(message.contact_id, names, tracker, parse).of(wishes)
    return [*map(followed_by_more, order[:-1]), order[-1]]


class _Order:
    """Which of the wishes of a message is served now, and which wait."""

    def __init__(
        self, contact_id: UUID, names: beside.Known, tracker: DialogueStateTracker | None, parse: Parse
    ) -> None:
        self._contact_id = contact_id
        self._names = names
        self._tracker = tracker
        self._busy = tracker is not None and bool(tracker.active_loop_name)
        self._parse = parse

    async def of(self, wishes: list[Wish]) -> list[Wish]:
        if any(_intent(wish) in EMERGENCIES for wish in wishes):
            return wishes
        if len(wishes) == 1 and self._busy:
            return await self._beside(wishes[0])
        each = [one for wish in wishes for one in await self._for_each(wish)]
        now = [wish for wish in each if _intent(wish) not in DIALOGUES]
        dialogues = [wish for wish in each if _intent(wish) in DIALOGUES]
        later = dialogues[1:]
        if self._busy:
            later = [wish for wish in dialogues if await self._follows(wish)] or later
        first = [wish for wish in dialogues if wish not in later][:1]
        if not later:
            return each
        note = self._note([remember(wish) for wish in later], each, asks_again=not first, first=first)
        return [*now, note, *first]

    async def _beside(self, wish: Wish) -> list[Wish]:
        """A message in the middle of a dialogue: its answer, a wish for afterwards, or both."""
        each = await self._for_each(wish)
        if len(each) > 1:
            later = [remember(one) for one in each[1:]]
            return [self._note(later, each, asks_again=False, first=each[:1]), each[0]]
        adds = bool(beside.ADDS.search(wish.text) or beside.GOES_ON.search(wish.text))
        answered = await self._answer_and_more(wish) if adds else None
        if answered:
            return answered
        intent = await self._follows(wish)
        return [self._note([self._kept(wish, intent)], [wish], asks_again=True)] if intent else [wish]

    async def _answer_and_more(self, wish: Wish) -> list[Wish] | None:
        """ "Anna Schmidt, und meine Frau bräuchte auch einen": the answer is taken, the rest waits."""
        for seam in list(SEAM.finditer(wish.text))[:4]:
            head, tail = wish.text[: seam.start()].strip(), wish.text[seam.end() :].strip()
            if not head or len(tail.split()) < 2:
                continue
            if beside.GOES_ON.search(head) and beside.ADDS.search(head):
                return None  # "and one for her brother too, he has a fever": no part of it is the answer
            first, second = Wish(head, await self._parse(head)), Wish(tail, await self._parse(tail))
            intent = await self._follows(second) if _answers(first, _asked(self._tracker)) else None
            if intent:
                return [self._note([self._kept(second, intent)], [wish], asks_again=False), first]
        return None

    async def _follows(self, wish: Wish) -> str | None:
        if self._tracker is None:
            return None
        has = _intent(wish) in beside.CHANGES and await asyncio.to_thread(self._has_appointments)
        return beside.second_wish(wish, self._tracker, self._names, has_appointments=has)

    async def _for_each(self, wish: Wish) -> list[Wish]:
        """ "Termin für mich und meine Tochter": one wish for each of them."""
        answers = _asked(self._tracker) == "patient" and _intent(wish) in beside.LEFT_OPEN
        out_of_the_blue = _intent(wish) == "inform" and not self._busy
        texts = [wish.text]
        if _intent(wish) in FOR_EACH or answers or (out_of_the_blue and _names_a_visit(wish)):
            texts = people.each_person(wish.text, self._names)
        if len(texts) < 2 and (
            _intent(wish) == "book_appointment" or (out_of_the_blue and _names_a_visit(wish))
        ):
            texts = alike.each_of_several(wish.text)
        if len(texts) < 2 and _intent(wish) == "book_appointment":
            texts = people.each_visit(wish.text)
        if len(texts) < 2 and (_intent(wish) == "book_appointment" or out_of_the_blue):
            texts = await visits.side_by_side(wish.text, self._parse, _asked_for_by_name)
        if len(texts) < 2:
            return [wish]
        intent = {
            "name": _intent(wish) if _intent(wish) in FOR_EACH else "book_appointment",
            "confidence": 1.0,
        }
        parsed = [{**await self._parse(text), "intent": intent} for text in texts]
        alone = [texts.count(text) == 1 for text in texts]
        places = [texts[: at + 1].count(text) for at, text in enumerate(texts)]
        parsed = [
            one if only else in_place(one, place)
            for one, place, only in zip(parsed, places, alone, strict=True)
        ]
        return [Wish(text, one) for text, one in zip(texts, parsed, strict=True)]

    def _kept(self, wish: Wish, intent: str) -> Remembered:
        kept = remember(wish, intent, beside.first_name(wish.text, self._names))
        sibling = kept["relationship"] == "other" and SIBLING.search(wish.text)
        return {**kept, "relationship": "child"} if sibling and self._is_for_a_child() else kept

    def _is_for_a_child(self) -> bool:
        """Whether the booking under way is for somebody's child."""
        slot = self._tracker.get_slot if self._tracker else {}.get
        childrens = {visit.for_children for visit in clinic_service.clinic().visit_types}
        return slot("relationship") == "child" or slot("visit_type") in childrens - {None}

    def _has_appointments(self) -> bool:
        return bool(scheduling.upcoming([p.id for p in patients.patients_of(self._contact_id)]))

    def _note(
        self, later: list[Remembered], wishes: list[Wish], *, asks_again: bool, first: Sequence[Wish] = ()
    ) -> Wish:
        said = (
            e["value"]
            for wish in wishes
            for e in wish.parsed.get("entities", [])
            if e["entity"] == "language"
        )
        begins = [remember(wish) for wish in first]
        return noted(self._tracker, later, language=next(said, None), asks_again=asks_again, first=begins)


def _names_a_visit(wish: Wish) -> bool:
    return any(entity["entity"] == "visit_type" for entity in wish.parsed.get("entities", []))


def _asked_for_by_name(visit_type: str) -> bool:
    found = clinic_service.clinic().visit_type(visit_type)
    return found is not None and not any(found.complaints.values())


async def _without_words(message: Inbound, tracker: DialogueStateTracker | None, understand: Parse) -> Wish:
    """A photo, a voice note …: what stands beside it is no answer to a question, but may be an emergency, and says in
    which language and about whom. A 👍 may be a yes.
    """
    text = message.text or ""
    if message.kind == "text":
        nod = nodded(text, _asked(tracker))
        if nod:
            return Wish(text, as_parsed(nod, text))
    if any(ch.isalnum() for ch in text):
        parsed = await understand(text)
        if (parsed.get("intent") or {}).get("name") in EMERGENCIES:
            return Wish(text, parsed)
        beside = [entity for entity in parsed.get("entities", []) if entity["entity"] in OF_A_CAPTION]
        return Wish(text, {**as_parsed(fixed_intent(message), text), "entities": beside})
    return Wish(text, as_parsed(fixed_intent(message), text))


def _asked(tracker: DialogueStateTracker | None) -> str | None:
    """The slot that the dialogue under way is asking for."""
    return tracker.get_slot(REQUESTED_SLOT) if tracker and tracker.active_loop_name else None


def _answers(wish: Wish, asked: str | None) -> bool:
    """Whether these words alone may be an answer, rather than "ach ja" or "prima"."""
    if any(entity["entity"] != "language" for entity in wish.parsed.get("entities", [])):
        return True
    words = wish.text.split()
    if asked == "patient_name":
        return len(words) > 1 and not any(is_everyday(word.strip(".,")) for word in words)
    if _intent(wish) == "affirm" and (asked not in YES_OR_NO or FILLER.match(wish.text)):
        return False
    return _intent(wish) in ANSWERS and float(wish.parsed["intent"].get("confidence") or 0) >= beside.SURE


def _intent(wish: Wish) -> str:
    return str((wish.parsed.get("intent") or {}).get("name") or "")
