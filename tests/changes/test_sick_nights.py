"""Sick days beside the night before, and people who go home sick: what stands, falls away, is credited."""

from datetime import datetime
from pathlib import Path

import pytest

from scheduler import Problem, Roster, Stop, verify, verify_file
from scheduler.app.repair.repairable import read_repairable
from scheduler.app.repair.repairing import repair, write_repaired
from scheduler.domain import TimeOff
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.results.sick_hours import with_hours_of
from scheduler.model import RuleBook
from tests.changes.test_repair import nights_and_a_sick_tuesday
from tests.unit.tiny import rule, tiny_problem, tiny_roster, tiny_rules

SICK_TUESDAY = TimeOff(start=datetime(2026, 1, 6), end=datetime(2026, 1, 7), kind="sick")


def rules() -> RuleBook:
    book = tiny_rules()
    return book.model_copy(update={"rules": (*book.rules, rule("time_off"))})


def repaired(problem: Problem, roster: Roster, from_: str | None) -> Repaired:
    stop = Stop(seconds=None, rounds=1)
    return repair(problem, rules(), roster, stop=stop, workers=1, counts=(0,), from_=from_)


def with_call(problem: Problem, call: TimeOff) -> Problem:
    ada, *others = problem.agents
    return problem.model_copy(update={"agents": (ada.model_copy(update={"time_off": (call,)}), *others)})


def of_ada(found: Repaired) -> list[int]:
    return [duty.day for duty in found.outcome.roster.of("Ada")]


def credited(found: Repaired) -> int:
    return sum(paid_absence(found.problem, found.problem.agents[0]).values())


@pytest.mark.parametrize("from_", ["2026-01-05T23:00", "2026-01-06T02:00", "2026-01-06T10:00"])
def test_the_night_that_had_begun_before_a_sick_day_stands(from_: str) -> None:
    # A sick Tuesday cancelled the night of Monday, which was being worked or over, and credited it on top of
    # the night of Tuesday: 16 h of 2 duties where 8 h of 1 fell away.
    problem, roster = nights_and_a_sick_tuesday()
    found = repaired(problem, roster, from_)
    assert [(one.agent, one.on.day) for one in found.fallen] == [("Ada", 6)]
    assert of_ada(found) == [0]
    assert credited(found) == 480
    assert verify(found.problem, rules(), found.outcome.roster).is_legal
    night, hours = found.findings[:2]
    assert str(night) == (
        "agents.0.time_off.0.start  1 night that had begun when a sick day began stands as worked (Ada from "
        "2026-01-05): the sick call begins behind it, at 06:00. Where a night was broken off, write under "
        "From at what time."
    )
    assert "8 h of the 1 duty cancelled" in hours.message


def test_a_night_that_has_not_begun_is_cancelled_by_the_sick_day_behind_it() -> None:
    problem, roster = nights_and_a_sick_tuesday()
    found = repaired(problem, roster, "2026-01-05T22:00")
    assert of_ada(found) == [] and credited(found) == 960


def test_who_went_home_sick_in_the_night_is_credited_with_all_of_it_and_it_is_cancelled() -> None:
    problem, roster = nights_and_a_sick_tuesday()
    at_two = SICK_TUESDAY.model_copy(update={"start": datetime(2026, 1, 6, 2)})
    found = repaired(with_call(problem, at_two), roster, "2026-01-06T10:00")
    assert of_ada(found) == [] and credited(found) == 960


@pytest.mark.parametrize("from_", ["2026-01-06T10:00", "2026-01-06T12:00"])
def test_who_goes_home_sick_at_ten_is_credited_with_the_whole_duty_once(from_: str) -> None:
    # the duty is from 09:00 to 17:00; its first hour is neither lost nor paid beside the credit
    at_ten = SICK_TUESDAY.model_copy(update={"start": datetime(2026, 1, 6, 10)})
    problem = with_call(tiny_problem(), at_ten).model_copy(update={"sick_hours": "rostered"})
    found = repaired(problem, tiny_roster(), from_)
    assert of_ada(found) == [0] and credited(found) == 480
    assert [(one.agent, one.on.day) for one in found.fallen] == [("Ada", 6)]
    assert verify(found.problem, rules(), found.outcome.roster).is_legal


def test_another_absence_that_stops_the_night_still_does() -> None:
    problem, roster = nights_and_a_sick_tuesday()
    ada, *others = problem.agents
    leave = TimeOff(start=datetime(2026, 1, 5, 20), end=datetime(2026, 1, 6), paid_minutes=0)
    ada = ada.model_copy(update={"time_off": (leave, SICK_TUESDAY)})
    found = repaired(problem.model_copy(update={"agents": (ada, *others)}), roster, "2026-01-06T10:00")
    assert of_ada(found) == []


def test_a_repaired_roster_is_legal_by_the_week_and_a_second_repair_credits_the_same(tmp_path: Path) -> None:
    # Repaired once more, the roster had no duty on the sick day any more: 0 min were credited.
    problem, roster = nights_and_a_sick_tuesday()
    first = repaired(problem, roster, "2026-01-06T10:00")
    write_repaired(tmp_path / "new.xlsx", problem, rules(), first)
    assert verify_file(problem, rules(), tmp_path / "new.xlsx").passed
    old = read_repairable(tmp_path / "new.xlsx", problem)
    again = repaired(old.settled(problem), old.roster, "2026-01-06T10:00")
    assert credited(again) == 480 and of_ada(again) == [0]


@pytest.mark.parametrize(("minutes", "is_taken"), [(6 * 60, True), (6 * 60 + 1, False), (23 * 60, False)])
def test_a_sick_day_begins_later_only_where_a_night_of_the_contract_ends(
    minutes: int, is_taken: bool
) -> None:
    # a later time would hide work of the day itself
    problem, _ = nights_and_a_sick_tuesday()
    hour, minute = divmod(minutes, 60)
    later = SICK_TUESDAY.model_copy(update={"start": datetime(2026, 1, 6, hour, minute), "paid_minutes": 480})
    settled = with_hours_of(problem, with_call(problem, later))
    assert (settled.agents[0].time_off == (later,)) == is_taken
