"""English words in German messages: "tomorrow um 9", "Monday vormittag", "next week"."""

from __future__ import annotations

from sprechstunde.dates.tables import grouped

WORDS = """
    heute: today
    morgen: tomorrow | tmrw
    heute abend: tonight
    montag: monday
    dienstag: tuesday | tues
    mittwoch: wednesday
    donnerstag: thursday | thurs
    freitag: friday
    samstag: saturday
    sonntag: sunday
    januar: january
    februar: february
    oktober: october
    dezember: december
    weihnachten: christmas | xmas
    nachmittag: afternoon
    mittags: lunchtime
    nächste: next
    uhr: oclock
"""
# Only right behind a day: "good morning" is a greeting.
PART = grouped(
    """
    06:00-12:00: morning
    17:00-21:00: evening
    """
)
