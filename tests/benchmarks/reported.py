"""The plan's rows, each with the runs that are reported for it: those with the reported seeds alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.entries import Entry, Key
from tests.benchmarks.measure import Row
from tests.benchmarks.plan import REPORTED_SEEDS, Planned
from tests.benchmarks.targets import Verdict, judged


@dataclass(frozen=True)
class Reported:
    """A row of the plan and what was measured for it."""

    planned: Planned
    entries: tuple[Entry, ...]

    @property
    def rows(self) -> list[Row]:
        """What the runs that count measured."""
        return [entry.row for entry in self.entries if entry.failure is None]

    @property
    def failures(self) -> list[Entry]:
        """The runs that do not count."""
        return [entry for entry in self.entries if entry.failure is not None]

    @property
    def verdicts(self) -> list[Verdict]:
        """Every target of the row, judged; none as long as nothing was run."""
        if not self.entries:
            return []
        return [judged(target, self.rows, len(self.failures)) for target in self.planned.targets]

    def figures(self, column: str) -> list[float]:
        """A column of :class:`~tests.benchmarks.measure.Row` in every run that has it, ascending."""
        found = (getattr(row, column) for row in self.rows)
        return sorted(figure for figure in found if figure is not None)

    def figure(self, column: str) -> float | None:
        """The median of a column; ``None`` if no run has it."""
        figures = self.figures(column)
        return median(figures) if figures else None

    @property
    def middle(self) -> Row | None:
        """The run in the middle by its gap, the better one of two."""
        ordered = sorted((row for row in self.rows if row.gap is not None), key=lambda row: row.gap or 0.0)
        return ordered[(len(ordered) - 1) // 2] if ordered else None


def reported_rows(rows: Sequence[Planned], entries: Mapping[Key, Entry]) -> list[Reported]:
    """Every row of the plan with its runs, in the order of the plan."""
    return [
        Reported(
            row,
            tuple(
                entries[key]
                for seed in row.first_of(REPORTED_SEEDS)
                if (key := (row.case, seed, row.seconds)) in entries
            ),
        )
        for row in rows
    ]
