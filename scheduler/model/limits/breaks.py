"""The kinds of limit on the inside of a shift: where its breaks lie.

They are apart from the other limits because the engine places breaks while it chooses shifts.
``templates`` narrows a limit to shifts of these templates; empty means all.
"""

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.facts.problem import Agent, Break, Problem
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.model.limits.kinds import AgentLimit


def start_window(problem: Problem, agent: Agent, duty: Duty, pause: Break) -> tuple[int, int]:
    """First and last instant at which a break of this duty may start."""
    if pause.measured_from == "start":
        return duty.start + pause.earliest_start, duty.start + pause.latest_start
    if pause.measured_from == "end":
        return duty.end - pause.earliest_start, duty.end - pause.latest_start
    zone = problem.zone_of(agent)
    return (
        problem.grid.instant_on_day(duty.day, pause.earliest_start, zone),
        problem.grid.instant_on_day(duty.day, pause.latest_start, zone),
    )


def breaks_of(problem: Problem, duty: Duty) -> tuple[Break, ...]:
    """The breaks that the duty's template gives a shift of its length."""
    return problem.template_named[duty.template].breaks_of(duty.elapsed_minutes)


def with_earliest_breaks(problem: Problem, agent: Agent, duty: Duty) -> Duty:
    """The duty with each of its breaks as early as it may begin."""
    breaks = tuple(
        PlacedBreak(
            name=pause.name,
            start=start_window(problem, agent, duty, pause)[0],
            length_minutes=pause.length_minutes,
            paid=pause.paid,
        )
        for pause in breaks_of(problem, duty)
    )
    return duty.model_copy(update={"breaks": breaks})


@dataclass(frozen=True, slots=True)
class BreakLimit(AgentLimit):
    """A limit on the breaks of each duty on these days."""

    on: tuple[int, ...]
    templates: frozenset[str] = frozenset()

    def excess(self, problem: Problem, roster: Roster) -> int:
        who = problem.agent_named[self.agent]
        return sum(
            self.excess_of(problem, who, duty)
            for duty in roster.of(self.agent)
            if duty.day in self.on and (not self.templates or duty.template in self.templates)
        )

    def excess_of(self, problem: Problem, agent: Agent, duty: Duty) -> int:
        """How far one duty is beyond the limit."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class BreakWindow(BreakLimit):
    """Each break starts in its window, on its step; minutes outside the window count, off the step 1."""

    def excess_of(self, problem: Problem, agent: Agent, duty: Duty) -> int:
        excess = 0
        placed = {pause.name: pause.start for pause in duty.breaks}
        for pause in breaks_of(problem, duty):
            if pause.name not in placed:
                continue  # a missing break makes the duty a misfit, which no rule can price
            first, last = start_window(problem, agent, duty, pause)
            start = placed[pause.name]
            outside = max(0, first - start) + max(0, start - last)
            off_step = int(outside == 0 and (start - first) % pause.step_minutes != 0)
            excess += outside + off_step
        return excess


@dataclass(frozen=True, slots=True)
class BreakOrder(BreakLimit):
    """Breaks are taken in the order of the break set; each neighbouring pair out of order counts 1."""

    def excess_of(self, problem: Problem, agent: Agent, duty: Duty) -> int:
        placed = {pause.name: pause.start for pause in duty.breaks}
        starts = [placed[pause.name] for pause in breaks_of(problem, duty) if pause.name in placed]
        return sum(later < earlier for earlier, later in pairwise(starts))


@dataclass(frozen=True, slots=True)
class BreakGap(BreakLimit):
    """The time from the end of one break to the start of the next is bounded."""

    at_least: int | None = None
    at_most: int | None = None

    def excess_of(self, problem: Problem, agent: Agent, duty: Duty) -> int:
        taken = sorted(duty.breaks, key=lambda pause: pause.start)
        excess = 0
        for one, other in pairwise(taken):
            gap = other.start - one.end
            excess += max(0, (self.at_least or 0) - gap)
            excess += 0 if self.at_most is None else max(0, gap - self.at_most)
        return excess


@dataclass(frozen=True, slots=True)
class WorkStretch(BreakLimit):
    """No stretch of work between breaks (or from start or to the end) is longer than ``at_most`` minutes."""

    at_most: int = 360

    def excess_of(self, problem: Problem, agent: Agent, duty: Duty) -> int:
        return sum(max(0, end - start - self.at_most) for start, end in duty.stretches())
