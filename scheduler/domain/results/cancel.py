"""A token with which another thread ends a running ``solve``."""

import threading


class Cancel:
    """Ends a search from another thread, a task or a signal handler; the best roster until then is kept.

    Pass one to ``solve`` and call :meth:`cancel` at any time, as often as you like. A cancelled token stays
    cancelled: give every search its own.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()

    def cancel(self) -> None:
        """Ask the search to end; returns at once, and ``solve`` returns soon after."""
        self._asked.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked."""
        return self._asked.is_set()

    def __repr__(self) -> str:
        return f"Cancel({'asked' if self.is_cancelled else 'not asked'})"
