"""What of a patient's lies with the team, and until when they answer: said to whoever asks after it."""

from __future__ import annotations

import re
from datetime import datetime

from rasa_sdk.events import EventType, SlotSet

from sprechstunde import clock
from sprechstunde.clinic import service as clinic_service
from sprechstunde.db import transaction
from sprechstunde.tasks import service as tasks
from sprechstunde.tasks.service import TaskView

from . import whose
from .promise import answered_by, away
from .turn import Turn
from .words import word

NOTE_LENGTH = 1000
ASKED_AGAIN = "Nachgefragt:"
RESULTS = "results"
RESULTS_DUE = "results_due"  # slot: until when the team answers what was asked here about results
# What it is about, by the patient's words; the first that fits.
ABOUT = (
    ("prescription", re.compile(r"rezept|medik|tablett|prescri|script|refill|medic|meds", re.IGNORECASE)),
    (
        "sick_note",
        re.compile(r"krank(?:schreib|meld|en)|\bau\b|attest|sick ?note|certificate", re.IGNORECASE),
    ),
    ("callback", re.compile(r"rückruf|zurück|anruf|ruf|call|ring", re.IGNORECASE)),
    (RESULTS, re.compile(r"befund|ergebnis|werte|result", re.IGNORECASE)),
    ("human", re.compile(r"mensch|mitarbeit|melden|person|human|someone|somebody", re.IGNORECASE)),
    ("other", re.compile(r"überweis|ueberweis|referr|\bfragen?\b|question", re.IGNORECASE)),
)
KINDS = tuple(kind for kind, _ in ABOUT)
_ASKS = re.compile(
    r"\?\W*$|\bstatus\b|\bstand\b|wie weit|wie lange|\bwas (?:ist|is|wurde|wird|macht)\b|wo bleibt|wann (?:krieg|"
    r"bekomm|kommt|wird)|"
    r"bekommen\b|angekommen|erhalten|bearbeite|in arbeit|nachgesehen|nachgeschaut|how (?:far|long)|what about|what'?s|"
    r"what (?:is|has|happened|became)|did (?:you|ya|u)\b|have you|receive|any (?:news|update|progress|word)|update|"
    r"where(?:'s| is| are)|looked into",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"erledigt|hinfällig|gegenstandslos|überholt|überflüssig|unnötig|fällt weg|kommando zurück|bestellung zurück|"
    r"zurück(?:zieh|zu|nehm|genomm|gezog)|\b(?:zieh|nehm|nimm)\w*\b.*\bz[ru]+r?ü?c?k|stornier|streich|lösch|vergess|"
    r"vergiss|\bstopp|abgeblasen|vom tisch|geklärt|gelöst|schließen|anders überlegt|entwarnung|"
    r"doch (?:nicht|nich|ned|net|kein|nur)|(?:nicht|nich|nix|kein\w*|ned|net|niemand|keiner) mehr|nimmer|nümm|"
    r"no longer|(?:not|n'?t|no|isnt|dont|wont|nothing)\b.{0,40}\b(?:any ?more|after all|needed|necessary|need|required|"
    r"bother)|cancel|withdraw|retract|scrap|scratch|forget|never ?mind|ignore|disregard|\bbin\b|\bundo|un-order|"
    r"take (?:that |it )?back|\bpull\b|\bkill|sorted|\bleave\b|\bskip|\bdrop|close my|changed m[ay] mind|solved|"
    r"spare yours|cross (?:that|it) out|hold off|thrown away",
    re.IGNORECASE | re.DOTALL,
)
_MAY_TAKE_BACK = re.compile(
    r"\b(?:nicht|nich|nix|ned|net|nemme|kein\w*|niemand|keiner|lass\w*|spart?|stop|weg|raus|müll|zurück|zerreiß\w*|"
    r"gefunden|schon|not|no|don'?t|dont|nobody|needn'?t|nuh|off|away|settled|already|found|instead|explained)\b",
    re.IGNORECASE,
)


def taken_back(text: str) -> bool:
    """Whether these words take a request back. A question after it ("was ist mit meiner Anfrage?") never does."""
    return bool(_TAKES_BACK.search(text)) or bool(_MAY_TAKE_BACK.search(text) and not _ASKS.search(text))


def named(text: str) -> tuple[str, ...]:
    """The kind of request the words name; empty where they name none."""
    return tuple(kind for kind, words in ABOUT if words.search(text))[:1]


def tell(turn: Turn) -> list[EventType]:
    """Say what lies with the team, of every kind, and until when they answer. Nothing of it changes.

    Of results only what was asked in this chat is said, where patients are known: whether a task stands there tells
    whether one has come (`actions/results.py`).
    """
    known, about = turn.patients, named(turn.text)
    note = f"{ASKED_AGAIN} {turn.text}"[:NOTE_LENGTH]
    lines = [_line(turn, task.kind, task.due_at) for task in _waiting(turn, but=RESULTS if known else "")]
    events: list[EventType] = []
    if known and (turn.slot(RESULTS_DUE) or RESULTS in about):
        due = _results_due(turn, note)
        lines.append(_line(turn, RESULTS, due))
        events.append(SlotSet(RESULTS_DUE, due.isoformat()))
    if about != (RESULTS,):
        others = tuple(kind for kind in KINDS if not (known and kind == RESULTS))
        tasks.add_words(turn.contact_id, about or others, note, likely=turn.text)
    if lines:
        turn.say("utter_request_status", lines="\n".join(lines), away=away(turn.language))
    else:
        turn.say("utter_no_request")
    return [*events, SlotSet("outcome", "status_told")]


def _waiting(turn: Turn, *, but: str) -> list[TaskView]:
    """The first to be answered of each kind that patients ask for."""
    with transaction() as s:
        mine = tasks.tasks_of(s, turn.contact_id)
    first: dict[str, TaskView] = {}
    for task in sorted(mine, key=lambda one: one.due_at):
        if task.kind in KINDS and task.kind != but:
            first.setdefault(task.kind, task)
    return list(first.values())


def _line(turn: Turn, kind: str, due: datetime) -> str:
    what = _what(kind, turn.language)
    if due < clock.now():
        return word("lies_late", turn.language, what=what)
    return word("lies_until", turn.language, what=what, by=answered_by(due, turn.language))


def _what(kind: str, language: str) -> str:
    return {
        "prescription": word("lies_prescription", language),
        "sick_note": word("lies_sick_note", language),
        "callback": word("lies_callback", language),
        RESULTS: word("lies_results", language),
        "human": word("lies_human", language),
        "other": word("lies_other", language),
    }[kind]


def _results_due(turn: Turn, note: str) -> datetime:
    """As promised; where that is over, or nothing was promised yet, the team looks again."""
    promised = turn.slot(RESULTS_DUE)
    due = datetime.fromisoformat(promised) if promised else None
    if due and due >= clock.now():
        tasks.add_words(turn.contact_id, (RESULTS,), note, likely=turn.text)
        return due
    tasks.take_down(
        RESULTS,
        contact_id=turn.contact_id,
        patient_id=whose.patient_meant(turn),
        note=note,
        idempotency_key=turn.key("results"),
    )
    return clinic_service.next_answer(clock.now(), RESULTS)
