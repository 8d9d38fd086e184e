"""Sick calls over days that are paid to everybody or to a team, such as a public holiday.

A person's row goes before one of everyone. A sick call without hours is credited with the duties that it
cancels, and on a holiday there are none: whoever is sick over it would lose the hours that all others have.
"""

from dataclasses import dataclass, field
from datetime import datetime

from scheduler.domain.facts.problem import TimeOff
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.values.words import hours_words
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row
from scheduler.texts import text, text_n


@dataclass
class SickOverPaidDays:
    """Cuts such sick calls in two around the paid day, and tells once for whom."""

    notebook: Notebook
    _kept: list[tuple[Row, str, datetime, int]] = field(default_factory=list)

    def keeps(
        self, row: Row, name: str, index: int, absences: list[TimeOff], start: datetime, end: datetime
    ) -> bool:
        """Whether a window that a wider row pays stands beside the rest of a sick call without hours.

        Where it is all of the sick call, the call has its hours and the window is left out.

        Parameters
        ----------
        row
            Of everyone, or of a contract or team.
        name, index
            Of the agent whose ``absences`` these are.
        """
        minutes = row.values.get("paid_minutes")
        for at, sick in enumerate(absences):
            is_open = sick.kind == "sick" and sick.paid_minutes is None
            if not minutes or not is_open or not (sick.start <= start and end <= sick.end):
                continue
            self._kept.append((row, name, start, minutes))
            parts = [part for part in ((sick.start, start), (end, sick.end)) if part[0] < part[1]]
            if not parts:
                absences[at] = sick.model_copy(update={"paid_minutes": minutes})
                return False
            first, *later = (sick.model_copy(update={"start": one, "end": other}) for one, other in parts)
            absences[at] = first
            for part in later:
                path = "agents", index, "time_off"
                self._copy_cells(row, (*path, at), (*path, len(absences)))
                absences.append(part)
            return True
        return False

    def _copy_cells(self, row: Row, path: FactPath, to: FactPath) -> None:
        """The cells of the call for its second part; both rows are of one sheet and have its columns."""
        cells = self.notebook.cells
        cells[to] = cells[path]
        for key in row.columns:
            cells[*to, key] = cells[*path, key]

    def tell(self) -> None:
        """Say for whom it was done, at the row that pays the day."""
        if not self._kept:
            return
        row, name, start, minutes = self._kept[0]
        self.notebook.warning(
            row.sheet,
            row.cell("paid_minutes"),
            text_n(
                "{number} sick call lies over a day that this row pays ({name}, {on}): that day has its "
                "{hours} here, and the sick call is credited for its other days.",
                "{number} sick calls lie over a day that this row pays (first {name}, {on}): that day has "
                "its {hours} here, and the sick calls are credited for their other days.",
                len(self._kept),
                number=len(self._kept),
                name=name,
                on=start.date(),
                hours=hours_words(minutes),
            ),
            text("Write the hours of the sick call in its own row to have it otherwise."),
        )
