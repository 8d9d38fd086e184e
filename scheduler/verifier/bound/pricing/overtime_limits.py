"""Overtime of periods in the pricing problem: a sum of each period with a price beyond its number.

Periods and what was worked before come from the recount of wages, which knows no limits.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.limits.kinds import Total
from scheduler.model.limits.verbs import MinutesBeforeOvertime, PaidMinutes, ShiftMinutes, Verb
from scheduler.verifier.bound.pricing.agent_classes import Carried, CarriedLimits
from scheduler.verifier.recount.wages import Period, Wages


class OvertimeLimits:
    """The overtime of periods of those premiums that a certificate carries."""

    def __init__(self, problem: Problem, wages: Wages, limits: CarriedLimits, names: tuple[str, ...]) -> None:
        self.problem, self.wages, self.limits = problem, wages, limits
        self.numbers = [number for number in wages.of_periods if problem.premiums[number].name in names]
        self._days: dict[int, dict[Period, list[int]]] = {}
        self._ordinary: dict[tuple[int, ...], Verb] = {}

    def of(self, agent: Agent) -> Iterator[Carried]:
        """The limits of an agent, each with its price a minute."""
        mine = self.wages.premiums_of(agent)
        rates = self.wages.rates(self.problem.pay_of(agent))
        for number in self.numbers:
            if number not in mine or not rates[number]:
                continue
            one, before = self.problem.premiums[number], self.wages.worked_before(agent, number)
            counted = self._ordinary_of(mine) if one.counts_once else PaidMinutes()
            for period, days in self._days_of(number).items():
                past = before.get(period, 0)
                limit = Total(
                    "",
                    of=counted,
                    on=tuple(days),
                    at_most=max(past, one.over_period_minutes or 0),
                    carried_in=past,
                )
                yield self.limits.of(limit, int(rates[number]))

    def _days_of(self, number: int) -> dict[Period, list[int]]:
        if number not in self._days:
            days: dict[Period, list[int]] = defaultdict(list)
            for day in range(self.problem.grid.days):
                on = self.problem.grid.first_day + timedelta(days=day)
                days[self.wages.period(number, on)].append(day)
            self._days[number] = days
        return self._days[number]

    def _ordinary_of(self, mine: tuple[int, ...]) -> Verb:
        """What counts the paid minutes of a duty that are no overtime of its day."""
        if mine not in self._ordinary:
            first = self.problem.grid.first_day
            days: dict[tuple[int, str], list[int]] = defaultdict(list)
            for day in range(self.problem.grid.days):
                for template in self.problem.templates:
                    ends = self.wages.ends_of_ordinary(mine, template.name, first + timedelta(days=day))
                    if ends:
                        days[min(ends), template.name].append(day)
            self._ordinary[mine] = MinutesBeforeOvertime(
                tuple(
                    ShiftMinutes(over, frozenset([template]), frozenset(on))
                    for (over, template), on in days.items()
                )
            )
        return self._ordinary[mine]
