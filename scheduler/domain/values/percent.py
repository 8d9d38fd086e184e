"""Per cent in whole hundredths, so that no sum of shares or changes is off by a hair.

Counted so by the facts, their checks and the demand model. The verifier counts for itself.
"""

from typing import Final

HUNDREDTHS: Final = 100
"""Of one per cent."""
WHOLE: Final = 100 * HUNDREDTHS
"""Hundredths of all that there is."""


def in_hundredths(percent: float) -> int:
    """Hundredths of a per cent, the nearest whole number.

    >>> in_hundredths(12.5)
    1250
    """
    return round(percent * HUNDREDTHS)


def is_finer(percent: float) -> bool:
    """Whether it has more than two decimals.

    >>> is_finer(12.34), is_finer(12.345)
    (False, True)
    """
    return abs(percent * HUNDREDTHS - in_hundredths(percent)) > 1e-6
