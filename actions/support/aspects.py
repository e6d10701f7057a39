"""Which side of a question is meant: "wo kann ich parken?" wants the car park, not the whole address."""

from __future__ import annotations

import re

PLACE = {
    "parking": r"park(?!insons)|stellplatz|stellplätz|mit (?:dem|meinem) auto|by car",
    "transit": r"öffi|öpnv|\bbahn|u-?bahn|s-?bahn|\bbus|\btram|straßenbahn|strassenbahn|\bzug\b|"
    r"haltestelle|train|metro|tube\b|"
    r"underground|subway|public transport|transit",
    "access": r"barriere|rollstuhl|rolli|rollator|aufzug|fahrstuhl|stufen|treppe|behindert|"
    r"kinderwagen|\bwc\b|toilette|klo\b|"
    r"wheelchair|step-?free|\blift\b|elevator|stairs|\bsteps\b|accessib|disab|pram|stroller|buggy|toilet|restroom|walker",
    "directions": r"etage|stock(?:werk)?\b|klingel|eingang|welche tür|hinterhaus|"
    r"floor\b|doorbell|buzzer|entrance|which door",
}
CONTACT = {
    "phone": r"telefon|nummer|anruf|durchwahl|\bphone|number|\bcall|\bring\b|\btel\b",
    "email": r"e-?mail|mailadress",
    "website": r"website|webseite|homepage|internetseite|im internet|\bwww\b|\burl\b|web page|webpage",
}
NOW = re.compile(
    r"\bjetzt\b|gerade|grad\b|noch (?:offen|auf|geöffnet|da|wer|jemand)|right now|\bnow\b|still open|currently",
    re.IGNORECASE,
)
ON_THE_PHONE = re.compile(
    r"anruf|anzuruf|telefon|erreich|\bcall|\bphone|by telephone|reach you", re.IGNORECASE
)
NEW_PATIENTS = re.compile(
    r"neu\w* patient|neupatient|neu\w* aufnahme|noch aufnehmen|patientenaufnahme|aufnahmestopp|"
    r"nehm\w* (?:sie |ihr )?(?:noch |auch )?(?:neue|leute|patient\w*) ?\w* ?(?:auf|an)\b|"
    r"new patient|(?:taking|accept\w*) (?:on )?(?:new )?patients|register (?:with|as|here)",
    re.IGNORECASE,
)
WALK_IN = re.compile(
    r"\bohne (?:\w+ )?termin|brauch\w* (?:ich|man|wir) (?:\w+ )?(?:einen )?termin|einfach (?:so )?(?:vorbei)?komm|"
    r"without (?:an? )?appointment|need (?:an |to make an |to book an )?appointment|walk[ -]?ins?\b",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"\b(?:nur|reine|ausschließlich|only|exclusively|just)\b|privatpraxis|private (?:practice|clinic)",
    re.IGNORECASE,
)
# "Macht er auch Stoßwelle?": what the doctor does, where no visit of ours was named.
OFFERS = re.compile(
    r"\b(?:mach\w*|biete\w*|führ\w*|hat|haben) (?:er|sie|der|die|dr|doktor|herr|frau|denn)\b|"
    r"\b(?:does|can|do|will) (?:he|she|they|dr|doctor|you)\b[^?]*\b(?:do|offer|perform|have|treat)\b",
    re.IGNORECASE,
)
LANGUAGES = re.compile(r"sprache|fremdsprach|language|\bspeak", re.IGNORECASE)
# "Nehmen Sie die TK?", whatever else is asked
TAKES = re.compile(
    r"\b(?:nehm\w*|nimmt|akzeptier\w*|arbeite\w* .{0,20}mit|take|accept|cover|deal with)\b", re.IGNORECASE
)
# What is asked, and not told: "die Rechnung stimmt nicht" is no question.
QUESTION = re.compile(
    r"\?|^\W*(?:und |and |ok )?(?:was|wie|wer|welche\w*|kost\w*|muss|müsst\w*|nehm\w*|akzeptier\w*|gilt|"
    r"zahl\w*|ist|sind|habt|haben|kann|what|how|who|which|do|does|is|are|can|will|would)\b",
    re.IGNORECASE,
)
FASTING = re.compile(
    r"nüchtern|nuechtern|frühstück|vorher essen|was essen|leere[nm] magen|\bfast(?:ing|ed)?\b|empty stomach|breakfast|"
    r"eat (?:before|beforehand)",
    re.IGNORECASE,
)


def aspects(text: str, table: dict[str, str]) -> list[str]:
    """The aspects of `table` that the words name, in the table's order."""
    return [name for name, words in table.items() if re.search(words, text, re.IGNORECASE)]
