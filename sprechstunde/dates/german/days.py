"""Days by name: today, weekdays, days counted from now."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.language import Rule

DAYS = [
    Rule("today", r"heute", build.in_days(0)),
    Rule("today_still", r"heute noch(?= <am|im|bis> <frühen|späten> {part})", build.in_days(0)),
    Rule("tomorrow_still", r"morgen noch(?= <am|im|bis> <frühen|späten> {part})", build.in_days(1)),
    Rule("todays", r"(heutigen|heutiger|heutige|heutiges)", build.in_days(0)),
    Rule("tomorrows", r"(morgigen|morgiger|morgige|morgiges)", build.in_days(1)),
    Rule("this_morning", r"heute (morgen|früh)", build.day_with_part(0, "06:00-10:00")),
    Rule("tomorrow", r"<gleich> morgen", build.in_days(1)),
    Rule(
        "tomorrow_early",
        r"morgen <in der|in aller|ganz> (früh|frühe|morgen)",
        build.day_with_part(1, "06:00-10:00"),
    ),
    Rule("overmorrow", r"(übermorgen|über morgen)", build.in_days(2)),
    Rule("overmorrow_early", r"übermorgen früh", build.day_with_part(2, "06:00-10:00")),
    Rule("overovermorrow", r"überübermorgen", build.in_days(3)),
    Rule("today_in_units", r"heute (in|über) {n} {unit}", build.in_units_from(0)),
    Rule("tomorrow_in_units", r"morgen (in|über) {n} {unit}", build.in_units_from(1)),
    Rule("overmorrow_in_units", r"(übermorgen|über morgen) (in|über) {n} {unit}", build.in_units_from(2)),
    Rule("weekday", r"{weekday}", build.weekday),
    Rule(
        "weekday_still",
        r"(?<!weder )(?<!weder am )(?<!nicht )(?<!nicht am ){weekday_long} noch(?= <am|im> <frühen|späten> {part})",
        build.weekday,
    ),
    Rule("weekday_morning", r"{weekday} morgen", build.weekday_with_part("06:00-10:00")),
    Rule(
        "weekday_range",
        r"{weekday} (-|bis) {weekday}(?= (ab|nach|vor|vormittags|nachmittags|immer)(?!\S))",
        build.weekday_range,
    ),
    Rule("weekday_range_dash", r"{weekday} - {weekday}", build.weekday_range),
    Rule("weekend", r"wochenende", build.this_weekend),
    Rule("weekdays", r"<immer> {weekdays}", build.recurring_weekday),
    Rule("every_weekday", r"(immer|jeden|jeweils) <am> {weekday}", build.recurring_weekday),
    Rule(
        "a_weekday", r"(an einem|irgendeinen|irgendeinem|an irgendeinem) {weekday}", build.recurring_weekday
    ),
    Rule("relative_weekday", r"{rel} {weekday}", build.relative_weekday),
    Rule("weekday_after_next", r"{weekday} (in|über) {n} wochen?", build.weekday_in_weeks()),
    Rule("weekday_after_holiday", r"{weekday} nach <dem|den> {holiday}", build.weekday_beside_holiday(1)),
    Rule("weekday_before_holiday", r"{weekday} vor <dem|den> {holiday}", build.weekday_beside_holiday(-1)),
    Rule("weekday_fortnight", r"{weekday} (in|über) (14|vierzehn) tagen?", build.weekday_in_weeks(2)),
    Rule("weekday_week", r"{weekday} (in|über) (8|acht) tagen?", build.weekday_in_weeks(1)),
    Rule(
        "workdays",
        r"(unter der woche|wochentags|werktags|an einem wochentag|an wochentagen|an werktagen|"
        r"innerhalb der woche)",
        build.workdays,
    ),
    Rule("weekends", r"(an wochenenden|wochenends|am wochenende immer)", build.weekends),
    Rule("sunday_relative", r"<am> {rel} so( \.)?(?= [,.!?)]|$| um| ab)", build.sunday),
    Rule("sunday_dotted", r"(am|ab|bis|vor|nach) so \.", build.sunday),
    Rule(
        "sunday_short",
        r"so(?= (\d|früh|vormittag|nachmittag|mittag|abend|oder (mo|sa|di)(?!\S)))",
        build.sunday,
        weak=True,
    ),
]
