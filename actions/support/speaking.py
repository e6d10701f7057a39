"""Which languages the team speaks."""

from __future__ import annotations

from sprechstunde.clinic import service as clinic_service

from . import tongues
from .rows import row
from .turn import Turn
from .words import word

OURS = frozenset({"de", "en"})  # what the assistant understands itself


def listed(names: list[str], language: str) -> str:
    """ "A, B und C"."""
    if len(names) < 2:
        return "".join(names)
    return word("and", language, first=", ".join(names[:-1]), last=names[-1])


def _who_speaks(code: str, language: str) -> str:
    team, name = clinic_service.clinic().practitioners, tongues.language_name(code, language)
    speakers = [p.spoken(language) for p in team if code in p.languages]
    if len(speakers) == len(team):
        return word("all_speak", language, name=name)
    if not speakers:
        return word("nobody_speaks", language, name=name)
    return word(
        "one_speaks" if len(speakers) == 1 else "several_speak",
        language,
        who=listed(speakers, language),
        name=name,
    )


def say(turn: Turn, wanted: list[str]) -> None:
    """Who speaks the languages `wanted` (ISO 639-1), or what everybody speaks where none was named."""
    language, team = turn.language, clinic_service.clinic().practitioners
    lines = [_who_speaks(code, language) for code in wanted]
    everyone = "\n".join(
        f"• {p.spoken(language)}: {', '.join(tongues.language_name(code, language) for code in p.languages)}"
        for p in team
    )
    missing = not all(any(code in p.languages for p in team) for code in wanted)
    human = [row(word("talk_to_team", language), "request_human")]
    turn.say(
        "utter_languages",
        buttons=human if missing and not turn.active_form else None,
        answer="\n".join(lines),
        everyone=everyone if not wanted else "",
    )


def say_if_named(turn: Turn) -> bool:
    """Answer words that are not understood but name another language: "kann bitte auf Türkisch?". True when they do."""
    wanted = [] if turn.is_tap else [c for c in tongues.languages_in(turn.text) if c not in OURS]
    if wanted:
        say(turn, wanted)
    return bool(wanted)
