"""Wishes weigh as much as their person's do, in limits and check alike."""

import pytest

from constraints import PreferredDaysOff, PreferredStarts, ShiftWishes
from scheduler.domain import Problem, ShiftWish
from scheduler.model import RuleBook
from scheduler.model.checks.rule_book import rule_faults
from scheduler.model.limits.kinds import Total
from tests.rules.worlds import MONDAY, roster, world

PRICES = [(100, 500, 800), (150, 750, 1200), (33, 165, 264), (0, 0, 0)]
"""Weight, and what a wish and one with a price of 8.00 then cost."""


def weighted(percent: int) -> Problem:
    wishes = (
        ShiftWish(day=MONDAY, template="night"),
        ShiftWish(day=MONDAY, template="day", wanted=False, price=800),
    )
    facts = {
        "wish_weight_percent": percent,
        "preferred_days_off": (MONDAY,),
        "preferred_starts": ((0, 60),),
        "shift_wishes": wishes,
    }
    return world(days=1, facts=facts)


@pytest.mark.parametrize(("percent", "price", "own"), PRICES)
def test_what_is_not_granted_costs_its_weight(percent: int, price: int, own: int) -> None:
    problem = weighted(percent)
    worked = roster(problem, {"Ann": "D"})
    for rule, expected in (
        (PreferredDaysOff(), [price]),
        (PreferredStarts(), [price]),
        (ShiftWishes(), [price, own]),
    ):
        limits = [one for one in rule.limits(problem) if isinstance(one, Total)]
        assert [rule.price if one.price is None else one.price for one in limits] == expected
        assert [one.cost for one in rule.check(problem, worked)] == [60 * cents for cents in expected]


def test_a_weight_that_makes_prices_too_large_is_told() -> None:
    book = RuleBook(rules=(PreferredDaysOff(price=10**12),))
    assert not rule_faults(weighted(100), book)
    assert "too large for costs to be counted exactly" in rule_faults(weighted(1000), book)[0].message
