"""Where a roster workbook holds something of people's own: sheets, columns beside a table, remarks.

Nothing of it is read or compared, and each is named as not read. What stands within the columns that a sheet
has of its own is no part of this: there it could pass for a figure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.values.words import counted, listed
from scheduler.io.cells.columns import normalised
from scheduler.io.files.looks.workbook_extras import SheetParts
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.sheets import INPUT_SUFFIX, SHEETS
from scheduler.io.input.sheets.other_names import meant_column
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import TOLD_MARK
from scheduler.io.result.differences.differences import shown
from scheduler.io.result.sheets.roster import duties
from scheduler.texts import text

Cells = dict[int, Any]
"""The filled cells of one row, by column from 1."""
Rows = dict[int, Cells]

_MOST_NAMED = 8
_WITHOUT_OWN = (names.CERTIFICATE, names.AS_WRITTEN)
"""Sheets for programs, as wide as what they hold."""
_SHEET_NAMED = {sheet.title: sheet for sheet in SHEETS}


def is_of_repair(sheet: RawSheet) -> bool:
    """Whether a sheet Changes is one that a repair wrote, and not people's own."""
    return len(sheet.rows) > 1 and TOLD_MARK in sheet.rows[1]


@dataclass(frozen=True)
class Columns:
    """Which column of the file is which one of the recount's sheet.

    Parameters
    ----------
    ours
        By column of the file; those of people's own are missing.
    """

    ours: Mapping[int, int]

    @cached_property
    def theirs(self) -> dict[int, int]:
        """The column of the file by that of the recount."""
        return {due: there for there, due in self.ours.items()}

    def place(self, row: int, column: int) -> str:
        """The cell of the file in which a cell of the recount stands."""
        return cell_name(row, self.theirs.get(column, column))

    def of_the_roster(self, found: Rows) -> Rows:
        """The rows without people's own columns, as the recount numbers them."""
        if all(at == self.ours.get(at) for cells in found.values() for at in cells):
            return found
        kept = {
            row: {self.ours[at]: value for at, value in cells.items() if at in self.ours}
            for row, cells in found.items()
        }
        return {row: cells for row, cells in kept.items() if cells}

    def own(self, found: Rows) -> dict[int, Rows]:
        """People's own columns, each with its filled cells by row."""
        own: dict[int, Rows] = {}
        for row, cells in found.items():
            for at, value in cells.items():
                if at not in self.ours:
                    own.setdefault(at, {})[row] = {at: value}
        return own


def columns_of(sheet: Worksheet, wanted: Rows, found: Rows) -> Columns:
    """Match the columns of a sheet in the file with those of the recount.

    Those of people's own may stand between those of a table; beside other sheets they stand to the right.
    """
    last = max((column for cells in found.values() for column in cells), default=0)
    width = last if sheet.title in _WITHOUT_OWN else sheet.max_column
    row = _heading_row(sheet)
    there, due = found.get(row, {}), wanted.get(row, {})
    if row == 0 or there == due or max(there, default=0) <= width:
        return Columns({column: column for column in range(1, width + 1)})
    ours: dict[int, int] = {}
    for kind, begin, end, first, last in _alignment(_headings(there), _headings(due, width)):
        if kind in ("equal", "replace"):
            ours |= zip(range(begin + 1, end + 1), range(first + 1, last + 1), strict=False)
    read = (column for column, heading in there.items() if _is_read(sheet.title, str(heading)))
    return Columns({**{column: column for column in read if column not in ours}, **ours})


def _is_read(title: str, heading: str) -> bool:
    """Whether a column of that heading would say something: of a duty, or of the input."""
    if title == names.DUTIES:
        return duties.is_read(normalised(heading))
    known = _SHEET_NAMED.get(title.removesuffix(INPUT_SUFFIX))
    return known is not None and meant_column(known, heading, ()) is not None


def _alignment(there: list[str], due: list[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, there, due, autojunk=False).get_opcodes())


def _headings(cells: Cells, width: int = 0) -> list[str]:
    return [normalised(cells.get(at, "")) for at in range(1, max(width, *cells, 0) + 1)]


def _heading_row(sheet: Worksheet) -> int:
    """The row of a table's headings; 0 for a sheet without a table."""
    if sheet.auto_filter.ref:
        return int(range_boundaries(sheet.auto_filter.ref)[1] or 0)
    return int(sheet.title.removesuffix(INPUT_SUFFIX) in _SHEET_NAMED)


@dataclass
class OwnContent:
    """What of people's own was found in a workbook.

    Parameters
    ----------
    told
        Sheets that say of themselves that they are not verified.
    columns
        By sheet and column of the file, its filled cells by row.
    remarks
        By sheet and cell.
    hidden, beside
        By what it is, the sheets on which something is not seen, or comes up beside the cells.
    struck
        Cells that are crossed out.
    in_parts
        Cells with a text of which a part has looks of its own.
    formats
        By sheet, number formats that show the value rounded, with words or zeros beside it, or not at all,
        each with its first cell.
    repeated
        Cells, one of each kind, that show their text as often as there is room.
    matched
        By sheet, which of its columns are the roster's.
    parts
        By sheet, what it holds beside the values of its cells.
    """

    sheets: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    struck: list[str] = field(default_factory=list)
    in_parts: list[str] = field(default_factory=list)
    formats: dict[tuple[str, str], str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    columns: dict[tuple[str, int], Rows] = field(default_factory=dict)
    remarks: dict[tuple[str, str], str] = field(default_factory=dict)
    matched: dict[str, Columns] = field(default_factory=dict)
    parts: Mapping[str, SheetParts] = field(default_factory=dict)

    def in_words(self) -> tuple[str, ...]:
        """What is not read, a sentence a kind."""
        said = (self._sheets(), self._told(), self._columns(), self._remarks(), *self._looks())
        return tuple(filter(None, said))

    def keeps_formats_of(self, before: "OwnContent", titles: Iterable[str]) -> None:
        """Forget those of some sheets that are no other than the roster had there before it was edited.

        An edit may add a row to a sheet, so that below it the formats are those of other figures now.
        """
        again = {*titles}
        self.formats = {
            (title, code): cell
            for (title, code), cell in self.formats.items()
            if title not in again or (title, code) in before.formats
        }

    def hides(self, title: str, what: Iterable[str]) -> None:
        """Note what a sheet hides, in words to be translated."""
        _note(self.hidden, title, what)

    def shows_beside(self, title: str, what: Iterable[str]) -> None:
        """Note what comes up beside the cells of a sheet, in words to be translated."""
        _note(self.beside, title, what)

    def _looks(self) -> Iterator[str]:
        if self.hidden:
            yield text("Hidden, and verified all the same: {what}.", what=_on_sheets(self.hidden))
        if self.formats:
            first = {code: cell for (_, code), cell in reversed(self.formats.items())}
            codes = listed([f"{shown(code)} ({first[code]})" for code in reversed(first)], _MOST_NAMED)
            yield text(
                "Shown rounded, with words or zeros beside it, or not at all, by the number format {codes}.",
                codes=codes,
            )
        if self.repeated:
            cells = listed(self.repeated, _MOST_NAMED)
            yield text(
                "Shown over and over, as often as there is room (alignment Fill): {cells}.", cells=cells
            )
        if self.struck:
            cells = listed(self.struck, _MOST_NAMED)
            yield text("Crossed out, and verified all the same: {cells}.", cells=cells)
        if self.in_parts:
            cells = listed(self.in_parts, _MOST_NAMED)
            yield text("Verified as one text, though a part of it looks otherwise: {cells}.", cells=cells)
        if self.beside:
            yield text("Not read: {what}.", what=_on_sheets(self.beside))

    def _told(self) -> str:
        if not self.told:
            return ""
        return text("Not verified: {sheets}, which tells how a repair went.", sheets=", ".join(self.told))

    def _sheets(self) -> str:
        if not self.sheets:
            return ""
        sheets = listed([f'"{title}"' for title in self.sheets], _MOST_NAMED)
        return text("Not read: your own sheets, {sheets}.", sheets=sheets)

    def _columns(self) -> str:
        if not self.columns:
            return ""
        said = [
            text(
                "{sheet}!{column} ({first}, {cells})",
                sheet=title,
                column=get_column_letter(column),
                first=f'"{str(next(iter(rows.values()))[column])[:40]}"',
                cells=counted(len(rows), "cell"),
            )
            for (title, column), rows in self.columns.items()
        ]
        return text("Not read: your own columns, {columns}.", columns=listed(said, _MOST_NAMED))

    def _remarks(self) -> str:
        if not self.remarks:
            return ""
        cells = listed([f"{title}!{cell}" for title, cell in self.remarks], _MOST_NAMED)
        return text("Not read: your own remarks, {cells}.", cells=cells)


def _on_sheets(kinds: Mapping[str, list[str]]) -> str:
    """What was found, each with its sheets: ``rows on Duties; columns on Coverage, Roster``."""
    return "; ".join(
        text("{what} on {sheets}", what=text(what), sheets=listed(titles, _MOST_NAMED))
        for what, titles in kinds.items()
    )


def _note(sheets_by_kind: dict[str, list[str]], title: str, kinds: Iterable[str]) -> None:
    for kind in kinds:
        sheets = sheets_by_kind.setdefault(kind, [])
        sheets += [title] if title not in sheets else []
