"""How money is counted, so that no float ever decides which roster is cheaper.

Prices are given in whole cents per hour. A cost is ``cents per hour x minutes``, that is, an integer
number of *sixtieths of a cent*; sums, differences and comparisons of costs are exact. Only what is
shown to a person is turned into currency.
"""

from collections.abc import Sequence
from fractions import Fraction

COST_UNITS_PER_CENT = 60
COST_UNITS_PER_CURRENCY = 100 * COST_UNITS_PER_CENT
MOST_COST = 2**61
"""Most that one price may cost over a whole horizon; sums in 64 bits hold several of these."""
NO_ROSTER = 2**62
"""The bound if a certificate proves that no legal roster exists: above every cost."""
MOST_PEOPLE = 2**14
"""Number of people for whom a price must be payable at once: three times the largest team."""
MOST_EXACT = 2**53
"""Integers below it are exact in a double; the search adds up costs in doubles."""
MOST_WORTH = MOST_COST // MOST_PEOPLE
"""Most that one person may be worth over a whole horizon, in sixtieths of a cent (23 * 10**9 in currency)."""


def hourly(cents_per_hour: int, minutes: int) -> int:
    """Cost of ``minutes`` at ``cents_per_hour``, in sixtieths of a cent."""
    return cents_per_hour * minutes


def each(cents: int, times: int = 1) -> int:
    """Cost of ``times`` occurrences at ``cents`` each, in sixtieths of a cent."""
    return cents * times * COST_UNITS_PER_CENT


def apportioned(cents: int, shares: Sequence[Fraction]) -> list[int]:
    """A price divided by shares into whole cents that add up to it, by largest remainders.

    No part is off by a cent or more; of equal remainders the first ones are rounded up.
    """
    exact = [cents * share / sum(shares) for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[: cents - sum(parts)]:
        parts[at] += 1
    return parts


def in_currency(cost: int | Fraction) -> float:
    """A cost as an amount of currency, for showing; 1 234 000 units are 205.67."""
    return float(cost / COST_UNITS_PER_CURRENCY)


def ratio(part: int, whole: int) -> float:
    """``part / whole``, and 0.0 where both are nothing."""
    if whole == 0:
        return 0.0 if part == 0 else float("inf")
    return part / whole
