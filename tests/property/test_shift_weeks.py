"""The best week among few shifts, with a worth for each shift and day, against every week there is.

Headcounts without any cost of their own turn their prices into just that worth; the rules are those of a
ward, several at once, so that what one day remembers for the next has many parts.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random

import pytest

from constraints import (
    DaysPerWeek,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MinConsecutiveDaysOff,
    PaidHours,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    Weekends,
)
from scheduler.domain import (
    Agent,
    Certificate,
    Contract,
    Duty,
    Headcount,
    Problem,
    Roster,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeGrid,
)
from scheduler.model import AgentRule, RuleBook, Strength
from scheduler.verifier import recompute_bound
from scheduler.verifier.bound import NO_ROSTER

FRIDAY = date(2026, 3, 27)
LENGTHS = {"D": 480, "E": 480, "N": 600}
DAYS = 4


def case(dice: Random) -> tuple[Problem, RuleBook, Certificate]:
    """One agent, four days, three shifts, and some of a ward's rules."""
    grid = TimeGrid(first_day=FRIDAY, days=DAYS, interval_minutes=60)
    wishes = tuple(
        ShiftWish(
            day=grid.date(day), template=dice.choice((None, *LENGTHS)), wanted=dice.random() < 0.5,
            price=dice.choice((None, 3000)),
        )
        for day in range(DAYS)
        if dice.random() < 0.4
    )  # fmt: skip
    problem = Problem(
        grid=grid,
        skills=(Skill(name="ward"),),
        demand=(),
        headcounts=tuple(
            Headcount(template=name, required=(0,) * DAYS, missing_price=0, superfluous_price=0)
            for name in LENGTHS
        ),
        templates=tuple(
            ShiftTemplate(name=name, earliest_start=0, latest_start=0, min_length=length, max_length=length)
            for name, length in LENGTHS.items()
        ),
        contracts=(Contract(name="c", pay_per_hour=dice.choice((0, 100)), templates=tuple(LENGTHS)),),
        agents=(Agent(name="Ann", contract="c", skills=("ward",), shift_wishes=wishes),),
    )
    rules = tuple(ward_rules(dice))
    certificate = Certificate(
        slot_minutes=60,
        prices={},
        headcount_prices={
            name: tuple(60 * dice.randint(-2000, 8000) for _ in range(DAYS)) for name in LENGTHS
        },
        carried_rules=tuple(rule.name for rule in rules),
        bound=0,
        unavoidable_wages=0,
    )
    return problem, RuleBook(rules=(ShiftRequirement(), *rules)), certificate


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
    best = NO_ROSTER
    for chosen in product((None, *LENGTHS), repeat=DAYS):
        duties = [
            Duty(agent="Ann", day=day, template=name, start=day * 1440, end=day * 1440 + LENGTHS[name])
            for day, name in enumerate(chosen)
            if name is not None
        ]
        roster = Roster(duties=tuple(duties))
        cost = sum(problem.pay_of(problem.agents[0]) * duty.paid_minutes for duty in duties)
        cost -= sum(certificate.headcount_prices[duty.template][duty.day] for duty in duties)
        found = [
            one for rule in rules.rules if isinstance(rule, AgentRule) for one in rule.check(problem, roster)
        ]
        if not any(one.must for one in found):
            best = min(best, cost + sum(one.cost for one in found))
    bought = sum(min(0, price) for row in certificate.headcount_prices.values() for price in row)
    return best if best == NO_ROSTER else best + bought


@pytest.mark.parametrize("seed", range(60))
def test_the_best_of_few_shifts_is_the_best_of_all_weeks(seed: int) -> None:
    problem, rules, certificate = case(Random(seed))
    assert recompute_bound(problem, rules, certificate) == least(problem, rules, certificate)
