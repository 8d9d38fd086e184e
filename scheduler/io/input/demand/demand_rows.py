"""Reading Demand and Volumes: rows of dates or weekdays and times, long or wide.

Called by the workbook reader once the horizon and the skills are known. A blank cell is a finding, never a
zero; a time without a row is closed. Rows of dates behind the horizon are kept for a later one.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.calendar_fields import is_planned_year
from scheduler.domain.values.fields import MOST_WANTED
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.words import WEEKDAYS, clock_words, counted, listed
from scheduler.io.cells import parse, parse_dates, parse_lists, parse_times
from scheduler.io.cells.parse import Unreadable, plain
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.demand.demand_columns import DemandCell, long_columns, wide_columns
from scheduler.io.input.demand.demand_headings import ByInterval
from scheduler.io.input.demand.demand_series import IntervalStarts, Series, When
from scheduler.io.input.demand.opening_hours import OpeningHours
from scheduler.io.input.demand.other_days import is_kept_for_later, tell_other_days
from scheduler.io.input.reading.result import INTERVAL, Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows, read_cell
from scheduler.texts import text, text_n

MOMENT = re.compile(
    r"(\d{1,4}[-./]\d{1,2}[-./]\d{1,4})[T ]+(\d{1,2}:\d{2}(?::00)?(?: ?[ap]m)?)", re.IGNORECASE
)
"""A date and a clock time in one cell."""
_SHOWN = 12


class IntervalReader:
    """Reads one sheet of numbers by interval onto a grid."""

    def __init__(
        self,
        of: ByInterval,
        rows: SheetRows,
        grid: TimeGrid,
        skills: tuple[str, ...],
        notebook: Notebook,
    ) -> None:
        self.of, self.rows, self.grid, self.skills, self.notebook = of, rows, grid, skills, notebook
        self.title = rows.title
        self.is_long = "skill" in rows.columns
        self.series: dict[str, Series] = {}
        self.starts = IntervalStarts(grid)
        self.rows_seen: dict[tuple[str, date | int, int], list[int]] = {}
        self.last_day = grid.date(grid.days - 1)
        self.closed = set[date]()
        self.outside: list[Row] = []
        self.later: list[Row] = []
        self.is_whole = notebook.is_sound(INTERVAL)

    def read(self) -> dict[str, Series]:
        """The numbers of every skill that the sheet names, in the sheet's order."""
        columns = (
            long_columns(self.rows, self.of)
            if self.is_long
            else wide_columns(self.rows, self.skills, self.notebook, self.of)
        )
        if self.rows.tell_missing("start") or not columns:
            return {}
        for cell in columns:
            if cell.skill:
                self.series.setdefault(cell.skill, Series(self.grid, self.of))
        unknown: set[str] = set()
        for row in self.rows.rows():
            self.is_whole &= not row.unreadable.intersection(("date", "start", "skill"))
            is_closed = self._closes(row, columns)
            moments = self._whole_days(row) if is_closed else self._moments(row)
            skill = row.values.get("skill") if self.is_long else None
            if not moments or (self.is_long and self._is_blank_or_unknown(row, skill, unknown)):
                continue
            for on, clock in moments:
                when = self._when(row, skill or "", on, clock)
                if when is not None:
                    for cell in columns:
                        if not (is_closed and parse.is_blank(_raw(row, cell))):
                            self._take(row, cell, skill or cell.skill, when)
        self._tell_without_time(columns)
        tell_other_days(self.title, self.grid, self.outside, self.later, self.notebook)
        self._tell_overridden()
        self.tell_without_rows()
        return self.series

    def _tell_without_time(self, columns: Sequence[DemandCell]) -> None:
        """Note numbers in rows that say neither a day nor a time, as the totals below a table do."""
        below = self.rows.heading_row or 0
        known = self.rows.columns.values()
        for number, raw in enumerate(self.rows.raw.rows[below:], start=below + 1):
            if any(at < len(raw) and not parse.is_blank(raw[at]) for at in known):
                continue
            filled = [one.position for one in columns if one.position < len(raw)]
            filled = [at for at in filled if not parse.is_blank(raw[at])]
            if filled:
                self.notebook.error(
                    self.title,
                    cell_name(number, filled[0] + 1),
                    text(
                        "{value} stands in a row without a day and a time.", value=parse.shown(raw[filled[0]])
                    ),
                    text("Write them; if it is a total, clear the row or move it to a sheet of your own."),
                )

    def tell_without_rows(self) -> None:
        """Note what may have been forgotten."""
        OpeningHours(self.title, self.series, self.grid, self.notebook).tell(is_whole=self.is_whole)

    def _is_blank_or_unknown(self, row: Row, skill: str | None, unknown: set[str]) -> bool:
        """Whether a row is for no skill that there is; notes it, each name once."""
        if skill is None:
            if "skill" not in row.unreadable:
                self.is_whole = False
                self.notebook.error(
                    self.title,
                    row.cell("skill"),
                    text("{name}: this cell is blank.", name=self.of.sheet.column("skill").title),
                )
            return True
        if skill in self.skills:
            return False
        if skill not in unknown:  # reported once, not for every interval
            message, hint = unknown_name(text("skill"), skill, self.skills, "Skills")
            self.notebook.error(self.title, row.cell("skill"), message, hint)
        unknown.add(skill)
        return True

    def _closes(self, row: Row, columns: Sequence[DemandCell]) -> bool:
        """Whether a row has a day, no start and only zeros; otherwise notes that the start is blank."""
        if not parse.is_blank(row.values.get("start")) or row.unreadable.intersection(("date", "start")):
            return False
        said = [value for cell in columns if not parse.is_blank(value := _raw(row, cell))]
        if row.values.get("date") and said and all(str(value).strip() in ("0", "0.0") for value in said):
            return True
        self.is_whole = False
        column = self.of.sheet.column("start")
        self.notebook.error(
            self.title,
            row.cell("start"),
            text("{name}: this cell is blank.", name=column.title),
            text(column.comment),
        )
        return False

    def _whole_days(self, row: Row) -> Iterator[tuple[date | int, int]]:
        """Every interval of the days of a row."""
        length = self.grid.interval_minutes
        for on in row.values["date"]:
            if isinstance(on, int):
                yield from ((on, clock) for clock in range(0, MINUTES_PER_DAY, length))
                continue
            self.closed.add(on)
            for interval in self.grid.intervals_of(self.grid.day_index(on)):
                local = self.grid.interval_start(interval)
                yield on, local.hour * MINUTES_PER_HOUR + local.minute

    def _moments(self, row: Row) -> list[tuple[date | int, int]]:
        """Dates or weekdays of a row, each with its clock minute; notes what is wrong with them."""
        given = row.values.get("start")
        if given is None or "date" in row.unreadable:
            return []
        try:
            match = MOMENT.fullmatch(plain(given)) if isinstance(given, str) else None
            if isinstance(given, datetime) and is_planned_year(given.year):
                return [(self._one_date(row, given.date()), parse_times.clock(given.time()))]
            if match:
                return [
                    (
                        self._one_date(row, parse_dates.day(match[1], self.rows.ways)),
                        parse_times.clock(match[2]),
                    )
                ]
            clock = parse_lists.clock_until(parse_lists.LATEST_START, given)
        except Unreadable as error:
            self.is_whole = False
            self.notebook.error(
                self.title, row.cell("start"), text("Start: {message}", message=error.message), error.hint
            )
            return []
        if not row.values.get("date"):
            self.is_whole = False
            self.notebook.error(
                self.title,
                row.cell("date"),
                text("{name}: this cell is blank.", name=self.of.sheet.column("date").title),
                text("Write the date or weekdays in each row: mark them all and fill the first one down."),
            )
            return []
        days, minute = divmod(clock, MINUTES_PER_DAY)
        return [
            ((on + days) % DAYS_PER_WEEK if isinstance(on, int) else on + timedelta(days=days), minute)
            for on in row.values["date"]
        ]

    def _one_date(self, row: Row, on: date) -> date:
        """The date of a start that has one; a Date beside it must be the same."""
        beside = row.values.get("date", (on,))
        if beside != (on,):
            shown = ", ".join(WEEKDAYS[one] if isinstance(one, int) else str(one) for one in beside)
            raise Unreadable(
                text("the date {on} here is not the Date {beside} of the row.", on=on, beside=shown),
                text("Write one of them."),
            )
        return on

    def _when(self, row: Row, skill: str, on: date | int, clock: int) -> When | None:
        """What a row is for; the second row of an hour that the clock repeats means the second one."""
        found: list[When]
        if isinstance(on, int):
            found = [] if clock % self.grid.interval_minutes else [(on, clock // self.grid.interval_minutes)]
        else:
            if not self.grid.first_day <= on <= self.last_day:
                others = self.later if is_kept_for_later(on, self.grid) else self.outside
                if not (others and others[-1] is row):
                    others.append(row)
                if others is self.outside:
                    return None
            found = [*self.starts.at(on, clock)]
        if not found:
            self._tell_no_interval(row, on, clock)
            return None
        earlier = self.rows_seen.setdefault((skill, on, clock), [])
        earlier.append(row.number)
        if len(earlier) > len(found):
            whose = text(' for skill "{skill}"', skill=skill) if skill else ""
            self.notebook.error(
                self.title,
                row.cell("start"),
                text(
                    "{when}{whose} stands here again, after row {earlier}.",
                    when=_in_words(on, clock),
                    whose=whose,
                    earlier=earlier[-2],
                ),
                text("Remove one of the rows."),
            )
            return None
        return found[len(earlier) - 1]

    def _tell_no_interval(self, row: Row, on: date | int, clock: int) -> None:
        """Note a row for a time at which no interval begins."""
        if clock % self.grid.interval_minutes:
            self.is_whole = False
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
            return
        self.notebook.warning(
            self.title,
            row.cell("start"),
            text("{when} does not exist: the clock is put forward. Not read.", when=_in_words(on, clock)),
            text("Leave the row out."),
        )

    def _take(self, row: Row, cell: DemandCell, skill: str, when: When) -> None:
        series = self.series.setdefault(skill, Series(self.grid, self.of))
        series.places[cell.measure][when] = cell_name(row.number, cell.position + 1)
        value = row.raw[cell.position] if cell.position < len(row.raw) else None
        is_plain = cell.measure != "aht_seconds"  # which has a smaller limit
        if is_plain and isinstance(value, int) and 0 <= value <= MOST_WANTED and not isinstance(value, bool):
            series.numbers[cell.measure][when] = value  # nearly every cell of a large sheet
            return
        # a formula without its value is blank too, and 0 is no remedy for it
        if self._is_known_bad(row, cell) or self.rows.is_faulty(row.number, cell.position, value):
            series.numbers[cell.measure][when] = 0  # it has a finding already
            return
        if parse.is_blank(value):
            return
        column = self.of.sheet.column(cell.measure)
        try:
            series.numbers[cell.measure][when] = read_cell(column, value, self.rows.ways)
        except Unreadable as error:
            series.numbers[cell.measure][when] = 0
            whose = skill if cell.measure == self.of.main else f"{skill} {cell.measure}"
            hint = error.hint or text("Write a number, 0 where nobody is needed.")
            self.notebook.error(
                self.title, cell_name(row.number, cell.position + 1), f"{whose}: {error.message}", hint
            )

    def _is_known_bad(self, row: Row, cell: DemandCell) -> bool:
        return cell.measure in row.unreadable and row.columns.get(cell.measure) == cell.position

    def _tell_overridden(self) -> None:
        """Note how often a row by date goes before that of its weekday."""
        days: dict[date, int] = {}
        for series in self.series.values():
            for interval in series.overridden():
                on = self.grid.interval_start(interval).date()
                if on not in self.closed:
                    days[on] = days.get(on, 0) + 1
        if days:
            self.notebook.warning(
                self.title,
                None,
                text_n(
                    "by date and by weekday there are numbers for {intervals} on {shown}: those by date are "
                    "planned.",
                    "by date and by weekday there are numbers for {intervals} on {days} ({shown}): those by "
                    "date are planned.",
                    len(days),
                    intervals=counted(sum(days.values()), "interval"),
                    days=counted(len(days), "day"),
                    shown=listed([str(on) for on in sorted(days)], _SHOWN),
                ),
                text("Times of these days without a row by date keep that of their weekday."),
            )


def _raw(row: Row, cell: DemandCell) -> object:
    return row.raw[cell.position] if cell.position < len(row.raw) else None


def _in_words(on: date | int, clock: int) -> str:
    return f"{WEEKDAYS[on] if isinstance(on, int) else on} {clock_words(clock)}"
