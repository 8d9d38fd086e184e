"""Days of work per week or month, or over the whole horizon."""

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
from scheduler.model.calendar.history import duties_on
from scheduler.model.calendar.walks import (
    beyond,
    dates_meant,
    dates_of_part,
    duties_of_part,
    is_whole,
    numbers,
    parts_meant,
)
from scheduler.model.calendar.weeks import less, parts_of, total_of
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Worked
from scheduler.model.rules.rule import AgentRule
from scheduler.model.rules.words import MOST_DAYS_OF_MONTH, Per, bounds, per_words
from scheduler.texts import text


class DaysWorked(AgentRule):
    """Everyone works ``at_least`` to ``at_most`` of the days meant per ``per``, such as Sundays or holidays.

    A duty belongs to the day on which it starts. History counts in weeks and months that the horizon cuts, as
    by days_per_week; a day away lowers the least by one.
    """

    kind: Literal["days_worked"] = "days_worked"
    per: Per = Field(
        default="horizon",
        description="What is counted: week is each calendar week, month each calendar month, horizon all the "
        "days meant together.",
    )
    at_least: Times | None = Field(default=None, description="Least days of work; null is no limit.")
    at_most: Times | None = Field(
        default=None, examples=[2], description="Most days of work; null is no limit."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        noun = text("of these day") if self.scope.weekdays or self.scope.dates else "day"
        return text(
            "Everyone works {asked} {when}.",
            asked=bounds(self.at_least, self.at_most, noun=noun),
            when=per_words(self.per),
        )

    @property
    def looks_back_days(self) -> int:
        return MOST_DAYS_OF_MONTH if self.per == "month" else super().looks_back_days

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest days, the most days, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        parts = parts_of(problem, self.scope, self.per)
        for agent in self.scope.covered_agents(problem):
            for part in parts:
                away = len(days_away(problem, agent).intersection(part.before + part.days))
                yield from total_of(
                    agent,
                    Worked(),
                    part,
                    less(self.at_least, away),
                    self.at_most,
                    carried_in=duties_on(problem, agent, part.before),
                )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            for first, dates in parts_meant(problem, meant, self.per).items():
                every = dates_of_part(self.scope, self.per, first, dates)
                past, rostered = duties_of_part(problem, agent, roster, self.scope, every, dates)
                away = len(dates_away(problem, agent).intersection(every))
                at_least = (
                    less(self.at_least, away) if is_whole(problem, self.scope, agent, every, dates) else None
                )
                amount = beyond(len(past), len(rostered), at_least, self.at_most)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works on {days} of those from {first} to {last}; the rule asks for "
                            "{asked}",
                            agent=agent.name,
                            days=counted(len(past) + len(rostered), "day"),
                            first=first,
                            last=dates[-1],
                            asked=bounds(at_least, self.at_most),
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )
