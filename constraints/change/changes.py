"""What changes when a roster is repaired has its price, so that what lies ahead stays close to the roster.

It is in no catalogue, as nobody writes it down: a repair makes it of the roster that it is given. Search,
bound, certificate and verifier treat it like any rule and know nothing of repairs.
"""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.fields import Cents
from scheduler.model.calendar.duty_differences import difference
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import DiffersFrom, Worked
from scheduler.model.limits.verbs_of_duties import as_rostered, pin_of
from scheduler.model.rules.rule import AgentRule, Strength
from scheduler.texts import text


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
