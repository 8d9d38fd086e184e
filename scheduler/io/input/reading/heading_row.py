"""The row of headings of a sheet: which row it is, and which column each heading means."""

import re
from collections.abc import Collection, Mapping

from scheduler.io.cells.columns import Column, Kind, Sheet, normalised
from scheduler.io.cells.parse import is_blank
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.sheets.headings import meant_by
from scheduler.texts import text

_HEADING_ROWS = 10  # a title may stand above the headings, not a page of text
_IN_HOURS = re.compile(r"[(\[]\s*(?:h|hrs?|hours?|std)\.?\s*[)\]]|\b(?:hours|hrs)\b", re.IGNORECASE)
_IN_MINUTES = re.compile(r"[(\[]\s*(?:m|mins?|minutes?)\.?\s*[)\]]|\b(?:minutes|mins)\b", re.IGNORECASE)


def heading_row(sheet: Sheet, raw: RawSheet) -> int | None:
    """Number of the row with the most known headings; ``None`` where there is none.

    A heading in other words counts half, so that a row of known names is preferred.
    """
    known = {spelling for column in sheet.columns for spelling in column.spellings}
    best, most = None, 0
    for number, row in enumerate(raw.rows[:_HEADING_ROWS], start=1):
        words = [cell for cell in row if isinstance(cell, str)]
        matches = sum(2 if normalised(cell) in known else bool(meant_by(sheet, cell)) for cell in words)
        if matches > most:
            best, most = number, matches
    return best


def match_headings(
    sheet: Sheet, raw: RawSheet, row: int, notebook: Notebook, own: Collection[str] = ()
) -> tuple[dict[str, int], dict[int, str]]:
    """The position of each column by its key, and the headings that mean none, by their positions.

    A column's own names go before other words for it; what is said twice, or could be two columns, is noted.

    Parameters
    ----------
    own
        Names of things that are no heading in other words, such as the skills of a Demand sheet.
    """
    headings = {at: str(cell).strip() for at, cell in enumerate(raw.rows[row - 1]) if not is_blank(cell)}
    columns: dict[str, int] = {}
    twice: list[tuple[int, str]] = []
    spelt = _spellings(sheet)
    for at, heading in headings.items():
        key = spelt.get(normalised(heading))
        if key is not None and key not in columns:
            columns[key] = at
        elif key is not None:
            twice.append((at, key))
    extra: dict[int, str] = {}
    names = {normalised(name) for name in own}
    for at, heading in headings.items():
        if normalised(heading) in spelt:
            continue
        meant = () if normalised(heading) in names else meant_by(sheet, heading)
        if len(meant) == 1 and meant[0].key not in columns:
            columns[meant[0].key] = at
        elif len(meant) == 1:
            twice.append((at, meant[0].key))
        elif meant:
            _ask_which(raw, cell_name(row, at + 1), heading, meant, notebook)
        else:
            extra[at] = heading
    for at, key in twice:
        _tell_twice(sheet, raw, row, (at, columns[key]), headings, key, notebook)
    for key, at in columns.items():
        _tell_other_unit(sheet.column(key), raw, cell_name(row, at + 1), headings[at], notebook)
    return columns, extra


def _spellings(sheet: Sheet) -> dict[str, str]:
    """The key of each column by its names, normalised; a title goes before another column's alias."""
    spelt = {spelling: column.key for column in sheet.columns for spelling in reversed(column.spellings)}
    for column in sheet.columns:
        spelt[normalised(column.title)] = column.key
        spelt[normalised(column.chinese)] = column.key
    return spelt


def _ask_which(raw: RawSheet, cell: str, heading: str, meant: tuple[Column, ...], notebook: Notebook) -> None:
    named = text(" or ").join(f'"{column.title}"' for column in meant)
    notebook.error(
        raw.title,
        cell,
        text('the heading "{heading}" could mean {named}.', heading=heading, named=named),
        text("Write the one that is meant; where it is both, give both columns."),
    )


def _tell_twice(
    sheet: Sheet,
    raw: RawSheet,
    row: int,
    at: tuple[int, int],
    headings: Mapping[int, str],
    key: str,
    notebook: Notebook,
) -> None:
    """Two columns of one meaning, told at the one that does not have the column's own title."""
    title = normalised(sheet.column(key).title)
    second, first = sorted(at, key=lambda one: (normalised(headings[one]) == title, -one))
    there = cell_name(row, first + 1)
    notebook.error(
        raw.title,
        cell_name(row, second + 1),
        text(
            'the heading "{heading}" stands here twice, first in {there}.',
            heading=headings[second],
            there=there,
        )
        if normalised(headings[second]) == normalised(headings[first])
        else text(
            'the heading "{heading}" means the same as "{other}" in {there}.',
            heading=headings[second],
            other=headings[first],
            there=there,
        ),
        text("Remove one of the columns, or write what this one is."),
    )


def _tell_other_unit(column: Column, raw: RawSheet, cell: str, heading: str, notebook: Notebook) -> None:
    """A heading that names another unit than its column's, by which bare numbers are read."""
    in_hours, in_minutes = _IN_HOURS.search(heading), _IN_MINUTES.search(heading)
    if column.kind is Kind.HOURS and in_minutes and not in_hours:
        said, read = text("minutes"), text("hours")
    elif column.kind is Kind.MINUTES and in_hours and not in_minutes:
        said, read = text("hours"), text("minutes")
    else:
        return
    notebook.error(
        raw.title,
        cell,
        text(
            'the heading "{heading}" says {said}, but bare numbers below are read as {read}.',
            heading=heading,
            said=said,
            read=read,
        ),
        text('Write "{title}" and the numbers in {read}.', title=column.title, read=read),
    )
