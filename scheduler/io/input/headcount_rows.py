"""Reading the Headcounts sheet: rows of days and shifts into one number per day, shift and skill.

Called by the workbook reader once the horizon is known. A blank number is a finding,
never a zero, and so is a day without a row. Numbers of dates behind the horizon are kept for a later one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scheduler.domain.grid import DAYS_PER_WEEK, TimeGrid
from scheduler.domain.problem import Headcount, LaterHeadcount
from scheduler.domain.words import counted
from scheduler.io.input.other_days import is_kept_for_later, tell_other_days
from scheduler.io.input.reading import Notebook
from scheduler.io.input.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import HEADCOUNTS
from scheduler.texts import text, text_n

PRICES = ("missing_price", "superfluous_price")
_KEYS = ("template", "skill", "day", "required")


@dataclass
class _Wanted:
    """The numbers read for one shift, with or without a skill, so far.

    Parameters
    ----------
    numbers
        Each day's number and its row, also of days behind the horizon; a row with the date overrides one
        with the weekday.
    is_whole
        Whether every row of it could be read.
    """

    index: int
    first_row: Row
    numbers: dict[int, tuple[int | None, Row, bool]] = field(default_factory=dict)
    usual: dict[int, int | None] = field(default_factory=dict)
    prices: dict[str, tuple[int, Row]] = field(default_factory=dict)
    is_whole: bool = True


class HeadcountReader:
    """Reads one Headcounts sheet onto the days of a grid."""

    def __init__(self, rows: SheetRows, grid: TimeGrid, notebook: Notebook) -> None:
        self.rows, self.grid, self.notebook = rows, grid, notebook
        self.wanted: dict[tuple[str, str | None], _Wanted] = {}
        self.outside: list[Row] = []
        self.later: list[Row] = []

    def read(self) -> tuple[Headcount, ...]:
        """Every headcount, in the order in which the sheet first names it."""
        self.rows.tell_extra()
        if self.rows.tell_missing():
            return ()
        for row in self.rows.rows():
            if "template" in row.values and "skill" not in row.unreadable:
                self._take(row)
        tell_other_days(self.rows.title, self.grid, self.outside, self.later, self.notebook)
        return tuple(
            self._headcount(template, skill, wanted) for (template, skill), wanted in self.wanted.items()
        )

    def _take(self, row: Row) -> None:
        key = row.values["template"], row.values.get("skill")
        wanted = self.wanted.setdefault(key, _Wanted(len(self.wanted), row))
        self._take_prices(wanted, row)
        if row.unreadable.intersection(_KEYS):
            wanted.is_whole = False
            return
        path = ("headcounts", wanted.index, "required")
        twice: list[date] = []
        for weekday in row.values["day"]:
            if isinstance(weekday, int):
                wanted.usual.setdefault(weekday, row.values["required"])
        for day, is_dated in self._days(row):
            before = wanted.numbers.get(day)
            if before is not None and before[2] == is_dated:
                twice.append(self.grid.date(day))
            elif before is None or is_dated:
                wanted.numbers[day] = (row.values["required"], row, is_dated)
                if day < self.grid.days:
                    self.notebook.cells[*path, day] = (row.sheet, row.cell("required"))
        if twice:
            number = wanted.numbers[self.grid.day_index(twice[0])][1].number
            self.notebook.error(
                row.sheet,
                row.cell("day"),
                text(
                    "{first} has a number for this shift already, in row {number}.",
                    first=twice[0],
                    number=number,
                ),
                text("Remove one of the rows. A date may stand beside weekdays and goes before them."),
            )

    def _take_prices(self, wanted: _Wanted, row: Row) -> None:
        for key in PRICES:
            if key not in row.values:
                continue
            said, first = wanted.prices.setdefault(key, (row.values[key], row))
            if said != row.values[key]:
                self.notebook.error(
                    row.sheet,
                    row.cell(key),
                    text(
                        "{name}: {price:.2f} here, but {other:.2f} in row {row_number}.",
                        name=HEADCOUNTS.column(key).title,
                        price=row.values[key] / 100,
                        other=said / 100,
                        row_number=first.number,
                    ),
                    text("A shift has one price on all its days."),
                )

    def _days(self, row: Row) -> Iterator[tuple[int, bool]]:
        """The days of a row, and whether each stands there as a date."""
        days = range(self.grid.days)
        others: dict[bool, list[Row]] = {False: self.outside, True: self.later}
        for one in row.values["day"]:
            if isinstance(one, date):
                day, is_kept = self.grid.day_index(one), is_kept_for_later(one, self.grid)
                if day not in days and row not in others[is_kept][-1:]:
                    others[is_kept].append(row)
                if day in days or is_kept:
                    yield day, True
            else:
                yield from ((day, False) for day in days if self.grid.weekday(day) == one)
        if not row.values["day"]:
            self.notebook.error(row.sheet, row.cell("day"), text("no day is given."))

    def _headcount(self, template: str, skill: str | None, wanted: _Wanted) -> Headcount:
        row, path = wanted.first_row, ("headcounts", wanted.index)
        self.notebook.cells[path] = (row.sheet, row.cell("template"))
        for key in ("template", "skill", "required", *PRICES):
            self.notebook.cells[*path, key] = (row.sheet, row.cell(key))
        silent = [day for day in range(self.grid.days) if day not in wanted.numbers]
        if silent and wanted.is_whole:
            self.notebook.warning(
                row.sheet,
                row.cell("required"),
                text_n(
                    "{silent} of {days} has no number for this shift, first {first}; any number of people "
                    "may work it then.",
                    "{silent} of {days} have no number for this shift, first {first}; any number of people "
                    "may work it then.",
                    len(silent),
                    silent=len(silent),
                    days=counted(self.grid.days, "day"),
                    first=self.grid.date(silent[0]),
                ),
                text("Write 0 where nobody is wanted, and none where nothing is to be said."),
            )
        usual = tuple(map(wanted.usual.get, range(DAYS_PER_WEEK)))
        prices: dict[str, Any] = {key: price for key, (price, _) in wanted.prices.items()}
        return Headcount(
            template=template,
            skill=skill,
            required=tuple(wanted.numbers.get(day, (None,))[0] for day in range(self.grid.days)),
            usual=usual if any(number is not None for number in usual) else (),
            later=tuple(
                LaterHeadcount(day=self.grid.date(day), required=number)
                for day, (number, *_) in sorted(wanted.numbers.items())
                if day >= self.grid.days
            ),
            **prices,
        )
