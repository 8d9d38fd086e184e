"""Number of nights."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import dates_away, days_away
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Times
from scheduler.domain.values.words import counted
from scheduler.model.calendar.night_walks import nights_worked
from scheduler.model.calendar.nights import days_of_nights
from scheduler.model.calendar.walks import (
    beyond,
    counts_the_past,
    dates_meant,
    dates_of_part,
    is_whole,
    numbers,
    parts_meant,
)
from scheduler.model.calendar.weeks import less, parts_of, total_of
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.nights import NightRule
from scheduler.model.rules.words import MOST_DAYS_OF_MONTH, Per, bounds, per_words
from scheduler.texts import text


class NightCount(NightRule):
    """Everyone works ``at_least`` to ``at_most`` nights per ``per``.

    A night belongs to the day on which its duty starts. Each day away could have been one, so that it lowers
    the least by one; the most stays.
    """

    kind: Literal["night_count"] = "night_count"
    per: Per = Field(
        default="horizon",
        description="What is counted: week is each calendar week, month each calendar month, horizon all the "
        "days meant together.",
    )
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

    @property
    def looks_back_days(self) -> int:
        return MOST_DAYS_OF_MONTH if self.per == "month" else super().looks_back_days

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest nights, the most nights, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        parts = parts_of(problem, self.scope, self.per)
        for agent in self.scope.covered_agents(problem):
            nights = days_of_nights(problem, agent, self.verb)
            for part in parts:
                carried_in = len(nights.intersection(part.before))
                away = len(days_away(problem, agent).intersection(part.before + part.days))
                at_least = less(self.at_least, away)
                yield from total_of(agent, self.verb, part, at_least, self.at_most, carried_in=carried_in)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        parts = parts_meant(problem, meant, self.per)
        first_planned = problem.grid.first_day
        looks_back = counts_the_past(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            nights = list(nights_worked(problem, agent, roster, self))
            for first, dates in parts.items():
                every = dates_of_part(self.scope, self.per, first, dates)
                known = sum(looks_back and on < first_planned and on in every for on in nights)
                planned = sum(on in dates for on in nights)
                at_least = less(self.at_least, len(dates_away(problem, agent).intersection(every)))
                whole = is_whole(problem, self.scope, agent, every, dates)
                amount = beyond(known, planned, at_least if whole else None, self.at_most)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works {shifts} from {first} to {last}; the rule asks for {asked}",
                            agent=agent.name,
                            shifts=counted(known + planned, "night"),
                            first=first,
                            last=dates[-1],
                            asked=bounds(at_least, self.at_most),
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )
