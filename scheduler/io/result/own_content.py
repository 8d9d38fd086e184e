"""What people have put into a roster workbook beside the roster: sheets and columns of their own.

A roster that is written anew takes them along as far as it can; what it cannot is named. Nothing of it is
looked at, so that it cannot say anything of the roster.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.words import counted, listed
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.streams import Source
from scheduler.io.files.workbook_extras import SheetParts, parts_of
from scheduler.io.files.workbook_file import RawSheet, WorkbookFile
from scheduler.io.result.differences import Absent, Difference
from scheduler.io.result.sheets import names
from scheduler.io.result.sheets.duties import FIXED
from scheduler.texts import text

_KEYS = {names.DUTIES: (1, FIXED.index("Date") + 1), names.ROSTER: (1,)}
"""Columns by which a row is known again on sheets whose rows move: agent and date, agent."""
_MOST_NAMED = 8


def carried_over(
    opened: WorkbookFile, source: Source, book: Workbook, own: Iterable[Difference]
) -> list[str]:
    """Put what is people's own into the new workbook, and say what was kept and what was not.

    Parameters
    ----------
    own
        Cells that stand where nothing of the roster belongs.
    """
    again = opened.afresh()
    parts = parts_of(opened.archive.afresh(), again.all_sheets)
    told = list(_sheets(again, source, book, parts))
    told += _cells(again, book, own)
    kept = {chart for sheet in book.worksheets for chart in [sheet.title] if sheet.title in parts}
    laid_over = [title for title in kept if parts[title].laid_over]
    if laid_over:
        told.append(
            text(
                "Not kept: text boxes and pictures that lie over {sheets}.",
                sheets=", ".join(sorted(laid_over)),
            )
        )
    return told


def _sheets(
    opened: WorkbookFile, source: Source, book: Workbook, parts: dict[str, SheetParts]
) -> Iterator[str]:
    """Copy each sheet that is none of the roster's."""
    ours = {title.casefold() for title in book.sheetnames}
    own = [title for title in parts if title.casefold() not in ours]
    lost = [title for title in own if title not in opened.titles]
    copied = [title for title in own if title in opened.titles]
    if lost:
        yield text("Not kept: {sheets}, which hold nothing but a chart.", sheets=", ".join(lost))
    if not copied:
        return
    for title in copied:
        opened.sheet(title)  # within the limits of reading
    with source.open("rb") as file:
        old = load_workbook(file, read_only=True)
        for title in copied:
            _copy(old[title], book.create_sheet(title))
    yield text("Kept: your own sheets {sheets}, with values, formulas and formats.", sheets=", ".join(copied))
    dressed = [
        title for title in copied if parts[title].charts or parts[title].laid_over or parts[title].notes
    ]
    if dressed:
        yield text("Not kept: charts, pictures and remarks on {sheets}.", sheets=", ".join(dressed))


def _copy(old: Any, new: Any) -> None:
    for row in old.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            put = new.cell(cell.row, cell.column, cell.value)
            put.number_format = cell.number_format
            for look in ("font", "fill", "border", "alignment"):
                setattr(put, look, copy(getattr(cell, look)))


def _cells(opened: WorkbookFile, book: Workbook, own: Iterable[Difference]) -> Iterator[str]:
    """Copy single cells of people's own to the row that says the same in the new workbook."""
    kept: Counter[str] = Counter()
    lost: list[str] = []
    sheets: dict[str, Callable[[int], int | None]] = {}
    for one in own:
        title, _, cell = one.place.rpartition("!")
        if (
            title not in book.sheetnames
            or not isinstance(one.counted, Absent)
            or isinstance(one.found, Absent)
        ):
            continue
        if title not in sheets:
            sheets[title] = _rows(opened.sheet(title), book[title])
        letter, row = coordinate_from_string(cell)
        new_row, column = sheets[title](row), column_index_from_string(letter)
        target: Any = None if new_row is None else book[title].cell(new_row, column)
        if target is None:
            lost.append(f"{one.place}: {one.found}")
        elif target.value is None or target.value == "":
            target.value = one.found
            kept[title] += 1
    if kept:
        where = ", ".join(f"{title} ({counted(number, 'cell')})" for title, number in kept.items())
        yield text("Kept: what you wrote beside the roster on {sheets}.", sheets=where)
    if lost:
        cells = listed(lost, _MOST_NAMED)
        yield text("Not kept, the row that it stood in is no more: {cells}.", cells=cells)


def _rows(old: RawSheet, new: Any) -> Callable[[int], int | None]:
    """The row of a new sheet that says what a row of the old one said."""
    columns = _KEYS.get(old.title, (1,))
    if old.title not in _KEYS:
        return lambda row: row
    where: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(new.iter_rows(values_only=True), start=1):
        where.setdefault(_key(cells, columns), number)

    def again(row: int) -> int | None:
        key = _key(old.rows[row - 1], columns)
        return row if all(is_blank(part) for part in key) else where.get(key)

    return again


def _key(cells: Sequence[Any], columns: tuple[int, ...]) -> tuple[Any, ...]:
    """The cells by which a row is known again; dates without their time of day."""
    found = [cells[column - 1] if column <= len(cells) else None for column in columns]
    return tuple(value.date() if isinstance(value, datetime) else value for value in found)
