"""The column pool: for every agent, weeks that are worth choosing from, each with its cost.

Columns come from two sources: the k best weeks at prices near the best, and the weeks that agents have in
good rosters. Which of them fit together best is for :mod:`~scheduler.engine.columns.restricted_master` (in
fractions) and :mod:`~scheduler.engine.columns.set_partitioning` (in whole numbers) to say.
"""

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.automata.fixed_days import FixedDaysAutomaton
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.pricing import RankedWeeks, Weeks
from scheduler.engine.instance.roster_arrays import OptionTable, Week
from scheduler.engine.kernel.arrays import Float64Array, Int64Array
from scheduler.engine.kernel.bindings import exports


@dataclass(frozen=True, eq=False)
class PooledWeek:
    """A column: one agent's options over the horizon.

    Parameters
    ----------
    cost
        Wages and priced rules of the agent, in sixtieths of a cent.
    counts
        Where the agent counts: numbers of the cells (headcount row, day), row after row.
    """

    agent: int
    options: Week
    cost: int
    counts: Int64Array

    def cost_less_worth(self, heads: Float64Array) -> float:
        """Its reduced cost without the agent's own price: cost less worth, at prices of heads by cell."""
        return float(self.cost - heads[self.counts].sum())


@dataclass(eq=False)
class WeekPool:
    """Weeks of agents, none twice.

    Parameters
    ----------
    agents
        Whose weeks are asked for; all of them where nothing is said.
    fixed
        For each of those agents the automaton of its days that are not fixed; the k best weeks keep to it.
    """

    lagrangian: Lagrangian
    agents: Sequence[int] = ()
    fixed: Mapping[int, FixedDaysAutomaton] | None = None
    weeks: list[list[PooledWeek]] = field(init=False)

    def __post_init__(self) -> None:
        instance = self.lagrangian.instance
        self.agents = self.agents or range(instance.agents)
        self.weeks = [[] for _ in range(instance.agents)]
        self._known: list[dict[bytes, int]] = [{} for _ in range(instance.agents)]
        self._cells = np.zeros(instance.heads.rows * instance.problem.grid.days, np.int64)

    @property
    def size(self) -> int:
        """Weeks of all agents together."""
        return sum(map(len, self.weeks))

    def add(self, agent: int, options: Week) -> bool:
        """Add a week unless it is there already or breaks a hard limit; returns whether it was added."""
        key = options.tobytes()
        if key in self._known[agent]:
            return False
        broken = ctypes.c_double(0.0)
        model = ctypes.byref(self.lagrangian.model)
        kept = np.ascontiguousarray(options, dtype=np.int32).copy()
        cost = exports().own_cost(model, agent, kept.ctypes.data, ctypes.byref(broken))
        if broken.value > 0:
            return False
        if self.fixed is not None:
            cost += self.fixed[agent].charged(kept)
        return self.take(PooledWeek(agent, kept, round(cost), self.cells(agent, kept)))

    def take(self, week: PooledWeek) -> bool:
        """Add a week of another pool unless it is there already; returns whether it was added."""
        known, mine = self._known[week.agent], self.weeks[week.agent]
        new = known.setdefault(week.options.tobytes(), len(mine)) == len(mine)
        if new:
            mine.append(week)
        return new

    def number_of(self, agent: int, options: Week) -> int | None:
        """Number of these options among the agent's weeks; ``None`` where they are not there."""
        return self._known[agent].get(np.ascontiguousarray(options, dtype=np.int32).tobytes())

    def cells(self, agent: int, options: Week) -> Int64Array:
        """Where the agent counts with these options: numbers of cells."""
        week = np.ascontiguousarray(options, dtype=np.int32)
        model = ctypes.byref(self.lagrangian.model)
        count = exports().counted(model, agent, week.ctypes.data, self._cells.ctypes.data)
        return self._cells[:count].copy()

    def k_best(
        self, prices: Float64Array, most_weeks: int, agents: Sequence[int], slack: float = np.inf
    ) -> list[tuple[int, RankedWeeks]]:
        """The k best weeks of each of these agents at some prices, best first.

        Parameters
        ----------
        most_weeks
            How many of each agent.
        slack
            How much less than the agent's best week they may net.
        """
        class_of = self.lagrangian.class_of
        if self.fixed is not None:
            asked, fixed = [class_of[agent] for agent in agents], [self.fixed[agent] for agent in agents]
            near = self.lagrangian.k_best_weeks(prices, most_weeks, slack, asked, fixed)
            return list(zip(agents, near, strict=True))
        classes = sorted({class_of[agent] for agent in agents})
        found = dict(
            zip(classes, self.lagrangian.k_best_weeks(prices, most_weeks, slack, classes), strict=True)
        )
        return [(agent, found[class_of[agent]]) for agent in agents]

    def add_all(self, agent: int, weeks: Weeks) -> list[PooledWeek]:
        """Add weeks of an agent; returns the new ones."""
        return [self.weeks[agent][-1] for week in weeks if self.add(agent, week)]

    def add_k_best(self, prices: Float64Array, most_weeks: int, slack: float = np.inf) -> list[PooledWeek]:
        """Add the k best weeks of every agent of the pool, see :meth:`k_best`; returns the new ones."""
        found = self.k_best(prices, most_weeks, self.agents, slack)
        return [week for agent, near in found for week in self.add_all(agent, near.weeks)]

    def add_roster(self, option: OptionTable) -> int:
        """Add every agent's week of a roster, shape (agents, days); returns how many are new."""
        return sum(self.add(agent, option[agent]) for agent in self.agents)
