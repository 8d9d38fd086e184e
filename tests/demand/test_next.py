"""The next week has its volumes, and its requirement computed from them."""

from datetime import date

from scheduler import next_week
from scheduler.domain import Roster
from scheduler.domain.facts.volumes import LaterVolumes
from scheduler.rolling.next_week import moved_on
from scheduler.verifier.recount.requirement import requirement_mismatches
from tests.demand.weeks import many_skills, one_skill
from tests.unit.tiny import tiny_rules

NOBODY = Roster(duties=())


def test_weekdays_come_again_and_dates_do_not() -> None:
    week = many_skills()
    found = moved_on(week, tiny_rules(), NOBODY)
    again = found.problem
    assert again.grid.first_day == date(2026, 1, 12)
    assert requirement_mismatches(again) == ()
    calls, chats, *_ = again.volumes
    assert calls.contacts[48 + 20] == week.volumes[0].contacts[20] == 32.0  # Tuesday at ten is as usual again
    assert calls.usual == week.volumes[0].usual
    assert chats.override == ()
    assert "What was needed on 2026-01-06 by date does not come again; its weekday counts." in found.notes
    assert "What overrode the requirement on 2026-01-05 does not come again." in found.notes
    # Saturday on Demand was by date, and is as the Saturday before
    saturday = again.grid.intervals_of(5)
    assert again.demand_for["calls"].required[saturday[18]] == 2
    assert not again.demand_for["calls"].is_computed(saturday[18])
    assert again.demand_for["calls"].is_computed(20)


def test_volumes_of_later_dates_are_planned_with_when_they_come() -> None:
    start = one_skill()
    later = LaterVolumes(day=date(2026, 1, 7), contacts=(None,) * 9 + (99.0,) * 8 + (None,) * 7)
    farther = LaterVolumes(day=date(2026, 2, 7), contacts=(None,) * 9 + (1.0,) * 8 + (None,) * 7)
    (volumes,) = start.volumes
    goals = tuple(goal.model_copy(update={"aht_seconds": 240.0}) for goal in start.service_goals)
    start = start.model_copy(
        update={
            "volumes": (volumes.model_copy(update={"later": (later, farther)}),),
            "service_goals": goals,
        }
    )
    problem, _ = next_week(start, tiny_rules(), NOBODY)
    assert problem.grid.first_day == date(2026, 1, 7)
    (moved,) = problem.volumes
    assert moved.contacts[9] == 99.0 and moved.contacts[24 + 9] is None
    assert moved.later == (farther,)
    assert problem.demand[0].required[9] > start.demand[0].required[9]
    assert requirement_mismatches(problem) == ()


def test_the_same_days_again_keep_what_overrides_them() -> None:
    start = one_skill()
    (volumes,) = start.volumes
    override = [None] * 48
    override[10] = 20
    start = start.model_copy(update={"volumes": (volumes.model_copy(update={"override": tuple(override)}),)})
    problem, _ = next_week(start, tiny_rules(), NOBODY, first_day=date(2026, 1, 5))
    assert problem.volumes == start.volumes
    assert problem.demand[0].required[10] == 20
