"""Nights: what reports call one, and what of them the history carries into limits."""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.model.limits.verbs import Night, NightMinutes

_NIGHT = NightMinutes(since=23 * MINUTES_PER_HOUR, until=30 * MINUTES_PER_HOUR)
_LEAST_MINUTES = 180


def is_night(problem: Problem, agent: Agent, duty: Duty) -> bool:
    """Whether three hours or more lie between 23:00 and 06:00 (directive 2003/88/EC, article 2)."""
    return _NIGHT.amount(problem, agent, duty) >= _LEAST_MINUTES


def night_minutes_before(problem: Problem, agent: Agent, verb: NightMinutes) -> Iterator[tuple[int, int]]:
    """Day number and minutes of night of every duty before the horizon."""
    grid, zone = problem.grid, problem.zone_of(agent)
    for worked in agent.history:
        day = grid.day_index(worked.day)
        if day < 0:
            start, end = grid.instant(worked.start, zone), grid.instant(worked.end, zone)
            yield day, verb.between(problem, agent, day, start, end)


def days_of_nights(problem: Problem, agent: Agent, verb: Night) -> frozenset[int]:
    """Day numbers before the horizon (all negative) on which a night started."""
    minutes = night_minutes_before(problem, agent, NightMinutes(verb.since, verb.until))
    return frozenset(day for day, of_duty in minutes if of_duty >= verb.least)
