"""Between which times shifts start and end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import ClockMinute
from scheduler.domain.values.words import clock_words
from scheduler.model.calendar.walks import duties_meant, numbers
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import TimesOutside
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class ShiftTimes(AgentRule):
    """Shifts start from ``earliest_start_clock`` to ``latest_start_clock``, and end in their times as well.

    Times are on the agent's clock, counted from midnight of the day on which the shift starts: 30:00 is 06:00
    on the next morning. Each of the four that is not kept counts.
    """

    kind: Literal["shift_times"] = "shift_times"
    earliest_start_clock: ClockMinute | None = Field(
        default=None, examples=[720], description="Earliest start; null is no limit."
    )
    latest_start_clock: ClockMinute | None = Field(
        default=None, description="Latest start; null is no limit."
    )
    earliest_end_clock: ClockMinute | None = Field(
        default=None, description="Earliest end; null is no limit."
    )
    latest_end_clock: ClockMinute | None = Field(
        default=None, description="Latest end, past 24:00 for the next day; null is no limit."
    )

    @property
    def _bounds(self) -> tuple[int | None, int | None, int | None, int | None]:
        return (
            self.earliest_start_clock,
            self.latest_start_clock,
            self.earliest_end_clock,
            self.latest_end_clock,
        )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        said = [
            text("start at {clock} or later", clock=clock_words(self.earliest_start_clock))
            if self.earliest_start_clock is not None
            else "",
            text("start at {clock} or earlier", clock=clock_words(self.latest_start_clock))
            if self.latest_start_clock is not None
            else "",
            text("end at {clock} or later", clock=clock_words(self.earliest_end_clock))
            if self.earliest_end_clock is not None
            else "",
            text("end at {clock} or earlier", clock=clock_words(self.latest_end_clock))
            if self.latest_end_clock is not None
            else "",
        ]
        return text(
            "Shifts {times}.",
            times=", ".join(one for one in said if one) or text("start and end at any time"),
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule without any bound."""
        if self._bounds == (None, None, None, None):
            yield self.bounds_nothing("latest_end_clock", text("Give a start or an end."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        of = TimesOutside(*self._bounds)
        days = [(day,) for day in self.scope.days(problem)]
        for agent in self.scope.covered_agents(problem):
            for day in days:
                yield Total(agent.name, of=of, on=day, at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            at = [None if clock is None else _at(problem, agent, on, clock) for clock in self._bounds]
            wrong = [
                at[0] is not None and duty.start < at[0],
                at[1] is not None and duty.start > at[1],
                at[2] is not None and duty.end < at[2],
                at[3] is not None and duty.end > at[3],
            ]
            if any(wrong):
                zone = problem.zone_of(agent)
                yield self.violation(
                    sum(wrong),
                    text(
                        "{agent} has a shift from {start} to {end} on {on}",
                        agent=agent.name,
                        start=clock_words(problem.grid.clock_minute(duty.start, zone)),
                        end=clock_words(problem.grid.clock_minute(duty.end, zone)),
                        on=on,
                    ),
                    agent=agent.name,
                    days=numbers(problem, [on]),
                )


def _at(problem: Problem, agent: Agent, on: date, clock: int) -> int:
    """The instant at which the agent's clock shows so many minutes after midnight of a date."""
    shown = datetime.combine(on, datetime.min.time()) + timedelta(minutes=clock)
    return problem.grid.instant(shown, problem.zone_of(agent))
