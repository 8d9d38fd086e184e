"""Shifts rotate forward: no start earlier than on the day before."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes
from scheduler.domain.values.words import clock_words
from scheduler.model.calendar.history import clocks_before
from scheduler.model.calendar.walks import ONE_DAY, dates_meant, numbers, wall_clocks
from scheduler.model.limits.kinds import Limit, Pair, Total
from scheduler.model.limits.verbs import StartsOutside
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text

_LATEST = 4 * 1440


class ForwardRotation(AgentRule):
    """Nobody starts more than ``within_minutes`` earlier on the clock than on the day before.

    Each two days in a row count; a day off lets the rotation begin anew. The rule is held against the later
    day, so history bars early starts on the first one.
    """

    day_fields = ("within_minutes",)
    breaks_for_good = "times"

    kind: Literal["forward_rotation"] = "forward_rotation"
    within_minutes: Minutes = Field(
        default=0,
        le=1440,
        description="How many minutes earlier than the day before a start may be all the same.",
    )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        starts = sorted({start for template in problem.templates for start in template.starts})
        days = self.scope.days(problem)
        late = [(start, _but_at(start)) for start in starts if start - self.within_minutes > starts[0]]
        for agent in self.scope.covered_agents(problem):
            for start, at in late:
                for day in days:
                    if day > 0:
                        # the later day first: automata cannot carry that, and these would be too many states
                        yield Pair(agent.name, self._before(start), day, at, day - 1)
            for start in clocks_before(problem, agent, -1) if 0 in days else ():
                yield Total(agent.name, of=self._before(start), on=(0,), at_most=0)

    def _before(self, start: int) -> StartsOutside:
        """Holds for a start that is too early behind this one."""
        return StartsOutside(((start - self.within_minutes, _LATEST),))

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent in self.scope.covered_agents(problem):
            clocks = wall_clocks(problem, agent, roster)
            for on in dates_meant(problem, self.scope):
                for before in clocks.get(on - ONE_DAY, ()):
                    for clock in clocks.get(on, ()):
                        if before - clock > self.within_minutes:
                            yield self.violation(
                                1,
                                text(
                                    "{agent} starts at {clock} on {on}, after {before} the day before",
                                    agent=agent.name,
                                    clock=clock_words(clock),
                                    on=on,
                                    before=clock_words(before),
                                ),
                                agent=agent.name,
                                days=numbers(problem, [on - ONE_DAY, on]),
                            )


def _but_at(start: int) -> StartsOutside:
    """Holds for a start at this time of day only."""
    return StartsOutside(((-1, start - 1), (start + 1, _LATEST)))
