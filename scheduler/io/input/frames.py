"""A problem and its rules as frames, a sheet each, and back: by the writer and the reader of workbooks.

A frame has the headings of its sheet; what stands in its cells is what a cell of a workbook may hold, and
findings are the same, each at the frame, row and column of its cell.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import shares
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.values.spelling import likeness
from scheduler.io.cells.frames import (
    DATES,
    LENGTHS,
    MIXED,
    NUMBERS,
    TEXTS,
    WHOLE,
    frame_of,
    sheet_of,
    typed,
    with_index,
)
from scheduler.io.files.limits import FILLED_CELLS, NotRead, beyond
from scheduler.io.files.streams import empty_workbook
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.sheets import REQUIREMENT, SETTING, SETTINGS, SHEETS, VALUE
from scheduler.io.input.workbook_reader import read_sheets
from scheduler.io.input.writing.volumes_written import requirement_rows
from scheduler.io.input.writing.workbook_writer import append_input_sheets
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.texts import text

if TYPE_CHECKING:
    import pandas as pd

_TITLES = {sheet.key: sheet.title for sheet in SHEETS}


def input_frames(
    problem: Problem, rules: RuleBook, catalogue: tuple[type[Rule], ...]
) -> "dict[str, pd.DataFrame]":
    """The input as frames, by the keys of the sheets (``settings``, ``agents``, ``demand`` ...)."""
    book = empty_workbook()
    append_input_sheets(book, problem, rules, catalogue)
    frames = {}
    for sheet in [one for one in SHEETS if one.title in book.sheetnames]:
        rows = list(book[sheet.title].iter_rows(values_only=True))
        if sheet is SETTINGS:
            given = [row for row in rows if row[1] is not None]
            labels, values = zip(*given, strict=True)
            frames[sheet.key] = frame_of({SETTING[0]: (TEXTS, labels), VALUE[0]: (MIXED, values)})
            continue
        headings, *cells = rows
        known = {column.title: column for column in sheet.columns}
        frames[sheet.key] = frame_of(
            {
                str(heading): typed(known.get(str(heading)), (row[at] for row in cells))
                for at, heading in enumerate(headings)
            }
        )
    return frames


def requirement_frame(problem: Problem) -> "pd.DataFrame":
    """The steps from contacts to the requirement, with the headings of their sheet."""
    rows = list(requirement_rows(problem))
    types = {"date": DATES, "start": LENGTHS, "skill": TEXTS, "workload": NUMBERS, "contacts": NUMBERS}
    columns: dict[str, tuple[str, Sequence[Any]]] = {}
    for column in REQUIREMENT.columns:
        cells = [row[column.key] for row in rows]
        if column.key == "start":
            cells = [timedelta(minutes=cell) for cell in cells]
        kind = NUMBERS if column.key == "shrinkage_percent" else WHOLE
        columns[column.title] = (types.get(column.key, kind), cells)
    return frame_of(columns)


def scenario_frame(problem: Problem) -> "pd.DataFrame":
    """Required agents by scenario, interval and skill, beside those that are planned."""
    grid, share = problem.grid, shares(problem.scenarios)
    starts = [grid.interval_start(at) for at in range(grid.intervals)]
    rows = [
        (
            start.date(),
            timedelta(hours=start.hour, minutes=start.minute),
            demand.skill,
            name,
            float(share[name]),
            demand.required[at],
            problem.scenario_curve[name, demand.skill][at],
        )
        for name in share
        for demand in problem.demand
        for at, start in enumerate(starts)
    ]
    headings = {
        "Date": DATES, "Start": LENGTHS, "Skill": TEXTS, "Scenario": TEXTS, "Share": NUMBERS,
        "Planned": WHOLE, "Required": WHOLE,
    }  # fmt: skip
    return frame_of(
        {title: (kind, [row[at] for row in rows]) for at, (title, kind) in enumerate(headings.items())}
    )


def read_frames(frames: Mapping[str, Any], catalogue: tuple[type[Rule], ...]) -> Reading:
    """Read an input from frames; bad content becomes findings and never raises.

    Parameters
    ----------
    frames
        By the key or the title of the sheet; the settings may be a mapping of labels to values.
    """
    given = _Frames(frames)
    if given.findings:
        return Reading(None, None, tuple(given.findings))
    try:
        reading = read_sheets(given, catalogue)
    except NotRead as error:
        return Reading(None, None, (error.finding,))
    return reading.placed(given.place_of)


class _Frames:
    """The frames as sheets with cells."""

    def __init__(self, frames: Mapping[str, Any]) -> None:
        import pandas as pd

        self.findings: list[Finding] = []
        self._cells = 0
        self._frames: dict[str, pd.DataFrame] = {}
        self._key_of: dict[str, str] = {}
        for key, frame in frames.items():
            title = _TITLES.get(likeness(str(key)), str(key))
            if isinstance(frame, Mapping) and title == SETTINGS.title:
                frame = pd.DataFrame(
                    {SETTING[0]: list(frame), VALUE[0]: pd.Series(list(frame.values()), dtype=MIXED)}
                )
            if not isinstance(frame, pd.DataFrame):
                message = text("this is a {type}, where a frame belongs.", type=type(frame).__name__)
                self._refuse(key, message, text("Give a pandas.DataFrame."))
            elif title in self._frames:
                message = text('this is the sheet "{first}" once more.', first=self._key_of[title])
                self._refuse(key, message, text("Give one of them."))
            else:
                self._frames[title] = with_index(frame)
                self._key_of[title] = str(key)
        self.titles = tuple(self._frames)
        self.hidden: frozenset[str] = frozenset()
        self.charts: tuple[str, ...] = ()

    def _refuse(self, key: object, message: str, hint: str) -> None:
        self.findings.append(Finding(place=Place(path=(str(key),)), message=message, hint=hint))

    def sheet(self, title: str) -> RawSheet:
        frame = self._frames[title]
        self._cells += frame.size
        if self._cells > FILLED_CELLS:
            place = Place(path=(self._key_of[title],))
            raise beyond(text("cells in these frames"), FILLED_CELLS, text("Plan in parts."), place)
        return sheet_of(title, frame)

    def is_filled(self, title: str) -> bool:
        return bool(self._frames[title].size)

    def place_of(self, place: Place) -> Place:
        """Key, row from 0 (as ``iloc`` counts) and heading, for a cell of a sheet."""
        if place.sheet is None:
            return place
        key = self._key_of.get(place.sheet, place.sheet.casefold())
        if not place.cell or place.sheet not in self._frames:
            return Place(path=(key,))
        columns, rows = [], []
        for cell in place.cell.split(":"):
            letters, row = coordinate_from_string(cell)
            columns.append(column_index_from_string(letters) - 1)
            rows.append(row - 2)
        headings = self._frames[place.sheet].columns
        heading = (str(headings[columns[0]]),) if columns[0] < len(headings) else ()
        if rows[0] < 0:
            return Place(path=(key, *heading))
        return Place(path=(key, rows[0] if len(rows) == 1 else f"{rows[0]}:{rows[1]}", *heading))
