"""Who dives beside the annealing, each with dives of its own, all with one best roster.

A worker dives for as long as that comes to rosters. Who anneals and ends behind those that dive joins them.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.automata.fixed_days import Narrow
from scheduler.engine.automata.size_budget import FOR_DIVES
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.diving_restarts import Dives, is_for_dives, is_small
from scheduler.engine.columns.lns_incumbent import Standing
from scheduler.engine.columns.neighbourhoods import PartDives
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.price_vector import Reals
from scheduler.engine.instance.roster_arrays import Offer
from scheduler.engine.local_search.roster_state import Worker
from scheduler.engine.run.side_task import SideTask
from scheduler.engine.run.watch import Keeper, Watch

ALL_WHOLE = 1000
"""Agents times days up to which all dives are over everything; beyond that only those of the first diver."""


@dataclass(eq=False)
class Divers:
    """Workers that dive, and the dives of each.

    Parameters
    ----------
    over
        Whether dives must stop at once.
    pool
        Threads to dive in.
    """

    lagrangian: Lagrangian
    watch: Watch
    over: Callable[[], bool]
    pool: ThreadPoolExecutor
    dives: list[Dives | PartDives] = field(default_factory=list)
    _standing: Standing | None = None
    _told: list[Reals] = field(default_factory=list)
    _under_way: list[tuple[Worker, Future[None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        tables = self.lagrangian.tables
        self.are_asked = is_for_dives(tables)
        self.are_whole = self.are_asked and is_small(tables)
        plans = self.lagrangian.plans
        is_fuller_asked = self.are_whole and bool(plans.left_out)
        self._found = Keeper(self.watch.offer)
        self._plans = SideTask(lambda: Plans.of(tables, FOR_DIVES) if is_fuller_asked else plans)

    @property
    def in_vain(self) -> bool:
        """Whether somebody dived and came to no roster."""
        return any(one.in_vain for one in self.dives)

    @property
    def are_of_use(self) -> bool:
        """Whether dives are asked for and come to rosters, as far as is known."""
        return self.are_asked and not self.in_vain

    @property
    def at_work(self) -> int:
        """How many dive now."""
        return len(self._under_way)

    def are_ahead_of(self, cost: float) -> bool:
        """Whether one more diver is likely to win more than a worker who anneals and came to such a cost.

        Dives into parts go on from the best roster, whoever found it. Those over everything do not, and
        where none of them has come to a cheaper roster yet, annealing is what finds rosters there.
        """
        if self._is_next_of_parts:
            return self.watch.cost is not None and self.watch.cost < cost
        return self._found.cost is not None and self._found.cost.total < cost

    def send(self, worker: Worker, prices: Reals) -> None:
        """Let a worker dive from now on."""
        dives = self._new(worker, prices)
        run = partial(dives.run, worker, self._found.offer, once=False)
        self._under_way.append((worker, self.pool.submit(run)))

    def dive_once(self, worker: Worker, prices: Reals, offer: Offer) -> Future[None]:
        """One dive of a search in which workers take turns."""
        dives = self.dives[0] if self.dives else self._new(worker, prices)
        return self.pool.submit(partial(dives.run, worker, offer, once=True))

    @property
    def _is_next_of_parts(self) -> bool:
        tables = self.lagrangian.tables
        is_large = len(tables.held) * tables.problem.grid.days > ALL_WHOLE
        return not self.are_whole or (bool(self.dives) and is_large)

    def _new(self, worker: Worker, prices: Reals) -> Dives | PartDives:
        tables = self.lagrangian.tables
        seed = int(worker.rng.integers(1 << 31))
        dives: Dives | PartDives
        # each has a Lagrangian of its own, as a worker has
        if not self._is_next_of_parts:
            dives = Dives(Lagrangian(tables, self._plans.wait()), seed, prices, self.over, self.watch)
        else:
            plans = self.lagrangian.plans
            if self._standing is None:
                self._standing = Standing(Narrow(tables, plans), self.watch, scale_of_heads(tables, prices))
            dives = PartDives(Lagrangian(tables, plans), seed, prices, self.over, self._standing)
        self.dives.append(dives)
        return dives

    def back(self) -> list[Worker]:
        """Workers who do not dive any more."""
        back = [(worker, future) for worker, future in self._under_way if future.done()]
        self._under_way = [one for one in self._under_way if one not in back]
        for _, future in back:
            future.result()
        return [worker for worker, _ in back]

    def learnt(self) -> Iterator[tuple[Reals, bool]]:
        """Prices that were found since they were asked for last, and whether they are the best there are."""
        for one in self.dives:
            prices = one.proof
            if prices is not None and not any(prices is told for told in self._told):
                self._told.append(prices)
                yield prices, isinstance(one, Dives)

    def wait(self) -> None:
        """Until nobody dives."""
        pending = {future for _, future in self._under_way}
        while pending:
            done, pending = wait(pending, timeout=0.1)
            for future in done:
                future.result()
            self.watch.tell("searching")
