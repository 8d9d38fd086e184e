"""Deferrable work that the roster places: portions, places, a bound of both, and what is told."""

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import scheduler
from scheduler.app.input_checks.faults import faults_of
from scheduler.changes.comparison.input_differences import input_differences
from scheduler.demand.deferred_work import placed_evenly, portions_of
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem, Roster
from scheduler.domain.facts.problem import DeferredWork, ServiceGoal, Shrinkage, Skill, Volumes
from scheduler.domain.results.reached import work_in_words
from scheduler.model import RuleBook, Scope, Strength
from scheduler.rolling.next_week import moved_on
from scheduler.verifier import recompute_bound
from scheduler.verifier.bound.deferred_places import cheapest_places
from scheduler.verifier.recount.allocation.deadlines import Arrivals
from scheduler.verifier.recount.allocation.placing import place
from scheduler.verifier.recount.requirement import requirement_mismatches
from tests.attacks import optimum
from tests.attacks.tiny_cases import case
from tests.attacks.tiny_work import windows
from tests.demand.weeks import crowd
from tests.unit.tiny import rule, tiny_rules

ROUNDS = scheduler.Stop(seconds=60, rounds=2)
MAIL = (0.0, 6.0, 6.0, 0.0, 3.0, 0.0, 0.0, 0.0)
"""Letters of half an hour that arrive in the hours from nine to five."""


def mail(letters: tuple[float, ...] = MAIL, deadline_hours: int = 4, **goal: Any) -> Problem:
    """Two days of hours from nine to five, four agents, and nothing but mail."""
    day = (None,) * 9 + letters + (None,) * 7
    return with_requirement(
        crowd(4).model_copy(
            update={
                "demand": (),
                "volumes": (Volumes(skill="English", contacts=day * 2),),
                "service_goals": (
                    ServiceGoal(
                        skill="English",
                        **{
                            "channel": "deferrable",
                            "method": "placed",
                            "aht_seconds": 1800,
                            "deadline_minutes": 60 * deadline_hours,
                            **goal,
                        },
                    ),
                ),
            }
        )
    )


def solved(problem: Problem, rules: RuleBook | None = None) -> scheduler.Outcome:
    return scheduler.solve(problem, rules or tiny_rules(), stop=ROUNDS, seed=1, workers=1)


def test_portions_are_packed_in_order_of_arrival() -> None:
    (work,) = mail((0.0, 6.0, 1.0, 0.0, 3.0, 0.0, 0.0, 0.0)).deferred_work
    # from ten on 3 portions, until two; half of one at eleven, filled up at one: to be begun then, and due by
    # three as its first half; the other portion of one o'clock may wait until five
    assert work.intervals[:8] == tuple(range(9, 17))
    assert work.arrived[:8] == (0, 3, 3, 3, 5, 5, 5, 5)
    assert work.due[:8] == (0, 0, 0, 0, 3, 4, 4, 5)


def test_work_is_not_kept_back_to_be_filled_up() -> None:
    # half a portion at nine, due by eleven; what comes at one is none of its business
    (work,) = mail((1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0), deadline_hours=2).deferred_work
    assert work.arrived[:8] == (1, 1, 1, 1, 2, 2, 2, 2)
    assert work.due[:8] == (0, 1, 1, 1, 1, 2, 2, 2)


def test_shrinkage_and_occupancy_make_portions_of_less_work() -> None:
    # 6 letters are 3 hours of work; of an hour 90 % of 80 % are left for it: 4.17, begun portions being whole
    week = mail((0.0, 6.0) + (0.0,) * 6, occupancy_percent=90)
    shrunk = with_requirement(
        week.model_copy(update={"shrinkage": (Shrinkage(kind="training", percent=20, start=660, end=720),)})
    )
    # the greatest shrinkage of the hours in which it may be done counts
    assert week.deferred_work[0].portions == 2 * 4 and shrunk.deferred_work[0].portions == 2 * 5
    assert requirement_mismatches(week) == () == requirement_mismatches(shrunk)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from((0.0, 0.0, 0.25, 1.0, 2.5, 1 / 3, 0.07)), min_size=4, max_size=9),
    st.lists(st.booleans(), min_size=9, max_size=9),
    st.integers(1, 5),
    st.sampled_from((0, 500, 3333)),
    st.integers(0, 10**6),
)
def test_every_place_keeps_the_deadlines_and_two_ways_pack_alike(
    work: list[float], opened: list[bool], reach: int, taken: int, seed: int
) -> None:
    is_open = opened[: len(work)]
    away = [taken * (at % 2) for at in range(len(work))]
    found = portions_of("Mail", np.array(work), np.array(away), np.array(is_open), reach)
    arrivals = Arrivals(work, away, is_open, reach)
    assert arrivals.portions("Mail") == found
    rng = Random(seed)
    done, placed = 0, [0] * len(work)
    for at, arrived, due in zip(found.intervals, found.arrived, found.due, strict=True):
        until = rng.choice((due, arrived, rng.randint(due, arrived)))
        placed[at] = max(0, until - done)
        done = max(done, until)
    assert arrivals.late(placed) is None
    even = placed_evenly(found, work, len(work)).tolist()
    assert arrivals.late(even) is None and sum(even) == found.portions == sum(placed)
    if found.portions and any(even):
        one_less = list(even)
        one_less[max(range(len(even)), key=even.__getitem__)] -= 1
        total = sum(number for number, at in zip(work, range(len(work)), strict=True) if arrivals.window(at))
        if sum(n * (10_000 - a) / 10_000 for n, a in zip(one_less, away, strict=True)) < total - 1e-3:
            assert arrivals.late(one_less) is not None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_cheapest_place_is_found(seed: int) -> None:
    rng = Random(seed)
    intervals = rng.randint(1, 5)
    arrived = np.cumsum([rng.choice((0, 0, 1, 2)) for _ in range(intervals)])
    due = [rng.randint(0, number) for number in arrived]
    due = np.maximum.accumulate(due).tolist()
    due[-1] = int(arrived[-1])
    work = DeferredWork(
        skill="Mail", intervals=tuple(range(intervals)), arrived=tuple(arrived.tolist()), due=tuple(due)
    )
    costs = []
    for _ in range(intervals):
        slopes = sorted((rng.randint(0, 1), rng.randint(-3, 5)) for _ in range(work.portions + 2))
        costs.append(
            [(sum(s[0] for s in slopes[:n]), sum(s[1] for s in slopes[:n])) for n in range(len(slopes))]
        )
    places = [{}]
    for window in windows(work):
        places = [{**one, at: one.get(at, 0) + 1} for one in places for at in window]
    total = [
        tuple(sum(costs[at][one.get(at, 0)][part] for at in range(intervals)) for part in (0, 1))
        for one in places
    ]
    found = place(work, lambda at, number: costs[at][number])
    assert tuple(sum(costs[at][found.get(at, 0)][part] for at in range(intervals)) for part in (0, 1)) == min(
        total
    )
    prices = [rng.randint(-5, 5) for _ in range(2 * intervals)]
    alone = sum(min(prices[2 * at] + prices[2 * at + 1] for at in window) for window in windows(work))
    assert cheapest_places(work, prices, 2) == alone


def both(method: str) -> Problem:
    """Calls that need two in the morning and none later, and mail that may wait; both by the same four."""
    week = mail((6.0, 6.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0), deadline_hours=8, method=method)
    busy = (0,) * 9 + (3, 3, 2, 1, 1, 1, 1, 1) + (0,) * 7
    calls = crowd(1).demand[0].model_copy(update={"skill": "Calls", "required": busy * 2})
    agents = tuple(one.model_copy(update={"skills": ("Calls", "English")}) for one in week.agents)
    return with_requirement(
        week.model_copy(
            update={
                "skills": (*week.skills, Skill(name="Calls")),
                "demand": (*(one for one in week.demand if not all(one.from_volumes)), calls),
                "agents": agents,
            }
        )
    )


def test_work_that_may_wait_costs_less_than_work_spread_evenly() -> None:
    apart, placed = solved(both("stationary")), solved(both("placed"))
    assert apart.report.passed and placed.report.passed
    assert placed.cost.total < apart.cost.total
    assert placed.bound <= placed.cost.total
    # what is required of mail is what is placed, and not the even curve where the search began
    there = placed.report.coverage.required["English"]
    assert sum(there) == 60 * both("placed").deferred_work[0].portions
    assert there != tuple(60 * number for number in both("placed").demand_for["English"].required)


def test_a_place_that_is_late_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    week = mail()
    whole = scheduler.verify(week, tiny_rules(), Roster(duties=()))
    assert (
        whole.passed
        and whole.cost.missing == 60 * week.deferred_work[0].portions * week.skills[0].missing_price
    )
    monkeypatch.setattr("scheduler.verifier.recount.coverage.place", lambda work, cost: {40: work.portions})
    told = scheduler.verify(week, tiny_rules(), Roster(duties=())).mismatches
    assert told == ("English: what arrives on 2026-01-05 10:00 is placed after its deadline.",)


def test_what_is_not_done_in_time_is_said() -> None:
    week = mail()
    coverage = scheduler.verify(week, tiny_rules(), Roster(duties=())).coverage
    assert list(work_in_words(week, coverage.required, coverage.missing)) == [
        "English: 16.0 agent-hours of work with a deadline are placed where they cost least; for 16.0 of "
        "them nobody is there in time."
    ]
    assert list(work_in_words(week, coverage.required, {})) == [
        "English: 16.0 agent-hours of work with a deadline are placed where they cost least, and done in "
        "time."
    ]


def test_portions_that_do_not_follow_are_told() -> None:
    week = mail()
    (work,) = week.deferred_work
    later = work.model_copy(update={"due": (*(0,) * (len(work.due) - 1), work.portions)})
    forged = week.model_copy(update={"deferred_work": (later,)})
    said = scheduler.verify(forged, tiny_rules(), Roster(duties=())).mismatches
    assert "English: when its work may be done is stated otherwise than its volumes come to." in said


def test_bound_optimum_and_cost_where_rosters_and_places_are_listed() -> None:
    seeds = [seed for seed in range(6, 106, 10) if case(seed)[0].deferred_work][:4]
    said = [word for seed in seeds for word in optimum.look(seed)]
    assert not [word for word in said if word.startswith("WRONG")]
    assert said.count("bound <= optimum <= cost") >= 3


def test_any_prices_prove_no_more_than_the_cost() -> None:
    week = both("placed")
    outcome, rng = solved(week), Random(5)
    for _ in range(5):
        prices = {
            name: tuple(rng.choice((price, 0, -(10**4), 10**7)) for price in row)
            for name, row in outcome.certificate.prices.items()
        }
        forged = outcome.certificate.model_copy(update={"prices": prices, "crews": ()})
        assert recompute_bound(week, tiny_rules(), forged) <= outcome.cost.total


@pytest.mark.parametrize("form", ["week.xlsx", "week.json"])
def test_what_is_written_is_read(form: str, tmp_path: Path) -> None:
    week, path = both("placed"), tmp_path / form
    scheduler.write_workbook(path, week, tiny_rules())
    assert scheduler.read_workbook(path)[0] == week


def test_a_roster_is_written_and_verified_with_its_work(tmp_path: Path) -> None:
    week, rules = both("placed"), tiny_rules()
    outcome = solved(week)
    for name in ("roster.xlsx", "roster.json"):
        scheduler.write_workbook(tmp_path / name, week, rules, outcome)
        report = scheduler.verify_file(week, rules, tmp_path / name)
        assert report.passed and report.cost == outcome.cost and report.bound == outcome.bound
    # under Required stands what is placed: all portions of two days
    rows = list(load_workbook(tmp_path / "roster.xlsx")["Coverage"].iter_rows(values_only=True))
    column = next(row for row in rows if "English" in row).index("English")
    numbers = [row[column] for row in rows if isinstance(row[column], int)]
    assert sum(numbers) == week.deferred_work[0].portions


def test_two_inputs_that_differ_in_a_deadline_are_told_apart() -> None:
    rules = tiny_rules()
    told = input_differences(mail(), rules, mail(deadline_hours=5), rules)
    assert told[-1] == (
        "Work that the roster places differs in amount, arrival or deadline: 16 portions, and 16."
    )


def test_the_next_week_places_its_work_too() -> None:
    found = moved_on(both("placed"), tiny_rules(), Roster(duties=())).problem
    assert found.service_goals[0].is_placed and requirement_mismatches(found) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"channel": "calls", "service_level_percent": 80, "within_seconds": 20, "deadline_minutes": None},
         "only deferrable work can wait until the roster has people to spare."),
        ({"minimum_staff": 1}, "work that the roster places asks for nobody at a certain time."),
        ({"deadline_minutes": None}, "until when the work is to be done is not said."),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_it_is_told(changed: dict[str, Any], told: str) -> None:
    assert any(told in str(one) for one in faults_of(mail(**changed), tiny_rules()))


def test_numbers_of_ones_own_beside_it_are_told() -> None:
    week = mail()
    (volumes,) = week.volumes
    over = with_requirement(
        week.model_copy(update={"volumes": (volumes.model_copy(update={"override": (None,) * 47 + (1,)}),)})
    )
    assert any('Override has numbers for "English"' in str(one) for one in faults_of(over, tiny_rules()))
    (demand,) = week.demand
    given_too = demand.model_copy(update={"from_volumes": (False,) + (True,) * 47})
    beside = with_requirement(week.model_copy(update={"demand": (given_too,)}))
    assert any('Demand has numbers for "English"' in str(one) for one in faults_of(beside, tiny_rules()))


def test_a_must_and_single_days_are_told() -> None:
    for changed, told in (
        ({"strength": Strength.MUST}, "is placed by the roster, and no interval must have it"),
        ({"scope": Scope(weekdays=(0,))}, "is placed by the roster on any day, and this holds on some alone"),
    ):
        other = rule("requirement", **changed)
        rules = RuleBook(rules=(other, *(one for one in tiny_rules().rules if one.kind != "requirement")))
        assert any(told in str(one) for one in faults_of(mail(), rules)), told


def test_two_skills_with_common_people_are_told() -> None:
    week = both("placed")
    more = Volumes(skill="Calls", contacts=week.volumes[0].contacts)
    goal = week.service_goals[0].model_copy(update={"skill": "Calls"})
    two = week.model_copy(
        update={
            "demand": (),
            "volumes": (*week.volumes, more),
            "service_goals": (*week.service_goals, goal),
        }
    )
    told = [str(one) for one in faults_of(with_requirement(two), tiny_rules())]
    assert any('"Calls" and "English" have people in common' in one for one in told), told


def test_what_nobody_can_do_in_time_is_told() -> None:
    # forty letters are twenty hours of work at nine, due at eleven; four could come
    week = mail((40.0, 0.0) + (0.0,) * 6, deadline_hours=2)
    told = [str(one) for one in faults_of(week, tiny_rules())]
    assert any(
        "English: 24 agent-intervals of work cannot be done before the deadline, however many come; the "
        "first is due in the interval of 2026-01-05 10:00." in one
        for one in told
    ), told
    assert not [one for one in told if "more people are required" in one]


def test_a_problem_that_nobody_computed_is_refused() -> None:
    week = mail().model_copy(update={"deferred_work": ()})
    with pytest.raises(scheduler.BadInput, match='when the work of "English" may be done is not computed'):
        scheduler.solve(week, tiny_rules(), stop=ROUNDS)
