"""A token with which another thread ends a running ``solve``."""

import threading


class Cancel:
    """Ends a search from another thread, a task or a signal handler; the best roster until then is kept.

    Pass one to ``solve`` and call :meth:`cancel` at any time, as often as you like. A cancelled token stays
    cancelled: give every search its own.

    Parameters
    ----------
    is_patient
        Whether the proof of what was found is still checked as after any search, as on Ctrl-C at the command
        line, where a second one ends that. Otherwise half a second of computing is left for the check, so
        that ``solve`` returns about a second after it was asked, and the bound is what is proven by then.
    """

    def __init__(self, *, is_patient: bool = False) -> None:
        self.is_patient = is_patient
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
