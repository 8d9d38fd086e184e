"""Charts that show other cells, words or figures than those of a recount."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl.utils.cell import range_boundaries

from scheduler.io.files.looks.charts import Chart, charts_on
from scheduler.io.files.looks.number_formats import Shows, shows
from scheduler.io.files.looks.workbook_extras import SheetParts
from scheduler.io.result.differences.differences import Difference, shown
from scheduler.io.result.differences.own_places import OwnContent
from scheduler.io.result.differences.values import is_empty, same
from scheduler.texts import text

_PLAIN = "General"


def over_cells(sheet: Any, parts: SheetParts, own: OwnContent) -> Iterator[Difference]:
    """Charts with other cells or words than the recount's, and objects laid over the sheet."""
    title = sheet.title
    ours = list(charts_on(sheet))
    due = Counter(chart.says for chart in ours)
    found = Counter(chart.says for chart in parts.charts)
    for fault, charts in (
        (text("it is missing, or shows other cells than a recount's."), due - found),
        (text("it is none of the roster's, or shows other cells."), found - due),
    ):
        for words, _ in charts:
            yield _in_chart(title, words, fault)
    for chart in parts.charts:
        more = chart.more_than(ours)
        own.shows_beside(title, [text('"{part}" in a chart', part=text(part)) for part in more])
        for fault in _chart_faults(chart, sheet.parent):
            yield _in_chart(title, chart.words, fault)
    if parts.laid_over:
        yield Difference(
            title, "over", title, said=text("text or pictures that are none of the roster's lie over it.")
        )


def _in_chart(title: str, words: Iterable[str], fault: str) -> Difference:
    place = text('{title}, chart "{words}"', title=title, words=" ".join(words))
    return Difference(title, "charts", place, said=fault)


def _chart_faults(chart: Chart, book: Any) -> Iterator[str]:
    """Values that it keeps beside the cells', and formats that show other figures than its values."""
    for area, position, kept in chart.kept:
        cell = _cell_of(book, area, position)
        if cell is None or not _says(kept, cell.value):
            yield text("it keeps {kept} for a cell that has another value.", kept=shown(kept))
            break  # a chart may keep very many
    for code in sorted(chart.formats):
        if shows(code, _PLAIN, int) is not Shows.THE_VALUE:
            yield text("its number format {code} shows something else than its values.", code=shown(code))


def _cell_of(book: Any, area: str, position: int) -> Any:
    """The cell at a position of a range such as ``Coverage!L6:L53``; ``None`` if there is none."""
    title, _, cells = area.rpartition("!")
    if title not in book.sheetnames:
        return None
    try:
        column, first, _, last = range_boundaries(cells)
    except (ValueError, TypeError):  # a name, or no range at all
        return None
    if not (column and first and last):  # whole columns or rows
        return None
    row = int(first) + position
    return book[title].cell(row, column) if first <= row <= last else None


def _says(text: str, value: Any) -> bool:
    try:
        return same(float(text), value)
    except ValueError:
        # openpyxl keeps "None" for a label that LibreOffice kept as blank
        return text in ("", "None") if is_empty(value) else text == value
