"""Where a message names several times, the one that answers "when?" is found."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sprechstunde.dates.best import best_span
from tests.dates_notation import NOW, written


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("de", "nicht Montag sondern Mittwoch", "2026-12-02T00:00", "2026-12-03T00:00"),
        ("de", "statt Dienstag lieber Donnerstag", "2026-11-26T00:00", "2026-11-27T00:00"),
        ("de", "Dienstag um 9, nein, lieber Freitag", "2026-11-27T00:00", "2026-11-28T00:00"),
        ("de", "Mo oder Di früh", "2026-11-30T06:00", "2026-11-30T10:00"),
        ("de", "übermorgen hätte ich Zeit, so gegen 11", "2026-11-27T11:00", "2026-11-27T12:00"),
        ("de", "so schnell wie möglich, am besten morgen", "2026-11-26T00:00", "2026-11-27T00:00"),
        ("de", "bis zum 5.12. bin ich im Urlaub", "2026-12-06T00:00", None),
        ("de", "ab dem 10.12. bin ich weg", None, "2026-12-10T00:00"),
        ("de", "jeden tag außer mittwoch", "2026-11-25T10:00", None),
        ("de", "sind die Ergebnisse vom 12.11. da?", None, None),
        ("de", "donnerstag um 8 ist zu früh, lieber um 10", "2026-11-26T10:00", "2026-11-26T11:00"),
        ("en", "I said tuesday, wednesday would be better", "2026-12-02T00:00", "2026-12-03T00:00"),
        ("de", "im neuen Jahr bitte, so Mitte Januar", "2027-01-11T00:00", "2027-01-21T00:00"),
        ("de", "nächste Woche einen Termin, am liebsten Dienstag", "2026-12-01T00:00", "2026-12-02T00:00"),
        ("en", "some time next week would be good, ideally friday", "2026-12-04T00:00", "2026-12-05T00:00"),
        ("en", "only after Christmas, so from January 7", "2027-01-07T00:00", None),
        ("en", "any day but Tuesday", "2026-11-25T10:00", None),
        ("en", "I said monday but I meant tuesday", "2026-12-01T00:00", "2026-12-02T00:00"),
        ("en", "how is thursday looking, say 3ish?", "2026-11-26T15:00", "2026-11-26T16:00"),
        ("en", "either tuesday or friday", "2026-12-01T00:00", "2026-12-02T00:00"),
        ("en", "the first available on wed", "2026-12-02T00:00", "2026-12-03T00:00"),
        ("en", "my appointment on friday", "2026-11-27T00:00", "2026-11-28T00:00"),
        ("en", "we are away until the 5th", "2026-12-06T00:00", None),
    ],
)
def test_the_wish_wins(lang, text, start, end):
    best = best_span(text, lang, NOW)
    found = best.to_dict() if best else {"start": None, "end": None}
    assert (found["start"], found["end"]) == (start, end)


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [("en", "any day but Tuesday", "any_day"), ("de", "alles außer vormittags", "any_time")],
)
def test_a_time_to_avoid_is_never_the_answer(lang, text, kind):
    best = best_span(text, lang, NOW)
    assert best is not None
    assert best.kind == kind


BEST = yaml.load((Path(__file__).parent / "best.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize(
    ("lang", "text", "meaning"),
    [(lang, text, meaning) for lang in BEST for text, meaning in BEST[lang].items()],
)
def test_the_best_reading_of_a_message(lang, text, meaning):
    best = best_span(text, lang, NOW)
    assert (written(best) if best else "-") == meaning
