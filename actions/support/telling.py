"""Whether a request says what it is about: "Rezept für Ramipril 5 mg" does, "ich bräuchte ein Rezept" does not."""

from __future__ import annotations

import re

# Words that ask, greet and name the paper: what is left over is what staff need to know.
EMPTY = re.compile(
    r"""^(?:
    hallo|hi|hey|moin|servus|guten?|tag|morgen|abend|liebe[sr]?|praxis|team|danke|vielen|dank|bitte|mal|noch|ein\w{0,2}|
    eines|neue?[srn]?|nochmal|nochmals|wieder|wiederholung\w*|folge\w*|ich|wir|er|sie|mir|mich|mein\w{0,2}|unser\w{0,2}|für|fuer|
    von|vom|und|ne|nen|n|das|die|der|den|dem|zu|zum|zur|auch|gern|gerne|schnell|dringend|heute|es|ist|geht|gehts|ginge|
    brauch\w*|bräucht\w*|braeucht\w*|benötig\w*|benoetig\w*|hätt\w*|haett\w*|möcht\w*|moecht\w*|will|wollt\w*|würd\w*|
    könn\w*|koenn\w*|kann|kannst|darf|bekomm\w*|krieg\w*|hab\w*|haben|bestell\w*|verschreib\w*|ausstell\w*|schreib\w*|
    schick\w*|mach\w*|verläng\w*|rezept\w*|medikament\w*|medis?|tablett\w*|pillen?|arznei\w*|tropfen|salbe|nachschub|leer|alle|
    krank\w*|au|au-\w*|attest\w*|bescheinigung\w*|arbeitsunfähig\w*|überweisung\w*|ueberweisung\w*|überweis\w*|
    mann|frau|sohn|tochter|kind|mutter|vater|mama|papa|oma|opa|partner\w*|
    hello|good|afternoon|evening|morning|dear|please|thanks|thank|you|cheers|i|we|he|she|me|my|our|his|her|a|an|the|for|of|
    from|to|and|on|it|is|some|more|another|new|again|repeat|refill\w*|renew\w*|need\w*|want\w*|would|like|could|can|may|get|have|
    having|order|request|ask|write|issue|send|do|give|run|running|out|prescription\w*|script\w*|medication\w*|medicine\w*|meds?|
    pills?|tablets?|sick|sicknote|note|notes|certificate\w*|off|work|fit|doctor'?s?|referral\w*|refer|refe?rr?ed|im|i'm|i'd|id|
    husband|wife|son|daughter|child|mother|father|mum|mom|dad|
    dr|doktor|herr|praxis|mit|with|pls|plz|also|just|up|been|by|way
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
WORD = re.compile(r"[\w'’-]+")
LETTERS = 3


def says_what(text: str) -> bool:
    """True when a word is left that says more than "please" and "prescription"."""
    left = [word for word in WORD.findall(text) if not EMPTY.match(word)]
    return any(len(word) >= LETTERS for word in left)
