"""Number of nights in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore
from scheduler.domain.values.words import counted
from scheduler.model.calendar.night_walks import nights_worked
from scheduler.model.calendar.nights import days_of_nights
from scheduler.model.calendar.runs import rows_of_work
from scheduler.model.calendar.walks import dates_meant, numbers, of_dates_meant, rows_out_of_bounds
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.nights import NightRule
from scheduler.model.rules.rule import EVERY_DAY_SCOPE
from scheduler.model.rules.words import bounds
from scheduler.texts import text


class NightsInARow(NightRule):
    """Nights come ``at_least`` to ``at_most`` in a row.

    A run that touches the end of the horizon, or its start when nothing is known of the time before, may be
    longer than what is seen, and is not held against the least; nor is one that meets a day away.
    """

    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["nights_in_a_row"] = "nights_in_a_row"
    at_least: OneOrMore | None = Field(
        default=None, description="Least nights in a row, once there is one; null is no limit."
    )
    at_most: OneOrMore | None = Field(
        default=None, examples=[3], description="Most nights in a row; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Nights come {asked} in a row ({night}).",
            asked=bounds(self.at_least, self.at_most),
            night=self.night_words,
        )

    @property
    def looks_back_days(self) -> int:
        return max(super().looks_back_days, 1 + max(self.at_least or 0, self.at_most or 0))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest nights, the most nights, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        return rows_of_work(
            problem,
            self.scope,
            self.verb,
            self.at_least,
            self.at_most,
            lambda agent: days_of_nights(problem, agent, self.verb),
        )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            worked = sorted(set(nights_worked(problem, agent, roster, self)))
            nights = of_dates_meant(problem, worked, meant)
            for run, amount in rows_out_of_bounds(problem, agent, nights, meant, self.at_least, self.at_most):
                yield self.violation(
                    amount,
                    text(
                        "{agent} works {nights} in a row, {first} to {last}; the rule asks for {asked}",
                        agent=agent.name,
                        nights=counted(len(run), "night"),
                        first=run[0],
                        last=run[-1],
                        asked=bounds(self.at_least, self.at_most),
                    ),
                    agent=agent.name,
                    days=numbers(problem, run),
                )
