"""The roster whose dearest scenario is cheapest, against a list of all rosters."""

from itertools import product
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

import scheduler
from scheduler.command_line.main import command_line
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


def test_the_best_at_worst_is_found_though_it_is_the_best_of_no_average() -> None:
    # Taken among rosters that are best for some weights, the dearest scenario cost 1,560.00. Two agents on
    # Monday and three on Tuesday cost 800.00, and where nobody and four are asked for 2 x 40.00 and 480.00.
    problem = drawn(10)
    found = scheduler.worst_case(problem, tiny_rules(), stop=ROUNDS, workers=1, steps=3)
    assert found.cost == least_worst(problem, len(problem.agents)) == 1360 * 6000


@pytest.mark.parametrize("seed", [11, 13, 20, 24, 30, 35])
def test_the_dearest_scenario_is_as_cheap_as_in_a_list_of_all_rosters(seed: int) -> None:
    # seed 35 stayed at 1,360.00 where 1,280.00 is best, while annealing let no whole duty go
    problem = drawn(seed)
    found = scheduler.worst_case(problem, tiny_rules(), stop=ROUNDS, workers=1, steps=3)
    assert found.bound <= least_worst(problem, len(problem.agents)) == found.cost
    report = scheduler.verify(found.problem, tiny_rules(), found.outcome.roster)
    assert report.passed and max(one.cost_as_allocated for one in report.scenarios) == found.cost
    assert report.cost == found.outcome.cost


def drawn(seed: int) -> Problem:
    """Two to four people, and as many scenarios of what is asked for on two days."""
    random = Random(seed)
    scenarios = [
        Scenario(
            name=f"Scenario {number}",
            weight=random.randint(1, 5),
            changes=tuple(
                ScenarioChange(percent=random.choice((-100, 0, 100, 200, 300)), weekdays=(day,))
                for day in (0, 1)
            ),
        )
        for number in range(random.choice((2, 3, 4)))
    ]
    return week(*scenarios, people=random.choice((2, 3, 4)))


def test_the_busy_days_are_planned_for_though_they_count_little_on_average() -> None:
    problem = week(*CASES["busy days"])
    average = scheduler.solve(problem, tiny_rules(), stop=ROUNDS, workers=1)
    assert max(one.cost for one in average.report.scenarios) > least_worst(problem)
    found = scheduler.worst_case(problem, tiny_rules(), stop=ROUNDS, workers=1)
    # four duties: 640.00 on busy days, and as planned two agents too many for 16 h at 5.00 besides
    assert len(found.outcome.roster.duties) == 4
    assert (found.dearest.name, found.cost) == ("planned", 720 * 6000)
    # with the share w of busy days two agents a day cost 640 w + 720 (1 - w) on average, one 1280 w +
    # 320 (1 - w), which is the same at 5/13: no weights prove more than 689.23, for agents are whole
    assert found.bound == pytest.approx(6000 * (720 - 80 * 5 / 13), rel=0.002)


def test_prices_without_a_common_divisor_and_weeks_without_scenarios_are_refused() -> None:
    with pytest.raises(scheduler.BadInput, match="there are no scenarios"):
        scheduler.worst_case(tiny_problem(), tiny_rules())
    odd = week(*CASES["three"])
    skills = tuple(one.model_copy(update={"missing_price": 5999}) for one in odd.skills)
    with pytest.raises(scheduler.BadInput, match="no common divisor large enough: 1 cents"):
        scheduler.worst_case(odd.model_copy(update={"skills": skills}), tiny_rules())
    with pytest.raises(scheduler.BadInput, match="steps"):
        scheduler.worst_case(odd, tiny_rules(), steps=0)


def test_the_command_writes_a_roster_that_verifies_with_its_own_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scheduler.write_workbook("week.xlsx", week(*CASES["busy days"]), tiny_rules())
    run = CliRunner().invoke(
        command_line, ["scenarios", "week.xlsx", "--worst", "roster.xlsx", "--time-limit", "4"]
    )
    assert run.exit_code == 0, run.output
    said = " ".join(run.stderr.split())
    assert (
        "the dearest scenario costs 720.00 EUR (planned). Proven: no legal roster costs less than 68" in said
    )
    checked = CliRunner().invoke(command_line, ["verify", "roster.xlsx", "roster.xlsx"])
    assert checked.exit_code == 0, checked.output
    refused = CliRunner().invoke(command_line, ["scenarios", "week.xlsx", "--worst", "week.xlsx"])
    assert refused.exit_code == 2
