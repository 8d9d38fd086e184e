"""The restricted master of column generation: weeks in fractions, and what heads are worth then.

One variable for every week, in a row of its agent, who takes one, and in the rows of the cells (headcount
row, day) where it counts; nurses are rostered so by Jaumard, Semet and Vovor (1998). The programme is kept
from one pricing call to the next, so that the solver is warm. Its prices can be held in a box around known
ones (boxstep; Marsten, Hogan and Blankenship 1975), as prices of a programme of few weeks are extreme.

The cost of heads in a cell is convex and piecewise linear, so one row a cell is enough: heads are counted
from the first breakpoint, and a variable for each segment carries them down or up from there at its slope.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.engine.columns.column_pool import PooledWeek
from scheduler.engine.instance.headcount_costs import HeadRows, Segment, segments_of
from scheduler.engine.instance.price_vector import PriceShape
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int64Array
from scheduler.engine.lp.incremental import IncrementalProgramme

FAR_TOO_DEAR = 1e9
"""Price of heads at the edges of the box while prices may lie anywhere, in units of currency."""
UNIT = float(COST_UNITS_PER_CURRENCY)
"""The programme counts in whole currency: solvers mean their tolerances for numbers of such a size."""
BOX_TOLERANCE = 1e-6
"""Fewer heads than this at the edges of the box are the solver's rounding."""


@dataclass(frozen=True, eq=False)
class Fractions:
    """The programme solved.

    Parameters
    ----------
    cost
        Least cost of the weeks in fractions, in sixtieths of a cent; no bound on rosters of other weeks.
    prices
        What one more head is worth, a vector of prices.
    strayed_heads
        Heads that are bought or sold at the edges of the box of prices; 0 where no edge binds.
    worth
        Dual value of each agent's row: a week whose worth less cost is more has a negative reduced cost.
    shares
        By agent the fraction that is chosen of each of its weeks.
    """

    cost: float
    prices: Float64Array
    strayed_heads: float
    worth: dict[int, float]
    shares: dict[int, Float64Array]

    @property
    def is_inside_box(self) -> bool:
        """Whether no edge of the box of prices binds, so that the fractions are optimal without it."""
        return self.strayed_heads < BOX_TOLERANCE

    def reduced_cost(self, week: PooledWeek, heads: Float64Array) -> float:
        """What the optimum would gain by a week if below 0; ``heads`` are the prices by cell."""
        return week.cost_less_worth(heads) - self.worth[week.agent]


class Master:
    """Weeks of agents as a linear programme to which columns are added.

    Parameters
    ----------
    agents
        Whose weeks are chosen.
    open_days
        Days whose cells have rows, shape (days,); all of them where nothing is said.
    given
        Heads of all other agents, by cell (headcount row, day).
    interrupter
        Ends a solve that is under way.
    """

    def __init__(
        self,
        heads: HeadRows,
        shape: PriceShape,
        agents: Sequence[int],
        open_days: BoolArray | None = None,
        given: Int64Array | None = None,
        interrupter: SolveInterrupter | None = None,
    ) -> None:
        self.shape, self.agents = shape, list(agents)
        self.columns: dict[int, list[int]] = {agent: [] for agent in agents}
        self._new: list[PooledWeek] = []
        self._row_of_agent = {agent: row for row, agent in enumerate(agents)}
        begin, segments, self.offset = _segments(heads, open_days)
        self.cells = np.array(sorted(begin), np.int64)
        self._row_of = np.full(heads.rows * heads.days, -1, np.int64)
        self._row_of[self.cells] = len(self.agents) + np.arange(len(self.cells))
        at = np.array([begin[cell] for cell in self.cells.tolist()], np.float64)
        if given is not None:
            at -= given[self.cells]
        self.programme = IncrementalProgramme(np.concatenate([np.ones(len(self.agents)), at]), interrupter)
        self._costs = self._costs_of_heads(heads, given)
        # heads + below - beyond = first breakpoint
        self.programme.add(
            np.array([one.price for _, one in segments]) / UNIT,
            np.array([one.most for _, one in segments]),
            np.ones(len(segments), np.int64),
            self._row_of[[cell for cell, _ in segments]],
            np.array([1.0 if one.down else -1.0 for _, one in segments]),
        )
        place = {cell: k for k, cell in enumerate(self.cells.tolist())}
        self._sensible = np.zeros((2, len(self.cells)))
        for cell, one in segments:  # the last segment of a cell has no end
            self._sensible[int(one.down), place[cell]] = one.price if one.down else -one.price
        self._ends = self.programme.columns + np.arange(2 * len(self.cells))
        self.programme.add(
            np.full(len(self._ends), FAR_TOO_DEAR),
            np.full(len(self._ends), np.inf),
            np.ones(len(self._ends), np.int64),
            np.tile(self._row_of[self.cells], 2),
            np.repeat([1.0, -1.0], len(self.cells)),
        )

    def _costs_of_heads(self, heads: HeadRows, given: Int64Array | None) -> Float64Array:
        """What each number of agents costs, shape (cells, agents + 1); infinite beyond those who count."""
        row, day = np.divmod(self.cells, heads.days)
        costs = np.full((len(self.cells), len(self.agents) + 1), np.inf)
        for number in np.unique(row).tolist():
            each = heads.costs(number)
            who_count = np.arange(heads.counts[number, self.agents].sum() + 1)
            mine = row == number
            there = np.zeros(1, np.int64) if given is None else given[self.cells[mine], None]
            costs[mine, : len(who_count)] = each[day[mine, None], there + who_count]
        return costs

    def add(self, week: PooledWeek) -> None:
        """Add a week to choose from."""
        self.columns[week.agent].append(self.programme.columns + len(self._new))
        self._new.append(week)

    def _take_up(self) -> None:
        """Hand the new weeks to the solver."""
        new, self._new = self._new, []
        if not new:
            return
        rows = []
        for week in new:
            of_cells = self._row_of[week.counts]
            rows.append(np.append(self._row_of_agent[week.agent], of_cells[of_cells >= 0]))
        lengths = np.array([len(row) for row in rows])
        self.programme.add(
            np.array([week.cost for week in new]) / UNIT,
            np.full(len(new), np.inf),
            lengths,
            np.concatenate(rows),
            np.ones(lengths.sum()),
        )

    def keep_near(self, prices: Float64Array | None, reach: float = 0.0) -> None:
        """Hold every price within ``reach`` of these, or free them all (boxstep).

        In the primal, heads can then be bought and sold at the edges of the box; ``Fractions.strayed_heads``
        says how many are.
        """
        if prices is None:
            cost = np.full(2 * len(self.cells), FAR_TOO_DEAR)
        else:
            centre = self.shape.headcounts(prices).reshape(-1)[self.cells]
            centre = np.clip(centre, *self._sensible)  # beyond that trading heads would be unbounded
            cost = np.concatenate([centre + reach, reach - centre]) / UNIT
        self.programme.price(self._ends, cost)

    def within(self, prices: Float64Array) -> Float64Array:
        """These prices in the cells of the programme, and 0 everywhere else."""
        kept = self.shape.nothing()
        to, of = map(self.shape.headcounts, (kept, prices))
        to.reshape(-1)[self.cells] = of.reshape(-1)[self.cells]
        return kept

    def least(self, prices: Float64Array) -> float:
        """Headcount term of the Lagrangian bound: the least cost of heads plus these prices for each."""
        each = self.shape.headcounts(prices).reshape(-1)[self.cells, None]
        return float((self._costs + each * np.arange(self._costs.shape[1])).min(axis=1).sum())

    def settle(self, agent: int, number: int) -> None:
        """Fix an agent to the week of that number."""
        self._take_up()
        self.programme.at_least(self.columns[agent][number], 1.0)

    def unsettle(self, agent: int, number: int) -> None:
        """Free an agent again."""
        self.programme.at_least(self.columns[agent][number], 0.0)

    def fractions(self) -> Fractions | None:
        """Solve the programme; ``None`` where an agent has no week, or no optimum was found in time."""
        self._take_up()
        if not self.programme.solve():
            return None
        values = np.maximum(0.0, self.programme.values)
        worth = UNIT * self.programme.worth
        prices = self.shape.nothing()
        self.shape.headcounts(prices).reshape(-1)[self.cells] = worth[len(self.agents) :]
        return Fractions(
            cost=UNIT * self.programme.cost + self.offset,
            prices=prices,
            strayed_heads=float(values[self._ends].sum()),
            worth=dict(zip(self.agents, worth.tolist(), strict=False)),
            shares={agent: values[mine] for agent, mine in self.columns.items()},
        )


def _segments(
    heads: HeadRows, open_days: BoolArray | None
) -> tuple[dict[int, int], list[tuple[int, Segment]], float]:
    """The first breakpoint of every cell, the segments on both sides of it, and the cost at first ones."""
    breakpoints: dict[int, list[tuple[int, float, bool]]] = {}
    for cell, at, price, over in zip(*heads.breakpoint_arrays, strict=True):
        if open_days is not None and not open_days[cell % heads.days]:
            continue
        breakpoints.setdefault(int(cell), []).append((int(at), float(price), bool(over)))
    begin: dict[int, int] = {}
    segments: list[tuple[int, Segment]] = []
    offset = 0.0
    for cell, mine in breakpoints.items():
        begin[cell], found, cost = segments_of(mine)
        segments += [(cell, one) for one in found]
        offset += cost
    return begin, segments, offset
