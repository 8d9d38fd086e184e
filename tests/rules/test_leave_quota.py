"""How many may be away on a day is a check of the input, which no roster changes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from constraints import LeaveQuota
from scheduler.domain import Problem
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.model import RuleBook, Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.rules.judged import violations
from tests.rules.worlds import MONDAY, roster, world

NAMES = ("Ann", "Bob", "Cid")


def on_leave() -> Problem:
    """Ann and Bob are away on Tuesday, Ann on Wednesday as well; Cid has a morning off."""
    problem = world(days=3, histories=dict.fromkeys(NAMES, ""))
    hours = {"Ann": (24, 72), "Bob": (24, 48), "Cid": (24, 30)}
    midnight = datetime.combine(MONDAY, datetime.min.time())
    agents = tuple(
        type(agent).model_validate(
            {
                **agent.model_dump(),
                "time_off": [
                    {
                        "start": midnight + timedelta(hours=hours[agent.name][0]),
                        "end": midnight + timedelta(hours=hours[agent.name][1]),
                    }
                ],
            }
        )
        for agent in problem.agents
    )
    assert problem.grid.minutes == 3 * MINUTES_PER_DAY
    return problem.model_copy(update={"agents": agents})


@pytest.mark.parametrize(
    ("quota", "found"),
    [
        ({"at_most": 2}, {}),
        ({"at_most": 1}, {1: 1}),
        ({"at_most": 0}, {1: 2, 2: 1}),
        ({"at_most_percent": 66}, {1: 1}),  # 1.98 of three people
        ({"at_most_percent": 67, "at_most": 3}, {}),
    ],
)
def test_days_on_which_too_many_are_away(quota: dict[str, Any], found: dict[int, int]) -> None:
    problem = on_leave()
    broken = violations(problem, LeaveQuota(**quota), roster(problem, {"Cid": "D.."}))
    assert {one.days[0]: one.amount for one in broken} == found


@pytest.mark.parametrize(
    ("strength", "errors"), [(Strength.REPORT, [False]), (Strength.MUST, [True]), (Strength.PREFER, [True])]
)
def test_a_must_stands_against_planning_and_a_price_is_refused(
    strength: Strength, errors: list[bool]
) -> None:
    rule = LeaveQuota(at_most=1, strength=strength, price=100 if strength is Strength.PREFER else None)
    findings = rule_faults(on_leave(), RuleBook(rules=(rule,)))
    assert [one.is_error for one in findings] == errors
    if strength is not Strength.PREFER:
        assert findings[0].message == "2 people are away on 2024-03-05, and the quota is 1: Ann, Bob."
