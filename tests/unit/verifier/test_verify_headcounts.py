"""Headcounts and wishes recounted, and the bound with them, held against every roster there is."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Literal

import pytest

from constraints import (
    DaysPerWeek,
    ForbiddenSuccession,
    OneShiftADay,
    Requirement,
    ShiftRequirement,
    ShiftWishes,
)
from scheduler.domain import (
    Agent,
    Certificate,
    Coverage,
    Demand,
    Headcount,
    Problem,
    Roster,
    ShiftWish,
    Skill,
    Violation,
)
from scheduler.model import Free, Limit, Rule, RuleBook, Strength, TeamRule, Worked
from scheduler.model import Headcount as HeadcountLimit
from scheduler.verifier import count_cost, recompute_bound, unavoidable_wages, verify
from tests import wards

MONDAY = date(2026, 1, 5)
BOOK = RuleBook(rules=(ShiftRequirement(), ShiftWishes(), OneShiftADay()))
SHIFTS = {"early": (360, 480), "late": (840, 480)}


def ward(
    headcounts: Sequence[Headcount],
    *,
    days: int = 2,
    skills: tuple[tuple[str, ...], ...] = (("ward",), ("ward",)),
    wishes: tuple[tuple[ShiftWish, ...], ...] = ((), ()),
    pay: int = 0,
) -> Problem:
    """Ann, Bob and so on, with early shifts 06:00-14:00 and late ones 14:00-22:00, and no curve at all.

    A missing person costs 100.00 where a headcount does not say.
    """
    headcounts = [
        one if "missing_price" in one.model_fields_set else one.model_copy(update={"missing_price": 100_00})
        for one in headcounts
    ]
    return wards.ward(
        MONDAY,
        days,
        SHIFTS,
        skills=(Skill(name="ward"), Skill(name="theatre")),
        headcounts=headcounts,
        agents=[
            Agent(name=name, contract=wards.CONTRACT, skills=held, shift_wishes=wished)
            for name, held, wished in zip(("Ann", "Bob", "Cid"), skills, wishes, strict=False)
        ],
        pay=pay,
    )


def roster(**weeks: str) -> Roster:
    """E, L or . a day, for each agent."""
    shifts = {"E": "early", "L": "late", ".": None}
    problem = ward((), days=max(map(len, weeks.values())))
    return Roster(
        duties=tuple(
            duty
            for agent, letters in weeks.items()
            for duty in wards.duties(problem, agent, [shifts[letter] for letter in letters])
        )
    )


def certificate(problem: Problem, carried: RuleBook = BOOK, **fields: object) -> Certificate:
    return Certificate(
        **{
            "slot_minutes": 60,
            "prices": {},
            "carried_rules": tuple(rule.name for rule in carried.rules if rule.is_on),
            "bound": 0,
            "unavoidable_wages": 0,
            **fields,
        }
    )


def test_people_are_counted_by_shift_day_and_skill() -> None:
    problem = ward(
        (
            Headcount(template="early", required=(2, 0)),
            Headcount(template="late", skill="theatre", required=(None, 1)),
        ),
        skills=(("ward",), ("theatre", "ward")),
    )
    report = verify(problem, BOOK, roster(Ann="EL", Bob="EL"))
    assert report.headcounts.required == {"early": (2, 0), "late, theatre": (None, 1)}
    assert report.headcounts.scheduled == {"early": (2, 0), "late, theatre": (0, 1)}  # Ann is not trained
    assert report.cost.total == 0
    report = verify(problem, BOOK, roster(Ann="LE", Bob="LE"))
    assert report.headcounts.missing == {"early": (2, 0), "late, theatre": (0, 1)}
    assert report.headcounts.superfluous == {"early": (0, 2), "late, theatre": (0, 0)}
    # three missing at 100.00, two too many at 10.00; on Monday nothing is said of late shifts
    assert (report.cost.missing, report.cost.superfluous) == (300_00 * 60, 20_00 * 60)
    assert report.cost.rules == {"shift_wishes": 0}
    assert [(result.rule, result.cost) for result in report.rules[:2]] == [
        ("shift_requirement", 320_00 * 60),
        ("shift_wishes", 0),
    ]
    assert report.passed


def test_who_works_twice_on_a_day_is_one_person() -> None:
    problem = ward((Headcount(template="early", required=(1, 0)),))
    twice = Roster(duties=roster(Ann="E").duties * 2)
    assert verify(problem, BOOK, twice).headcounts.scheduled == {"early": (1, 0)}


def test_the_curve_and_the_headcounts_are_paid_together() -> None:
    problem = ward((Headcount(template="early", required=(1, 1)),), days=2)
    curve = Demand(skill="ward", required=((0,) * 14 + (1,) * 8 + (0,) * 2) * 2)
    problem = problem.model_copy(update={"demand": (curve,)})
    book = RuleBook(rules=(Requirement(), ShiftRequirement()))
    report = verify(problem, book, roster(Ann="E.", Bob=".E"))
    # 16 hours of late work missing at 60.00, 16 early hours too many at 5.00; every early shift is there
    assert (report.cost.missing, report.cost.superfluous) == (960_00 * 60, 80_00 * 60)
    report = verify(problem, book, roster(Ann="L.", Bob=".L"))
    assert (report.cost.missing, report.cost.superfluous) == (200_00 * 60, 0)
    assert [result.cost for result in report.rules] == [0, 200_00 * 60]


def test_nobody_is_too_many_on_a_skill_without_a_curve() -> None:
    problem = ward((Headcount(template="early", required=(0, 0)),))
    report = verify(problem, RuleBook(rules=(Requirement(), ShiftRequirement())), roster(Ann="E."))
    assert sum(report.coverage.scheduled["ward"]) == 480
    assert report.coverage.superfluous == {"ward": (0,) * 48, "theatre": (0,) * 48}
    assert report.cost.superfluous == 10_00 * 60  # the one early shift that nobody asked for


def test_people_who_must_not_be_missing_make_a_roster_illegal() -> None:
    problem = ward((Headcount(template="early", required=(1, 0)),))
    book = RuleBook(
        rules=(
            OneShiftADay(),
            ShiftRequirement(strength=Strength.MUST),
        )
    )
    report = verify(problem, book, roster(Ann=".E"))
    assert [violation.sentence for violation in report.broken] == ['"early" has 0 of 1 person on 2026-01-05']
    assert (report.cost.missing, report.cost.superfluous) == (0, 10_00 * 60)
    assert count_cost(problem, book, roster(Ann=".E")) == report.cost


def test_the_bound_pays_each_head_its_price() -> None:
    # One early shift wanted on Monday at 100.00; Ann or Bob must be paid 160.00 for it. At 100.00 a head the
    # day costs 100.00 with nobody or with one there, and no week is worth more than staying at home.
    problem = ward((Headcount(template="early", required=(1, 0)),), pay=2000)
    priced = certificate(problem, headcount_prices={"early": (100_00 * 60, 0)})
    assert recompute_bound(problem, BOOK, priced) == 100_00 * 60
    assert recompute_bound(problem, BOOK, certificate(problem)) == 0
    # At 20.00 an hour, two early shifts wanted and only Ann to work them: the second is missing for sure,
    # and 100 - 80 of the first would be earned at 100.00 a head. At 80.00 a head nothing is.
    two = ward((Headcount(template="early", required=(2, 0)),), pay=1000, skills=(("ward",),))
    at_eighty = certificate(two, headcount_prices={"early": (80_00 * 60, 0)})
    # heads: 0 of 2 cost 200, 1 of 2 100 + 80; only one agent counts, so that 180 is the least
    assert recompute_bound(two, BOOK, at_eighty) == 180_00 * 60
    assert count_cost(two, BOOK, roster(Ann="E.")).total == 180_00 * 60
    assert unavoidable_wages(two, BOOK, at_eighty) == 0


def test_a_head_that_does_harm_has_a_price_below_nothing() -> None:
    # Two days of seven must be worked, and nobody is wanted: a superfluous early shift costs 10.00 a day.
    days = RuleBook(rules=(OneShiftADay(), ShiftRequirement(), DaysPerWeek(at_least=2)))
    problem = ward((Headcount(template="early", required=(0,) * 7),), days=7, skills=(("ward",),))
    without_late = problem.contracts[0].model_copy(update={"templates": ("early",)})
    problem = problem.model_copy(
        update={
            "templates": problem.templates[:1],
            "contracts": (without_late,),
            "headcounts": problem.headcounts,
        }
    )
    harmful = certificate(problem, days, headcount_prices={"early": (-10_00 * 60,) * 7})
    assert recompute_bound(problem, days, harmful) == 20_00 * 60
    assert count_cost(problem, days, roster(Ann="EE.....")).total == 20_00 * 60
    # at 50.00 of harm every day would rather have one there, at 10.00, than none: 7 x (10 - 50) + 2 x 50
    too_harmful = certificate(problem, days, headcount_prices={"early": (-50_00 * 60,) * 7})
    assert recompute_bound(problem, days, too_harmful) == -180_00 * 60


class Unlike(TeamRule):
    """One row, counted in two ways, which no rule may do."""

    kind: Literal["unlike"] = "unlike"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        yield HeadcountLimit("row", ("Ann",), Worked(), at_least=(1, 1))
        yield HeadcountLimit("row", ("Ann",), Free(), at_most=(1, 1))

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        yield from ()


class SomeAreOff(TeamRule):
    """On every day somebody is free."""

    kind: Literal["some_are_off"] = "some_are_off"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in problem.agents)
        yield HeadcountLimit("off", names, Free(), at_least=(1,) * problem.grid.days)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        for day in range(problem.grid.days):
            if all(roster.on(agent.name, day) for agent in problem.agents):
                yield self.violation(1, "nobody is off", days=(day,))


def test_a_free_day_can_be_what_counts() -> None:
    # Ann alone works for nothing on two days that are worth 90.00 each to the early shift; a day on which she
    # is not off costs 40.00. At 40.00 a free day the rows cost (40 - 90) a day, and her best day earns 90.
    problem = ward((Headcount(template="early", required=(1, 1), missing_price=90_00),), skills=(("ward",),))
    some_off = SomeAreOff(strength=Strength.PREFER, price=40_00)
    book = RuleBook(rules=(OneShiftADay(), ShiftRequirement(), some_off))
    rows = {"off": (40_00 * 60,) * 2, "early": (90_00 * 60,) * 2}
    priced = certificate(problem, book, headcount_prices=rows)
    # rows: 40 + 90 a day whether she counts or not; her best day is worth 90
    assert recompute_bound(problem, book, priced) == 2 * 40_00 * 60
    assert count_cost(problem, book, roster(Ann="EE")).total == 2 * 40_00 * 60
    must = RuleBook(rules=(OneShiftADay(), ShiftRequirement(), SomeAreOff()))
    # now she has to be there to be counted as off: the row is worth 40 only, and so it is 40 + 90 - 90 again
    assert recompute_bound(problem, must, priced) == 2 * 40_00 * 60
    dear = certificate(problem, must, headcount_prices={**rows, "off": (200_00 * 60,) * 2})
    # at 200.00 her best day is a free one: 200 + 90 - 200
    assert recompute_bound(problem, must, dear) == 2 * 90_00 * 60
    assert count_cost(problem, must, roster(Ann="..")).total == 2 * 90_00 * 60


def test_limits_of_one_row_must_count_the_same() -> None:
    problem = ward((), skills=(("ward",),))
    with pytest.raises(ValueError, match='the limits of the headcount "row" do not count the same people'):
        verify(problem, RuleBook(rules=(Unlike(),)), Roster())


def test_the_bound_knows_the_price_of_each_wish() -> None:
    wishes = (ShiftWish(day=MONDAY, template="early", price=7_00), ShiftWish(day=MONDAY, wanted=False))
    problem = ward((), wishes=(wishes,), skills=(("ward",),), pay=2000)
    # staying at home costs 7.00, an early shift 160.00 + 5.00
    assert recompute_bound(problem, BOOK, certificate(problem)) == 7_00 * 60
    dear = wishes[0].model_copy(update={"price": 900_00})
    problem = ward((), wishes=((dear, wishes[1]),), skills=(("ward",),), pay=2000)
    assert recompute_bound(problem, BOOK, certificate(problem)) == 165_00 * 60
    assert count_cost(problem, BOOK, roster(Ann="E.")).total == 165_00 * 60
    must = RuleBook(rules=(OneShiftADay(), ShiftWishes(strength=Strength.MUST)))
    # both wishes cannot be granted
    assert recompute_bound(problem, must, certificate(problem, must)) > 10**15


def test_must_headcounts_leave_no_roster_where_too_few_can_count() -> None:
    problem = ward((Headcount(template="early", skill="theatre", required=(1, None)),))
    must = RuleBook(
        rules=(
            OneShiftADay(),
            ShiftRequirement(strength=Strength.MUST),
        )
    )
    assert recompute_bound(problem, must, certificate(problem, must)) > 10**15
    assert recompute_bound(problem, BOOK, certificate(problem)) == 100_00 * 60


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"headcount_prices": {"night": (0, 0)}}, 'headcount price "night" is not in the input'),
        (
            {"headcount_prices": {"early": (0, 0, 0)}},
            'the prices of "early" are 3, but the horizon has 2 days',
        ),
    ],
)
def test_a_certificate_that_does_not_fit_proves_nothing(fields: dict[str, object], reason: str) -> None:
    problem = ward((Headcount(template="early", required=(1, 1)),))
    report = verify(problem, BOOK, roster(Ann="EE"), certificate=certificate(problem, **fields))
    assert report.mismatches == (f"the bound cannot be recomputed: {reason}.",)


def random_ward(seed: int) -> tuple[Problem, RuleBook]:
    """Two agents on two days or three on one, with something of everything."""
    dice = random.Random(seed)
    sets = (("ward",), ("theatre",), ("ward", "theatre"))
    agents, days = dice.choice(((2, 2), (3, 1)))
    headcounts = [
        wards.headcount(
            dice, template, skill, days,
            numbers=(None, 0, 1, 1, 2), missing=(0, 3000, 10_000), superfluous=(0, 700, 9000),
        )
        for template in SHIFTS
        for skill in (None, "theatre")
        if dice.random() < 0.7
    ]  # fmt: skip
    wishes = [
        wards.wishes(dice, MONDAY, days, SHIFTS, often=0.6, prices=(None, 0, 4000, 20_000))
        for _ in range(agents)
    ]
    problem = ward(
        headcounts,
        days=days,
        skills=tuple(dice.choice(sets) for _ in range(agents)),
        wishes=tuple(wishes),
        pay=dice.choice((0, 500, 2000)),
    )
    rules: list[Rule] = [
        ShiftRequirement(strength=dice.choice((Strength.PREFER, Strength.PREFER, Strength.MUST))),
        ShiftWishes(strength=dice.choice((Strength.PREFER, Strength.PREFER, Strength.MUST)), price=500),
        ForbiddenSuccession(first=("late",), then=("early",)),
        OneShiftADay(),
    ]
    if dice.random() < 0.5:
        curve = tuple(dice.choice((0, 0, 1, 2)) for _ in range(24 * days))
        problem = problem.model_copy(update={"demand": (Demand(skill="ward", required=curve),)})
        rules.append(Requirement())
    return problem, RuleBook(rules=tuple(rules))


@pytest.mark.parametrize("seed", range(24))
def test_the_bound_is_below_every_legal_roster(seed: int) -> None:
    problem, book = random_ward(seed)
    names = [agent.name for agent in problem.agents]
    weeks = ["".join(days) for days in product(".EL", repeat=problem.grid.days)]
    reports = [
        verify(problem, book, roster(**dict(zip(names, chosen, strict=True))))
        for chosen in product(weeks, repeat=len(names))
    ]
    least = min((report.cost.total for report in reports if report.is_legal), default=2**62)
    dice = random.Random(seed)
    for scale in (0, 2000, 6000, 10_000):
        rows = {
            wanted.row: tuple(60 * dice.randint(-scale, scale) for _ in wanted.required)
            for wanted in problem.headcounts
        }
        slots = {
            one.skill: tuple(60 * dice.randint(0, scale) for _ in one.required) for one in problem.demand
        }
        priced = certificate(problem, book, headcount_prices=rows, prices=slots)
        bound = recompute_bound(problem, book, priced)
        assert bound <= least
        legal = [report for report in reports if report.is_legal]
        wages = min((report.cost.wages for report in legal), default=2**62)
        assert unavoidable_wages(problem, book, priced) <= wages


def test_the_random_wards_say_something() -> None:
    # or the test above would be about nothing: with no price at all, some cost something already
    drawn = [random_ward(seed) for seed in range(24)]
    bounds = [recompute_bound(problem, book, certificate(problem, book)) for problem, book in drawn]
    assert sum(bound > 0 for bound in bounds) >= 8
