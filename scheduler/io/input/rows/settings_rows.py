"""Reading the Settings sheet, which has one setting per row where other sheets have one per column."""

from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from scheduler.domain.findings.finding import did_you_mean
from scheduler.domain.values.grid import TimeGrid, zone
from scheduler.domain.values.spelling import spelt
from scheduler.io.cells.columns import Column, normalised
from scheduler.io.cells.conventions import ORDERS, SIGNS, UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable, is_blank
from scheduler.io.files.pydantic_words import in_words
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.reading.result import INTERVAL, Notebook
from scheduler.io.input.reading.sheet_rows import is_faulty, read_cell
from scheduler.io.input.sheets import SETTING, SETTINGS
from scheduler.io.input.sheets.headings import meant_by
from scheduler.texts import text

_GRID = frozenset(TimeGrid.model_fields)
_WAYS = frozenset(("date_order", "decimal_sign", "currency", "first_day"))
"""Settings by which other cells are read, or told how to be written."""
_HEADINGS = frozenset(map(normalised, (*SETTING, "settings", SETTINGS.title, SETTINGS.chinese)))
"""What may head the column of labels, in the first row."""
_SPELT = {spelling: column for column in SETTINGS.columns for spelling in column.spellings}


def read_conventions(raw: RawSheet | None) -> Conventions:
    """How dates and amounts are written, by which all cells are read; unreadable settings say nothing."""
    if raw is None:
        return UNSAID
    said: dict[str, Any] = {}
    for row in raw.rows:
        given = [cell for cell in row if not is_blank(cell)][:2]
        column = _SPELT.get(normalised(given[0])) if len(given) == 2 else None
        if column is not None and column.key in _WAYS:
            with suppress(Unreadable):
                said.setdefault(column.key, read_cell(column, given[1]))
    return Conventions(
        epoch=raw.epoch,
        date_order=ORDERS.get(said.get("date_order", "")),
        decimal_sign=SIGNS.get(said.get("decimal_sign", "")),
        currency=said.get("currency", UNSAID.currency),
        example=said.get("first_day", UNSAID.example),
        is_dated="first_day" in said,
    )


_FINEST = 5
"""Minutes of the shortest interval."""


def read_settings(
    raw: RawSheet, notebook: Notebook, ways: Conventions
) -> tuple[dict[str, Any], TimeGrid | None]:
    """The settings of the problem beside the horizon, and the horizon where it could be read."""
    values: dict[str, Any] = {}
    cell_of: dict[str, str] = {}
    for number, row in enumerate(raw.rows, start=1):
        at = next((at for at, cell in enumerate(row) if not is_blank(cell)), None)
        if at is None:
            for position in range(1, 3):  # what stands here was not read, so nobody knows what it is about
                is_faulty(raw, notebook, number, position - 1, None)
            continue
        said, key_cell, value_cell = (
            spelt(str(row[at])),
            cell_name(number, at + 1),
            cell_name(number, at + 2),
        )
        column = _SPELT.get(normalised(said)) or next(iter(meant_by(SETTINGS, said)), None)
        value = row[at + 1] if at + 1 < len(row) else None
        if column is None:
            is_head = number == 1 and normalised(said) in _HEADINGS
            if at and is_blank(value):
                notebook.error(
                    raw.title,
                    cell_name(number, at),
                    text('"{value}" stands beside this blank cell, which names no setting.', value=said),
                    text("Write the setting here, or clear the row."),
                )
            elif not is_blank(value) and not is_head:
                _tell_unknown(said, raw.title, key_cell, notebook)
            continue
        if column.key in cell_of:
            notebook.error(
                raw.title,
                key_cell,
                text("{name} stands here twice.", name=column.title),
                text("Remove one of the rows."),
            )
            continue
        cell_of[column.key] = value_cell
        path = ("grid", column.key) if column.key in _GRID else (column.key,)
        notebook.cells[path] = (raw.title, value_cell)
        if not is_faulty(raw, notebook, number, at + 1, value):
            _read(column, value, raw, value_cell, values, notebook, ways)
    for column in SETTINGS.columns:
        if column.needed and column.key not in cell_of:
            notebook.error(
                raw.title,
                None,
                text('the setting "{name}" is missing.', name=column.title),
                text(column.comment),
            )
    rest = {key: value for key, value in values.items() if key not in _GRID}
    return rest, _grid(values, raw.title, cell_of, notebook)


def _read(
    column: Column,
    value: object,
    raw: RawSheet,
    cell: str,
    values: dict[str, Any],
    notebook: Notebook,
    ways: Conventions,
) -> None:
    title = raw.title
    if is_blank(value):
        if column.needed:
            notebook.error(
                title, cell, text("{name}: this cell is blank.", name=column.title), text(column.comment)
            )
        return
    try:
        found = read_cell(column, value, ways)
        if column.key == "time_zone":
            zone(found)
        values[column.key] = found
    except Unreadable as error:
        notebook.error(title, cell, f"{column.title}: {error.message}", error.hint)
    except ValueError as error:
        notebook.error(title, cell, f"{column.title}: {error}.")


def _grid(values: dict[str, Any], title: str, cell_of: dict[str, str], notebook: Notebook) -> TimeGrid | None:
    if not {"first_day", "days", "time_zone"} <= set(values):
        return None
    given = {key: value for key, value in values.items() if key in _GRID}
    if "interval_minutes" in cell_of and not notebook.is_sound(INTERVAL):
        given["interval_minutes"] = _FINEST  # so that no row is told to lie between two intervals
    try:
        return TimeGrid(**given)
    except ValidationError as error:
        for detail in error.errors():
            key = str(detail["loc"][0])
            notebook.error(title, cell_of[key], f"{SETTINGS.column(key).title}: {in_words(detail)}")
        return None


def _tell_unknown(said: str, title: str, cell: str, notebook: Notebook) -> None:
    titles = [column.title for column in SETTINGS.columns]
    guess = did_you_mean(said, titles, 75, compared=normalised)
    if guess:
        notebook.error(title, cell, text('the setting "{said}" is not known.', said=said), guess.strip())
    else:
        notebook.warning(
            title,
            cell,
            text('the setting "{said}" is not read.', said=said),
            text("Settings: {settings}.", settings=", ".join(titles)),
        )
