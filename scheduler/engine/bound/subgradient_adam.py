"""Dual ascent without a linear programme: subgradient steps on L, scaled price by price (Adam).

A subgradient method for the Lagrangian dual (Held and Karp 1971) whose direction is a running mean of
subgradients and whose step length is each price's own, in terms of the usual size of its subgradient (Adam;
Kingma and Ba 2015): busy hours and empty nights need no common step length. Steps are long at first and
short at the end, and longer still while the bound rises fast, for the first guess may be far too low.
Measured against the volume method (Barahona and Anbil 2000) on the real week of 475 agents, 400 iterations
leave 0.1 % of the bound instead of 0.4 %.

As a guide for the search the mean of the last prices is better than the best of them: where many prices are
equally good, a single vector is extreme in one or another of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.kernel.arrays import Float64Array


@dataclass(frozen=True)
class RestartReach:
    """First step of an ascent from known prices, as a fraction of a fresh one's: less, the more is known.

    The fraction is ``iterations`` divided by those that were made, or are about to be, between
    ``least_fraction`` and ``most_fraction``.
    """

    iterations: float
    least_fraction: float
    most_fraction: float

    def fraction(self, iterations: float) -> float:
        """Of a fresh ascent's reach."""
        return float(np.clip(self.iterations / max(1.0, iterations), self.least_fraction, self.most_fraction))


@dataclass(frozen=True)
class AscentPolicy:
    """Parameters of the dual ascent. Reaches are fractions of the span in which a price can lie."""

    most_reach: float = 0.12
    """First step of a long ascent. Longer steps overshoot, shorter ones do not arrive; see decision 2 for
    what was varied."""
    least_reach: float = 0.02
    """First step of a short ascent. A short ascent begins near good prices, which a long step would leave."""
    reach_growth: float = 0.006
    """The first step grows with the square root of the iterations to come, times this. It joins the short and
    the long ascent between the two ends above."""
    last_step_fraction: float = 0.005
    """The last step as a fraction of the first. Smaller ends nearer to the optimum of a long ascent, larger
    moves on longer."""
    after_volume: RestartReach = RestartReach(40.0, 0.15, 0.5)
    """Where the volume method went before: with 300 different agents, 130 iterations after 76 of the volume
    method raised the bound from 206,644 to 208,531 with 0.15 of the reach, and to 209,242 with 0.5."""
    resumed: RestartReach = RestartReach(30.0, 0.08, 0.4)
    """Where this ascent itself goes on. It goes on from its own best prices, so that less of the reach is
    needed than from new ones."""
    expansion_factor: float = 1.3
    """Steps grow by this factor from one pricing call to the next while the bound rises fast, and shrink by
    it afterwards, to what they would be without. On nrp24 10, which begins at a hundredth of what heads are
    worth, 60 iterations prove 4,473 so, 4,002 with 1.2 and 133 without."""
    fast_fraction: float = 0.0003
    """A bound rises fast where a pricing call proves so much more, as a fraction of it. With 0.02 a repair of
    the example week, which begins at the prices of the week before, is proven 40,285 in 50 iterations, with
    this 41,721; 30 different agents 20,834 and 21,395; from 400 iterations on both prove the same."""
    most_expansion_factor: float = 64.0
    """The product of all these factors at most. It keeps an ascent whose proofs rise by accident from
    stepping out of every sensible price."""
    direction_memory: float = 0.9
    """Memory of the mean subgradient: the first moment of Adam, as in the paper."""
    size_memory: float = 0.99
    """Memory of its squares: the second moment of Adam. The paper has 0.999, for longer runs."""
    division_tolerance: float = 1e-9
    """Keeps a price that never had a subgradient from a division by zero; the paper has 1e-8."""
    mean_memory: float = 0.98
    """Memory of the mean prices. About the last fifty iterations count: longer is smoother, and follows
    later."""
    mean_iterations: int = 50
    """Up to so many iterations the mean weighs all of them equally; from then on ``mean_memory`` holds. Fewer
    would weigh the first prices too much."""
    full_call_rounds: int = 3
    """Turns of all batches between two full pricing calls. Fewer see a true bound more often, and each costs
    a full pricing call."""


@dataclass(frozen=True)
class FirstPricesPolicy:
    """Parameters of the guess from which an ascent starts."""

    wage_factor: float = 1.1
    """First worth of an agent at work, as a multiple of what work costs. A little above what work costs, so
    that people are at work in the first weeks that are priced."""
    missing_fraction: float = 0.2
    """Largest fraction of what a missing head costs that a head is worth at first. On nrp24 13, 20 and 22 it
    was far too much, which is why less is tried as well."""
    divisor: float = 4.0
    """Factor by which less is tried, as long as that proves more. Smaller finds a better start in more
    pricing calls."""
    most_tries: int = 10
    """How often, at most: a millionth of the price of a missing head is reached then."""


POLICY, FIRST = AscentPolicy(), FirstPricesPolicy()


def first_prices(lagrangian: Lagrangian) -> Float64Array:
    """Where somebody is wanted, an agent is worth what work costs.

    A head is worth the fraction of its price that proves most: where requests cost little against missing
    heads, a fifth of that is far too much, and an ascent from there takes hundreds of iterations to return.
    The bound is concave in that fraction, so less is tried until it proves no more.
    """
    instance, shape = lagrangian.instance, lagrangian.shape
    paid, worked = int(instance.options.paid.sum()), int(instance.options.worked.sum())
    wage = float(instance.pay.mean()) * instance.slots.minutes * paid / max(1, worked)
    low, high = lagrangian.box()

    def guess(fraction: float) -> Float64Array:
        guess = fraction * high
        if wage > 0:  # where nobody is paid, an ascent from nothing does not leave it
            shape.staffing(guess)[...] = np.where(shape.staffing(high) > 0, FIRST.wage_factor * wage, 0.0)
        return np.clip(guess, low, high)

    best, fraction = guess(FIRST.missing_fraction), FIRST.missing_fraction
    if not instance.heads.rows:
        return best
    most = lagrangian.at(best, with_subgradient=False).bound
    for _ in range(FIRST.most_tries):
        fraction /= FIRST.divisor
        less = guess(fraction)
        bound = lagrangian.at(less, with_subgradient=False).bound
        if bound <= most:
            break
        best, most = less, bound
    return best


@dataclass(eq=False)
class AdamSteps:
    """Steps along subgradients, each coordinate with a length of its own (Kingma and Ba 2015)."""

    direction: Float64Array
    square: Float64Array
    taken: int = 0

    @classmethod
    def of(cls, shape: tuple[int, ...]) -> "AdamSteps":
        """None taken yet, in this shape."""
        return cls(np.zeros(shape), np.zeros(shape))

    def next(self, subgradient: Float64Array) -> Float64Array:
        """The step at this subgradient, about 1 long in each coordinate."""
        self.taken += 1
        memory, size_memory = POLICY.direction_memory, POLICY.size_memory
        self.direction = memory * self.direction + (1 - memory) * subgradient
        self.square = size_memory * self.square + (1 - size_memory) * subgradient**2
        usual = np.sqrt(self.square / (1 - size_memory**self.taken)) + POLICY.division_tolerance
        return np.asarray(self.direction / (1 - memory**self.taken) / usual)


@dataclass(eq=False)
class SubgradientAscent:
    """An ascent of L that can be interrupted and gone on with.

    Parameters
    ----------
    prices, bound
        The best so far.
    mean
        Average of the last prices; a smoother guide than the best vector itself.
    iterations
        How many were made so far.
    is_proven
        Whether the optimum of a linear programme has ended the ascent.
    """

    lagrangian: Lagrangian
    prices: Float64Array
    bound: float
    mean: Float64Array
    iterations: int = 0
    is_proven: bool = False
    _goes_on: bool = False
    _here: Float64Array = field(init=False)

    def __post_init__(self) -> None:
        self._here = self.prices.copy()

    @classmethod
    def start(cls, lagrangian: Lagrangian, prices: Float64Array) -> "SubgradientAscent":
        """From some first prices."""
        return cls(lagrangian, prices, lagrangian.at(prices, with_subgradient=False).bound, prices.copy())

    @staticmethod
    def reach_of(iterations: float) -> float:
        """Length of the first step of a fresh ascent of ``iterations`` iterations."""
        reach = POLICY.reach_growth * np.sqrt(iterations)
        return float(np.clip(reach, POLICY.least_reach, POLICY.most_reach))

    def ascend(
        self,
        fraction_done: Callable[[int], float],
        reach: float,
        enough: Callable[[], bool] = lambda: False,
    ) -> None:
        """Ascend until ``fraction_done(iterations)`` is 1 or it is ``enough``.

        Parameters
        ----------
        reach
            Of the first step, as a fraction of the span in which a price can lie; see :meth:`reach_of`.
        """
        if not np.isfinite(self.bound):
            return
        low, high = self.lagrangian.box()
        span, expanded = self.lagrangian.span(self.prices), 1.0
        steps, made = AdamSteps.of(span.shape), 0
        batches = self.lagrangian.batches
        every = 1 if batches == 1 else POLICY.full_call_rounds * batches
        while (fraction := fraction_done(made)) < 1.0 and not enough():
            if made % every == 0:  # a full pricing call: the true subgradient, and the bound
                value = self.lagrangian.at(self._here)
                subgradient = value.subgradient
                is_fast = value.bound > self.bound + POLICY.fast_fraction * abs(self.bound)
                expanded *= POLICY.expansion_factor if is_fast else 1 / POLICY.expansion_factor
                expanded = float(np.clip(expanded, 1.0, POLICY.most_expansion_factor))
                span = np.maximum(span, self.lagrangian.span(self._here))
                if value.bound > self.bound:
                    self.prices, self.bound = self._here.copy(), value.bound
            else:
                subgradient = self.lagrangian.subgradient_by_batch(self._here, made)
            made += 1
            length = expanded * reach * POLICY.last_step_fraction**fraction
            self._here = np.clip(self._here + length * span * steps.next(subgradient), low, high)
            is_long = self.iterations + made > POLICY.mean_iterations
            kept = POLICY.mean_memory if is_long else 1 - 1 / (1 + made)
            self.mean = kept * self.mean + (1 - kept) * self._here
        self.iterations += made

    def ascend_iterations(self, iterations: int, enough: Callable[[], bool] = lambda: False) -> None:
        """Ascend a fixed number of iterations, independent of the clock."""
        self.ascend(lambda made: made / iterations, self.reach_for(iterations), enough)

    def reach_for(self, iterations: float) -> float:
        """Length of the first step of the next ``iterations`` iterations: shorter, the more is known."""
        reach = self.reach_of(iterations)
        if self.iterations:
            return reach * POLICY.resumed.fraction(self.iterations)
        return reach * POLICY.after_volume.fraction(iterations) if self._goes_on else reach

    def go_on_from(self, prices: Float64Array, bound: float) -> None:
        """Begin at the prices of another ascent, if they prove more."""
        if bound > self.bound:
            self.prices, self.bound, self._here = prices.copy(), bound, prices.copy()
            self.mean = prices.copy()
            self._goes_on = True

    def join(self, prices: Float64Array, *, ends: bool = True) -> bool:
        """Take over prices from elsewhere if they prove more; returns whether they do.

        The mean stays the guide: the optimum of a linear programme is worth most as a proof. Its prices are
        extreme where many are equally good, and on the real week of 475 agents they led the search to rosters
        0.7 % dearer.

        Parameters
        ----------
        ends
            Whether nothing better can be expected, so that the ascent ends.
        """
        value = self.lagrangian.at(prices, with_subgradient=False)
        if value.bound <= self.bound:
            return False
        self.prices, self.bound = prices, value.bound
        self.is_proven = ends
        self._here = prices.copy()
        return True
