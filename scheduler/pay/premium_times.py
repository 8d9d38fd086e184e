"""When premiums hold: on each clock as spans of instants, and for a duty as pieces of it.

The day of a premium is the one on which its hours begin: 22:00 to 06:00 on Sunday ends on Monday morning.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from scheduler.domain import Agent, Problem
from scheduler.domain.facts.contract import PayPremium

DAYS_AROUND = 3
"""Days beside the horizon whose hours a duty of it may reach: the longest starts on the second day after its
own, and ends a day later."""
_SATURDAY = 5


class Piece(NamedTuple):
    """A stretch of time, and which premiums hold in all of it, by their numbers."""

    start: int
    end: int
    premiums: tuple[int, ...]


class MinutesPaid(NamedTuple):
    """Minutes that a premium pays a duty for: so many times its paid minutes, and so many, if not below 0."""

    times: int
    more: int


class PremiumTimes:
    """The times of all premiums of a problem.

    Attributes
    ----------
    premiums
        Those of the problem, and the multiples of its holidays.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem, self.premiums = problem, problem.paid_on_top
        self._spans: dict[tuple[str, int], tuple[tuple[int, int], ...]] = {}

    @cached_property
    def _holidays(self) -> frozenset[int]:
        return frozenset(map(self.problem.grid.day_index, self.problem.public_holidays))

    @cached_property
    def _working_days(self) -> frozenset[int]:
        """Saturdays and Sundays that are none to a premium."""
        grid = self.problem.grid
        every = (grid.day_index(one.day) for one in self.problem.holidays if one.kind == "working day")
        return frozenset(day for day in every if grid.weekday(day) >= _SATURDAY)

    def covering(self, agent: Agent, template: str) -> tuple[int, ...]:
        """Numbers of the premiums that an agent may have in shifts of a template."""
        every = enumerate(self.premiums)
        numbers = (n for n, one in every if not one.templates or template in one.templates)
        return self.meant_for(agent, numbers)

    def meant_for(self, agent: Agent, numbers: Iterable[int]) -> tuple[int, ...]:
        """Those of some premiums that an agent may have, whatever the shift."""
        every = ((number, self.premiums[number]) for number in numbers)
        return tuple(
            number
            for number, one in every
            if (not one.contracts or agent.contract in one.contracts)
            and (not one.teams or agent.team in one.teams)
            and (not one.agents or agent.name in one.agents)
        )

    @cached_property
    def logging_in(self) -> tuple[int, ...]:
        """Numbers of the premiums that pay for logging in."""
        every = enumerate(self.premiums)
        return tuple(number for number, one in every if one.log_in_minutes is not None)

    @cached_property
    def of_days(self) -> tuple[int, ...]:
        """Numbers of the premiums that are overtime of the day."""
        every = enumerate(self.premiums)
        return tuple(number for number, one in every if one.over_minutes is not None)

    def by_clock(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Those of some premiums that hold at times of the clock, and not from some paid minute on."""
        return tuple(number for number in numbers if self.premiums[number].is_by_clock)

    def of_minutes(self, numbers: tuple[int, ...], day: int) -> dict[int, MinutesPaid]:
        """Which minutes of a duty of a day are paid by those of them that are of a number of minutes."""
        every = [(number, self.premiums[number]) for number in numbers]
        held = [(n, one) for n, one in every if not one.is_by_clock and self.begins_on(one, day)]
        logging_in = sum(one.log_in_minutes or 0 for _, one in held)
        found: dict[int, MinutesPaid] = {}
        for number, one in held:
            if one.over_minutes is not None:
                found[number] = MinutesPaid(1, logging_in - one.over_minutes)
            elif one.least_minutes is not None:
                found[number] = MinutesPaid(-1, one.least_minutes - logging_in)
            elif one.log_in_minutes is not None:
                found[number] = MinutesPaid(0, one.log_in_minutes)
        return found

    def begins_on(self, premium: PayPremium, day: int) -> bool:
        """Whether the hours of a premium begin on a day."""
        if not (premium.weekdays or premium.dates or premium.on_holidays):
            return True
        on = self.problem.grid.date(day)
        return (
            on in premium.dates
            or (premium.on_holidays and day in self._holidays)
            or (on.weekday() in premium.weekdays and day not in self._working_days)
        )

    def spans(self, zone: str, number: int) -> tuple[tuple[int, int], ...]:
        """The hours of a premium on a clock as instants, in and around the horizon."""
        key = zone, number
        if key not in self._spans:
            grid, one = self.problem.grid, self.premiums[number]
            days = range(-DAYS_AROUND, grid.days + DAYS_AROUND)
            self._spans[key] = tuple(
                (grid.instant_on_day(day, one.start, zone), grid.instant_on_day(day, one.until, zone))
                for day in days
                if self.begins_on(one, day)
            )
        return self._spans[key]

    def pieces(self, zone: str, numbers: tuple[int, ...], start: int, end: int) -> list[Piece]:
        """A stretch of time cut where any of these premiums begins or ends."""
        held = {
            number: [(a, b) for a, b in self.spans(zone, number) if a < end and b > start]
            for number in numbers
        }
        cuts = {start, end}
        for spans in held.values():
            cuts |= {at for span in spans for at in span if start < at < end}
        edges = sorted(cuts)
        return [
            Piece(first, last, tuple(n for n, spans in held.items() if any(a <= first < b for a, b in spans)))
            for first, last in pairwise(edges)
        ]

    def paid(self, numbers: tuple[int, ...], pay_per_hour: int) -> tuple[int, ...]:
        """Those of some premiums that are paid where all of them hold: of "highest wins" only the highest."""
        every = [self.premiums[number] for number in numbers]
        rates = {n: one.rate(pay_per_hour) for n, one in zip(numbers, every, strict=True)}
        rivals = [n for n, one in zip(numbers, every, strict=True) if one.meets == "highest wins"]
        winner = max(rivals, key=lambda number: (rates[number], -number), default=None)
        return tuple(number for number in numbers if number not in rivals or number == winner)
