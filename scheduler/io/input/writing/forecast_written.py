"""A forecast as rows of the sheets Volumes and Forecast, which shows how it came about, and as frames."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.words import clock_words
from scheduler.io.cells.frames import DATES, NUMBERS, TEXTS, WHOLE, frame_of
from scheduler.io.cells.render import cell_value
from scheduler.io.files.sheets_replaced import Cell, NewRows
from scheduler.io.input.sheets.volumes import VOLUMES
from scheduler.io.input.writing.volumes_written import volume_rows
from scheduler.texts import marked, text

if TYPE_CHECKING:
    import pandas as pd

WIDTHS = (22, 30, 18, 18, 18, 18, 18, 18, 18)


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


def volume_table(problem: Problem) -> NewRows:
    """The rows of the sheet Volumes, as its writer gives them."""
    columns = VOLUMES.columns
    rows: list[Sequence[Cell]] = [[column.title for column in columns]]
    for facts in volume_rows(problem):
        given = {**facts, "start": clock_words(facts["start"])}
        cells = (
            None if given.get(one.key) is None else cell_value(one.kind, given[one.key])[0] for one in columns
        )
        rows.append(list(cells))
    return NewRows(rows, tuple(column.width for column in columns))


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


def forecast_sheet(
    title: str, told: Sequence[str], scores: Sequence[ScoreLine], estimates: Sequence[EstimateLine]
) -> NewRows:
    """The rows of the sheet Forecast: what it is about, the backtest, what was estimated."""
    rows: list[Sequence[Cell]] = [[title]]
    rows += [[sentence] for sentence in told]
    rows += [[], [text("How good it would have been: each week foretold from the weeks before it")]]
    rows += [[text(heading) for heading in BACKTEST], *map(_of_score, scores)]
    rows += [[], [text("What was estimated")], [text(heading) for heading in ESTIMATES]]
    rows += [[line.skill, line.what, line.which, line.contacts, line.aht] for line in estimates]
    return NewRows(rows, WIDTHS)


def _of_score(line: ScoreLine) -> list[Cell]:
    return [
        line.skill, line.what, line.method, line.days, line.intervals, line.wape, line.bias, line.within_5,
        line.within_10,
    ]  # fmt: skip


def _frame(headings: Sequence[str], rows: Sequence[Sequence[Any]], types: Sequence[str]) -> "pd.DataFrame":
    pairs = zip(headings, types, strict=True)
    return frame_of({name: (type_, [row[at] for row in rows]) for at, (name, type_) in enumerate(pairs)})
