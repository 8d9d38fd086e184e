"""What a repaired roster is held to: the past stands still, and what lies ahead stays close to the roster.

Both are rules like those of the book, so that search, bound, certificate and verifier need to know nothing of
repairs: cost plus the price of changes is an ordinary cost. They are in no catalogue, as nobody writes them
down; a repair makes them of the roster that it is given.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from scheduler.domain.facts.agent import Pin
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.fields import Cents, Name
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import DiffersFrom, MinutesWithin, UnderWay, Worked, start_clock
from scheduler.model.rules.rule import AgentRule, Strength
from scheduler.texts import text

LONG_AGO = -(10**7)
"""An instant before every duty of a horizon: nineteen years."""


class StandsStill(AgentRule):
    """What has begun stands still.

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
                    kept = kept and _with_breaks(now) == _with_breaks(was)
                elif self.keeps_shifts:
                    kept = kept and list(map(_shift, now)) == list(map(_shift, was))
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
            return text("{agent}'s {day} is locked, and changes all the same", agent=agent.name, day=on)
        if problem.grid.day_start(day, problem.zone_of(agent)) < self.since:
            return text("{agent}'s {day} has begun, and changes all the same", agent=agent.name, day=on)
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


class Changes(AgentRule):
    """Everybody works as rostered before.

    A person's day whose template, start, length or freedom differs costs ``price``; one on which only breaks
    are moved costs ``break_price``, at most as much.

    Parameters
    ----------
    was
        The roster to stay close to.
    since
        The instant from which on things may change: only days that are not over are looked at.
    """

    kind: Literal["changes"] = "changes"
    strength: Strength = Strength.PREFER
    price: Cents | None = 2000
    break_price: Cents = 200
    was: Roster
    since: int

    @property
    def whole_price(self) -> int:
        """Cents per changed person and day."""
        return self.price or 0

    @property
    def least_price(self) -> int:
        """Cents per person and day on which only breaks move."""
        return min(self.break_price, self.whole_price)

    def limits(self, problem: Problem) -> Iterator[Limit]:
        for agent, day, was in self._days(problem):
            on = (day,)
            if was is None:
                yield Total(agent.name, of=Worked(), on=on, at_most=0, price=self.whole_price)
                continue
            yield Total(agent.name, of=Worked(), on=on, at_least=1, price=self.whole_price)
            dear = self.whole_price - (self.least_price if was.breaks else 0)
            if dear:
                shift = DiffersFrom(pin_of(problem, agent, was))
                yield Total(agent.name, of=shift, on=on, at_most=0, price=dear)
            if was.breaks and self.least_price:
                whole = as_rostered(problem, agent, was)
                yield Total(agent.name, of=whole, on=on, at_most=0, price=self.least_price)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, day, was in self._days(problem):
            now = roster.day_of(agent.name, day)
            kind = difference(was, now)
            if kind:
                yield self.violation(
                    1,
                    text("{agent} changes on {day}", agent=agent.name, day=problem.grid.date(day))
                    if kind == "shift"
                    else text(
                        "{agent} has moved breaks on {day}", agent=agent.name, day=problem.grid.date(day)
                    ),
                    agent=agent.name,
                    days=(day,),
                    price=self.whole_price if kind == "shift" else self.least_price,
                )

    def _days(self, problem: Problem) -> Iterator[tuple[Agent, int, Duty | None]]:
        """Every person's day that can still change and need not, with its duty until now."""
        for agent in problem.agents:
            for day in range(problem.grid.days):
                duty = self.was.day_of(agent.name, day)
                if duty is None or duty.end > self.since:
                    yield agent, day, duty


def difference(was: Duty | None, now: Duty | None) -> Literal["", "breaks", "shift"]:
    """In what two duties of one person and day differ: not, in their breaks alone, or in more."""
    if was is None or now is None:
        return "" if was is now else "shift"
    if _shift(was) != _shift(now):
        return "shift"
    return "" if _with_breaks((was,)) == _with_breaks((now,)) else "breaks"


def _shift(duty: Duty) -> tuple[str, int, int]:
    return duty.template, duty.start, duty.end


def _with_breaks(duties: tuple[Duty, ...]) -> list[object]:
    return [(_shift(duty), sorted((pause.start, pause.name) for pause in duty.breaks)) for duty in duties]


def pin_of(problem: Problem, agent: Agent, duty: Duty) -> Pin:
    """The pin that asks for this shift, wherever its breaks are."""
    return Pin(
        day=problem.grid.date(duty.day),
        template=duty.template,
        start=start_clock(problem, agent, duty),
        length_minutes=duty.elapsed_minutes,
    )


def under_way(problem: Problem, agent: Agent, duty: Duty, since: int) -> UnderWay:
    """The verb that asks for this duty as far as it has begun."""
    begun = sorted((pause.start, pause.name) for pause in duty.breaks if pause.start < since)
    return UnderWay(
        duty.template,
        start_clock(problem, agent, duty),
        _clock(problem, agent, duty.day, since),
        tuple((name, _clock(problem, agent, duty.day, start)) for start, name in begun),
    )


def as_rostered(problem: Problem, agent: Agent, duty: Duty) -> UnderWay:
    """The verb that asks for exactly this duty, breaks included."""
    return replace(under_way(problem, agent, duty, duty.end), length_minutes=duty.elapsed_minutes)


def _clock(problem: Problem, agent: Agent, day: int, instant: int) -> int:
    """An instant as clock minutes after the midnight of an agent's day; may pass 1440."""
    zone = problem.zone_of(agent)
    days_later = problem.grid.day_of(instant, zone) - day
    return problem.grid.clock_minute(instant, zone) + days_later * MINUTES_PER_DAY
