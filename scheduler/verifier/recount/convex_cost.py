"""A convex, piecewise linear cost of numbers of people, at several places, in exact arithmetic.

A place is a slot or a day. Used for the staff of a skill and for the heads of a row.
"""

from collections.abc import Sequence

import numpy as np

from scheduler.verifier.recount.exact import Bools, Exact, Ints, exact

UNBOUNDED = 2**62
"""More people than any team has."""


class ConvexCost:
    """What numbers of people cost beyond their limits, and which numbers the musts allow.

    Parameters
    ----------
    places
        How many there are.
    people
        Who could be there, at any of them.
    """

    def __init__(self, places: int, people: int) -> None:
        self._fewest, self._most = exact([0] * places), exact([people] * places)
        self._priced: list[tuple[Exact, Exact, int]] = []

    def limit(self, at_least: Exact, at_most: Exact, price: int | None) -> None:
        """Add a limit, with its price per person at one place; ``None`` is a must."""
        if price is None:
            self._fewest, self._most = np.maximum(self._fewest, at_least), np.minimum(self._most, at_most)
        else:
            self._priced.append((at_least, at_most, price))

    def cheapest(self, prices: Exact, left_out: Sequence[int] = ()) -> int | None:
        """The least cost over all places with people at the place's price; ``None`` if musts bar all.

        Places that are left out cost nothing.
        """
        if bool((self._fewest > self._most).any()):
            return None
        # The cost is linear between breakpoints, so that one of them is cheapest.
        bounds = [point for low, high, _ in self._priced for point in (low, high)]
        costs = []
        for point in (self._fewest, self._most, *bounds):
            people = np.clip(point, self._fewest, self._most)
            cost = prices * people
            for low, high, price in self._priced:
                cost = cost + price * _outside(people, low, high)
            costs.append(cost)
        least = np.min(costs, axis=0)
        least[list(left_out)] = 0
        return int(least.sum())

    def by_number(self, people: Exact, places: slice | Ints) -> tuple[Exact, Bools]:
        """What each number of people costs at some places, and whether it is legal; (places, numbers)."""
        cost = np.zeros_like(self._fewest[places])[:, None] + np.zeros_like(people)
        for low, high, price in self._priced:
            cost = cost + price * _outside(people, low[places, None], high[places, None])
        may = (people >= self._fewest[places, None]) & (people <= self._most[places, None])
        return cost, may.astype(np.bool_)


def _outside(people: Exact, low: Exact, high: Exact) -> Exact:
    outside: Exact = np.maximum(0, low - people) + np.maximum(0, people - high)
    return outside
