"""What is to be reached, as data, and whether it was: nobody types a verdict in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.measure import Row


@dataclass(frozen=True)
class Measure:
    """A figure of a row that can have a target.

    Parameters
    ----------
    column
        Of :class:`~tests.benchmarks.measure.Row`.
    one
        What one ``unit`` is in the unit of the column.
    """

    column: str
    unit: str
    one: float = 1.0
    decimals: int = 2

    def of(self, row: Row) -> float | None:
        """The figure in ``unit``; ``None`` where it was not measured."""
        figure: float | None = getattr(row, self.column)
        return None if figure is None else figure / self.one

    def shown(self, figure: float) -> str:
        """A figure in ``unit`` with it."""
        return f"{figure:,.{self.decimals}f} {self.unit}"


MEASURES = {
    "gap": Measure("gap", "%", 0.01),
    "controllable": Measure("gap_controllable", "%", 0.01),
    "above known": Measure("above_known", "%", 0.01),
    "first legal": Measure("first_roster_seconds", "s", decimals=1),
    "verification": Measure("verification_seconds", "s", decimals=1),
    "took": Measure("seconds", "s", decimals=1),
    "memory": Measure("peak_memory_mib", "GB", 1e9 / 2**20),
}
"""What a target can be about, by the words of the plan. A GB is 10^9 bytes."""


@dataclass(frozen=True)
class Target:
    """A figure that is to be at most so large, in the unit of its measure."""

    name: str
    at_most: float

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return MEASURES[self.name]

    def __str__(self) -> str:
        return f"{self.name} ≤ {self.at_most:g} {self.measure.unit}"


def target_of(text: str) -> Target:
    """Read a target as the plan writes it, ``gap <= 2 %``.

    Raises
    ------
    ValueError
        If the measure is not known or has another unit.
    """
    written = re.fullmatch(r"([a-z ]+) <= ([0-9.]+) (\S+)", text)
    if written is None or written[1] not in MEASURES or MEASURES[written[1]].unit != written[3]:
        known = ", ".join(f"{name} <= 1 {measure.unit}" for name, measure in MEASURES.items())
        raise ValueError(f'"{text}" is not a target; there are {known}')
    return Target(written[1], float(written[2]))


@dataclass(frozen=True)
class Verdict:
    """A target held against what was measured.

    Parameters
    ----------
    figure
        The median over the runs, in the unit of the measure; ``None`` if no run has the figure.
    failed
        How many runs ended without a roster that counts: with any of them the target is missed.
    """

    target: Target
    figure: float | None
    failed: int

    @property
    def is_reached(self) -> bool:
        """Whether every run counts and their median is small enough."""
        return self.failed == 0 and self.figure is not None and self.figure <= self.target.at_most

    def __str__(self) -> str:
        shown = "no figure" if self.figure is None else self.target.measure.shown(self.figure)
        failures = f", {self.failed} failed" if self.failed else ""
        return f"{'reached' if self.is_reached else '**missed**'}: {shown}{failures}"


def judged(target: Target, rows: Sequence[Row], failed: int = 0) -> Verdict:
    """Hold a target against the runs that count and the number of those that failed."""
    figures = [figure for row in rows if (figure := target.measure.of(row)) is not None]
    return Verdict(target, median(figures) if figures else None, failed)


@dataclass(frozen=True)
class Growth:
    """How much longer something takes when it is so many times larger; ``None`` where it was never done."""

    times_larger: float
    seconds_small: float | None
    seconds_large: float | None

    @property
    def times_longer(self) -> float | None:
        """The ratio of the two times."""
        if not self.seconds_small or self.seconds_large is None:
            return None
        return self.seconds_large / self.seconds_small

    @property
    def is_less_than_linear(self) -> bool:
        """Whether the time grows less than the size."""
        return self.times_longer is not None and self.times_longer < self.times_larger
