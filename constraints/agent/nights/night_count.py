"""Number of nights."""

from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Times
from scheduler.domain.values.words import counted
from scheduler.model.calendar.night_walks import nights_worked
from scheduler.model.calendar.nights import days_of_nights
from scheduler.model.calendar.part_walks import Count, Dates, PeriodRule
from scheduler.model.calendar.walks import counts_the_past, numbers
from scheduler.model.calendar.weeks import totals_per_part
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.nights import NightRule
from scheduler.model.rules.words import Per, bounds, per_words
from scheduler.texts import text


class NightCount(PeriodRule, NightRule):
    """Everyone works ``at_least`` to ``at_most`` nights per ``per``.

    A night belongs to the day on which its duty starts. Each day away could have been one, so that it lowers
    the least by one; the most stays.
    """

    period_field = "per"

    kind: Literal["night_count"] = "night_count"
    per: Per = "horizon"
    at_least: Times | None = Field(
        default=None,
        description="Least nights; null is no limit. Weeks and months that are cut are treated as by "
        "days_per_week.",
    )
    at_most: Times | None = Field(default=None, examples=[2], description="Most nights; null is no limit.")

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Everyone works {asked} {when} ({night}).",
            asked=bounds(self.at_least, self.at_most, noun="night"),
            when=per_words(self.per),
            night=self.night_words,
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest nights, the most nights, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        def carried_of(agent: Agent) -> Callable[[tuple[int, ...]], int]:
            nights = days_of_nights(problem, agent, self.verb)
            return lambda days: len(nights.intersection(days))

        return totals_per_part(
            problem, self.name, self.scope, self.per, self.verb, self.at_least, self.at_most, carried_of
        )

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        first_planned = problem.grid.first_day
        looks_back = counts_the_past(problem, self.scope)

        nights = list(nights_worked(problem, agent, roster, self))

        def count(every: Dates, dates: Dates) -> tuple[int, int]:
            known = sum(looks_back and on < first_planned and on in every for on in nights)
            return known, sum(on in dates for on in nights)

        return count

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for one, amount, least in self.out_of_bounds(problem, roster, self.at_least, self.at_most):
            yield self.violation(
                amount,
                text(
                    "{agent} works {shifts} from {first} to {last}; the rule asks for {asked}",
                    agent=one.agent.name,
                    shifts=counted(one.number, "night"),
                    first=one.first,
                    last=one.dates[-1],
                    asked=bounds(least, self.at_most),
                ),
                agent=one.agent.name,
                days=numbers(problem, one.dates),
            )
