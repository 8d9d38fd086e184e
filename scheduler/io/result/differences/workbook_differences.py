"""Where a roster workbook differs from the workbook that a recount would write.

The same writer makes the recount's workbook in memory, so that nothing that is written escapes the
comparison. A workbook may be saved again by another program, filtered, and sorted where it has a filter. What
people added of their own is not compared (:mod:`scheduler.io.result.differences.own_places`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain import BadInput, Problem
from scheduler.domain.values.spelling import spelt
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.cell_values import Percent
from scheduler.io.files.limits import NotRead
from scheduler.io.files.looks.workbook_extras import SheetParts, parts_of
from scheduler.io.files.workbook_file import WorkbookFile, cell_name, damaged
from scheduler.io.input.reading.marks_by_hand import struck_ranges
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import RESULT_SHEETS, Treatment, is_own_sheet
from scheduler.io.result.differences.differences import ABSENT, Difference
from scheduler.io.result.differences.in_charts import over_cells
from scheduler.io.result.differences.looks import beside_cells, in_formats, of_no_value
from scheduler.io.result.differences.own_places import (
    Cells,
    Columns,
    OwnContent,
    Rows,
    columns_of,
    is_of_repair,
)
from scheduler.io.result.differences.respelling import says_the_same
from scheduler.io.result.differences.values import canonical, is_empty, same
from scheduler.io.result.differences.where_changed import gone, to_come, where_changed
from scheduler.io.result.sheets.page import ResultBook
from scheduler.texts import marked, text

_WHOLE = marked("everything")
_RESPELT = marked("parts that some programs do not find, for their names are spelt otherwise")
UNPROVEN_SHEET = marked(
    "the sheet Certificate is missing, damaged, or does not fit the input, so that no bound can be "
    "recounted: nothing of this sheet was verified."
)
_FOLLOW_FROM_BOUND = (names.SUMMARY, names.CERTIFICATE)


class WorkbookComparison:
    """A file beside workbooks that recounts would write.

    Parameters
    ----------
    proven
        Whether a bound was recounted; without one the sheets that depend on it cannot be compared.

    Attributes
    ----------
    own
        What of people's own the file holds, once it was compared.

    Raises
    ------
    BadInput
        If the file cannot be read.
    """

    def __init__(self, opened: WorkbookFile, *, proven: bool = True) -> None:
        self._book, self._proven = opened.afresh(), proven
        with self._readable():
            self._parts = parts_of(opened.archive.afresh(), self._book.all_sheets)
        self.own = OwnContent(parts=self._parts)

    def whole(self, counted: ResultBook) -> list[Difference]:
        """Every difference from a workbook, sheet by sheet."""
        found: list[Difference] = []
        with self._readable():
            for title in counted.book.sheetnames:
                found += self._in_sheet(counted, title, self.own)
                if title in self._book.hidden and counted.book[title].sheet_state == "visible":
                    self.own.hides(title, (_WHOLE,))
            for title in self._parts:
                found += self._sheet_more(counted, title)
            self.own.hides(text("the workbook"), self._book.unseen)
            if self._book.archive.respelt:
                self.own.hides(text("the workbook"), (_RESPELT,))
            self.own.shows_beside(text("the workbook"), [f'"{kind}"' for kind in self._book.other_parts])
        return found

    def again(self, counted: ResultBook, titles: Iterable[str]) -> list[Difference]:
        """The differences of some sheets from the workbook as it was written."""
        again, before = tuple(titles), OwnContent()
        with self._readable():
            found = [one for title in again for one in self._in_sheet(counted, title, before)]
        self.own.keeps_formats_of(before, again)
        return found

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except NotRead as error:
            raise BadInput([damaged(self._book.source, error)]) from None

    def _in_sheet(self, counted: ResultBook, title: str, own: OwnContent) -> Iterator[Difference]:
        if title not in self._parts or title not in self._book.titles:
            yield _about(title, text("this sheet is missing, so that nothing of it was verified."))
        elif not self._proven and title in _FOLLOW_FROM_BOUND:
            yield _about(title, text(UNPROVEN_SHEET))
        else:
            yield from _of_sheet(counted, self._book, title, self._parts[title], own)

    def _sheet_more(self, counted: ResultBook, title: str) -> Iterator[Difference]:
        if title in counted.book.sheetnames or not _has_content(self._parts[title], self._book, title):
            return
        is_told = RESULT_SHEETS.get(title) is Treatment.TOLD
        if is_told and title in self._book.titles and is_of_repair(self._book.sheet(title)):
            self.own.told.append(title)
        elif is_told or is_own_sheet(title):
            self.own.sheets.append(title)
        else:
            yield _about(title, text("this sheet is none of the roster's: verify a copy without it."))


def _of_sheet(
    counted: ResultBook, book: WorkbookFile, title: str, parts: SheetParts, own: OwnContent
) -> Iterator[Difference]:
    """Differences of one sheet; what is people's own there is noted."""
    sheet, raw = counted.sheet_named(title), book.sheet(title)
    own.struck += [f"{title}!{cells}" for cells in struck_ranges(raw)]
    rows = _filled(enumerate(raw.rows, start=1))
    wanted, formats = _written(sheet, counted.told)
    columns = columns_of(sheet, wanted, rows)
    own.matched[title] = columns
    own.in_parts += [f"{title}!{cell_name(row, at)}" for row, at in raw.in_parts if at in columns.ours]
    own.columns |= {(title, column): cells for column, cells in columns.own(rows).items()}
    found = columns.of_the_roster(rows)
    pairs = _pairs(sheet, found, wanted)
    yield from _in_cells(counted.problem, sheet, columns, pairs, found, wanted, counted.told)
    yield from over_cells(sheet, parts, own)
    notes = {cell.coordinate: cell.comment.text.strip() for cell in sheet._cells.values() if cell.comment}
    own.remarks |= {(title, cell): said for cell, said in parts.notes.items() if notes.get(cell) != said}
    if parts.drawings != raw.markup.drawings:
        yield Difference(title, "drawing", title, said=text("it does not show the charts that belong to it."))
    yield from of_no_value(raw, columns, own)
    yield from in_formats(raw, book.cell_styles, columns, pairs, formats, own)
    yield from beside_cells(raw, rows, parts, sheet, book.cell_styles, columns, own)


def _has_content(parts: SheetParts, book: WorkbookFile, title: str) -> bool:
    if parts.charts or parts.laid_over or title not in book.titles:
        return True
    sheet = book.sheet(title)
    return bool(sheet.formulas or sheet.faults or _filled(enumerate(sheet.rows)))


def _about(title: str, said: str) -> Difference:
    return Difference(title, title, title, said=said)


def _filled(rows: Iterable[tuple[int, Sequence[Any]]]) -> Rows:
    """Filled cells by row and column."""
    filled = {}
    for number, row in rows:
        cells = {column: value for column, value in enumerate(row, start=1) if not is_empty(value)}
        if cells:
            filled[number] = cells
    return filled


def _written(sheet: Worksheet, told: Collection[tuple[str, int, int]]) -> tuple[Rows, Rows]:
    """The values of the filled cells, and their number formats; also of those that a recount cannot fill."""
    rows: Rows = defaultdict(dict)
    formats: Rows = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        value: Any = cell.value
        if not is_empty(value):
            code = formats[row][column] = cell.number_format
            rows[row][column] = Percent(value) if "%" in code else value
        elif (sheet.title, row, column) in told:
            formats[row][column] = cell.number_format
    return rows, formats


def _pairs(sheet: Worksheet, found: Rows, counted: Rows) -> dict[int, int]:
    """Which row of the recount each row of the file is."""
    if sheet.title == names.ROSTER:
        return _by_names(found, counted)
    pairs = {row: row for row in sorted(found.keys() | counted.keys())}
    if sheet.auto_filter.ref:
        added = sheet.title in (names.DUTIES, names.KEPT_EDITS)  # rows that were added, or moved down
        below = max(found, default=0) if added else 0
        pairs |= _sorted_again(sheet.auto_filter.ref, below, found, counted)
    return pairs


def _in_cells(
    problem: Problem,
    sheet: Worksheet,
    columns: Columns,
    pairs: Mapping[int, int],
    found: Rows,
    counted: Rows,
    told: Mapping[tuple[str, int, int], Any],
) -> Iterator[Difference]:
    title, headings = sheet.title, {}
    if sheet.auto_filter.ref:
        heading = range_boundaries(sheet.auto_filter.ref)[1]
        headings = {at: normalised(value) for at, value in counted.get(int(heading or 0), {}).items()}
    for row, due in pairs.items():
        there, wanted = found.get(row, {}), counted.get(due, {})
        if _are_equal(there, wanted):
            continue
        if not there and (of_row := gone(problem, title, due, wanted)):
            yield Difference(title, "gone", title, said=of_row)
            continue
        if not there and (of_duty := to_come(problem, title, wanted)):
            yield Difference(title, "to come", f"{title}!{cell_name(row, 1)}", said=of_duty)
            continue
        for column in sorted(there.keys() | wanted.keys()):
            said, right = there.get(column, ABSENT), wanted.get(column, ABSENT)
            if same(said, right):
                continue
            form = told.get((title, due, column))
            if form is not None and isinstance(said, str) and form.fullmatch(said):
                continue
            if says_the_same(problem, title, column, headings.get(column, ""), said, right):
                continue
            place = f"{title}!{columns.place(row, column)}"
            kind = columns.place(1, column) if len(pairs) > 1 else place
            hint = where_changed(problem, title, headings.get(column, ""), wanted)
            yield Difference(title, kind, place, said, right, label=_label(wanted, column), hint=hint)


def _by_names(found: Rows, counted: Rows) -> dict[int, int]:
    """Matches the rows of the sheet Roster by the names in front, wherever they were moved to."""
    where = {_front(row, cells): row for row, cells in counted.items()}
    moved = {}
    for row, cells in found.items():
        if (due := where.pop(_front(row, cells), None)) is not None:
            moved[row] = due
    missing = iter(sorted(where.values()))
    others = {row: next(missing, 0) for row in found if row not in moved}
    behind = zip(count(max(found, default=0) + 1), missing, strict=False)
    return dict(sorted({**moved, **others, **dict(behind)}.items()))


def _front(row: int, cells: Cells) -> Any:
    """The name in front of a row, or its number where it has none."""
    name = cells.get(1, row)
    return spelt(name).casefold() if isinstance(name, str) else name


def _sorted_again(area: str, below: int, found: Rows, counted: Rows) -> dict[int, int]:
    """Matches the rows of a filtered table, which may have been sorted, with those of the recount."""
    _, heading, _, last = range_boundaries(area)
    rows = range(int(heading or 0) + 1, max(int(last or 0), below) + 1)
    unequal = [row for row in rows if not _rows_alike(found.get(row, {}), counted.get(row, {}))]
    where: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in reversed(unequal):
        where[_key(counted.get(row, {}))].append(row)
    moved, left = {}, []
    for row in unequal:
        alike = where.get(_key(found.get(row, {})))
        if alike:
            moved[row] = alike.pop()
        else:
            left.append(row)
    free = sorted(set(unequal) - set(moved.values()))
    by_name: dict[Any, list[int]] = defaultdict(list)
    for row in reversed(free):
        by_name[counted.get(row, {}).get(1)].append(row)
    rest = []
    for row in left:  # a row with one forged cell is matched by its name
        named = by_name.get(found.get(row, {}).get(1))
        if named:
            moved[row] = named.pop()
        else:
            rest.append(row)
    free = sorted(set(unequal) - set(moved.values()))
    return moved | dict(zip(rest, free, strict=True))


def _are_equal(there: Cells, wanted: Cells) -> bool:
    """Whether all cells are alike at a glance; where ``True`` may stand for 1, or 1 % for 0.01, it is not."""
    return there == wanted and not any(isinstance(one, Percent | bool) for one in there.values())


def _rows_alike(there: Cells, wanted: Cells) -> bool:
    return _are_equal(there, wanted) or (
        there.keys() == wanted.keys() and all(same(value, wanted[at]) for at, value in there.items())
    )


def _key(cells: Cells) -> tuple[Any, ...]:
    return tuple((column, canonical(value)) for column, value in sorted(cells.items()))


def _label(cells: Cells, column: int) -> str:
    """The nearest text to the left, which labels the cell."""
    texts = [
        value
        for at, value in sorted(cells.items())
        if at < column and isinstance(value, str) and not is_blank(value)
    ]
    return texts[-1].split("\n")[0][:40] if texts else ""
