"""How many are asked for at an interval, and how many could come: what a planner holds a shortfall against.

Called by :mod:`scheduler.engine.infeasibility.shortfall` for what it has proven already.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.checks.calendar.possible_days import PossibleDays
from scheduler.domain.checks.demand.who_could_come import could_come
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.engine.instance.instance import Instance
from scheduler.texts import text


def worst_interval(
    instance: Instance, skill: int, asked: NDArray[np.int64], within: NDArray[np.int64]
) -> str:
    """The interval that asks for most beside who could come, and the hours of its day from both sides.

    Parameters
    ----------
    asked
        Shape (slots,), agents that must be there.
    within
        The slots that are looked at.
    """
    problem, slots = instance.problem, instance.slots
    grid, name = problem.grid, problem.skills[skill].name
    there = could_come(problem, lambda _: True).by_skill[name]
    at = (within - slots.pad) * slots.minutes // grid.interval_minutes
    could = np.array(there)[at]
    worst = int((asked[within] - could).argmax())
    day = grid.day_index(grid.interval_start(int(at[worst])).date())
    holders = [agent for agent in problem.agents if name in agent.skills]
    return text(
        '{moment:%a %Y-%m-%d %H:%M} asks for {asked} on "{skill}": {holders} have the skill, and {could} of '
        "them have a shift then and are not away. On all of that day {asked_hours:,.1f} agent-hours must be "
        "there, and their longest shifts are {longest:,.1f} paid hours.",
        moment=grid.interval_start(int(at[worst])),
        asked=int(asked[within][worst]),
        skill=name,
        holders=len(holders),
        could=int(could[worst]),
        asked_hours=_hours_of_day(instance, asked, day),
        longest=_longest_hours(problem, holders, day),
    )


def _hours_of_day(instance: Instance, asked: NDArray[np.int64], day: int) -> float:
    """Hours of a number by slot over one day."""
    grid, slots = instance.problem.grid, instance.slots
    begin, end = (slots.pad + grid.day_start(one) // slots.minutes for one in (day, day + 1))
    return float(asked[begin:end].sum()) * slots.minutes / MINUTES_PER_HOUR


def _longest_hours(problem: Problem, agents: Iterable[Agent], day: int) -> float:
    """Paid hours of the longest shift that each could work on a day, together."""
    days = PossibleDays(problem)
    longest = (max(days.choices(one, problem.contract_of(one), day), default=0) for one in agents)
    return sum(longest) / MINUTES_PER_HOUR
