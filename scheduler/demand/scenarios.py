"""What a scenario changes: contacts, numbers on Demand and overrides, before the requirement is computed.

Called by :mod:`scheduler.demand.requirement`, which computes the curve of each scenario.
"""

from collections.abc import Sequence

from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import Scenario
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.values.percent import WHOLE


def changed(problem: Problem, scenario: Scenario) -> Problem:
    """The problem as it is in a scenario; its requirement is not computed yet, and minimum and seats stay.

    Agents are rounded up, and nobody is wanted where a change is -100 % or less.
    """
    grid = problem.grid
    moments = [grid.interval_start(at) for at in range(grid.intervals)]
    names = {one.skill for one in problem.demand} | {one.skill for one in problem.volumes}
    by_skill = {
        name: [max(-WHOLE, scenario.hundredths(name, moment)) for moment in moments] for name in names
    }
    return problem.model_copy(
        update={
            "demand": tuple(_demand(one, by_skill[one.skill]) for one in problem.demand),
            "volumes": tuple(_volumes(one, by_skill[one.skill]) for one in problem.volumes),
            "requirement": (),
        }
    )


def _demand(demand: Demand, hundredths: Sequence[int]) -> Demand:
    # numbers that are computed from volumes are computed anew; lengths may be wrong, which a check tells
    required = tuple(_people(number, by) for number, by in zip(demand.required, hundredths, strict=False))
    return demand.model_copy(update={"required": required})


def _volumes(volumes: Volumes, hundredths: Sequence[int]) -> Volumes:
    contacts = tuple(
        number if number is None or not by else number * (WHOLE + by) / WHOLE
        for number, by in zip(volumes.contacts, hundredths, strict=False)
    )
    override = tuple(
        None if number is None else _people(number, by)
        for number, by in zip(volumes.override, hundredths, strict=False)
    )
    return volumes.model_copy(update={"contacts": contacts, "override": override})


def _people(number: int, hundredths: int) -> int:
    return -(-number * (WHOLE + hundredths) // WHOLE)
