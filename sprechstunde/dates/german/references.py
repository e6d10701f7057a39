"""What points back to a day that was named: "danach", "am Tag davor", "der Montag darauf"."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule, cue

REFERENCES = [
    Rule("refer_from", r"(ab dann|ab da|von da an|ab diesem tag)", build.reference),
    Rule("refer_after", r"(danach|hinterher|anschließend|im anschluss)", build.reference),
    Rule("refer_before", r"(vorher|davor|zuvor|bis dahin|vorab)", build.reference),
    Rule("refer_next_day", r"<am|der|den|einen> tag (danach|darauf|drauf)", build.reference),
    Rule("refer_next_day", r"(am|der|den) (darauffolgenden|nächsten|folgenden) tag", build.reference),
    Rule("refer_previous_day", r"<am|der|den|einen> tag (davor|vorher|zuvor)", build.reference),
    Rule("refer_previous_day", r"am vortag", build.reference),
    Rule(
        "refer_same_day",
        r"(am|der|den|an dem) (selben|gleichen|nämlichen) tag|(am selben|am gleichen) tag",
        build.reference,
    ),
    Rule(
        "refer_same_day",
        r"(an dem|an diesem) tag|da(?= (um|gegen|so um|so gegen|ab|vormittags?|nachmittags?|früh|abends|morgens|"
        r"mittags)"
        r"(?!\S))",
        build.reference,
    ),
    Rule(
        "refer_weekday_after",
        r"<am|den|der> {weekday_long} (danach|darauf|drauf|drauffolgend|nachher)",
        build.weekday,
    ),
    Rule("refer_weekday_after", r"(am|den|der) darauffolgenden {weekday_long}", build.weekday),
    Rule("refer_weekday_before", r"<am|den|der> {weekday_long} (davor|vorher|zuvor)", build.weekday),
    Rule("refer_week_after", r"(in der|die|in die|eine) woche (danach|darauf|drauf)", build.week_after_next),
    Rule("refer_week_before", r"(in der|die|in die) woche (davor|vorher|zuvor)", build.reference),
]
# "Danach geht alles", but not "kann ich danach Auto fahren".
REFERRING = cue(
    r"(?<!\S)(irgendwann|erst|lieber|gern|gerne|jederzeit|alles|immer|nur|besten|möglichst|bitte|gleich|direkt|oder|"
    r"noch|kurz|bald|wieder|jemand|was|etwas|termin) @|"
    r"@ (bitte|(einen |nen |n |den )?termin|geht|gehts|ginge|passt|passen|passts|gern|gerne|wäre|wärs|hätte|"
    r"hätten|kann ich (?!nicht)|könnte|"
    r"(habe|hab|haben) (ich|wir) (\S+ )?(zeit|luft|frei)|(bin|sind|wäre) (ich|wir) (\S+ )?(frei|da|flexibel|zurück)|"
    r"jederzeit|jeder|jeden|immer|wieder|lieber|ist (mir )?(alles|egal|jeder)|irgendwann|alles|würde|klappt)(?!\S)|"
    r"(?<!\S)(bräuchte|brauche|brauch|bräuchten|möchte|müsste|will|würde|hätte|termin|impfung)(?: \S+){0,6} @"
    r"(?: (kommen|haben|machen|erledigen|erledigt|sein|noch|bitte|da|dran|vorbei|vorbeikommen))*$|"
    r"(?<!\S)(muss|müsste|sollte) (es|das|der|die|dann)(?: \S+){0,3} @|"
    r"(?<!\S)(kann|könnte|können|könnten) (ich|wir|er|sie|man)(?: \S+){0,3} @ (?:\S+ ){0,4}"
    r"(kommen|bekommen|vorbeikommen|impfung|termin|impfen|haben|rein|dran)(?!\S)"
)
