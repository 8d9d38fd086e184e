"""Weeks with sick calls, joiners and leavers, under every rule on days: each ends in a legal roster.

They ended in "no legal roster" or in bad input, since an absence counted as days off in a row, as half a
weekend, as days too few, and its fixed shifts stood against it.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduler import Stop, solve
from scheduler.domain import (
    Agent,
    Contract,
    Demand,
    Outcome,
    Pin,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
    TimeOff,
    WorkedDuty,
)
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.findings.errors import BadInput
from scheduler.model import RuleBook
from tests.unit.tiny import rule

MONDAY = date(2026, 6, 15)
EVERY_RULE = RuleBook(
    rules=(
        rule("requirement"),
        rule("entitlement"),
        rule("availability"),
        rule("time_off"),
        rule("pins"),
        rule("one_shift_a_day"),
        rule("daily_rest"),
        rule("weekly_rest"),
        rule("days_per_week", at_least=5, at_most=5),
        rule("paid_hours"),
        rule("max_consecutive_days", days=5),
        rule("min_consecutive_days", days=3),
        rule("max_consecutive_days_off", days=2),
        rule("min_consecutive_days_off", days=2),
        rule("forbidden_succession", first=("late",), then=("early",)),
        rule("shift_count", templates=("early", "late"), per="week", at_least=5),
        rule("weekends", whole=True, in_a_row=1),
        rule("start_consistency", within_minutes=60),
    )
)
"""Five days of work and two off, of which everybody has two weekend days or none."""


def sick(first: int, last: int, **more: Any) -> dict[str, Any]:
    """Sick on whole days of the week, from the first to the last; 0 is Monday."""
    midnight = datetime.combine(MONDAY, datetime.min.time())
    start, end = midnight + timedelta(first), midnight + timedelta(last + 1)
    return {"time_off": (TimeOff(start=start, end=end, kind="sick", **more),)}


def last_week(*days: int) -> tuple[WorkedDuty, ...]:
    """Early duties on days before the first, as negative numbers."""
    return tuple(
        WorkedDuty(
            day=MONDAY + timedelta(day),
            start=datetime.combine(MONDAY + timedelta(day), datetime.min.time()) + timedelta(hours=6),
            end=datetime.combine(MONDAY + timedelta(day), datetime.min.time()) + timedelta(hours=14),
            paid_minutes=480,
            template="early",
        )
        for day in days
    )


def centre(*facts: dict[str, Any], days: int = 14) -> Problem:
    """Three agents of 40 h, the first of them with these facts."""
    grid = TimeGrid(first_day=MONDAY, days=days, interval_minutes=60)
    templates = tuple(
        ShiftTemplate(name=name, earliest_start=start, latest_start=start, min_length=480, max_length=480)
        for name, start in (("early", 360), ("late", 840))
    )
    contract = Contract(
        name="full", pay_per_hour=2000, min_paid_minutes=2400, max_paid_minutes=2400,
        templates=("early", "late"),
    )  # fmt: skip
    given = [*facts, {}, {}, {}][:3]
    return Problem(
        grid=grid,
        skills=(Skill(name="S"),),
        demand=(Demand(skill="S", required=(1,) * grid.intervals),),
        templates=templates,
        contracts=(contract,),
        agents=tuple(
            Agent(name=name, contract="full", skills=("S",), **more)
            for name, more in zip(("Ann", "Bob", "Cid"), given, strict=True)
        ),
    )


def solved(problem: Problem) -> Outcome:
    assert not [fault for fault in problem_faults(problem) if fault.is_error]
    outcome = solve(problem, EVERY_RULE, stop=Stop(seconds=None, rounds=1), seed=1, workers=1)
    assert outcome.report.is_legal
    return outcome


def days_of(outcome: Outcome, agent: str) -> set[int]:
    return {duty.day for duty in outcome.roster.of(agent)}


WORKED_FIVE = {"history": last_week(-7, -6, -5, -4, -3)}


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        pytest.param([sick(2, 6)], {2, 3, 4, 5, 6}, id="from Wednesday to Sunday"),
        pytest.param([sick(0, 6)], set(range(7)), id="all week"),
        pytest.param([sick(0, 13)], set(range(14)), id="both weeks"),
        pytest.param([sick(3, 3)], {3}, id="one day"),
        pytest.param([sick(6, 6)], {6}, id="half a weekend"),
        pytest.param([sick(4, 8)], {4, 5, 6, 7, 8}, id="over the border of the week"),
        pytest.param([sick(2, 6), sick(1, 4), sick(2, 6)], {2, 3, 4, 5, 6}, id="everybody"),
        pytest.param([{**WORKED_FIVE, **sick(0, 3)}], {0, 1, 2, 3}, id="after a history"),
        pytest.param(
            [{"history": last_week(-7, -6), **sick(-5, 1)}], {0, 1}, id="since the middle of last week"
        ),
        pytest.param(
            [
                {
                    **sick(2, 6),
                    "pins": tuple(Pin(day=MONDAY + timedelta(day), template="late") for day in range(5)),
                }
            ],
            {2, 3, 4, 5, 6},
            id="with its duties fixed",
        ),
        pytest.param(
            [{**sick(2, 6), "pins": tuple(Pin(day=MONDAY + timedelta(day), off=True) for day in range(2))}],
            {2, 3, 4, 5, 6},
            id="after two days off",
        ),
        pytest.param([sick(2, 6, paid_minutes=1440)], {2, 3, 4, 5, 6}, id="with its hours said"),
    ],
)
def test_a_sick_week_ends_in_a_legal_roster(facts: list[dict[str, Any]], days: set[int]) -> None:
    outcome = solved(centre(*facts))
    assert days.isdisjoint(days_of(outcome, "Ann"))


def test_a_joiner_and_a_leaver_are_rostered_while_they_are_employed() -> None:
    # Their weeks had no legal roster: 40 h were asked for on three days, and the days before were days off.
    joins, leaves = MONDAY + timedelta(2), MONDAY + timedelta(9)
    outcome = solved(centre({"starts_on": joins}, {"leaves_on": leaves}))
    assert days_of(outcome, "Ann") and min(days_of(outcome, "Ann")) >= 2
    assert days_of(outcome, "Bob") and max(days_of(outcome, "Bob")) <= 9
    # two of seven days are 10 / 7 of five shifts, so that Ann owes three whole ones of the first week
    assert sum(day < 7 for day in days_of(outcome, "Ann")) >= 3


def test_leave_without_hours_is_made_up_for_or_told() -> None:
    # Leave that is not paid excuses nothing: two days of 8 h are not 40 h, and this is said before a search.
    week = sick(2, 6)["time_off"][0].model_copy(update={"kind": "leave"})
    told = [str(fault) for fault in problem_faults(centre({"time_off": (week,)})) if fault.is_error]
    assert told == [
        "agents.0  Ann: exactly 40 h in the week from 2026-06-15 do not fit: availability, time off and days "
        "off leave room for at most 16 h (8 h × 2 days). Open more days, or give a contract with other hours."
    ]


def test_what_no_roster_keeps_is_no_matter_of_the_sick_call() -> None:
    # Monday to Wednesday are off: four days do not hold five duties, whoever is sick on two of them.
    fixed = tuple(Pin(day=MONDAY + timedelta(day), off=True) for day in (0, 1, 2))
    with pytest.raises(BadInput, match="exactly 40 h in the week"):
        solve(
            centre({"pins": fixed, **sick(3, 4)}, days=7),
            EVERY_RULE,
            stop=Stop(seconds=None, rounds=1),
            seed=1,
            workers=1,
        )
