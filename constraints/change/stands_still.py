"""What has begun when a roster is repaired stands still.

It is in no catalogue, as nobody writes it down: a repair makes it of the roster that it is given.
"""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.fields import Name
from scheduler.model.calendar.duty_differences import shift_of, with_breaks
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import DiffersFrom, MinutesWithin, Worked
from scheduler.model.limits.verbs_of_duties import as_rostered, pin_of, under_way
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text

LONG_AGO = -(10**7)
"""An instant before every duty of a horizon: nineteen years."""


class StandsStill(AgentRule):
    """What has begun stands still, and so does what is locked.

    A duty that is over stays as it was. One that is under way keeps its shift, its start and the breaks that
    have begun. No other duty and no other break begins before ``since``.

    Parameters
    ----------
    since
        The instant from which on things may change.
    was
        The roster until then, without the duties that did not take place.
    locked
        Agents and days that lie ahead and stay as they are, breaks included.
    keeps_shifts
        Whether every shift and every free day ahead stays as well; only breaks may move.
    """

    kind: Literal["stands_still"] = "stands_still"
    since: int
    was: Roster
    locked: frozenset[tuple[Name, int]] = frozenset()
    keeps_shifts: bool = False

    def limits(self, problem: Problem) -> Iterator[Limit]:
        for agent in problem.agents:
            for day in range(problem.grid.days):
                yield from self._limits(problem, agent, day)

    def _limits(self, problem: Problem, agent: Agent, day: int) -> Iterator[Limit]:
        on, duty = (day,), self.was.day_of(agent.name, day)
        is_locked, begun = (agent.name, day) in self.locked, duty is not None and duty.start < self.since
        if duty is None:
            if is_locked or self.keeps_shifts:
                yield Total(agent.name, of=Worked(), on=on, at_most=0)
                return
        elif begun or is_locked or self.keeps_shifts:
            yield Total(agent.name, of=Worked(), on=on, at_least=1)
            if is_locked or duty.end <= self.since:
                yield Total(agent.name, of=as_rostered(problem, agent, duty), on=on, at_most=0)
            elif begun:
                yield Total(agent.name, of=under_way(problem, agent, duty, self.since), on=on, at_most=0)
            if self.keeps_shifts:
                yield Total(agent.name, of=DiffersFrom(pin_of(problem, agent, duty)), on=on, at_most=0)
        if not begun and problem.grid.day_start(day, problem.zone_of(agent)) < self.since:
            before = MinutesWithin(((LONG_AGO, self.since),))
            yield Total(agent.name, of=before, on=on, at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent in problem.agents:
            days = {duty.day for duty in (*roster.of(agent.name), *self.was.of(agent.name))}
            days |= {day for name, day in self.locked if name == agent.name}
            for day in sorted(days):
                now, was = roster.on(agent.name, day), self.was.on(agent.name, day)
                kept = self._past(now) == self._past(was)
                if (agent.name, day) in self.locked:
                    kept = kept and with_breaks(now) == with_breaks(was)
                elif self.keeps_shifts:
                    kept = kept and list(map(shift_of, now)) == list(map(shift_of, was))
                if not kept:
                    yield self.violation(
                        1,
                        self._sentence(problem, agent, day),
                        agent=agent.name,
                        days=(day,),
                    )

    def _sentence(self, problem: Problem, agent: Agent, day: int) -> str:
        on = problem.grid.date(day)
        if (agent.name, day) in self.locked:
            return text("{agent}'s {day}, which is locked, changes", agent=agent.name, day=on)
        if problem.grid.day_start(day, problem.zone_of(agent)) < self.since:
            return text("{agent}'s {day}, which has begun, changes", agent=agent.name, day=on)
        return text(
            "{agent}'s {day} is to keep its shift, and changes all the same", agent=agent.name, day=on
        )

    def _past(self, duties: tuple[Duty, ...]) -> list[object]:
        """What has begun of these duties: all of those that are over, of others what must not change."""
        return [
            (
                duty.template,
                duty.start,
                duty.end if duty.end <= self.since else "later",
                sorted((pause.name, pause.start) for pause in duty.breaks if pause.start < self.since),
            )
            for duty in duties
            if duty.start < self.since
        ]
