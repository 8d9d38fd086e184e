"""Diving with restarts, for headcount problems that are small: dives over everybody and all days.

Where people are asked for by the shift and day, a week is a handful of numbers, and a restricted master over
whole weeks is small. A first dive fixes everybody's week; those after it fix a random share of the agents to
their weeks in the incumbent and dive over the rest (fix and optimise, in a chain that restarts once it stops
improving). Few agents are also chosen all together by :mod:`~scheduler.engine.columns.set_partitioning`. For
larger problems there is :mod:`~scheduler.engine.columns.neighbourhoods`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.column_pool import PooledWeek, WeekPool
from scheduler.engine.columns.diving import Dive
from scheduler.engine.columns.restricted_master import Fractions, Master
from scheduler.engine.columns.set_partitioning import Partition
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.roster_arrays import Cost, Offer, OptionTable
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.run.watch import Watch


@dataclass(frozen=True)
class RestartPolicy:
    """Parameters of the chains of dives."""

    root_weeks: int = 4
    """Weeks of every agent with which the root programme begins. Fewer take more pricing calls, more make the
    first programme larger."""
    first_weeks: int = 30
    """Weeks of every agent with which a dive begins. Fewer take more pricing calls, more make each programme
    larger."""
    kept_weeks: int = 40
    """Weeks of every agent that are kept from the root programme: with them a dive on nrp24 10 took 14 s
    instead of 60 s, together with faster hand-over to the solver."""
    at_once: tuple[float, ...] = (0.0, 0.0, 0.1, 0.2)
    """Where no week is clear, a dive fixes this fraction of the free agents, but one at least; each dive
    draws one of these. Trying several and fixing what costs least took longer and ended worse (nrp24 8)."""
    many_rows: int = 250
    """The first dive fixes many at once only where its programme has more rows, and is slow. Lower makes
    small problems less exact, higher slows large ones."""
    most_rows: int = 700
    """Agents and cells of a programme with which dives come to an end: fractions of 120 agents took
    minutes."""
    most_agent_days: int = 2000
    """Agents times days for which pricing calls are fast enough: on nrp24 15, with twice as many as on 8, two
    workers over everybody came to 4,041 in 300 s, with one on neighbourhoods to 3,949 in 80 s."""
    keep_shares: tuple[float, float] = (0.2, 0.7)
    """Least and largest share of the agents that keep their weeks. Few kept: a free dive that takes long;
    many kept: little can change. Drawn anew each time."""
    keep_noise: tuple[float, float] = (0.2, 1.0)
    """Range of the random factor on what an agent's week loses, by which those who keep theirs are drawn.
    Less repeats the same choice, more ignores what weeks lose."""
    keep_floor_fraction: float = 0.1
    """Fraction of the mean loss that is added to each, so that weeks that lose nothing differ too. Larger
    makes the draw more even."""
    patience: int = 15
    """Dives in a row that may fail to improve a chain. On nrp24 7 one of 27 such chains came to the best
    known 1,056; given up after five dives, none of 51 did."""
    far_patience: int = 3
    """The same where the chain is far behind the best roster. Fewer than elsewhere, as more has to be won to
    be of use."""
    most_fruitless_dives: int = 3
    """Fresh dives without a roster after which diving is given up. More try longer on problems on which
    diving finds no legal roster."""
    far_fraction: float = 0.01
    """Excess over the best roster from which a chain is far behind. Lower gives up chains that could have
    caught up, higher keeps hopeless ones."""


@dataclass(frozen=True)
class PartitionPolicy:
    """Parameters of choosing the weeks of all agents together.

    From 8,000 weeks that finds the best known value of nrp24 4, 5 and 7 (20 agents at most), and nothing on 8
    (30 agents) in 30 s.
    """

    most_agents: int = 25
    """Agents of a problem for which it is done at all."""
    weeks_per_agent: int = 500
    """Weeks of each agent that are generated. More hold more good rosters and make the set partitioning
    slower."""
    most_weeks: int = 8000
    """Weeks of all agents that are chosen from."""
    seconds: float = 15.0
    """Time of the first try; the n-th takes n times as long."""
    most_factor: int = 4
    """So many times as long at most. It keeps one try from taking all of the time."""
    nodes: int = 50
    """Nodes of the search tree where the search is counted. It only sets how much a counted search does."""
    time_share: float = 0.25
    """Share of the search's time: on nrp24 7, where only chains of dives come to the best known value, it was
    three quarters of five minutes."""
    remaining_share: float = 0.9
    """Share of the remaining time that a try may take, so that its roster is still offered. More may be lost
    when the try ends too late, less ends tries that would have succeeded."""
    least_seconds: float = 0.1
    """A time limit for the solver is never shorter. Below it the solver does not get beyond its own
    set-up."""


POLICY, PARTITION = RestartPolicy(), PartitionPolicy()


def is_headcount_problem(instance: Instance) -> bool:
    """Whether it is a headcount problem: all that is asked for are heads by shift and day, without breaks."""
    only_heads = bool(instance.heads.rows) and not instance.staffing.breakpoints and not instance.struct.caps
    return only_heads and not any(map(len, instance.layouts.taken))


def is_small(instance: Instance) -> bool:
    """Whether a dive over all agents and days comes to an end soon."""
    agents, rows = instance.agents, instance.agents + len(np.unique(instance.heads.breakpoint_arrays[0]))
    return rows <= POLICY.most_rows and agents * instance.problem.grid.days <= POLICY.most_agent_days


@dataclass(eq=False)
class FullDives:
    """Dives over everybody and all days, one after another, with what they learn.

    Parameters
    ----------
    prices
        The best known; each dive begins with the k best weeks there.
    over
        Whether to stop at once.
    watch
        Knows the best roster, and how much time is left.
    interrupter
        Ends a programme that is being solved.
    taken
        Dives so far.
    root
        The root programme solved, before anybody is fixed.
    """

    lagrangian: Lagrangian
    seed: int
    prices: Float64Array
    over: Callable[[], bool]
    watch: Watch
    interrupter: SolveInterrupter | None = None
    taken: int = 0
    root: Fractions | None = None
    _chain: OptionTable | None = None
    _chain_cost: int = 0
    _failures: int = 0
    _fruitless: int = 0
    _tries: int = 0
    _seconds_choosing: float = 0.0
    _base: list[PooledWeek] = field(default_factory=list)
    _dive: Dive = field(init=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)

    @property
    def in_vain(self) -> bool:
        """Whether fresh dives do not come to a roster."""
        return self._fruitless >= POLICY.most_fruitless_dives

    @property
    def proof(self) -> Float64Array | None:
        """Prices of the root programme, or better ones; ``None`` until it is solved."""
        return None if self.root is None else self.prices

    def dive(
        self, best: OptionTable | None, keep_share: float, below_cost: float = np.inf
    ) -> OptionTable | None:
        """One dive: a roster of options, shape (agents, days), or ``None``.

        Parameters
        ----------
        best
            A roster whose weeks are columns from the start.
        keep_share
            The share of the agents that are fixed to their weeks of it from the start.
        below_cost
            Rosters that cost as much, in sixtieths of a cent, are not worth the dive.
        """
        self.taken += 1
        if self.root is None:
            self.begin(POLICY.root_weeks)
            self.root = self._dive.generated()
            if self.root is None:
                return None
            self.learn(self.root.prices)
            self.remember(self.root)
        dive = self.begin(POLICY.first_weeks, best)
        if best is not None:
            for agent in self.kept(best, keep_share):
                number = dive.pool.number_of(agent, best[agent])
                if number is not None:
                    dive.settle([(agent, number)])
        at_once = float(self._rng.choice(POLICY.at_once))
        if self.taken == 1:
            is_slow = dive.master.programme.rows > POLICY.many_rows
            at_once = POLICY.at_once[-1] if is_slow else POLICY.at_once[0]
        found = dive.down(below_cost, at_once, self.record_root)
        return None if found is None else self.roster(found)

    def record_root(self, fractions: Fractions) -> None:
        """Take note of the fractions of a dive before anybody is fixed: their prices may be better."""
        self.root = fractions
        self.learn(fractions.prices)

    def begin(self, weeks: int, *rosters: OptionTable | None) -> Dive:
        """A dive that begins with ``weeks`` best weeks of each agent and those of good rosters as columns.

        It begins in a box around the best known prices: a first programme whose prices may lie anywhere takes
        those of penalties, and with heads at 1,000 that are worth 2, forty pricing calls did not bring them
        back.
        """
        instance = self.lagrangian.instance
        pool = WeekPool(self.lagrangian)
        pool.add_k_best(self.prices, weeks)
        for week in self._base:
            pool.take(week)
        for roster in (*rosters, None if self.watch.best is None else self.watch.best.option):
            if roster is not None:
                pool.add_roster(roster)
        master = Master(instance.heads, self.lagrangian.shape, pool.agents, interrupter=self.interrupter)
        for mine in pool.weeks:
            for week in mine:
                master.add(week)
        unit = scale_of_heads(self.lagrangian.instance, self.prices)
        self._dive = Dive(pool, master, self._rng, self.over, unit)
        self._dive.enlarge(master.within(self.prices))
        return self._dive

    def remember(self, fractions: Fractions) -> None:
        """Keep the weeks of least reduced cost: with them the next programme begins where this one ended."""
        heads = self.lagrangian.shape.headcounts(fractions.prices).reshape(-1)
        self._base = []
        for mine in self._dive.pool.weeks:
            reduced = np.array([fractions.reduced_cost(week, heads) for week in mine])
            self._base += [mine[number] for number in np.argsort(reduced)[: POLICY.kept_weeks]]

    def run(
        self,
        worker: RosterState,
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
                self.record(option, cost)
                offer(cost, worker.snapshot)
            if once:
                return

    def next_dive(self) -> OptionTable | None:
        """A fresh dive, or one that keeps a share of the chain's roster while that still helps."""
        best, cost = self.watch.best, self.watch.cost
        is_far = cost is not None and self._chain_cost - cost > POLICY.far_fraction * cost
        patience = POLICY.far_patience if is_far else POLICY.patience
        if self._chain is None or self._failures >= patience:
            in_turn = self._failures >= POLICY.patience and self.is_time_for_all
            self._chain, self._failures = None, 0
            if in_turn and best is not None:
                return self.all_together(best.option)
            return self.dive(None, 0.0)
        self._failures += 1
        as_good = self._chain_cost + self.watch.granularity
        return self.dive(self._chain, float(self._rng.uniform(*POLICY.keep_shares)), as_good)

    def record(self, option: OptionTable, cost: Cost) -> None:
        """Let a roster become the chain's incumbent if it is as good as that.

        Of equally good ones it is the newest: else all dives would be neighbours of the first that was found.
        """
        value = cost.total + cost.short
        if cost.excess == 0 and (self._chain is None or value <= self._chain_cost):
            if self._chain is None or value < self._chain_cost:
                self._failures = 0
            self._chain, self._chain_cost = option, value

    @property
    def is_time_for_all(self) -> bool:
        """Whether agents are few enough to choose all their weeks together, and it is due."""
        seconds, taken = self._all_seconds(), self._seconds_choosing
        is_due = taken + seconds <= PARTITION.time_share * (self.watch.elapsed + seconds)
        is_few = self.lagrangian.instance.agents <= PARTITION.most_agents
        return is_few and (is_due or not self.watch.is_timed)

    def _all_seconds(self) -> float:
        """How long the next choice of all together may take."""
        return PARTITION.seconds * min(self._tries + 1, PARTITION.most_factor)

    def learn(self, prices: Float64Array) -> None:
        """Begin dives with the best weeks at these prices, if they prove more than those so far."""
        here, there = (self.lagrangian.at(p, with_subgradient=False).bound for p in (self.prices, prices))
        if there > here:
            self.prices = prices

    def kept(self, best: OptionTable, keep_share: float) -> list[int]:
        """Agents that keep their weeks: mostly those whose weeks lose little at the best prices."""
        heads, pool = self.lagrangian.shape.headcounts(self.prices).reshape(-1), self._dive.pool
        lost = np.zeros(len(best))
        for agent, near in pool.k_best(self.prices, 1, pool.agents):
            values = []
            for options in (best[agent], near.weeks[0]):
                pool.add(agent, options)
                number = pool.number_of(agent, options)
                if number is not None:
                    values.append(pool.weeks[agent][number].cost_less_worth(heads))
            lost[agent] = values[0] - values[-1] if values else 0.0
        noise = self._rng.uniform(*POLICY.keep_noise, len(best))
        order = np.argsort((lost + POLICY.keep_floor_fraction * max(1.0, float(lost.mean()))) * noise)
        return [int(agent) for agent in order[: round(keep_share * len(best))]]

    def all_together(self, known: OptionTable) -> OptionTable | None:
        """Choose everybody's week at once: set partitioning over a roster's weeks and those that lose least.

        Where agents are few, it finds what fixing one after another does not. A week that loses more than
        lies between the bound and the next better cost is part of no better roster (reduced cost fixing).
        """
        pool, rows = WeekPool(self.lagrangian), self.lagrangian.instance.heads
        pool.add_roster(known)
        if any(not mine for mine in pool.weeks):
            return None
        kept = {agent: mine[0] for agent, mine in enumerate(pool.weeks)}
        bound = self.lagrangian.at(self.prices, with_subgradient=False).bound
        within = Partition(rows, {}).cost_of(kept) - self.watch.granularity - bound
        pool.add_k_best(self.prices, PARTITION.weeks_per_agent, within)
        heads = self.lagrangian.shape.headcounts(self.prices).reshape(-1)
        few = least_lost(pool.weeks, heads, PARTITION.most_weeks)
        for agent, week in kept.items():
            if not any(other is week for other in few[agent]):
                few[agent].append(week)
        began, settings = self.watch.elapsed, self.settings(self._all_seconds(), PARTITION.nodes)
        interrupter = SolveInterrupter()
        with self.watch.ending(interrupter.interrupt):
            picked = Partition(rows, few).choose(settings, kept, interrupter)
        self._tries += 1
        self._seconds_choosing += self.watch.elapsed - began
        return None if picked is None else self.roster(picked)

    def settings(self, seconds: float, nodes: int) -> mathopt.SolveParameters:
        """The limit of the solver: by the clock, or counted where the search is."""
        if not self.watch.is_timed:
            return mathopt.SolveParameters(node_limit=nodes)
        left = max(PARTITION.least_seconds, PARTITION.remaining_share * self.watch.remaining)
        return mathopt.SolveParameters(time_limit=timedelta(seconds=min(seconds, left)))

    def roster(self, picked: dict[int, PooledWeek]) -> OptionTable:
        """Chosen weeks as one array."""
        return np.stack([picked[agent].options for agent in range(len(picked))])


def least_lost(
    weeks: list[list[PooledWeek]], heads: Float64Array, most_weeks: int
) -> dict[int, list[PooledWeek]]:
    """The ``most_weeks`` weeks, over all agents, of least loss against the agent's best at these prices."""
    costs = [np.array([week.cost_less_worth(heads) for week in mine]) for mine in weeks]
    lost = [mine - mine.min() for mine in costs]
    every = np.concatenate(lost)
    bar = np.partition(every, most_weeks)[most_weeks] if len(every) > most_weeks else np.inf
    return {
        agent: [week for week, less in zip(mine, lost[agent], strict=True) if less <= bar]
        for agent, mine in enumerate(weeks)
    }
