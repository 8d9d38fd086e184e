"""Overtime of periods: paid minutes of an agent in a week, a month or other days beyond some number.

What was worked in a period before the horizon counts, and was paid then. So a period's overtime inside the
horizon is what its sum is beyond that number, or beyond what was worked already where that is more.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from scheduler.domain import Agent, Duty
from scheduler.domain.facts.contract import PayPremium
from scheduler.model import Total
from scheduler.model.calendar.weeks import CalendarPeriod, parts_of
from scheduler.model.limits.verbs import PaidMinutes, ShiftMinutes, TowardsOvertime
from scheduler.model.rules.scope import Scope
from scheduler.pay.premium_times import PremiumTimes


class PeriodOvertime:
    """The overtime of periods of one problem, as sums that cost something beyond a number."""

    def __init__(self, times: PremiumTimes) -> None:
        self.times, self.problem = times, times.problem
        self._periods: dict[int, tuple[CalendarPeriod, ...]] = {}
        self._verbs: dict[tuple[tuple[int, ...], tuple[int, ...]], TowardsOvertime] = {}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the premiums that are overtime of a period."""
        every = enumerate(self.times.premiums)
        return tuple(number for number, one in every if one.over_period_minutes is not None)

    def totals(self, agent: Agent) -> Iterator[tuple[int, Total]]:
        """The sums of an agent's periods with the number of the premium that is paid beyond them."""
        for number in self.times.meant_for(agent, self.numbers):
            one, verb = self.times.premiums[number], self._verb(number, agent)
            for period in self._periods_of(number):
                before = self._before(agent, verb, period)
                most = max(one.over_period_minutes or 0, before)
                yield number, Total(agent.name, of=verb, on=period.days, at_most=most, carried_in=before)

    def minutes(self, agent: Agent, duties: Sequence[Duty]) -> list[dict[int, int]]:
        """Minutes of overtime of each of an agent's duties by the number of the premium.

        It is that of the minutes which are worked last.
        """
        found: list[dict[int, int]] = [{} for _ in duties]
        in_time = sorted(range(len(duties)), key=lambda place: duties[place].start)
        for number, total in self.totals(agent):
            worked, days = total.carried_in - (total.at_most or 0), frozenset(total.on)
            for place in in_time:
                if duties[place].day in days:
                    more = worked + total.of.amount(self.problem, agent, duties[place])
                    if more > 0:
                        found[place][number] = more - max(0, worked)
                    worked = more
        return found

    def _verb(self, number: int, agent: Agent) -> PaidMinutes | TowardsOvertime:
        """What counts towards the overtime of a period."""
        more = self.times.meant_for(agent, self.times.logging_in)
        of_day: tuple[int, ...] = ()
        if self.times.premiums[number].counts_once:
            of_day = self.times.meant_for(agent, self.times.of_days)
        if not of_day and not more:
            return PaidMinutes()
        if (of_day, more) not in self._verbs:
            said = (tuple(map(self._said, numbers)) for numbers in (of_day, more))
            self._verbs[of_day, more] = TowardsOvertime(*said)
        return self._verbs[of_day, more]

    def _said(self, number: int) -> ShiftMinutes:
        """The minutes of overtime of the day, or of logging in, as they are said of shifts."""
        one = self.times.premiums[number]
        first = min([0, *(period.before[0] for period in self._every_period if period.before)])
        days = (day for day in range(first, self.problem.grid.days) if self.times.begins_on(one, day))
        return ShiftMinutes(
            one.over_minutes or one.log_in_minutes or 0, frozenset(one.templates), frozenset(days)
        )

    def _before(self, agent: Agent, verb: PaidMinutes | TowardsOvertime, period: CalendarPeriod) -> int:
        """What was worked in a period before the horizon."""
        past = [(self.problem.grid.day_index(duty.day), duty) for duty in agent.history]
        return sum(
            duty.paid_minutes
            if isinstance(verb, PaidMinutes)
            else verb.of(duty.paid_minutes, duty.template, day)
            for day, duty in past
            if day in period.before
        )

    @cached_property
    def _every_period(self) -> tuple[CalendarPeriod, ...]:
        return tuple(period for number in self.numbers for period in self._periods_of(number))

    def _periods_of(self, number: int) -> tuple[CalendarPeriod, ...]:
        if number not in self._periods:
            one = self.times.premiums[number]
            self._periods[number] = (
                parts_of(self.problem, Scope(), one.period)
                if one.period_days is None
                else tuple(self._in_days(one, one.period_days))
            )
        return self._periods[number]

    def _in_days(self, one: PayPremium, length: int) -> Iterator[CalendarPeriod]:
        """Periods of so many days each."""
        grid = self.problem.grid
        since = 0 if one.period_from is None else grid.day_index(one.period_from)
        for nth, days in groupby(range(grid.days), key=lambda day: (day - since) // length):
            inside, first = tuple(days), since + nth * length
            before = tuple(range(first, min(0, inside[0])))
            yield CalendarPeriod(first=first, days=inside, before=before, reaches_its_end=True)
