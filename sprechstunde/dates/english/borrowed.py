"""German words in English messages, which people who live in Germany mix in: "tomorrow vormittag", "on Donnerstag"."""

from __future__ import annotations

from sprechstunde.dates.tables import grouped

WORDS = """
    today: heute
    tomorrow: morgen
    overmorrow: übermorgen
    monday: montag
    tuesday: dienstag
    wednesday: mittwoch
    thursday: donnerstag
    friday: freitag
    saturday: samstag | sonnabend
    sunday: sonntag
    january: januar | jänner
    february: februar
    june: juni
    july: juli
    october: oktober
    december: dezember
    next: nächste | nächsten | nächster
    week: woche
    weekend: wochenende
    christmas eve: heiligabend
    new years eve: silvester | sylvester
    christmas: weihnachten
    easter: ostern
    pentecost: pfingsten
    rose monday: rosenmontag
    good friday: karfreitag
    corpus christi: fronleichnam
    ascension day: himmelfahrt
    cw: kalenderwoche
"""
PART = grouped(
    """
    06:00-10:00: in der früh | morgens
    08:00-12:00: vormittag | vormittags
    12:00-14:00: mittag | mittags
    12:00-18:00: nachmittag | nachmittags
    17:00-21:00: abend | abends
    """
)
# Only right behind a day.
PART_SHORT = grouped("06:00-10:00: früh")
