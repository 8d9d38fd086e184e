"""A task in a thread beside the search, that nobody has to wait for."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


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
