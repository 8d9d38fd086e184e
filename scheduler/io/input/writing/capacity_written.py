"""The sheets of a year carried into another workbook as they were typed, and a new year to fill in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from scheduler.domain.values.words import counted
from scheduler.io.cells.columns import Column, Kind
from scheduler.io.cells.render import cell_value, put
from scheduler.io.files.cell_values import Percent
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.reading.heading_row import heading_row
from scheduler.io.input.sheets.capacity import CAPACITY_SHEETS
from scheduler.io.input.writing.sheet_format import format_sheet, sheet_headings
from scheduler.texts import text

_DATE, _SHARE = "yyyy-mm-dd", "0.###%"


def append_year(book: Workbook, sheets: Mapping[str, RawSheet]) -> list[str]:
    """Append the sheets of a year as they were read; returns what was left out, as sentences."""
    titles = {kind.key: kind.title for kind in CAPACITY_SHEETS}
    notes = []
    for kind in CAPACITY_SHEETS:
        raw = sheets.get(kind.key)
        at = None if raw is None else heading_row(kind, raw)
        if raw is None or at is None:
            continue
        if at > 1:
            notes.append(
                text("{sheet}: {lines} above its headings are not copied.", sheet=raw.title,
                     lines=counted(at - 1, "line"))
            )  # fmt: skip
        sheet = book.create_sheet(kind.title)
        sheet_headings(sheet, ["" if cell is None else str(cell) for cell in raw.rows[at - 1]])
        for number, row in enumerate(raw.rows[at:], start=2):
            for position, value in enumerate(row, start=1):
                if value is not None:
                    put(sheet, number, position, *_as_typed(value))
        format_sheet(kind, sheet, titles, "en")
    return notes


def _as_typed(value: Any) -> tuple[Any, str]:
    if isinstance(value, Percent):
        return float(value), _SHARE
    return value, _DATE if isinstance(value, date) else "General"


def year_sheets(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, RawSheet]:
    """Sheets of a year from facts by the keys of their columns."""
    made = {}
    for kind in CAPACITY_SHEETS:
        headings = tuple(column.title for column in kind.columns)
        body = [_cells(kind.columns, facts) for facts in rows.get(kind.key, ())]
        made[kind.key] = RawSheet(title=kind.title, rows=(headings, *body))
    return made


def _cells(columns: Sequence[Column], facts: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        None
        if facts.get(column.key) is None
        else facts[column.key]
        if column.kind in (Kind.ANY, Kind.PERCENT, Kind.SECONDS)
        else cell_value(column.kind, facts[column.key])[0]
        for column in columns
    )
