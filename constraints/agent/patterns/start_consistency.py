"""Starts that stay close together through the week."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes, Weekdays
from scheduler.model.calendar.walks import dates_meant, numbers, wall_clock, weeks_meant
from scheduler.model.calendar.weeks import weeks_of
from scheduler.model.limits.kinds import Limit, Spread
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import text


class StartConsistency(AgentRule):
    """Within a calendar week everyone starts within ± ``within_minutes`` of one time of day.

    A day away has no start to compare.
    """

    unit = "hour"
    day_fields = ("within_minutes",)

    kind: Literal["start_consistency"] = "start_consistency"
    within_minutes: Minutes = Field(
        examples=[60],
        description="How many minutes a start may lie before or after that time, so that two starts may "
        "lie twice as far apart; 0 asks for the same start all week.",
    )
    weekdays: Weekdays = Field(
        default=(),
        description="Only these weekdays are compared, 0 for Monday to 6 for Sunday; empty is all.",
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        compared = [
            tuple(day for day in week.days if not self.weekdays or problem.grid.weekday(day) in self.weekdays)
            for week in weeks_of(problem, self.scope)
        ]
        for agent in self.scope.covered_agents(problem):
            for days in compared:
                if len(days) > 1:
                    yield Spread(agent.name, on=days, at_most=2 * self.within_minutes)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        weeks = weeks_meant(problem, dates_meant(problem, self.scope))
        weekdays = self.weekdays or tuple(range(7))
        for agent in self.scope.covered_agents(problem):
            for monday, week in weeks.items():
                dates = [on for on in week if on.weekday() in weekdays]
                starts = sorted(
                    (wall_clock(problem, agent, duty), on)
                    for on in dates
                    for duty in roster.on(agent.name, problem.grid.day_index(on))
                )
                apart = starts[-1][0] - starts[0][0] if starts else 0
                if len(dates) > 1 and apart > 2 * self.within_minutes:
                    yield self.violation(
                        apart - 2 * self.within_minutes,
                        text(
                            "{agent} starts between {first} and {last} in the week of {monday}; {apart} "
                            "apart is the most",
                            agent=agent.name,
                            first=spoken("clock", starts[0][0]),
                            last=spoken("clock", starts[-1][0]),
                            monday=monday,
                            apart=spoken("minutes", 2 * self.within_minutes),
                        ),
                        agent=agent.name,
                        days=numbers(problem, sorted((starts[0][1], starts[-1][1]))),
                    )
