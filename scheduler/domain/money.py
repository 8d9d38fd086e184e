"""How money is counted, so that no float ever decides which roster is cheaper.

Prices are given in whole cents per hour. A cost is ``cents per hour x minutes``, that is, an integer
number of *sixtieths of a cent*; sums, differences and comparisons of costs are exact. Only what is
shown to a person is turned into currency.
"""

COST_UNITS_PER_CENT = 60
COST_UNITS_PER_CURRENCY = 100 * COST_UNITS_PER_CENT
MOST_COST = 2**61
"""What one price may come to over a whole horizon: sums are kept in 64 bits, which hold several of these."""
MOST_PEOPLE = 2**14
"""For how many people a price must be payable at once: three times as many as are planned for at most."""
MOST_EXACT = 2**53
"""Whole numbers below it are exact in floating point; the search adds up costs there."""
MOST_WORTH = MOST_COST // MOST_PEOPLE
"""What one person may be worth over a whole horizon, in sixtieths of a cent: 23 thousand million units of
currency."""


def hourly(cents_per_hour: int, minutes: int) -> int:
    """Cost of ``minutes`` at ``cents_per_hour``, in sixtieths of a cent."""
    return cents_per_hour * minutes


def each(cents: int, times: int = 1) -> int:
    """Cost of ``times`` occurrences at ``cents`` each, in sixtieths of a cent."""
    return cents * times * COST_UNITS_PER_CENT


def in_currency(cost: int) -> float:
    """A cost as an amount of currency, for showing; 1 234 000 units are 205.67."""
    return cost / COST_UNITS_PER_CURRENCY


def ratio(part: int, whole: int) -> float:
    """``part / whole``, and 0.0 where both are nothing."""
    if whole == 0:
        return 0.0 if part == 0 else float("inf")
    return part / whole
