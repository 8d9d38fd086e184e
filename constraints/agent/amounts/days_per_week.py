"""Days of work per week."""

from collections.abc import Iterator
from functools import partial
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import DAYS_PER_WEEK
from scheduler.domain.values.words import counted
from scheduler.model.calendar.history import duties_on
from scheduler.model.calendar.part_walks import Count, PeriodRule, duties_counted
from scheduler.model.calendar.walks import numbers
from scheduler.model.calendar.weeks import totals_per_part
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.words import Per, bounds
from scheduler.texts import text


class DaysPerWeek(PeriodRule):
    """Everyone works ``at_least`` to ``at_most`` days in each calendar week.

    In a week that is cut by the horizon's start ``at_most`` counts the history too; ``at_least`` is held
    only against weeks of which all seven days are planned or known from the history. What was worked
    before the horizon is held against nobody; where it exceeds the bound, nothing more may be worked. A day
    away does not count towards the most, but could have been worked, and lowers the least by one.
    """

    kind: Literal["days_per_week"] = "days_per_week"
    at_least: int | None = Field(
        default=None, ge=0, le=7, description="Least days with a duty in a calendar week; null is no limit."
    )
    at_most: int | None = Field(
        default=None,
        ge=0,
        le=7,
        examples=[5],
        description="Most days with a duty in a calendar week; null is no limit.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Everyone works {asked} in each calendar week.",
            asked=bounds(self.at_least, self.at_most, noun="day"),
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest days, the most days, or both."))

    def limits_days(self, problem: Problem, agent: Agent) -> bool:
        return self.at_most is not None and self.at_most < DAYS_PER_WEEK

    def limits(self, problem: Problem) -> Iterator[Limit]:
        return totals_per_part(
            problem,
            self.name,
            self.scope,
            "week",
            Worked(),
            self.at_least,
            self.at_most,
            lambda agent: partial(duties_on, problem, agent),
        )

    @property
    def counts_over(self) -> Per:
        return "week"

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        return duties_counted(problem, roster, self.scope, agent)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for one, amount, least in self.out_of_bounds(problem, roster, self.at_least, self.at_most):
            yield self.violation(
                amount,
                text(
                    "{agent} works {worked} in the week of {monday}; the rule asks for {asked}",
                    agent=one.agent.name,
                    worked=counted(one.number, "day"),
                    monday=one.first,
                    asked=bounds(least if one.is_whole else None, self.at_most),
                ),
                agent=one.agent.name,
                days=numbers(problem, one.dates),
            )
