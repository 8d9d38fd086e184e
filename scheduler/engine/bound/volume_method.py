"""The volume method (Barahona and Anbil 2000): a second dual ascent, whose mean prices guide the search.

It climbs L along a running average of subgradients; steps are long where much is wanted and short where
little is. It proves less than :mod:`scheduler.engine.bound.subgradient_adam` in the same time, but leaves
hours of small demand near the prices where they began, and as a guide that is often worth more: on the real
week of 475 agents rosters came out 0.1 % cheaper.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.kernel.arrays import Float64Array


@dataclass(frozen=True)
class VolumePolicy:
    """Parameters of the volume method, in the paper's terms where it has them."""

    first_factor: float = 0.5
    """Step factor of the first iteration. It adapts within some iterations (see ``growth`` and
    ``shrinkage``)."""
    least_factor: float = 1e-3
    """Below it an iteration gains nothing any more. Higher ends ascents that could still prove a little,
    lower wastes calls on steps of nothing."""
    most_factor: float = 1.5
    """Below 2, as Polyak's step length asks for. Nearer to 2 is the longest step that is known to
    converge."""
    growth: float = 1.1
    """The factor grows so after an iteration that proves more and whose subgradient points the same way. The
    paper's green iterations; faster overshoots, slower stays with short steps."""
    shrinkage: float = 0.7
    """The factor shrinks so after ``patience`` iterations in a row that prove no more. Stronger ends an
    ascent sooner, weaker wastes calls on steps that are too long."""
    patience: int = 12
    """Iterations in a row without a better bound before the factor shrinks. Fewer shrink by accident, more
    lose as many calls whenever the step is too long."""
    furthest_target_fraction: float = 0.012
    """Steps aim at most so far above the bound, as a fraction of it: a first roster is far away, and no
    target."""
    nearest_target_fraction: float = 0.002
    """Steps aim at least so far above the bound, as a fraction of it. Nearer makes steps of nothing where the
    roster is almost optimal."""
    least_weight: float = 0.01
    """Least weight of the newest subgradient in the average. Below it the average would not follow the newest
    weeks any more."""
    most_weight: float = 0.15
    """Largest weight of the newest subgradient; the paper's 0.1 is used where nothing is to choose."""
    usual_weight: float = 0.1
    """Weight where the average and the newest subgradient are the same."""
    mean_weight: float = 0.02
    """Weight of the newest prices in the mean that guides the search. About the last fifty prices count:
    longer is smoother, and follows later."""
    square_tolerance: float = 1e-9
    """A direction whose square is smaller is zero: the prices are optimal."""


POLICY = VolumePolicy()


@dataclass(eq=False)
class VolumeMethod:
    """An ascent of L along the averaged subgradient, which can be interrupted and gone on with.

    Parameters
    ----------
    prices, bound
        The best so far.
    mean
        Running average of the prices visited.
    iterations
        How many were made so far.
    """

    lagrangian: Lagrangian
    prices: Float64Array
    bound: float
    mean: Float64Array
    _direction: Float64Array
    iterations: int = 0
    _factor: float = POLICY.first_factor
    _failures: int = 0

    @classmethod
    def start(cls, lagrangian: Lagrangian, prices: Float64Array) -> "VolumeMethod":
        """From some first prices."""
        value = lagrangian.at(prices)
        return cls(lagrangian, prices, value.bound, prices.copy(), value.subgradient)

    def ascend(
        self,
        fraction_done: Callable[[int], float],
        cost: int | None,
        enough: Callable[[], bool] = lambda: False,
    ) -> int:
        """Ascend until ``fraction_done(iterations)`` is 1 or it is ``enough``; returns the iterations made.

        Parameters
        ----------
        cost
            Of a known roster, in sixtieths of a cent: the bound cannot rise above it.
        """
        low, high = self.lagrangian.box()
        made = 0
        while fraction_done(made) < 1.0 and not enough() and np.isfinite(self.bound):
            square = float((self._direction**2).sum())
            if square <= POLICY.square_tolerance:
                break
            known = np.inf if cost is None else cost - self.bound
            furthest, nearest = (
                fraction * abs(self.bound)
                for fraction in (POLICY.furthest_target_fraction, POLICY.nearest_target_fraction)
            )
            target = max(nearest, min(furthest, known))
            prices = np.clip(self.prices + self._factor * target / square * self._direction, low, high)
            value = self.lagrangian.at(prices)
            made += 1
            agreement = float((value.subgradient * self._direction).sum())
            weight = self._weight(value.subgradient)
            self._direction = weight * value.subgradient + (1 - weight) * self._direction
            self.mean += POLICY.mean_weight * (prices - self.mean)
            if value.bound > self.bound:
                self.prices, self.bound = prices, value.bound
                self._failures = 0
                if agreement > 0:
                    self._factor = min(POLICY.most_factor, self._factor * POLICY.growth)
                continue
            self._failures += 1
            if self._failures >= POLICY.patience:
                self._failures = 0
                self._factor = max(POLICY.least_factor, POLICY.shrinkage * self._factor)
        self.iterations += made
        return made

    def _weight(self, subgradient: Float64Array) -> float:
        """Weight of the newest subgradient that makes the average shortest, within bounds."""
        change = subgradient - self._direction
        square = float((change**2).sum())
        if square <= 0:
            return POLICY.usual_weight
        shortest = -float((self._direction * change).sum()) / square
        return float(np.clip(shortest, POLICY.least_weight, POLICY.most_weight))
