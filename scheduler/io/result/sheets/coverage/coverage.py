"""The Coverage sheet: charts on the left, the figures of every interval and skill on the right.

Over and under are kept apart, never netted.
"""

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain import Coverage
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import spoken_date
from scheduler.io.files.styles import (
    AGENTS,
    BAD,
    BAD_FILL,
    BODY,
    CLOCK,
    HEADING,
    MUTED,
    SECTION,
    SUBTITLE,
    WARN,
    WARN_FILL,
    CellValue,
    Look,
    Pen,
)
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.coverage.charts import place, staffing_chart
from scheduler.io.result.sheets.coverage.coverage_pages import Page, pages, places_of_charts, scale_of
from scheduler.io.result.sheets.page import (
    ResultBook,
    freeze,
    mark_positive,
    page_break_after,
    same_width,
    widths,
)
from scheduler.texts import text

GROUP_ROW, HEADING_ROW = 4, 5
FIRST_ROW = HEADING_ROW + 1
CHART_COLUMNS = 10
LABELS = CHART_COLUMNS + 2
ALL_SKILLS = "All skills"
COLUMNS = ("Required", "Scheduled", "Over", "Under")
ROWS_PER_CHART = 16
MOST_DAY_CHARTS = 14
HOURS_A_LABEL = 3
MOST_DAY_LABELS = 10

_CHART_CHARS, _LABEL_CHARS, _FIGURE_CHARS = 12, (11, 8, 17), 10
"""Widths of columns, in characters."""
_NUMBER = BODY.but(number_format=AGENTS)
_GROUPS = ("1F4E79", "3E6A94")


@dataclass(frozen=True)
class StaffingSeries:
    """One skill's four series (or those of all), in agents an interval."""

    first_column: int
    name: str
    required: tuple[float, ...]
    scheduled: tuple[float, ...]
    over: tuple[float, ...]
    under: tuple[float, ...]


def curves(coverage: Coverage) -> list[StaffingSeries]:
    """The curve of all skills first (where there are several), then each skill's, with its columns."""
    length = coverage.interval_minutes

    def agents(minutes: tuple[int, ...]) -> tuple[float, ...]:
        return tuple(one / length for one in minutes)

    def together(by_skill: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*by_skill.values(), strict=True)))

    parts = (coverage.required, coverage.scheduled, coverage.superfluous, coverage.missing)
    series = [(skill, [agents(part[skill]) for part in parts]) for skill in coverage.required]
    if len(series) != 1:
        series.insert(0, (ALL_SKILLS, [agents(together(part)) for part in parts]))
    return [
        StaffingSeries(LABELS + 3 + position * len(COLUMNS), name, *figures)
        for position, (name, figures) in enumerate(series)
    ]


def add_coverage(result: ResultBook) -> None:
    """Add the sheet."""
    grid, coverage = result.problem.grid, result.coverage
    pen = result.sheet(
        names.COVERAGE,
        "Coverage",
        text(
            "Agents per {interval_minutes} minutes on the campaign's clock ({time_zone}); each is counted "
            "once, where it costs least. Figures: from column {column}.",
            interval_minutes=coverage.interval_minutes,
            time_zone=grid.time_zone,
            column=get_column_letter(LABELS),
        ),
    )
    sheet = pen.sheet
    printed = text(
        "Over is shaded yellow, under red. The charts print; to print the figures too, clear the print area."
    )
    pen.put(GROUP_ROW - 1, 1, printed, SUBTITLE)
    shown = curves(coverage)
    _table(result, pen, shown)
    by_day = pages(grid, FIRST_ROW) if shown else []
    last_chart_row = _charts(result, shown, by_day)
    for page in by_day:
        page_break_after(sheet, row=page.last_row)

    same_width(sheet, 1, CHART_COLUMNS, _CHART_CHARS)
    widths(sheet, 3, *_LABEL_CHARS, first=CHART_COLUMNS + 1)
    last_column = shown[-1].first_column + len(COLUMNS) - 1
    same_width(sheet, LABELS + 3, last_column + 2, _FIGURE_CHARS)
    chars = max(CHART_COLUMNS * _CHART_CHARS, sum(_LABEL_CHARS) + len(shown) * len(COLUMNS) * _FIGURE_CHARS)
    freeze(sheet, row=FIRST_ROW, column=1)
    result.print_set_up(
        sheet,
        area=f"A1:{get_column_letter(CHART_COLUMNS)}{last_chart_row}",  # the figures take pages that few read
        title_rows=f"{GROUP_ROW}:{HEADING_ROW}",
        scale=scale_of(by_day, chars),
    )


def _table(result: ResultBook, pen: Pen, shown: list[StaffingSeries]) -> None:
    grid = result.problem.grid
    pen.put(GROUP_ROW, 1, text("Agents required (line) and scheduled (area)"), SECTION.but(line="none"))
    pen.span(GROUP_ROW, LABELS, LABELS + 2, "Interval", HEADING)
    pen.row(HEADING_ROW, LABELS, [(heading, HEADING) for heading in ("Day", "From", "Start")])
    after = _label_column(shown)
    pen.row(GROUP_ROW, after, [("Chart", HEADING.but(fill=MUTED))] * 2)
    pen.row(HEADING_ROW, after, [(heading, HEADING.but(fill=MUTED)) for heading in ("hours", "days")])
    for position, curve in enumerate(shown):
        look = HEADING.but(fill=_GROUPS[position % 2])
        first = curve.first_column
        pen.span(GROUP_ROW, first, first + len(COLUMNS) - 1, curve.name, look)
        pen.row(HEADING_ROW, first, [(heading, look) for heading in COLUMNS])
    label = BODY.but(ink=MUTED, across="center")
    moment = BODY.but(number_format=f"yyyy-mm-dd {CLOCK}", ink=MUTED)
    intervals = len(shown[0].required) if shown else 0
    for interval in range(intervals):
        start = grid.interval_start(interval)
        row = FIRST_ROW + interval
        cells: list[tuple[CellValue, Look]] = [
            (spoken_date(start.date()), label),
            (f"{start:%H:%M}", label),
            (start.replace(tzinfo=None), moment),
        ]
        for curve in shown:
            cells += [
                (curve.required[interval], _NUMBER),
                (curve.scheduled[interval], _NUMBER),
                (curve.over[interval], _NUMBER),
                (curve.under[interval], _NUMBER),
            ]
        cells += [(_hour_label(result, interval), label), (_day_label(result, interval), label)]
        pen.row(row, LABELS, cells)
    last_row = FIRST_ROW + intervals - 1
    for curve in shown:
        for column, ink, fill in ((2, WARN, WARN_FILL), (3, BAD, BAD_FILL)):
            first = curve.first_column + column
            mark_positive(pen.sheet, first, first_row=FIRST_ROW, last_row=last_row, ink=ink, fill=fill)


def _label_column(shown: list[StaffingSeries]) -> int:
    """The column of the labels of day charts, blank but for the hours to be seen; behind it that of days.

    Excel shows every n-th label, as the chart asks; other programs show as many as fit.
    """
    return LABELS + 3 + len(shown) * len(COLUMNS)


def _hour_label(result: ResultBook, interval: int) -> str:
    grid = result.problem.grid
    midnight = grid.day_start(grid.day_of(interval * grid.interval_minutes)) // grid.interval_minutes
    if (interval - midnight) % _intervals_a_label(result):
        return ""
    return f"{grid.interval_start(interval):%H:%M}"


def _day_label(result: ResultBook, interval: int) -> str:
    """The day, in its first third alone: else a program that shows what fits says it three times a day."""
    grid = result.problem.grid
    day = grid.day_of(interval * grid.interval_minutes)
    since = interval - grid.day_start(day) // grid.interval_minutes
    is_early = 3 * since < len(grid.intervals_of(day))
    return spoken_date(grid.date(day)) if is_early and day % _days_a_label(result) == 0 else ""


def _days_a_label(result: ResultBook) -> int:
    return max(1, result.problem.grid.days // MOST_DAY_LABELS)


def _intervals_a_label(result: ResultBook) -> int:
    return HOURS_A_LABEL * MINUTES_PER_HOUR // result.problem.grid.interval_minutes


def series_of(sheet: Worksheet, column: int, first: int, last: int) -> Reference:
    """The cells of one column of the table between two intervals, the last not included."""
    return Reference(
        sheet, min_col=column, max_col=column, min_row=FIRST_ROW + first, max_row=FIRST_ROW + last - 1
    )


def horizon_chart(result: ResultBook, curve: StaffingSeries, title: str) -> Any:
    """One skill's chart over the whole horizon, with a label a day."""
    sheet, grid = result.sheet_named(names.COVERAGE), result.problem.grid
    intervals = len(curve.required)
    a_day = MINUTES_PER_DAY // grid.interval_minutes
    return staffing_chart(
        title,
        required=series_of(sheet, curve.first_column, 0, intervals),
        scheduled=series_of(sheet, curve.first_column + 1, 0, intervals),
        labels=series_of(sheet, _label_column(curves(result.coverage)) + 1, 0, intervals),
        labels_every=a_day * _days_a_label(result),
    )


def _charts(result: ResultBook, shown: list[StaffingSeries], by_day: list[Page]) -> int:
    """Place the charts on the pages of the figures, as many rows of them as fit on each.

    Returns
    -------
    int
        The last row that they cover.
    """
    sheet, grid = result.sheet_named(names.COVERAGE), result.problem.grid
    days = grid.days if shown and 1 < grid.days <= MOST_DAY_CHARTS else 0
    places = places_of_charts(by_day, ROWS_PER_CHART, len(shown) + -(-days // 2))
    for curve, row in zip(shown, places, strict=False):
        chart = horizon_chart(result, curve, curve.name)
        place(sheet, chart, column=1, row=row, last_column=CHART_COLUMNS, last_row=row + ROWS_PER_CHART - 2)
    half = CHART_COLUMNS // 2
    for day in range(days):
        row = places[len(shown) + day // 2]
        first = grid.day_start(day) // grid.interval_minutes
        last = grid.day_start(day + 1) // grid.interval_minutes
        chart = staffing_chart(
            f"{shown[0].name}, {spoken_date(grid.date(day), long=True)}",
            required=series_of(sheet, shown[0].first_column, first, last),
            scheduled=series_of(sheet, shown[0].first_column + 1, first, last),
            labels=series_of(sheet, _label_column(shown), first, last),
            labels_every=_intervals_a_label(result),
        )
        column = 1 + day % 2 * half
        last_row = row + ROWS_PER_CHART - 2
        place(
            sheet,
            chart,
            column=column,
            row=row,
            last_column=column + half - 1,
            last_row=last_row,
        )
    return (places[-1] if places else FIRST_ROW) + ROWS_PER_CHART - 1
