"""Dates with a number."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.german.vocabulary import NOT_COUNTING
from sprechstunde.dates.language import Rule

NUMBERED = [
    Rule("date", r"<den|der|am|dem> {d}\.{mo}\.?(\.?{y})?(?! uhr)", build.full_date),
    Rule("date_roman", r"<den|der|am|dem> {d}\. {roman}( \.)?( {y}(?! uhr))?(?! uhr)", build.full_date),
    Rule("date_spaced", r"<den|der|am|dem> {d}\. {mo}\.( {y}(?! uhr))?", build.full_date),
    Rule("date_named", r"<den|der|am|dem> ({d}\.?|{ordinal}) {month}( ({yyyy}|{yy}))?", build.full_date),
    Rule(
        "date_half_ordinal",
        r"<den|der|am|dem> {d}\.? {ordinal}(?! (termin|mal|"
        r"versuch)(?!\S))",
        build.day_and_ordinal_month,
    ),
    Rule("date_ordinal", r"<den|der|am|dem> {ordinal} {ordinal}", build.ordinal_date),
    Rule("date_slash", r"<am|den> {d}/{d}(/{y})?", build.slash_date),
    Rule("date_dashes", r"<am|den> {d}-{mo}-{y}", build.full_date),
    Rule("date_iso", r"{yyyy}[-/]{mo}[-/]{d}", build.iso_date),
    Rule("date_named_ending", r"<den|der|am|dem> {d} (ten|te|ter|er) {month}( {yyyy})?", build.full_date),
    Rule("date_ordinal_ending", r"<den|der|am|dem> {d} (ten|te|ter) {d} (ten|te|ter)", build.numbered_month),
    Rule("date_loose_dots", r"<am|den|der> {d} \. {mo} \.( {y}(?! uhr))?", build.full_date),
    Rule(
        "weekday_ordinal",
        r"{weekday}( ,)? (den|der|dem) {ordinal}(?! ({month}|{ordinal}|termin|mal|stelle|tag|{span}))",
        build.month_day,
    ),
    Rule(
        "month_day",
        r"(am|den|dem|zum|der) {d}\.(?! (versuch|anlauf|schritt|\S*zahn|finger|zeh|rippe|kind|platz|"
        r"{month}|option|termin|stock|etage|klasse|mal|"
        r"schwangerschaftswoche|ssw|lebensjahr|impfung|tag))(?! ({span}|{unit})(?!\S))",
        build.month_day,
    ),
    Rule("month_day_after_operator", r"{d}\.", build.month_day, weak=True),
    Rule("month_day_bare", r"am {d}" + NOT_COUNTING, build.month_day),
    Rule(
        "month_day_word",
        r"(am|dem|zum|vom) {ordinal}(?! (termin|mal|stelle|tag|{span})(?!\S))",
        build.month_day,
    ),
    Rule(
        "month_day_ten_bare",
        r"{d} (ten|te|ter)(?= (um|ab|vormittags?|nachmittags?|früh|mittags|abends|oder|geht|ginge|passt|wäre)(?!\S)|"
        r" [,.!?)]|$)",
        build.month_day,
    ),
    Rule("month_day_ten", r"(am|der|den|dem|zum) {d} (ten|te|ter)", build.month_day),
    Rule(
        "days_of_month",
        r"<vom> {d}\.? (bis|-|bis zum|auf den) {d}\.{mo}\.?",
        build.month_days,
    ),
    Rule(
        "days_of_month_spaced",
        r"(zwischen|zw|zw \.) <dem> {d}\.? (und|u|u \.|und dem) {d}\.{mo}\.?",
        build.month_days,
    ),
    Rule("days_of_month_glued", r"{d}\.?-{d}\.{mo}\.?", build.month_days),
    Rule(
        "days_of_named_month",
        r"<vom> {d}\.? ?(bis|-|bis zum) {d}\.? {month}",
        build.month_days,
    ),
    Rule(
        "days_between_named",
        r"(zwischen|zw|zw \.) <dem> {d}(\.| (ten|te|ter))? (und|u|u \.|und dem) {d}(\.| (ten|te|ter))? {month}",
        build.month_days,
    ),
    Rule("days_next_to_each_other", r"{d}\.? und {d}\.? {month}", build.neighbours),
    Rule("days_named_glued", r"{d}\.?-{d}\.? {month}", build.month_days),
    Rule("dates_either", r"{d}\.({mo}\.?)?/{d}\.{mo}\.?", build.dates_either),
    Rule("dates_between", r"{d}\.{mo}\.?-{d}\.{mo}\.?", build.dates_between),
    Rule(
        "days_of_this_month",
        r"(von|vom|zwischen|zwischen dem|zw|zw \. dem|zw \.) {d}(\.| (ten|te|ter)) "
        r"(bis|und|bis zum|und dem|bis einschließlich|-) {d}(\.| (ten|te|ter))(?! {month})",
        build.month_days,
    ),
    Rule("days_of_this_month_glued", r"<vom|von|zwischen> <dem> {d}\.-{d}\.(?! ?{month})", build.month_days),
    Rule(
        "days_in_words",
        r"(vom|zwischen|zwischen dem) {ordinal} (bis|und|bis zum|und dem) {ordinal}( {month})?",
        build.month_days,
    ),
    Rule(
        "days_of_named_month_ending",
        r"<vom> {d} (ten|te|ter) (bis|-|bis zum) {d} (ten|te|ter) {month}",
        build.month_days,
    ),
    Rule(
        "month_day_this",
        r"<am|der|den|zum> {d}\. (d \. (m|mts) \.?|dm|d \. monats|des monats|dieses monats|(des )?laufenden monats)",
        build.month_day,
    ),
]
