"""Headcounts: as many people on a shift as its day requires."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import model_validator

from scheduler.domain.outcome import Coverage, Violation
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.words import counted
from scheduler.model.limits import Headcount, Limit
from scheduler.model.rule import Strength, TeamRule
from scheduler.model.verbs import OfTemplate
from scheduler.model.walks import dates_meant, numbers
from scheduler.texts import text


class ShiftRequirement(TeamRule):
    """On every day as many people work each shift as its headcount requires.

    A missing and a superfluous person have the prices of the headcount; their cost is reported as the
    roster's missing and superfluous staff, not as the cost of this rule. With the strength ``must``
    nobody may be missing; superfluous people are priced all the same.
    """

    costs_as_staff: ClassVar[bool] = True
    scope_fields: ClassVar[tuple[str, ...]] = ("first_day", "last_day")
    heeds: ClassVar[tuple[tuple[str, str], ...]] = (("headcounts", "headcounts are"),)

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
            agents = tuple(
                agent.name for agent in problem.agents if wanted.skill is None or wanted.skill in agent.skills
            )
            required = tuple(number if day in days else None for day, number in enumerate(wanted.required))
            yield Headcount(row, agents, of, at_least=required, price=wanted.missing_price)
            yield Headcount(row, agents, of, at_most=required, price=wanted.superfluous_price)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        people: dict[str, set[tuple[str, date]]] = {wanted.template: set() for wanted in problem.headcounts}
        for duty in roster.duties:
            if duty.template in people:
                people[duty.template].add((duty.agent, problem.grid.date(duty.day)))
        for wanted in problem.headcounts:
            present = Counter(
                on
                for agent, on in people[wanted.template]
                if wanted.skill is None or wanted.skill in problem.agent_named[agent].skills
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
                price = wanted.missing_price if present[on] < required else wanted.superfluous_price
                too_few = self.violation(abs(present[on] - required), said, days=day, price=price)
                too_many = {"must": False}  # priced all the same, however strong the rule
                yield too_few if present[on] < required else too_few.model_copy(update=too_many)
