"""The best week among few shifts, with a worth for each shift and day, against every week there is.

Headcounts without any cost of their own turn their prices into just that worth; the rules are those of a
ward, several at once, so that what one day remembers for the next has many parts.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from constraints import (
    DaysPerWeek,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    PaidHours,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    Weekends,
)
from scheduler.domain import Agent, Certificate, Headcount, Problem
from scheduler.model import AgentRule, RuleBook, Strength
from scheduler.verifier import recompute_bound
from scheduler.verifier.bound.lagrangian import NO_ROSTER
from tests.wards import CONTRACT, every_week, ward, wishes

FRIDAY = date(2026, 3, 27)
SHIFTS = {"D": (0, 480), "E": (0, 480), "N": (0, 600)}
DAYS = 4


def case(dice: Random) -> tuple[Problem, RuleBook, Certificate]:
    """One agent, four days, three shifts, and some of a ward's rules."""
    wished = wishes(dice, FRIDAY, DAYS, SHIFTS, prices=(None, 3000))
    problem = ward(
        FRIDAY,
        DAYS,
        SHIFTS,
        headcounts=[
            Headcount(template=name, required=(0,) * DAYS, missing_price=0, superfluous_price=0)
            for name in SHIFTS
        ],
        agents=[Agent(name="Ann", contract=CONTRACT, skills=("ward",), shift_wishes=wished)],
        pay=dice.choice((0, 100)),
    )
    rules = tuple(ward_rules(dice))
    certificate = Certificate(
        slot_minutes=60,
        prices={},
        headcount_prices={
            name: tuple(60 * dice.randint(-2000, 8000) for _ in range(DAYS)) for name in SHIFTS
        },
        carried_rules=tuple(rule.name for rule in rules),
        bound=0,
        unavoidable_wages=0,
    )
    return problem, RuleBook(rules=(OneShiftADay(), ShiftRequirement(), *rules)), certificate


def ward_rules(dice: Random) -> Iterator[AgentRule]:
    def hardness() -> dict[str, object]:
        return dice.choice(({}, {}, {"strength": Strength.PREFER, "price": 1500}))

    for number in range(dice.randint(1, 4)):
        yield ForbiddenSuccession.model_validate(
            {
                "label": f"after {number}",
                "first": (dice.choice("DEN"),),
                "then": tuple(dice.sample("DEN", dice.randint(1, 2))),
                "days_between": dice.randint(1, 2),
                **hardness(),
            }
        )
    counted, most, least_hours = (dice.choice("DEN"),), dice.randint(0, 2), 480 * dice.randint(0, 3)
    some = [
        ShiftCount.model_validate({"templates": counted, "at_most": most, **hardness()}),
        MaxConsecutiveDays.model_validate({"days": dice.randint(1, 3), **hardness()}),
        MinConsecutiveDaysOff.model_validate({"days": 2, **hardness()}),
        DaysPerWeek.model_validate({"at_most": dice.randint(1, 2), **hardness()}),
        PaidHours.model_validate(
            {"per": "horizon", "at_least_minutes": least_hours, "at_most_minutes": 1560, **hardness()}
        ),
        Weekends.model_validate({"at_most": 1, "whole": dice.random() < 0.5, **hardness()}),
        ShiftWishes.model_validate({"price": 2500}),
    ]
    yield from dice.sample(some, dice.randint(2, 5))


def least(problem: Problem, rules: RuleBook, certificate: Certificate) -> int:
    """The bound by looking at every week; a head is bought on the days on which its price is below zero."""
    prices = certificate.headcount_prices
    costs = [
        week.own_cost - sum(prices[duty.template][duty.day] for duty in week.duties)
        for week in every_week(problem, rules, problem.agents[0])
    ]
    bought = sum(min(0, price) for row in prices.values() for price in row)
    return min(costs) + bought if costs else NO_ROSTER


@pytest.mark.parametrize("seed", range(60))
def test_the_best_of_few_shifts_is_the_best_of_all_weeks(seed: int) -> None:
    problem, rules, certificate = case(Random(seed))
    assert recompute_bound(problem, rules, certificate) == least(problem, rules, certificate)
