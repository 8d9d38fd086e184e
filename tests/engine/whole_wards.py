"""Wards of eight or nine agents for a week: more than can be listed, and soon searched."""

from datetime import date
from random import Random
from typing import Any

from constraints import (
    DaysPerWeek,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    Weekends,
)
from scheduler.domain import Agent, Headcount
from scheduler.model import RuleBook, Strength
from tests.property.problems import Case
from tests.wards import CONTRACT, SHIFTS, headcount, ward, wishes

MONDAY = date(2026, 1, 5)


def whole_ward(seed: int, *, agents: int = 8, days: int = 7, more: tuple[Any, ...] = ()) -> Case:
    """A ward in which more agents work than are chosen together, with many wishes that clash."""
    dice = Random(f"x {seed}")
    problem = ward(
        MONDAY,
        days,
        SHIFTS,
        headcounts=[
            headcount(dice, name, None, days, numbers=(1, 2, 2), missing=(10_000,), superfluous=(3000,))
            for name in SHIFTS
        ],
        agents=[
            Agent(
                name=f"agent {number}",
                contract=CONTRACT,
                skills=("ward",),
                shift_wishes=wishes(dice, MONDAY, days, SHIFTS, often=0.8, prices=(500, 1000, 2300, 3700)),
            )
            for number in range(agents)
        ],
    )
    prefer = Strength.PREFER
    rules = (
        OneShiftADay(),
        ShiftRequirement(strength=prefer),
        ShiftWishes(price=2500),
        ForbiddenSuccession(first=("N",), then=("D", "E")),
        ForbiddenSuccession(label="late then early", first=("E",), then=("D",)),
        ForbiddenSuccession(
            label="again", first=("D", "N"), then=("D", "N"), days_between=2, strength=prefer, price=1100
        ),
        DaysPerWeek(at_least=4, at_most=5),
        MaxConsecutiveDays(days=3, strength=prefer, price=1700),
        MinConsecutiveDays(days=2),
        MinConsecutiveDaysOff(days=2),
        ShiftCount(templates=("N",), at_most=2),
        ShiftCount(label="few late", templates=("E",), at_most=2),
        Weekends(whole=True, strength=prefer, price=1300),
        *more,
    )
    return problem, RuleBook(rules=rules)


def alike_ward(at_least: int | None = 4) -> Case:
    """Nine alike agents for a week, up to five days each; five must be there every day, so 35 of 45."""
    problem = ward(
        MONDAY,
        7,
        SHIFTS,
        headcounts=[
            Headcount(template=name, required=(n,) * 7) for name, n in zip(SHIFTS, (2, 2, 1), strict=True)
        ],
        agents=[Agent(name=f"agent {number}", contract=CONTRACT, skills=("ward",)) for number in range(9)],
    )
    rules = (
        OneShiftADay(),
        ShiftRequirement(strength=Strength.MUST),
        ForbiddenSuccession(first=("N",), then=("D", "E")),
        DaysPerWeek(at_least=at_least, at_most=5),
        MaxConsecutiveDays(days=5),
    )
    return problem, RuleBook(rules=rules)
