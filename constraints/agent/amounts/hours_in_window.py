"""Hours in any days in a row, or a week on average over some weeks."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore, PositiveMinutes
from scheduler.domain.values.grid import DAYS_PER_WEEK
from scheduler.domain.values.words import counted, hours_words
from scheduler.model.calendar.basis import (
    Basis,
    basis_words,
    credited,
    minutes_before,
    minutes_of,
    verb_of,
)
from scheduler.model.calendar.walks import beyond, numbers
from scheduler.model.calendar.window_walks import WindowOfDates, weeks_back, windows_back
from scheduler.model.calendar.windows import totals_of, windows_of, windows_of_weeks
from scheduler.model.limits.kinds import Limit
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class HoursInWindow(AgentRule):
    """In any ``window_days`` days in a row, or ``weeks`` on average, nobody has over ``at_most_minutes``.

    With ``weeks`` it is so many calendar weeks in a row, and the hours of one week on average. Days before
    the horizon count where they are known; the future does not. What was worked before is held against
    nobody; where it exceeds the bound, nothing more may be worked. Of each window beyond the bound the excess
    counts.
    """

    unit = "hour"

    kind: Literal["hours_in_window"] = "hours_in_window"
    window_days: OneOrMore | None = Field(
        default=None, examples=[3], description="How many days in a row are looked at; null takes weeks."
    )
    weeks: OneOrMore | None = Field(
        default=None, description="How many calendar weeks in a row are averaged; null takes window_days."
    )
    at_most_minutes: PositiveMinutes = Field(
        examples=[1350], description="Most minutes in the window of days, or a week on average."
    )
    basis: Basis = Field(
        default="paid",
        description="What is counted: paid is paid minutes, those of paid absence included; work is minutes "
        "without any break, of the history paid ones; elapsed is from start to end.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        most, what = hours_words(self.at_most_minutes), basis_words(self.basis)
        if self.weeks is not None:
            return text(
                "In any {weeks} in a row nobody has more than {most} a week on average ({what}).",
                weeks=counted(self.weeks, "calendar week"),
                most=most,
                what=what,
            )
        return text(
            "In any {days} in a row nobody has more than {most} ({what}).",
            days=counted(self.window_days or 1, "day"),
            most=most,
            what=what,
        )

    @property
    def _days(self) -> int:
        return self.weeks * DAYS_PER_WEEK if self.weeks is not None else self.window_days or 1

    @property
    def _most(self) -> int:
        return self.at_most_minutes * (self.weeks or 1)

    @property
    def looks_back_days(self) -> int:
        return max(super().looks_back_days, self._days)

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule without a window, or with two."""
        if (self.window_days is None) == (self.weeks is None):
            yield self.bounds_nothing("window_days", text("Give window_days or weeks, and not both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        windows = (
            windows_of_weeks(problem, self.scope, self.weeks)
            if self.weeks is not None
            else windows_of(problem, self.scope, self._days)
        )
        for agent in self.scope.covered_agents(problem):
            carried = [
                minutes_before(problem, agent, window.before, self.basis)
                + credited(problem, agent, window.before + window.days, self.basis)
                for window in windows
            ]
            yield from totals_of(agent, verb_of(self.basis), windows, self._most, carried)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent in self.scope.covered_agents(problem):
            for first, last, past, dates in self._windows(problem, agent):
                known = sum(
                    minutes_of(problem, agent, duty, self.basis) for duty in agent.history if duty.day in past
                )
                if self.basis == "paid":
                    absent = {problem.grid.date(day): n for day, n in paid_absence(problem, agent).items()}
                    known += sum(n for on, n in absent.items() if on in past or on in dates)
                planned = sum(
                    minutes_of(problem, agent, duty, self.basis)
                    for duty in roster.of(agent.name)
                    if problem.grid.date(duty.day) in dates
                )
                amount = beyond(known, planned, None, self._most)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} has {hours} from {first} to {last}; the rule allows at most {most}",
                            agent=agent.name,
                            hours=hours_words(known + planned),
                            first=first,
                            last=last,
                            most=hours_words(self._most),
                        ),
                        agent=agent.name,
                        days=numbers(problem, sorted(dates)),
                    )

    def _windows(self, problem: Problem, agent: Agent) -> list[WindowOfDates]:
        if self.weeks is not None:
            return weeks_back(problem, self.scope, agent, self.weeks)
        return windows_back(problem, self.scope, agent, self._days)
