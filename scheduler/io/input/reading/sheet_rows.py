"""From a raw sheet to rows of parsed cells: headings matched, each cell read by its column's kind.

Knows the table of sheets and what a cell may mean, but nothing of how sheets refer to one another.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from scheduler.domain.facts.volumes import MOST_SECONDS
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.values.fields import MOST_CENTS, MOST_MINUTES, MOST_WANTED
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.domain.values.spelling import EXCEL_ERRORS, likeness
from scheduler.domain.values.words import clock_words, month_in_weeks
from scheduler.io.cells import parse, parse_dates, parse_lists, parse_shares, parse_times
from scheduler.io.cells.columns import Column, Kind, Sheet
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.known_names import KnownNames
from scheduler.io.cells.parse import Unreadable, is_blank
from scheduler.io.cells.parse_column import refuse_clock, without_fraction
from scheduler.io.files.cell_values import Padded
from scheduler.io.files.workbook_file import RawSheet, cell_name
from scheduler.io.input.reading.heading_row import heading_row, match_headings
from scheduler.io.input.reading.merged_across import RangesMergedAcross
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.total_rows import is_total, tell_total
from scheduler.io.input.reading.unread_columns import tell_unheaded_cells, tell_unknown_headings
from scheduler.io.input.reading.words_for_shifts import advised, refuse_other_words
from scheduler.texts import text

_READERS: dict[Kind, Callable[[object], Any]] = {
    Kind.TEXT: parse.plain_text,
    Kind.NAMES: parse_lists.names,
    Kind.WEEKDAY: parse_lists.weekday,
    Kind.CLOCKS: parse_lists.clocks,
    Kind.CLOCK_WINDOWS: parse_lists.clock_windows,
    Kind.ANY: lambda value: value,
}
MOST = {
    Kind.WHOLE: MOST_WANTED,
    Kind.LIMIT: MOST_WANTED,
    Kind.MONEY: MOST_CENTS,
    Kind.PRICE: MOST_CENTS,
    Kind.PRICES: MOST_CENTS,
    Kind.HOURS: MOST_MINUTES,
    Kind.MINUTES: MOST_MINUTES,
    Kind.OFFSET: MOST_MINUTES,
    Kind.NUMBER: MOST_WANTED,
    Kind.SECONDS: MOST_SECONDS,
    Kind.PERCENT: 100,
}
"""The largest value of a cell whose column sets no limit of its own."""
_READERS_BY_CONVENTION: dict[Kind, Callable[[object, Conventions], Any]] = {
    Kind.WHOLE: parse.whole,
    Kind.LIMIT: parse.limit,
    Kind.MONEY: parse.money,
    Kind.PRICE: parse.price,
    Kind.CLOCK: parse_times.clock,
    Kind.END_CLOCK: parse_times.end_clock,
    Kind.HOURS: parse_times.hours,
    Kind.MINUTES: parse_times.minutes,
    Kind.OFFSET: parse_times.offset,
    Kind.NUMBER: parse.number,
    Kind.SECONDS: parse_shares.seconds,
    Kind.PERCENT: parse_shares.per_cent,
    Kind.EXACT_PERCENT: parse_shares.exact_per_cent,
    Kind.MULTIPLE: parse_shares.multiple,
    Kind.WEEKDAYS: parse_lists.weekdays,
    Kind.DATE: parse_dates.day,
    Kind.DAYS: parse_lists.days,
    Kind.RULE_DAYS: parse_lists.rule_days,
    Kind.PRICES: parse_lists.prices,
    Kind.POINTS: parse_lists.points,
}
_CLOCKS = (Kind.CLOCK, Kind.END_CLOCK)
_LENGTHS = (Kind.HOURS, Kind.MINUTES, Kind.OFFSET)
_A_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?")
_MONTHLY = re.compile(r"month|monat|\bmtl|月", re.IGNORECASE)
_A_WEEK, _A_MONTH = 7 * 24, 31 * 24 + 1  # hours that are too many for a week, and for a month
_MOST_KEPT = 10_000  # readings of cells, of one sheet


@dataclass
class Row:
    """One row of a sheet.

    Parameters
    ----------
    values
        Parsed values by the column's key, without blank and unreadable cells.
    unreadable
        Keys of the cells that could not be parsed; each has a finding.
    raw
        The cells as they are, for columns that the table of sheets does not know.
    """

    sheet: str
    number: int
    columns: dict[str, int]
    raw: tuple[Any, ...]
    values: dict[str, Any] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def cell(self, key: str | None = None) -> str:
        """Name of the cell in that column, or of the row's first cell if there is no such column."""
        return cell_name(self.number, self.columns.get(key or "", 0) + 1)

    def keep_cells(self, notebook: Notebook, path: FactPath, keys: tuple[str, ...]) -> None:
        """Remember where a fact and its fields stand."""
        notebook.cells[path] = (self.sheet, self.cell("name"))
        for key in keys:
            if key in self.columns:
                notebook.cells[(*path, key)] = (self.sheet, self.cell(key))

    def given(self, *keys: str) -> dict[str, Any]:
        """The parsed values of these columns (all by default)."""
        return {key: self.values[key] for key in keys or self.values if key in self.values}


class SheetRows:
    """The headings and rows of one sheet.

    Parameters
    ----------
    known
        Names of other sheets, as they spell them.
    extra
        Columns with a heading that the table of sheets does not know: position and heading.
    own
        Headings of the sheet that are names of things, however they read.
    """

    def __init__(
        self,
        sheet: Sheet,
        raw: RawSheet,
        notebook: Notebook,
        ways: Conventions = UNSAID,
        own: Collection[str] = (),
    ) -> None:
        self.sheet, self.raw, self.notebook, self.ways = sheet, raw, notebook, ways
        self.known = KnownNames()
        self.title = raw.title
        self.heading_row = heading_row(sheet, raw)
        self.columns: dict[str, int] = {}
        self.extra: dict[int, str] = {}
        self._said: dict[tuple[str, type, object], Any] = {}
        if self.heading_row is not None:
            self.columns, self.extra = match_headings(sheet, raw, self.heading_row, notebook, own)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands below the headings."""
        below = self.heading_row or 0
        return not any(row > below for row, _ in self.raw.faults) and all(
            is_blank(cell) for row in self.raw.rows[below:] for cell in row
        )

    def names(self, key: str = "name") -> tuple[str, ...]:
        """What stands in a column of names, as far as it can be read; nothing is noted."""
        if self.heading_row is None or key not in self.columns:
            return ()
        found = []
        for row in self.raw.rows[self.heading_row :]:
            cell = row[self.columns[key]] if self.columns[key] < len(row) else None
            with suppress(Unreadable):
                found += [] if is_blank(cell) or is_total(cell) else [parse.plain_text(cell)]
        return tuple(found)

    def tell_extra(self) -> None:
        """Note every column that is not read, and what it may have meant."""
        assert self.heading_row is not None
        tell_unknown_headings(self.sheet, self.raw, self.heading_row, self.extra, self.columns, self.notebook)
        tell_unheaded_cells(self.raw, self.heading_row, self.notebook)

    def tell_missing(self, *keys: str) -> bool:
        """Note each of these columns that has no heading (by default the needed ones); whether any is so."""
        wanted = keys or tuple(column.key for column in self.sheet.columns if column.needed)
        missing = [self.sheet.column(key) for key in wanted if key not in self.columns]
        for column in missing:
            row = None if self.heading_row is None else cell_name(self.heading_row, 1)
            self.notebook.error(
                self.title,
                row,
                text('the column "{name}" is missing.', name=column.title),
                text(column.comment),
            )
        return bool(missing)

    def rows(self) -> Iterator[Row]:
        """Every row below the headings in which a known column holds something, with its cells read."""
        if self.heading_row is None:
            return
        by_key = {column.key: column for column in self.sheet.columns if column.key in self.columns}
        known = list(self.columns.values())
        across = RangesMergedAcross(self.raw, self.columns.values())
        faulty = {row for row, column in self.raw.faults if column - 1 in self.extra or column - 1 in known}
        for number, raw in enumerate(self.raw.rows[self.heading_row :], start=self.heading_row + 1):
            is_held = any(position < len(raw) and not is_blank(raw[position]) for position in known)
            if not is_held and number not in faulty:
                continue
            if self.notebook.ends_before(self.title, number):
                return
            if number not in faulty and tell_total(
                self.sheet, self.columns, self.title, number, raw, self.notebook
            ):
                continue
            row = Row(self.title, number, self.columns, raw)
            for key, column in by_key.items():
                self._read_cell(row, key, column, across)
            yield row

    def _read_cell(self, row: Row, key: str, column: Column, across: "RangesMergedAcross") -> None:
        position = self.columns[key]
        value = row.raw[position] if position < len(row.raw) else None
        merged = across.range_at(row.number, position)
        if merged:
            row.unreadable.add(key)
            self.notebook.error(
                self.title,
                row.cell(key),
                text("the cells {merged} are merged across columns.", merged=merged),
                text("Unmerge them."),
            )
            return
        if self.is_faulty(row.number, position, value):
            row.unreadable.add(key)
            return
        if is_blank(value):
            if column.needed:
                row.unreadable.add(key)
                self.notebook.error(
                    self.title,
                    row.cell(key),
                    text("{name}: this cell is blank.", name=column.title),
                    self._of_blank(row.number, position, column),
                )
            return
        try:
            refuse_clock(column, value)
            found = without_fraction(column, self._read_before(key, column, value))
            refuse_other_words(self.sheet, column, found, self.known)
            row.values[key] = self.known.spelt(column.names_from, found) if column.names_from else found
        except Unreadable as error:
            row.unreadable.add(key)
            hint = _of_a_month(column, value) or error.hint
            self.notebook.error(self.title, row.cell(key), f"{column.title}: {error.message}", hint)

    def _of_blank(self, number: int, position: int, column: Column) -> str:
        """What a cell should hold; below a filled one also that it takes nothing from there."""
        above = self.raw.rows[number - 2]
        may_be_left_out = column.names_from is not None or column.kind in (
            Kind.DATE,
            Kind.DAYS,
            Kind.RULE_DAYS,
        )
        if (
            not may_be_left_out
            or number - 1 == self.heading_row
            or position >= len(above)
            or is_blank(above[position])
        ):
            return text(column.comment)
        return f"{text(column.comment)} {text('It takes nothing from the cell above: fill that down.')}"

    def _read_before(self, key: str, column: Column, value: object) -> Any:
        """What a cell says, kept for the next with the same value: most columns hold few different ones."""
        said = key, type(value), value.shown if isinstance(value, Padded) else value
        try:
            return self._said[said]
        except KeyError:
            found = read_cell(column, value, self.ways)
            if len(self._said) < _MOST_KEPT:
                self._said[said] = found
            return found

    def is_faulty(self, number: int, position: int, value: object) -> bool:
        """Whether a cell cannot be read, or holds a formula's error; notes it."""
        return is_faulty(self.raw, self.notebook, number, position, value)


def is_faulty(raw: RawSheet, notebook: Notebook, number: int, position: int, value: object) -> bool:
    """Whether a cell (row from 1, position from 0) cannot be read, or holds a formula's error; notes it."""
    fault = raw.faults.get((number, position + 1))
    if fault is not None:
        notebook.error(raw.title, cell_name(number, position + 1), *fault)
        return True
    if isinstance(value, str) and value in EXCEL_ERRORS:
        notebook.error(
            raw.title,
            cell_name(number, position + 1),
            text("the formula in this cell gives {value}.", value=value),
            text("Mend the formula."),
        )
        return True
    return False


def read_cell(column: Column, value: object, ways: Conventions = UNSAID) -> Any:
    """Read a cell by its column's kind and check it against the column's bounds.

    Raises
    ------
    Unreadable
        If it is not of the column's kind, or beyond its bounds.
    """
    if column.kind is Kind.CHOICE:
        return _read_choice(column, value)
    if column.kind is Kind.YES_NO:
        return _read_yes_no(column, value)
    by_convention = _READERS_BY_CONVENTION.get(column.kind)
    found = by_convention(value, ways) if by_convention else _READERS[column.kind](value)
    for amount in found if column.kind is Kind.PRICES else (found,):
        if isinstance(amount, int | float) and not isinstance(amount, bool):
            _hold_to_bounds(column, value, amount)
    return found


def _hold_to_bounds(column: Column, value: object, found: float) -> None:
    """Refuse a number that is beyond the column's bounds."""
    if column.least is not None and found < column.least:
        raise Unreadable(
            text(
                "{value} is less than {bound}.", value=parse.shown(value), bound=_bound(column, column.least)
            )
        )
    most = MOST.get(column.kind) if column.most is None else column.most
    if most is not None and found > most:
        given, bound = parse.shown(value), _bound(column, most)
        if column.kind in _CLOCKS:
            raise parse_times.too_late(value, most, round(found))
        is_length = column.kind in _LENGTHS
        raise Unreadable(
            text("{value} is longer than {bound}.", value=given, bound=bound)
            if is_length
            else text("{value} is more than {bound}.", value=given, bound=bound)
        )


def _of_a_month(column: Column, value: object) -> str:
    """What to write where the hours of a week cannot be read since they are those of a month."""
    number = _A_NUMBER.match(str(value))
    hours = float(number[0]) if number else 0
    in_words = isinstance(value, str) and _MONTHLY.search(value)
    is_weekly = column.kind is Kind.HOURS and column.most == DAYS_PER_WEEK * MINUTES_PER_DAY
    return month_in_weeks(hours) if is_weekly and (in_words or _A_WEEK < hours < _A_MONTH) and hours else ""


def _read_choice(column: Column, value: object) -> str:
    """One of the words of a column; another one is refused with those, or with what to write for it."""
    try:
        return _choice(tuple(column.choices.items()))(value)
    except Unreadable as error:
        raise _advised(column, value, error) from None


def _read_yes_no(column: Column, value: object) -> bool:
    """Yes or no, or a word of the column's own that means the same."""
    said = column.choices.get(likeness(value)) if isinstance(value, str) else None
    try:
        return parse.yes_no(said or value)
    except Unreadable as error:
        raise _advised(column, value, error) from None


def _advised(column: Column, value: object, error: Unreadable) -> Unreadable:
    """What is wrong with a word, with what to write for it where the column knows that."""
    advice = advised(column, value)
    return error if advice is None else Unreadable(error.message, text(advice))


@cache
def _choice(options: tuple[tuple[str, str], ...]) -> Callable[[object], str]:
    """One reader for all cells of a column, since making one costs more than reading a cell."""
    return parse.choice(dict(options))


def _bound(column: Column, amount: int) -> str:
    if column.kind in (Kind.MONEY, Kind.PRICE, Kind.PRICES):
        return f"{amount / 100:.2f}"
    if column.kind in _CLOCKS:
        return clock_words(amount)
    if column.kind in _LENGTHS:
        if amount == MINUTES_PER_DAY:
            return text("a day (24 h)")
        return f"{amount // 60} h" if amount and amount % 60 == 0 else f"{amount} min"
    return str(amount)


def first_rows(rows: list[Row]) -> dict[str, int]:
    """Position of the first row of each name, to which other sheets refer."""
    found: dict[str, int] = {}
    for index, row in enumerate(rows):
        found.setdefault(row.values["name"], index)
    return found
