"""What people have put into a roster workbook beside the roster: sheets and columns of their own.

A roster that is written anew takes them along as far as it can; what it cannot is named. Nothing of it is
looked at, so that it cannot say anything of the roster.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.values.words import counted, listed
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.looks.workbook_extras import SheetParts
from scheduler.io.files.workbook_file import RawSheet, WorkbookFile, cell_name
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import RESULT_SHEETS, is_own_sheet
from scheduler.io.result.differences.differences import Absent, Difference
from scheduler.io.result.differences.own_places import Columns, OwnContent, is_of_repair
from scheduler.io.result.sheets.roster.duties import FIXED
from scheduler.texts import text

_KEYS = {
    names.DUTIES: (1, FIXED.index("Date") + 1),
    names.KEPT_EDITS: (1, 2),
    names.ROSTER: (1,),
    names.AGENTS: (1,),
    names.PAY: (1, 4),
}
"""Columns by which a row is known again on sheets whose rows move: agent and date, agent."""
_Again = Callable[[int], int | None]
"""From a row of an old sheet to that of the new one which says the same."""
_MOST_NAMED = 8


@dataclass(frozen=True)
class OwnParts:
    """What was found of people's own in a workbook, to be put into another one.

    Parameters
    ----------
    others
        Cells within the sheets' columns that are not the roster's.
    """

    opened: WorkbookFile
    others: Sequence[Difference]
    own: OwnContent
    is_of_older_version: bool = False
    is_of_other_input: bool = False

    def put_into(self, book: Workbook) -> tuple[str, ...]:
        """Put it into a new workbook, and say what was kept and what was not."""
        with self.opened as opened:
            return tuple(
                carried_over(
                    opened,
                    book,
                    self.others,
                    self.own,
                    is_of_older_version=self.is_of_older_version,
                    is_of_other_input=self.is_of_other_input,
                )
            )

    def lost(self) -> tuple[str, ...]:
        """Where it has no place: that it is not kept."""
        found = self.own.sheets or self.own.columns or self.own.remarks
        return (text("Not kept: a result in JSON has no place for what is your own."),) if found else ()


def carried_over(
    opened: WorkbookFile,
    book: Workbook,
    others: Iterable[Difference],
    own: OwnContent,
    *,
    is_of_older_version: bool = False,
    is_of_other_input: bool = False,
) -> list[str]:
    """Put what is people's own into the new workbook, and say what was kept and what was not.

    Parameters
    ----------
    others
        Cells within the sheets' columns that are not the roster's; of these, what stands where nothing of
        the roster belongs.
    is_of_older_version
        Whether the sheets may have had other columns: what stands within them is then no more people's own
        than what that version wrote there, and is left out.
    is_of_other_input
        Whether the copy of the input inside was edited: what stood there for the input before, such as the
        figures of its proof, is no more people's own either.
    """
    again, parts = opened.afresh(), own.parts
    rows = _NewRows(again, book, own)
    told = list(_sheets(again, book, parts))
    within = list(_within(book, others))
    remarks = dict(own.remarks)
    if is_of_older_version or is_of_other_input:
        if left := ", ".join(sorted({one.title for one in within})):
            told.append(
                text("Not kept: what stood between the columns on {sheets}.", sheets=left)
                if is_of_older_version
                else text(
                    "Not kept: what the input before the edit said on {sheets}, and what may have been your "
                    "own between its columns.",
                    sheets=left,
                )
            )
        within = []
    if is_of_older_version:
        remarks = {(title, cell): said for (title, cell), said in remarks.items() if not _is_heading(cell)}
    told += _cells(rows, book, [*within, *_beside(book, own)])
    told += _remarks(rows, book, remarks)
    laid_over = [title for title in book.sheetnames if title in parts and parts[title].laid_over]
    if laid_over:
        told.append(
            text(
                "Not kept: text boxes and pictures that lie over {sheets}.",
                sheets=", ".join(sorted(laid_over)),
            )
        )
    return told


def _sheets(opened: WorkbookFile, book: Workbook, parts: Mapping[str, SheetParts]) -> Iterator[str]:
    """Copy each sheet that is none of the roster's."""
    ours = {title.casefold() for title in book.sheetnames}
    own = [title for title in parts if is_own_sheet(title)]
    if names.CHANGES in opened.titles:
        if not is_of_repair(opened.sheet(names.CHANGES)):
            own.append(names.CHANGES)
        elif names.CHANGES in book.sheetnames:
            yield text("Not kept: the sheet {sheet} of the repair before.", sheet=names.CHANGES)
        else:
            own.append(names.CHANGES)
    if taken := [title for title in own if title.casefold() in ours]:
        yield text(
            "Not kept: your own {sheets}; the roster has a sheet of that name.", sheets=", ".join(taken)
        )
    own = [title for title in own if title not in taken]
    lost = [title for title in own if title not in opened.titles]
    copied = [title for title in own if title in opened.titles]
    if lost:
        yield text("Not kept: {sheets}, which hold nothing but a chart.", sheets=", ".join(lost))
    if not copied:
        return
    for title in copied:
        opened.sheet(title)  # within the limits of reading
    old = load_workbook(BytesIO(opened.content), read_only=True)
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


class _Cell(NamedTuple):
    """A cell of people's own, and the column that it goes to."""

    title: str
    row: int
    column: int
    value: Any
    place: str


def _within(book: Workbook, others: Iterable[Difference]) -> Iterator[_Cell]:
    """Cells that stand where nothing of the roster belongs."""
    for one in others:
        title, _, cell = one.place.rpartition("!")
        ours = title in book.sheetnames and isinstance(one.counted, Absent)
        if ours and not isinstance(one.found, Absent):
            letter, row = coordinate_from_string(cell)
            yield _Cell(title, row, column_index_from_string(letter), one.found, one.place)


def _beside(book: Workbook, own: OwnContent) -> Iterator[_Cell]:
    """Cells of people's own columns; one that stood between those of the sheet goes behind them."""
    behind: dict[str, int] = {}
    for (title, column), rows in own.columns.items():
        free = behind.setdefault(title, book[title].max_column + 1)
        goes_to = max(column, free)
        behind[title] = goes_to + 1
        for row, cells in rows.items():
            yield _Cell(title, row, goes_to, cells[column], f"{title}!{cell_name(row, column)}")


def _cells(rows: "_NewRows", book: Workbook, own: Iterable[_Cell]) -> Iterator[str]:
    """Copy single cells to the row that says the same in the new workbook."""
    kept: Counter[str] = Counter()
    lost: list[str] = []
    taken: list[str] = []
    for one in own:
        new_row = rows.of(one.title, one.row)
        target: Any = None if new_row is None else book[one.title].cell(new_row, one.column)
        if target is None:
            lost.append(f"{one.place}: {one.value}")
        elif target.value is None or target.value == "":
            target.value = one.value
            kept[one.title] += 1
        elif target.value != one.value:
            taken.append(f"{one.place}: {one.value}")
    if kept:
        where = ", ".join(f"{title} ({counted(number, 'cell')})" for title, number in kept.items())
        yield text("Kept: what you wrote beside the roster on {sheets}.", sheets=where)
    if taken:
        cells = listed(taken, _MOST_NAMED)
        yield text("Not kept, something of the roster stands there now: {cells}.", cells=cells)
    if lost:
        cells = listed(lost, _MOST_NAMED)
        yield text("Not kept, the row that it stood in is no more: {cells}.", cells=cells)


def _is_heading(cell: str) -> bool:
    """Whether a cell is in the first row, where sheets of the input have their headings and remarks."""
    return coordinate_from_string(cell)[1] == 1


def _remarks(rows: "_NewRows", book: Workbook, remarks: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Put remarks on the cells of the new workbook that say the same."""
    kept: list[str] = []
    lost: list[str] = []
    for (title, cell), said in remarks.items():
        letter, row = coordinate_from_string(cell)
        new_row = rows.of(title, row)
        if new_row is None:
            lost.append(f"{title}!{cell}: {said}")
        else:
            book[title][f"{letter}{new_row}"].comment = Comment(said, "")
            kept.append(f"{title}!{letter}{new_row}")
    if kept:
        yield text("Kept: your remarks on {cells}.", cells=listed(kept, _MOST_NAMED))
    if lost:
        cells = listed(lost, _MOST_NAMED)
        yield text("Not kept, the row that it stood in is no more: {cells}.", cells=cells)


class _NewRows:
    """The rows of the new sheets that say what rows of the old ones said."""

    def __init__(self, opened: WorkbookFile, book: Workbook, own: OwnContent) -> None:
        self._opened, self._book, self._own = opened, book, own
        self._sheets: dict[str, _Again] = {}

    def of(self, title: str, row: int) -> int | None:
        """The new row; ``None`` where what it said is no more."""
        if title not in self._sheets:
            self._sheets[title] = _rows(
                self._opened.sheet(title), self._book[title], self._own.matched.get(title)
            )
        return self._sheets[title](row)


def _rows(old: RawSheet, new: Any, matched: Columns | None) -> _Again:
    """The row of a new sheet that says what a row of the old one said."""
    due = _KEYS.get(old.title)
    if due is None:
        return _rows_by_content(old, new, matched)
    columns = _theirs(due, matched)
    where: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(new.iter_rows(values_only=True), start=1):
        where.setdefault(_key(cells, due), number)

    def again(row: int) -> int | None:
        key = _key(_cells_of(old, row), columns)
        return row if all(is_blank(part) for part in key) else where.get(key)

    return again


def _rows_by_content(old: RawSheet, new: Any, matched: Columns | None) -> _Again:
    """By all that a row says, or by its first cell where no other row has the same one.

    What a sheet of the result says changes with the roster, but not where it stands.
    """
    due = tuple(range(1, new.max_column + 1))
    columns = _theirs(due, matched)
    whole: dict[tuple[Any, ...], list[int]] = {}
    by_first: dict[Any, list[int]] = {}
    for number, cells in enumerate(new.iter_rows(values_only=True), start=1):
        whole.setdefault(_key(cells, due), []).append(number)
        by_first.setdefault(_key(cells, due[:1]), []).append(number)
    stays = old.title in RESULT_SHEETS

    def again(row: int) -> int | None:
        cells = _cells_of(old, row)
        key = _key(cells, columns)
        alike = whole.get(key, [])
        if row in alike or all(is_blank(part) for part in key):
            return row
        for found in (alike, by_first.get(_key(cells, columns[:1]), [])):
            if len(found) == 1:
                return found[0]
        return row if stays else None

    return again


def _theirs(columns: tuple[int, ...], matched: Columns | None) -> tuple[int, ...]:
    """These columns of the new sheet as the old file numbers them."""
    return columns if matched is None else tuple(matched.theirs.get(column, column) for column in columns)


def _cells_of(old: RawSheet, row: int) -> Sequence[Any]:
    return old.rows[row - 1] if row <= len(old.rows) else ()


def _key(cells: Sequence[Any], columns: tuple[int, ...]) -> tuple[Any, ...]:
    """Some cells of a row; dates without their time of day, and nothing for an empty text."""
    found = (cells[column - 1] if column <= len(cells) else None for column in columns)
    return tuple(
        value.date() if isinstance(value, datetime) else None if value == "" else value for value in found
    )
