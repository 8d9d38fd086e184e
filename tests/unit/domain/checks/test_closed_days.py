"""Days on which nobody is wanted: who has to work on them all the same, and who does."""

from datetime import date, datetime

from scheduler.domain import Demand, Duty, Problem, Roster, TimeOff
from scheduler.domain.checks.agents.hours_on_closed_days import hours_on_closed_days
from scheduler.domain.checks.calendar.closed_days import closed_days
from scheduler.model.calendar.closed_days import work_on_closed_days
from tests.unit.domain.test_days_away import problem

FRIDAY = 4


def week(*closed: int, **facts: object) -> Problem:
    """Ann owes 40 h in shifts of 8 h from Monday to Friday; one is required from 08:00 to 16:00."""
    open_day = (0,) * 8 + (1,) * 8 + (0,) * 8
    required = tuple(
        number for day in range(7) for number in ((0,) * 24 if day in (*closed, 5, 6) else open_day)
    )
    return problem("office", days=7, **facts).model_copy(
        update={"demand": (Demand(skill="S", required=required),)}
    )


def told(planned: Problem) -> list[str]:
    return [str(finding) for finding in hours_on_closed_days(planned, None)]


def test_who_owes_more_than_the_open_days_hold_works_on_a_holiday() -> None:
    # 14 people came on a holiday with rows of 0, for the hours of their contracts, and nothing said why
    assert told(week(FRIDAY)) == [
        "agents.0  1 agent has to work on days on which nobody is required, Fri 19 Jun, for the hours of the "
        "contract (Ann: 40 h, and the other days hold 32 h). In the week from 2026-06-15 contracts ask for "
        "40 h beside paid absence, and 32 agent-hours are required. Where the day is closed, give them paid "
        "time off on Availability; else write on Demand what is required."
    ]


def test_paid_leave_on_the_holiday_is_enough() -> None:
    leave = TimeOff(start=datetime(2026, 6, 19), end=datetime(2026, 6, 20), paid_minutes=480)
    assert told(week(FRIDAY, time_off=(leave,))) == []


def test_weekends_without_shifts_and_weeks_without_a_closed_day_are_not_told() -> None:
    assert closed_days(week()) == {5, 6}
    assert told(week()) == []
    assert closed_days(problem("office", days=7)) == frozenset()  # nobody is wanted at all: told elsewhere


def test_a_result_says_who_works_on_a_closed_day() -> None:
    planned = week(FRIDAY)
    duties = tuple(
        Duty(agent="Ann", day=day, template="office", start=day * 1440 + 480, end=day * 1440 + 960)
        for day in range(5)
    )
    assert planned.grid.date(FRIDAY) == date(2026, 6, 19)
    assert list(work_on_closed_days(planned, Roster(duties=duties))) == [
        "On days on which nobody is required work 1 person on Fri 19 Jun."
    ]
    assert list(work_on_closed_days(planned, Roster(duties=duties[:4]))) == []


def test_a_night_into_a_day_that_wants_people_is_wanted() -> None:
    planned = week(FRIDAY - 1)
    night = Duty(agent="Ann", day=3, template="office", start=3 * 1440 + 1320, end=4 * 1440 + 540)
    assert list(work_on_closed_days(planned, Roster(duties=(night,)))) == []
