"""New weeks meet their sums even where no plan carries them."""

from dataclasses import replace

import pytest

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.size_budget import FOR_PROOF
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.local_search.sum_repair import new_week
from scheduler.model import Total
from tests.engine.rosters import a_worker
from tests.engine.whole_wards import whole_ward

NOTHING = replace(FOR_PROOF, pricing_nanoseconds=0.0, week_nanoseconds=0.0, transitions=0)


@pytest.mark.parametrize("seed", range(3))
def test_a_new_week_meets_sums_that_its_plan_leaves_out(seed: int) -> None:
    # Of 52 weeks nothing legal was found in 200 s: plans had no room for how many shifts of a kind somebody
    # may work, and single moves broke as much as they repaired.
    instance = compile_instance(*whole_ward(seed, days=21))
    automata = WeekAutomata.of(instance, NOTHING)
    worker, dearest = a_worker(instance, automata), scale_of_changes(instance, instance.shape.nothing())
    before, after = 0, 0
    for agent in range(instance.agents):
        worker.improve_week(agent, only_better=False)
        before += broken_sums(worker, agent)
        new_week(worker, agent, dearest)
        after += broken_sums(worker, agent)
    assert before > 0 and after < 0.3 * before
    assert not worker.arrays["sum_worth"].any()


def test_no_multiplier_is_tried_when_the_time_is_over() -> None:
    # Where sums cannot be met each person took 30 best weeks in vain: 119 s of a limit of 40.
    instance = compile_instance(*whole_ward(1, days=21))
    automata = WeekAutomata.of(instance, NOTHING)
    worker, dearest = a_worker(instance, automata), scale_of_changes(instance, instance.shape.nothing())
    asked: list[int] = []

    def is_late() -> bool:
        asked.append(1)
        return len(asked) > 2

    for agent in range(instance.agents):
        asked.clear()
        new_week(worker, agent, dearest, is_late)
        assert len(asked) <= 3  # and two tries before
    assert not worker.arrays["sum_worth"].any()


def broken_sums(worker: RosterState, agent: int) -> int:
    """By how much the agent's sums that must be kept are broken, as the limits themselves say."""
    instance = worker.instance
    roster = roster_of(instance, worker.snapshot())
    return sum(
        held.limit.excess(instance.problem, roster)
        for held in instance.multi_day_limits[agent]
        if held.price is None and isinstance(held.limit, Total)
    )
