"""The verifier's own count of the requirement against what is planned with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import scheduler
from scheduler.demand.goal import QueueGoal
from scheduler.demand.requirement import queue_goal, with_requirement
from scheduler.domain import Problem
from scheduler.domain.facts.problem import ServiceGoal, Shrinkage
from scheduler.verifier.recount.queue import _measures
from scheduler.verifier.recount.requirement import requirement_mismatches
from tests.demand.weeks import CALLS, bare, many_skills, one_skill
from tests.unit.tiny import tiny_roster, tiny_rules

METHODS = ("stationary", "lagged", "fluid")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("patience", [None, 90.0])
def test_both_counts_agree(method: str, patience: float | None) -> None:
    problem = one_skill(method=method, patience_seconds=patience, occupancy_percent=88)
    assert requirement_mismatches(problem) == ()


def test_both_counts_agree_on_every_channel() -> None:
    assert requirement_mismatches(many_skills()) == ()


@settings(max_examples=60, deadline=None)
@given(
    contacts=st.lists(st.floats(0, 900), min_size=8, max_size=8),
    aht=st.sampled_from([25.0, 240.0, 1800.0, 6000.0]),
    method=st.sampled_from(METHODS),
    patience=st.sampled_from([None, 40.0, 600.0]),
    level_of=st.sampled_from(["stayed", "offered", "answered"]),
    chats=st.sampled_from([{}, {"channel": "chats", "side_by_side": 3, "slower_percent": 40.0}]),
    override=st.lists(st.sampled_from([None, None, 0, 3, 60]), min_size=8, max_size=8),
    shrinkage=st.sampled_from([0.0, 3.25, 30.0]),
)
def test_both_counts_agree_on_drawn_weeks(
    contacts: list[float], aht: float, method: str, patience: float | None, level_of: str,
    chats: dict[str, object], override: list[int | None], shrinkage: float,
) -> None:  # fmt: skip
    start = bare(tuple(contacts), aht, method=method, patience_seconds=patience, level_of=level_of, **chats)
    day = [None] * 9 + override + [None] * 7
    (volumes,) = start.volumes
    problem = with_requirement(
        start.model_copy(
            update={
                "volumes": (volumes.model_copy(update={"override": tuple(day * 2)}),),
                "shrinkage": (Shrinkage(kind="other", percent=shrinkage),),
            }
        )
    )
    assert requirement_mismatches(problem) == ()


@pytest.mark.parametrize("agents", [1, 3, 40, 900])
@pytest.mark.parametrize("share", [0.4, 0.97, 1.6])
@pytest.mark.parametrize("patience", [None, 30.0, 5000.0])
@pytest.mark.parametrize("chats", [1, 4])
def test_the_queue_is_counted_alike(agents: int, share: float, patience: float | None, chats: int) -> None:
    goal = ServiceGoal(
        skill="English", channel="chats" if chats > 1 else "calls", service_level_percent=80,
        within_seconds=35, patience_seconds=patience, side_by_side=chats,
        slower_percent=20 if chats > 1 else 0,
    )  # fmt: skip
    asked: QueueGoal = queue_goal(goal)
    load = agents * share * (chats / 1.6 if chats > 1 else 1)
    found = asked.performance(agents, load, 250.0)
    level, asa, abandoned, occupancy = _measures(goal, agents, load, 250.0)
    assert level == pytest.approx(found.service_level, abs=1e-9)
    assert asa == pytest.approx(found.asa_seconds, rel=1e-7)
    assert (abandoned, occupancy) == (
        pytest.approx(found.abandoned, abs=1e-9),
        pytest.approx(found.occupancy, abs=1e-9),
    )


def planned_wrongly(problem: Problem, **changed: object) -> tuple[str, ...]:
    return requirement_mismatches(problem.model_copy(update=changed))


def test_a_number_that_does_not_follow_is_told() -> None:
    problem = one_skill()
    (demand,), (steps,) = problem.demand, problem.requirement
    numbers = list(demand.required)
    numbers[10] -= 1
    (told,) = planned_wrongly(problem, demand=(demand.model_copy(update={"required": tuple(numbers)}),))
    assert told == (
        "English: the number that is planned is 6 on 2026-01-05 10:00, but its volumes come to 7; "
        "so in 1 interval."
    )
    base = list(steps.base_staff)
    base[11], base[12] = 99, 99
    told = planned_wrongly(problem, requirement=(steps.model_copy(update={"base_staff": tuple(base)}),))
    assert (
        told[0].startswith("English: the base staff is 99 on 2026-01-05 11:00") and "2 intervals" in told[0]
    )
    (told,) = planned_wrongly(problem, requirement=())
    assert told == 'the requirement of "English" was not computed from its volumes.'
    report = scheduler.verify(problem.model_copy(update={"requirement": ()}), tiny_rules(), tiny_roster())
    assert told in report.mismatches


def test_a_roster_from_volumes_is_planned_and_verified(tmp_path) -> None:  # type: ignore[no-untyped-def]
    problem, rules = one_skill(), tiny_rules()
    outcome = scheduler.solve(problem, rules, stop=scheduler.Stop(seconds=20, rounds=2), workers=1)
    assert outcome.report.passed
    assert outcome.coverage.required["English"][10] == 60 * 7
    path = tmp_path / "roster.xlsx"
    scheduler.write_workbook(path, problem, rules, outcome)
    copy, same_rules = scheduler.read_workbook(path)
    assert (copy, same_rules) == (problem, rules)
    assert scheduler.verify_file(copy, rules, path).passed
    # somebody makes the computed requirement look smaller
    book = load_workbook(path)
    book["Requirement"]["H3"] = 1
    book.save(path)
    (told,) = scheduler.verify_file(problem, rules, path).mismatches
    assert "Requirement" in told and "H3" in told


def test_a_problem_that_nobody_computed_is_refused() -> None:
    with pytest.raises(scheduler.BadInput, match="with_requirement"):
        scheduler.solve(bare(), tiny_rules(), stop=scheduler.Stop(seconds=1))
    assert scheduler.with_requirement(bare()) == one_skill()
    with pytest.raises(scheduler.BadInput, match="looks like minutes"):
        scheduler.with_requirement(bare(CALLS, 4.0))
