"""Slips of a decimal sign, of zeros or of a year, beside the others of the column."""

from datetime import date, datetime
from typing import Any

import pytest

from scheduler.domain.checks.out_of_scale import out_of_scale
from scheduler.domain.facts.agent import Agent, ShiftWish, TimeOff
from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.problem import Contract, Problem, Skill
from scheduler.io.input.templates.template import worked_example

MONDAY = date(2024, 3, 4)


def told(**changes: Any) -> list[str]:
    problem: Problem = worked_example(MONDAY).model_copy(update=changes)
    return [str(finding) for finding in out_of_scale(problem)]


def contracts(*pays: int, least: int | None = None, most: int | None = None) -> tuple[Contract, ...]:
    return tuple(
        Contract(
            name=f"C{at}", pay_per_hour=pay, templates=("Day",), min_paid_minutes=least, max_paid_minutes=most
        )
        for at, pay in enumerate(pays)
    )


@pytest.mark.parametrize("pays", [(1800, 2000, 2500), (2000, 200), (1200, 9000, 2000), (100, 1000, 10_000)])
def test_pay_that_only_differs_is_no_slip(pays: tuple[int, ...]) -> None:
    assert told(contracts=contracts(*pays)) == []


def test_a_pay_of_a_hundred_times_the_others() -> None:
    # 2000 for 20.00 was told at the price on Skills, as if that were too low
    assert told(contracts=contracts(2000, 200_000, 1800)) == [
        "contracts.1.pay_per_hour  a pay per hour is far from the others (C1: 2000.00; the others have "
        "18.00 to "
        "20.00). Look at its decimal sign and its zeros."
    ]


def test_least_hours_of_a_tenth() -> None:
    # 3.2 for 32 beside 40 was silent
    assert told(contracts=contracts(2000, least=192, most=2400)) == [
        'contracts.0.min_paid_minutes  contract "C0": the least hours of 3 h 12 min are few beside the '
        "most of "
        "40 h. Write 32 h if that is meant."
    ]
    assert (
        told(contracts=contracts(2000, least=240, most=2400)) == []
    )  # 4 to 40 h is a contract that there is


def test_a_number_of_too_many_zeros_in_the_demand() -> None:
    required = (0,) * 20 + (6, 7, 8, 80, 7) + (0,) * 311
    assert told(demand=(Demand(skill="English", required=required),)) == [
        "demand.0.required.23  English: 80 are required at 2024-03-04 11:30, never more than 8 else. Look at "
        "its zeros."
    ]


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2025, 3, 15), "2024-03-15"),  # the year mistyped
        (date(2025, 1, 31), None),  # half a year and more of parental leave
        (date(2024, 3, 15), None),
        (date(2028, 2, 29), None),
    ],
)
def test_leave_to_a_day_of_another_year(last: date, said: str | None) -> None:
    start = datetime(2024, 3, 8)
    end = datetime.combine(last, datetime.min.time()).replace(hour=23, minute=59)
    ada = Agent(name="Ada", contract="Full time", skills=(), time_off=(TimeOff(start=start, end=end),))
    found = told(agents=(ada,))
    assert found == (
        []
        if said is None
        else [
            f"agents.0.time_off.0.last_day  an absence lasts very long (Ada: 2024-03-08 to {last}). Write "
            f"{said} "
            "if that is meant."
        ]
    )


def skills(*prices: int) -> tuple[Skill, ...]:
    return tuple(Skill(name=f"S{at}", missing_price=price) for at, price in enumerate(prices))


@pytest.mark.parametrize(("prices", "is_told"), [((60_000, 8_000), True), ((30_000, 6_000), False)])
def test_the_larger_of_two_prices_that_are_far_apart_is_told(prices: tuple[int, int], is_told: bool) -> None:
    # 600 for 60 beside the other skill's 80 was silent: two skills have no majority that says what is usual.
    found = [one for one in told(skills=skills(*prices)) if "missing agent" in one]
    assert found == is_told * [
        "skills.0.missing_price  a price of a missing agent is far from the other (S0: 600.00; S1: 80.00). "
        "Look at its decimal sign and its zeros."
    ]


def test_a_wish_at_ten_times_the_price_of_the_others_is_told() -> None:
    def wishing(name: str, price: int) -> Agent:
        wish = ShiftWish(day=MONDAY, template="Day", price=price)
        return Agent(name=name, contract="Full time", skills=(), shift_wishes=(wish,))

    agents = tuple(wishing(name, price) for name, price in [("Ada", 500), ("Bo", 8000), ("Cy", 800)])
    assert told(agents=agents) == [
        "agents.1.shift_wishes.0.price  a price of a wish is far from the others (Bo: 80.00; the others have "
        "5.00 to 8.00). Look at its decimal sign and its zeros."
    ]


def test_most_hours_of_a_month_are_told() -> None:
    # 160 under "Max hours a week", without a least, was silent: nobody works so much in a week.
    assert told(contracts=contracts(2000, most=160 * 60)) == [
        'contracts.0.max_paid_minutes  contract "C0": at most 160 h a week keep nobody from working every '
        "day. Of a month? 160 h a month are about 37 h a week: write these."
    ]
    assert told(contracts=contracts(2000, most=60 * 60)) == []
