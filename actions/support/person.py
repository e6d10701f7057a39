"""Reading who the patient is: name, date of birth, insurance, in whatever words."""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import fuzz

from sprechstunde import clock, dates
from sprechstunde.assistant.nlu import language_words
from sprechstunde.assistant.nlu.given_names import is_given_name
from sprechstunde.assistant.nlu.names import in_order
from sprechstunde.clinic import service as clinic_service
from sprechstunde.patients.name_words import PARTICLES, TITLES
from sprechstunde.patients.service import PatientView

from .turn import Turn

LEAD_IN = re.compile(
    r"^\s*(?:(?:hallo|hi|guten tag|ja|also|okay|ok)[,!. ]+)?(?:"
    r"ich hei(?:ß|ss)e|mein name ist|der name ist|name(?: ist)?:?|ich bin|hier ist|das ist|(?:sie|er) hei(?:ß|ss)t|"
    r"my name is|my name's|the name is|i am|i'm|im|this is|it's|its|(?:her|his) name is|(?:she|he)'s called)\s+"
    r"(?:(?:jetzt|nun|eigentlich|inzwischen|now|actually)\s+)?",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s*(?:\d|\bgeb\b|\bgeboren\b|\bborn\b|\bdob\b|\*|\n|\bund (?:ich )?bin\b|\band i\b|\bversichert\b|\bbei der\b)"
    r".*$",
    re.IGNORECASE | re.DOTALL,
)
FORMATTING = re.compile(r"[*_~`\"“”„]")  # WhatsApp's, and quotes
WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"^[^\W\d_][^\d_<>{}\[\]@#/\\?!:;=+]{1,79}$")
_NOT_A_NAME = (
    "ich nicht kein keine warum wieso was wie wer wo wann doch mal bitte danke termin praxis möchte kann sie du "
    "ihr frau herr mrs mr why what how who where when please thanks appointment doctor want not don't "
    "dont you me my i'd i'll i'm "
    "rather instead lieber stattdessen"
)
NOT_A_NAME = frozenset(_NOT_A_NAME.split())
# "sorry, I mean …", "nein, falsch geschrieben: …"
AMENDS = re.compile(
    r"^\W*(?:(?:sorry|oops|ups|upps|no|nein|nee?|nö|ach|äh|ähm|halt|moment|stopp?|quatsch|korrektur|correction|doch|"
    r"eigentlich|actually|pardon|entschuldigung|tschuldigung|(?:ich hab mich )?(?:vertippt|verschrieben)|"
    r"typo|i mean|i meant|ich meine?|ich meinte|es heißt|schreibt sich|richtig ist|(?:it'?s )?spelled|it should be|"
    r"der name ist|name|das ist|falsch(?: geschrieben)?|my mistake|wait)\b\W*)+",
    re.IGNORECASE,
)
# "Schmidt, nicht Schmitt", "nicht Schmitt sondern Schmidt"
NOT_BUT = (
    re.compile(
        r"(?P<new>[^\W\d_][\w'-]+),?\s+(?:und )?(?:nicht|net|not)\s+(?P<old>[^\W\d_][\w'-]+)", re.IGNORECASE
    ),
    re.compile(
        r"(?:nicht|not)\s+(?P<old>[^\W\d_][\w'-]+),?\s+(?:sondern|but|it'?s)\s+(?P<new>[^\W\d_][\w'-]+)",
        re.IGNORECASE,
    ),
)
# "Vorname: Karl, Nachname: Huber", in either order.
GIVEN_FIELD = re.compile(
    r"\b(?:vorname|rufname|first name|given name|forename)\W*(?:ist|is|lautet)?\W*([^\W\d_][\w'’.-]*)",
    re.IGNORECASE,
)
FAMILY_FIELD = re.compile(
    r"\b(?:nachname|familienname|zuname|surname|last name|family name|name)\W*(?:ist|is|lautet)?\W*"
    r"([^\W\d_][\w'’.-]*)",
    re.IGNORECASE,
)
# Around a name these are manners.
MANNERS = re.compile(
    r"^(?:(?:hallo|hi|hey|hello|guten \w+|moin|ja|yes|ok(?:ay)?|bitte|gerne?|sure|natürlich|of course|frau|herr|mrs|"
    r"mr|ms)\b[\s,.!]*)+"
    r"|(?:[\s,.!]*\b(?:bitte|danke\w*|vielen dank|please|thanks?|thank you|thx|lg|vg|mfg)\b[\s,.!]*)+$",
    re.IGNORECASE,
)
NO_MARKUP = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]+")  # emoji beside a name
CLAUSE = re.compile(r"[,;\n]+")
# What leads to the insurance or the birth date, once these are taken out.
DANGLING = re.compile(
    r"(?:[\s,;]+(?:with|by|at|from|on|through|bei|von|über|am|der|dem|und|and|insured|versichert|geb|born)\b\.?)+\W*$",
    re.IGNORECASE,
)
# Said of the person, and no part of the name.
BESIDE_A_NAME = frozenset({"insurer", "insurance_kind", "birth_date"})
# "My last name is Small": that part of the name, the last or the first
_IS = r"-?\s?name\w*\s+(?:(?:is|ist|lautet|jetzt|now|actually|eigentlich)\s+)+(?P<new>[^\W\d_][\w'-]+)"
PARTS_OF_A_NAME = (
    (-1, re.compile(rf"\b(?:last|family|sur|nach|familien|zu){_IS}", re.IGNORECASE)),
    (0, re.compile(rf"\b(?:first|given|vor){_IS}", re.IGNORECASE)),
)
# Asked this, people answer with no two nouns that only look like a name ("Akute Bronchitis" is a reason).
NAMES_COME_AT = frozenset({"chosen_slot", "time_wish", "patient_name"})
# "It's about something private" says nothing of insurance; "it's private" does.
PRIVATE_MATTER = re.compile(
    r"\b(?:something|etwas|was) (?:really |very |quite |sehr |ganz |a bit )?private?s?\b(?! (?:versich|insur|pati))|"
    r"\bprivate?[nrs]? (?:matter|issue|thing|problem|stuff|parts?|area|angelegenheit|sache|reden|sprechen)\b",
    re.IGNORECASE,
)
YES_OR_NO = frozenset({"affirm", "deny", "thank"})  # "yep" is nobody's name
A_GUESS = 0.9  # what the classifier makes of a name that it has never seen stays below
ALIKE = 70  # of 100, rapidfuzz: "Schmitt" and "Schmidt" are 77


def name_in(turn: Turn) -> str | None:
    """A full name in the message, or None."""
    given, family = GIVEN_FIELD.search(turn.text), FAMILY_FIELD.search(GIVEN_FIELD.sub(" ", turn.text))
    if given and family:
        return read_name(f"{given[1]} {family[1]}")
    if written_as_name(turn):
        return read_name(_bare(turn))
    named = turn.entity("person_name")
    if (
        not named
        and turn.intent in YES_OR_NO
        and turn.confidence >= A_GUESS
        and not _names_somebody(turn.text)
    ):
        return None
    no_name = (
        turn.entity("ordinal") or turn.entity("visit_type") or (turn.time and turn.text == turn.text.lower())
    )
    if not named and no_name:
        return None
    if named:
        return read_name(named)
    said = _bare(turn)
    parts = [read_name(part) for part in CLAUSE.split(said)]
    # "das ist für mich, karl huber": one of the clauses is the name
    full = [part for part in parts if part and is_full(part)]
    return full[0] if len(full) == 1 else read_name(said)


def _names_somebody(text: str) -> bool:
    return any(is_given_name(word) for word in own_words(text))


def _bare(turn: Turn) -> str:
    """The message without what stands around a name: insurance, birth date, manners, "mein Name ist"."""
    text = turn.text
    for start, end in sorted(turn.spans(BESIDE_A_NAME), reverse=True):
        text = f"{text[:start].rstrip(' ,;')} {text[end:]}"
    text = DANGLING.sub("", text)
    text = LEAD_IN.sub("", FORMATTING.sub("", text), count=1)
    text = TAIL.sub("", NO_MARKUP.sub(" ", text))
    return " ".join(MANNERS.sub("", MANNERS.sub("", text)).split())


def written_as_name(turn: Turn) -> bool:
    """True when the whole message is a name and nothing else, whatever the classifier makes of its words.

    Two to five capitalised words, none an everyday one ("Uwe Uhl", "Huber, Karl"); in small letters only with a given
    name that we know ("uwe uhl").
    """
    if turn.is_tap or len(turn.text) > 80:
        return False
    said = _bare(turn)
    words = own_words(said)
    if not 2 <= len(words) <= 5 or CLAUSE.split(said)[2:] or read_name(said) is None:
        return False
    given = [word for word in words if is_given_name(word)]
    asked = turn.slot("requested_slot") == "patient_name" and given and turn.text[:1].isupper()
    if not asked and turn.details - BESIDE_A_NAME - {"person_name"}:
        return False
    others = [word for word in words if word not in given]
    if not given and _may_be_foreign(turn, words):
        return True
    return bool(given) and (asked or not any(language_words.is_everyday(word) for word in others))


def _may_be_foreign(turn: Turn, words: list[str]) -> bool:
    """ "Thandiwe Mokoena" at a list of times: two or three capitalised words, none of which we know at all."""
    return (
        turn.slot("requested_slot") in NAMES_COME_AT
        and turn.confidence < A_GUESS
        and not turn.text.rstrip().endswith(("?", "!"))
        and len(words) in (2, 3)
        and all(word[:1].isupper() and len(word) > 1 for word in words)
        and not any(language_words.is_everyday(word) for word in words)
        and not turn.details - BESIDE_A_NAME - {"person_name"}
    )


def own_words(name: str) -> list[str]:
    """The words of a name without titles, and without particles in small letters ("von der")."""
    words = [word.strip(".") for word in re.findall(r"[^\W\d_][\w'’´`.-]*", name)]
    return [word for word in words if word not in PARTICLES and word.lower() not in TITLES]


def read_name(text: str) -> str | None:
    """`text` as a name, None where it can't be one."""
    text = in_order(" ".join(text.strip(" .,;:-").split()))
    words = [word.strip(",.").lower() for word in text.split()]
    if not NAME.match(text) or not 1 <= len(words) <= 6 or any(word in NOT_A_NAME for word in words):
        return None
    return text if plausible(text) else None


def plausible(name: str) -> bool:
    """False for everyday words ("lieber später", "falsch geschrieben"); a surname may be one ("anna klein")."""
    words = own_words(name)
    if not words:
        return False
    everyday = [language_words.is_everyday(word) for word in words]
    return not (everyday[0] and words[0][:1].islower()) and sum(everyday) * 2 <= len(words)


def corrected_name(turn: Turn, current: str) -> str | None:
    """The name as it should be, where the message puts `current` right; else None."""
    for pattern in NOT_BUT:
        found = pattern.search(turn.text)
        if found:
            return _with_part(current, found["old"], found["new"])
    for place, pattern in PARTS_OF_A_NAME:
        found = pattern.search(turn.text)
        if found:
            parts = current.split()
            parts[place] = found["new"]
            return " ".join(parts)
    words = FORMATTING.sub("", turn.text)
    amended = AMENDS.sub("", words, count=1)
    name = read_name(TAIL.sub("", LEAD_IN.sub("", amended, count=1)))
    if name is None or turn.entity("ordinal"):
        return None
    likeness = max(fuzz.ratio(a.lower(), b.lower()) for a in name.split() for b in current.split())
    if is_full(name):
        another = amended != words and _looks_like_a_name(amended)
        return name if name != current and (likeness >= ALIKE or another) else None
    return _with_part(current, name, name) if amended != words else None


def _looks_like_a_name(text: str) -> bool:
    """ "Actually forget the whole thing" puts no name right: each word of one has a capital, or we know the first."""
    spoken = own_words(text)
    return bool(spoken) and (all(word[:1].isupper() for word in spoken) or is_given_name(spoken[0]))


def _with_part(current: str, old: str, new: str) -> str | None:
    """`current` with the part most like `old` replaced by `new`; None where nothing in it is like `old`."""
    parts = current.split()
    best = max(range(len(parts)), key=lambda i: fuzz.ratio(parts[i].lower(), old.lower()))
    if fuzz.ratio(parts[best].lower(), old.lower()) < ALIKE:
        return None
    parts[best] = new
    return " ".join(parts)


def named(turn: Turn, known: list[PatientView]) -> list[PatientView]:
    """Those whose first name is in the message, also as a genitive ("Lenas Termin", "Lena's")."""
    if turn.is_tap:
        return []
    spoken = {word.casefold() for word in WORD.findall(turn.text)}
    spoken |= {word[:-1] for word in spoken if word.endswith("s")}
    return [p for p in known if set(p.given_name.casefold().split()) & spoken]


def names_somebody_known(turn: Turn) -> bool:
    """Whether a first name of somebody this phone acts for is in the message."""
    return bool(named(turn, turn.patients))


def is_full(name: str) -> bool:
    """True when the name has a given and a family name."""
    return len([word for word in own_words(name) if len(word) > 1]) >= 2


def joined(first: str | None, second: str) -> str | None:
    """Two halves of a name that came one after the other, the given name in front; None where they make none."""
    if not first or not second or first.casefold() == second.casefold():
        return None
    swapped = is_given_name(second.split()[0]) and not is_given_name(first.split()[0])
    whole = f"{second} {first}" if swapped else f"{first} {second}"
    return whole if is_full(whole) and plausible(whole) else None


def birth_date_in(turn: Turn) -> date | None:
    """A date of birth in the message, or None."""
    known = turn.entity("birth_date")
    if known:
        return date.fromisoformat(known)
    today = clock.now().astimezone(clinic_service.clinic().zone).date()
    return dates.birth_date(turn.text, turn.language, today)


def insurance_kind_in(turn: Turn) -> str | None:
    """Kind of insurance named outright or through the insurer's name."""
    kind = turn.entity("insurance_kind")
    if kind and not (kind == "private" and PRIVATE_MATTER.search(turn.text)):
        return str(kind)
    insurer = clinic_service.clinic().insurer(turn.entity("insurer") or "")
    return insurer.kind if insurer else None


def insurer_in(turn: Turn) -> str | None:
    """The insurer's canonical name, or the patient's own words when we do not know it."""
    known = turn.entity("insurer")
    if known:
        return str(known)
    text = " ".join(turn.text.split())
    if turn.is_tap or not 2 <= len(text) <= 60 or "?" in text:
        return None
    return text
