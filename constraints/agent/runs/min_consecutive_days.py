"""Least number of days of work in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore
from scheduler.domain.values.words import counted, days_words
from scheduler.model.calendar.runs import runs_of_days
from scheduler.model.calendar.walks import dates_meant, numbers, too_short, worked_dates
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.rule import EVERY_DAY_SCOPE, AgentRule
from scheduler.texts import text


class MinConsecutiveDays(AgentRule):
    """Whoever works, works at least ``days`` days in a row.

    A run that touches the end of the horizon, or its start when nothing is known of the time before,
    may be longer than what is seen and is not judged; nor is one that meets a day away, which cut it short.
    """

    days_back_field = "days"
    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["min_consecutive_days"] = "min_consecutive_days"
    days: OneOrMore = Field(examples=[2], description="Least days of work in a row.")
    edges: Literal["open", "closed"] = Field(
        default="open",
        description="What holds at the first and the last day that are planned: open lets a run be longer "
        "than what is seen, closed counts it as it is seen.",
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        return runs_of_days(
            problem, self.scope, Worked(), at_least=self.days, is_closed=self.edges == "closed"
        )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            dates = worked_dates(problem, agent, roster, meant)
            for run in too_short(problem, agent, dates, meant, self.days, self.edges == "closed"):
                yield self.violation(
                    self.days - len(run),
                    text(
                        "{agent} works only {days} in a row, {when}; the rule asks for at least {least}",
                        agent=agent.name,
                        days=counted(len(run), "day"),
                        when=days_words(run[0], run[-1]),
                        least=self.days,
                    ),
                    agent=agent.name,
                    days=numbers(problem, run),
                )
