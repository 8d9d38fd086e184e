"""A day off behind work on a Sunday or holiday, or before it."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore, Times
from scheduler.domain.values.words import counted
from scheduler.model.calendar.history import days_worked
from scheduler.model.calendar.walks import ONE_DAY, counts_the_past, is_named, numbers
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class SubstituteDayOff(AgentRule):
    """Whoever works on a day that is meant has no duty on one of the ``within_days`` days behind it.

    The days that are meant are those of the scope, such as Sundays and holidays. One before the horizon
    counts where it is known from the history; one whose days behind it are not all planned is not judged. Two
    such days may have the same day off. A day away is a day without a duty. Where the day off may also lie
    before the one that was worked, days of which nothing is known are held against nobody.
    """

    kind: Literal["substitute_day_off"] = "substitute_day_off"
    within_days: OneOrMore = Field(
        examples=[2], description="Among how many days behind the one that was worked one is off."
    )
    within_days_before: Times = Field(
        default=0,
        exclude_if=lambda days: not days,
        description="Among how many days before it the day off may lie as well; 0 is behind it only.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if not self.within_days_before:
            return super().sentence
        return text(
            "Whoever works on a day that is meant has no duty on one of the {before} before it or the "
            "{behind} behind it.",
            before=counted(self.within_days_before, "day"),
            behind=counted(self.within_days, "day"),
        )

    @property
    def looks_back_days(self) -> int:
        return max(super().looks_back_days, self.within_days + self.within_days_before + 1)

    def limits(self, problem: Problem) -> Iterator[Limit]:
        grid, last = problem.grid, problem.grid.days - 1 - self.within_days
        before = range(-self.within_days, 0) if self.scope.reaches_back(problem) else range(0)
        ends = self.scope.last_day
        firsts = [
            day
            for day in before
            if self.scope.selects(problem, grid.date(day)) and (not ends or grid.date(day) <= ends)
        ]
        firsts += self.scope.days(problem)
        for agent in self.scope.covered_agents(problem):
            past = days_worked(problem, agent) if self.scope.reaches_back(problem) else frozenset[int]()
            for first in firsts:
                span = range(first - self.within_days_before, first + self.within_days + 1)
                known = [day for day in span if day < 0]
                if first <= last and past.issuperset(known):
                    yield Total(
                        agent.name,
                        of=Worked(),
                        on=tuple(day for day in span if day >= 0),
                        at_most=len(span) - 1,
                        carried_in=len(known),
                    )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        first_planned = problem.grid.first_day
        end = first_planned + problem.grid.days * ONE_DAY
        looks_back = counts_the_past(problem, self.scope)
        begins = date.min if looks_back else self.scope.first_day or date.min
        for agent in self.scope.covered_agents(problem):
            worked = {duty.day for duty in agent.history if duty.day < first_planned}
            worked = worked if looks_back else set()
            worked |= {problem.grid.date(duty.day) for duty in roster.of(agent.name)}
            for on in sorted(worked):
                behind = [on + i * ONE_DAY for i in range(1, self.within_days + 1)]
                before = [on - i * ONE_DAY for i in range(self.within_days_before, 0, -1)]
                if not begins <= on <= (self.scope.last_day or date.max) or not is_named(
                    problem, self.scope, on
                ):
                    continue
                if first_planned <= behind[-1] < end and worked.issuperset(before + behind):
                    yield self.violation(
                        1,
                        self._told(agent, on, before, behind[-1]),
                        agent=agent.name,
                        days=numbers(problem, [*before, on, *behind]),
                    )

    def _told(self, agent: Agent, on: date, before: list[date], last: date) -> str:
        if not before:
            return text(
                "{agent} works on {on}, and on every day behind it until {last}",
                agent=agent.name,
                on=on,
                last=last,
            )
        return text(
            "{agent} works on {on}, and on every day from {first} to {last}",
            agent=agent.name,
            on=on,
            first=before[0],
            last=last,
        )
