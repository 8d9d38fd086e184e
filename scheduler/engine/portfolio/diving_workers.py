"""Diving workers beside the annealing ones: each has dives of its own, all share one incumbent.

Dives are those of :mod:`~scheduler.engine.columns.diving_restarts` or of
:mod:`~scheduler.engine.columns.neighbourhoods`. A worker dives as long as its dives find rosters. An
annealing worker whose roster costs more than theirs joins them.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.fixed_days import FixedDaysBuilder
from scheduler.engine.automata.size_budget import FOR_DIVES
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.diving_restarts import FullDives, is_headcount_problem, is_small
from scheduler.engine.columns.lns_incumbent import LnsIncumbent
from scheduler.engine.columns.neighbourhoods import NeighbourhoodDives
from scheduler.engine.instance.price_scale import scale_of_heads
from scheduler.engine.instance.roster_arrays import Offer
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.run.side_task import SideTask
from scheduler.engine.run.watch import Incumbent, Watch


@dataclass(frozen=True)
class DivingWorkersPolicy:
    """Parameters of the diving workers."""

    most_whole_agent_days: int = 1000
    """Agents times days up to which all dives are over everything; beyond, only those of the first worker. On
    nrp24 8 two workers over everything reach 1,303 after 30 s, with one on neighbourhoods it was 1,315 after
    45 s; on 15, twice as large, one of each came to 3,949 in 80 s, two over everything to 4,041 in 300 s."""


POLICY = DivingWorkersPolicy()


@dataclass(eq=False)
class DivingWorkers:
    """The workers that dive, and the dives of each.

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
    dives: list[FullDives | NeighbourhoodDives] = field(default_factory=list)
    _incumbent: LnsIncumbent | None = None
    _interrupter: SolveInterrupter = field(default_factory=SolveInterrupter)
    _told: list[Float64Array] = field(default_factory=list)
    _under_way: list[tuple[RosterState, Future[None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        instance = self.lagrangian.instance
        self.are_asked = is_headcount_problem(instance)
        self.are_whole = self.are_asked and is_small(instance)
        automata = self.lagrangian.automata
        is_fuller_asked = self.are_whole and bool(automata.left_out)
        self._found = Incumbent(self.watch.offer)
        self._automata = SideTask(
            lambda: WeekAutomata.of(instance, FOR_DIVES) if is_fuller_asked else automata
        )

    def end(self) -> None:
        """Let no linear programme that is being solved outlast the search."""
        if self.over():
            self._interrupter.interrupt()

    @property
    def in_vain(self) -> bool:
        """Whether the dives of some worker found no roster."""
        return any(one.in_vain for one in self.dives)

    @property
    def are_of_use(self) -> bool:
        """Whether the problem is one for dives, and they find rosters as far as is known."""
        return self.are_asked and not self.in_vain

    @property
    def at_work(self) -> int:
        """How many dive now."""
        return len(self._under_way)

    def are_ahead_of(self, cost: float) -> bool:
        """Whether one more diver is likely to win more than an annealing worker whose roster has this cost.

        Dives over neighbourhoods go on from the best roster, whoever found it. Those over everything do not,
        and where none of them has found a cheaper roster yet, annealing is what finds rosters there.
        """
        if self._is_next_of_neighbourhoods:
            return self.watch.cost is not None and self.watch.cost < cost
        return self._found.cost is not None and self._found.cost < cost

    def send(self, worker: RosterState, prices: Float64Array) -> None:
        """Let a worker dive from now on."""
        dives = self._new(worker, prices)
        run = partial(dives.run, worker, self._found.offer, once=False)
        self._under_way.append((worker, self.pool.submit(run)))

    def dive_once(self, worker: RosterState, prices: Float64Array, offer: Offer) -> Future[None]:
        """One dive of a counted search, in which a worker dives once a round."""
        dives = self.dives[0] if self.dives else self._new(worker, prices)
        return self.pool.submit(partial(dives.run, worker, offer, once=True))

    @property
    def _is_next_of_neighbourhoods(self) -> bool:
        instance = self.lagrangian.instance
        is_large = instance.agents * instance.problem.grid.days > POLICY.most_whole_agent_days
        return not self.are_whole or (bool(self.dives) and is_large)

    def _new(self, worker: RosterState, prices: Float64Array) -> FullDives | NeighbourhoodDives:
        instance = self.lagrangian.instance
        seed = int(worker.rng.integers(1 << 31))
        dives: FullDives | NeighbourhoodDives
        # each has a Lagrangian of its own, as a worker has
        if not self._is_next_of_neighbourhoods:
            dives = FullDives(
                Lagrangian(instance, self._automata.wait()),
                seed,
                prices,
                self.over,
                self.watch,
                self._interrupter,
            )
        else:
            automata = self.lagrangian.automata
            if self._incumbent is None:
                self._incumbent = LnsIncumbent(
                    FixedDaysBuilder(instance, automata), self.watch, scale_of_heads(instance, prices)
                )
            dives = NeighbourhoodDives(
                Lagrangian(instance, automata), seed, prices, self.over, self._incumbent, self._interrupter
            )
        self.dives.append(dives)
        return dives

    def back(self) -> list[RosterState]:
        """Workers that have stopped diving since this was last asked."""
        back = [(worker, future) for worker, future in self._under_way if future.done()]
        self._under_way = [one for one in self._under_way if one not in back]
        for _, future in back:
            future.result()
        return [worker for worker, _ in back]

    def learnt(self) -> Iterator[tuple[Float64Array, bool]]:
        """Prices that were found since this was last asked, and whether nothing better is to be expected."""
        for one in self.dives:
            prices = one.proof
            if prices is not None and not any(prices is told for told in self._told):
                self._told.append(prices)
                yield prices, isinstance(one, FullDives)

    def wait(self) -> None:
        """Wait until nobody dives."""
        self.watch.wait_for([future for _, future in self._under_way], "searching")
