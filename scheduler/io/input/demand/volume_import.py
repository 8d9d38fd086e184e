"""Volumes of another tool: any interval that an hour is made of, long or wide, by date or weekday.

Read by the reader of the sheet Volumes on a grid of the table's own interval, so that findings are the same,
then brought to the interval that is planned. A moment with an offset (``2026-10-25T02:30+01:00``, ``...Z``)
is put on the campaign's clock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import gcd
from typing import Any

from scheduler.domain.facts.volumes import LaterVolumes, UsualVolumes, Volumes
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid, zone
from scheduler.domain.values.words import counted
from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.known_names import KnownNames
from scheduler.io.cells.parse import Unreadable, is_blank, plain
from scheduler.io.cells.parse_times import clock
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.demand.demand_headings import VOLUME_ROWS
from scheduler.io.input.demand.demand_rows import MOMENT, IntervalReader
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import SheetRows
from scheduler.io.input.sheets import SKILLS, VOLUMES
from scheduler.texts import text

Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class Imported:
    """Volumes on the planned interval, and what was made of those in the table.

    Parameters
    ----------
    minutes
        The interval of the table.
    """

    volumes: tuple[Volumes, ...]
    minutes: int
    notes: tuple[str, ...]


def import_volumes(
    raw: RawSheet,
    grid: TimeGrid,
    skills: tuple[str, ...],
    notebook: Notebook,
    minutes: int | None = None,
    ways: Conventions = UNSAID,
) -> Imported:
    """Read a table of volumes; what is wrong with it goes into the notebook.

    Parameters
    ----------
    minutes
        The interval of the table; by default the longest on which all of its starts lie.
    """
    rows = table_rows(VOLUMES, raw, grid.time_zone, notebook, ways)
    if rows is None:
        return Imported((), grid.interval_minutes, ())
    rows.known = KnownNames({SKILLS.key: skills})
    own = minutes or interval_of(rows)
    if not makes_up_an_hour(own, raw.title, notebook):
        return Imported((), own, ())
    fine = TimeGrid.model_construct(
        first_day=grid.first_day, days=grid.days, interval_minutes=own, time_zone=grid.time_zone
    )
    found = IntervalReader(VOLUME_ROWS, rows, fine, skills, notebook).read()
    if not found and not notebook.has_errors():
        notebook.error(raw.title, None, text("this table has headings, but no rows."))
    brought = _Brought(fine, grid)
    volumes = tuple(brought.volumes(series.volumes(skill)) for skill, series in found.items())
    return Imported(volumes, own, tuple(brought.notes()))


def table_rows(
    sheet: Sheet, raw: RawSheet, time_zone: str, notebook: Notebook, ways: Conventions = UNSAID
) -> SheetRows | None:
    """The rows of a table by interval, moments on the campaign's clock; notes where it has no headings."""
    local = RawSheet(title=raw.title, rows=tuple(_on_the_clock(raw.rows, time_zone)), faults=raw.faults)
    rows = SheetRows(sheet, local, notebook, ways)
    if rows.heading_row is not None:
        return rows
    is_empty = all(is_blank(cell) for row in local.rows for cell in row)
    notebook.error(
        raw.title,
        "A1",
        text("nothing stands here.") if is_empty else text("no row of headings is found."),
        text("Headings: {headings}.", headings=", ".join(column.title for column in sheet.columns)),
    )
    return None


def makes_up_an_hour(minutes: int, title: str, notebook: Notebook) -> bool:
    """Whether intervals do; notes it where not."""
    if MINUTES_PER_HOUR % minutes == 0:
        return True
    notebook.error(
        title,
        None,
        text("intervals of {minutes} minutes do not make up an hour.", minutes=minutes),
        text("Give volumes by 5, 10, 15, 20, 30 or 60 minutes."),
    )
    return False


def _on_the_clock(rows: Sequence[Sequence[Any]], time_zone: str) -> Iterator[tuple[Any, ...]]:
    """The cells, moments with an offset as the campaign's clock shows them."""
    for row in rows:
        yield tuple(_local(cell, time_zone) for cell in row)


def _local(cell: Any, time_zone: str) -> Any:
    moment = cell
    if isinstance(cell, str) and len(cell) > 16 and cell[:4].isdecimal():
        try:
            moment = datetime.fromisoformat(cell.strip())
        except ValueError:
            return cell
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return cell
    return moment.astimezone(zone(time_zone)).replace(tzinfo=None, fold=0)


def interval_of(rows: SheetRows) -> int:
    """The longest interval on which all starts lie: minutes that divide each of them and an hour."""
    position = rows.columns.get("start")
    found = MINUTES_PER_HOUR
    if position is None or rows.heading_row is None:
        return found
    for row in rows.raw.rows[rows.heading_row :]:
        cell = row[position] if position < len(row) else None
        if isinstance(cell, datetime):
            found = gcd(found, cell.minute)
        elif cell is not None:
            moment = MOMENT.fullmatch(plain(cell)) if isinstance(cell, str) else None
            try:
                found = gcd(found, clock(moment[2] if moment else cell) % MINUTES_PER_HOUR)
            except Unreadable:
                continue  # told by the reader of the rows
    return found


class _Brought:
    """Numbers on the table's interval, brought to the planned one."""

    def __init__(self, source: TimeGrid, target: TimeGrid) -> None:
        self.source, self.target = source, target
        self.partly = 0

    def volumes(self, given: Volumes) -> Volumes:
        """One skill's volumes."""
        contacts, aht = self._both(given.contacts, given.aht_seconds, self.target.intervals)
        slots = MINUTES_PER_DAY // self.target.interval_minutes
        usual, later = [], []
        for week in given.usual:
            numbers, seconds = self._both(week.contacts, week.aht_seconds, slots)
            usual.append(UsualVolumes(weekdays=week.weekdays, contacts=numbers, aht_seconds=seconds))
        for day in given.later:
            size = len(self.target.intervals_of(self.target.day_index(day.day)))
            numbers, seconds = self._both(day.contacts, day.aht_seconds, size)
            later.append(LaterVolumes(day=day.day, contacts=numbers, aht_seconds=seconds))
        return Volumes(
            skill=given.skill, contacts=contacts, aht_seconds=aht, usual=tuple(usual), later=tuple(later)
        ).plain()

    def _both(self, contacts: Numbers, aht: Numbers, size: int) -> tuple[Numbers, Numbers]:
        """Contacts and handling times of so many planned intervals."""
        own, planned = self.source.interval_minutes, self.target.interval_minutes
        common = gcd(own, planned)
        share, parts = own // common, planned // common  # a planned interval is so many parts
        seconds = aht or (None,) * len(contacts)
        numbers: list[float | None] = []
        times: list[float | None] = []
        for at in range(size):
            places = [(at * parts + part) // share for part in range(parts)]
            there = [(contacts[place], seconds[place]) for place in places if place < len(contacts)]
            known = [(number / share, time) for number, time in there if number is not None]
            if not known:
                numbers.append(None)
                times.append(None)
                continue
            self.partly += len(known) < len(there)
            numbers.append(round(sum(number for number, _ in known), 6))
            timed = [(number, time) for number, time in known if time is not None]
            weight = sum(number for number, _ in timed)
            times.append(
                round(sum(number * time for number, time in timed) / weight, 3)
                if weight
                else (timed[0][1] if timed else None)
            )
        return tuple(numbers), tuple(times) if any(time is not None for time in times) else ()

    def notes(self) -> Iterator[str]:
        """What was done, as sentences."""
        own, planned = self.source.interval_minutes, self.target.interval_minutes
        if own > planned:
            yield text(
                "The volumes are by {own} min and were shared out evenly over intervals of {planned} min.",
                own=own,
                planned=planned,
            )
        elif own < planned:
            yield text(
                "The volumes are by {own} min and were added up to intervals of {planned} min, handling "
                "times by their contacts.",
                own=own,
                planned=planned,
            )
        if self.partly:
            yield text(
                "Of {intervals} only a part is given; the rest counts as no contacts.",
                intervals=counted(self.partly, "interval"),
            )
