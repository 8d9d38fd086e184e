"""What every part of a search looks at to know whether to go on, and where the best roster is kept.

The best roster lives here, outside of every worker, so that whatever happens to a search it is not lost.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from scheduler.domain.money import ratio
from scheduler.domain.outcome import Progress, SolvePoint, Stop
from scheduler.engine.worker import Cost, Offer, Snapshot

Answer = TypeVar("Answer")


@dataclass(eq=False)
class Keeper:
    """The best legal roster that was offered; may be called from several threads.

    Parameters
    ----------
    above
        Whom to hand it on to.
    at_once
        Whether every better roster is handed on when it comes, or only when ``hand_on`` is called.
    """

    above: Offer
    at_once: bool = True
    cost: Cost | None = None
    best: Snapshot | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def offer(self, cost: Cost, snapshot: Callable[[], Snapshot]) -> bool:
        """Keep a roster if it is legal and the best so far; answers whether it is."""
        if not self._is_better(cost):
            return False
        with self._lock:
            if not self._is_better(cost):
                return False
            self.cost, self.best = cost, snapshot()
        if self.at_once:
            self.hand_on()
        return True

    def _is_better(self, cost: Cost) -> bool:
        return cost.is_legal and (self.cost is None or cost.total < self.cost.total)

    def hand_on(self) -> None:
        """Offer what is kept to whoever is above."""
        with self._lock:
            cost, best = self.cost, self.best
        if cost is not None and best is not None:
            self.above(cost, lambda: best)


@dataclass(eq=False)
class Watch:
    """One search's time, best roster, best bound and the curve of both.

    ``step`` is what every cost is a multiple of, so that nothing lies within one step above the bound.
    ``offer`` and ``bound_is`` may be called from every worker's thread; ``tell`` only from the thread that
    called the search.
    """

    stop: Stop
    progress: Callable[[Progress], None] | None = None
    step: int = 1
    began: float = field(default_factory=time.monotonic)
    best: Snapshot | None = None
    cost: int | None = None
    bound: int | None = None
    first_seconds: float | None = None
    curve: list[SolvePoint] = field(default_factory=list)
    interrupted: bool = False
    _better_at: float = 0.0
    _told_at: float = -1.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

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

    def over(self) -> str | None:
        """Why the search must end now, if it must."""
        if self.interrupted:
            return "user"
        if self.cost is not None and self.bound is not None:
            if self.cost - self.bound < self.step:
                return "optimal"
            if ratio(self.cost - self.bound, self.cost) <= self.stop.gap:
                return "gap"
        if self.remaining <= 0:
            return "time"
        stale = self.stop.stale_seconds
        if stale is not None and self.cost is not None and self.elapsed - self._better_at > stale:
            return "no improvement"
        return None

    def offer(self, cost: Cost, snapshot: Callable[[], Snapshot]) -> bool:
        """Keep a roster if it is legal and the best so far."""
        if not cost.is_legal or (self.cost is not None and cost.total >= self.cost):
            return False
        with self._lock:
            if self.cost is not None and cost.total >= self.cost:
                return False
            self.best, self.cost = snapshot(), cost.total
            self._better_at = self.elapsed
            if self.first_seconds is None:
                self.first_seconds = self._better_at
            self.curve.append(SolvePoint(seconds=round(self._better_at, 3), cost=self.cost, bound=self.bound))
        return True

    def bound_is(self, bound: int) -> None:
        """Keep a bound if it is the best so far."""
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound
                self.curve.append(SolvePoint(seconds=round(self.elapsed, 3), cost=self.cost, bound=bound))

    def tell(self, phase: str, every_seconds: float = 0.2) -> None:
        """Let the observer look, not more often than it can be read."""
        now = self.elapsed
        if self.progress is not None and now - self._told_at >= every_seconds:
            self._told_at = now
            self.progress(Progress(phase=phase, elapsed_seconds=now, cost=self.cost, bound=self.bound))


class SideTask(Generic[Answer]):
    """Work beside the search that nobody waits for: it is left behind when the search ends first."""

    def __init__(self, work: Callable[[], Answer]) -> None:
        self.result: Answer | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], Answer]) -> None:
        self.result = work()

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to come."""
        return not self._thread.is_alive()

    def wait(self) -> Answer:
        """What comes of it."""
        self._thread.join()
        assert self.result is not None
        return self.result
