"""Messages in a language that the assistant does not understand: which one it is, where the words leave no doubt."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sprechstunde.assistant.nlu.language_words import is_everyday
from sprechstunde.assistant.nlu.marks import RULED
from sprechstunde.assistant.settling import EMERGENCIES, NAMES_ASKED

INTENT = "other_language"
TONGUE = "tongue"
# Scripts that need no words; the more special ones first.
_SCRIPTS = (
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04FF]{2}")),
    ("fa", re.compile(r"[پچژگ]")),
    ("ar", re.compile(r"[\u0600-\u06FF]{2}")),
    ("he", re.compile(r"[\u0590-\u05FF]{2}")),
    ("el", re.compile(r"[\u0370-\u03FF]{3}")),
    ("ja", re.compile(r"[\u3040-\u30FF]")),
    ("ko", re.compile(r"[\uAC00-\uD7AF]")),
    ("zh", re.compile(r"[\u4E00-\u9FFF]{2}")),
    ("hi", re.compile(r"[\u0900-\u097F]{2}")),
)
# One of these is enough where nothing else is said in German or English.
_SURE = {
    "tr": "merhaba selamlar gunaydin randevu turkce hastayim istiyorum",
    "fr": "bonjour bonsoir voudrais aimerais francais",
    "es": "buenos buenas necesito quisiera espanol",
    "it": "buongiorno buonasera vorrei appuntamento italiano",
    "pl": "czesc dzien chcialbym chcialabym umowic wizyte potrzebuje polsku",
}
# Two of these.
_LIKELY = {
    "tr": "selam almak agri agriyor lutfen tesekkur tesekkurler ederim icin bir cok iyi gunler konusan biliyor musunuz "
    "var basim bugun yarin mi doktor",
    "fr": "salut merci je suis j'ai ai avec mal pour docteur medecin plait parlez est-ce que prendre rendez-vous "
    "demain une vous tete ventre mon",
    "es": "hola dias tardes quiero una cita medico por favor gracias tengo dolor hablan alguien para manana duele hijo "
    "cabeza estomago",
    "it": "ciao salve un prenotare ho bisogno dolore grazie favore medico dottore parlate parla sono male domani di "
    "una testa pancia",
    "pl": "dobry prosze dziekuje mam boli lekarz lekarza sie po mowi jest jutro ktos mnie glowa brzuch",
}
_UKRAINIAN = re.compile(
    r"\b(?:добрий|доброго (?:дня|ранку|вечора)|добридень|вітаю|дякую|треба|мене|потрібен|будь ласка|українськ\w*)\b",
    re.IGNORECASE,
)
_SURE_WORDS = {code: frozenset(said.split()) for code, said in _SURE.items()}
_WORDS = {code: frozenset(f"{_SURE[code]} {said}".split()) for code, said in _LIKELY.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_A_NAME = 4  # words, where a name was asked for


def tongue_of(text: str) -> str | None:
    """ISO 639-1 code of the foreign language of `text`; None for German, English and whatever is in doubt."""
    letters = [ch for ch in text if ch.isalpha()]
    if sum(ch > "\u036f" for ch in letters) * 2 > len(letters):
        found = next((code for code, script in _SCRIPTS if script.search(text)), None)
        return "uk" if found == "ru" and _UKRAINIAN.search(text) else found
    spoken = _WORD.findall(text)
    plain = {_plain(word) for word in spoken}
    ours = sum(
        is_everyday(word) for word in spoken if not any(_plain(word) in said for said in _WORDS.values())
    )
    hits = {code: len(plain & said) for code, said in _WORDS.items()}
    best = max(hits, key=lambda code: hits[code])
    if hits[best] >= 2 and hits[best] > 2 * ours and sorted(hits.values())[-2] < hits[best]:
        return best
    return best if plain & _SURE_WORDS[best] and not ours else None


def recognised(parsed: dict[str, Any], asked: str | None) -> dict[str, Any]:
    """Parse data with the intent `other_language` and the entity `tongue` where the message is in one.

    `asked`: the slot asked for; names are in no language. An emergency stays one.
    """
    text = parsed.get("text") or ""
    if parsed.get(RULED) or (parsed.get("intent") or {}).get("name") in EMERGENCIES:
        return parsed
    if asked in NAMES_ASKED and len(_WORD.findall(text)) <= _A_NAME:
        return parsed
    code = tongue_of(text)
    if code is None:
        return parsed
    entity = {"entity": TONGUE, "value": code, "start": 0, "end": 0, "extractor": "foreign"}
    return {**parsed, "intent": {"name": INTENT, "confidence": 1.0}, "entities": [entity]}


def _plain(word: str) -> str:
    """Small letters without marks: "Günaydın" → "gunaydin"."""
    folded = unicodedata.normalize(
        "NFKD", word.casefold().replace("ı", "i").replace("ł", "l").replace("’", "'")
    )
    return "".join(ch for ch in folded if not unicodedata.combining(ch))
