"""A programme that grows against the same programme written down at once."""

from random import Random

import numpy as np
import pytest
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.engine.kernel.arrays import Float64Array, Int64Array
from scheduler.engine.lp import incremental
from scheduler.engine.lp.incremental import IncrementalProgramme

ROWS = 6


class Columns:
    """Columns of a seed: whole costs, at most so much of each, one to three rows each."""

    def __init__(self, random: Random, count: int) -> None:
        self.cost: Float64Array = np.array([random.randint(0, 20) for _ in range(count)], np.float64)
        self.most: Float64Array = np.array([random.choice((1.0, 3.0, np.inf)) for _ in range(count)])
        rows = [random.sample(range(ROWS), random.randint(1, 3)) for _ in range(count)]
        self.lengths: Int64Array = np.array([len(row) for row in rows])
        self.rows: Int64Array = np.concatenate([np.array(row) for row in rows])
        self.values: Float64Array = np.array([random.choice((1.0, 1.0, -1.0)) for _ in self.rows])


def slack() -> Columns:
    """Dear columns for too little and too much in each row, so that there always is an optimum."""
    columns = Columns(Random(0), 2 * ROWS)
    columns.cost = np.full(2 * ROWS, 1000.0)
    columns.most = np.full(2 * ROWS, np.inf)
    columns.lengths = np.ones(2 * ROWS, np.int64)
    columns.rows = np.tile(np.arange(ROWS), 2)
    columns.values = np.repeat([1.0, -1.0], ROWS)
    return columns


def plain(rows: Float64Array, parts: list[Columns], least: dict[int, float]) -> tuple[float, Float64Array]:
    """The least cost by a programme that is written down at once, and what one more in each row costs."""
    model = mathopt.Model()
    row = [model.add_linear_constraint(lb=value, ub=value) for value in rows.tolist()]
    column = 0
    for part in parts:
        place = 0
        for number, length in enumerate(part.lengths.tolist()):
            variable = model.add_variable(lb=least.get(column, 0.0), ub=float(part.most[number]))
            model.objective.set_linear_coefficient(variable, float(part.cost[number]))
            for entry in range(place, place + length):
                row[int(part.rows[entry])].set_coefficient(variable, float(part.values[entry]))
            place += length
            column += 1
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    return result.objective_value(), np.array([result.dual_values(one) for one in row])


def add(programme: IncrementalProgramme, part: Columns) -> None:
    """Add columns."""
    programme.add(part.cost, part.most, part.lengths, part.rows, part.values)


@pytest.mark.parametrize("seed", range(20))
def test_it_is_the_same_at_every_step_as_written_down_at_once(seed: int) -> None:
    random = Random(seed)
    rows = np.array([float(random.randint(0, 5)) for _ in range(ROWS)])
    programme, parts, least = IncrementalProgramme(rows), [slack()], dict[int, float]()
    add(programme, parts[0])
    costs = []
    for step in range(6):
        if step % 3 == 2:
            column = random.randrange(2 * ROWS, programme.columns)
            least[column] = 1.0 - least.get(column, 0.0)
            programme.at_least(column, least[column])
        else:
            parts.append(Columns(random, random.randint(1, 8)))
            add(programme, parts[-1])
        assert programme.solve()
        expected, _ = plain(rows, parts, least)
        assert programme.cost == pytest.approx(expected)
        cost = np.concatenate([part.cost for part in parts])
        assert cost @ programme.values == pytest.approx(expected)
        costs.append(expected)
    assert len(set(costs)) > 1


def test_what_one_more_is_worth() -> None:
    programme = IncrementalProgramme(np.array([3.0, 1.0]))
    assert not programme.solve()  # no columns, nothing comes to three
    programme.add(
        np.array([5.0, 2.0]), np.array([np.inf, np.inf]), np.array([1, 2]),
        np.array([0, 0, 1]), np.array([1.0, 1.0, 1.0]),
    )  # fmt: skip
    assert programme.solve()
    assert programme.cost == pytest.approx(2 * 5 + 2)
    assert programme.values.tolist() == pytest.approx([2.0, 1.0])
    assert programme.worth.tolist() == pytest.approx([5.0, -3.0])


def test_a_solver_that_is_lost_begins_anew_with_all_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [slack(), Columns(Random(5), 9)]
    rows = np.arange(ROWS, dtype=np.float64)
    programme = IncrementalProgramme(rows)
    for part in parts:
        add(programme, part)
    programme.at_least(14, 1.0)
    programme._begin()  # what a solver that gave up leaves: nothing
    assert programme.solve()
    assert programme.cost == pytest.approx(plain(rows, parts, {14: 1.0})[0])


def long_programme(interrupter: SolveInterrupter | None = None) -> IncrementalProgramme:
    """A programme that takes two iterations a row."""
    random, count, places = np.random.default_rng(1), 200, 30
    programme = IncrementalProgramme(np.arange(1.0, places + 1.0), interrupter)
    ends = np.full(2 * places, np.inf)
    programme.add(
        np.full(2 * places, 100.0), ends, np.ones(2 * places, np.int64),
        np.tile(np.arange(places), 2), np.repeat([1.0, -1.0], places),
    )  # fmt: skip
    rows = np.concatenate([random.choice(places, 3, replace=False) for _ in range(count)])
    cost, lengths = random.integers(1, 20, count).astype(np.float64), np.full(count, 3)
    programme.add(cost, np.full(count, np.inf), lengths, rows, np.ones(3 * count))
    return programme


def test_a_programme_that_finds_no_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # With heads at a thousand times what is wished for, the primal simplex went round in circles: a search of
    # a minute did not end in a quarter of an hour.
    assert long_programme().solve()
    monkeypatch.setattr(incremental, "MOST_STEPS_PER_ROW", 1)
    assert not long_programme().solve()


def test_a_programme_can_be_ended_from_outside() -> None:
    interrupter = SolveInterrupter()
    assert long_programme(interrupter).solve()
    interrupter.interrupt()
    assert not long_programme(interrupter).solve()
