"""Arithmetic that cannot leave its numbers: Python's integers in arrays, and the way from there into 64 bits.

A proof that wraps round proves nothing. Whatever is multiplied by a number of people is counted in arrays
of Python's integers. The best weeks are worked out in 64 bits, for which those would be far too slow; so what
a week can come to is bounded first, in Python's integers, and a certificate beyond that is refused.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Exact = NDArray[np.object_]
"""Python's integers, of any size."""
Ints = NDArray[np.int64]

MOST_IN_A_WEEK = 2**58
"""What everything in one agent's week may come to, signs left out.

``dynamic_program`` and ``break_placement`` keep what cannot be at 2**59 and beyond, and add at most three
such numbers, which stay below 2**63.
"""


def exact(numbers: Iterable[int]) -> Exact:
    """An array of Python's integers."""
    listed = list(numbers)
    made = np.empty(len(listed), dtype=np.object_)
    made[:] = listed
    return made


def counted_in_64_bits(what: str, amounts: Exact) -> Ints:
    """The same in 64 bits.

    Raises
    ------
    ValueError
        If all of them together, signs left out, come to more than ``MOST_IN_A_WEEK``.
    """
    together = sum(map(abs, amounts.tolist()))
    if together > MOST_IN_A_WEEK:
        raise ValueError(
            f"what {what} is worth adds up to {together:,}, and {MOST_IN_A_WEEK:,} is the most "
            "that is counted exactly"
        )
    return amounts.astype(np.int64)
