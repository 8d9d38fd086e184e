"""What a limit can count: days worked, paid minutes, duties of a template, starts in a window ...

A verb maps one agent's day to a non-negative integer. It depends on the shift and never on where breaks lie,
so that the engine can tabulate it once for every possible shift.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scheduler.domain.facts.problem import Agent, Break, Pin, Problem
from scheduler.domain.results.roster import Duty, PlacedBreak
from scheduler.domain.values.grid import MINUTES_PER_DAY

NEVER = 1 << 30
"""An instant in minutes that no duty comes near."""


def start_clock(problem: Problem, agent: Agent, duty: Duty) -> int:
    """Start in clock minutes after the local midnight of the duty's day; may pass 1440."""
    zone = problem.zone_of(agent)
    days_later = problem.grid.day_of(duty.start, zone) - duty.day
    return problem.grid.clock_minute(duty.start, zone) + days_later * MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Verb:
    """Maps an agent's day to an amount."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        """The amount for a duty, or for a free day where ``duty`` is ``None``."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Worked(Verb):
    """1 when the day has a duty."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return int(duty is not None)


@dataclass(frozen=True, slots=True)
class Free(Verb):
    """1 when the day has none."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return int(duty is None)


@dataclass(frozen=True, slots=True)
class PaidMinutes(Verb):
    """Paid minutes of the duty."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 0 if duty is None else duty.paid_minutes


@dataclass(frozen=True, slots=True)
class ShiftMinutes:
    """Minutes that are said of shifts.

    Parameters
    ----------
    templates
        Of these templates; empty is all.
    days
        Starting on these days of the horizon.
    """

    minutes: int
    templates: frozenset[str]
    days: frozenset[int]

    def are_of(self, template: str | None, day: int) -> bool:
        """Whether they are said of a shift."""
        return day in self.days and (not self.templates or template in self.templates)


@dataclass(frozen=True, slots=True)
class TowardsOvertime(Verb):
    """Paid minutes of the duty as they count towards overtime of a week.

    Parameters
    ----------
    caps
        Of a shift no more than any of these counts: what is beyond is overtime of the day.
    more
        What is paid of a shift beside its paid minutes, each of these.
    """

    caps: tuple[ShiftMinutes, ...]
    more: tuple[ShiftMinutes, ...] = ()

    def of(self, paid_minutes: int, template: str | None, day: int) -> int:
        """The amount of a shift of so many paid minutes."""
        paid = paid_minutes + sum(one.minutes for one in self.more if one.are_of(template, day))
        return min([paid, *(one.minutes for one in self.caps if one.are_of(template, day))])

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 0 if duty is None else self.of(duty.paid_minutes, duty.template, duty.day)


@dataclass(frozen=True, slots=True)
class WorkedMinutes(Verb):
    """Minutes of the duty without any break."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 0 if duty is None else duty.worked_minutes


@dataclass(frozen=True, slots=True)
class ElapsedMinutes(Verb):
    """Minutes from the duty's start to its end."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 0 if duty is None else duty.elapsed_minutes


@dataclass(frozen=True, slots=True)
class OfTemplate(Verb):
    """1 when the duty is of one of these templates."""

    templates: frozenset[str]

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return int(duty is not None and duty.template in self.templates)


@dataclass(frozen=True, slots=True)
class OfLength(Verb):
    """1 when the duty lasts one of these numbers of minutes from start to end."""

    lengths: frozenset[int]

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return int(duty is not None and duty.elapsed_minutes in self.lengths)


@dataclass(frozen=True, slots=True)
class Beyond(Verb):
    """By how much what another verb gives for a duty is outside of its bounds; nothing on a free day."""

    of: Verb
    at_least: int | None
    at_most: int | None

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 0
        of_duty = self.of.amount(problem, agent, duty)
        short = 0 if self.at_least is None else max(0, self.at_least - of_duty)
        return short + (0 if self.at_most is None else max(0, of_duty - self.at_most))


WorkBasis = Literal["paid", "work", "work_and_short_breaks", "elapsed"]
"""What counts as work where breaks are due: paid minutes, those without any break, those without the breaks
that are long enough, or all from start to end."""


@dataclass(frozen=True, slots=True)
class BreaksShort(Verb):
    """Minutes that the breaks of a duty are short of what its work asks for.

    Parameters
    ----------
    over
        Work beyond which breaks are due.
    piece
        Least minutes of a break that counts.
    paid
        Whether the breaks that count are paid; ``None`` counts both.
    for_each
        Minutes of work for each of which so much is due; 0 where it is due once.
    """

    over: int
    at_least: int
    piece: int
    paid: bool | None
    basis: WorkBasis
    for_each: int = 0

    def of_shift(self, elapsed: int, breaks: Iterable[Break | PlacedBreak]) -> int:
        """The amount for a shift of that elapsed length with these breaks."""
        had = no_work = 0
        for pause in breaks:
            length, is_long = pause.length_minutes, pause.length_minutes >= self.piece
            had += length if is_long and self.paid in (None, pause.paid) else 0
            match self.basis:
                case "paid":
                    no_work += 0 if pause.paid else length
                case "work":
                    no_work += length
                case "work_and_short_breaks":
                    no_work += length if is_long else 0
        work = elapsed - no_work
        due = self.at_least * (work // self.for_each if self.for_each else 1)
        return max(0, due - had) if work > self.over else 0

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 0 if duty is None else self.of_shift(duty.elapsed_minutes, duty.breaks)


@dataclass(frozen=True, slots=True)
class TimesOutside(Verb):
    """How many of these bounds the duty's start and end are beyond, in minutes after its day's midnight."""

    earliest_start: int | None
    latest_start: int | None
    earliest_end: int | None
    latest_end: int | None

    def instants(self, problem: Problem, zone: str, day: int) -> tuple[int, int, int, int]:
        """The bounds on a day, far away where there is none."""
        return (
            _instant(problem, zone, day, self.earliest_start, -NEVER),
            _instant(problem, zone, day, self.latest_start, NEVER),
            _instant(problem, zone, day, self.earliest_end, -NEVER),
            _instant(problem, zone, day, self.latest_end, NEVER),
        )

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 0
        bounds = self.instants(problem, problem.zone_of(agent), duty.day)
        earliest_start, latest_start, earliest_end, latest_end = bounds
        outside = int(duty.start < earliest_start) + int(duty.start > latest_start)
        return outside + int(duty.end < earliest_end) + int(duty.end > latest_end)


def _instant(problem: Problem, zone: str, day: int, clock: int | None, without: int) -> int:
    return without if clock is None else problem.grid.instant_on_day(day, clock, zone)


@dataclass(frozen=True, slots=True)
class NightMinutes(Verb):
    """Elapsed minutes inside a clock window of every night; ``until`` may pass midnight (1800 is 06:00)."""

    since: int
    until: int

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 0 if duty is None else self.between(problem, agent, duty.day, duty.start, duty.end)

    def between(self, problem: Problem, agent: Agent, day: int, start: int, end: int) -> int:
        """The minutes of a duty of that day between two instants."""
        zone = problem.zone_of(agent)
        total = 0
        for night in range(day - 1, day + 3):
            begins = problem.grid.instant_on_day(night, self.since, zone)
            ends = problem.grid.instant_on_day(night, self.until, zone)
            total += max(0, min(ends, end) - max(begins, start))
        return total


@dataclass(frozen=True, slots=True)
class Night(Verb):
    """1 when at least ``least`` elapsed minutes lie inside a clock window; ``until`` as above."""

    since: int
    until: int
    least: int

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return int(NightMinutes(self.since, self.until).amount(problem, agent, duty) >= self.least)


@dataclass(frozen=True, slots=True)
class StartsOutside(Verb):
    """1 when the duty starts in none of these clock windows (minutes after midnight, both ends included)."""

    windows: tuple[tuple[int, int], ...]

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 0
        clock = start_clock(problem, agent, duty)
        return int(not any(first <= clock <= last for first, last in self.windows))


@dataclass(frozen=True, slots=True)
class MinutesWithin(Verb):
    """Elapsed minutes of the duty inside these spans of instants, which must not overlap one another."""

    spans: tuple[tuple[int, int], ...]

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 0
        return sum(max(0, min(end, duty.end) - max(begin, duty.start)) for begin, end in self.spans)


@dataclass(frozen=True, slots=True)
class Anything(Verb):
    """1 on every day."""

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class AlongPattern(Verb):
    """Asks something else of each day in turn; all days together hold where the sum is ``amount_of_all``.

    A day that is to be free gives 1 where it is, else nothing; a day on which some work is asked for gives 2
    where that is done, else 1. So a free day gives 1 wherever it lies, for that cannot depend on the day.

    Parameters
    ----------
    verbs
        What is asked of one day after the other.
    first_day
        Day number on which the first of them is asked, less any multiple of their number.
    """

    verbs: tuple[Verb, ...]
    first_day: int

    @property
    def amount_of_all(self) -> int:
        """The sum over days on each of which holds what is asked."""
        return sum(1 if isinstance(verb, Free | Anything) else 2 for verb in self.verbs)

    def asked_on(self, day: int) -> Verb:
        """What is asked of a day."""
        return self.verbs[(day - self.first_day) % len(self.verbs)]

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 1
        asked = self.asked_on(duty.day)
        if isinstance(asked, Free | Anything):
            return int(isinstance(asked, Anything))
        return 1 + int(asked.amount(problem, agent, duty) > 0)


@dataclass(frozen=True, slots=True)
class DiffersFrom(Verb):
    """1 when the duty is not as pinned; a free day does not differ (pair it with :class:`Worked`)."""

    pin: Pin

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 0
        pin = self.pin
        same = (
            not pin.off
            and pin.template in (None, duty.template)
            and pin.start in (None, start_clock(problem, agent, duty))
            and pin.length_minutes in (None, duty.elapsed_minutes)
        )
        if same and pin.break_starts:
            zone = problem.zone_of(agent)
            wanted = [problem.grid.instant_on_day(duty.day, clock, zone) for clock in pin.break_starts]
            same = wanted == [pause.start for pause in duty.breaks]
        return int(not same)


@dataclass(frozen=True, slots=True)
class UnderWay(Verb):
    """1 when the duty is not as far as it has begun the one that is meant; a free day does not differ.

    Template, start and the breaks before ``since`` are the same, by their names.

    Parameters
    ----------
    start
        Clock minutes after the local midnight of the duty's day.
    since
        An instant, as the clock shows some minutes twice in the night in which it is put back.
    begun
        Breaks that have begun, by name, with the instants at which they start.
    length_minutes
        Length of the duty, where it is settled too; otherwise it ends at ``since`` or later.
    """

    template: str
    start: int
    since: int
    begun: tuple[tuple[str, int], ...] = ()
    length_minutes: int | None = None

    def amount(self, problem: Problem, agent: Agent, duty: Duty | None) -> int:
        if duty is None:
            return 0
        before = {pause.name: pause.start for pause in duty.breaks if pause.start < self.since}
        same = (
            duty.template == self.template
            and start_clock(problem, agent, duty) == self.start
            and duty.end >= self.since
            and self.length_minutes in (None, duty.elapsed_minutes)
            and before == dict(self.begun)
        )
        return int(not same)
