"""Scenarios for small random problems, with prices that divide without a rest."""

from random import Random

from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from scheduler.domain.values.grid import MINUTES_PER_DAY

WEIGHTS = ((50, 30, 20), (25, 25, 50), (60, 40), (10, 20, 30, 40), (7,))
"""Their shares are whole per cents, so that a price in whole currency is divided exactly."""


def with_scenarios(problem: Problem, random: Random) -> Problem:
    """The problem with some scenarios, their curves computed; prices lose what a hundred does not divide."""
    if not problem.demand:
        return problem
    skills = tuple(
        one.model_copy(
            update={
                "missing_price": one.missing_price // 100 * 100,
                "superfluous_price": one.superfluous_price // 100 * 100,
            }
        )
        for one in problem.skills
    )
    scenarios = tuple(
        Scenario(
            name=f"Scenario {number}",
            weight=weight,
            changes=tuple(_change(problem, random) for _ in range(random.choice((0, 1, 1, 2, 3)))),
        )
        for number, weight in enumerate(random.choice(WEIGHTS))
    )
    return with_requirement(problem.model_copy(update={"skills": skills, "scenarios": scenarios}))


def _change(problem: Problem, random: Random) -> ScenarioChange:
    day = problem.grid.date(random.randrange(problem.grid.days))
    start = random.choice((0, 0, 480, 700, 1200))
    return ScenarioChange(
        skill=random.choice((None, *(one.skill for one in problem.demand))),
        days=random.choice(((), (day,))),
        weekdays=random.choice(((), (day.weekday(),), (0, 1, 2, 3, 4))),
        start=start,
        end=random.choice((MINUTES_PER_DAY, start + 300, MINUTES_PER_DAY + 120)),
        percent=random.choice((-30.0, -12.5, 10.0, 40.0, 100.0, 0.25)),
    )
