"""A task in a thread beside the search, which the search does not wait for."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class SideTask(Generic[Result]):
    """A task in a daemon thread: where the search ends first it is abandoned."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self.result: Result | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], Result]) -> None:
        self.result = work()

    @property
    def is_done(self) -> bool:
        """Whether the task has ended."""
        return not self._thread.is_alive()

    def wait(self) -> Result:
        """The result, once the task has ended."""
        self._thread.join()
        assert self.result is not None
        return self.result
