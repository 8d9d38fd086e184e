"""The watch of a search: its stop criteria, its clock, its incumbent and its best bound.

The incumbent lives here, outside of every worker, so that whatever happens to a search it is not lost.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field

from scheduler.domain.results.cancel import Cancel
from scheduler.domain.results.outcome import Progress, SolvePoint, Stop, StopReason
from scheduler.domain.values.money import ratio
from scheduler.engine.instance.roster_arrays import Cost, Offer, Snapshot

POLL_SECONDS = 0.1
"""Between two looks at workers that are waited for."""
EARLIER_KEPT = 4
"""Former incumbents that are kept, should the verifier refuse the last one."""
SHOWN_APART_FACTOR = 9
"""The next better roster is handed out after so many times what handing out the last one took: observers take
a tenth of the time at most."""
TOLD_APART_SECONDS = 0.2
"""Between two reports of progress: as often as one can read."""


@dataclass(eq=False)
class BestRoster:
    """The best legal roster that was offered; may be called from several threads.

    Attributes
    ----------
    best, cost
        The roster, and what it costs in sixtieths of a cent; ``None`` before the first.
    """

    best: Snapshot | None = field(default=None, init=False)
    cost: int | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def offer(self, cost: Cost, snapshot: Callable[[], Snapshot]) -> bool:
        """Keep a roster if it is legal and the best so far; returns whether it is."""
        if not self._is_better(cost):
            return False
        with self._lock:
            if not self._is_better(cost):
                return False
            self._keep(cost, snapshot())
        return True

    def _is_better(self, cost: Cost) -> bool:
        return cost.is_legal and (self.cost is None or cost.total < self.cost)

    def _keep(self, cost: Cost, roster: Snapshot) -> None:
        self.best, self.cost = roster, cost.total


@dataclass(eq=False)
class Incumbent(BestRoster):
    """The best roster of a worker, or since a restart.

    Parameters
    ----------
    above
        Whom to hand it on to.
    at_once
        Whether every better roster is handed on when it comes, or only when ``hand_on`` is called.
    """

    above: Offer
    at_once: bool = True
    _whole_cost: Cost | None = field(default=None, init=False)

    def offer(self, cost: Cost, snapshot: Callable[[], Snapshot]) -> bool:
        """Keep a roster if it is legal and the best so far; returns whether it is."""
        is_kept = super().offer(cost, snapshot)
        if is_kept and self.at_once:
            self.hand_on()
        return is_kept

    def _keep(self, cost: Cost, roster: Snapshot) -> None:
        super()._keep(cost, roster)
        self._whole_cost = cost

    def hand_on(self) -> None:
        """Offer the best roster to ``above``."""
        with self._lock:
            cost, best = self._whole_cost, self.best
        if cost is not None and best is not None:
            self.above(cost, lambda: best)


@dataclass(eq=False)
class Watch(BestRoster):
    """One search's clock, incumbent, best bound and the curve of both.

    ``offer`` and ``bound_is`` may be called from every worker's thread; ``tell`` only from the thread that
    called the search.

    Parameters
    ----------
    progress, on_best
        Observers: of the search, and of better rosters, where those in quick succession are skipped. What one
        of them raises ends the search, and is kept in ``fault``.
    cancel
        Ends the search from outside.
    granularity
        Granularity of costs: no cost lies less than this above the bound.
    parts
        Into how many parts of a sixtieth of a cent costs and bounds are cut; what is told is in whole ones.
    earlier
        The last incumbents before ``best``; the cheapest last.
    """

    stop: Stop
    progress: Callable[[Progress], None] | None = None
    on_best: Callable[[Snapshot], None] | None = None
    cancel: Cancel = field(default_factory=Cancel)
    granularity: int = 1
    parts: int = 1
    began: float = field(default_factory=time.monotonic)
    bound: int | None = None
    first_seconds: float | None = None
    curve: list[SolvePoint] = field(default_factory=list)
    rounds: int = 0
    interrupted: bool = False
    fault: BaseException | None = None
    earlier: deque[Snapshot] = field(default_factory=lambda: deque(maxlen=EARLIER_KEPT))
    _enders: list[Callable[[], None]] = field(default_factory=list)
    _better_at: float = 0.0
    _told_at: float = -1.0
    _shown: Snapshot | None = None
    _next_show: float = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.began

    @property
    def remaining(self) -> float:
        """Seconds left, infinite without a time limit."""
        return float("inf") if self.stop.seconds is None else self.stop.seconds - self.elapsed

    @property
    def is_timed(self) -> bool:
        """Whether wall-clock time steers the search; a search counted in rounds never looks at it."""
        return self.stop.rounds is None

    @property
    def is_stopped(self) -> bool:
        """Whether somebody wants the search to end now, whatever it has come to."""
        return self.interrupted or self.cancel.is_cancelled

    def over(self) -> StopReason | None:
        """Why the search must end now; ``None`` while it need not."""
        if self.is_stopped:
            return StopReason.USER
        if self.cost is not None and self.bound is not None:
            if self.cost - self.bound < self.granularity:
                return StopReason.OPTIMAL
            if ratio(self.cost - self.bound, self.cost) <= self.stop.gap:
                return StopReason.GAP
        if self.remaining <= 0:
            return StopReason.TIME
        stale = self.stop.stale_seconds
        if stale is not None and self.cost is not None and self.elapsed - self._better_at > stale:
            return StopReason.STALE
        return None

    def _keep(self, cost: Cost, roster: Snapshot) -> None:
        if self.best is not None:
            self.earlier.append(self.best)
        super()._keep(cost, roster)
        self._better_at = self.elapsed
        if self.first_seconds is None:
            self.first_seconds = self._better_at
        self.curve.append(self._point(self._better_at))

    def bound_is(self, bound: int) -> None:
        """Keep a bound if it is the best so far."""
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound
                self.curve.append(self._point(self.elapsed))

    def told(self, cost: int | None) -> int | None:
        """A cost or bound in sixtieths of a cent, rounded down."""
        return None if cost is None else cost // self.parts

    def _point(self, seconds: float) -> SolvePoint:
        cost, bound = self.told(self.cost), self.told(self.bound)
        return SolvePoint(seconds=round(seconds, 3), cost=cost, bound=bound)

    def tell(self, phase: str, every_seconds: float = TOLD_APART_SECONDS) -> None:
        """Report progress to the observers, at most once per reporting period, and end what must end."""
        now = self.elapsed
        try:
            if self.progress is not None and now - self._told_at >= every_seconds and not self.interrupted:
                self._told_at = now
                self.progress(
                    Progress(
                        phase=phase,
                        elapsed_seconds=now,
                        cost=self.told(self.cost),
                        bound=self.told(self.bound),
                        fraction=self.fraction,
                    )
                )
            self._show_best()
        except KeyboardInterrupt:
            raise
        except BaseException as fault:
            self.fault, self.interrupted = fault, True
        if self._enders and self.over() is not None:
            self._end_all()

    def wait_for(self, tasks: Iterable[Future[None]], phase: str) -> None:
        """Wait until these tasks of workers have ended, and report progress meanwhile."""
        pending = set(tasks)
        while pending:
            done, pending = wait(pending, timeout=POLL_SECONDS)
            for task in done:
                task.result()
            self.tell(phase)

    def interrupt(self) -> None:
        """End the search, whatever it does."""
        self.interrupted = True
        self._end_all()

    @contextmanager
    def keeping_the_best(self) -> Iterator[None]:
        """Within it a further Ctrl-C, while threads end, loses no roster that was found."""
        try:
            yield
        except KeyboardInterrupt:
            if self.best is None:
                raise

    def _end_all(self) -> None:
        for end in tuple(self._enders):
            end()

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Within it ``end`` is called once the search must end: for work that cannot ask the watch itself."""
        self._enders.append(end)
        try:
            yield
        finally:
            self._enders.remove(end)

    def _show_best(self) -> None:
        """Hand a better roster to its observer, unless that has just been busy with another one."""
        best = self.best
        if self.on_best is None or best is None or best is self._shown or self.elapsed < self._next_show:
            return
        began, self._shown = self.elapsed, best
        self.on_best(best)
        self._next_show = self.elapsed + SHOWN_APART_FACTOR * (self.elapsed - began)

    @property
    def fraction(self) -> float | None:
        """Fraction of the time or of the rounds that is over, whichever is more; ``None`` without limits."""
        parts = [
            done / asked
            for done, asked in ((self.elapsed, self.stop.seconds), (self.rounds, self.stop.rounds))
            if asked is not None
        ]
        return min(1.0, max(parts)) if parts else None
