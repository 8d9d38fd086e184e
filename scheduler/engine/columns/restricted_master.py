"""The master programme of column generation: weeks in fractions, and what heads are worth then.

One variable for every week, in a row of its agent, who takes one, and in the rows of the cells (headcount,
day) where it counts. The programme is kept from look to look, so that the solver goes on from where it came
to (Jaumard, Semet and Vovor 1998 roster nurses so).

What heads cost in a cell bends and is convex, so one row a cell is enough: heads begin at the first bend, and
variables carry them below it and on from bend to bend, each at the price of its stretch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.domain.money import COST_UNITS_PER_CURRENCY
from scheduler.engine.arrays import BoolArray, Float64Array, Int64Array
from scheduler.engine.columns.column_pool import PooledWeek
from scheduler.engine.instance.headcount_costs import HeadRows
from scheduler.engine.instance.price_vector import PriceShape
from scheduler.engine.lp.incremental import GrowingProgramme

FAR_TOO_DEAR = 1e9
"""Price of heads at the ends of cells while prices may lie anywhere."""
UNIT = float(COST_UNITS_PER_CURRENCY)
"""The programme counts in whole currency: solvers mean their tolerances for numbers of such a size."""


@dataclass(frozen=True, eq=False)
class Fractions:
    """The programme solved.

    Parameters
    ----------
    cost
        Least cost of the weeks in fractions, in sixtieths of a cent; no bound on rosters of other weeks.
    prices
        What one more head is worth, a vector of prices.
    strayed
        Heads had or given away because prices were to stay near others; 0 where that does not matter.
    worth
        By agent what its week nets at these prices, less its own cost: a week that nets more is of use.
    shares
        By agent the part that is chosen of each of its weeks.
    """

    cost: float
    prices: Float64Array
    strayed: float
    worth: dict[int, float]
    shares: dict[int, Float64Array]

    def lost(self, week: PooledWeek, heads: Float64Array) -> float:
        """What a week costs more than the optimum; below 0 it is of use. ``heads`` are the prices by cell."""
        return week.less_worth(heads) - self.worth[week.agent]


@dataclass(frozen=True)
class _Stretch:
    """Heads of a cell between two bends: how many at most, what each costs, and whether it counts down."""

    cell: int
    most: float
    price: float
    down: bool


class Master:
    """Weeks of agents as a linear programme that grows.

    Parameters
    ----------
    agents
        Whose weeks are chosen.
    open_days
        Of which days cells are looked at, shape (days,); all of them where nothing is said.
    given
        Heads of all others, by cell (headcount row, day).
    """

    def __init__(
        self,
        heads: HeadRows,
        shape: PriceShape,
        agents: Sequence[int],
        open_days: BoolArray | None = None,
        given: Int64Array | None = None,
    ) -> None:
        self.shape, self.agents = shape, list(agents)
        self.columns: dict[int, list[int]] = {agent: [] for agent in agents}
        self._new: list[PooledWeek] = []
        self._row_of_agent = {agent: row for row, agent in enumerate(agents)}
        begin, stretches, self.offset = _stretches(heads, open_days)
        self.cells = np.array(sorted(begin), np.int64)
        self._row_of = np.full(heads.rows * heads.days, -1, np.int64)
        self._row_of[self.cells] = len(self.agents) + np.arange(len(self.cells))
        at = np.array([begin[cell] for cell in self.cells.tolist()], np.float64)
        if given is not None:
            at -= given[self.cells]
        self.programme = GrowingProgramme(np.concatenate([np.ones(len(self.agents)), at]))
        self._costs = self._costs_of_heads(heads, given)
        # heads + below - beyond = first bend
        self.programme.add(
            np.array([one.price for one in stretches]) / UNIT,
            np.array([one.most for one in stretches]),
            np.ones(len(stretches), np.int64),
            self._row_of[[one.cell for one in stretches]],
            np.array([1.0 if one.down else -1.0 for one in stretches]),
        )
        place = {cell: k for k, cell in enumerate(self.cells.tolist())}
        self._sensible = np.zeros((2, len(self.cells)))
        for one in stretches:  # the last stretch of a cell goes on for ever
            self._sensible[int(one.down), place[one.cell]] = one.price if one.down else -one.price
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
        """One more week to choose from."""
        self.columns[week.agent].append(self.programme.columns + len(self._new))
        self._new.append(week)

    def _take_up(self) -> None:
        """Hand the new weeks over to the solver."""
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
        """Let no price be further from these than ``reach``, or let them all go where they like.

        Heads in a cell can be had and given away then at its ends (Marsten, Hogan and Blankenship 1975).
        """
        if prices is None:
            cost = np.full(2 * len(self.cells), FAR_TOO_DEAR)
        else:
            centre = self.shape.headcounts(prices).reshape(-1)[self.cells]
            centre = np.clip(centre, *self._sensible)  # beyond that heads could be traded for ever
            cost = np.concatenate([centre + reach, reach - centre]) / UNIT
        self.programme.price(self._ends, cost)

    def within(self, prices: Float64Array) -> Float64Array:
        """These prices where the programme asks for heads, and none anywhere else."""
        kept = self.shape.nothing()
        to, of = map(self.shape.headcounts, (kept, prices))
        to.reshape(-1)[self.cells] = of.reshape(-1)[self.cells]
        return kept

    def least(self, prices: Float64Array) -> float:
        """The least that heads cost where each is paid so much: a part of a Lagrangian bound."""
        each = self.shape.headcounts(prices).reshape(-1)[self.cells, None]
        return float((self._costs + each * np.arange(self._costs.shape[1])).min(axis=1).sum())

    def settle(self, agent: int, number: int) -> None:
        """An agent takes the week of that number."""
        self._take_up()
        self.programme.at_least(self.columns[agent][number], 1.0)

    def unsettle(self, agent: int, number: int) -> None:
        """An agent is open again."""
        self.programme.at_least(self.columns[agent][number], 0.0)

    def fractions(self) -> Fractions | None:
        """Solved; ``None`` where an agent has no week."""
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
            strayed=float(values[self._ends].sum()),
            worth=dict(zip(self.agents, worth.tolist(), strict=False)),
            shares={agent: values[mine] for agent, mine in self.columns.items()},
        )


def _stretches(heads: HeadRows, open_days: BoolArray | None) -> tuple[dict[int, int], list[_Stretch], float]:
    """The first bend of every cell that has any, the stretches between bends, and what first bends cost."""
    bends: dict[int, list[tuple[int, float, bool]]] = {}
    for cell, at, price, over in zip(*heads.bends, strict=True):
        if open_days is not None and not open_days[cell % heads.days]:
            continue
        bends.setdefault(int(cell), []).append((int(at), float(price), bool(over)))
    begin, stretches, offset = {}, [], 0.0
    for cell, mine in bends.items():
        places = sorted({at for at, _, _ in mine})
        begin[cell] = first = places[0]
        offset += sum(price * (at - first) for at, price, over in mine if not over)
        below = sum(price for _, price, over in mine if not over)
        stretches.append(_Stretch(cell, np.inf, below, down=True))
        for place, then in zip(places, [*places[1:], np.inf], strict=True):
            slope = sum(price for at, price, over in mine if over and at <= place)
            slope -= sum(price for at, price, over in mine if not over and at > place)
            stretches.append(_Stretch(cell, float(then - place), slope, down=False))
    return begin, stretches, offset
