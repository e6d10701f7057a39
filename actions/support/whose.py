"""For whom: one phone acts for several people, and nobody is asked what is known."""

from __future__ import annotations

import re
from uuid import UUID

from sprechstunde import clock
from sprechstunde.patients.names import spelled, split_name
from sprechstunde.patients.service import PatientView

from . import insurance_open, person
from .form import FormState
from .rows import row
from .turn import Buttons, Turn
from .words import word

KIN = ("relationship", "gender")
OF_AGE = 18
ME = frozenset({"mich", "mir", "mi", "ich", "selbst", "selber", "me", "myself", "i"})
WORD = re.compile(r"[^\W\d_]+")
FOR = re.compile(r"\b(?:für|fuer|for)\b", re.IGNORECASE)


def rows(turn: Turn) -> Buttons:
    """Rows of everyone known, of the contact herself where she is not among them, and of somebody else."""
    known, language = turn.patients, turn.language
    found = [row(p.full_name, "choose_patient", patient_ref=str(p.id)) for p in known[:8]]
    if not any(p.relationship == "self" for p in known):
        me = word("for_myself", language)
        found.append(row(me, "choose_patient", patient_ref="self"))
    other = word("someone_else", language)
    return [*found, row(other, "choose_patient", patient_ref="new")]


def only_patient(turn: Turn) -> UUID | None:
    """The one person this phone acts for, None with several or nobody."""
    known = turn.patients
    return known[0].id if len(known) == 1 else None


def patient_meant(turn: Turn) -> UUID | None:
    """Whom a message without a form is about: the relative or the first name in it, or the only one there is."""
    known = turn.patients
    fitting = person.named(turn, known) or related(known, turn.entity("relationship"), turn.entity("gender"))
    if turn.entity("relationship") is None and not person.named(turn, known):
        fitting = known
    return fitting[0].id if len(fitting) == 1 else None


def related(known: list[PatientView], relationship: str | None, gender: str | None) -> list[PatientView]:
    """Those who stand in that relationship; "mein Sohn" is not the daughter who is known."""
    return [
        p
        for p in known
        if p.relationship == relationship and (gender is None or p.gender is None or p.gender == gender)
    ]


def take_person(turn: Turn, state: FormState) -> bool:
    """Take who it is for from any message: relative, full name, birth date. True when there was something."""
    relationship, gender = turn.entity("relationship"), turn.entity("gender")
    if insurance_open.through_family(turn, turn.slot("requested_slot")):
        relationship = None  # the parents are those whose insurance it is
    if relationship:
        if state["relationship"] != relationship or (gender and state["gender"] not in (None, gender)):
            state.clear("patient")
            if FOR.search(turn.text):  # "hang on, it's for my husband": the name so far was another's
                state.clear("patient_name", "name_part", "birth_date", "insurance_kind", "insurer")
        state["relationship"] = relationship
        state["gender"] = gender or state["gender"]
    name, born = turn.entity("person_name"), turn.entity("birth_date")
    if person.written_as_name(turn) and not person.named(turn, turn.patients):
        name = person.name_in(turn)
    if name and person.is_full(name):
        say_if_another(turn, state, name)
        state["patient_name"] = name
    if born:
        state["birth_date"] = born
    return bool(relationship or name or born)


def say_if_another(turn: Turn, state: FormState, name: str) -> None:
    """A time is chosen for one, and the name and birth date of another come: say whose the appointment is now."""
    before = str(state["patient_name"] or "")
    given, given_before = (set(split_name(n)[0].casefold().split()) for n in (name, before))
    if turn.entity("birth_date") and state["chosen_slot"] and given_before and not given & given_before:
        turn.say("utter_for_another", who=spelled(name), instead_of=spelled(before))


def is_grown_up(turn: Turn, state: FormState) -> bool:
    """Whether the son or daughter meant is known to be of age."""
    today = clock.now().date()
    known = related(turn.patients, state["relationship"], state["gender"])
    return bool(known) and all((today - p.birth_date).days >= OF_AGE * 365.25 for p in known)


def settle(turn: Turn, state: FormState) -> None:
    """Recognise for whom it is where that is certain; otherwise the form asks, but not for a name given before."""
    _recognise(turn, state)
    _heed_other_person(turn, state)
    introduced = turn.slot("introduced")
    own = (state["relationship"] or "self") == "self"
    if introduced and own and state["patient"] == "new" and state["patient_name"] is None:
        state["patient_name"], state["birth_date"] = introduced["name"], introduced["birth_date"]
    elif introduced and not own and state["patient_name"] == introduced["name"]:
        state.clear("patient_name", "birth_date")


def _heed_other_person(turn: Turn, state: FormState) -> None:
    """A name or birth date that is not the known patient's: the appointment is for somebody else."""
    known = turn.patients
    chosen = next((p for p in known if str(p.id) == state["patient"]), None)
    if chosen is None or _fits(state, chosen):
        return
    fitting = [p for p in known if state["patient_name"] and _fits(state, p)]
    if len(fitting) == 1:
        state["patient"] = str(fitting[0].id)
        return
    state["patient"] = "new"
    if state["relationship"] in (None, chosen.relationship):
        state["relationship"] = "other"


def _fits(state: FormState, patient: PatientView) -> bool:
    """Whether the name and birth date given so far may be this patient's ("Anna Meyer" is Anna Maria Meyer)."""
    if state["birth_date"] not in (None, patient.birth_date.isoformat()):
        return False
    given, full = (
        {w.casefold() for w in WORD.findall(n)} for n in (state["patient_name"] or "", patient.full_name)
    )
    return given <= full or full <= given


def _recognise(turn: Turn, state: FormState) -> None:
    if state["patient"] is not None:
        return
    known = turn.patients
    relationship = state["relationship"]
    fitting = related(known, relationship, state["gender"]) if relationship else known
    first_names = person.named(turn, fitting)
    if len(first_names) == 1 and (relationship or state["patient_name"] is None):
        state["patient"] = str(first_names[0].id)
    elif not known:
        state["patient"] = "new"
    elif relationship:
        if int(turn.entity("place") or 1) > len(fitting):  # the second child, and one is known
            state["patient"] = "new"
        elif turn.entity("place") is None or len(fitting) == 1:
            _settle_relative(state, known, fitting)
    elif len(known) == 1 and known[0].relationship == "self":
        state["patient"] = str(known[0].id)


def _settle_relative(state: FormState, known: list[PatientView], fitting: list[PatientView]) -> None:
    given = (state["patient_name"] or "").casefold().split()
    fitting_name = [p for p in fitting if not given or set(p.given_name.casefold().split()) & set(given)]
    if len(fitting_name) == 1:
        state["patient"] = str(fitting_name[0].id)
    elif not fitting_name and (given or not any(p.relationship == "other" for p in known)):
        state["patient"] = "new"


def answer(turn: Turn, state: FormState) -> bool:
    """Read the message as the answer to "for whom?": a tap, a number, a first name, "for me", a relative."""
    known = turn.patients
    if turn.intent == "choose_patient":
        return answer_tap(turn, state)
    ordinal = turn.entity("ordinal")
    if ordinal is not None and 1 <= int(ordinal) <= len(known):
        state["patient"] = str(known[int(ordinal) - 1].id)
        return True
    fitting = person.named(turn, known)
    of_kin = turn.entity("relationship") not in (None, "self")  # "me mam"
    if not fitting and not of_kin and ME & {word.casefold() for word in WORD.findall(turn.text)}:
        fitting = [p for p in known if p.relationship == "self"]
        if not fitting:
            state["patient"], state["relationship"] = "new", "self"
            return True
    if len(fitting) == 1:
        state["patient"] = str(fitting[0].id)
        return True
    return take_person(turn, state)


def answer_tap(turn: Turn, state: FormState) -> bool:
    """A tap on one of `rows`."""
    ref = turn.entity("patient_ref")
    known = {str(p.id): p for p in turn.patients}
    if ref == "self":
        state["patient"], state["relationship"] = "new", "self"
        return True
    if ref != "new" and ref not in known:
        return False
    state["patient"] = ref
    if ref == "new" and not state["relationship"]:
        state["relationship"] = "other" if known else "self"
    return True


def answer_name(turn: Turn, state: FormState) -> bool:
    """Read the message as a name; a birth date beside it is taken, too."""
    name = person.name_in(turn)
    if not name:
        return False
    if not person.is_full(name):
        whole = person.joined(state["name_part"], name)
        if whole is None and state["name_part"]:
            return False  # asked already: the form helps
        if whole is None:
            state["name_part"] = name
            turn.say("utter_ask_full_name")
            return True
        name = whole
    state["patient_name"] = name
    state.clear("name_part")
    born = person.birth_date_in(turn)
    if born:
        state["birth_date"] = born.isoformat()
    return True
