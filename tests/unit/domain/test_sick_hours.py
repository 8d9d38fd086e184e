"""Hours of sick calls that were left open: as the cancelled duties had them, said, and verified with them."""

from datetime import datetime
from pathlib import Path
from typing import Any

from scheduler import Stop, read_roster, solve, verify_file, write_workbook
from scheduler.app.results.read_back import read_start
from scheduler.domain import Demand, Duty, Problem, Roster, TimeOff
from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.results.sick_hours import with_hours_of, with_rostered_hours
from tests.unit.domain.test_days_away import at, problem, sick
from tests.unit.tiny import rule, tiny_rules

WEEKDAYS = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)


def rostered(planned: Problem, *days: int, length: int = 480) -> Roster:
    return Roster(
        duties=tuple(
            Duty(
                agent="Ann", day=day, template="office", start=day * 1440 + 480, end=day * 1440 + 480 + length
            )
            for day in days
        )
    )


def calls(planned: Problem) -> list[tuple[datetime, datetime, int | None]]:
    return [(one.start, one.end, one.paid_minutes) for one in planned.agents[0].time_off]


def office(*time_off: TimeOff, **more: Any) -> Problem:
    return problem("office", time_off=time_off, **more)


def test_a_sick_call_is_credited_with_the_duties_that_it_cancels_on_their_days() -> None:
    # From Thursday to the Tuesday after: 16 h of this week, 16 h of the next. Those of this week were shared
    # out over Thursday to Sunday where a contract works on Saturdays.
    planned = office(sick(3, 9))
    settled, told = with_rostered_hours(planned, rostered(planned, *WEEKDAYS))
    hours = [480, 480, 0, 480, 480]
    assert calls(settled) == [
        (at(first), at(end), paid)
        for first, end, paid in zip((3, 4, 5, 7, 8), (4, 5, 7, 8, 9), hours, strict=True)
    ]
    assert paid_absence(settled, settled.agents[0]) == {3: 480, 4: 480, 7: 480, 8: 480}
    assert [str(one) for one in told] == [
        "agents.0.time_off.0.paid_minutes  1 sick call without hours (Ann from 2026-06-18) is credited as "
        "rostered: 32 h of the 4 duties cancelled."
    ]


def test_hours_of_the_planned_week_are_not_shared_with_days_behind_it() -> None:
    # Sick for three weeks, of which one is planned: its three duties were credited at 1 h 50 min a day over
    # all of them, so that the week lacked hours and no repair of it was legal.
    planned = office(sick(2, 21), days=7)
    settled, told = with_rostered_hours(planned, rostered(planned, 0, 1, 2, 3, 5, length=420))
    assert "as rostered: 21 h of the 3 duties cancelled" in told[0].message
    assert paid_absence(settled, settled.agents[0]) == {2: 420, 3: 420, 5: 420}
    assert calls(settled)[-2:] == [(at(6), at(7), 0), (at(7), at(21), None)]
    assert with_hours_of(planned, settled) == settled
    # a second repair finds nothing left to fill in
    assert with_rostered_hours(settled, rostered(planned, 0, 1)) == (settled, ())


def test_a_duty_that_the_call_meets_in_its_middle_is_cancelled_as_a_whole() -> None:
    planned = office(sick(2 + 10 / 24, 3))
    settled, _ = with_rostered_hours(planned, rostered(planned, *WEEKDAYS))
    assert calls(settled) == [(at(2 + 10 / 24), at(3), 480)]


def test_days_before_the_horizon_stay_as_the_contract_says() -> None:
    planned = office(sick(-3, 1))
    settled, _ = with_rostered_hours(planned, rostered(planned, *WEEKDAYS))
    assert calls(settled) == [(at(-3), at(0), None), (at(0), at(1), 480)]


def test_who_was_off_on_the_days_of_the_call_is_credited_with_nothing() -> None:
    # By the contract two of seven days would be 8 h, above the 40 h that were rostered anyway.
    planned = office(sick(5, 7))
    settled, _ = with_rostered_hours(planned, rostered(planned, *WEEKDAYS))
    assert calls(settled) == [(at(5), at(7), 0)]


def test_a_roster_that_was_made_after_the_call_does_not_say_its_hours() -> None:
    # Its duties are gone already: 0 h would leave a week of 16 h where 40 h are owed.
    planned = office(sick(2, 5))
    settled, told = with_rostered_hours(planned, rostered(planned, 0, 1, 7, 8, 9, 10, 11))
    assert (calls(settled), told) == ([(at(2), at(5), None)], ())


def test_the_setting_says_whether_rosters_are_asked() -> None:
    planned = office(sick(2, 5)).model_copy(update={"sick_hours": "contract"})
    assert with_rostered_hours(planned, rostered(planned, *WEEKDAYS)) == (planned, ())


def test_hours_are_taken_from_the_input_that_has_the_same_calls() -> None:
    planned = office(sick(3, 9))
    settled, _ = with_rostered_hours(planned, rostered(planned, *WEEKDAYS))
    assert with_hours_of(planned, settled) == settled
    longer = office(sick(3, 10))
    assert with_hours_of(longer, settled) == longer


def test_a_roster_is_verified_against_the_week_whose_hours_are_blank(tmp_path: Path) -> None:
    # The hours by the contract were held against a roster that was made with those of the cancelled duties.
    asked = Demand(skill="S", required=(1,) * 168)
    first, week = (
        one.model_copy(update={"demand": (asked,)}) for one in (office(days=7), office(sick(2, 7), days=7))
    )
    rules = tiny_rules()
    rules = rules.model_copy(update={"rules": (*rules.rules, rule("time_off"), rule("paid_hours"))})
    stop = Stop(seconds=None, rounds=1)
    write_workbook(tmp_path / "first.xlsx", first, rules, solve(first, rules, stop=stop, workers=1))
    start = read_start(tmp_path / "first.xlsx", week)
    assert len(start.roster.duties) == 5 and len(start.credited) == 1
    settled = [(at(2), at(3), 480), (at(3), at(4), 480), (at(4), at(5), 480), (at(5), at(7), 0)]
    assert calls(start.problem) == settled
    again = solve(start.problem, rules, stop=stop, workers=1, start=start.roster)
    write_workbook(tmp_path / "second.xlsx", start.problem, rules, again)
    assert verify_file(week, rules, tmp_path / "second.xlsx").passed
    # planned again from the second roster, whose duties are cancelled already, the hours stay
    assert calls(read_start(tmp_path / "second.xlsx", week).problem) == settled
    assert read_roster(tmp_path / "second.xlsx", week) == again.roster
