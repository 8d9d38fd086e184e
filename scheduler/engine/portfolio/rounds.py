"""Rounds of several workers, each by simulated annealing or by iterated local search, with restarts.

In a round every worker does one of the two, from the best roster: see
:mod:`~scheduler.engine.local_search.simulated_annealing` and
:mod:`~scheduler.engine.local_search.iterated_local_search`. All workers
restart when rounds win next to nothing and enough time is left: on the week of 475 agents the last 135 of
300 s found nothing at all. Starts differ by chance; after 20 s of iterated local search they end within 0.12
to 0.20 % of the bound, so the best of several is better than a longer one.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from math import inf, isfinite

from scheduler.domain.results.outcome import Phase
from scheduler.engine.instance.price_scale import scale_of_changes
from scheduler.engine.instance.roster_arrays import Offer, Snapshot
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.iterated_local_search import POLICY as PERTURBATION
from scheduler.engine.local_search.iterated_local_search import IteratedLocalSearch
from scheduler.engine.local_search.roster_state import RosterState
from scheduler.engine.local_search.simulated_annealing import FIRST_CYCLE, NEXT_CYCLE, Cycle, run_cycle
from scheduler.engine.portfolio.diving_workers import DivingWorkers
from scheduler.engine.portfolio.dual_guides import Guides
from scheduler.engine.run.watch import BestRoster, Incumbent, Watch


@dataclass(frozen=True)
class RoundPolicy:
    """Parameters of how long rounds are, and of when all restart."""

    counted_moves: int = 1500
    """Moves per agent and day of a round that is counted. It sets how much a counted round does, and so how
    comparable rounds are with those of a usual search."""
    most_moves: int = 9000
    """Moves per agent and day of a cycle in time, at most, where a perturbation cannot touch everybody:
    ``generated-300`` ended after 90 s at 210,733 with 6,000 and at 210,805 without a limit (seed 2), and at
    210,712, 210,670 and 210,725 with 6,000, 9,000 and 30,000 (seed 4). With few agents slow annealing wins
    more: 30 different ones ended at 0.80 % after a first cycle of 40 s, and at 0.96 % after one of 20 s."""
    remaining_share: float = 0.45
    """Share of the remaining time that a cycle gets. Larger cycles are better each, smaller ones are more:
    the last is cut by the limit."""
    longest_fraction: float = 0.2
    """A cycle gets this fraction of the longest round at least. Without it the last cycles would be too short
    to anneal anything."""
    beside_diving_share: float = 0.15
    """Share of the remaining time where there are diving workers, also where a single one dives
    afterwards."""
    beside_neighbourhoods_seconds: float = 12.0
    """Longest cycle where dives are over neighbourhoods: on nrp24 20, 40 s came to 4,976 with a short first
    cycle (5 s), and to 5,754 without any."""
    undivided_seconds: float = 12.0
    """Less remaining time is not divided into cycles. It keeps the last cycles from being too short to
    anneal."""
    unlimited_seconds: float = 60.0
    """Counts as the remaining time where there is no limit. It sets the length of cycles only; the search
    goes on."""
    least_seconds: float = 1.0
    """Of a cycle. Less is mostly overhead of handing rosters over."""
    stale_fraction: float = 2e-5
    """Half of the rounds since the start, two at least, must win this fraction of the cost to go on. Given up
    after the first round in vain, one of seven starts of cc475 in 200 s ended at 349,680, the others between
    349,706 and 349,875; given up after two, searches that went back to their first start came to 349,684 and
    349,688 there."""
    least_rounds: int = 2
    """Rounds that are judged at least, see ``stale_fraction``."""
    restart_longest_rounds: float = 5.0
    """Remaining time that a restart is worth, in longest rounds. Fewer restart when there is no time to catch
    up, more stay with a search that stands still."""
    restart_counted_rounds: int = 3
    """Remaining rounds that a restart is worth, where they are counted. The same trade-off."""


POLICY = RoundPolicy()


@dataclass(eq=False)
class Rounds:
    """The rounds of one search.

    Parameters
    ----------
    must_end
        Whether workers must stop at once.
    has_start
        Whether the first roster was given: the first cycles go on from it.
    is_near
        Whether that is near the best: it is perturbed at once.
    count
        Rounds so far.
    longest_seconds
        Upper limit of later rounds: how long the first took to freeze.
    running
        The tasks of the workers.
    """

    watch: Watch
    team: list[RosterState]
    pool: ThreadPoolExecutor
    diving: DivingWorkers
    must_end: Callable[[], bool]
    has_start: bool = False
    is_near: bool = False
    count: int = 0
    longest_seconds: float = inf
    running: list[Future[None]] = field(default_factory=list)
    _costs_since_start: list[float] = field(default_factory=list)
    _since_restart: Incumbent | None = None
    _local_searches: dict[RosterState, IteratedLocalSearch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        instance = self.team[0].instance
        agents = instance.agents
        self.agent_days = agents * instance.problem.grid.days
        is_many = agents > PERTURBATION.most_agents
        self.most_moves = POLICY.most_moves * self.agent_days if is_many else inf
        self.has_curve = bool(instance.staffing.breakpoints)

    def run(self, guides: Guides) -> list[Incumbent]:
        """One round of all workers in parallel; returns what each of them found.

        Cycles that begin afresh are pilot runs of the guides: each tries the next one, and the guide whose
        roster came out cheapest leads from then on.
        """
        began, diving_worker = self.watch.elapsed, self._diving_worker()
        incumbents = [Incumbent(self._offer, at_once=self.watch.is_timed) for _ in self.team]
        pilots: dict[int, str] = {}
        cycles: list[Future[None]] = []
        for number, (worker, incumbent) in enumerate(zip(self.team, incumbents, strict=True)):
            if number == diving_worker:
                future = self.diving.dive_once(worker, guides.ascent.prices, incumbent.offer)
                self.running.append(future)
                continue
            afresh = self._begins_afresh(number)
            if afresh:
                pilots[number] = guides.next_to_try()
            guide = guides.prices(pilots.get(number, guides.best))
            if self._perturbs(number) and not afresh:
                local_search = self._local_searches.setdefault(
                    worker, IteratedLocalSearch(worker, lambda: self.best)
                )
                is_over = partial(self._is_round_over, cycles)
                future = self.pool.submit(
                    local_search.run, guide, self._fraction_done(), is_over, incumbent.offer
                )
            else:
                if self.best is not None and not afresh:
                    worker.restore(self.best)
                cycle = NEXT_CYCLE if len(self._costs_since_start) or self.is_near else FIRST_CYCLE
                cycle = cycle.scaled(scale_of_changes(worker.instance, guide))
                work = partial(run_cycle, worker, guide, cycle, afresh=afresh)
                future = self.pool.submit(work, self._fraction_done(), self.must_end, incumbent.offer)
                cycles.append(future)
            self.running.append(future)
        self._wait(Phase.SEARCHING.in_round(self.count + 1))
        if not self.count and self.has_curve:
            self.longest_seconds = self.watch.elapsed - began
        for number, incumbent in enumerate(
            incumbents
        ):  # in their order, so that a counted search stays the same
            if number in pilots and incumbent.cost is not None:
                guides.judge(pilots[number], incumbent.cost)
            incumbent.hand_on()
        self.count += 1
        self.watch.rounds = self.count
        self._costs_since_start.append(self.cost)
        self._restart_if_in_vain()
        return incumbents

    def glimpse(self, guide: Float64Array, seconds: float, cycle: Cycle) -> None:
        """A short cycle of every worker from the best roster; it counts neither as round nor as restart."""
        began = self.watch.elapsed
        scaled = cycle.scaled(scale_of_changes(self.team[0].instance, guide))
        for worker in self.team:
            if self.watch.best is not None:
                worker.restore(self.watch.best)
            self.running.append(
                self.pool.submit(
                    partial(run_cycle, worker, guide, scaled),
                    lambda _: (self.watch.elapsed - began) / seconds,
                    self.must_end,
                    self.watch.offer,
                    afresh=self.watch.best is None,
                )
            )
        self._wait(Phase.FIRST_ROSTER)

    @property
    def best(self) -> Snapshot | None:
        """The roster to go on from."""
        return self._kept.best

    @property
    def cost(self) -> float:
        """What that roster costs; infinite without any."""
        cost = self._kept.cost
        return inf if cost is None else cost

    @property
    def _kept(self) -> BestRoster:
        return self.watch if self._since_restart is None else self._since_restart

    @property
    def _offer(self) -> Offer:
        return self._kept.offer

    def _wait(self, phase: str) -> None:
        """Wait until no worker is busy any more."""
        self.watch.wait_for(self.running, phase)
        self.running.clear()

    def _begins_afresh(self, number: int) -> bool:
        """Whether that worker starts from nothing: all do at first, and every second one once more."""
        if self.has_start and self._since_restart is None:
            return False
        return len(self._costs_since_start) == 0 or (len(self._costs_since_start) == 1 and number % 2 == 1)

    def _perturbs(self, number: int) -> bool:
        """Whether that worker perturbs in this round: in every second one, once there is a good roster."""
        is_asked = (
            self.has_curve and self.best is not None and (self.is_near or len(self._costs_since_start) > 0)
        )
        return is_asked and (len(self._costs_since_start) + number) % 2 == 1

    def _is_round_over(self, cycles: list[Future[None]]) -> bool:
        """Whether perturbing workers must stop: also when all annealing ones have, for a new round."""
        are_frozen = bool(cycles) and all(cycle.done() for cycle in cycles)
        return self.must_end() or (self.watch.is_timed and are_frozen)

    def _diving_worker(self) -> int | None:
        """Which worker dives once in a counted round: the last one; an only one in every second round."""
        if self.watch.is_timed or not self.diving.are_of_use:
            return None
        return None if len(self.team) == 1 and self.count % 2 == 0 else len(self.team) - 1

    def _restart_if_in_vain(self) -> None:
        """Restart after rounds in vain; with too little time left, go on from the best roster of all."""
        rounds = max(POLICY.least_rounds, len(self._costs_since_start) // 2)
        before, now = [*[inf] * POLICY.least_rounds, *self._costs_since_start][-1 - rounds], self.cost
        is_in_vain = now < inf and before - now <= POLICY.stale_fraction * now
        if not is_in_vain or not self.has_curve or self.diving.are_asked:
            return
        if self._is_time_to_restart():
            self._since_restart = Incumbent(self.watch.offer)
            self._costs_since_start.clear()
            self._local_searches.clear()
        elif self._since_restart is not None:
            self._since_restart = None
            self._local_searches.clear()

    def _is_time_to_restart(self) -> bool:
        if self.watch.stop.rounds is not None:
            return self.watch.stop.rounds - self.count >= POLICY.restart_counted_rounds
        return self.watch.remaining >= POLICY.restart_longest_rounds * self.longest_seconds

    def _fraction_done(self) -> Callable[[int], float]:
        """The fraction of a cycle that is done after ``moves`` moves: by the clock, or counted."""
        if not self.watch.is_timed:
            return lambda moved: moved / (POLICY.counted_moves * self.agent_days)
        began, seconds = self.watch.elapsed, self._seconds()
        return lambda moved: max((self.watch.elapsed - began) / seconds, moved / self.most_moves)

    def _seconds(self) -> float:
        """What a cycle may take now."""
        remaining = self.watch.remaining if isfinite(self.watch.remaining) else POLICY.unlimited_seconds
        are_any_diving = self.diving.at_work or self.diving.are_of_use
        are_of_neighbourhoods = are_any_diving and not self.diving.are_whole
        longest = POLICY.beside_neighbourhoods_seconds if are_of_neighbourhoods else self.longest_seconds
        share = POLICY.beside_diving_share if are_any_diving else POLICY.remaining_share
        seconds = share * remaining if remaining > POLICY.undivided_seconds else remaining
        if isfinite(self.longest_seconds):
            seconds = max(seconds, POLICY.longest_fraction * self.longest_seconds)
        return max(POLICY.least_seconds, min(longest, seconds))
