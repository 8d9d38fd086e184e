"""Lengths of shifts to the minute: 7:48 is a fifth of 39 h, and is planned, paid and verified as such."""

from datetime import date

import pytest

from scheduler import Stop, solve, verify
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
)
from scheduler.domain.checks.problem import problem_faults
from scheduler.engine.instance.slots import Slots
from scheduler.model import RuleBook
from tests.unit.tiny import rule

MEAL = Break(
    name="Meal", length_minutes=30, paid=False, earliest_start=180, latest_start=300, step_minutes=30
)


def week(length: int, hours: int = 39 * 60, interval: int = 15, meal: Break = MEAL) -> Problem:
    """Two people, Monday to Friday from 08:00, with an unpaid meal; their contract wants so many hours."""
    grid = TimeGrid(first_day=date(2026, 6, 15), days=7, interval_minutes=interval)
    day = ShiftTemplate(
        name="Day", weekdays=(0, 1, 2, 3, 4), earliest_start=480, latest_start=540, start_step=30,
        min_length=length, max_length=length, breaks=(BreakBand(breaks=(meal,)),),
    )  # fmt: skip
    open_until_six = (0,) * (480 // interval) + (1,) * (600 // interval) + (0,) * (360 // interval)
    closed = (0,) * (1440 // interval)
    return Problem(
        grid=grid,
        skills=(Skill(name="Line"),),
        demand=(Demand(skill="Line", required=open_until_six * 5 + closed * 2),),
        headcounts=(Headcount(template="Day", required=(1,) * 5 + (None,) * 2),),
        templates=(day,),
        contracts=(
            Contract(
                name="C",
                pay_per_hour=2000,
                min_paid_minutes=hours,
                max_paid_minutes=hours,
                templates=("Day",),
            ),
        ),
        agents=tuple(Agent(name=name, contract="C", skills=("Line",)) for name in ("Ann", "Ben")),
    )


RULES = RuleBook(
    rules=(
        rule("requirement", strength="prefer"), rule("entitlement"), rule("one_shift_a_day"),
        rule("paid_hours"), rule("break_windows"),
    )
)  # fmt: skip


@pytest.mark.parametrize(("length", "hours"), [(498, 39 * 60), (522, 41 * 60), (492, 2310)])
def test_hours_to_the_minute_are_planned_and_paid(length: int, hours: int) -> None:
    # 7:48 (39 h in five days) could not be said: "the min length of 8 h 18 min is not a multiple of 5
    # minutes", and no page said so. 8:12 are 41 h, 7:42 are 38:30.
    problem = week(length, hours)
    assert [one for one in problem_faults(problem) if "Day" in one.message] == []
    outcome = solve(problem, RULES, stop=Stop(seconds=None, rounds=1), seed=1, workers=1)
    assert {duty.paid_minutes for duty in outcome.roster.duties} == {length - 30}
    assert [sum(duty.paid_minutes for duty in outcome.roster.of(name)) for name in ("Ann", "Ben")] == [
        hours
    ] * 2
    assert {duty.start % 30 for duty in outcome.roster.duties} == {0}
    report = verify(problem, RULES, outcome.roster, certificate=outcome.certificate)
    assert report.is_legal and report.cost == outcome.cost
    assert outcome.cost.wages == 2 * hours * 2000  # cents an hour are sixtieths of a cent a minute
    assert outcome.certificate.slot_minutes == 3 and outcome.bound <= outcome.cost.total


def test_lengths_that_make_the_search_slow_are_told_with_what_to_write() -> None:
    said = [str(one) for one in problem_faults(week(497, 467 * 5))]
    assert (
        'templates.0.min_length  shift "Day" of 8 h 17 min: beside the other times of shifts and breaks this '
        "makes the search look at time in steps of 1 min, which takes it several times as long. Where the "
        "minutes do not matter, write 8 h 15 min or 8 h 20 min."
    ) in said


def slow_lengths(problem: Problem) -> list[str]:
    return [one.message for one in problem_faults(problem) if "makes the search look at time" in one.message]


def test_a_meal_at_a_fixed_place_makes_no_slots_shorter() -> None:
    # Its step of 5 minutes, which leads nowhere, was counted: "steps of 1 min" where the search has three.
    fixed = MEAL.model_copy(update={"latest_start": MEAL.earliest_start, "step_minutes": 5})
    problem = week(498, meal=fixed)
    assert Slots.of(problem).minutes == 3
    assert slow_lengths(problem) == []


def test_the_shift_is_named_whose_length_makes_the_slots_short() -> None:
    # "Day" of 8:18, which alone makes slots of three minutes, was blamed for "Late" of 8:17.
    problem = week(498)
    late = problem.templates[0].model_copy(update={"name": "Late", "min_length": 497, "max_length": 497})
    both = problem.model_copy(update={"templates": (*problem.templates, late)})
    assert [said.split(":")[0] for said in slow_lengths(both)] == ['shift "Late" of 8 h 17 min']


def test_a_length_of_tenths_of_an_hour_is_asked_about_where_no_week_is_made_of_it() -> None:
    # 8:18 is what somebody gets who writes 8.3 and means 8:30; beside 39 h it is five times 7:48.
    odd = "as 8.3 is for 8:30"
    assert not [one for one in problem_faults(week(498)) if odd in one.message]
    assert [one for one in problem_faults(week(498, 40 * 60)) if odd in one.message]
