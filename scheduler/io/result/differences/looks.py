"""What a person reads on a sheet otherwise than its cells hold: formats, hidden cells, more beside them."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from openpyxl.utils.cell import range_boundaries

from scheduler.io.files.cell_styles import CellStyles, ConditionalLook
from scheduler.io.files.looks.number_formats import Shows, shows
from scheduler.io.files.looks.workbook_extras import SheetParts
from scheduler.io.files.sheet_markup import (
    CONDITIONS,
    FROM_THE_RIGHT,
)
from scheduler.io.files.sheet_pass import Area
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.result.differences.differences import Difference, shown
from scheduler.io.result.differences.own_places import Columns, OwnContent, Rows
from scheduler.texts import marked, text

_MOST_LOOKED_AT = 1_000_000
"""Cells under merged ones. Spreadsheet programs leave them empty; beyond this ranges lie over one another."""
_OF_NO_VALUE = marked("cells whose value cannot be told")
_MERGED_OVER = marked("cells under merged ones")
_UNDER_CHARTS, _TINY_CHARTS = marked("cells under charts"), marked("charts too small to be read")
_OVER_ONE_ANOTHER = marked("charts over one another")
_LEAST_ROWS = 4  # of a chart; its title alone takes two


def in_formats(
    raw: RawSheet,
    styles: CellStyles,
    columns: Columns,
    pairs: Mapping[int, int],
    due: Rows,
    own: OwnContent,
) -> Iterator[Difference]:
    """Number formats that show something else than the roster's cells hold, once each.

    Parameters
    ----------
    pairs
        Which row of the recount each row of the file is.
    due
        The number formats of the recount's cells.
    """
    # few kinds, for very many cells; a cell without a style is judged in that of its row or column too
    cells: dict[tuple[int | None, str, type], tuple[int, int]] = {}
    for row, other in pairs.items():
        values, numbers = (lines[row - 1] if row <= len(lines) else () for lines in (raw.rows, raw.styles))
        for column, wanted in due.get(other, {}).items():
            at = columns.theirs.get(column, column) - 1
            if at < len(values) and values[at] is not None:
                cells.setdefault((numbers[at], wanted, type(values[at])), (row, column))
                if (around := raw.unstyled.get((row, at + 1))) is not None:
                    cells.setdefault((around, wanted, type(values[at])), (row, column))
    faults: dict[str, str] = {}
    for (style, wanted, kind), (row, column) in cells.items():
        place = f"{raw.title}!{columns.place(row, column)}"
        if style in styles.from_the_right and kind is str:
            own.shows_beside(raw.title, (FROM_THE_RIGHT,))
        if style in styles.repeated and kind is str:
            own.repeated.append(place)
        elif style in styles.repeated:
            said = text("the number is shown over and over, as often as there is room (alignment Fill).")
            yield Difference(raw.title, "fill", place, said=said)
        for code in styles.codes_of(style):
            match shows(code, wanted, kind):
                case Shows.ROUNDED_OR_WITH_WORDS:
                    own.formats.setdefault((raw.title, code), place)
                case Shows.ANOTHER_VALUE:
                    faults.setdefault(code, place)
    for code, place in faults.items():
        yield _shows_another(raw.title, code, place)


def beside_cells(
    raw: RawSheet,
    rows: Rows,
    parts: SheetParts,
    sheet: Any,
    styles: CellStyles,
    columns: Columns,
    own: OwnContent,
) -> Iterator[Difference]:
    """Formulas, and number formats of conditions; what is hidden, or comes up beside the cells, is noted."""
    title, markup = raw.title, raw.markup
    own.hides(title, markup.unseen)
    own.shows_beside(title, (*markup.beside, *parts.beside))
    if hide_something(raw.merged_across, rows):
        own.hides(title, (_MERGED_OVER,))
    own.hides(title, _of_charts(parts.areas, rows, len(sheet._charts)))
    ours = list(_conditions(sheet))
    said = {
        words.strip()
        for one in sheet.data_validations.dataValidation
        for words in (one.prompt, one.promptTitle, one.error, one.errorTitle)
        if words
    }
    touches = cache(lambda area: _touches(area, columns.ours))
    is_within = cache(lambda area, due: _is_within(area, due, columns))
    for rule in markup.conditions:
        if not touches(rule.area):
            continue
        look = styles.conditional_look(rule.style)
        if look.code:
            yield _shows_another(title, look.code, f"{title}!{rule.area}")
        elif not any(
            (rule.says, look) == (says, due) and is_within(rule.area, area) for area, says, due in ours
        ):
            own.shows_beside(title, (CONDITIONS,))
    for message in markup.messages:
        if message.words not in said and touches(message.area):
            own.shows_beside(title, (message.kind,))
    for column, row in sorted(raw.formulas.items()):
        if column in columns.ours:
            cell = f"{title}!{columns.place(row, columns.ours[column])}"
            yield Difference(title, cell, cell, said=text("a formula stands where a value belongs."))
            break
    for area, (row, column) in raw.reach.items():
        if column not in columns.ours and touches(area):
            cell = cell_name(row, column)
            fills = text("a formula fills {area}, where values belong.", area=shown(area))
            yield Difference(title, "reach", f"{title}!{cell}", said=fills)


def of_no_value(raw: RawSheet, columns: Columns, own: OwnContent) -> Iterator[Difference]:
    """Cells whose value cannot be told: programs show something there, though it counts as blank here."""
    for (row, column), (message, _) in sorted(raw.faults.items()):
        if column in columns.ours:
            cell = columns.place(row, columns.ours[column])
            yield Difference(raw.title, "no value", f"{raw.title}!{cell}", said=message)
        elif (raw.title, column) not in own.columns:  # which are named as a whole
            own.shows_beside(raw.title, (_OF_NO_VALUE,))


def _conditions(sheet: Any) -> Iterator[tuple[str, tuple[str, ...], ConditionalLook]]:
    """The rules of a recount's conditional formats: their area, what they say, and what they change."""
    for ranges in sheet.conditional_formatting:
        for rule in ranges.rules:
            says = (rule.type, rule.operator or "", *(formula.strip() for formula in rule.formula))
            font, fill = rule.dxf.font, rule.dxf.fill
            ink, back = (
                colour.rgb[-6:] if colour else "" for colour in (font and font.color, fill and fill.bgColor)
            )
            yield str(ranges.sqref), says, ConditionalLook(ink=ink, fill=back)


def _is_within(area: str, due: str, columns: Columns) -> bool:
    """Whether of the roster's columns an area covers none but cells of another one, as the recount has it."""
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(due))
    for part in area.split():
        try:
            first, above, last, below = (int(edge or 0) for edge in range_boundaries(part))
        except ValueError:
            return False
        inside = (ours for there, ours in columns.ours.items() if first <= there <= last)
        if not (top <= above <= below <= bottom and all(left <= one <= right for one in inside)):
            return False
    return True


def _of_charts(areas: Sequence[Area], rows: Rows, due: int) -> Iterator[str]:
    """What charts cover, in words to be translated; those of a recount stand where no cell is filled."""
    for top, left, bottom, right in areas[:due]:  # any more are a fault
        if any(left <= at <= right for row, cells in rows.items() if top <= row <= bottom for at in cells):
            yield _UNDER_CHARTS
        if bottom - top < _LEAST_ROWS or right < left:
            yield _TINY_CHARTS
    for one, other in combinations(areas[:due], 2):
        if max(one[0], other[0]) <= min(one[2], other[2]) and max(one[1], other[1]) <= min(one[3], other[3]):
            yield _OVER_ONE_ANOTHER


def _shows_another(title: str, code: str, place: str) -> Difference:
    said = text("the number format {code} shows something else than the cell's value.", code=shown(code))
    return Difference(title, code, place, said=said)


def _touches(area: str, ours: Collection[int]) -> bool:
    """Whether any of these ranges is in a column of the roster."""
    for part in area.split() or [""]:
        try:
            first, _, last, _ = range_boundaries(part)
        except ValueError:
            return True
        if any(int(first or 1) <= column <= int(last or column) for column in ours):
            return True
    return False


def hide_something(merged: Iterable[Area], rows: Rows) -> bool:
    """Whether a cell is filled that is not the first of a merged range: the first alone is seen."""
    numbers, looked_at = sorted(rows), 0
    for top, left, bottom, right in set(merged):
        for index in range(bisect_left(numbers, top), bisect_right(numbers, bottom)):
            cells = rows[numbers[index]]
            looked_at += len(cells)
            is_under = any(left <= at <= right and (numbers[index], at) != (top, left) for at in cells)
            if is_under or looked_at > _MOST_LOOKED_AT:
                return True
    return False
