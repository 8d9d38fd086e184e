"""People by headcount and day, and their sums.

A headcount with a skill is mostly part of another one: of the five on the early shift two are to be nurses.
Sums over several headcounts leave such a part out, so that nobody is required, there or superfluous twice.
"""

from itertools import compress
from typing import NamedTuple

from pydantic import Field

from scheduler.domain.values.frozen import Frozen


class PeopleSums(NamedTuple):
    """People over some days that have a number, of one headcount or of several."""

    required: int = 0
    scheduled: int = 0
    superfluous: int = 0
    missing: int = 0


class HeadcountCoverage(Frozen):
    """People by headcount and day: for each row of the problem a number per day of the horizon.

    Parameters
    ----------
    required
        ``None`` on a day without a number; nobody is missing or superfluous then.
    maximum, beyond_maximum
        How many there may be at most, ``None`` on a day without a limit, and how many are there beyond it.
    of_these
        Whether those who count on the day are among the people of another row of the shift, which has a
        number then: sums over several rows leave them out.
    """

    required: dict[str, tuple[int | None, ...]] = Field(default_factory=dict)
    scheduled: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    missing: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    superfluous: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    maximum: dict[str, tuple[int | None, ...]] = Field(default_factory=dict)
    beyond_maximum: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    of_these: dict[str, tuple[bool, ...]] = Field(default_factory=dict)

    def of(self, row: str, days: slice = slice(None)) -> PeopleSums:
        """Of one row."""
        return self._summed(row, [number is not None for number in self.required[row]], days)

    def together(self, days: slice = slice(None)) -> PeopleSums:
        """Of all rows, everybody once."""
        return self._all(days, of_these=False)

    def among_them(self, days: slice = slice(None)) -> PeopleSums:
        """Of all rows that are part of others."""
        return self._all(days, of_these=True)

    def _all(self, days: slice, *, of_these: bool) -> PeopleSums:
        sums = [
            self._summed(
                row,
                [
                    number is not None and part is of_these
                    for number, part in zip(self.required[row], parts, strict=True)
                ],
                days,
            )
            for row, parts in self.of_these.items()
        ]
        return PeopleSums(*map(sum, zip(*sums, strict=True))) if sums else PeopleSums()

    def _summed(self, row: str, is_counted: list[bool], days: slice) -> PeopleSums:
        parts = (self.required, self.scheduled, self.superfluous, self.missing)
        return PeopleSums(
            *(sum(number or 0 for number in compress(part[row][days], is_counted[days])) for part in parts)
        )
