"""Headcounts: as many people on a shift as its day requires."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice, pairwise, repeat
from typing import Literal

from pydantic import model_validator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.words import counted
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.limits.kinds import Headcount, Limit
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.rule import Strength, TeamRule
from scheduler.model.rules.scope import WHEN
from scheduler.texts import marked, text


class ShiftRequirement(TeamRule):
    """On every day as many people work each shift as its headcount requires.

    A missing and a superfluous person have the prices of the headcount, which may rise with each further
    one; their cost is reported as the roster's missing and superfluous staff, not as the cost of this rule.
    With the strength ``must`` nobody may be missing; superfluous people are priced all the same.
    """

    costs_as_staff = True
    scope_fields = WHEN
    heeds = (("headcounts", marked("headcounts are")),)

    kind: Literal["shift_requirement"] = "shift_requirement"
    strength: Strength = Strength.PREFER

    @property
    def needs_price(self) -> bool:
        """No: every headcount has its own."""
        return False

    @model_validator(mode="after")
    def _prices_are_the_headcounts(self) -> "ShiftRequirement":
        if self.price is not None:
            raise ValueError(text("the shift requirement has no price of its own; give it to the headcounts"))
        return self

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = set(self.scope.days(problem))
        for wanted in problem.headcounts:
            row, of = wanted.row, OfTemplate(frozenset({wanted.template}))
            agents = tuple(agent.name for agent in problem.agents if wanted.counts(agent.skills))
            required = tuple(number if day in days else None for day, number in enumerate(wanted.required))
            missing = wanted.missing_prices[:1] if self.is_must else wanted.missing_prices
            for further, price in _rises(missing):
                yield Headcount(row, agents, of, at_least=_moved(required, -further), price=price)
            for further, price in _rises(wanted.superfluous_prices):
                yield Headcount(row, agents, of, at_most=_moved(required, further), price=price)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        people: dict[str, set[tuple[str, date]]] = {wanted.template: set() for wanted in problem.headcounts}
        for duty in roster.duties:
            if duty.template in people:
                people[duty.template].add((duty.agent, problem.grid.date(duty.day)))
        for wanted in problem.headcounts:
            present = Counter(
                on
                for agent, on in people[wanted.template]
                if wanted.counts(problem.agent_named[agent].skills)
            )
            for on in dates_meant(problem, self.scope):
                day = numbers(problem, [on])
                required = wanted.required[day[0]]
                if required is None or present[on] == required:
                    continue
                asked = counted(required, "person", "people")
                said = text(
                    '"{row}" has {present} of {asked} on {on}',
                    row=wanted.row,
                    present=present[on],
                    asked=asked,
                    on=on,
                )
                too_few, off = present[on] < required, abs(present[on] - required)
                prices = wanted.missing_prices if too_few else wanted.superfluous_prices
                together = sum(islice(chain(prices, repeat(prices[-1])), off))
                yield self.violation(off, said, days=day).model_copy(
                    update={
                        "cost": self.cost_of(1, together),
                        "must": self.is_must and too_few,  # too many are priced, however strong the rule
                    }
                )


def _rises(prices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The price of the first person beyond, and each rise after it with the number of people before it."""
    yield 0, prices[0]
    for further, (before, price) in enumerate(pairwise(prices), start=1):
        if price > before:
            yield further, price - before


def _moved(required: Iterable[int | None], by: int) -> tuple[int | None, ...]:
    return tuple(None if number is None else max(0, number + by) for number in required)
