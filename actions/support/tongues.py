"""Languages by name, and specialties that a practice may be asked for and not have."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale
from rapidfuzz import fuzz, process

from sprechstunde.assistant.nlu.text import fold
from sprechstunde.languages import languages

# The languages people ask for; "Ga" or "Vai" would find words that are none.
CODES = (
    *(
        "de",
        "en",
        "fr",
        "es",
        "it",
        "pt",
        "tr",
        "ru",
        "uk",
        "pl",
        "ar",
        "fa",
        "ku",
        "ro",
        "bg",
        "hu",
        "cs",
        "sk",
        "el",
    ),
    *(
        "sr",
        "hr",
        "bs",
        "sq",
        "nl",
        "sv",
        "da",
        "no",
        "fi",
        "zh",
        "ja",
        "ko",
        "vi",
        "hi",
        "ur",
        "th",
        "he",
        "ka",
        "am",
    ),
)
MORE_NAMES = {
    "dari": "fa",
    "farsi": "fa",
    "mandarin": "zh",
    "tigrinya": "ti",
    "deutsche": "de",
    "englische": "en",
}
SHORTEST, ALIKE = 6, 85  # letters; of 100, rapidfuzz
ENDINGS = ("isch", "ich", "ish", "ian", "ic", "sch")
ELSEWHERE = (
    (r"augen(?:arzt|ärzt|aerzt|klinik|heil)|eye doctor|ophthalm|optician", "Augenheilkunde", "eye care"),
    (
        r"zahn(?:arzt|ärzt|aerzt|medizin|weh|reinigung|steinentf)|dentist|dental|tooth|teeth",
        "Zahnmedizin",
        "dentistry",
    ),
    (
        r"frauen(?:arzt|ärzt|aerzt)|gynäk|gynaek|gyn\b|gynaecol|gynecol|\bobgyn",
        "Frauenheilkunde",
        "gynaecology",
    ),
    (r"\bhno\b|hals-nasen|\bent\b|ear,? nose", "HNO-Heilkunde", "ear, nose and throat medicine"),
    (r"urolog", "Urologie", "urology"),
    (r"kardiolog|cardiolog|herzspezialist|heart specialist", "Kardiologie", "cardiology"),
    (r"neurolog|nervenarzt", "Neurologie", "neurology"),
    (
        r"psycholog|psychiat|psychother|therapeut|therapist|shrink",
        "Psychotherapie und Psychiatrie",
        "psychotherapy and psychiatry",
    ),
    (r"radiolog|\bmrt\b|\bmri\b|röntgen|x-?ray|\bct\b", "Radiologie", "radiology"),
    (r"gastro|magenspiegel|darmspiegel|colonoscop|koloskop", "Gastroenterologie", "gastroenterology"),
    (r"lungen(?:arzt|ärzt|fach)|pneumolog|pulmonolog", "Lungenheilkunde", "lung medicine"),
    (r"rheumatolog", "Rheumatologie", "rheumatology"),
    (r"endokrinolog|endocrinolog", "Endokrinologie", "endocrinology"),
    (r"physiotherap|krankengymnast|physio\b", "Physiotherapie", "physiotherapy"),
    (r"hebamme|midwife", "Hebammen", "midwives"),
    (r"tierarzt|tierärzt|\bvet\b|veterinar", "Tiermedizin", "veterinary medicine"),
)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {}
    for language in languages():
        for code in CODES:
            name = Locale(language).languages.get(code)
            if name:
                names[fold(name)] = code
    return {**names, **{fold(name): code for name, code in MORE_NAMES.items()}}


def language_name(code: str, language: str) -> str:
    """ "Türkisch", "Turkish"."""
    return str(Locale(language).languages.get(code) or code)


def languages_in(text: str) -> list[str]:
    """Codes (ISO 639-1) of the languages named, in the order of the text: "spricht jemand türkisch?"."""
    names, found = _names(), []
    for word in map(fold, re.findall(r"[^\W\d_]+", text)):
        code = names.get(word) or names.get(word.removesuffix("es")) or names.get(word.removesuffix("en"))
        code = code or _misspelt(word, names)
        if code and code not in found:
            found.append(code)
    return found


def _misspelt(word: str, names: dict[str, str]) -> str | None:
    """ "Arabich", "ukranian": long words that end as names of languages do."""
    if len(word) < SHORTEST or not word.endswith(ENDINGS):
        return None
    likely = process.extractOne(word, list(names), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return names[likely[0]] if likely else None


def not_here(text: str, language: str) -> str | None:
    """A specialty in the message that has no entity of this clinic behind it: "Augenheilkunde"."""
    for words, german, english in ELSEWHERE:
        if re.search(words, text, re.IGNORECASE):
            return german if language == "de" else english
    return None
