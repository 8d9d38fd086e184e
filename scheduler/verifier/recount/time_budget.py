"""The time budget of a recount: how long it may take, to whom it reports, and how it is ended early.

A recount that is ended early proves less, never something wrong; see ``lagrangian.recompute``. The smaller of
clock time and computing time counts, so that a busy machine does not cost the proof.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.domain.results.cancel import Cancel


@dataclass(frozen=True)
class QuickProofPolicy:
    """Parameters of how long the recount of a quick proof may take."""

    share: float = 0.2
    """Share of the search's time: a proof is worth less time than a better roster."""
    least_seconds: float = 5.0
    """However short the search was: a proof cut shorter would show little of what was proven."""
    most_seconds: float = 60.0
    """However long the search was: nobody who asks for a quick proof waits longer for it."""
    hasty_seconds: float = 0.5
    """After a search that was cancelled by somebody who waits for the roster: as short as can be felt."""


POLICY = QuickProofPolicy()


def quick_seconds(searched: float) -> float:
    """Seconds of computing that a recount may take by default: a fifth of the search's, 5 to 60."""
    return min(POLICY.most_seconds, max(POLICY.least_seconds, POLICY.share * searched))


def hasty_seconds() -> float:
    """Seconds of computing that a recount may take where somebody waits for the roster."""
    return POLICY.hasty_seconds


class TimeIsUp(Exception):
    """The recount must end now."""


@dataclass(eq=False)
class TimeBudget:
    """The time that a recount has, and the ways to end it early.

    Parameters
    ----------
    seconds
        How long it may take, ``None`` for as long as it takes: on the clock, or in computing time of all its
        threads together where that is less. It runs from :meth:`begin` on, or from the first look. A minute
        on the clock is the most in any case.
    cancel
        Ends it from elsewhere, as Ctrl-C does; ignored if it is cancelled at the beginning.
    tell
        Is called with the fraction that is done, 0 to 1, in the thread that called the recount.
    keeps_what_is_done
        Whether a ``KeyboardInterrupt`` ends it early; otherwise it is raised.
    """

    seconds: float | None = None
    cancel: Cancel | None = None
    tell: Callable[[float], None] | None = None
    keeps_what_is_done: bool = False
    _ended: bool = False
    _began: float | None = None
    _computed: float = 0.0
    _latest: dict[int, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.cancel is not None and self.cancel.is_cancelled:
            self.cancel = None

    @property
    def is_over(self) -> bool:
        """Whether the time is over, or somebody has ended it."""
        if self._ended or (self.cancel is not None and self.cancel.is_cancelled):
            return True
        if self.seconds is None:
            return False
        spent, clock = self._seconds_spent()
        return spent >= self.seconds or clock >= POLICY.most_seconds

    def begin(self) -> None:
        """Let the time run, if it does not yet."""
        self._seconds_spent()

    def begin_proof(self) -> None:
        """Leave at least half of the time for the proof, whatever came before it."""
        if self.seconds is not None:
            self.seconds = max(self.seconds, self._seconds_spent()[0] + self.seconds / 2)

    def _seconds_spent(self) -> tuple[float, float]:
        """What counts, and what the clock says."""
        clock, computed, me = time.monotonic(), time.thread_time(), threading.get_ident()
        with self._lock:
            if self._began is None:
                self._began = clock
            # a thread's time begins with its first look; another one may get the number of one that has ended
            self._computed += max(0.0, computed - self._latest.get(me, computed))
            self._latest[me] = computed
            return min(self._computed, clock - self._began), clock - self._began

    def check(self) -> None:
        """Go on only if there is time.

        Raises
        ------
        TimeIsUp
            If there is none.
        """
        if self.is_over:
            raise TimeIsUp

    def end(self) -> None:
        """End the recount, in whatever thread it runs."""
        self._ended = True

    def report(self, done: float) -> None:
        """Report the fraction that is done."""
        if self.tell is not None:
            self.tell(done)
