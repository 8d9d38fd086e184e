"""Reading the Demand sheet: rows of dates and times, long or wide, into one number per interval and skill.

Called by the workbook reader once the horizon and the skills are known. A missing row or cell is a
finding, never a zero.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from openpyxl.utils import get_column_letter

from scheduler.domain.calendar_fields import is_planned_year
from scheduler.domain.fields import MOST_WANTED
from scheduler.domain.findings import unknown_name
from scheduler.domain.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.problem import Demand
from scheduler.domain.words import clock_words, counted
from scheduler.io.cells import parse, parse_dates, parse_times
from scheduler.io.cells.parse import Unreadable, plain
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.demand_headings import MEASURES, skill_and_measure
from scheduler.io.input.reading import Notebook
from scheduler.io.input.sheet_rows import Row, SheetRows, read_cell
from scheduler.io.input.sheets import DEMAND
from scheduler.io.input.unread_columns import tell_unheaded_cells
from scheduler.texts import text, text_n

_MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ]+(\d{1,2}:\d{2}(?::00)?)")


@dataclass
class _Series:
    """The numbers read for one skill so far: a number (or the word "none") per interval and measure."""

    numbers: dict[str, dict[int, int | None]] = field(
        default_factory=lambda: {measure: {} for measure in MEASURES}
    )
    places: dict[str, dict[int, str]] = field(default_factory=lambda: {measure: {} for measure in MEASURES})


@dataclass(frozen=True)
class _Cell:
    """One demand cell of a row: whose, which measure, and in which column."""

    skill: str
    measure: str
    position: int


class DemandReader:
    """Reads one Demand sheet onto a grid."""

    def __init__(self, rows: SheetRows, grid: TimeGrid, skills: tuple[str, ...], notebook: Notebook) -> None:
        self.rows, self.grid, self.skills, self.notebook = rows, grid, skills, notebook
        self.title = rows.title
        self.is_long = "skill" in rows.columns
        self.series: dict[str, _Series] = {}
        self.intervals_at: dict[tuple[date, int], list[int]] = {}
        for interval in range(grid.intervals):
            local = grid.interval_start(interval)
            self.intervals_at.setdefault(
                (local.date(), local.hour * MINUTES_PER_HOUR + local.minute), []
            ).append(interval)
        self.rows_seen: dict[tuple[str, date, int], list[int]] = {}
        self.last_day = grid.date(grid.days - 1)
        self.outside: list[Row] = []

    def read(self) -> tuple[Demand, ...]:
        """The demand of every skill that the sheet names, in the sheet's order."""
        columns = self._long_columns() if self.is_long else self._wide_columns()
        if self.rows.tell_missing("start") or not columns:
            return ()
        unknown: set[str] = set()
        for row in self.rows.rows():
            moment = self._moment(row)
            if moment is None:
                continue
            skill = row.values.get("skill") if self.is_long else None
            if self.is_long and skill is None:
                if "skill" not in row.unreadable:
                    self.notebook.error(
                        self.title,
                        row.cell("skill"),
                        text("{name}: this cell is blank.", name=DEMAND.column("skill").title),
                    )
                continue
            if skill is not None and skill not in self.skills:
                if skill not in unknown:  # reported once, not for every interval
                    message, hint = unknown_name(text("skill"), skill, self.skills, "Skills")
                    self.notebook.error(self.title, row.cell("skill"), message, hint)
                unknown.add(skill)
                continue
            interval = self._interval(row, skill or "", *moment)
            if interval is not None:
                for cell in columns:
                    self._take(row, cell, skill or cell.skill, interval)
        self._tell_outside()
        return tuple(self._demand(skill) for skill in self.series)

    def _long_columns(self) -> list[_Cell]:
        self.rows.tell_extra()
        if self.rows.tell_missing("required"):
            return []
        return [
            _Cell("", measure, self.rows.columns[measure])
            for measure in MEASURES
            if measure in self.rows.columns
        ]

    def _wide_columns(self) -> list[_Cell]:
        tell_unheaded_cells(self.rows.raw, self.rows.heading_row or 1, self.notebook)
        found = []
        only = self.skills[0] if len(self.skills) == 1 else None
        for measure in MEASURES:
            if measure in self.rows.columns and only is not None:
                found.append(_Cell(only, measure, self.rows.columns[measure]))
        for position, heading in self.rows.extra.items():
            skill, measure = skill_and_measure(heading, self.skills)
            if skill is None:
                shorn = next(
                    (
                        heading[: -len(tail)].strip()
                        for tail in (" minimum", " maximum", " required")
                        if heading.casefold().endswith(tail)
                    ),
                    heading,
                )
                message, hint = unknown_name(text("skill"), shorn, self.skills, "Skills")
                self.notebook.error(
                    self.title,
                    cell_name(self.rows.heading_row or 1, position + 1),
                    message,
                    text(
                        '{hint} A column is named after a skill, with " minimum" or " maximum" behind it.',
                        hint=hint,
                    ),
                )
                continue
            first = next((cell for cell in found if (cell.skill, cell.measure) == (skill, measure)), None)
            if first is None:
                found.append(_Cell(skill, measure, position))
                continue
            self.notebook.error(
                self.title,
                cell_name(self.rows.heading_row or 1, position + 1),
                text(
                    'how many "{skill}" are {measure} stands in column {column} already.',
                    skill=skill,
                    measure=measure,
                    column=get_column_letter(first.position + 1),
                ),
                text("Remove one of the columns."),
            )
        wanted = {cell.skill for cell in found if cell.measure == "required"}
        for cell in found:
            if cell.skill not in wanted:
                self.notebook.error(
                    self.title,
                    cell_name(self.rows.heading_row or 1, cell.position + 1),
                    text(
                        'there is a {measure} for skill "{skill}", but no column of how many are required.',
                        measure=cell.measure,
                        skill=cell.skill,
                    ),
                    text('Add a column "{skill}".', skill=cell.skill),
                )
        found = [cell for cell in found if cell.skill in wanted]
        if not found and not self.notebook.has_errors(on=[self.title]):
            self.notebook.error(
                self.title,
                cell_name(self.rows.heading_row or 1, 1),
                text("no column holds the demand of a skill."),
                text("Give each skill a column of its name: {skills}.", skills=", ".join(self.skills)),
            )
        for cell in found:
            self.series.setdefault(cell.skill, _Series())
        return found

    def _moment(self, row: Row) -> tuple[date, int] | None:
        """Date and clock minute of a row; notes what is wrong with them."""
        given = row.values.get("start")
        if given is None or "date" in row.unreadable:
            return None
        try:
            match = _MOMENT.fullmatch(plain(given)) if isinstance(given, str) else None
            if isinstance(given, datetime) and is_planned_year(given.year):
                return self._one_date(row, given.date()), parse_times.clock(given.time())
            if match:
                return self._one_date(row, parse_dates.day(match[1])), parse_times.clock(match[2])
            clock = parse_times.clock(given)
        except Unreadable as error:
            self.notebook.error(
                self.title, row.cell("start"), text("Start: {message}", message=error.message), error.hint
            )
            return None
        if "date" not in row.values:
            self.notebook.error(
                self.title,
                row.cell("date"),
                text("{name}: this cell is blank.", name=DEMAND.column("date").title),
            )
            return None
        days, minute = divmod(clock, MINUTES_PER_DAY)
        return row.values["date"] + timedelta(days=days), minute

    def _one_date(self, row: Row, on: date) -> date:
        """The date of a start that has one; a Date beside it must be the same."""
        beside = row.values.get("date", on)
        if beside != on:
            raise Unreadable(
                text("the date {on} here is not the Date {beside} of the row.", on=on, beside=beside),
                text("Write one of them."),
            )
        return on

    def _interval(self, row: Row, skill: str, on: date, clock: int) -> int | None:
        """The interval of a row; the second row of an hour that the clock repeats means the second one."""
        if not self.grid.first_day <= on <= self.last_day:
            self.outside.append(row)
            return None
        intervals = self.intervals_at.get((on, clock))
        when = f"{on} {clock_words(clock)}"
        if intervals is None:
            if clock % self.grid.interval_minutes:
                self.notebook.error(
                    self.title,
                    row.cell("start"),
                    text(
                        "{clock} does not begin an interval of {interval_minutes} minutes.",
                        clock=clock_words(clock),
                        interval_minutes=self.grid.interval_minutes,
                    ),
                    text("See Interval on Settings."),
                )
            else:
                self.notebook.warning(
                    self.title,
                    row.cell("start"),
                    text("{when} does not exist: the clock is put forward. Not read.", when=when),
                    text("Leave the row out."),
                )
            return None
        earlier = self.rows_seen.setdefault((skill, on, clock), [])
        earlier.append(row.number)
        if len(earlier) > len(intervals):
            whose = text(' for skill "{skill}"', skill=skill) if skill else ""
            self.notebook.error(
                self.title,
                row.cell("start"),
                text(
                    "{when}{whose} stands here again, after row {earlier}.",
                    when=when,
                    whose=whose,
                    earlier=earlier[-2],
                ),
                text("Remove one of the rows."),
            )
            return None
        return intervals[len(earlier) - 1]

    def _take(self, row: Row, cell: _Cell, skill: str, interval: int) -> None:
        series = self.series.setdefault(skill, _Series())
        series.places[cell.measure][interval] = cell_name(row.number, cell.position + 1)
        value = row.raw[cell.position] if cell.position < len(row.raw) else None
        if isinstance(value, int) and 0 <= value <= MOST_WANTED and not isinstance(value, bool):
            series.numbers[cell.measure][interval] = value  # nearly every cell of a large sheet
            return
        if parse.is_blank(value) or self._is_known_bad(row, cell):
            if self._is_known_bad(row, cell):
                series.numbers[cell.measure][interval] = 0  # it has a finding already
            return
        if self.rows.is_faulty(row.number, cell.position, value):
            series.numbers[cell.measure][interval] = 0
            return
        column = DEMAND.column(cell.measure)
        try:
            series.numbers[cell.measure][interval] = read_cell(column, value, self.rows.ways)
        except Unreadable as error:
            series.numbers[cell.measure][interval] = 0
            whose = skill if cell.measure == "required" else f"{skill} {cell.measure}"
            self.notebook.error(
                self.title, cell_name(row.number, cell.position + 1), f"{whose}: {error.message}", error.hint
            )

    def _is_known_bad(self, row: Row, cell: _Cell) -> bool:
        return cell.measure in row.unreadable and row.columns.get(cell.measure) == cell.position

    def _demand(self, skill: str) -> Demand:
        series = self.series[skill]
        intervals = range(self.grid.intervals)
        required = series.numbers["required"]
        self._tell_missing(skill, series)
        given = series.numbers
        return Demand(
            skill=skill,
            required=tuple(required.get(interval) or 0 for interval in intervals),
            minimum=tuple(given["minimum"].get(interval) or 0 for interval in intervals)
            if given["minimum"]
            else (),
            maximum=tuple(given["maximum"].get(interval) for interval in intervals)
            if given["maximum"]
            else (),
        )

    def _tell_missing(self, skill: str, series: _Series) -> None:
        """Note blank cells and missing rows, each contiguous range once."""
        required, places = series.numbers["required"], series.places["required"]
        absent = [interval for interval in range(self.grid.intervals) if interval not in required]
        for first, last in _stretches(absent, lambda interval: interval in places):
            when = self._stretch_in_words(first, last)
            if first in places:
                cell = places[first] if first == last else f"{places[first]}:{places[last]}"
                self.notebook.error(
                    self.title,
                    cell,
                    text("{skill}: no number of agents is given for {when}.", skill=skill, when=when),
                    text("Write 0 where nobody is needed."),
                )
            elif all(self.grid.interval_start(interval).fold for interval in range(first, last + 1)):
                self.notebook.error(
                    self.title,
                    None,
                    text(
                        "{skill}: there is no second row for {when}, which the clock shows twice.",
                        skill=skill,
                        when=self._stretch_in_words(first, last, plain=True),
                    ),
                    text("Give each of these times two rows: the first for before the clock is put back."),
                )
            else:
                self.notebook.error(
                    self.title,
                    None,
                    text("{skill}: there is no row for {when}.", skill=skill, when=when),
                    text("Give every interval a row."),
                )

    def _stretch_in_words(self, first: int, last: int, *, plain: bool = False) -> str:
        shown = "{:%H:%M}".format if plain else _clock_of
        start = self.grid.interval_start(first)
        end = self.grid.interval_start(last + 1)
        until = "24:00" if end.time() == time() and last > first else shown(end)
        if (end - timedelta(minutes=1)).date() != start.date():
            until = f"{end - timedelta(minutes=1):%Y-%m-%d} {until}"
        count = last - first + 1
        return text(
            "{start:%Y-%m-%d} {since} to {until} ({intervals})",
            start=start,
            since=shown(start),
            until=until,
            intervals=counted(count, "interval"),
        )

    def _tell_outside(self) -> None:
        if self.outside:
            first = self.outside[0]
            self.notebook.warning(
                self.title,
                first.cell("date" if "date" in first.columns else "start"),
                text_n(
                    "{rows} outside {first_day} to {last_day} is not read.",
                    "{rows} outside {first_day} to {last_day} are not read.",
                    len(self.outside),
                    rows=counted(len(self.outside), "row"),
                    first_day=self.grid.first_day,
                    last_day=self.last_day,
                ),
                text("See First day and Days on Settings."),
            )


def _clock_of(moment: datetime) -> str:
    return text("the second {moment:%H:%M}", moment=moment) if moment.fold else f"{moment:%H:%M}"


def _stretches(intervals: list[int], is_blank: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours; a run never mixes blank cells and missing rows."""
    first = previous = None
    for interval in intervals:
        if (
            first is not None
            and previous is not None
            and (interval != previous + 1 or is_blank(interval) != is_blank(previous))
        ):
            yield first, previous
            first = interval
        first = interval if first is None else first
        previous = interval
    if first is not None and previous is not None:
        yield first, previous
