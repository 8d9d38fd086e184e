"""Short annealing while prices are sought: who stops a search early has a roster worth having."""

from dataclasses import dataclass

from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.local_search.simulated_annealing import GLIMPSE, Cycle
from scheduler.engine.portfolio.rounds import Rounds
from scheduler.engine.run.pricing_clock import PricingClock
from scheduler.engine.run.search_policy import GLIMPSES
from scheduler.engine.run.watch import Watch


@dataclass(eq=False)
class Glimpses:
    """The glimpses of one search.

    Prices take their share of the time however long that is, and who stops a search early, or runs it on a
    busy machine, would be left with its first roster. Each glimpse is longer than the one before, so that all
    together take a constant share of the time that was spent on prices.
    """

    watch: Watch
    rounds: Rounds
    clock: PricingClock
    _next: float = 0.0

    def if_due(self, guide: Float64Array) -> None:
        """One between two iterations of the first pricing, if it is time to."""
        if self.watch.is_timed and not self.rounds.count and self.watch.elapsed >= self._next:
            self.now(guide, GLIMPSES.share)

    def now(self, guide: Float64Array, share: float, cycle: Cycle = GLIMPSE) -> None:
        """One that takes ``share`` of the time until now, unless all together would take too much."""
        so_far = self.watch.elapsed
        seconds = max(GLIMPSES.least_seconds, share * so_far)
        if self.clock.stopped_seconds + seconds > GLIMPSES.most_share * (so_far + self.watch.remaining):
            return
        with self.clock.standing_still():
            self.rounds.glimpse(guide, seconds, cycle)
        self._next = GLIMPSES.next_factor * self.watch.elapsed
