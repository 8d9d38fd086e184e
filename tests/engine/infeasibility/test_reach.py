"""The sums of a week by the days that may be worked: which weeks they leave out is proven by counting all."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product

import pytest

from scheduler.domain import Agent, Contract, Duty, Problem, Roster, ShiftTemplate, TimeGrid
from scheduler.engine.infeasibility.reach import _may_be, hours_against_days
from scheduler.model import Rule, Run, Total
from scheduler.model.limits.verbs import Free, Worked
from tests.unit.tiny import rule, tiny_problem

DAYS = 8
"""The days of the horizon; the week that is looked at is the second to the eighth of them."""
WEEK = range(1, DAYS)
BLOCKS = tuple((day,) for day in range(DAYS))


def problem(days: int = DAYS, minutes: int = 480, weekdays: tuple[int, ...] = tuple(range(7))) -> Problem:
    shift = ShiftTemplate(
        name="day", earliest_start=540, latest_start=540, min_length=minutes, max_length=minutes,
        weekdays=weekdays,
    )  # fmt: skip
    return tiny_problem(("Ada",)).model_copy(
        update={
            "grid": TimeGrid(first_day=date(2026, 1, 5), days=days, interval_minutes=60),
            "demand": (),
            "templates": (shift,),
        }
    )


@cache
def rosters() -> tuple[tuple[frozenset[int], Roster], ...]:
    return tuple(_rosters())


def _rosters() -> Iterator[tuple[frozenset[int], Roster]]:
    for pattern in product((False, True), repeat=DAYS):
        worked = frozenset(day for day in range(DAYS) if pattern[day])
        yield (
            worked,
            Roster(
                duties=tuple(
                    Duty(agent="Ada", day=day, template="day", start=day * 1440 + 540, end=day * 1440 + 1020)
                    for day in worked
                )
            ),
        )


@pytest.mark.parametrize(
    "limit",
    [
        Total("Ada", of=Worked(), on=tuple(WEEK), at_most=4, carried_in=1),
        Total("Ada", of=Worked(), on=tuple(range(DAYS)), at_least=3, at_most=5),
        Total("Ada", of=Worked(), on=(4, 5, 6), at_least=2),
        Total("Ada", of=Free(), on=(3, 4, 5), at_least=1),
        Total("Ada", of=Worked(), on_any_of=((2, 3), (4, 5)), at_most=1),
        *(
            Run("Ada", of=of, over=over, at_least=least, at_most=most, carried_in=carried_in)
            for of in (Worked(), Free())
            for over in (BLOCKS, BLOCKS[1:], BLOCKS[2:6])
            for least, most in ((None, 2), (3, None), (2, 3))
            for carried_in in (None, 0, 2)
        ),
    ],
    ids=str,
)
def test_no_week_that_keeps_a_limit_is_left_out(limit: Total | Run) -> None:
    week = problem()
    for worked, roster in rosters():
        if limit.excess(week, roster) == 0:
            assert _may_be(limit, WEEK, worked.intersection(WEEK)), sorted(worked)


def with_hours(week: Problem, least: int | None, most: int | None) -> tuple[Problem, Agent]:
    (contract,) = week.contracts
    hours = {"min_paid_minutes": least, "max_paid_minutes": most}
    contracts = (Contract(**{**dict(contract), **hours}),)
    week = week.model_copy(update={"contracts": contracts})
    return week, week.agents[0]


@pytest.mark.parametrize(
    ("rules", "hours", "said"),
    [
        # two in a row, then two off: of Monday to Sunday 2 + 2 are worked, or on either end of the week 2 + 1
        (
            [rule("max_consecutive_days", days=2), rule("min_consecutive_days_off", days=2)],
            (2400, None),
            "6 h × 4 days is 24 h from 2026-01-05 to 2026-01-11, and at least 40 h must be paid.",
        ),
        ([rule("days_per_week", at_most=5)], (1920, 2400), "6 h × 5 days is 30 h"),
        ([rule("days_per_week", at_least=5)], (None, 1500), "6 h × 5 days is 30 h"),
        ([rule("days_per_week", at_most=5)], (1800, 2400), ""),  # 30 h are enough
    ],
)
def test_the_sum_is_that_of_days_which_may_be_worked_together(
    rules: list[Rule], hours: tuple[int | None, int | None], said: str
) -> None:
    # runs and days off were not counted, so that no sum was said where they leave too few days
    week, ada = with_hours(problem(days=7, minutes=360), *hours)
    found = hours_against_days(week, ada, [*rules, rule("paid_hours")])
    assert found.startswith(said) and bool(found) is bool(said)
