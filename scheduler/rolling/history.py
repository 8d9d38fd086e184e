"""What was worked, for the next horizon: the roster's duties, and what rules still look back on.

Called by :mod:`scheduler.rolling.next_week`.
"""

from datetime import timedelta

from scheduler.domain.facts.agent import Agent, WorkedDuty
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.grid import DAYS_PER_WEEK, TimeGrid
from scheduler.model.rules.book import RuleBook


def reach_days(rules: RuleBook) -> int:
    """How many days before the first one the rules look back on; a calendar week at least."""
    return max((rule.looks_back_days for rule in rules.rules if rule.is_on), default=DAYS_PER_WEEK)


def history_of(
    problem: Problem, agent: Agent, roster: Roster, new: TimeGrid, reach: int
) -> tuple[WorkedDuty, ...]:
    """An agent's duties before the next horizon, in order of time.

    The last one stays whatever its age: how long somebody has been free counts from it, and without any
    the past would be unknown.
    """
    zone = problem.zone_of(agent)
    worked = [
        *(duty for duty in agent.history if duty.day < problem.grid.first_day),
        *(_worked(duty, problem.grid, zone) for duty in roster.of(agent.name)),
    ]
    since = new.first_day - timedelta(days=reach)
    before = sorted((duty for duty in worked if duty.day < new.first_day), key=lambda duty: duty.start)
    return tuple(duty for duty in before if duty.day >= since or duty is before[-1])


def _worked(duty: Duty, grid: TimeGrid, zone: str) -> WorkedDuty:
    start, end = (grid.local(instant, zone).replace(tzinfo=None) for instant in (duty.start, duty.end))
    return WorkedDuty(
        day=grid.date(duty.day),
        start=start.replace(fold=0),
        end=end.replace(fold=0),
        paid_minutes=duty.paid_minutes,
        template=duty.template,
    )
