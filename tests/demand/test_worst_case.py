"""The roster whose dearest scenario is cheapest, against a list of all rosters."""

from itertools import product

import pytest

import scheduler
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from tests.unit.tiny import NINE_TO_FIVE, tiny_problem, tiny_rules

ROUNDS = scheduler.Stop(seconds=60, rounds=1)
WAGE = 16_000
"""Cents for a day of eight hours at 20.00."""


def week(*scenarios: Scenario, people: int = 3) -> Problem:
    start = tiny_problem(tuple(f"Agent {number}" for number in range(people)))
    return with_requirement(start.model_copy(update={"scenarios": scenarios}))


def scenario(name: str, weight: float, monday: float, tuesday: float) -> Scenario:
    """One agent is planned on either day; 100 % more are two."""
    return Scenario(
        name=name,
        weight=weight,
        changes=(
            ScenarioChange(percent=monday, weekdays=(0,)),
            ScenarioChange(percent=tuesday, weekdays=(1,)),
        ),
    )


def least_worst(problem: Problem, people: int = 3) -> int:
    """What the dearest scenario costs at least, of all numbers of agents on either day."""
    wanted = [
        [problem.scenario_curve[one.name, "English"][at] for at in (10, 34)] for one in problem.scenarios
    ]
    return 60 * min(
        max(
            sum(
                WAGE * there + NINE_TO_FIVE * (6000 * max(0, asked - there) + 500 * max(0, there - asked))
                for asked, there in zip(required, on_duty, strict=True)
            )
            for required in wanted
        )
        for on_duty in product(range(people + 1), repeat=2)
    )


CASES = {
    "busy days": (scenario("busy", 1, 100, 100), scenario("planned", 9, 0, 0)),
    "they are dear on different days": (scenario("Monday", 1, 200, 0), scenario("Tuesday", 8, 0, 200)),
    "three": (
        scenario("planned", 5, 0, 0),
        scenario("Monday", 3, 100, -100),
        scenario("quiet", 2, -100, 100),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_worst_case_lies_between_bound_and_cost(name: str) -> None:
    problem, rules = week(*CASES[name]), tiny_rules()
    found = scheduler.worst_case(problem, rules, stop=ROUNDS, workers=1, steps=6)
    assert found.bound <= least_worst(problem) == found.cost
    # the proof and the roster are verified by themselves
    report = scheduler.verify(
        found.proven_for, rules, found.proven.roster, certificate=found.proven.certificate
    )
    assert report.passed and report.bound == found.bound
    assert scheduler.verify(found.problem, rules, found.outcome.roster).passed


def test_the_busy_days_are_planned_for_though_they_count_little_on_average() -> None:
    problem = week(*CASES["busy days"])
    average = scheduler.solve(problem, tiny_rules(), stop=ROUNDS, workers=1)
    assert max(one.cost for one in average.report.scenarios) > least_worst(problem)
    found = scheduler.worst_case(problem, tiny_rules(), stop=ROUNDS, workers=1)
    # four duties: 640.00 on busy days, and as planned two agents too many for 16 h at 5.00 besides
    assert len(found.outcome.roster.duties) == 4
    assert (found.dearest.name, found.cost) == ("planned", 720 * 6000)
    assert found.gap < 0.01


def test_prices_without_a_common_divisor_and_weeks_without_scenarios_are_refused() -> None:
    with pytest.raises(scheduler.BadInput, match="there are no scenarios"):
        scheduler.worst_case(tiny_problem(), tiny_rules())
    odd = week(*CASES["three"])
    skills = tuple(one.model_copy(update={"missing_price": 5999}) for one in odd.skills)
    with pytest.raises(scheduler.BadInput, match="no common divisor large enough: 1 cents"):
        scheduler.worst_case(odd.model_copy(update={"skills": skills}), tiny_rules())
    with pytest.raises(scheduler.BadInput, match="steps"):
        scheduler.worst_case(odd, tiny_rules(), steps=0)
