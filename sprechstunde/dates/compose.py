"""Putting atoms together: day and hour side by side are one expression, operators open or turn it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from sprechstunde.dates import calendar, clocks
from sprechstunde.dates.agreement import (
    WIDE,
    edge_hours,
    is_day,
    opened_in,
    same_days,
    stretch_in,
    turned,
)
from sprechstunde.dates.atoms import BOUNDS, EDGES, Atom, Context, Op
from sprechstunde.dates.constraints import BUSY, speaks_of_else
from sprechstunde.dates.enumerations import spread_negation
from sprechstunde.dates.groups import Group, Pending
from sprechstunde.dates.language import Language
from sprechstunde.dates.leaning import only_fillers, strong
from sprechstunde.dates.model import ONE_DAY, Clock, Days
from sprechstunde.dates.references import HORIZON
from sprechstunde.dates.sharing import shared
from sprechstunde.dates.text import Normal

_WHOLE = frozenset({Op.ASAP, Op.ANY, Op.ANY_DAY, Op.ANY_TIME})


def compose(
    text: Normal, atoms: list[Atom], language: Language, context: Context, *, moving: bool
) -> list[Group]:
    """Groups in order of the text. `moving`: an appointment is moved, so "von Montag auf Dienstag" is no range."""
    composer = _Composer(text, language, context, moving)
    for atom in strong(text, atoms, language, context):
        composer.take(atom)
    composer._behind()
    composer.flush()
    spread_negation(text, composer.groups, atoms, language)
    return list(shared(composer.groups))


class _Composer:
    def __init__(self, text: Normal, language: Language, context: Context, moving: bool) -> None:
        self.text, self.language, self.context, self.moving = text, language, context, moving
        self.groups: list[Group] = []
        self.current: Group | None = None
        self.pending = Pending()
        self.last = 0
        self.between = False
        self.before_edge: tuple[Op | None, bool] = (None, False)

    def take(self, atom: Atom) -> None:
        adjacent = only_fillers(self.text, self.last, atom.first, self.language) and not self._told_apart(
            atom
        )
        if not adjacent:
            self._behind()
            self.pending = Pending(linked=False)
            self.flush()
        if atom.op is not None:
            self._operate(atom, adjacent)
        else:
            self._integrate(atom)
        self.last = atom.last

    def _told_apart(self, atom: Atom) -> bool:
        """As in "bis 13 Uhr hab ich Schule, Montag ginge": what holds before the comma does not hold behind it."""
        group = self.current
        if group is None or not group.clocks or "," not in self.text.words[self.last : atom.first]:
            return False
        return group.rules[-1].startswith(BUSY) or speaks_of_else(
            self.text, group.first, self.last, self.language
        )

    def _behind(self) -> None:
        """An operator with nothing after it belongs to what stands before: "Freitag spätestens", "Thursday early"."""
        group, pending = self.current, self.pending
        if not group or not group.days or not self._stands_behind(group, pending):
            return
        if pending.edge and not group.clocks and group.days.grain == "day" and not group.days.bound:
            group.clocks, group.last = edge_hours(pending.edge), pending.first + 1
        elif pending.edge and not group.clocks and group.days.grain == "month" and not group.days.bound:
            part = calendar.edge(group.days.ranges[0], "month", pending.edge)
            group.days, group.last = replace(group.days, ranges=(part,)), pending.first + 1
        elif self.text.words[pending.first] == "ab":
            pass  # "das Rezept läuft am 15.12. ab"
        elif pending.bound in (Op.UNTIL, Op.FROM) and not group.days.bound and not group.clocks:
            group.days, group.last = self._opened(group.days, pending.bound), pending.first + 1
        self.pending = Pending()

    def _stands_behind(self, group: Group, pending: Pending) -> bool:
        """At once, or behind a comma: "im Januar, zweite Hälfte"."""
        if pending.edge and pending.first == group.last + 1:
            return self.text.words[group.last] == ","
        return pending.first == group.last

    def flush(self) -> None:
        if self.current and (self.current.days or self.current.clocks or self.current.op):
            self.groups.append(self.current)
        self.current = None
        self.between = False

    def _operate(self, atom: Atom, adjacent: bool) -> None:
        op, pending = atom.op, self.pending
        if op is Op.OR:
            pending.linked = adjacent and self.last > 0
        elif op in EDGES and pending.edge and adjacent:
            self._second_edge(op)
        elif op in EDGES:
            pending.edge, pending.first = op, pending.start(atom)
            self.before_edge = (pending.bound, pending.linked)
        elif op in (Op.LATEST, Op.EARLIEST):
            self.pending = Pending(bound=Op.UNTIL if op is Op.LATEST else Op.FROM, first=atom.first)
            self._behind()
        elif op is Op.BETWEEN or op in BOUNDS:
            pending.bound, pending.between = op, op is Op.BETWEEN
            pending.first = pending.start(atom)
        elif op is Op.NOT:
            self.flush()
            self.pending = Pending(negated=True, first=atom.first)
        elif op is Op.PAST:
            self._mark_past(atom, adjacent)
        elif op in _WHOLE:
            self.flush()
            if not pending.negated:
                self.groups.append(Group(atom.first, atom.last, op=op, rules=[atom.rule]))
            self.pending = Pending()
        else:
            self.flush()
            self.pending = Pending()

    def _second_edge(self, op: Op | None) -> None:
        """As in "Mitte bis Ende Januar", "early to mid May": what stood between the two joins them."""
        self.pending.edge_to = op
        self.pending.bound, self.pending.linked = self.before_edge

    def _mark_past(self, atom: Atom, adjacent: bool) -> None:
        """What leans on a word of the past is past too: "gestern Abend", "seit Montag"."""
        if adjacent and self.current and self.current.last == self.last:
            self.current.past = True
            return
        self.flush()
        self.current = Group(atom.first, atom.last, past=True, op=Op.PAST, rules=[atom.rule])
        self.pending = Pending()

    def _integrate(self, atom: Atom) -> None:
        pending, self.pending = self.pending, Pending()
        if pending.negated and "," in self.text.words[self.last : atom.first]:
            pending = Pending()
        if pending.negated:
            atom, pending = turned(atom, pending)
        days = self._edged(atom, pending.edge, pending.edge_to)
        if pending.bound is Op.BEFORE and pending.edge is Op.END and days is not atom.days:
            pending.bound = Op.UNTIL  # "before the end of the week" is not before its Thursday
        if pending.edge and days and days.grain == "day" and not atom.clocks and is_day(days):
            atom = replace(atom, clocks=edge_hours(pending.edge))
        if self._turns_back(atom, pending):
            self.flush()
        group = self.current
        if group and group.past and self._is_past(atom, pending):
            return
        group = self.current
        if pending.between:
            self._open(atom, days, pending)
            self.between = True
            return
        if group and self.between and days and group.days and pending.linked:
            self.between = False
            if self._stretch(group, days, atom):
                return
        if pending.bound:
            self._bounded(atom, days, pending)
            return
        if group and not pending.linked and self._merged(group, days, atom):
            return
        self._open(atom, days, pending)

    def _is_past(self, atom: Atom, pending: Pending) -> bool:
        """What stands beside a word of the past belongs to it, up to the comma."""
        group = self.current
        if group is None or "," in self.text.words[self.last : atom.first]:
            self.flush()
            return False
        if not pending.linked:
            group.last, group.op = atom.last, Op.PAST
        return not pending.linked

    def _turns_back(self, atom: Atom, pending: Pending) -> bool:
        """As in "außer Mittwoch, nach 14 Uhr": what begins behind the comma is wished again."""
        group = self.current
        if group is None or not group.negated or not group.days or group.clocks or atom.days:
            return False
        bounded = bool(pending.bound) or any(clock.bound for clock in atom.clocks)
        return bounded and "," in self.text.words[self.last : atom.first]

    def _edged(self, atom: Atom, edge: Op | None, edge_to: Op | None) -> Days | None:
        """As in "Anfang der Woche": that part of it; one that is over means the next week, month or year."""
        days = atom.days
        if days is None or edge is None or days.grain not in WIDE:
            return days
        part = self._part(days.ranges[0], days.grain, edge, edge_to)
        if part[1] <= self.context.today:
            step = relativedelta(weeks=1) if days.grain == "week" else relativedelta(years=1)
            if days.grain == "month" and "span" in atom.rule:
                step = relativedelta(months=1)
            start = days.ranges[0][0] + step
            part = self._part((start, days.ranges[0][1] + step), days.grain, edge, edge_to)
        return replace(days, ranges=(part,), other=())

    @staticmethod
    def _part(whole: calendar.Range, grain: str, edge: Op, edge_to: Op | None) -> calendar.Range:
        part = calendar.edge(whole, grain, edge)
        last = calendar.edge(whole, grain, edge_to)[1] if edge_to else part[1]
        return part[0], max(part[1], last)

    def _open(self, atom: Atom, days: Days | None, pending: Pending) -> None:
        previous = self.current
        linked = pending.linked or (previous is not None and not pending.negated and not pending.bound)
        negated = pending.negated or (pending.linked and previous is not None and previous.negated)
        self.flush()
        self.current = Group(
            pending.start(atom),
            atom.last,
            days,
            atom.clocks,
            negated=negated,
            linked=linked and bool(self.groups),
            either=pending.linked and bool(self.groups),
            hours_first=bool(atom.clocks) and not days,
            rules=[atom.rule],
        )

    def _bounded(self, atom: Atom, days: Days | None, pending: Pending) -> None:
        """What follows "ab", "nach", "bis", "vor": the end of a stretch, or an open side."""
        group, bound = self.current, pending.bound
        assert bound is not None
        if bound is Op.TO:
            if not (group and days and group.days):
                self._open(atom, days, pending)
                return
            bound = Op.UNTIL
        if self.moving and bound is Op.OUT_OF and days:
            self._open(atom, days, Pending(first=pending.first, bound=bound))
            if self.current:
                self.current.source = True
            return
        if group and days and group.days and bound is Op.UNTIL and group.days.bound != "before":
            if self.moving and not atom.clocks:
                group.source = True
            elif self._stretch(group, days, atom):
                return
            else:
                group = None
        side = "after" if bound in (Op.FROM, Op.OUT_OF, Op.AFTER) else "before"
        if days and self.moving and bound is Op.UNTIL and group:
            self._open(atom, days, Pending(first=pending.first, bound=bound))
            return
        clocks_open = tuple(clocks.bounded(clock, side) for clock in atom.clocks) if not days else atom.clocks
        opened = self._opened(days, bound) if days else None
        if group and not days and not group.past and self._attach(group, clocks_open, atom):
            return
        if group and days and not pending.negated and self._joins(group, days, bound, opened, atom):
            return
        self._open(replace(atom, clocks=clocks_open), opened, pending)
        if self.current:
            self.current.plain = days

    def _joins(self, group: Group, days: Days, bound: Op, opened: Days | None, atom: Atom) -> bool:
        """An open side beside an hour, or inside a week that was named: "nächste Woche ab Mittwoch"."""
        if group.days is None:
            group.days, group.last = opened, atom.last
            return True
        within = opened_in(group.days, days, bound)
        if within is None:
            return False
        group.days, group.clocks, group.last = within, group.clocks or atom.clocks, atom.last
        return True

    def _attach(self, group: Group, found: tuple[Clock, ...], atom: Atom) -> bool:
        if not group.clocks:
            group.clocks = found
        else:
            both = clocks.combined(group.clocks[-1], found[0])
            if both is None:
                return False
            group.clocks = (*group.clocks[:-1], both)
        group.last = atom.last
        return True

    def _opened(self, days: Days, bound: Op) -> Days:
        start, end = days.ranges[0][0], days.ranges[-1][1]
        today = self.context.today
        ranges: tuple[date, date]
        if bound in (Op.FROM, Op.OUT_OF):
            ranges = (start, start + HORIZON)
        elif bound is Op.AFTER:
            ranges = (end, end + HORIZON)
        elif bound is Op.UNTIL:
            ranges = (today, end)
        else:
            ranges = (today, start)
        side = "after" if bound in (Op.FROM, Op.OUT_OF, Op.AFTER) else "before"
        return Days((ranges,), days.grain, bound=side, floating=None, limit=(bound.value, start, end))

    def _stretch(self, group: Group, days: Days, atom: Atom) -> bool:
        """As in "von Montag bis Mittwoch": one range; a loosely named end follows the start."""
        assert group.days is not None
        if group.days.weekdays and days.weekdays and (group.days.recurring or days.recurring):
            first, last = min(group.days.weekdays), max(days.weekdays)
            group.days = replace(group.days, weekdays=frozenset(range(first, last + 1)), recurring=True)
            group.last = atom.last
            return True
        start = group.days.ranges[0][0]
        end = days.ranges[-1][1]
        if days.floating and end <= start:
            frame = days.ranges[0][0]
            while frame <= start:
                frame += calendar.WEEK if days.floating == "weekday" else timedelta(days=28)
            end = frame + ONE_DAY
        if days.floating == "weekday" and not group.days.bound and end - start > calendar.WEEK:
            end -= ((end - start).days // 7) * calendar.WEEK
        if end <= start and group.days.floating == "weekday":
            start -= calendar.WEEK
        frames = days.ranges[0] if days.grain in WIDE else None
        if frames and group.days.floating == "weekday":
            start = frames[0] + start.weekday() * ONE_DAY
        if end <= start:
            return False
        group.stretch = days.floating == "weekday" and group.days.floating == "weekday"
        group.days = Days(((start, end),), "day")
        group.clocks = group.clocks or atom.clocks
        group.last = atom.last
        return True

    def _split(self, group: Group, atom: Atom) -> bool:
        """As in "erst nach 3, also Donnerstag halb 4": the day behind the comma has an hour of its own."""
        if group.hours_apart is None or group.negated:
            return False
        last, first, early = group.hours_apart
        self.groups.append(Group(group.first, last, clocks=early, linked=group.linked, rules=group.rules[:1]))
        self.current = Group(
            first, atom.last, group.days, atom.clocks, linked=True, rules=[*group.rules[1:], atom.rule]
        )
        return True

    def _merged(self, group: Group, days: Days | None, atom: Atom) -> bool:
        """Joins the atom to the group, if both can speak of the same moment."""
        if days and group.days:
            apart = "," in self.text.words[group.last : atom.first]
            if group.stretch and apart:
                return False
            both = stretch_in(group.days, days) if group.stretch else same_days(group.days, days)
            if both is None or (atom.clocks and group.clocks):
                return False
            group.days = both
            group.clocks = group.clocks or atom.clocks
        elif days:
            group.days = days
            if group.clocks and "," in self.text.words[group.last : atom.first]:
                group.hours_apart = (group.last, atom.first, group.clocks)
            hour = clocks.combined(group.clocks[-1], atom.clocks[0]) if group.clocks and atom.clocks else None
            group.clocks = (hour,) if hour else group.clocks or atom.clocks
        elif len(group.clocks) > 1 or not self._attach(group, atom.clocks, atom):
            return self._split(group, atom)
        group.last = atom.last
        group.rules.append(atom.rule)
        return True
