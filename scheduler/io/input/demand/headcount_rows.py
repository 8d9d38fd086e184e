"""Reading the Headcounts sheet: rows of days and shifts into one number per day, shift and skill.

Called by the workbook reader once the horizon is known. A blank number is a finding,
never a zero, and so is a day without a row. Numbers of dates behind the horizon are kept for a later one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scheduler.domain.facts.problem import Headcount, LaterHeadcount
from scheduler.domain.values.grid import DAYS_PER_WEEK, TimeGrid
from scheduler.domain.values.words import counted, prices_words
from scheduler.io.input.demand.other_days import is_kept_for_later, tell_other_days
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import HEADCOUNTS
from scheduler.texts import text, text_n

PRICES = ("missing_price", "superfluous_price")
FURTHER = {"missing_price": "further_missing_prices", "superfluous_price": "further_superfluous_prices"}
"""Where the second price of a list and those behind it go, by the first one's field."""
_KEYS = ("template", "skill", "day", "required", "maximum")


@dataclass(frozen=True)
class _Numbers:
    """What one row says of a day, and whether the day stands there as a date."""

    required: int | None
    maximum: int | None
    row: Row
    is_dated: bool


@dataclass
class _Wanted:
    """The numbers read for one shift, with or without a skill, so far.

    Parameters
    ----------
    numbers
        Of each day, also of days behind the horizon; a row with the date overrides one with the weekday.
    is_whole
        Whether every row of it could be read.
    """

    index: int
    first_row: Row
    numbers: dict[int, _Numbers] = field(default_factory=dict)
    usual: dict[int, _Numbers] = field(default_factory=dict)
    prices: dict[str, tuple[tuple[int, ...], Row]] = field(default_factory=dict)
    is_whole: bool = True


class HeadcountReader:
    """Reads one Headcounts sheet onto the days of a grid."""

    def __init__(
        self,
        rows: SheetRows,
        grid: TimeGrid,
        weekdays_of: Mapping[str, Collection[int]],
        notebook: Notebook,
    ) -> None:
        self.rows, self.grid, self.notebook = rows, grid, notebook
        self.weekdays_of = weekdays_of
        """By shift the weekdays on which it may start; on others no number is missed."""
        self.wanted: dict[tuple[str, str | None], _Wanted] = {}
        self.outside: list[Row] = []
        self.later: list[Row] = []

    def read(self, *, is_alone: bool) -> tuple[Headcount, ...]:
        """Every headcount, in the order in which the sheet first names it.

        Parameters
        ----------
        is_alone
            Whether people are asked for here alone. Beside demand by the interval, a sheet on which every row
            says ``none`` is none: so the worked row of a contact centre changes nothing.
        """
        self.rows.tell_extra()
        if self.rows.tell_missing():
            return ()
        for row in self.rows.rows():
            if "template" in row.values and "skill" not in row.unreadable:
                self._take(row)
        tell_other_days(self.rows.title, self.grid, self.outside, self.later, self.notebook)
        found = tuple(
            self._headcount(template, skill, wanted) for (template, skill), wanted in self.wanted.items()
        )
        return found if is_alone or any(map(_says_something, found)) else ()

    def _take(self, row: Row) -> None:
        key = row.values["template"], row.values.get("skill")
        wanted = self.wanted.setdefault(key, _Wanted(len(self.wanted), row))
        self._take_prices(wanted, row)
        if row.unreadable.intersection(_KEYS):
            wanted.is_whole = False
            return
        path = ("headcounts", wanted.index)
        twice: list[date] = []
        required, maximum = row.values["required"], row.values.get("maximum")
        for weekday in row.values["day"]:
            if isinstance(weekday, int):
                wanted.usual.setdefault(weekday, _Numbers(required, maximum, row, is_dated=False))
        for day, is_dated in self._days(row):
            before = wanted.numbers.get(day)
            if before is not None and before.is_dated == is_dated:
                twice.append(self.grid.date(day))
            elif before is None or is_dated:
                wanted.numbers[day] = _Numbers(required, maximum, row, is_dated)
                if day < self.grid.days:
                    for field_ in ("required",) if maximum is None else ("required", "maximum"):
                        self.notebook.cells[*path, field_, day] = (row.sheet, row.cell(field_))
        if twice:
            number = wanted.numbers[self.grid.day_index(twice[0])].row.number
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
                        "{name}: {price} here, but {other} in row {row_number}.",
                        name=HEADCOUNTS.column(key).title,
                        price=prices_words(row.values[key]),
                        other=prices_words(said),
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
        for key in ("template", "skill", "required", "maximum", *PRICES):
            self.notebook.cells[*path, key] = (row.sheet, row.cell(key))
        for key, (_, said_in) in wanted.prices.items():
            for place in (key, FURTHER[key]):
                self.notebook.cells[*path, place] = (said_in.sheet, said_in.cell(key))
        can_start = self.weekdays_of.get(template, range(DAYS_PER_WEEK))
        silent = [
            day
            for day in range(self.grid.days)
            if day not in wanted.numbers and self.grid.weekday(day) in can_start
        ]
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
        prices: dict[str, Any] = {}
        for key, ((first, *further), _) in wanted.prices.items():
            prices |= {key: first, FURTHER[key]: tuple(further)}
        usual, days = range(DAYS_PER_WEEK), range(self.grid.days)
        return Headcount(
            template=template,
            skill=skill,
            required=tuple(_said(wanted.numbers, "required", day) for day in days),
            maximum=_if_any(_said(wanted.numbers, "maximum", day) for day in days),
            usual=_if_any(_said(wanted.usual, "required", day) for day in usual),
            usual_maximum=_if_any(_said(wanted.usual, "maximum", day) for day in usual),
            later=tuple(
                LaterHeadcount(day=self.grid.date(day), required=said.required, maximum=said.maximum)
                for day, said in sorted(wanted.numbers.items())
                if day >= self.grid.days
            ),
            **prices,
        )


def _says_something(wanted: Headcount) -> bool:
    """Whether there is any number."""
    numbers = (*wanted.required, *wanted.maximum, *wanted.usual, *wanted.usual_maximum, *wanted.later)
    return any(number is not None for number in numbers)


def _said(numbers: Mapping[int, _Numbers], key: str, day: int) -> int | None:
    """The number of a day, if a row gives one."""
    said: int | None = getattr(numbers.get(day), key, None)
    return said


def _if_any(numbers: Iterable[int | None]) -> tuple[int | None, ...]:
    """The numbers, or none of them where each says nothing."""
    every = tuple(numbers)
    return every if any(number is not None for number in every) else ()
