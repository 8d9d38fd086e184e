"""The shifts that the input offers, day by day, as arrays, with the amounts of verbs.

There is one table per clock and day, shared by all agents on that clock, ordered by template, then length,
then start.
"""

from dataclasses import dataclass, field

import numpy as np

from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.results.roster import Duty, PlacedBreak
from scheduler.model.limits.verbs import (
    DiffersFrom,
    ElapsedMinutes,
    Free,
    MinutesWithin,
    Night,
    NightMinutes,
    OfTemplate,
    PaidMinutes,
    StartsOutside,
    TowardsOvertime,
    UnderWay,
    Verb,
    Worked,
    WorkedMinutes,
)
from scheduler.verifier.recount.exact import Ints


@dataclass
class DayShifts:
    """All shifts that may start on one local day of one clock; each array has one entry a shift.

    Parameters
    ----------
    template
        Index of the shift's template in the problem.
    clock
        Start in minutes after local midnight.
    start, end
        Instants.
    worked
        Minutes without any break.
    """

    problem: Problem
    zone: str
    day: int
    template: Ints
    clock: Ints
    start: Ints
    end: Ints
    paid: Ints
    worked: Ints
    blocks: dict[tuple[int, int], slice]
    _amounts: dict[Verb, tuple[Ints, int]] = field(default_factory=dict)

    def amounts(self, verb: Verb) -> tuple[Ints, int]:
        """The verb's amount for each shift, and for a free day.

        :class:`DiffersFrom` and :class:`UnderWay` ignore where breaks are here, which does not concern the
        shift itself.
        """
        if verb not in self._amounts:
            self._amounts[verb] = self._count(verb)
        return self._amounts[verb]

    def _count(self, verb: Verb) -> tuple[Ints, int]:
        none = np.zeros(len(self.start), dtype=np.int64)
        match verb:
            case Worked():
                return none + 1, 0
            case Free():
                return none, 1
            case PaidMinutes():
                return self.paid, 0
            case TowardsOvertime(caps, more):
                added, least = none, none + int(self.paid.max(initial=0)) + sum(one.minutes for one in more)
                for number, template in enumerate(self.problem.templates):
                    here = self.template == number
                    named = {template.name}
                    added = added + here * sum(
                        one.minutes
                        for one in more
                        if self.day in one.days and named & (one.templates or named)
                    )
                    for one in caps:
                        if self.day in one.days and named & (one.templates or named):
                            least = np.where(here, np.minimum(least, one.minutes), least)
                return np.minimum(self.paid + added, least), 0
            case WorkedMinutes():
                return self.worked, 0
            case ElapsedMinutes():
                return self.end - self.start, 0
            case OfTemplate(templates):
                wanted = [t.name in templates for t in self.problem.templates]
                return np.array(wanted, dtype=np.int64)[self.template], 0
            case NightMinutes(since, until):
                days = range(self.day - 1, self.day + 3)
                return sum((self._inside(self._at(d, since), self._at(d, until)) for d in days), none), 0
            case Night(since, until, least):
                minutes, _ = self.amounts(NightMinutes(since, until))
                return (minutes >= least).astype(np.int64), 0
            case MinutesWithin(spans):
                return sum((self._inside(begin, end) for begin, end in spans), none), 0
            case StartsOutside(windows):
                inside = sum(((self.clock >= first) & (self.clock <= last) for first, last in windows), none)
                outside: Ints = none + (inside == 0)
                return outside, 0
            case DiffersFrom(pin):
                same = none == int(pin.off)
                if pin.template is not None:
                    names = [t.name == pin.template for t in self.problem.templates]
                    same &= np.array(names)[self.template]
                if pin.start is not None:
                    same &= self.clock == pin.start
                if pin.length_minutes is not None:
                    same &= self.end - self.start == pin.length_minutes
                return (~same).astype(np.int64), 0
            case UnderWay(template, start, since, begun, settled):
                same = (self.clock == start) & (self.end >= since)
                held = {name for name, _ in begun}
                for (number, length), block in self.blocks.items():
                    spec = self.problem.templates[number]
                    has_them = held <= {pause.name for pause in spec.breaks_of(length)}
                    same[block] &= spec.name == template and has_them and settled in (None, length)
                return (~same).astype(np.int64), 0
            case _:
                return self._ask_each(verb)

    def _at(self, day: int, clock: int) -> int:
        return self.problem.grid.instant_on_day(day, clock, self.zone)

    def _inside(self, begin: int, end: int) -> Ints:
        inside: Ints = np.minimum(self.end, end) - np.maximum(self.start, begin)
        return np.maximum(0, inside)

    def _ask_each(self, verb: Verb) -> tuple[Ints, int]:
        """Amounts of a verb without a vectorised form, shift by shift, with breaks from the start on."""
        someone = Agent(name="anyone", contract="any", skills=(), time_zone=self.zone)
        duties = (
            _duty(self.problem.templates[template], self.day, start, end)
            for template, start, end in zip(
                self.template.tolist(), self.start.tolist(), self.end.tolist(), strict=True
            )
        )
        each = [verb.amount(self.problem, someone, duty) for duty in duties]
        return np.array(each, dtype=np.int64), verb.amount(self.problem, someone, None)


def _duty(template: ShiftTemplate, day: int, start: int, end: int) -> Duty:
    placed, begin = [], start
    for pause in template.breaks_of(end - start):
        placed.append(
            PlacedBreak(name=pause.name, start=begin, length_minutes=pause.length_minutes, paid=pause.paid)
        )
        begin += pause.length_minutes
    return Duty(agent="anyone", day=day, template=template.name, start=start, end=end, breaks=tuple(placed))


def day_shifts(problem: Problem, zone: str, day: int) -> DayShifts:
    """The table of one day on one clock."""
    grid = problem.grid
    rows: dict[str, list[int]] = {
        name: [] for name in ("template", "clock", "start", "length", "paid", "worked")
    }
    blocks: dict[tuple[int, int], slice] = {}
    for number, template in enumerate(problem.templates):
        if grid.weekday(day) not in template.weekdays:
            continue
        clocks = [clock for clock in template.starts if grid.clock_exists(day, clock, zone)]
        starts = [grid.instant_on_day(day, clock, zone) for clock in clocks]
        for length in template.lengths:
            begin = len(rows["start"])
            paid = template.paid_minutes(length)
            worked = length - sum(pause.length_minutes for pause in template.breaks_of(length))
            rows["clock"] += clocks
            rows["start"] += starts
            for name, value in (("template", number), ("length", length), ("paid", paid), ("worked", worked)):
                rows[name] += [value] * len(starts)
            blocks[number, length] = slice(begin, len(rows["start"]))
    arrays = {name: np.array(values, dtype=np.int64) for name, values in rows.items()}
    return DayShifts(
        problem=problem,
        zone=zone,
        day=day,
        template=arrays["template"],
        clock=arrays["clock"],
        start=arrays["start"],
        end=arrays["start"] + arrays["length"],
        paid=arrays["paid"],
        worked=arrays["worked"],
        blocks=blocks,
    )
