"""Days of work per week or month, or over the whole horizon."""

from collections.abc import Iterator
from functools import partial
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Times
from scheduler.domain.values.words import counted
from scheduler.model.calendar.history import duties_on
from scheduler.model.calendar.part_walks import Count, PeriodRule, duties_counted
from scheduler.model.calendar.walks import numbers
from scheduler.model.calendar.weeks import totals_per_part
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.words import Per, bounds, per_words
from scheduler.texts import text


class DaysWorked(PeriodRule):
    """Everyone works ``at_least`` to ``at_most`` of the days meant per ``per``, such as Sundays or holidays.

    A duty belongs to the day on which it starts. History counts in weeks and months that the horizon cuts, as
    by days_per_week; a day away lowers the least by one.
    """

    period_field = "per"

    kind: Literal["days_worked"] = "days_worked"
    per: Per = "horizon"
    at_least: Times | None = Field(default=None, description="Least days of work; null is no limit.")
    at_most: Times | None = Field(
        default=None, examples=[2], description="Most days of work; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        noun = text("of these day") if self.scope.names_days else "day"
        return text(
            "Everyone works {asked} {when}.",
            asked=bounds(self.at_least, self.at_most, noun=noun),
            when=per_words(self.per),
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest days, the most days, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        return totals_per_part(
            problem,
            self.name,
            self.scope,
            self.per,
            Worked(),
            self.at_least,
            self.at_most,
            lambda agent: partial(duties_on, problem, agent),
        )

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        return duties_counted(problem, roster, self.scope, agent)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for one, amount, least in self.out_of_bounds(problem, roster, self.at_least, self.at_most):
            yield self.violation(
                amount,
                text(
                    "{agent} works on {days} of those from {first} to {last}; the rule asks for {asked}",
                    agent=one.agent.name,
                    days=counted(one.number, "day"),
                    first=one.first,
                    last=one.dates[-1],
                    asked=bounds(least if one.is_whole else None, self.at_most),
                ),
                agent=one.agent.name,
                days=numbers(problem, one.dates),
            )
