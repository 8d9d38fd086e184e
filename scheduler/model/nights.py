"""What reports call a night."""

from scheduler.domain.grid import MINUTES_PER_HOUR
from scheduler.domain.problem import Agent, Problem
from scheduler.domain.roster import Duty
from scheduler.model.verbs import NightMinutes

_NIGHT = NightMinutes(since=23 * MINUTES_PER_HOUR, until=30 * MINUTES_PER_HOUR)
_LEAST_MINUTES = 180


def is_night(problem: Problem, agent: Agent, duty: Duty) -> bool:
    """Whether three hours or more lie between 23:00 and 06:00 (directive 2003/88/EC, article 2)."""
    return _NIGHT.amount(problem, agent, duty) >= _LEAST_MINUTES
