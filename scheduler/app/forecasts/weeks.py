"""A forecast written into a week: a workbook that is there keeps all else, a new one gets every sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import constraints
from scheduler.app.forecasts.forecasting import Forecasted, foretold, ways_of
from scheduler.app.overwriting import holds_roster
from scheduler.app.planning import as_it_stands
from scheduler.app.requirement import taken_in
from scheduler.app.results.read_back import whole
from scheduler.domain import BadInput, Finding, Problem
from scheduler.domain.checks.calendar.special_days import special_day_faults
from scheduler.domain.facts.problem import Skill
from scheduler.domain.findings.errors import refused
from scheduler.domain.values.grid import TimeGrid
from scheduler.domain.values.spelling import likeness
from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.conventions import DateOrder, DecimalSign, as_settings_say
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import AnyPath, InMemory
from scheduler.io.files.workbook_file import open_workbook
from scheduler.io.files.writing.write_whole import written_whole
from scheduler.io.input.reading.result import Draft
from scheduler.io.input.reading.unread_sheets import titles_of
from scheduler.io.input.sheets import CALENDAR, INPUT_SUFFIX, SETTINGS, SKILLS, VOLUMES
from scheduler.io.input.sheets.past_volumes import FORECAST_TITLE
from scheduler.io.input.writing.forecast_written import ForecastSheet, with_forecast
from scheduler.io.input.writing.workbook_writer import write_input
from scheduler.model import RuleBook
from scheduler.texts import text

if TYPE_CHECKING:
    import pandas as pd

    Table = AnyPath | pd.DataFrame

_INTERVALS: tuple[Literal[5, 10, 15, 30, 60], ...] = (5, 10, 15, 30, 60)
_NEEDED = (SETTINGS, SKILLS, CALENDAR)


@dataclass(frozen=True)
class ForecastWeek:
    """A workbook with the forecast in it, not written yet.

    Parameters
    ----------
    notes
        What was found and done, as sentences.
    """

    forecast: Forecasted
    content: bytes
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    problem: Problem

    def write(self, path: Path) -> None:
        """Write it, whole or not at all."""
        with written_whole(path) as draft:
            draft.write_bytes(self.content)


def forecast_into_week(
    history: "Table",
    week: Path,
    *,
    calendar: "Table | None" = None,
    skill: str | Sequence[str] = (),
) -> ForecastWeek:
    """The forecast of the days of a workbook, with all else in it as it was.

    What the forecast has no skill for keeps its volumes. Its sheet ``Calendar`` says what is special.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    reading = as_it_stands(week)
    draft = reading.draft or (Draft(reading.problem) if reading.problem else None)
    if draft:
        of_days = special_day_faults(draft.problem.calendar)
        reading = replace(reading, findings=reading.with_findings(of_days))
    wrong = [one for one in reading.told if one.is_error and _stops(one)]
    if draft is None or wrong or ("grid",) in draft.unsound:
        raise BadInput(wrong or reading.told)
    if holds_roster(week):
        message = text("this is a roster, whose duties were made for other volumes.")
        raise refused(week, message, text("Write the forecast into its input."))
    problem = draft.problem
    made = foretold(
        history,
        calendar=calendar,
        first_day=problem.grid.first_day,
        days=problem.grid.days,
        time_zone=problem.grid.time_zone,
        skill=skill,
        skills=tuple(problem.skill_named),
        beside=problem.calendar,
        ways=as_settings_say(problem),
    )
    beside = tuple(one for one in reading.told if _is_on(one, VOLUMES))
    return _written(made, problem, week.read_bytes(), beside)


def forecast_new_week(
    history: "Table",
    *,
    time_zone: str,
    calendar: "Table | None" = None,
    first_day: date | None = None,
    days: int = 7,
    skill: str | Sequence[str] = (),
    date_order: DateOrder | None = None,
    decimal_sign: DecimalSign | None = None,
) -> ForecastWeek:
    """The forecast in a workbook of its own, to be filled in: goals, shifts, people.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    made = foretold(
        history,
        calendar=calendar,
        first_day=first_day,
        days=days,
        time_zone=time_zone,
        skill=skill,
        ways=ways_of(date_order, decimal_sign),
    )
    divides = [own for own in _INTERVALS if made.minutes % own == 0]
    grid = TimeGrid(
        first_day=made.intervals[0].day if first_day is None else first_day,
        days=days,
        interval_minutes=max(divides)
        if divides
        else min(own for own in _INTERVALS if own % made.minutes == 0),
        time_zone=time_zone,
    )
    names = dict.fromkeys(one.skill for one in made.intervals)
    problem = Problem(
        grid=grid,
        skills=tuple(Skill(name=name) for name in names),
        demand=(),
        templates=(),
        contracts=(),
        agents=(),
        calendar=made.special_days,
        date_order=date_order,
        decimal_sign=decimal_sign,
    )
    book = BytesIO()
    write_input(book, taken_in(problem, made.volumes)[0], RuleBook(), constraints.CATALOGUE)
    return _written(made, problem, book.getvalue())


def _written(
    made: Forecasted, problem: Problem, content: bytes, on_volumes: tuple[Finding, ...] = ()
) -> ForecastWeek:
    """The workbook with the sheets Volumes, Calendar and Forecast.

    Parameters
    ----------
    on_volumes
        What was found on the sheet Volumes that is written anew.
    """
    problem, notes, warnings = taken_in(problem, made.volumes)
    warnings = (*(one for one in on_volumes if not one.is_error), *warnings)
    if any(not one.is_error for one in on_volumes):
        notes = (*notes, text("The sheet Volumes was written anew from what is read of it."))
    with whole(open_workbook(InMemory(content))) as book:
        parts = book.parts
    volumes = next(iter(titles_of(VOLUMES, tuple(parts))), VOLUMES.title)
    has_calendar = bool(titles_of(CALENDAR, tuple(parts)))
    if not has_calendar:
        problem = problem.model_copy(update={"calendar": made.special_days})
        notes = (*notes, text("The sheet Calendar is new: say on it what is special about days."))
    sheet = ForecastSheet(
        next((title for title in parts if likeness(title) == likeness(FORECAST_TITLE)), FORECAST_TITLE),
        text(
            "Forecast of {first} to {last}",
            first=problem.grid.first_day,
            last=problem.grid.date(problem.grid.days - 1),
        ),
        made.notes,
        made.scores,
        made.estimates,
    )
    try:
        new = with_forecast(content, parts, problem, sheet, volumes=volumes, adds_calendar=not has_calendar)
    except NotRead as error:
        raise BadInput([error.finding]) from None
    return ForecastWeek(made, new, (*made.findings, *warnings), (*made.notes, *notes), problem)


def _stops(finding: Finding) -> bool:
    """Whether an error is about horizon, skills or special days, or in volumes; the rest may come yet."""
    if finding.place.sheet is None or any(_is_on(finding, sheet) for sheet in _NEEDED):
        return True
    return _is_on(finding, VOLUMES) and finding.place.cell is not None


def _is_on(finding: Finding, sheet: Sheet) -> bool:
    title = str(finding.place.sheet).removesuffix(INPUT_SUFFIX)
    return likeness(title) in (likeness(sheet.title), likeness(sheet.chinese))
