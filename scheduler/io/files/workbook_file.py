"""Opening a workbook: raw cell values, merged cells, and cells that cannot be read.

Values of cells are read nowhere else. What is wrong with the file as a whole (no workbook, a password, an old
format, damage, a size beyond the limits) becomes one finding.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from io import BytesIO
from itertools import chain
from typing import Any, Self

from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH

from scheduler.domain.findings.errors import BadInput
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.values.spelling import is_seen
from scheduler.io.files.archive import SAVE_AGAIN, Archive, damaged_by
from scheduler.io.files.cell_styles import CellStyles, read_cell_styles
from scheduler.io.files.cell_values import Fault
from scheduler.io.files.limits import FILE_BYTES, NotRead
from scheduler.io.files.sheet_markup import SheetMarkup
from scheduler.io.files.sheet_pass import Area, Counted, SheetPass
from scheduler.io.files.streams import Source, unopened
from scheduler.io.files.workbook_parts import SharedTexts, read_parts, read_remarks, read_shared_texts
from scheduler.io.files.xml_pass import Spent, pass_over
from scheduler.texts import text

_OLE_CONTAINER = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ARCHIVE = b"PK"
_SMALL = 20_000
"""Bytes of a sheet that is looked into only to see whether it is blank."""


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it was saved.

    Parameters
    ----------
    rows
        Cell values, the first row first; rows may be of different lengths.
    merged_across
        Ranges merged over several columns.
    faults
        Cells (row, column; from 1) that cannot be read, and why; among them formulas without a value.
    epoch
        From which the workbook counts days: 1900, or 1904 where it comes from an old Mac.
    styles
        The numbers of the cells' styles, as their values are in ``rows``.
    formulas
        The first row with a formula, by column.
    markup
        What it has beside its cells.
    struck
        Filled cells (row, column; from 1) that are crossed out.
    in_parts
        Cells (row, column; from 1) with a text of which a part has looks of its own.
    remarks
        Cells with a remark of a person's.
    reach
        Formulas' own ranges, of which some programs fill every cell, each with the cell of its formula.
    unstyled
        Filled cells without a style, and that of their row or column, in which some programs show them.
    """

    title: str
    rows: tuple[tuple[Any, ...], ...]
    merged_across: tuple[Area, ...] = ()
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    epoch: datetime = WINDOWS_EPOCH
    styles: tuple[list[int | None], ...] = ()
    formulas: dict[int, int] = field(default_factory=dict)
    markup: SheetMarkup = field(default_factory=SheetMarkup)
    struck: tuple[tuple[int, int], ...] = ()
    in_parts: tuple[tuple[int, int], ...] = ()
    remarks: tuple[str, ...] = ()
    reach: dict[str, tuple[int, int]] = field(default_factory=dict)
    unstyled: dict[tuple[int, int], int] = field(default_factory=dict)


class WorkbookFile:
    """An open workbook, whose sheets are read one by one.

    Its content is that of one moment, whatever becomes of the file. It is a context manager around what is
    read of it: what cannot be read leaves it as ``BadInput``.

    Parameters
    ----------
    source
        What findings call it by.

    Raises
    ------
    NotRead
        If it is no workbook, damaged or beyond the limits.
    """

    def __init__(self, source: Source, content: bytes) -> None:
        self.source, self.content = source, content
        self.archive, self._spent, self._counted = Archive(BytesIO(content)), Spent(), Counted()
        self._sheets: dict[str, RawSheet] = {}
        self._parts = read_parts(self.archive, self._spent)
        self.titles, self.all_sheets = tuple(self._parts.sheets), self._parts.all_sheets
        self.hidden, self.other_parts = self._parts.hidden, self._parts.others
        self.unseen = self._parts.unseen
        self.charts = tuple(title for title in self.all_sheets if title not in self.titles)

    @property
    def parts(self) -> dict[str, str]:
        """The part of each worksheet by its title."""
        return dict(self._parts.sheets)

    def afresh(self) -> Self:
        """The same open workbook for another pass over its sheets, whose limits count from zero again."""
        again = copy(self)
        again.archive, again._spent, again._counted = self.archive.afresh(), Spent(), Counted()
        return again

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, *_: object) -> None:
        if isinstance(fault, NotRead):
            raise BadInput([fault.about(self.source)]) from None

    def sheet(self, title: str) -> RawSheet:
        """Read one sheet; another time it is not parsed again.

        Raises
        ------
        NotRead
            If it is missing, damaged or beyond the limits.
        """
        if title not in self._sheets:
            self._sheets[title] = self._parsed(title)
        return self._sheets[title]

    def _parsed(self, title: str) -> RawSheet:
        part = self._parts.sheets[title]
        if part not in self.archive:
            raise NotRead(
                text("the workbook is damaged: it lists this sheet, but its rows are missing."),
                text(SAVE_AGAIN),
                Place(sheet=title),
            )
        cells = SheetPass(title, self._shared_texts, self.cell_styles, self._parts.epoch, self._counted)
        others, place = cells.markup.other, Place(sheet=title)
        pass_over(self.archive, part, place, self._spent, cells.text, cells.starts, cells.ends, others=others)
        cells.markup.hidden_rows |= cells.markup.low_rows & cells.rows.keys()
        down = [area for area in cells.merged if area[1] == area[3]]
        last = max([*cells.rows, *(row for row, _ in cells.faults)], default=0)
        _fill_down(cells, down, last)
        nothing: list[Any] = []
        return RawSheet(
            title=title,
            rows=tuple(tuple(cells.rows.get(number, nothing)) for number in range(1, last + 1)),
            merged_across=tuple(area for area in cells.merged if area[1] != area[3]),
            faults=cells.faults,
            epoch=self._parts.epoch,
            styles=tuple(cells.styles.get(number, nothing) for number in range(1, last + 1)),
            formulas=cells.formulas,
            markup=cells.markup,
            struck=tuple(cells.struck),
            in_parts=tuple(cells.in_parts),
            remarks=read_remarks(self.archive, self._spent, part),
            reach=cells.reach,
            unstyled=cells.unstyled,
        )

    def is_filled(self, title: str) -> bool:
        """Whether anything may stand on a sheet that nobody reads; only a small one is looked into."""
        part = self._parts.sheets[title]
        if part not in self.archive or self.archive.size(part) > _SMALL:
            return True
        try:
            sheet = self.sheet(title)
        except NotRead:
            return True
        return bool(sheet.faults) or any(map(_is_filled, chain.from_iterable(sheet.rows)))

    @cached_property
    def _shared_texts(self) -> SharedTexts:
        part = self._parts.shared_texts
        return (
            SharedTexts([], frozenset())
            if part is None
            else read_shared_texts(self.archive, self._spent, part)
        )

    @cached_property
    def cell_styles(self) -> CellStyles:
        """What the cells of each style show."""
        part = self._parts.styles
        return CellStyles() if part is None else read_cell_styles(self.archive, self._spent, part)


def open_workbook(path: Source) -> WorkbookFile | Finding:
    """Open a workbook; a finding says why it cannot be."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLE_CONTAINER))
            if start == _OLE_CONTAINER:
                return _of_old_container(path, file.read(FILE_BYTES))
            if not start.startswith(_ARCHIVE):
                return _not_read(path, text("this is not an Excel workbook."), text("Save it as .xlsx."))
            return WorkbookFile(path, start + file.read(FILE_BYTES))
    except OSError as error:
        return damaged(path, unopened(error, "workbook"))
    except NotRead as error:
        return damaged(path, error)


def damaged(path: Source, error: Exception) -> Finding:
    """The finding on a file that began like a workbook and could not be read to its end."""
    return (error if isinstance(error, NotRead) else damaged_by(error)).about(path)


def _is_filled(value: Any) -> bool:
    return is_seen(value) if isinstance(value, str) else value is not None


def cell_name(row: int, column: int) -> str:
    """``D17`` for row 17, column 4."""
    return f"{get_column_letter(column)}{row}"


def _of_old_container(path: Source, content: bytes) -> Finding:
    if _ENCRYPTED in content:
        return _not_read(
            path, text("the workbook is protected with a password."), text("Save a copy without one.")
        )
    return _not_read(
        path, text("this is a workbook of an old format (.xls), or protected."), text("Save it as .xlsx.")
    )


def _not_read(path: Source, message: str, hint: str = "") -> Finding:
    return Finding(place=Place(path=(str(path),)), message=message, hint=hint)


def _fill_down(cells: SheetPass, areas: list[Area], last: int) -> None:
    """Give the value of each range to its rows, as far down as the sheet goes."""
    for first_row, column, last_row, _ in areas:
        value, style = cells.value_at(first_row, column), cells.style_at(first_row, column)
        for number in range(first_row + 1, min(last_row, last) + 1):
            if value is not None or cells.value_at(number, column) is not None:
                cells.put(number, column, value, style)
