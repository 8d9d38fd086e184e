"""How many people could be at work in each interval, seen from leave and availability alone."""

from collections.abc import Iterator
from itertools import accumulate

from scheduler.domain.facts.agent import Agent
from scheduler.domain.facts.problem import Problem

Stretch = tuple[int, int]


def could_come(problem: Problem) -> dict[str, tuple[int, ...]]:
    """By skill, how many of those who have it are not away in each interval.

    Shifts, contracts and rules are not looked at: fewer can come, never more.
    """
    grid = problem.grid
    changes = {skill.name: [0] * (grid.intervals + 1) for skill in problem.skills}
    for agent in problem.agents:
        skills = [changes[skill] for skill in set(agent.skills) if skill in changes]
        for begin, end in _open_intervals(problem, agent):
            for change in skills:
                change[begin] += 1
                change[end] -= 1
    return {skill: tuple(accumulate(change))[:-1] for skill, change in changes.items()}


def _open_intervals(problem: Problem, agent: Agent) -> Iterator[Stretch]:
    """The intervals of which an agent could work any part, as stretches without overlap."""
    grid, zone, length = problem.grid, problem.zone_of(agent), problem.grid.interval_minutes
    away = [
        (grid.instant(window.start, zone), grid.instant(window.end, zone))
        for window in (*agent.time_off, *agent.unavailable)
    ]
    away += _outside_availability(problem, agent)
    at = 0
    for start, end in sorted(away):
        first, last = -(-start // length), min(end // length, grid.intervals)  # wholly away in these
        if first > at and first <= grid.intervals:
            yield at, first
        at = max(at, last) if first < last else at
    if at < grid.intervals:
        yield at, grid.intervals


def _outside_availability(problem: Problem, agent: Agent) -> Iterator[Stretch]:
    """Of each date on which availability begins, what lies outside of all its windows."""
    grid, zone = problem.grid, problem.zone_of(agent)
    windows = sorted((grid.instant(one.start, zone), grid.instant(one.end, zone)) for one in agent.available)
    for on in sorted({one.start.date() for one in agent.available}):
        day = grid.day_index(on)
        at, until = grid.day_start(day, zone), grid.day_start(day + 1, zone)
        for start, end in windows:
            if start < until and end > at:
                if start > at:
                    yield at, start
                at = max(at, end)
        if at < until:
            yield at, until
