"""Rounds of annealing and kicks by several workers, from the best roster or from a new beginning.

In a round every worker either anneals or kicks. When rounds win next to nothing and there is time enough, all
begin afresh: on the week of 475 agents the last 135 of 300 s found nothing at all, and where a beginning ends
is luck: within 0.12 to 0.20 % of the bound after 20 s of kicks. The best of several is better than any one.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from math import inf, isfinite

from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.price_vector import Reals
from scheduler.engine.instance.roster_arrays import Offer, Snapshot
from scheduler.engine.local_search.iterated_local_search import MOST_AGENTS, Kicks
from scheduler.engine.local_search.roster_state import Worker
from scheduler.engine.local_search.simulated_annealing import FIRST_CYCLE, GLIMPSE, NEXT_CYCLE, run_cycle
from scheduler.engine.portfolio.diving_workers import Divers
from scheduler.engine.portfolio.dual_guides import Guides
from scheduler.engine.run.watch import Keeper, Watch

COUNTED_MOVES, LONGEST_MOVES = 1500, 9000
"""Moves per agent and day of a round that is counted; and at most of a cycle in time, where agents are many.

Where a kick touches everybody who works that day, slower annealing still wins more than beginning again.
"""
OF_REST, OF_LONGEST, BESIDE_DIVERS, LONGEST_BESIDE_PARTS = 0.45, 0.2, 0.15, 12.0
"""Parts of the time left, and of the longest round at least; part where dives are asked for, also of a single
worker who dives afterwards, and seconds at most where these are of parts."""
STALE = 2e-5
"""What half of all rounds since the beginning, two at least, must win as a part of the cost to go on."""
FOR_A_BEGINNING = (5.0, 3)
"""Time left that a new beginning is worth, in longest rounds; and rounds where they are counted."""


@dataclass(eq=False)
class Rounds:
    """The rounds of one search.

    Parameters
    ----------
    must_end
        Whether workers must stop at once.
    has_start
        Whether the first roster was given: the first cycles go on from it.
    count
        Rounds so far.
    longest
        Seconds that a later round may take: as long as it took to freeze at first.
    running
        What workers do now.
    """

    watch: Watch
    team: list[Worker]
    pool: ThreadPoolExecutor
    divers: Divers
    must_end: Callable[[], bool]
    has_start: bool = False
    count: int = 0
    longest: float = inf
    running: list[Future[None]] = field(default_factory=list)
    _costs: list[float] = field(default_factory=list)  # after each round since the beginning
    _alone: Keeper | None = None  # the best since a new beginning, whatever was found before
    _kicks: dict[Worker, Kicks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tables = self.team[0].tables
        agents = len(tables.held)
        self.agent_days = agents * tables.problem.grid.days
        self.most_moves = LONGEST_MOVES * self.agent_days if agents > MOST_AGENTS else inf
        self.has_curve = bool(tables.staffing.pieces)

    def run(self, guides: Guides) -> list[Keeper]:
        """One round of every worker side by side; answers what each of them found.

        Cycles that begin afresh are the pilots of the guides: each tries the next one, and the guide whose
        roster came out cheapest leads from then on.
        """
        began, diver = self.watch.elapsed, self._diver()
        keepers = [Keeper(self._offer, at_once=self.watch.is_timed) for _ in self.team]
        pilots: dict[int, str] = {}
        cycles: list[Future[None]] = []
        for number, (worker, keeper) in enumerate(zip(self.team, keepers, strict=True)):
            if number == diver:
                future = self.divers.dive_once(worker, guides.climb.prices, keeper.offer)
                self.running.append(future)
                continue
            afresh = self._begins_afresh(number)
            if afresh:
                pilots[number] = guides.next_to_try()
            guide = guides.prices(pilots.get(number, guides.best))
            if self._is_kicked_by(number) and not afresh:
                kicks = self._kicks.setdefault(worker, Kicks(worker, lambda: self.best))
                is_over = partial(self._is_round_over, cycles)
                future = self.pool.submit(kicks.run, guide, self._part_done(), is_over, keeper.offer)
            else:
                if self.best is not None and not afresh:
                    worker.restore(self.best)
                cycle = NEXT_CYCLE if len(self._costs) else FIRST_CYCLE
                cycle = cycle.scaled(scale_of_changes(worker.tables, guide))
                work = partial(run_cycle, worker, guide, cycle, afresh=afresh)
                future = self.pool.submit(work, self._part_done(), self.must_end, keeper.offer)
                cycles.append(future)
            self.running.append(future)
        self._wait(f"searching, round {self.count + 1}")
        if not self.count and self.has_curve:
            self.longest = self.watch.elapsed - began
        for number, keeper in enumerate(keepers):  # in their order, so that a counted search stays the same
            if number in pilots and keeper.cost is not None:
                guides.judge(pilots[number], keeper.cost.total)
            keeper.hand_on()
        self.count += 1
        self.watch.rounds = self.count
        self._costs.append(self.cost)
        self._look_back()
        return keepers

    def glimpse(self, guide: Reals, seconds: float) -> None:
        """A short cycle of every worker from the best roster; no round, and no beginning."""
        began = self.watch.elapsed
        scaled = GLIMPSE.scaled(scale_of_changes(self.team[0].tables, guide))
        for worker in self.team:
            if self.watch.best is not None:
                worker.restore(self.watch.best)
            cycle = partial(run_cycle, worker, guide, scaled)
            self.running.append(
                self.pool.submit(
                    cycle,
                    lambda _: (self.watch.elapsed - began) / seconds,
                    self.must_end,
                    self.watch.offer,
                    afresh=self.watch.best is None,
                )
            )
        self._wait("first roster")

    @property
    def best(self) -> Snapshot | None:
        """The roster to go on from."""
        return self.watch.best if self._alone is None else self._alone.best

    @property
    def cost(self) -> float:
        """What that roster costs; infinite without any."""
        if self._alone is None:
            return inf if self.watch.cost is None else self.watch.cost
        return inf if self._alone.cost is None else self._alone.cost.total

    @property
    def _offer(self) -> Offer:
        return self.watch.offer if self._alone is None else self._alone.offer

    def _wait(self, phase: str) -> None:
        """Until nobody is at work any more."""
        pending = set(self.running)
        while pending:
            done, pending = wait(pending, timeout=0.1)
            for future in done:
                future.result()
            self.watch.tell(phase)
        self.running.clear()

    def _begins_afresh(self, number: int) -> bool:
        """Whether that worker forgets every roster: all do at first, and every second one once more."""
        if self.has_start and self._alone is None:
            return False
        return len(self._costs) == 0 or (len(self._costs) == 1 and number % 2 == 1)

    def _is_kicked_by(self, number: int) -> bool:
        """Whether that worker kicks in this round: in every second one, once there is a roster to kick."""
        is_asked = self.has_curve and self.best is not None and len(self._costs) > 0
        return is_asked and (len(self._costs) + number) % 2 == 1

    def _is_round_over(self, cycles: list[Future[None]]) -> bool:
        """Whether who kicks must stop: also when all who anneal have, for then a new round is worth more."""
        are_frozen = bool(cycles) and all(cycle.done() for cycle in cycles)
        return self.must_end() or (self.watch.is_timed and are_frozen)

    def _diver(self) -> int | None:
        """Which worker dives once in a counted round: the last, or the only one in every second one."""
        if self.watch.is_timed or not self.divers.are_of_use:
            return None
        return None if len(self.team) == 1 and self.count % 2 == 0 else len(self.team) - 1

    def _look_back(self) -> None:
        """Begin afresh after rounds in vain; with too little time left, go on from the best of all."""
        before, now = [inf, inf, *self._costs][-1 - max(2, len(self._costs) // 2)], self.cost
        is_in_vain = now < inf and before - now <= STALE * now
        if not is_in_vain or not self.has_curve or self.divers.are_asked:
            return
        if self._is_time_for_a_beginning():
            self._alone = Keeper(self.watch.offer)
            self._costs.clear()
            self._kicks.clear()
        elif self._alone is not None:
            self._alone = None
            self._kicks.clear()

    def _is_time_for_a_beginning(self) -> bool:
        longest_rounds, counted_rounds = FOR_A_BEGINNING
        if self.watch.stop.rounds is not None:
            return self.watch.stop.rounds - self.count >= counted_rounds
        return self.watch.remaining >= longest_rounds * self.longest

    def _part_done(self) -> Callable[[int], float]:
        """How much of a cycle is done after so many moves: by the clock, or counted."""
        if not self.watch.is_timed:
            return lambda moved: moved / (COUNTED_MOVES * self.agent_days)
        began, seconds = self.watch.elapsed, self._seconds()
        return lambda moved: max((self.watch.elapsed - began) / seconds, moved / self.most_moves)

    def _seconds(self) -> float:
        """What a cycle may take now."""
        rest = self.watch.remaining if isfinite(self.watch.remaining) else 60.0
        is_for_divers = self.divers.at_work or self.divers.are_of_use
        longest = LONGEST_BESIDE_PARTS if is_for_divers and not self.divers.are_whole else self.longest
        part = (BESIDE_DIVERS if is_for_divers else OF_REST) * rest if rest > 12 else rest
        if isfinite(self.longest):
            part = max(part, OF_LONGEST * self.longest)
        return max(1.0, min(longest, part))
