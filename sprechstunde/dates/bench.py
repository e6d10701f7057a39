"""How long understanding a message takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import thread_time

from sprechstunde.dates.understand import find_wish

SAMPLE = (
    ("de", "Hallo, ich hätte gern nächste Woche einen Termin bei der Hautärztin, am liebsten nachmittags"),
    ("de", "nein, lieber Mittwoch zwischen 10 und 12 oder Donnerstag ab halb vier, nur nicht am Freitag"),
    (
        "de",
        "Ich habe seit drei Wochen Rückenschmerzen und nehme 2x täglich 400 mg Ibuprofen, geht am 3.12. um 9 was?",
    ),
    ("de", "egal"),
    (
        "en",
        "Hi, could I come in next week, preferably Tuesday or Thursday afternoon, anything after 3pm works",
    ),
    (
        "en",
        "please move my appointment from Tuesday to Thursday at half past two, mornings don't work for me",
    ),
    ("en", "the second one"),
    (
        "de",
        "Meine Tochter hat seit gestern Fieber und hustet. Wir waren letzte Woche schon da. " * 6
        + "Geht morgen früh?",
    ),
)


def milliseconds(rounds: int = 50, sample: Sequence[tuple[str | None, str]] = SAMPLE) -> dict[str, float]:
    """Median, 95th percentile and worst time of `find_wish` a message, in milliseconds of processor time."""
    now = datetime.fromisoformat("2026-11-25T10:00")
    for lang, text in sample:
        find_wish(text, lang, now)
    taken = []
    for _ in range(rounds):
        for lang, text in sample:
            start = thread_time()
            find_wish(text, lang, now)
            taken.append((thread_time() - start) * 1000)
    taken.sort()
    return {"p50": taken[len(taken) // 2], "p95": taken[int(len(taken) * 0.95)], "max": taken[-1]}
