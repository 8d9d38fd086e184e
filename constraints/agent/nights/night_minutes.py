"""Minutes worked at night, by duty and in all."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes
from scheduler.domain.values.words import hours_words
from scheduler.model.calendar.night_walks import minutes_of_nights
from scheduler.model.calendar.nights import night_minutes_before
from scheduler.model.calendar.walks import (
    beyond,
    counts_the_past,
    dates_meant,
    dates_of_part,
    numbers,
    parts_meant,
)
from scheduler.model.calendar.weeks import parts_of, total_of
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.rules.nights import NightWindowRule
from scheduler.model.rules.words import Per, per_words
from scheduler.texts import text


class NightMinutesKept(NightWindowRule):
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
        description="What at_most_minutes counts over: week is each calendar week, month each calendar "
        "month, horizon all the days meant together.",
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
                carried_in = sum(minutes for day, minutes in before if day in part.before)
                yield from total_of(
                    agent, self.minutes_verb, part, None, self.at_most_minutes, carried_in=carried_in
                )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        first_planned = problem.grid.first_day
        looks_back = counts_the_past(problem, self.scope)
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
            for first, dates in parts_meant(problem, meant, self.per).items():
                every = dates_of_part(self.scope, self.per, first, dates)
                known = sum(
                    minutes for on, minutes in worked if looks_back and on < first_planned and on in every
                )
                planned = sum(minutes for on, minutes in worked if on in dates)
                amount = beyond(known, planned, None, self.at_most_minutes)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works {minutes} at night from {first} to {last}; the rule allows at "
                            "most {most}",
                            agent=agent.name,
                            minutes=hours_words(known + planned),
                            first=first,
                            last=dates[-1],
                            most=hours_words(self.at_most_minutes or 0),
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )
