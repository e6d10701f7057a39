"""Dates of birth as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from sprechstunde.dates import birth_date

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("3.4.1988", date(1988, 4, 3)),
        ("03.04.88", date(1988, 4, 3)),
        ("03.04.1988", date(1988, 4, 3)),
        ("3. April 1988", date(1988, 4, 3)),
        ("3 april 88", date(1988, 4, 3)),
        ("3.Apr.1988", date(1988, 4, 3)),
        ("dritter April 1988", date(1988, 4, 3)),
        ("am dritten april 1988 geboren", date(1988, 4, 3)),
        ("geb. 3.4.88", date(1988, 4, 3)),
        ("Anna Müller, 3.4.1988, TK", date(1988, 4, 3)),
        ("Mein Geburtsdatum ist der 12. März 1979", date(1979, 3, 12)),
        ("12. Maerz 1979", date(1979, 3, 12)),
        ("1.1.2000", date(2000, 1, 1)),
        ("24.11.26", date(2026, 11, 24)),
        ("26.11.26", date(1926, 11, 26)),
        ("3/4/1988", date(1988, 4, 3)),
        ("3-4-1988", date(1988, 4, 3)),
        ("3 4 1988", date(1988, 4, 3)),
        ("03041988", date(1988, 4, 3)),
        ("120466", date(1966, 4, 12)),
        (" 030488.", date(1988, 4, 3)),
        ("482913", None),
        ("0170 120466", None),
        ("1988-04-03", date(1988, 4, 3)),
        ("1988/04/03", date(1988, 4, 3)),
        ("4/23/1988", date(1988, 4, 23)),
        ("april 3rd 88", date(1988, 4, 3)),
        ("April 3, 1988", date(1988, 4, 3)),
        ("3rd of April 1988", date(1988, 4, 3)),
        ("third of april 1988", date(1988, 4, 3)),
        ("Jan 31st, 1954", date(1954, 1, 31)),
        ("born on 5 June 2019", date(2019, 6, 5)),
        ("29.2.2004", date(2004, 2, 29)),
        ("dreizehnter mai neunzehnhundertsechzig", date(1960, 5, 13)),
        ("13. Mai 60", date(1960, 5, 13)),
        ("am dreizehnten fünften neunzehnhundert sechzig", date(1960, 5, 13)),
        ("ein und zwanzigster März zweitausendfünf", date(2005, 3, 21)),
        ("einunddreissigster zwölfter neunzehnhundertneunundneunzig", date(1999, 12, 31)),
        ("dritter april achtundachtzig", date(1988, 4, 3)),
        ("the thirteenth of may nineteen sixty", date(1960, 5, 13)),
        ("May thirteenth, nineteen sixty-four", date(1964, 5, 13)),
        ("third of april two thousand and five", date(2005, 4, 3)),
        ("third of april nineteen oh eight", date(1908, 4, 3)),
        ("twenty-first of june twenty ten", date(2010, 6, 21)),
        ("dritter Dezember zehn Uhr", None),
        ("am dritten Dezember um zehn", None),
        ("5. Mai 1905", None),
        ("3.4.2030", None),
        ("1.1.1890", None),
        ("31.2.1988", None),
        ("29.2.2003", None),
        ("nächsten Freitag", None),
        ("0171 2345678", None),
        ("um 14:30", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_date_of_birth(text, born, lang):
    assert birth_date(text, lang, TODAY) == born
