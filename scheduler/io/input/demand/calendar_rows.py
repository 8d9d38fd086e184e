"""Rows of the sheet Calendar, or of a table like it: what is special about days."""

from scheduler.domain.facts.special_days import SpecialDay
from scheduler.io.input.reading.facts import fact_of
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import SheetRows


def read_special_days(rows: SheetRows | None, notebook: Notebook) -> tuple[SpecialDay, ...]:
    """The days of a sheet; nothing where it is not there."""
    if rows is None:
        return ()
    rows.tell_extra()
    if rows.tell_missing():
        return ()
    dated = (row for row in rows.rows() if "day" in row.values)
    return tuple(
        fact_of(notebook, SpecialDay, row, ("calendar", index), {}) for index, row in enumerate(dated)
    )
