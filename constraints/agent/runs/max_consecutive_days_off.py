"""Greatest number of days off in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore
from scheduler.domain.values.words import days_words
from scheduler.model.calendar.runs import runs_of_days
from scheduler.model.calendar.walks import dates_meant, free_dates, numbers, too_long
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Free
from scheduler.model.rules.rule import EVERY_DAY_SCOPE, AgentRule
from scheduler.texts import text


class MaxConsecutiveDaysOff(AgentRule):
    """Nobody is off more than ``days`` days in a row.

    A day away is not off: days before and behind an absence are counted apart.
    """

    days_back_field = "days"
    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["max_consecutive_days_off"] = "max_consecutive_days_off"
    days: OneOrMore = Field(examples=[3], description="Most days off in a row.")

    def limits(self, problem: Problem) -> Iterator[Limit]:
        return runs_of_days(problem, self.scope, Free(), at_most=self.days)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            dates = free_dates(problem, agent, roster, meant)
            for run in too_long(dates, meant, self.days):
                yield self.violation(
                    len(run) - self.days,
                    text(
                        "{agent} is off {number} days in a row, {when}; the rule allows at most {days}",
                        agent=agent.name,
                        number=len(run),
                        when=days_words(run[0], run[-1]),
                        days=self.days,
                    ),
                    agent=agent.name,
                    days=numbers(problem, run),
                )
