"""What a violation says, where one of a thing is asked for or found."""

from typing import Any

import pytest

from constraints import (
    DaysPerWeek,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    Seats,
    ShiftCount,
    ShiftRequirement,
    Weekends,
)
from scheduler.model import Rule
from tests.rules.cases import Case, wanted
from tests.rules.judged import violations


@pytest.mark.parametrize(
    ("rule", "week", "more", "sentence"),
    [
        (
            MaxConsecutiveDays(days=1),
            "DD.....",
            {},
            "Ann works 2 days in a row, 2024-03-04 to 2024-03-05; the rule allows at most 1",
        ),
        (
            MaxConsecutiveDaysOff(days=1),
            "D..DDDD",
            {},
            "Ann is off 2 days in a row, 2024-03-05 to 2024-03-06; the rule allows at most 1",
        ),
        (
            MinConsecutiveDays(days=2),
            ".D.....",
            {},
            "Ann works only 1 day in a row, 2024-03-05; the rule asks for at least 2",
        ),
        (
            MinConsecutiveDaysOff(days=2),
            "D.DDDDD",
            {},
            "Ann is off only 1 day in a row, 2024-03-05; the rule asks for at least 2",
        ),
        (
            DaysPerWeek(at_least=2),
            "D......",
            {},
            "Ann works 1 day in the week of 2024-03-04; the rule asks for at least 2",
        ),
        (
            ShiftCount(templates=("night",), at_least=2),
            "N......",
            {},
            "Ann works 1 night shift from 2024-03-04 to 2024-03-10; the rule asks for at least 2",
        ),
        (
            Weekends(at_most=0),
            ".....D.",
            {},
            "Ann works 1 weekend; the rule allows at most 0",
        ),
        (
            Seats(at_most=1),
            "D",
            {"others": ("L",)},
            "more than 1 agent is at work at once on 2024-03-04, 3 h 15 min of work too much",
        ),
        (
            ShiftRequirement(),
            ".",
            {"staffing": wanted(1)},
            '"day" has 0 of 1 person on 2024-03-04',
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Rule) else "",
)
def test_one_of_a_thing_is_told_in_the_singular(
    rule: Rule, week: str, more: dict[str, Any], sentence: str
) -> None:
    case = Case(rule, week, 1, "", **more)
    (violation,) = violations(case.problem, rule, case.roster(case.problem))
    assert violation.sentence == sentence
