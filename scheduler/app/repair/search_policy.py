"""How a repair divides its time between its searches: each parameter with its reason."""

from dataclasses import dataclass

from scheduler.domain.values.money import each


@dataclass(frozen=True)
class RepairPolicy:
    """Shares of the time limit, measured on a week of 120 agents."""

    first_share: float = 0.25
    """Of the time left, for the cheapest repair. More finds a cheaper one and leaves fewer points of the
    curve."""
    first_seconds: float = 5.0
    """The cheapest repair gets these on top, so that a short time limit goes to it."""
    first_most_share: float = 0.65
    """Of the time left, which the cheapest repair gets at most. More would leave nothing for the fewest
    changes."""
    fewest_share: float = 0.15
    """Of the time limit, for the fewest changes at most. The curve has the rest."""
    least_seconds: float = 1.0
    """Of one search at least. A shorter one ends before it has prices."""
    checks_beside: int = 11
    """Time kept free beside the first search, in times of one check: for 475 agents the proof took 6, the way
    back to the old roster 5."""
    checks_at_end: int = 3
    """Time kept free at the end, in times of one check: for 475 agents the last report took 3."""
    few_changes_factor: int = 8
    """Factor on the price of a change in a search for rosters with fewer changes than any known one. Smaller
    may find none, larger makes every other cost next to worthless."""
    least_price: int = each(1)
    """Of a change in a search for a point of the curve, and the step of such prices, as those of rules are in
    whole cents."""
    unknown_price_fraction: float = 0.25
    """Factor on the price of a change, for a number of changes that does not lie between those of two known
    rosters."""
    nearest_seconds: float = 10.0
    """Of the search for the nearest roster where none is legal: it is for people to look at, and no proof
    depends on it."""
    unit: int = each(100)
    """Price of one change where nothing else has a price: a bound divided by it is a number of changes."""


REPAIR = RepairPolicy()
