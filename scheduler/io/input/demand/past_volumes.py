"""Reading the history of volumes that a forecast is made from: a CSV file or a frame, long or wide.

Read as volumes are, on a grid from its first date to its last. What has no row is unknown, never nothing: it
is told, and no number is made for it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.checks.calendar.special_days import special_day_faults
from scheduler.domain.checks.demand.handling_times import handling_faults
from scheduler.domain.facts.special_days import SpecialDay
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.spans import neighbours
from scheduler.domain.values.words import counted, listed
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.known_names import KnownNames
from scheduler.io.cells.parse import Unreadable, plain
from scheduler.io.cells.parse_dates import day as parse_day
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.demand.calendar_rows import read_special_days
from scheduler.io.input.demand.demand_headings import PAST_ROWS
from scheduler.io.input.demand.demand_rows import MOMENT, IntervalReader
from scheduler.io.input.demand.demand_series import Series
from scheduler.io.input.demand.volume_import import interval_of, makes_up_an_hour, table_rows
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import CALENDAR, SKILLS
from scheduler.io.input.sheets.calendar import LABELS
from scheduler.io.input.sheets.past_volumes import PAST_VOLUMES
from scheduler.texts import text

MOST_DAYS = 5 * 366
"""Of history; more is a date that was mistyped."""
LEAST_MINUTES = 5
"""Of an interval; less is a start that was mistyped."""
_SHOWN = 12

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ReadPast:
    """A history as it was read.

    Parameters
    ----------
    contacts, aht_seconds
        By skill; shape (days, slots of a day), NaN where nothing is known. No handling times where no row
        has one.
    labelled
        What its rows say of their days.
    """

    first_day: date
    minutes: int
    contacts: Mapping[str, Floats]
    aht_seconds: Mapping[str, Floats]
    labelled: tuple[SpecialDay, ...]


def read_calendar(raw: RawSheet, notebook: Notebook, ways: Conventions = UNSAID) -> tuple[SpecialDay, ...]:
    """Read a table like the sheet Calendar; what is wrong with it goes into the notebook."""
    days = read_special_days(table_rows(CALENDAR, raw, "UTC", notebook, ways), notebook)
    for fault in special_day_faults(days):
        notebook.error(*notebook.cells[fault.place.path], fault.message, fault.hint)
    return days


def read_past(
    raw: RawSheet,
    notebook: Notebook,
    *,
    time_zone: str,
    skills: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
    minutes: int | None = None,
    ways: Conventions = UNSAID,
) -> ReadPast | None:
    """Read a history; what is wrong with it goes into the notebook.

    Parameters
    ----------
    skills
        Those that there are; none takes them from the column Skill.
    named
        Whose volumes they are, where the table names no skill or has a column for each.
    minutes
        The interval of the table; by default the longest on which all of its starts lie.
    ways
        How it writes dates and numbers.
    """
    scan = table_rows(PAST_VOLUMES, raw, time_zone, Notebook(), ways)
    rows = table_rows(PAST_VOLUMES, raw, time_zone, notebook, ways)
    if rows is None or scan is None:
        return None
    if rows.is_empty:
        notebook.error(raw.title, None, text("this table has headings, but no rows."))
        return None
    own = minutes or interval_of(rows)
    if own < LEAST_MINUTES or not makes_up_an_hour(own, raw.title, notebook):
        _tell_odd_start(rows, own, notebook)
        return None
    names = named or skills or tuple(dict.fromkeys(scan.names("skill")))
    if not names:
        others = listed([heading for heading in rows.extra.values() if heading], _SHOWN)
        hint = text("Give it a column Skill, or say the skill beside it (--skill).")
        if others:
            hint += " " + text("Say so also which of its columns {columns} are skills.", columns=others)
        message = text("this table does not say which skill it is about.")
        notebook.error(raw.title, None, message, hint)
        return None
    labelled = [label for row in scan.rows() for label in _labels(row, ways)]
    dates = [one.day for one in labelled]
    if not dates:
        rows.tell_missing("start")
        notebook.error(raw.title, None, text("no row of this table has a date and a number."))
        return None
    first, last = min(dates), max(dates)
    if (last - first).days >= MOST_DAYS:
        notebook.error(
            raw.title,
            None,
            text("the history is from {first} to {last}.", first=first, last=last),
            text("One of these dates is mistyped; give at most five years."),
        )
        return None
    grid = TimeGrid.model_construct(
        first_day=first, days=(last - first).days + 1, interval_minutes=own, time_zone=time_zone
    )
    rows.known = KnownNames({SKILLS.key: names})
    reader = _PastReader(PAST_ROWS, rows, grid, names, notebook)
    by_skill = reader.read()
    tables = {name: _tables(series, grid) for name, series in by_skill.items()}
    for name, series in by_skill.items():
        _tell_handling(name, series, raw.title, notebook)
    return ReadPast(
        first,
        own,
        {name: contacts for name, (contacts, _) in tables.items()},
        {name: aht for name, (_, aht) in tables.items() if not np.isnan(aht).all()},
        tuple(dict.fromkeys(one for one in labelled if one.model_fields_set - {"day"})),
    )


def _labels(row: Row, ways: Conventions) -> Iterator[SpecialDay]:
    """The days that a row is of, with what it says of them."""
    start = row.values.get("start")
    days = [on for on in row.values.get("date", ()) if isinstance(on, date)]
    if isinstance(start, datetime):
        days = [start.date()]
    elif not days and isinstance(start, str) and (match := MOMENT.fullmatch(plain(start))):
        with suppress(Unreadable):  # told by the reader of the rows
            days = [parse_day(match[1], ways)]
    said = row.given(*(column.key for column in LABELS))
    for on in days:
        yield SpecialDay(day=on, **said)


def _tell_odd_start(rows: SheetRows, own: int, notebook: Notebook) -> None:
    """Note the first start that is on no five minutes, since which all intervals would be so short."""
    for row in rows.rows():
        start = str(row.values.get("start", ""))
        minute = re.search(r":(\d{2})", start)
        if minute and int(minute[1]) % LEAST_MINUTES:
            notebook.error(
                rows.title,
                row.cell("start"),
                text("{start} would make intervals of {minutes} minutes.", start=start, minutes=own),
                text("Give volumes by 5, 10, 15, 20, 30 or 60 minutes."),
            )
            return


class _PastReader(IntervalReader):
    """Reads rows of the past, of which nothing has to be there."""

    def tell_without_rows(self) -> None:
        """Note what is not known (cells, holes, days), and rows by weekday, which are no history."""
        for skill, series in self.series.items():
            places = series.places[series.of.main]
            by_weekday = [cell for when, cell in places.items() if not isinstance(when, int)]
            if by_weekday:
                self.notebook.error(
                    self.title,
                    by_weekday[0],
                    text("{skill}: a history has dates, and this row has a weekday.", skill=skill),
                    text("Write the date of each row."),
                )
                continue
            blank = [cell for when, cell in places.items() if when not in series.numbers[series.of.main]]
            if blank:
                self.notebook.warning(
                    self.title,
                    blank[0],
                    text(
                        "{skill}: {cells} without a number, taken as unknown.",
                        skill=skill,
                        cells=counted(len(blank), "cell"),
                    ),
                    text("Write 0 where nobody called."),
                )
            self._tell_holes(skill, series)

    def _tell_holes(self, skill: str, series: Series) -> None:
        grid, places = self.grid, series.places[series.of.main]
        weekdays = {grid.interval_start(at).weekday() for at in places if isinstance(at, int)}
        holes: list[tuple[int, int]] = []
        days: list[date] = []
        for on in range(grid.days):
            given = [at for at in grid.intervals_of(on) if at in places]
            absent = [at for at in range(given[0], given[-1]) if at not in places] if given else []
            holes += neighbours(absent)
            if not given and grid.weekday(on) in weekdays:
                days.append(grid.date(on))
        if holes:
            shown = [f"{grid.interval_start(first):%Y-%m-%d %H:%M}" for first, _ in holes]
            self.notebook.warning(
                self.title,
                places.get(holes[0][0] - 1),
                text(
                    "{skill}: {intervals} without a row between the first and the last of a day, taken as "
                    "unknown: {shown}.",
                    skill=skill,
                    intervals=counted(sum(last - first + 1 for first, last in holes), "interval"),
                    shown=listed(shown, _SHOWN),
                ),
                text("Write rows of 0 where nobody called."),
            )
        if days:
            self.notebook.warning(
                self.title,
                None,
                text(
                    "{skill}: {days} without a row, taken as unknown: {shown}.",
                    skill=skill,
                    days=counted(len(days), "day"),
                    shown=listed(list(map(str, days)), _SHOWN),
                ),
            )


def _tables(series: Series, grid: TimeGrid) -> tuple[Floats, Floats]:
    """Contacts and handling times by day and slot; of an hour that the clock shows twice the mean."""
    shape = grid.days, MINUTES_PER_DAY // grid.interval_minutes
    tables = []
    for measure in series.of.measures:
        sums, numbers = np.zeros(shape), np.zeros(shape)
        for at, number in series.numbers[measure].items():
            if isinstance(at, int) and number is not None:
                start = grid.interval_start(at)
                slot = (start.hour * MINUTES_PER_HOUR + start.minute) // grid.interval_minutes
                sums[grid.day_index(start.date()), slot] += number
                numbers[grid.day_index(start.date()), slot] += 1
        tables.append(sums / np.where(numbers, numbers, np.nan))
    return tables[0], tables[1]


def _tell_handling(skill: str, series: Series, title: str, notebook: Notebook) -> None:
    """Note handling times that cannot be meant in seconds."""
    contacts, places = series.numbers["contacts"], series.places["aht_seconds"]
    told = {finding.place.cell for finding in notebook.findings}
    for at, seconds in series.numbers["aht_seconds"].items():
        if seconds is None or not contacts.get(at) or places[at] in told:
            continue
        for fault in handling_faults((), skill, seconds):
            note = notebook.error if fault.is_error else notebook.warning
            note(title, places[at], fault.message, fault.hint)
