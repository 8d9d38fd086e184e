"""The search and its proof see what hours are worth: dear days are left alone, and no bound is too high."""

from datetime import date
from random import Random

from constraints import DaysPerWeek, Entitlement, OneShiftADay, PaidHours, Requirement
from scheduler import Stop, solve, verify
from scheduler.domain import (
    Agent,
    Contract,
    Demand,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
)
from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.model import RuleBook
from tests.attacks import optimum
from tests.attacks.tiny_cases import small_enough
from tests.attacks.tiny_pay import with_pay
from tests.engine.bounds import ALWAYS, cut
from tests.property.problems import small_case

MONDAY = date(2026, 1, 5)
SUNDAY = PayPremium(name="Sunday", weekdays=(6,), percent="33 1/3")
RULES = RuleBook(rules=(OneShiftADay(), Entitlement(), Requirement(), PaidHours(), DaysPerWeek(at_most=6)))


def week(missing_price: int, *premiums: PayPremium, **more) -> Problem:
    """Two people and one hour of demand on each of seven days, at 12:00; a shift is four hours around it."""
    wanted = tuple(int(hour == 12) for _ in range(7) for hour in range(24))
    return Problem(
        name="dear Sunday",
        grid=TimeGrid(first_day=MONDAY, days=7, interval_minutes=60),
        skills=(Skill(name="calls", missing_price=missing_price, superfluous_price=0),),
        demand=(Demand(skill="calls", required=wanted),),
        templates=(
            ShiftTemplate(
                name="four",
                earliest_start=540,
                latest_start=720,
                start_step=60,
                min_length=240,
                max_length=240,
            ),
        ),
        contracts=(Contract(name="c", pay_per_hour=1000, max_paid_minutes=1440, templates=("four",)),),
        agents=tuple(Agent(name=name, contract="c", skills=("calls",)) for name in ("Ada", "Bo")),
        premiums=premiums,
        **more,
    )


def days_worked(problem: Problem) -> tuple[list[int], float]:
    """The days of the best roster, and its cost; it is proven, and recounted."""
    found = solve(problem, RULES, stop=Stop(seconds=None, rounds=1), seed=1, workers=1)
    report = verify(problem, RULES, found.roster, certificate=found.certificate)
    assert report.passed and report.bound == found.bound <= found.cost.total
    return sorted(duty.day for duty in found.roster.duties), found.cost.total / COST_UNITS_PER_CURRENCY


def test_a_dear_sunday_is_left_alone_where_that_is_cheaper() -> None:
    # four hours are 40.00, on Sunday 53.33 1/3; somebody missing for an hour is 50.00
    assert days_worked(week(5000)) == (list(range(7)), 280.0)
    assert days_worked(week(5000, SUNDAY)) == ([0, 1, 2, 3, 4, 5], 290.0)
    days, cost = days_worked(week(5400, SUNDAY))
    assert days == list(range(7)) and 293.33 < cost < 293.34


def test_shifts_lie_where_less_is_paid_on_top() -> None:
    early = PayPremium(name="early", start=0, end=600, money_per_hour=100)
    late = PayPremium(name="late", start=780, end=1440, money_per_hour=50)
    found = solve(week(6000, early, late), RULES, stop=Stop(seconds=None, rounds=1), seed=1, workers=1)
    # from 09:00 an hour is early, from 10:00 one is late, from 11:00 two are
    assert {duty.start % 1440 for duty in found.roster.duties} == {600}


def test_a_holiday_is_paid_by_its_multiple() -> None:
    feast = (Holiday(day=MONDAY, name="feast", multiple="2"),)
    assert days_worked(week(5000, holidays=feast)) == ([1, 2, 3, 4, 5, 6], 290.0)


def test_unavoidable_wages_hold_what_is_paid_on_top() -> None:
    problem = week(5000, PayPremium(name="always", percent="66 2/3"))
    least = problem.contracts[0].model_copy(update={"min_paid_minutes": 240})
    problem = problem.model_copy(update={"contracts": (least,)})
    found = solve(problem, RULES, stop=Stop(seconds=None, rounds=1), seed=1, workers=1)
    # a shift each, 40.00 and two thirds: 133.33 1/3 in all
    assert found.certificate.unavoidable_wages == 133 * COST_UNITS_PER_CURRENCY + COST_UNITS_PER_CURRENCY // 3


def test_bound_optimum_and_cost_of_a_few_problems_with_premiums() -> None:
    said: list[str] = []
    for seed in (1, 4, 6):
        problem, rules = small_case(seed, seldom=False)
        kept = RuleBook(rules=tuple(rule for rule in rules.rules if rule.kind in ALWAYS))
        paid = with_pay(cut(problem, 2, 2), Random(f"pay {seed}"))
        said += optimum.looked(seed, *small_enough(paid, kept))
    assert not [word for word in said if word.startswith("WRONG")]
    assert said.count("bound <= optimum <= cost") == 3


def test_overtime_of_a_dear_hour_is_counted_in_64_bits() -> None:
    """A minute at 20,000,000 parts of a unit, 180 times, did not fit into 32 bits, and cost too little."""
    problem = week(10**9, PayPremium(name="of the day", over_minutes=60, percent="33 1/3"))
    dear = problem.contracts[0].model_copy(update={"pay_per_hour": 2 * 10**7})
    days, cost = days_worked(problem.model_copy(update={"contracts": (dear,)}))
    # seven shifts of four hours at 200,000.00, three of them a third more
    assert days == list(range(7)) and cost == 7 * (4 + 1) * 200_000
