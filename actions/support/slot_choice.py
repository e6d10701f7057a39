"""Offering free slots and understanding which one the patient means: shared by booking and moving."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sprechstunde import clock, dates
from sprechstunde.clinic import service as clinic_service
from sprechstunde.dates import TimeWish
from sprechstunde.scheduling import service as scheduling
from sprechstunde.scheduling.service import Slot, SlotNotOffered, SlotTaken

from . import leaning, which_day
from .eligibility import ANY
from .form import FormState
from .rows import row
from .turn import Buttons, Turn
from .words import word

PAGE = 8  # WhatsApp lists hold ten rows; two are for "other times" and "other day"
Offer = dict[str, str]


def to_offer(slot: Slot, language: str) -> Offer:
    """A slot as the dialogue remembers it: what was shown, and the key behind it."""
    where = slot.practitioner_name
    practitioner = clinic_service.clinic().practitioner(slot.practitioner)
    if practitioner and "statutory" not in practitioner.accepts:
        where = f"{where} ({word('private_only', language)})"
    visit_type = clinic_service.clinic().visit_type(slot.visit_type)
    if visit_type is not None and visit_type.by_phone:
        where = f"{where}, {word('by_phone', language)}"
    elif len(clinic_service.clinic().locations) > 1:
        where = f"{where}, {slot.location_name}"
    return {
        "key": slot.key,
        "title": dates.format_slot_title(slot.start, language),
        "description": where[:72],
        "start": slot.start.isoformat(),
        "practitioner": slot.practitioner,
    }


def offer_rows(offers: list[Offer]) -> Buttons:
    """Rows of the list; each carries its own slot, so that an older list still means what it showed."""
    return [
        row(offer["title"], "choose_slot", offer["description"], slot_key=offer["key"]) for offer in offers
    ]


def wish_of(value: Any) -> TimeWish | None:
    """The wish in the value of an entity or slot, None where there is none."""
    return TimeWish.from_dict(value) if isinstance(value, dict) else None


def take_time_wish(turn: Turn, state: FormState, said: dict[str, Any] | None) -> bool:
    """Merge a time that was said into the wish so far. True when there was one."""
    newer = wish_of(said)
    if newer is None:
        return False
    older = state["time_wish"]
    state["time_wish"] = (TimeWish.from_dict(older).merge(newer) if older else newer).to_dict()
    drop_choice(turn, state)
    state.clear("offered", "shown", "alternatives")
    return True


def drop_choice(turn: Turn, state: FormState) -> None:
    """The chosen time is no longer wanted: free it at once, others may want it."""
    hold = state["hold"]
    if hold:
        scheduling.release(hold, contact_id=turn.contact_id)
    state.clear("chosen_slot", "hold", "booking_confirmed", "move_confirmed")


def answer_choice(turn: Turn, state: FormState) -> bool:
    """Read the message as an answer to a list of slots: a choice, the next page, another day. True when it was one."""
    asked: list[Offer] = state["offered"] or []
    if turn.intent == "choose_slot" and which_day.is_day(str(turn.entity("slot_key"))):
        drop_choice(turn, state)
        return which_day.settle(state, str(turn.entity("slot_key")))
    if which_day.is_asked(asked) and which_day.answer(turn, state, asked):
        return True
    if turn.intent == "choose_slot":
        return choose(turn, state, str(turn.entity("slot_key")))
    if turn.intent == "other_day":
        state.clear("time_wish", "offered", "shown", "alternatives")
        return True
    offered: list[Offer] = state["offered"] or []
    if not turn.is_tap and turn.time is None and leaning.OTHER_DAY.search(turn.text):
        drop_choice(turn, state)
        state.clear("time_wish", "offered", "shown", "alternatives")
        return True
    if shift(turn, state, offered):
        return True
    if turn.entities("practitioner", role="excluded") or (turn.intent == "deny" and turn.has_details):
        return False
    picked = _pick(turn, offered, wish_of(state["time_wish"]))
    if picked:
        return choose(turn, state, picked["key"])
    if turn.intent in {"request_other_times", "deny"} and not turn.entity("time"):
        state["shown"] = (state["shown"] or []) + [offer["key"] for offer in offered]
        state.clear("offered", "alternatives")
        return True
    return False


def shift(turn: Turn, state: FormState, offered: list[Offer]) -> bool:
    """ "Lieber später", "einen Tag früher": from the time chosen, else from those on the list."""
    chosen = [scheduling.slot_of(state["chosen_slot"]).start] if state["chosen_slot"] else []
    shown = [
        start.replace(tzinfo=None)
        for start in chosen or [datetime.fromisoformat(o["start"]) for o in offered]
    ]
    if not shown:
        return False
    older = wish_of(state["time_wish"])
    newer = _by_so_much(turn, shown)
    if newer is not None:
        turn.drop_entity("time")  # "a day later" is not tomorrow here
        wish = older.merge(newer) if older else newer
    else:
        way = leaning.direction(turn)
        if way is None:
            return False
        now = clock.now().astimezone(clinic_service.clinic().zone).replace(tzinfo=None)
        wish = leaning.shifted(way, shown, older, now)
    state["time_wish"] = wish.to_dict()
    drop_choice(turn, state)
    state.clear("offered", "shown", "alternatives")
    return True


def _by_so_much(turn: Turn, shown: list[datetime]) -> TimeWish | None:
    """The wish that "a day later" or "an hour earlier" means here; None without such words. Hours count from one time
    only, days and weeks from the first day on the list."""
    if turn.is_tap:
        return None
    wish = dates.shift(turn.text, min(shown))
    if wish and dates.find_wish(dates.besides_shift(turn.text), turn.language, min(shown)):
        return None  # "Freitag, eine Stunde später"
    return None if wish and wish.exact and len(shown) > 1 else wish


def _pick(turn: Turn, offered: list[Offer], so_far: TimeWish | None) -> Offer | None:
    """Which of the offered slots the words mean, if exactly one fits."""
    if not offered:
        return None
    ordinal = turn.entity("ordinal")
    if ordinal is not None:
        index = int(ordinal)
        if index == -1:
            return offered[-1]
        return offered[index - 1] if 1 <= index <= len(offered) else None
    wish = wish_of(turn.entity("time"))
    if wish is None or not (wish.windows or wish.weekdays):
        if leaning.EARLIEST.search(turn.text):
            return min(offered, key=_start)
        if leaning.LATEST.search(turn.text):
            return max(offered, key=_start)
    if turn.intent == "no_preference" or (turn.intent == "affirm" and len(offered) == 1):
        return offered[0]
    return _named(turn, offered, wish, so_far)


def _named(turn: Turn, offered: list[Offer], wish: TimeWish | None, so_far: TimeWish | None) -> Offer | None:
    """The one that fits a doctor or a time. A day alone picks one only where the words point at the list."""
    doctors = [name for name in turn.entities("practitioner") if name != ANY]
    if not doctors and (wish is None or not (wish.clock or wish.exact or _points(turn))):
        return None
    fitting = [offer for offer in offered if not doctors or offer["practitioner"] in doctors]
    if wish is not None:
        # "Freitag" is the one of the week on the screen
        in_week = so_far.merge(wish) if so_far else wish
        fitting = [o for o in fitting if _means(wish, o)] or [o for o in fitting if _means(in_week, o)]
    return fitting[0] if len(fitting) == 1 else None


def _points(turn: Turn) -> bool:
    return bool(leaning.POINTS.search(turn.text)) and not turn.text.rstrip().endswith("?")


def _start(offer: Offer) -> datetime:
    return datetime.fromisoformat(offer["start"])


def _means(wish: TimeWish, offer: Offer) -> bool:
    start = _start(offer).replace(tzinfo=None)
    if wish.exact is not None:
        return wish.exact == start
    return wish.covers(start)


def choose(turn: Turn, state: FormState, key: str) -> bool:
    """Hold the slot for ten minutes; when someone was faster, keep three others to offer."""
    try:
        held = scheduling.hold(key, contact_id=turn.contact_id, idempotency_key=turn.key("hold"))
    except SlotTaken as taken:
        turn.say("utter_slot_taken")
        _offer_instead(turn, state, taken.alternatives)
        return True
    except SlotNotOffered:
        turn.say("utter_slot_gone")
        state.clear("offered", "shown", "alternatives", "chosen_slot", "hold")
        return True
    state["chosen_slot"] = held.slot.key
    state["hold"] = str(held.id)
    state["visit_type"] = held.slot.visit_type
    if not state["practitioner"]:
        state["practitioner"] = held.slot.practitioner
    if not state["time_wish"]:
        state["time_wish"] = TimeWish(exact=held.slot.start.replace(tzinfo=None)).to_dict()
    return True


def _offer_instead(turn: Turn, state: FormState, slots: list[Slot]) -> None:
    state.clear("chosen_slot", "hold", "offered")
    state["alternatives"] = [to_offer(slot, turn.language) for slot in slots[:3]]


def say_slot(slot: Slot, language: str) -> dict[str, Any]:
    """The values with which responses speak of a slot."""
    clinic = clinic_service.clinic()
    practitioner = clinic.practitioner(slot.practitioner)
    visit_type = clinic.visit_type(slot.visit_type)
    by_phone = visit_type is not None and visit_type.by_phone
    location = None if by_phone else clinic.location(slot.location)
    place = word("by_phone", language) if by_phone else slot.location_name
    return {
        "when": dates.format_slot(slot.start, language),
        "doctor": practitioner.spoken(language) if practitioner else slot.practitioner_name,
        "with_doctor": practitioner.with_whom(language) if practitioner else slot.practitioner_name,
        "what": visit_type.name(language) if visit_type else slot.visit_type,
        "place": location.name if location else place,
        "address": location.address if location else word("we_call", language) if by_phone else "",
    }
