"""Minutes worked at night, by duty and in all."""

from collections.abc import Container, Iterator, Sequence
from functools import partial
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes
from scheduler.domain.values.words import hours_words
from scheduler.model.calendar.night_walks import minutes_of_nights
from scheduler.model.calendar.nights import night_minutes_before
from scheduler.model.calendar.part_walks import Count, Dates, PeriodRule
from scheduler.model.calendar.walks import (
    beyond,
    counts_the_past,
    dates_meant,
    numbers,
)
from scheduler.model.calendar.weeks import carried_in, parts_of, total_of
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.rules.nights import NightWindowRule
from scheduler.model.rules.words import Per, per_words
from scheduler.texts import text


class NightMinutesKept(PeriodRule, NightWindowRule):
    """Nobody works more than ``per_day_minutes`` at night on a day, or ``at_most_minutes`` per ``per``.

    Minutes belong to the day on which their duty starts; breaks are not taken off.
    """

    unit = "hour"

    period_field = "per"

    kind: Literal["night_minutes"] = "night_minutes"
    per_day_minutes: Minutes | None = Field(
        default=None,
        examples=[360],
        description="Most minutes at night of the duties that start on one day; 0 is no night work at all, "
        "null is no limit.",
    )
    at_most_minutes: Minutes | None = Field(
        default=None, description="Most minutes at night in all; null is no limit."
    )
    per: Per = Field(
        default="week",
        description="What at_most_minutes counts over: week is each calendar week, month, quarter and year "
        "each one of the calendar, horizon all the days meant together.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        bounds = [
            text("{most} on a day", most=hours_words(self.per_day_minutes))
            if self.per_day_minutes is not None
            else "",
            text("{most} {when}", most=hours_words(self.at_most_minutes), when=per_words(self.per))
            if self.at_most_minutes is not None
            else "",
        ]
        return text(
            "From {window} nobody works more than {asked}.",
            window=self.window_words,
            asked=", ".join(bound for bound in bounds if bound) or text("any number of minutes"),
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.per_day_minutes is None and self.at_most_minutes is None:
            yield self.bounds_nothing(
                "per_day_minutes", text("Give the most minutes on a day, the most in all, or both.")
            )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        parts = parts_of(problem, self.scope, self.per) if self.at_most_minutes is not None else ()
        for agent in self.scope.covered_agents(problem):
            if self.per_day_minutes is not None:
                for day in days:
                    yield Total(agent.name, of=self.minutes_verb, on=(day,), at_most=self.per_day_minutes)
            before = list(night_minutes_before(problem, agent, self.minutes_verb)) if parts else []
            for part in parts:
                carried = carried_in(problem, agent, self.name, part, partial(_minutes_on, before))
                yield from total_of(agent, self.minutes_verb, part, None, self.at_most_minutes, carried)

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        first_planned = problem.grid.first_day
        looks_back = counts_the_past(problem, self.scope)

        worked = list(minutes_of_nights(problem, agent, roster, self))

        def count(every: Dates, dates: Dates) -> tuple[int, int]:
            past = {on for on in every if looks_back and on < first_planned}
            known = sum(minutes for on, minutes in worked if on in past)
            return known, sum(minutes for on, minutes in worked if on in dates)

        return count

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        for agent in self.scope.covered_agents(problem):
            worked = list(minutes_of_nights(problem, agent, roster, self))
            for on in meant if self.per_day_minutes is not None else ():
                of_day = sum(minutes for day, minutes in worked if day == on)
                amount = beyond(0, of_day, None, self.per_day_minutes)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works {minutes} at night on {on}; the rule allows at most {most}",
                            agent=agent.name,
                            minutes=hours_words(of_day),
                            on=on,
                            most=hours_words(self.per_day_minutes or 0),
                        ),
                        agent=agent.name,
                        days=numbers(problem, [on]),
                    )
        for one in self.counted(problem, roster):
            amount = one.beyond(None, self.at_most_minutes)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "{agent} works {minutes} at night from {first} to {last}; the rule allows at "
                        "most {most}",
                        agent=one.agent.name,
                        minutes=hours_words(one.number),
                        first=one.first,
                        last=one.dates[-1],
                        most=hours_words(self.at_most_minutes or 0),
                    ),
                    agent=one.agent.name,
                    days=numbers(problem, one.dates),
                )


def _minutes_on(before: Sequence[tuple[int, int]], days: Container[int]) -> int:
    """Minutes at night on some days, of those by day."""
    return sum(minutes for day, minutes in before if day in days)
