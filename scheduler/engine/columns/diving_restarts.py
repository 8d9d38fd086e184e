"""Rosters of small wards from column generation: dives over everybody and all days, one after another.

Where people are asked for by the shift and day, what an agent works is a handful of numbers, and a programme
over whole weeks is small. A first dive settles everybody's week; those after it keep part of the roster that
they go on from and settle the rest anew. What is too large for that:
:mod:`scheduler.engine.columns.neighbourhoods`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.engine.arrays import Float64Array, Int32Array
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.column_pool import PooledWeek, WeekPool
from scheduler.engine.columns.diving import Descent
from scheduler.engine.columns.restricted_master import Fractions, Master
from scheduler.engine.columns.set_partitioning import Partition
from scheduler.engine.instance.instance import Tables
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.roster_arrays import Cost, Offer
from scheduler.engine.local_search.roster_state import Worker
from scheduler.engine.run.watch import Watch

Roster = Int32Array
ROOT_WEEKS, FIRST_WEEKS = 4, 30
"""Weeks of every agent that the first programme and a dive begin with."""
BASE_WEEKS = 40
"""Weeks of every agent that are kept from the first programme."""
AT_ONCE = (0.0, 0.0, 0.1, 0.2)
"""Where no week is clear, the clearest of so many agents are settled, as a part of them, but one at least; a
dive draws one of these. To try some and settle what costs least took longer and ended worse."""
MANY_ROWS = 250
"""The first dive settles many at once only where its programme has more rows, and is slow."""
FEW_AGENTS, EVERY_WEEKS, ALL_TOGETHER = 25, 500, 8000
"""Of so many agents at most all are chosen together, from so many weeks of each and of all."""
ALL_SECONDS, ALL_NODES = 15.0, 50
"""Time of that, longer with every try, and branches."""
MOST_OF_TIME = 0.25
"""Part of the time that may go into choosing all together: on nrp24 7, where only chains of dives come to the
best known value, it was three quarters of five minutes."""
MOST_ROWS = 700
"""Agents and cells of a programme that is solved quickly enough for dives to come to an end."""
MOST_AGENT_DAYS = 2000
"""Agents times days for which best weeks are found quickly enough."""
KEEP = (0.2, 0.7)
"""Least and largest part of the agents who keep their weeks from one dive to the next."""
PATIENCE, IMPATIENCE, MOST_FRUITLESS = 15, 3, 3
"""Dives that may fail to better a roster before a fresh one begins, fewer where it is far from the best one,
and fresh ones that may find none."""
FAR = 0.01
"""Part of its cost by which a roster is far from the best."""


def is_for_dives(tables: Tables) -> bool:
    """Whether all that is asked for are heads by shift and day, without breaks."""
    only_heads = bool(tables.heads.rows) and not tables.staffing.pieces and not tables.struct.caps
    return only_heads and not any(map(len, tables.layouts.taken))


def is_small(tables: Tables) -> bool:
    """Whether a dive over all agents and days comes to an end soon."""
    agents, rows = len(tables.held), len(tables.held) + len(np.unique(tables.heads.bends[0]))
    return rows <= MOST_ROWS and agents * tables.problem.grid.days <= MOST_AGENT_DAYS


@dataclass(eq=False)
class Dives:
    """Dives one after another, with what they learn.

    Parameters
    ----------
    prices
        The best known; each dive looks for its first weeks there.
    over
        Whether to stop at once.
    watch
        Knows the best roster, and how much time is left.
    """

    lagrangian: Lagrangian
    seed: int
    prices: Float64Array
    over: Callable[[], bool]
    watch: Watch
    taken: int = 0
    root: Fractions | None = None
    _chain: Roster | None = None
    _chain_cost: int = 0
    _failures: int = 0
    _fruitless: int = 0
    _tries: int = 0
    _seconds_choosing: float = 0.0
    _base: list[PooledWeek] = field(default_factory=list)
    _descent: Descent = field(init=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)

    @property
    def in_vain(self) -> bool:
        """Whether fresh dives do not come to a roster."""
        return self._fruitless >= MOST_FRUITLESS

    @property
    def proof(self) -> Float64Array | None:
        """Prices of the first programme, or better ones; ``None`` until it is solved."""
        return None if self.root is None else self.prices

    def dive(self, best: Roster | None, keep: float, below: float = np.inf) -> Roster | None:
        """One dive: a roster of options, shape (agents, days), or ``None``.

        Parameters
        ----------
        best
            A roster whose weeks are at hand.
        keep
            The part of the agents that have their weeks of it from the start.
        below
            Rosters that cost as much are not worth the dive.
        """
        self.taken += 1
        if self.root is None:
            self.begin(ROOT_WEEKS)
            self.root = self._descent.looked()
            if self.root is None:
                return None
            self.learn(self.root.prices)
            self.remember(self.root)
        descent = self.begin(FIRST_WEEKS, best)
        if best is not None:
            for agent in self.kept(best, keep):
                number = descent.pool.number_of(agent, best[agent])
                if number is not None:
                    descent.settle([(agent, number)])
        at_once = float(self._rng.choice(AT_ONCE))
        if self.taken == 1:
            at_once = AT_ONCE[-1] if descent.master.programme.rows > MANY_ROWS else AT_ONCE[0]
        found = descent.down(below, at_once, self.heed_root)
        return None if found is None else self.roster(found)

    def heed_root(self, fractions: Fractions) -> None:
        """Fractions while nobody is settled may have better prices."""
        self.root = fractions
        self.learn(fractions.prices)

    def begin(self, weeks: int, *rosters: Roster | None) -> Descent:
        """A programme of so many of everybody's best weeks, and those of rosters and of the best one.

        It begins near the best known prices: a first programme whose prices may lie anywhere takes those of
        penalties, and with heads at 1,000 that are worth 2 it took forty looks to come back from them.
        """
        tables = self.lagrangian.tables
        pool = WeekPool(self.lagrangian)
        pool.add_k_best(self.prices, weeks)
        for week in self._base:
            pool.take(week)
        for roster in (*rosters, None if self.watch.best is None else self.watch.best.option):
            if roster is not None:
                pool.add_roster(roster)
        master = Master(tables.heads, self.lagrangian.shape, pool.agents)
        for mine in pool.weeks:
            for week in mine:
                master.add(week)
        unit = scale_of_heads(self.lagrangian.tables, self.prices)
        self._descent = Descent(pool, master, self._rng, self.over, unit)
        self._descent.enlarge(master.within(self.prices))
        return self._descent

    def remember(self, fractions: Fractions) -> None:
        """Keep the weeks that lose little: with them the next programme is where this one came to."""
        heads = self.lagrangian.shape.headcounts(fractions.prices).reshape(-1)
        self._base = []
        for mine in self._descent.pool.weeks:
            lost = np.array([fractions.lost(week, heads) for week in mine])
            self._base += [mine[number] for number in np.argsort(lost)[:BASE_WEEKS]]

    def run(
        self,
        worker: Worker,
        offer: Offer,
        *,
        once: bool,
    ) -> None:
        """Dive once, or until it is over or seems to be in vain.

        Parameters
        ----------
        worker
            Counts what a roster costs.
        offer
            Takes the worker's cost and a way to its snapshot.
        """
        while not self.over() and not self.in_vain:
            option = self.next_dive()
            if option is None and self._chain is None:
                self._fruitless += 1
            if option is not None:
                self._fruitless = 0
                cost = worker.take(option, self.prices)
                self.heed(option, cost)
                offer(cost, worker.snapshot)
            if once:
                return

    def next_dive(self) -> Roster | None:
        """A fresh dive, or one that keeps part of the roster of the one before while that still helps."""
        best, cost = self.watch.best, self.watch.cost
        is_far = cost is not None and self._chain_cost - cost > FAR * cost
        patience = IMPATIENCE if is_far else PATIENCE
        if self._chain is None or self._failures >= patience:
            in_turn = self._failures >= PATIENCE and self.is_time_for_all
            self._chain, self._failures = None, 0
            if in_turn and best is not None:
                return self.all_together(best.option)
            return self.dive(None, 0.0)
        self._failures += 1
        as_good = self._chain_cost + self.watch.step
        return self.dive(self._chain, float(self._rng.uniform(*KEEP)), as_good)

    def heed(self, option: Roster, cost: Cost) -> None:
        """Go on from a roster if there is none as good since the last fresh dive.

        Of equally good ones the newest: else dives would only ever look around the first that was found.
        """
        value = cost.total + cost.short
        if cost.excess == 0 and (self._chain is None or value <= self._chain_cost):
            if self._chain is None or value < self._chain_cost:
                self._failures = 0
            self._chain, self._chain_cost = option, value

    @property
    def is_time_for_all(self) -> bool:
        """Whether agents are few enough to choose all their weeks together, and dives have had their part."""
        seconds, taken = self._all_seconds(), self._seconds_choosing
        is_due = taken + seconds <= MOST_OF_TIME * (self.watch.elapsed + seconds)
        return len(self.lagrangian.tables.held) <= FEW_AGENTS and (is_due or not self.watch.is_timed)

    def _all_seconds(self) -> float:
        """How long the next choice of all together may take."""
        return ALL_SECONDS * min(self._tries + 1, 4)

    def learn(self, prices: Float64Array) -> None:
        """Look for first weeks at these prices from now on, if they prove more than those so far."""
        here, there = (self.lagrangian.at(p, with_subgradient=False).bound for p in (self.prices, prices))
        if there > here:
            self.prices = prices

    def kept(self, best: Roster, keep: float) -> list[int]:
        """Agents who keep their weeks: mostly those whose weeks are near the best ones at the best prices."""
        heads, pool = self.lagrangian.shape.headcounts(self.prices).reshape(-1), self._descent.pool
        lost = np.zeros(len(best))
        for agent, near in pool.k_best(self.prices, 1, pool.agents):
            values = []
            for options in (best[agent], near.weeks[0]):
                pool.add(agent, options)
                number = pool.number_of(agent, options)
                if number is not None:
                    values.append(pool.weeks[agent][number].less_worth(heads))
            lost[agent] = values[0] - values[-1] if values else 0.0
        noise = self._rng.uniform(0.2, 1.0, len(best))
        order = np.argsort((lost + 0.1 * max(1.0, float(lost.mean()))) * noise)
        return [int(agent) for agent in order[: round(keep * len(best))]]

    def all_together(self, known: Roster) -> Roster | None:
        """Everybody's week at once, of those that lose least at the best prices and those of a roster.

        Where few agents are asked for, this finds what settling one after another does not. A week that loses
        more than lies between the bound and the next better cost is part of no better roster.
        """
        pool, rows = WeekPool(self.lagrangian), self.lagrangian.tables.heads
        pool.add_roster(known)
        if any(not mine for mine in pool.weeks):
            return None
        kept = {agent: mine[0] for agent, mine in enumerate(pool.weeks)}
        bound = self.lagrangian.at(self.prices, with_subgradient=False).bound
        pool.add_k_best(self.prices, EVERY_WEEKS, Partition(rows, {}).cost_of(kept) - self.watch.step - bound)
        heads = self.lagrangian.shape.headcounts(self.prices).reshape(-1)
        few = least_lost(pool.weeks, heads, ALL_TOGETHER)
        for agent, week in kept.items():
            if not any(other is week for other in few[agent]):
                few[agent].append(week)
        began, settings = self.watch.elapsed, self.settings(self._all_seconds(), ALL_NODES)
        interrupter = SolveInterrupter()
        with self.watch.ending(interrupter.interrupt):
            picked = Partition(rows, few).choose(settings, kept, interrupter)
        self._tries += 1
        self._seconds_choosing += self.watch.elapsed - began
        return None if picked is None else self.roster(picked)

    def settings(self, seconds: float, nodes: int) -> mathopt.SolveParameters:
        """How long weeks are chosen together: by the clock, or counted where the search is."""
        if not self.watch.is_timed:
            return mathopt.SolveParameters(node_limit=nodes)
        return mathopt.SolveParameters(
            time_limit=timedelta(seconds=min(seconds, max(0.1, 0.9 * self.watch.remaining)))
        )

    def roster(self, picked: dict[int, PooledWeek]) -> Roster:
        """Chosen weeks as one array."""
        return np.stack([picked[agent].options for agent in range(len(picked))])


def least_lost(weeks: list[list[PooledWeek]], heads: Float64Array, most: int) -> dict[int, list[PooledWeek]]:
    """So many weeks of all agents, those that lose least against their agent's best at prices of heads."""
    costs = [np.array([week.less_worth(heads) for week in mine]) for mine in weeks]
    lost = [mine - mine.min() for mine in costs]
    every = np.concatenate(lost)
    bar = np.partition(every, most)[most] if len(every) > most else np.inf
    return {
        agent: [week for week, less in zip(mine, lost[agent], strict=True) if less <= bar]
        for agent, mine in enumerate(weeks)
    }
