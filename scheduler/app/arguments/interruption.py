"""Signals that end a search: the one state machine behind ``solve`` and the command line.

``solve`` takes Ctrl-C with it where nobody else does; the command line takes SIGTERM and a closed terminal
as well, and holds its own around everything that it does. Handlers are put back at the end.
"""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from scheduler.domain.results.cancel import Cancel

_KEPT_IGNORED = tuple(getattr(signal, name) for name in ("SIGHUP",) if hasattr(signal, name))
"""Signals that stay ignored where they are, as ``nohup`` wants it."""
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, *_KEPT_IGNORED)


class Interruption:
    """What a signal does, phase by phase; a context manager.

    At first a signal is a ``KeyboardInterrupt``. Once a search is to be cancelled by it, the first signal
    sets ``cancel``, on which the search returns the best roster that it has; a later one raises, to end what
    does not look at ``cancel``. In the end a signal is only noted. ``happened`` says whether there was one.

    Parameters
    ----------
    signals
        Which signals are handled.
    grace_seconds
        For so long after the first signal further ones do nothing: the search is on its way to its end.
    """

    def __init__(self, signals: tuple[int, ...], grace_seconds: float = 0.0) -> None:
        self.happened = False
        self._signals, self._grace_seconds = signals, grace_seconds
        self._cancel: Cancel | None = None
        self._raises = True
        self._first_at = 0.0
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}

    def __enter__(self) -> Self:
        for number in self._signals:
            before = signal.getsignal(number)
            if number in _KEPT_IGNORED and before is signal.SIG_IGN:
                continue
            self._before[number] = before
            signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def cancels(self, cancel: Cancel) -> None:
        """From now on a signal cancels the search."""
        self._cancel = cancel
        if self.happened:
            cancel.cancel()

    def only_remember(self) -> None:
        """From now on a signal is noted and ends nothing."""
        self._raises = False

    @property
    def is_pending(self) -> bool:
        """Whether a signal came that was to end what was going on."""
        return self.happened and self._raises

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        is_first = not self.happened
        if is_first:
            self.happened, self._first_at = True, now
            if self._cancel is not None:
                self._cancel.cancel()  # never twice: it takes a lock, and the next signal may come in it
        in_grace = not is_first and now - self._first_at < self._grace_seconds
        if self._raises and not in_grace and not (is_first and self._cancel is not None):
            raise KeyboardInterrupt


def of_ctrl_c(cancel: Cancel) -> Interruption:
    """Ctrl-C as ``cancel`` where Python's own handler stands; any other handler is left as it is.

    An exception that a handler raises in the middle of a library may be lost there, or come out of it as
    another one, which is why the first signal raises none.
    """
    is_main = threading.current_thread() is threading.main_thread()
    is_ours = is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    interruption = Interruption((signal.SIGINT,) if is_ours else ())
    interruption.cancels(cancel)
    return interruption
