"""A ward where a missing nurse is far dearer than all that is wished for: four shifts, wishes at 1 each."""

from datetime import date, timedelta
from random import Random

from constraints import (
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    OneShiftADay,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    Weekends,
)
from scheduler.domain import Agent, Contract, Headcount, Problem, ShiftTemplate, ShiftWish, Skill, TimeGrid
from scheduler.model import Rule, RuleBook, Strength

FIRST = date(2027, 3, 1)
SHIFTS = ("E", "L", "D", "N")
WISH = 100
"""Cents that each wish costs that is not granted."""


def wished_ward(
    seed: int, *, head_price: int = 0, nurses: int = 9, days: int = 21
) -> tuple[Problem, RuleBook]:
    """A ward in which nobody need be missing; where heads have no price, nobody may be."""
    rng = Random(seed)
    price = (head_price or 1000) * WISH
    agents = tuple(
        Agent(
            name=f"nurse {number}",
            contract="any",
            skills=("ward",),
            shift_wishes=tuple(
                ShiftWish(
                    day=FIRST + timedelta(days=day),
                    template=rng.choice((None, None, *SHIFTS)),
                    wanted=False,
                    price=WISH,
                )
                for day in sorted(rng.sample(range(days), 2 * days // 3))
            ),
        )
        for number in range(nurses)
    )
    problem = Problem(
        name="wished ward",
        grid=TimeGrid(first_day=FIRST, days=days, interval_minutes=60),
        skills=(Skill(name="ward"),),
        demand=(),
        headcounts=tuple(
            Headcount(
                template=shift,
                required=tuple(number if day % 7 < 5 else 1 for day in range(days)),
                missing_price=price,
                superfluous_price=price,
            )
            for shift, number in zip(SHIFTS, (2, 2, 1, 1), strict=True)
        ),
        templates=tuple(
            ShiftTemplate(name=shift, earliest_start=0, latest_start=0, min_length=480, max_length=480)
            for shift in SHIFTS
        ),
        contracts=(Contract(name="any", pay_per_hour=0, templates=SHIFTS),),
        agents=agents,
    )
    wished: tuple[Rule, ...] = (
        ShiftCount(templates=SHIFTS, at_least=days // 3, at_most=days * 4 // 7),
        MaxConsecutiveDays(days=5),
        MinConsecutiveDays(days=2),
        Weekends(whole=True),
        ForbiddenSuccession(label="late then day", first=("L",), then=("D", "E")),
        ForbiddenSuccession(label="after a night", first=("N",), then=("E", "L", "D")),
    )
    preferred = (rule.model_copy(update={"strength": Strength.PREFER, "price": WISH}) for rule in wished)
    strength = Strength.PREFER if head_price else Strength.MUST
    return problem, RuleBook(
        rules=(ShiftRequirement(strength=strength), ShiftWishes(), OneShiftADay(), *preferred)
    )
