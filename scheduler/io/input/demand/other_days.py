"""Rows on Demand and Headcounts for dates outside of the horizon: kept for a later one, or not read.

Nothing is planned with either now, and both are counted, since a mistyped date stands among them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from scheduler.domain.checks.calendar.slips_of_a_year import ask_for_year, meant_year
from scheduler.domain.values.grid import TimeGrid
from scheduler.domain.values.words import counted
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row
from scheduler.texts import text, text_n

MOST_DAYS_AHEAD = 400
"""Dates farther behind the last day are a typing mistake rather than a forecast: a year, and a month more."""


def is_kept_for_later(on: date, grid: TimeGrid) -> bool:
    """Whether numbers of a date behind the horizon are kept."""
    last = grid.date(grid.days - 1)
    return last < on <= last + timedelta(days=MOST_DAYS_AHEAD)


def tell_other_days(
    title: str, grid: TimeGrid, outside: Sequence[Row], later: Sequence[Row], notebook: Notebook
) -> None:
    """Note how many rows there are of either kind, each at the first."""
    first_day, last_day = grid.first_day, grid.date(grid.days - 1)
    if outside:
        notebook.warning(
            title,
            _cell(outside[0]),
            text_n(
                "{rows} outside {first_day} to {last_day} is not read.",
                "{rows} outside {first_day} to {last_day} are not read.",
                len(outside),
                rows=counted(len(outside), "row"),
                first_day=first_day,
                last_day=last_day,
            ),
            _question(outside, first_day, last_day) + text("See First day and Days on Settings."),
        )
    if later:
        notebook.warning(
            title,
            _cell(later[0]),
            text_n(
                "{rows} is for a day after {last_day}: not planned now, but by staffcurve next.",
                "{rows} are for days after {last_day}: not planned now, but by staffcurve next.",
                len(later),
                rows=counted(len(later), "row"),
                last_day=last_day,
            ),
            _question(later, first_day, last_day)
            + text("Mend the dates where they are meant for these days."),
        )


def _question(rows: Sequence[Row], first_day: date, last_day: date) -> str:
    """Whether the rows are of the year beside: what the first of them probably means."""
    dates = [one for row in rows for key in ("date", "day") for one in row.values.get(key, ())]
    meant = (meant_year(one, first_day, last_day) for one in dates if isinstance(one, date))
    return ask_for_year(next((one for one in meant if one is not None), None))


def _cell(row: Row) -> str:
    """The cell of a row's date."""
    return row.cell(next(key for key in ("date", "day", "start") if key in row.columns))
