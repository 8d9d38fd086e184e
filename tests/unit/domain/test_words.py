"""One of a thing is told in the singular, wherever things are counted."""

from datetime import date
from typing import Any

import pytest

from scheduler.command_line.output.terminal import summary
from scheduler.command_line.output.verdict import report_in_words
from scheduler.domain import Demand, Headcount, Pin, Problem, Roster
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.values.words import counted
from scheduler.model import RuleBook
from scheduler.model.rules.words import bounds
from tests.unit.tiny import rule, tiny_outcome, tiny_problem, tiny_roster, tiny_rules

MONDAY = date(2026, 1, 5)


def test_things_are_counted_in_words() -> None:
    assert [counted(number, "day") for number in (0, 1, 2, 1234)] == [
        "0 days",
        "1 day",
        "2 days",
        "1,234 days",
    ]
    assert [counted(number, "person", "people") for number in (0, 1, 2)] == [
        "0 people",
        "1 person",
        "2 people",
    ]


@pytest.mark.parametrize(
    ("at_least", "at_most", "said"),
    [
        (None, 1, "at most 1 day"),
        (1, None, "at least 1 day"),
        (1, 1, "exactly 1 day"),
        (0, 1, "at most 1 day"),
        (1, 2, "1 to 2 days"),
        (None, 2, "at most 2 days"),
        (None, None, "any number of days"),
    ],
)
def test_bounds_of_things(at_least: int | None, at_most: int | None, said: str) -> None:
    assert bounds(at_least, at_most, noun="day") == said


def one_of_everything(**changes: Any) -> Problem:
    """One agent on one day, with one interval of an hour that asks for one."""
    problem = tiny_problem(agents=("Ada",))
    grid = problem.grid.model_copy(update={"days": 1})
    demand = (Demand(skill="English", required=tuple(int(hour == 9) for hour in range(24))),)
    return problem.model_copy(update={"grid": grid, "demand": demand, **changes})


def test_a_problem_a_roster_and_a_book_of_one() -> None:
    assert str(one_of_everything()) == (
        "Problem 'tiny': 1 agent, 1 skill, 1 shift template, 2026-01-05 to 2026-01-05 in intervals of 60 "
        "min, 1 agent-hour required"
    )
    heads = one_of_everything(demand=(), headcounts=(Headcount(template="day", required=(1,)),))
    assert str(heads).endswith(", 1 person on shifts required")
    assert (
        str(Roster(duties=tiny_roster().duties[:1])) == "Roster: 1 duty of 1 agent, 8.0 paid hours in duties"
    )
    assert str(RuleBook(rules=tiny_rules().rules[:1])).startswith("RuleBook of 1 rule:")


def told(problem: Problem) -> list[str]:
    said = [fault.message for fault in problem_faults(problem)]
    return [one for one in said if "nobody is asked for any more" not in one]  # one hour is asked for alone


def test_faults_with_one_of_a_thing() -> None:
    problem = one_of_everything()
    (ada,) = problem.agents
    demand = (Demand(skill="English", required=(1,)),)
    assert told(one_of_everything(demand=demand)) == [
        'required of skill "English" has 1 number, but the horizon has 24 intervals.'
    ]
    assert told(one_of_everything(headcounts=(Headcount(template="day", required=(1, 1)),))) == [
        'the headcount of "day" has 2 numbers, but the horizon has 1 day.'
    ]
    french = problem.skills[0].model_copy(update={"name": "French"})
    demand = (*problem.demand, Demand(skill="French", required=problem.demand[0].required))
    assert told(one_of_everything(skills=(*problem.skills, french), demand=demand)) == [
        'nobody has skill "French": all of its 1 agent-hour will be missing.'
    ]
    demand = (problem.demand[0].model_copy(update={"minimum": (2,) * 24}),)
    assert told(one_of_everything(demand=demand)) == [
        "English: a minimum of 2 is asked for, but only 1 agent has the skill."
    ]
    template = problem.templates[0].model_copy(update={"weekdays": (0,)})
    contract = problem.contracts[0].model_copy(update={"min_paid_minutes": 600})
    assert told(one_of_everything(templates=(template,), contracts=(contract,))) == [
        'contract "full": at least 10 h a week cannot be reached: the only entitled shift "day" on 1 day '
        "gives at most 8 h (8 h × 1 day)."
    ]
    pinned = ada.model_copy(update={"pins": (Pin(day=MONDAY, template="day", break_starts=(600,)),)})
    assert told(one_of_everything(agents=(pinned,))) == [
        "Ada on 2026-01-05: the starts of 1 break are fixed, but day of 8 h has 0 breaks."
    ]


def test_what_gave_way_once() -> None:
    problem = tiny_problem()
    outcome = tiny_outcome(problem, wages=1, missing=0, bound=1)
    gave_way = rule("max_consecutive_days", days=1, strength="prefer", price=100)
    result = {
        "rule": gave_way.name, "kind": gave_way.kind, "sentence": gave_way.sentence, "strength": "prefer",
        "subjects": 2, "broken": 1, "amount": 1, "unit": "occurrence", "cost": 6000,
    }  # fmt: skip
    report = outcome.report.model_validate({**outcome.report.model_dump(), "rules": [result]})
    cost = outcome.cost.model_copy(update={"rules": {gave_way.name: 6000}})
    outcome = outcome.model_copy(update={"report": report, "cost": cost})
    said = "Nobody works more than 1 day in a row. (1 time, 1.00 EUR)"
    assert f"Gave way: {said}" in summary(problem, outcome, [])
    assert f"Gave way 1 time: {said.replace('1 time, ', '')}" in report_in_words(problem, report)
