"""Numbers of dates behind the horizon: read, kept, written, and planned with when the horizon gets there."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from constraints import CATALOGUE
from scheduler import workbook_bytes
from scheduler.app.next_week import next_week_with_notes
from scheduler.app.planning import read
from scheduler.domain import Demand, Headcount, Problem, Roster
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.demand import LaterDemand, LaterHeadcount, UsualDemand
from scheduler.io.files.streams import InMemory
from scheduler.io.input.json_document import as_document, from_document
from scheduler.io.input.templates.template import first_rules, worked_example
from scheduler.io.input.workbook_reader import read_workbook
from tests.workbook.filled_in import MONDAY, new_book

RULES = first_rules(CATALOGUE)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def later(on: date, number: int | None, slots: int = 48, **more: Any) -> LaterDemand:
    return LaterDemand(day=on, required=(number,) * slots, **more)


def week(*, usual: tuple[UsualDemand, ...] = (), **given: Any) -> Problem:
    """The worked week, with three wanted all the time, and with numbers of later dates."""
    problem = worked_example(MONDAY)
    demand = Demand(skill="English", required=(3,) * 7 * 48, usual=usual, later=given.get("demand", ()))
    wanted = problem.headcounts[0].model_copy(update={"later": given.get("headcounts", ())})
    return problem.model_copy(update={"demand": (demand,), "headcounts": (wanted,)})


def moved_on(problem: Problem, **options: Any) -> tuple[Demand, Headcount, str]:
    """Demand and headcount of the next week, and what is said of where they come from."""
    found = next_week_with_notes(problem, RULES, Roster(), **options)
    (demand,), (wanted,) = found.problem.demand, found.problem.headcounts
    return demand, wanted, found.notes[-1]


def first_of_days(demand: Demand) -> tuple[int, ...]:
    return demand.required[::48]


def test_rows_of_the_next_week_are_planned_with_in_the_next_week() -> None:
    # They were named as not read and lost: the next week had the numbers of this one.
    tuesday = NEXT_MONDAY + timedelta(days=1)
    problem = week(
        demand=(later(NEXT_MONDAY, 5), later(NEXT_MONDAY + timedelta(days=9), 8)),
        headcounts=(LaterHeadcount(day=tuesday, required=4),),
    )
    demand, wanted, said = moved_on(problem)
    assert first_of_days(demand) == (5, 3, 3, 3, 3, 3, 3)
    assert [one.required[0] for one in demand.later] == [8]
    assert wanted.required[1] == 4 and not wanted.later
    assert said == (
        "What is needed is what was given by date for 1 of 7 days (English, Day). On the other days it is "
        "that of the same weekdays. Look at holidays, those of the new days and those that lay in the old "
        "ones. A row on Demand with a date, no Start and 0 closes that day. Numbers "
        "of 1 later day stay for the weeks after."
    )


def test_a_week_that_is_given_whole_owes_nothing_to_the_last_one() -> None:
    days = tuple(NEXT_MONDAY + timedelta(days=day) for day in range(7))
    problem = week(demand=tuple(later(on, 6) for on in days))
    demand, _, said = moved_on(problem)
    assert set(demand.required) == {6}
    assert "7 of 7 days (English); 0 of 7 days (Day)" in said


def test_the_weeks_after_have_their_rows_too() -> None:
    third = NEXT_MONDAY + timedelta(days=8)
    found = next_week_with_notes(week(demand=(later(third, 8),)), RULES, Roster())
    again = next_week_with_notes(found.problem, RULES, Roster())
    assert first_of_days(again.problem.demand[0]) == (3, 8, 3, 3, 3, 3, 3)


def test_times_without_a_row_by_date_keep_their_weekday_where_there_is_one() -> None:
    usual = UsualDemand(weekdays=tuple(range(7)), required=(2,) * 48)
    half = LaterDemand(day=NEXT_MONDAY, required=(*(None,) * 24, *(7,) * 24))
    demand, _, _ = moved_on(week(usual=(usual,), demand=(half,)))
    assert demand.required[:48] == (*(2,) * 24, *(7,) * 24)
    # without weekdays a date is what its rows say, and closed at other times
    demand, _, _ = moved_on(week(demand=(half,)))
    assert demand.required[:48] == (*(0,) * 24, *(7,) * 24)


def test_a_weekday_that_only_had_rows_by_date_is_said_to_be_closed() -> None:
    # A holiday on the last Friday, whose rows were by date: "its weekday counts", which no row was of.
    usual = UsualDemand(weekdays=(0, 1, 2, 3, 5, 6), required=(3,) * 48)
    found = next_week_with_notes(week(usual=(usual,)), RULES, Roster())
    assert first_of_days(found.problem.demand[0]) == (3, 3, 3, 3, 0, 3, 3)
    (said,) = [note for note in found.notes if "needed on 2024-03-08" in note]
    assert "nobody is wanted on 2024-03-15" in said and "its weekday counts" not in said


def test_minimum_and_maximum_of_a_date_come_with_it() -> None:
    demand, _, _ = moved_on(week(demand=(later(NEXT_MONDAY, 5, minimum=(1,) * 48, maximum=(9,) * 48),)))
    assert demand.minimum == (*(1,) * 48, *(0,) * 6 * 48)
    assert demand.maximum == (*(9,) * 48, *(None,) * 6 * 48)


@pytest.mark.parametrize("usual", [(), (2, 2, 2, 2, 3, None, None)])
def test_the_most_people_on_a_shift_come_with_their_day(usual: tuple[int | None, ...]) -> None:
    problem = week(headcounts=(LaterHeadcount(day=NEXT_MONDAY, required=1, maximum=9),))
    (wanted,) = problem.headcounts
    limited = wanted.model_copy(update={"maximum": (2, 2, 2, 2, 3, None, 7), "usual_maximum": usual})
    _, moved, _ = moved_on(problem.model_copy(update={"headcounts": (limited,)}))
    # the Monday has its own; the Sunday's 7 is the last week's alone where its weekday says something
    assert moved.maximum == (9, 2, 2, 2, 3, None, None if usual else 7)
    assert moved.required == (1, 1, 1, 1, 0, 0, 0)


def test_days_of_both_weeks_keep_their_numbers() -> None:
    # of four weeks, the second to the fifth: a Tuesday that stays had the numbers of the last Tuesday
    problem = week()
    grid = problem.grid.model_copy(update={"days": 28})
    required = tuple(day for day in range(28) for _ in range(48))
    demand = Demand(skill="English", required=required)
    problem = problem.model_copy(
        update={"grid": grid, "demand": (demand,), "headcounts": (problem.headcounts[0].spread(grid),)}
    )
    after, _, said = moved_on(problem, first_day=NEXT_MONDAY)
    assert first_of_days(after) == (*range(7, 28), *range(21, 28))
    assert "21 of 28 days" in said


def test_what_lies_before_a_later_first_day_is_told() -> None:
    found = next_week_with_notes(
        week(demand=(later(NEXT_MONDAY, 5),)), RULES, Roster(), first_day=NEXT_MONDAY + timedelta(days=7)
    )
    assert "What is needed on 2024-03-11 by date lies before 2024-03-18 and is left out." in found.notes


def test_a_saturday_with_numbers_of_its_own_is_the_next_day_after_a_friday() -> None:
    problem = week(demand=(later(MONDAY + timedelta(days=5), 1),))
    grid = problem.grid.model_copy(update={"days": 5})
    (demand,) = problem.demand
    short = demand.model_copy(update={"required": demand.required[: grid.intervals]})
    problem = problem.model_copy(
        update={"grid": grid, "demand": (short,), "headcounts": (problem.headcounts[0].spread(grid),)}
    )
    found = next_week_with_notes(problem, RULES, Roster())
    assert found.problem.grid.first_day == MONDAY + timedelta(days=5)


@pytest.mark.parametrize("usual", [(), (UsualDemand(weekdays=(0, 1, 2, 3, 4, 5, 6), required=(3,) * 48),)])
@pytest.mark.parametrize("skills", [1, 2])
def test_they_are_written_and_read_again(usual: tuple[UsualDemand, ...], skills: int) -> None:
    seats = (*(None,) * 24, *(9,) * 24)
    half = LaterDemand(day=NEXT_MONDAY, required=(*(None,) * 24, *(7,) * 24), maximum=seats)
    problem = week(
        usual=usual,
        demand=(half, later(NEXT_MONDAY + timedelta(days=1), 0)),
        headcounts=(LaterHeadcount(day=NEXT_MONDAY, required=None, maximum=4),),
    )
    if skills == 2:
        french = problem.skills[0].model_copy(update={"name": "French"})
        problem = problem.model_copy(
            update={
                "skills": (*problem.skills, french),
                "demand": (*problem.demand, Demand(skill="French", required=(1,) * 7 * 48)),
            }
        )
    reading = read(workbook_bytes(problem, RULES))
    assert reading.problem == problem
    assert [str(one) for one in reading.findings if one.place.sheet in ("Demand", "Headcounts")][-1].endswith(
        "1 row is for a day after 2024-03-10: not planned now, but by staffcurve next. Mend the dates where "
        "they are meant for these days."
    )
    assert from_document(as_document(problem, RULES), CATALOGUE).problem == problem


def test_a_day_on_which_the_clock_is_put_back_has_its_hours() -> None:
    problem = week(demand=(later(date(2024, 3, 31), 4, slots=46),))
    grid = problem.grid.model_copy(update={"time_zone": "Europe/Berlin"})
    problem = problem.model_copy(update={"grid": grid})
    assert read(workbook_bytes(problem, RULES)).problem == problem


def findings_of(book: Any) -> list[str]:
    content = BytesIO()
    book.save(content)
    reading = read_workbook(InMemory(content.getvalue()), CATALOGUE)
    return [f"{one.severity} {one}" for one in reading.findings if one.place.sheet == "Demand"]


def test_blank_cells_and_holes_of_later_dates_stop_nothing_and_are_told() -> None:
    book = new_book()
    row = [cell.value for cell in book["Demand"][2]]
    for clock, number in (("08:00", 2), ("08:30", None), ("09:30", 2)):
        book["Demand"].append([NEXT_MONDAY, clock, number, *row[3:]])
    assert findings_of(book) == [
        "warning Demand!A338  3 rows are for days after 2024-03-10: not planned now, but by staffcurve next. "
        "Mend the dates where they are meant for these days.",
        "warning Demand!C339  English: no number of agents is given for 2024-03-11 08:30 to 09:00 "
        "(1 interval). Write 0 where nobody is needed.",
        "warning Demand!C339  there is no row for English 2024-03-11 09:00 to 09:30 (1 interval), between "
        "the first and the last row of that day. Add the row behind this one, with 0 where nobody is needed.",
    ]


def test_dates_that_are_past_or_years_away_are_not_read() -> None:
    book = new_book()
    row = [cell.value for cell in book["Demand"][2]]
    for on in (MONDAY - timedelta(days=7), MONDAY + timedelta(days=500)):
        book["Demand"].append([on, *row[1:]])
    assert findings_of(book) == [
        "warning Demand!A338  2 rows outside 2024-03-04 to 2024-03-10 are not read. See First day and Days "
        "on Settings."
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((later(MONDAY, 1),), 'later.0.day  2024-03-04 of "English" is not after the last planned day'),
        (
            (later(NEXT_MONDAY, 1), later(NEXT_MONDAY, 2)),
            'later.1.day  2024-03-11 of "English" is given already',
        ),
        ((later(NEXT_MONDAY, 1, 47),), 'later.0.required  required of skill "English" has 47 numbers'),
    ],
)
def test_a_document_is_asked_about_dates_that_cannot_be_later(given: Any, said: str) -> None:
    (fault,) = problem_faults(week(demand=given))
    assert f"demand.0.{said}" in str(fault)
