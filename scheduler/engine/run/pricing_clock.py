"""The clock of pricing, which stands still while rosters are searched for in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scheduler.engine.run.search_policy import FIRST_SECONDS_PER_ITERATION
from scheduler.engine.run.watch import Watch


@dataclass(eq=False)
class PricingClock:
    """Seconds spent on prices, and what an iteration takes of them.

    Parameters
    ----------
    stopped_seconds
        For which it stood still so far.
    """

    watch: Watch
    seconds_per_iteration: float = FIRST_SECONDS_PER_ITERATION
    stopped_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """Since the search began, without those for which it stood still."""
        return self.watch.elapsed - self.stopped_seconds

    def fraction_of(self, seconds: float) -> Callable[[int], float]:
        """A function of the iterations: the fraction of ``seconds`` of pricing, from now on, that is over."""
        began = self.seconds
        return lambda _: (self.seconds - began) / seconds if seconds > 0 else 1.0

    def seconds_of(self, iterations: int) -> float:
        """How long so many iterations are likely to take."""
        return iterations * self.seconds_per_iteration

    def learn(self, iterations: int, began_seconds: float) -> None:
        """Estimate the time of an iteration: nothing but these was done since then."""
        if iterations > 0:
            self.seconds_per_iteration = max(1e-5, (self.seconds - began_seconds) / iterations)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Within it time does not count as pricing."""
        began = self.watch.elapsed
        yield
        self.stopped_seconds += self.watch.elapsed - began
