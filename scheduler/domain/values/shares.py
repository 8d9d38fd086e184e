"""Shares and multiples that are no decimals, written as people write them: ``25``, ``12.5``, ``33 1/3``.

A third of an hour's pay is no decimal, and 33.33 per cent of it is another amount: so they are kept as they
are written, and counted as fractions.
"""

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from scheduler.texts import text

MOST_DENOMINATOR = 12
"""Thirds, sixths, eighths and twelfths can be written; amounts of money stay whole in a unit that is not too
small to be counted with."""
_DECIMALS = 2
_WRITTEN = re.compile(r"(?:(\d{1,7}(?:\.\d{1,2})?)|(?:(\d{1,7}) +)?(\d{1,7})/(\d{1,2}))")


def fraction_of(written: str) -> Fraction:
    """What is written, exactly.

    >>> fraction_of("33 1/3")
    Fraction(100, 3)
    """
    match = _WRITTEN.fullmatch(written.strip())
    if match is None or (match[4] and not 0 < int(match[4]) <= MOST_DENOMINATOR):
        raise ValueError(
            text(
                '"{written}" is neither a number with at most two decimals nor one with a fraction, such as '
                "33 1/3",
                written=written[:60],
            )
        )
    if match[1]:
        return Fraction(match[1])
    return Fraction(match[2] or 0) + Fraction(int(match[3]), int(match[4]))


def spelt_fraction(value: Fraction) -> str:
    """The shortest way to write it.

    >>> spelt_fraction(Fraction(25, 2)), spelt_fraction(Fraction(100, 3)), spelt_fraction(Fraction(4, 3))
    ('12.5', '33 1/3', '1 1/3')
    """
    hundredths = value * 10**_DECIMALS
    if hundredths.denominator == 1:
        return f"{float(value):.{_DECIMALS}f}".rstrip("0").rstrip(".")
    whole, rest = divmod(value.numerator, value.denominator)
    part = f"{rest}/{value.denominator}"
    return f"{whole} {part}" if whole else part


def _as_text(value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:g}" if is_number else value


def _normal(value: str) -> str:
    return spelt_fraction(fraction_of(value))


Exact = Annotated[str, BeforeValidator(_as_text), AfterValidator(_normal)]
"""A number that may have a fraction, as text."""
