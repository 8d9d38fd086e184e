"""What reports call a night."""

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.model.limits.verbs import NightMinutes

_NIGHT = NightMinutes(since=23 * MINUTES_PER_HOUR, until=30 * MINUTES_PER_HOUR)
_LEAST_MINUTES = 180


def is_night(problem: Problem, agent: Agent, duty: Duty) -> bool:
    """Whether three hours or more lie between 23:00 and 06:00 (directive 2003/88/EC, article 2)."""
    return _NIGHT.amount(problem, agent, duty) >= _LEAST_MINUTES
