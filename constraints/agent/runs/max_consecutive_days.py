"""Greatest number of days of work in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore
from scheduler.domain.values.words import days_words
from scheduler.model.calendar.runs import runs_of_days
from scheduler.model.calendar.walks import dates_meant, numbers, too_long, worked_dates
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.rule import EVERY_DAY_SCOPE, AgentRule
from scheduler.texts import text


class MaxConsecutiveDays(AgentRule):
    """Nobody works more than ``days`` days in a row.

    A day away ends the row, for it is no work.
    """

    breaks_for_good = "days"
    days_back_field = "days"
    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["max_consecutive_days"] = "max_consecutive_days"
    days: OneOrMore = Field(examples=[5], description="Most days of work in a row.")

    def limits_days(self, problem: Problem, agent: Agent) -> bool:
        return True

    def limits(self, problem: Problem) -> Iterator[Limit]:
        return runs_of_days(problem, self.scope, Worked(), at_most=self.days)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            dates = worked_dates(problem, agent, roster, meant)
            for run in too_long(dates, meant, self.days):
                yield self.violation(
                    len(run) - self.days,
                    text(
                        "{agent} works {number} days in a row, {when}; the rule allows at most {days}",
                        agent=agent.name,
                        number=len(run),
                        when=days_words(run[0], run[-1]),
                        days=self.days,
                    ),
                    agent=agent.name,
                    days=numbers(problem, run),
                )
