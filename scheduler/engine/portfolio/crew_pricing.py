"""When the crews of a search are priced, and how much of its time they get."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scheduler.domain.results.certificate import Certificate
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.crew_disjunction import CrewBound, CrewPace
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
        self._without_crews = -np.inf  # what the prices proved that crews were last priced at

    @property
    def has_opening(self) -> bool:
        """Whether a first proof of few iterations costs next to nothing of the time there is."""
        iterations = CREWS.opening_iterations + CREWS.enough_iterations
        seconds = self.clock.seconds_of(iterations)
        is_short = seconds < CREWS.opening_share * self.watch.remaining
        return bool(self.bound.crews) and self.watch.is_timed and is_short

    def opening(self, ascent: SubgradientAscent) -> Certificate | None:
        """A first proof, for those who stop the search early."""
        return self._certificate(ascent, self.clock.seconds_of(CREWS.enough_iterations))

    def again(self, ascent: SubgradientAscent) -> Certificate | None:
        """A proof at better prices than those of the last one, if there is time for it."""
        return self._certificate(ascent, self._premium_seconds)

    def _certificate(self, ascent: SubgradientAscent, seconds: float) -> Certificate | None:
        is_new = ascent.bound - self._without_crews > CREWS.better_fraction * abs(ascent.bound)
        if not self.bound.crews or not is_new or self.watch.over() is not None:
            return None
        self._without_crews = ascent.bound
        if self.watch.is_timed and seconds < self.clock.seconds_of(CREWS.few_iterations):
            return None
        self.watch.tell("pricing")
        plain = certify(self.lagrangian, ascent.prices)
        return self.bound.certificate(plain, ascent.prices, self._pace(seconds), self.watch.over)

    def _pace(self, seconds: float) -> CrewPace:
        if not self.watch.is_timed:
            return CrewPace.counted(CREWS.iterations)
        each = CREWS.numbers_share * self.watch.remaining / len(self.bound.crews)
        return CrewPace(
            numbers=lambda: self.clock.fraction_of(each), premiums=lambda: self.clock.fraction_of(seconds)
        )

    @property
    def _premium_seconds(self) -> float:
        """A share of the remaining time, and a larger one where that is too short to be of use."""
        left = self.watch.remaining
        enough = min(CREWS.most_share * left, self.clock.seconds_of(CREWS.enough_iterations))
        return min(CREWS.most_seconds, max(CREWS.share * left, enough))
