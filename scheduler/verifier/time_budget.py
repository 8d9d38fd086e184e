"""The time budget of a recount: how long it may take, to whom it reports, and how it is ended early.

A recount that is ended early proves less, never something wrong; see ``lagrangian.recompute``. Computing
time counts, so that a busy machine does not cost the proof.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.domain.cancel import Cancel

LEAST_SECONDS, MOST_SECONDS, SHARE = 5.0, 60.0, 0.2


def quick_seconds(searched: float) -> float:
    """Seconds of computing that a recount may take by default: a fifth of the search's, 5 to 60."""
    return min(MOST_SECONDS, max(LEAST_SECONDS, SHARE * searched))


class TimeIsUp(Exception):
    """The recount must end now."""


@dataclass(eq=False)
class TimeBudget:
    """The time that a recount has, and the ways to end it early.

    Parameters
    ----------
    seconds
        How much computing time it may take, in each thread; ``None`` for as long as it takes. It runs from
        :meth:`begin` on, or from the first look. A minute on the clock is the most in any case.
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
    _spent: float = 0.0
    _clocks: dict[int, float] = field(default_factory=dict)

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
        return self._seconds_spent() >= self.seconds or time.monotonic() - self.begin() >= MOST_SECONDS

    def begin(self) -> float:
        """Let the time run, if it does not yet; returns since when, on a monotonic clock."""
        if self._began is None:
            self._began = time.monotonic()
            self._seconds_spent()
        return self._began

    def begin_proof(self) -> None:
        """Leave at least half of the time for the proof, whatever came before it."""
        if self.seconds is not None:
            self.begin()
            beyond = self._seconds_spent() - self.seconds / 2
            if beyond > 0:
                self._clocks[threading.get_ident()] += beyond
                self._spent -= beyond

    def _seconds_spent(self) -> float:
        """Computing time of this thread, and of the one that came before it."""
        now, me = time.thread_time(), threading.get_ident()
        began = self._clocks.setdefault(me, now - self._spent)
        self._spent = max(self._spent, now - began)
        return now - began

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
