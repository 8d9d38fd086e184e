"""Overtime of periods in the pricing problem: a sum of each period with a price beyond its number.

Periods and what was worked before come from the recount of wages, which knows no limits.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.limits.kinds import Total
from scheduler.model.limits.verbs import PaidMinutes, ShiftMinutes, TowardsOvertime, Verb
from scheduler.verifier.bound.pricing.agent_classes import Carried, CarriedLimits
from scheduler.verifier.recount.wages import Period, Wages


class OvertimeLimits:
    """The overtime of periods of those premiums that a certificate carries."""

    def __init__(self, problem: Problem, wages: Wages, limits: CarriedLimits, names: tuple[str, ...]) -> None:
        self.problem, self.wages, self.limits = problem, wages, limits
        self.numbers = [number for number in wages.of_periods if problem.premiums[number].name in names]
        self._days: dict[int, dict[Period, list[int]]] = {}
        self._counted: dict[tuple[tuple[int, ...], bool], Verb] = {}

    def of(self, agent: Agent) -> Iterator[Carried]:
        """The limits of an agent, each with its price a minute."""
        mine = self.wages.premiums_of(agent)
        rates = self.wages.rates(self.problem.pay_of(agent))
        for number in self.numbers:
            if number not in mine or not rates[number]:
                continue
            one, before = self.problem.premiums[number], self.wages.worked_before(agent, number)
            counted = self._counted_by(mine, one.counts_once)
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

    def _counted_by(self, mine: tuple[int, ...], is_once: bool) -> Verb:
        """What counts the paid minutes of a duty, if so without those that are overtime of its day."""
        if (mine, is_once) not in self._counted:
            first = self.problem.grid.first_day
            ends: dict[tuple[int, str], list[int]] = defaultdict(list)
            more: dict[tuple[int, str], list[int]] = defaultdict(list)
            for day in range(self.problem.grid.days):
                for name in (one.name for one in self.problem.templates):
                    said = mine, name, first + timedelta(days=day)
                    if is_once and (over := self.wages.ends_of_ordinary(*said)):
                        ends[min(over), name].append(day)
                    if minutes := self.wages.logging_in(*said):
                        more[minutes, name].append(day)
            plain = not ends and not more
            self._counted[mine, is_once] = (
                PaidMinutes() if plain else TowardsOvertime(*map(_said, (ends, more)))
            )
        return self._counted[mine, is_once]


def _said(minutes: dict[tuple[int, str], list[int]]) -> tuple[ShiftMinutes, ...]:
    """Days by minutes and template, in the form of verbs."""
    each = minutes.items()
    return tuple(ShiftMinutes(many, frozenset([name]), frozenset(on)) for (many, name), on in each)
