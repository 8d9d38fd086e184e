"""How a search divides its time: the parameters of :mod:`scheduler.engine.search`, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PricingPolicy:
    """How a search divides its time between prices and rosters."""

    first_iterations: int = 150
    """Of each ascent before the first round, where the search is counted. It stands for the share of a usual
    search."""
    round_iterations: int = 60
    """Of the ascent after each round, where the search is counted. It stands for the share of a usual
    search."""
    first_share: float = 0.2
    """Share of the time that the first pricing gets; later ones get this fraction of the longest round so
    far. Better prices lead every round that follows, and leave fewer of them."""
    unlimited_seconds: float = 20.0
    """Of the first pricing where there is no time limit: on cc475 the bound is nearly final then."""
    dives_fraction: float = 0.3
    """Fraction of ``first_share`` where dives over everybody find the best prices themselves. More would
    price twice."""
    neighbourhoods_fraction: float = 0.05
    """The same where dives are over neighbourhoods: on nrp24 20, 60 s came to 5,001 with a long ascent before
    and 40 s to 4,976 without."""
    volume_share: float = 0.5
    """Share of the first pricing that the volume method gets: its mean and that of the other ascent are each
    the better guide on some weeks. More of one is less of the other."""
    few_iterations: int = 250
    """Where there is time for fewer, the volume method is left out: on the example week 120 iterations
    without it prove 39,245, 100 of each 39,239, and six searches of 10 s, with time for more, came to 1.26 %
    with it and to 1.37 % without."""
    most_round_seconds: float = 20.0
    """Of the ascent after a round. Bounds rise slowly by then, while a round wins more."""
    remaining_share: float = 0.1
    """Of the remaining time, for the ascent after a round at most. More proves more and leaves fewer
    rounds."""
    programme_share: float = 0.5
    """Share of the remaining time in which the aggregated programme must be done to be asked for: its prices
    have to be of use for a while. Lower asks less often, higher may get prices too late."""
    programme_horizon_seconds: float = 600.0
    """Remaining time counts up to here for it. It keeps a long search from waiting for the programme
    first."""
    alike_factor: int = 2
    """Agents per pricing class from which the aggregated programme is solved: it does not tell like
    agents apart, which makes it loose where everybody is different."""


@dataclass(frozen=True)
class CrewPricingPolicy:
    """How much time the bound with crews gets."""

    sizes_share: float = 0.2
    """Of the remaining time, for the prices of all crews' sizes, at most; 40 iterations take less where a
    search has 3 s. With 0.1 and two searches of 6 s side by side some bounds were 39,630 to 39,720 on the
    example week, 0.5 % below the others."""
    share: float = 0.08
    """Of the remaining time, for the premiums. More proves more by crews and leaves less for rosters."""
    most_share: float = 0.2
    """The largest share, which the premiums get where ``enough_iterations`` take longer than ``share``:
    iterations are counted because a busy machine makes fewer in the same time."""
    enough_iterations: int = 60
    """Of the premiums: on the example week 30, 60 and 100 prove 39,802, 39,924 and 39,927. Without it two
    searches of 6 s side by side proved 39,237 to 39,762, with it 39,454 to 39,816."""
    most_seconds: float = 8.0
    """For the premiums at most: on the example week half of what they prove comes within one second."""
    iterations: int = 60
    """Of the premiums where the search is counted. As ``enough_iterations`` of a search with a clock."""
    few_iterations: int = 15
    """It is left out where there is time for fewer iterations of the premiums: on the example week 15 prove
    no more than premiums of nothing."""
    opening_iterations: int = 120
    """Of the ascent before a first proof with crews, for those who stop a search early. On the example week
    crews prove 39,785 after 80 of them, 39,830 after 100 and 39,852 after 120, which take 0.6 s."""
    opening_share: float = 0.08
    """Of the remaining time, which that ascent and the premiums may take. A search of 6 s has no opening: it
    would cost 0.3 points of the gap; one of 20 s has one, which costs it 0.1."""
    better_fraction: float = 1e-4
    """Crews are priced again when prices prove more by this fraction. Smaller prices crews again for next to
    nothing, larger keeps an old bound longer."""


@dataclass(frozen=True)
class GlimpsePolicy:
    """Short annealing between iterations of the first pricing, for those who stop a search early.

    Stopped after 3 of 20 s, the example week was left with gaps of 4.5 to 4.9 % (7.0 to 9.9 % after one
    glimpse, 17 % with none), where limits of 3 s came to 4.1 to 4.4 %.
    """

    least_seconds: float = 0.1
    """Of a glimpse. Shorter ones end before they have a roster worth keeping."""
    share: float = 0.5
    """A glimpse takes this fraction of the time before it. More shows a better roster to whoever stops
    early, less leaves more time for prices."""
    opening_share: float = 0.9
    """The same for the one after the first proof with crews, hot as a first cycle is: stopped after 3 s out
    of 20 the gap is 2.2 %, and 3.0 % with the milder cycle of the others. Longer ones are cut off there."""
    next_factor: float = 1.5
    """Factor on the time until its end, after which the next one comes. Smaller has a recent roster for
    whoever stops early, larger leaves more time for prices."""
    most_share: float = 0.1
    """Share of the time limit that all of them may take. More would delay the first pricing of everybody who
    does not stop early."""


PRICING, CREWS, GLIMPSES = PricingPolicy(), CrewPricingPolicy(), GlimpsePolicy()
FIRST_SECONDS_PER_ITERATION = 0.01
"""What an iteration is thought to take until one was made."""
