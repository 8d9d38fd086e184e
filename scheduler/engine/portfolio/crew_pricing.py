"""When the crews of a search are priced, and how much of its time they get."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.outcome import Phase
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.crew_disjunction import Clock, CrewBound, CrewPace
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.run.pricing_clock import PricingClock
from scheduler.engine.run.search_policy import CREWS
from scheduler.engine.run.watch import Watch


class CrewPricing:
    """The crew disjunction of one search, proven again when the prices have improved.

    Attributes
    ----------
    bound
        Its crews, which are none where at all times many can be at work.
    """

    def __init__(
        self, watch: Watch, clock: PricingClock, lagrangian: Lagrangian, pool: ThreadPoolExecutor
    ) -> None:
        self.watch, self.clock, self.lagrangian = watch, clock, lagrangian
        self.bound = CrewBound(lagrangian.instance, lagrangian.automata, pool, lagrangian.pricing.shares)
        self._without_crews = -np.inf  # bound, without crews, of the prices last used for crews

    @property
    def has_opening(self) -> bool:
        """Whether a first proof of few iterations costs next to nothing of the time there is."""
        iterations = CREWS.opening_iterations + CREWS.enough_iterations
        seconds = self.clock.seconds_of(iterations)
        is_short = seconds < CREWS.opening_share * self.watch.remaining
        return bool(self.bound.crews) and self.watch.is_timed and is_short

    def opening(self, ascent: SubgradientAscent) -> Certificate | None:
        """A first proof, for those who stop the search early."""
        return self._certificate(ascent, 0.0)

    def again(self, ascent: SubgradientAscent) -> Certificate | None:
        """A proof at better prices than those of the last one, if there is time for it."""
        return self._certificate(ascent, min(CREWS.most_seconds, CREWS.share * self.watch.remaining))

    def _certificate(self, ascent: SubgradientAscent, seconds: float) -> Certificate | None:
        is_new = ascent.bound - self._without_crews > CREWS.better_fraction * abs(ascent.bound)
        if not self.bound.crews or not is_new or self.watch.over() is not None:
            return None
        self._without_crews = ascent.bound
        few = self.clock.seconds_of(CREWS.few_iterations)
        if self.watch.is_timed and CREWS.most_share * self.watch.remaining < few:
            return None
        self.watch.tell(Phase.PRICING)
        plain = certify(self.lagrangian, ascent.prices)
        return self.bound.certificate(plain, ascent.prices, self._pace(seconds), self.watch.over)

    def _pace(self, seconds: float) -> CrewPace:
        if not self.watch.is_timed:
            return CrewPace.counted(CREWS.iterations)
        each = CREWS.sizes_share * self.watch.remaining / len(self.bound.crews)
        return CrewPace(
            sizes=lambda: self.clock.fraction_of(each), premiums=lambda: self._fraction_of(seconds)
        )

    def _fraction_of(self, seconds: float) -> Clock:
        """The fraction that is done: of the seconds and of enough iterations, or of the longest time."""
        wanted = self.clock.fraction_of(seconds)
        most = self.clock.fraction_of(CREWS.most_share * self.watch.remaining)
        return lambda made: max(most(made), min(wanted(made), made / CREWS.enough_iterations))
