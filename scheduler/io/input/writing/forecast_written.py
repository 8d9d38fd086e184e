"""A forecast as the sheet Forecast, which shows how it came about, and as frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.spelling import likeness
from scheduler.domain.values.words import clock_words
from scheduler.io.cells.columns import Language
from scheduler.io.cells.frames import DATES, NUMBERS, TEXTS, WHOLE, frame_of
from scheduler.io.files.sheets_replaced import with_sheets
from scheduler.io.files.styles import (
    BODY,
    COUNT,
    HEADING,
    HEADING_LEFT,
    SECTION,
    SUBTITLE,
    TITLE,
    CellValue,
    Pen,
    Styles,
)
from scheduler.io.input.sheets import VOLUMES
from scheduler.io.input.writing.sheet_format import fit_to_page_width
from scheduler.io.input.writing.workbook_writer import append_volumes
from scheduler.texts import marked, text

if TYPE_CHECKING:
    import pandas as pd

WIDTHS = (18, 21, 32, 12, 12, 12, 12, 12, 12)
_NAMES = 3
"""Columns of both tables that hold words."""


@dataclass(frozen=True)
class ForecastInterval:
    """What is expected in one interval."""

    day: date
    minute: int
    skill: str
    contacts: float
    aht_seconds: float | None

    @property
    def start(self) -> str:
        """Its clock time."""
        return clock_words(self.minute)


@dataclass(frozen=True)
class ScoreLine:
    """One line of the backtest: what is scored, by which method, and the score in per cent."""

    skill: str
    what: str
    method: str
    days: int
    intervals: int
    wape: float
    bias: float
    within_5: float
    within_10: float


@dataclass(frozen=True)
class EstimateLine:
    """One line of what was estimated."""

    skill: str
    what: str
    which: str
    contacts: float | None
    aht: float | None


BACKTEST = (
    "Skill",
    "What",
    "Method",
    "Days",
    "Intervals",
    "WAPE (%)",
    "Bias (%)",
    marked("Within 5 %"),
    marked("Within 10 %"),
)
ESTIMATES = ("Skill", "What", "Which", "Contacts", "AHT")


def volume_frame(intervals: Sequence[ForecastInterval]) -> "pd.DataFrame":
    """What is expected, as a frame with the headings of Volumes."""
    return frame_of(
        {
            "Date": (DATES, [one.day for one in intervals]),
            "Start": (TEXTS, [one.start for one in intervals]),
            "Skill": (TEXTS, [one.skill for one in intervals]),
            "Contacts": (NUMBERS, [one.contacts for one in intervals]),
            "AHT (s)": (NUMBERS, [one.aht_seconds for one in intervals]),
        }
    )


def backtest_frame(lines: Sequence[ScoreLine]) -> "pd.DataFrame":
    """The backtest as a frame."""
    return _frame(BACKTEST, [_of_score(line) for line in lines], (TEXTS,) * 3 + (WHOLE,) * 2 + (NUMBERS,) * 4)


def estimates_frame(lines: Sequence[EstimateLine]) -> "pd.DataFrame":
    """What was estimated, as a frame."""
    rows = [[line.skill, line.what, line.which, line.contacts, line.aht] for line in lines]
    return _frame(ESTIMATES, rows, (TEXTS,) * 3 + (NUMBERS,) * 2)


@dataclass(frozen=True)
class ForecastSheet:
    """What stands on the sheet Forecast.

    Parameters
    ----------
    name
        What the sheet is called.
    title
        What stands over it.
    told
        Sentences below.
    """

    name: str
    title: str
    told: Sequence[str]
    scores: Sequence[ScoreLine]
    estimates: Sequence[EstimateLine]


def with_forecast(
    content: bytes,
    parts: Mapping[str, str],
    problem: Problem,
    forecast: ForecastSheet,
    *,
    volumes: str,
    adds_calendar: bool,
) -> bytes:
    """A workbook with the volumes of a problem and the sheet Forecast, and with all else as it was.

    Parameters
    ----------
    content, parts
        The workbook that there is, and the part of each of its sheets.
    volumes
        Title of its sheet Volumes.
    adds_calendar
        Whether it needs a sheet Calendar.

    Raises
    ------
    NotRead
        If it cannot be changed.
    """
    new = Workbook()
    new.remove(new.worksheets[0])
    language: Language = "zh" if likeness(volumes) == likeness(VOLUMES.chinese) else "en"
    append_volumes(new, problem, volumes, language=language, with_calendar=adds_calendar)
    _append_forecast(new, forecast)
    return with_sheets(content, parts, new)


def _append_forecast(book: Workbook, forecast: ForecastSheet) -> None:
    """Append the sheet: what it is about, the backtest, what was estimated."""
    sheet: Any = book.create_sheet(forecast.name)
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = "B2"
    fit_to_page_width(sheet)
    for position, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.row_dimensions[1].height = 27
    pen = Pen(sheet, Styles(book))
    pen.put(1, 1, forecast.title, TITLE)
    for row, sentence in enumerate(forecast.told, start=2):
        pen.put(row, 1, sentence, SUBTITLE)
    row = _section(
        pen,
        len(forecast.told) + 3,
        text("How good it would have been: each week foretold from the weeks before it"),
        BACKTEST,
        map(_of_score, forecast.scores),
        "0.0",
    )
    lines = ([line.skill, line.what, line.which, line.contacts, line.aht] for line in forecast.estimates)
    _section(pen, row + 1, text("What was estimated"), ESTIMATES, lines, "#,##0.000")


def _section(
    pen: Pen,
    row: int,
    title: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[CellValue]],
    decimals: str,
) -> int:
    """Write a table with its title; returns the row below it."""
    pen.put(row, 1, title, SECTION)
    row += 1
    for column, heading in enumerate(headings, start=1):
        pen.put(row, column, text(heading), HEADING_LEFT if column <= _NAMES else HEADING)
    for line in lines:
        row += 1
        for column, value in enumerate(line, start=1):
            number_format = decimals if isinstance(value, float) else COUNT
            pen.put(row, column, value, BODY.but(number_format=number_format))
    return row + 1


def _of_score(line: ScoreLine) -> list[CellValue]:
    return [
        line.skill, line.what, line.method, line.days, line.intervals, line.wape, line.bias, line.within_5,
        line.within_10,
    ]  # fmt: skip


def _frame(headings: Sequence[str], rows: Sequence[Sequence[Any]], types: Sequence[str]) -> "pd.DataFrame":
    pairs = zip(headings, types, strict=True)
    return frame_of({name: (type_, [row[at] for row in rows]) for at, (name, type_) in enumerate(pairs)})
