"""The next week: dates moved on, history from the roster, what is past left out and told."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from constraints import CATALOGUE, FairShare
from scheduler import next_week
from scheduler.app.next_week import next_week_with_notes
from scheduler.command_line.main import command_line
from scheduler.domain import Agent, Demand, Duty, Pin, Problem, Roster, ShiftWish, TimeOff, WorkedDuty
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.contract import Holiday
from scheduler.domain.facts.demand import UsualDemand
from scheduler.domain.facts.spreading import with_usual
from scheduler.domain.facts.usual import UsualWindow, UsualWish
from scheduler.io.input.templates.template import first_rules, worked_example
from scheduler.model import RuleBook, Scope, Strength
from tests.workbook.filled_in import MONDAY, new_book, saved

RULES = first_rules(CATALOGUE)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def week(days: int = 7, **facts: Any) -> Problem:
    """The worked week, with other facts of its one agent, and no longer than asked."""
    problem = worked_example(MONDAY)
    (ada,) = problem.agents
    grid = problem.grid.model_copy(update={"days": days})
    (demand,) = problem.demand
    return problem.model_copy(
        update={
            "grid": grid,
            "agents": (ada.model_copy(update=facts),),
            "demand": (demand.model_copy(update={"required": demand.required[: grid.intervals]}),),
            "headcounts": (problem.headcounts[0].spread(grid),),
        }
    )


def only(problem: Problem) -> Agent:
    (agent,) = problem.agents
    return agent


def duty(day: int, start: int = 9, end: int = 17) -> Duty:
    return Duty(
        agent="Ada Example", day=day, template="Day", start=(day * 24 + start) * 60, end=(day * 24 + end) * 60
    )


def leave(first: date, days: int = 1) -> TimeOff:
    start = datetime.combine(first, datetime.min.time())
    return TimeOff(start=start, end=start + timedelta(days=days), paid_minutes=480)


def test_absences_that_stay_and_a_name_with_a_number_are_told() -> None:
    # "What is past left out" was said, of absences that stayed; and week 51 was printed as week 50.
    problem = week(time_off=(leave(MONDAY + timedelta(days=2)),)).model_copy(update={"name": "Week 50"})
    notes = next_week_with_notes(problem, RULES, Roster()).notes
    assert set(notes) >= {
        f"1 entry of time off of the week before stays (Ada Example on {MONDAY + timedelta(days=2)}): rules "
        "that look back read it.",
        'The name stays "Week 50"; write the new one on Settings.',
    }


def test_days_are_moved_on_by_the_horizon_and_demand_stays_on_its_weekdays() -> None:
    problem = week()
    then, rules = next_week(problem, RULES, Roster())
    assert (then.grid.first_day, then.grid.days) == (NEXT_MONDAY, 7)
    assert (then.demand, then.headcounts, rules) == (problem.demand, problem.headcounts, RULES)


def test_monday_to_friday_are_followed_by_monday_to_friday() -> None:
    then, _ = next_week(week(days=5), RULES, Roster())
    assert then.grid.first_day == NEXT_MONDAY and then.history_until == MONDAY + timedelta(days=4)


def test_of_ten_days_each_weekday_is_wanted_as_it_was_last() -> None:
    # Mon 4 to Wed 13: the next horizon begins on Thu 14; its Monday is as the second one was
    problem = week(days=10)
    required = [day * 100 for day in range(10) for _ in range(48)]
    problem = problem.model_copy(update={"demand": (Demand(skill="English", required=tuple(required)),)})
    then, _ = next_week(problem, RULES, Roster())
    assert then.grid.first_day == MONDAY + timedelta(days=10)
    assert then.demand[0].required[::48] == (300, 400, 500, 600, 700, 800, 900, 300, 400, 500)


def test_a_weekday_of_which_nothing_is_known_is_closed_and_told() -> None:
    found = next_week_with_notes(week(days=3), RULES, Roster(), first_day=MONDAY + timedelta(days=3))
    assert set(found.problem.demand[0].required) == {0}
    (note,) = (one for one in found.notes if one.startswith("Nothing is known"))
    assert "2024-03-07, 2024-03-08, 2024-03-09" in note


def test_numbers_of_one_date_do_not_come_again_and_are_told() -> None:
    usual = UsualDemand(weekdays=(0, 2), required=(2,) * 48)
    demand = Demand(skill="English", usual=(usual,)).spread(week().grid)
    holiday = demand.model_copy(
        update={"required": (*demand.required[:96], *(0,) * 48, *demand.required[144:])}
    )
    found = next_week_with_notes(week().model_copy(update={"demand": (holiday,)}), RULES, Roster())
    assert found.problem.demand == (demand,)
    assert found.notes[-2] == (
        "What was needed on 2024-03-06 by date does not come again; its weekday counts."
    )


def test_the_history_is_the_roster_and_what_rules_still_look_back_on() -> None:
    old = tuple(
        WorkedDuty(
            day=day,
            start=datetime.combine(day, datetime.min.time()) + timedelta(hours=9),
            end=datetime.combine(day, datetime.min.time()) + timedelta(hours=17),
            paid_minutes=480,
        )
        for day in (MONDAY - timedelta(days=20), MONDAY - timedelta(days=1))
    )
    then, _ = next_week(week(history=old), RULES, Roster(duties=(duty(0), duty(5))))
    assert [worked.day for worked in only(then).history] == [MONDAY, MONDAY + timedelta(days=5)]
    # somebody who did not work keeps the last duty, from which days off count
    then, _ = next_week(week(history=old), RULES, Roster())
    assert [worked.day for worked in only(then).history] == [MONDAY - timedelta(days=1)]


def test_a_night_of_a_change_of_clock_is_no_bad_history() -> None:
    # 22:00 to 06:00 lasts 9 h on 2024-10-27, of which 8.5 are paid; it was told to be longer than it is.
    night = Duty(agent="Ada Example", day=5, template="Day", start=(5 * 24 + 22) * 60, end=(6 * 24 + 7) * 60)
    problem = week()
    grid = problem.grid.model_copy(update={"first_day": date(2024, 10, 21)})
    problem = problem.model_copy(update={"grid": grid, "demand": (), "agents": (only(week(time_off=())),)})
    then, _ = next_week(problem, RULES, Roster(duties=(night,)))
    (*_, worked) = only(then).history
    longer = worked.model_copy(update={"paid_minutes": 540})
    agent = only(then).model_copy(update={"history": (longer,)})
    assert worked.end == datetime(2024, 10, 27, 6)
    assert not [
        fault
        for fault in problem_faults(then.model_copy(update={"agents": (agent,)}))
        if "history" in fault.message
    ]


def test_what_is_past_is_left_out_and_told_and_what_is_to_come_stays() -> None:
    tuesday, next_tuesday = MONDAY + timedelta(days=1), NEXT_MONDAY + timedelta(days=1)
    to_come = (leave(tuesday), leave(MONDAY + timedelta(days=6), 2), leave(next_tuesday))
    problem = week(
        time_off=(leave(MONDAY - timedelta(days=1)), *to_come),
        pins=(Pin(day=MONDAY, off=True), Pin(day=next_tuesday, off=True)),
        shift_wishes=(ShiftWish(day=MONDAY, template="Day"), ShiftWish(day=next_tuesday, template="Day")),
        preferred_days_off=(tuesday, next_tuesday),
    )
    found = next_week_with_notes(problem, RULES, Roster())
    ada = only(found.problem)
    # of the seven days before the first one absence still counts
    assert ada.time_off == to_come
    assert [pin.day for pin in ada.pins] == [wish.day for wish in ada.shift_wishes] == [next_tuesday]
    assert ada.preferred_days_off == (next_tuesday,)
    assert found.notes[:4] == (
        "1 entry of time off is past and left out: Ada Example on 2024-03-03.",
        "1 entry of what was fixed is past and left out: Ada Example on 2024-03-04.",
        "1 entry of wishes is past and left out: Ada Example on 2024-03-04.",
        "1 entry of preferred days off is past and left out: Ada Example on 2024-03-05.",
    )


def test_what_was_beyond_the_fair_share_is_carried_over_and_points_of_others_stay() -> None:
    points = (("days", 25), ("nights", -50))
    ben = only(week()).model_copy(update={"name": "Ben", "fair_points": ()})
    ada = only(week()).model_copy(update={"fair_points": points})
    problem = week().model_copy(update={"agents": (ada, ben)})
    book = RuleBook(rules=(*RULES.rules, FairShare(label="days", strength=Strength.REPORT)))
    then, _ = next_week(problem, book, Roster(duties=(duty(0), duty(1), duty(2))))
    # three days of Ada's, and as both are open alike one and a half are due to each
    assert [agent.fair_points for agent in then.agents] == [
        (("days", 175), ("nights", -50)),
        (("days", -150),),
    ]


def test_agents_who_have_left_are_left_out_and_told() -> None:
    ben = only(week()).model_copy(update={"name": "Ben", "leaves_on": MONDAY + timedelta(days=6)})
    problem = week().model_copy(update={"agents": (only(week()), ben)})
    found = next_week_with_notes(problem, RULES, Roster())
    assert [agent.name for agent in found.problem.agents] == ["Ada Example"]
    assert found.notes[0] == "1 agent has left and is left out: Ben."


def test_what_comes_again_every_week_comes_again() -> None:
    problem = with_usual(
        week(
            time_off=(),
            usual_windows=(
                UsualWindow(kind="unavailable", weekdays=(1,), start=0, end=720),
                UsualWindow(
                    kind="available", first_day=MONDAY, last_day=date(2025, 1, 1), start=360, end=1200
                ),
            ),
            usual_wishes=(UsualWish(weekdays=(3,), template="Day"),),
            usual_days_off=(6,),
        )
    )
    ada = only(next_week(problem, RULES, Roster())[0])
    assert [window.start for window in ada.unavailable] == [datetime(2024, 3, 12)]
    assert [window.start.day for window in ada.available] == [*range(11, 19)]
    assert date(2024, 3, 14) in [wish.day for wish in ada.shift_wishes]
    assert ada.preferred_days_off == (date(2024, 3, 17),)


def test_rules_of_days_that_are_past_are_left_out_and_told() -> None:
    past = RULES.rules[-1].model_copy(update={"scope": Scope(last_day=MONDAY)})
    found = next_week_with_notes(week(), RuleBook(rules=(*RULES.rules[:-1], past)), Roster())
    assert found.rules.rules == RULES.rules[:-1]
    assert (
        f"1 rule held until a day that is past, or for nobody who is left, and is left out: {past.name}."
        in found.notes
    )


def test_the_command_writes_the_next_week_and_says_what_it_left(tmp_path: Any) -> None:
    book = new_book()
    book.create_sheet("Notes")["A1"] = "call the bakery"
    (row,) = (cell.row for (cell,) in book["Settings"].iter_rows(max_col=1) if cell.value == "Own sheets")
    book["Settings"][f"B{row}"] = "Notes"
    week_file = saved(book, tmp_path)
    made = CliRunner().invoke(
        command_line,
        ["solve", str(week_file), "-o", str(tmp_path / "roster.xlsx"), "--time-limit", "1", "--workers", "1"],
    )
    assert made.exit_code == 0, made.output
    result = CliRunner().invoke(
        command_line,
        ["next", str(week_file), str(tmp_path / "roster.xlsx"), "-o", str(tmp_path / "next.xlsx")],
    )
    assert result.exit_code == 0, result.output
    assert "Notes" in result.output and "2024-03-11 to 2024-03-17" in result.output
    checked = CliRunner().invoke(command_line, ["check", str(tmp_path / "next.xlsx")])
    assert "no errors, no warnings" in checked.output, checked.output


@pytest.mark.parametrize("name", ["next.txt", "week.xlsx"])
def test_the_command_refuses_what_it_cannot_write(tmp_path: Any, name: str) -> None:
    week_file = saved(new_book(), tmp_path)
    result = CliRunner().invoke(
        command_line, ["next", str(week_file), str(week_file), "-o", str(tmp_path / name)]
    )
    assert result.exit_code == 2


def test_holidays_of_the_new_days_are_named() -> None:
    # next said only "look at holidays", and people were rostered on New Year's Day as on any other
    holidays = (
        Holiday(day=MONDAY + timedelta(days=9), name="Founders' day"),
        Holiday(day=MONDAY, name="Past"),
    )
    problem = week().model_copy(update={"holidays": holidays})
    told = [note for note in next_week_with_notes(problem, RULES, Roster()).notes if "Holidays lie" in note]
    assert len(told) == 1 and "2024-03-13 (Founders' day)." in told[0]
