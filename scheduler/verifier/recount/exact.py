"""Arithmetic without overflow: arrays of Python's integers, and their conversion to 64 bits.

A proof that overflows proves nothing. Whatever is multiplied by a number of people is computed in arrays of
Python's integers. They would be far too slow for the best weeks, which are computed in 64 bits: so the size
of a week's sums is bounded first, in Python's integers, and a certificate beyond that is refused.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from scheduler.texts import text

Exact = NDArray[np.object_]
"""Python's integers, of any size."""
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_IN_A_WEEK = 2**58
"""Limit on the sum of absolute amounts in one agent's week.

``dynamic_program`` and ``break_placement`` use 2**59 and more for what is impossible, and add at most three
such numbers, which stay below 2**63.
"""


def exact(numbers: Iterable[int]) -> Exact:
    """An array of Python's integers."""
    listed = list(numbers)
    made = np.empty(len(listed), dtype=np.object_)
    made[:] = listed
    return made


def counted_in_64_bits(what: str, amounts: Exact) -> Ints:
    """The amounts in 64 bits.

    Raises
    ------
    ValueError
        If their absolute values add up to more than ``MOST_IN_A_WEEK``.
    """
    together = sum(map(abs, amounts.tolist()))
    if together > MOST_IN_A_WEEK:
        raise ValueError(
            text(
                "what {what} is worth adds up to {together:,}, and {most_in_a_week:,} is the most that is "
                "counted exactly",
                what=what,
                together=together,
                most_in_a_week=MOST_IN_A_WEEK,
            )
        )
    return amounts.astype(np.int64)
