"""Work in hand and backlogs, against the same told in small steps of time."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.demand.base_staff import base_staff
from scheduler.demand.between_intervals import fluid, lagged, runs
from scheduler.demand.goal import QueueGoal
from scheduler.demand.spread_work import spread, whole_staff

OPEN = np.ones(6, bool)
NOT_FIXED = np.full(6, -1)


def test_open_runs() -> None:
    assert list(runs(np.array([False, True, True, False, True]))) == [range(1, 3), range(4, 5)]
    assert list(runs(np.zeros(3, bool))) == []


def test_lagged_work_is_done_a_handling_time_later() -> None:
    # 300 s of handling in intervals of 900 s: a third of an interval's work is done in the next one.
    contacts, aht = np.array([0.0, 90, 0, 0, 0, 30]), np.full(6, 300.0)
    loads, handling = lagged(contacts, aht, OPEN, 900.0)
    assert loads.tolist() == pytest.approx(
        [0, 20, 10, 0, 0, 10]
    )  # 90 x 300 / 900 = 30; nothing behind closing
    assert handling.tolist() == pytest.approx([300] * 6)
    # 1,350 s: none in its own interval, half in the next, half in the one behind that.
    loads, _ = lagged(np.array([10.0, 0, 0, 0, 0, 0]), np.full(6, 1350.0), OPEN, 900.0)
    assert loads.tolist() == pytest.approx([0, 7.5, 7.5, 0, 0, 0])


def test_lagged_work_does_not_pass_a_closed_night() -> None:
    opened = np.array([True, True, False, False, True, True])
    loads, _ = lagged(np.array([0.0, 10, 0, 0, 0, 0]), np.full(6, 900.0), opened, 900.0)
    assert loads.tolist() == pytest.approx([0, 10, 0, 0, 0, 0])


@given(
    st.lists(st.floats(0, 200), min_size=6, max_size=6), st.lists(st.floats(20, 4000), min_size=6, max_size=6)
)
def test_lagging_loses_no_work(contacts: list[float], aht: list[float]) -> None:
    numbers, handling = np.array(contacts), np.array(aht)
    loads, _ = lagged(numbers, handling, OPEN, 900.0)
    assert loads.sum() == pytest.approx((numbers * handling).sum() / 900)


def needed_by(goal: QueueGoal) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return lambda loads, aht: base_staff(loads, aht, goal)


def in_small_steps(
    erlangs: np.ndarray, aht: np.ndarray, staff: np.ndarray, patience: float | None, interval: float
) -> list[float]:
    """The number in the system at the end of each interval, in steps of a twentieth of a second."""
    in_system, ends, step = float(erlangs[0]), [], 0.05
    for load, handling, agents in zip(erlangs, aht, staff, strict=True):
        for _ in range(round(interval / step)):
            leaving = 0 if patience is None else max(0.0, in_system - agents) / patience
            in_system += step * ((load - min(in_system, agents)) / handling - leaving)
        ends.append(in_system)
    return ends


@pytest.mark.parametrize("patience", [None, 150.0])
def test_the_fluid_is_that_of_small_steps(patience: float | None) -> None:
    from scheduler.demand.between_intervals import _after

    # Too few in the third and fourth interval: a backlog that the fifth works off.
    erlangs, aht = np.array([8.0, 12, 15, 14, 6, 3]), np.array([240.0, 240, 300, 300, 200, 200])
    staff = np.array([12.0, 13, 11, 12, 14, 9])
    in_system, ends = 8.0, []
    for load, handling, agents in zip(erlangs, aht, staff, strict=True):
        in_system = _after(
            in_system, load, 300 / handling, agents, None if patience is None else patience / handling
        )
        ends.append(in_system)
    assert ends == pytest.approx(in_small_steps(erlangs, aht, staff, patience, 300.0), rel=2e-3)
    assert max(np.array(ends) - staff) > 0.5  # there was a backlog


def test_fluid_asks_for_fewer_while_demand_rises_and_for_more_while_it_falls() -> None:
    goal = QueueGoal(0.8, 20)
    erlangs, aht = np.array([5.0, 20, 40, 40, 10, 5]), np.full(6, 600.0)
    loads, staff = fluid(erlangs, aht, OPEN, 900.0, needed_by(goal), lambda n: n * 1.0, NOT_FIXED, None)
    stationary = base_staff(erlangs, aht, goal)
    assert (loads[1:3] < erlangs[1:3]).all() and (loads[4:] > erlangs[4:]).all()
    assert (staff[1:3] < stationary[1:3]).all() and (staff[4:] > stationary[4:]).all()
    assert loads[0] == 5.0  # what is open at the very start has been before


def test_a_backlog_of_too_few_agents_is_carried_on() -> None:
    goal = QueueGoal(0.8, 20)
    erlangs, aht = np.full(6, 20.0), np.full(6, 300.0)
    free = fluid(erlangs, aht, OPEN, 900.0, needed_by(goal), lambda n: n * 1.0, NOT_FIXED, None)[1]
    assert set(free.tolist()) == {int(base_staff(erlangs[:1], aht[:1], goal)[0])}
    fixed = np.array([-1, 10, -1, -1, -1, -1])  # ten where 20 are busy: ten erlangs wait, for 900 / 300
    loads, staff = fluid(erlangs, aht, OPEN, 900.0, needed_by(goal), lambda n: n * 1.0, fixed, None)
    # 10 more in each of 3 handling times: 30 wait; the mean over the next 3 is 20 + 30 (1 - e^-3) / 3
    assert loads[2] == pytest.approx(20 + 30 * (1 - np.exp(-3)) / 3)
    assert staff[2] > free[2] and staff[1] == free[1]


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 60), min_size=6, max_size=6),
    st.lists(st.sampled_from([120.0, 300.0, 1200.0]), min_size=6, max_size=6),
    st.lists(st.integers(-1, 30), min_size=6, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.sampled_from([None, 90.0]),
)
def test_every_fluid_settles(
    erlangs: list[float], aht: list[float], fixed: list[int], opened: list[bool], patience: float | None
) -> None:
    goal = QueueGoal(0.8, 20, patience_seconds=patience)
    is_open = np.array(opened)
    loads, staff = fluid(
        np.where(is_open, erlangs, 0), np.array(aht), is_open, 900.0, needed_by(goal), lambda n: n * 1.0,
        np.array(fixed), patience,
    )  # fmt: skip
    assert (loads >= 0).all() and (staff >= 0).all() and not staff[~is_open].any()
    assert staff[is_open].tolist() == base_staff(loads[is_open], np.array(aht)[is_open], goal).tolist()


def test_deferrable_work_is_shared_until_its_deadline() -> None:
    opened = np.array([True, True, True, False, True, True])
    loads, nowhere = spread(np.array([0.0, 6, 0, 0, 0, 0]), opened, 4)
    assert (loads.tolist(), nowhere) == ([0, 2, 2, 0, 2, 0], [])  # intervals 1 to 4, of which 3 is closed
    loads, nowhere = spread(np.array([0.0, 0, 0, 5, 0, 4]), opened, 1)
    assert (loads.tolist(), nowhere) == ([0, 0, 0, 0, 0, 4], [3])  # closed until its deadline


def test_whole_people_are_rounded_up_once_a_run() -> None:
    # 0.4 an interval is a person every second or third interval, not one in each.
    staff = whole_staff(np.full(6, 0.4), OPEN, 1.0)
    assert staff.tolist() == [1, 0, 1, 0, 0, 1]  # 0.4 0.8 1.2 1.6 2.0 2.4, rounded up
    assert whole_staff(np.full(6, 0.4), OPEN, 0.8).tolist() == [1, 0, 1, 0, 1, 0]
