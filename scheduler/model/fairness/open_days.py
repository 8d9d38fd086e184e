"""The days on which somebody may work a duty for which something holds, and those on which another is open.

Called by :mod:`scheduler.model.fairness.shares`. Looked at are contract, employment, absence, availability
and days that are fixed as off; nothing that depends on the other days.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.facts.absence import days_away
from scheduler.domain.facts.problem import Agent, Problem, Window
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import Span
from scheduler.model.limits.verbs import Verb

Option = tuple[int, int, bool]
"""Start and end of a shift as instants, and whether the verb holds for it."""


@dataclass(frozen=True)
class OpenDays:
    """Days on which a shift that counts is open to somebody, and days on which one that does not count is."""

    counted: frozenset[int]
    others: frozenset[int]


class Openings:
    """Finds the open days of agents for one verb; agents of one contract and clock share their shifts."""

    def __init__(self, problem: Problem, verb: Verb) -> None:
        self.problem, self.verb = problem, verb
        self._options: dict[tuple[str, str, int], tuple[Option, ...]] = {}

    def of(self, agent: Agent) -> OpenDays:
        """The open days of an agent inside the horizon."""
        problem, grid = self.problem, self.problem.grid
        zone = problem.zone_of(agent)
        away = days_away(problem, agent)
        off = {grid.day_index(pin.day) for pin in agent.pins if pin.off}
        barred = _spans(problem, zone, (*agent.unavailable, *agent.time_off))
        dated = {grid.day_index(one.start.date()) for one in agent.available}
        within = _spans(problem, zone, agent.available)
        counted: set[int] = set()
        others: set[int] = set()
        for day in range(grid.days):
            if day in away or day in off or not agent.is_employed_on(grid.date(day)):
                continue
            options = self._on(agent, zone, day)
            begin, end = grid.day_start(day, zone), grid.day_start(day + 3, zone)
            bars = [span for span in barred if span[0] < end and span[1] > begin]
            opened = [span for span in within if span[0] < end and span[1] > begin] if day in dated else None
            for start, until, holds in options:
                if day in (counted if holds else others):
                    continue
                if any(since < until and start < to for since, to in bars):
                    continue
                if opened is None or any(since <= start and until <= to for since, to in opened):
                    (counted if holds else others).add(day)
        return OpenDays(frozenset(counted), frozenset(others))

    def _on(self, agent: Agent, zone: str, day: int) -> tuple[Option, ...]:
        key = (agent.contract, zone, day)
        if key not in self._options:
            self._options[key] = tuple(self._shifts(agent, zone, day))
        return self._options[key]

    def _shifts(self, agent: Agent, zone: str, day: int) -> Iterator[Option]:
        """From each start that the contract allows on a day its shortest and its longest shift."""
        problem = self.problem
        for template in problem.shifts_of(problem.contract_of(agent), day):
            for clock in template.starts:
                start = problem.grid.instant_on_day(day, clock, zone)
                for length in dict.fromkeys((template.lengths[0], template.lengths[-1])):
                    end = start + length
                    duty = Duty(agent=agent.name, day=day, template=template.name, start=start, end=end)
                    yield start, end, self.verb.amount(problem, agent, duty) > 0


def _spans(problem: Problem, zone: str, windows: tuple[Window, ...]) -> list[Span]:
    return [(problem.grid.instant(one.start, zone), problem.grid.instant(one.end, zone)) for one in windows]
