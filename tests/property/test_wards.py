"""What is promised of every ward: a roster that passes, not below its bound, or the reason for none."""

import pytest

from scheduler import solve
from scheduler.domain import Contradiction, NothingFound, Stop
from scheduler.model import Headcount
from tests.property.problems import ward_case

SEEDS = range(12)
SHORT = Stop(seconds=None, rounds=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_ward_is_planned_or_the_reason_is_told(seed: int) -> None:
    problem, rules = ward_case(seed)
    try:
        outcome = solve(problem, rules, stop=SHORT, seed=1, workers=1)  # raises where verify does not pass
    except (Contradiction, NothingFound) as told:
        assert told.reasons
        return
    assert outcome.report.passed
    assert outcome.report.headcounts.required == {one.row: one.required for one in problem.headcounts}
    assert outcome.bound <= outcome.cost.total
    limits = [limit for rule in rules.planned.rules for limit in rule.limits(problem)]
    rows = {limit.row for limit in limits if isinstance(limit, Headcount)}
    assert set(outcome.certificate.headcount_prices) <= rows
