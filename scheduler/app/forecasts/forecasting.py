"""The forecast of volumes: a history read, each skill foretold and held against what came.

Called by the command ``forecast`` and by engineers. Nothing is guessed in silence: what was not known, what
stood out and what no factor is known of stands in ``findings`` and ``notes``.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from scheduler.app.forecasts.lines import SkillForecast, SkillHistory
from scheduler.demand.forecast.past import LEAST_DAYS, PastVolumes
from scheduler.domain import BadInput, Finding, Place
from scheduler.domain.checks.calendar.special_days import special_day_faults
from scheduler.domain.facts.special_days import SpecialDay
from scheduler.domain.findings.errors import refused
from scheduler.domain.findings.finding import Severity
from scheduler.domain.values.grid import zone
from scheduler.domain.values.words import counted, shown
from scheduler.io.cells.conventions import ORDERS, SIGNS, UNSAID, Conventions, DateOrder, DecimalSign
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import AnyPath, path_of
from scheduler.io.input.demand.past_volumes import ReadPast, read_calendar, read_past
from scheduler.io.input.demand.volume_table import raw_table
from scheduler.io.input.reading.kinds_of_findings import one_line_a_kind
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.sheets import CALENDAR
from scheduler.io.input.sheets.past_volumes import PAST_VOLUMES
from scheduler.io.input.writing.forecast_written import (
    EstimateLine,
    ForecastInterval,
    ScoreLine,
    backtest_frame,
    estimates_frame,
    volume_frame,
)
from scheduler.texts import text

if TYPE_CHECKING:
    import pandas as pd

    Table = AnyPath | pd.DataFrame

MOST_DAYS = 366
"""To foretell at once."""


@dataclass(frozen=True)
class Forecasted:
    """Volumes that are expected, and how they came about.

    Parameters
    ----------
    intervals
        What is expected, by skill and time.
    scores, estimates
        The backtest, and what was estimated, as lines of the sheet Forecast.
    findings
        Warnings on the history and the calendar, each at its cell.
    notes
        What was found and done, as sentences.
    minutes
        The interval of the history.
    special_days
        The days of the calendar that was given.
    """

    intervals: tuple[ForecastInterval, ...]
    scores: tuple[ScoreLine, ...]
    estimates: tuple[EstimateLine, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    minutes: int
    special_days: tuple[SpecialDay, ...]

    @property
    def volumes(self) -> "pd.DataFrame":
        """What is expected, as :func:`scheduler.with_volumes` and the sheet Volumes take it."""
        return volume_frame(self.intervals)

    @property
    def backtest(self) -> "pd.DataFrame":
        """The score of the forecast and of the mean of the last four same weekdays, in per cent."""
        return backtest_frame(self.scores)

    @property
    def estimated(self) -> "pd.DataFrame":
        """Level, factors of weekdays and calendar, scatter, odd days."""
        return estimates_frame(self.estimates)


def forecast(
    history: "Table",
    *,
    calendar: "Table | None" = None,
    first_day: date | None = None,
    days: int = 7,
    skill: str | Sequence[str] = (),
    time_zone: str = "UTC",
    interval_minutes: int | None = None,
    date_order: DateOrder | None = None,
    decimal_sign: DecimalSign | None = None,
) -> Forecasted:
    """Volumes of the days to come from those of the past.

    Parameters
    ----------
    history
        A CSV file or a frame with ``Date``, ``Start``, ``Contacts`` and perhaps ``AHT (s)`` in seconds, a row
        a skill (``Skill``), of two weeks at least; ``Holiday``, ``Event`` and ``Weather`` may stand beside.
    calendar
        A table with ``Date``, ``Holiday``, ``Event``, ``Weather`` and ``Factor``, of days past and to come.
    first_day
        The first day to foretell; by default the one after the history.
    days
        How many days.
    skill
        Whose volumes they are, where the history names no skill; of a history with a column a skill, which
        ones.
    time_zone
        On whose clock the history and the days are; its changes of clock are known then.
    interval_minutes
        The interval of the history; by default the longest on which all its starts lie.
    date_order, decimal_sign
        How its dates and numbers are written, where they are text that could mean two things.

    Raises
    ------
    BadInput
        With every finding, each at its cell.

    Notes
    -----
    The method and its sources: :func:`scheduler.demand.forecast.forecast`,
    :func:`scheduler.demand.forecast.backtest` and :func:`scheduler.demand.forecast.dispersion`.
    """
    return foretold(
        history,
        calendar=calendar,
        first_day=first_day,
        days=days,
        skill=skill,
        time_zone=time_zone,
        interval_minutes=interval_minutes,
        ways=ways_of(date_order, decimal_sign),
    )


def foretold(
    history: "Table",
    *,
    calendar: "Table | None" = None,
    first_day: date | None,
    days: int,
    time_zone: str,
    skill: str | Sequence[str] = (),
    skills: tuple[str, ...] = (),
    interval_minutes: int | None = None,
    beside: Iterable[SpecialDay] = (),
    ways: Conventions = UNSAID,
) -> Forecasted:
    """The same for a week that is there.

    Parameters
    ----------
    skills
        Those of the week.
    beside
        Days on the sheet Calendar of the week.
    ways
        How the tables write dates and numbers.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    if not 1 <= days <= MOST_DAYS:
        raise refused(
            "days", text("{days} is no number of days from 1 to {most}.", days=days, most=MOST_DAYS)
        )
    try:
        zone(time_zone)
    except ValueError as error:
        raise refused("time_zone", f"{error}.") from None
    notebook = Notebook()
    try:
        past = read_past(
            raw_table(_source(history), PAST_VOLUMES),
            notebook,
            time_zone=time_zone,
            skills=skills,
            named=(skill,) if isinstance(skill, str) else tuple(skill),
            minutes=interval_minutes,
            ways=ways,
        )
        days_given: tuple[SpecialDay, ...] = ()
        if calendar is not None:
            days_given = read_calendar(raw_table(_source(calendar), CALENDAR), notebook, ways)
    except NotRead as error:
        raise BadInput([error.finding]) from None
    findings = tuple(one_line_a_kind(notebook.findings))
    if past is None or notebook.has_errors():
        raise BadInput(findings)
    special = (*days_given, *beside)
    histories = list(_histories(past, (*past.labelled, *special), first_day))
    wrong = [*_factors_that_differ(special), *(fault for history in histories for fault in history.faults)]
    if any(fault.is_error for fault in wrong):
        raise BadInput([*findings, *wrong])
    end = max(history.past.end for history in histories)
    wanted = [(first_day or end) + timedelta(days=at) for at in range(days)]
    made = [SkillForecast(history, wanted, past.minutes, time_zone) for history in histories]
    return Forecasted(
        tuple(one for each in made for one in each.intervals()),
        tuple(line for each in made for line in each.scores()),
        tuple(line for each in made for line in each.estimates()),
        (*findings, *wrong),
        tuple(note for each in made for note in each.notes()),
        past.minutes,
        tuple(days_given),
    )


def ways_of(date_order: str | None, decimal_sign: str | None) -> Conventions:
    """How tables write dates and numbers.

    Raises
    ------
    BadInput
        If one of them is no such way.
    """
    for name, said, known in (
        ("date_order", date_order, ORDERS),
        ("decimal_sign", decimal_sign, SIGNS),
    ):
        if said is not None and said not in known:
            raise refused(name, text("{said} is none of {known}.", said=shown(said), known=", ".join(known)))
    return Conventions(date_order=ORDERS.get(date_order or ""), decimal_sign=SIGNS.get(decimal_sign or ""))


def _source(table: "Table") -> object:
    return table if hasattr(table, "columns") else path_of(table)


def _factors_that_differ(special: Iterable[SpecialDay]) -> Iterator[Finding]:
    """Of one date, in the table of days and on the sheet Calendar."""
    for fault in special_day_faults(special):
        yield fault.model_copy(update={"place": Place(path=("calendar",))})


def _histories(
    past: ReadPast, special: Collection[SpecialDay], first_day: date | None
) -> Iterator[SkillHistory]:
    """The history of each skill from its first to its last number, up to the first day that is foretold."""
    labels: dict[date, tuple[str, ...]] = {}
    for one in special:
        labels[one.day] = tuple(dict.fromkeys((*labels.get(one.day, ()), *one.labels)))
    holidays = frozenset(one.day for one in special if one.holiday)
    factors = {one.day: one.factor for one in special if one.factor is not None}
    for skill, contacts in past.contacts.items():
        known = np.flatnonzero(~np.isnan(contacts).all(axis=1))
        begin, end = (int(known[0]), int(known[-1]) + 1) if len(known) else (0, 0)
        last = end if first_day is None else min(end, max((first_day - past.first_day).days, begin))
        aht = past.aht_seconds.get(skill)
        whole = PastVolumes(
            past.first_day + timedelta(days=begin),
            contacts[begin:last],
            None if aht is None else aht[begin:last],
            labels,
            holidays,
            factors,
        )
        history = SkillHistory(skill, whole, left_out=int((known >= last).sum()))
        if last - begin < LEAST_DAYS:
            message = text(
                "{skill}: the history has {days} before the first day to foretell, and two weeks are needed.",
                skill=skill,
                days=counted(last - begin, "day"),
            )
            hint = text(
                "With less, weekday and level cannot be told apart: give more, or write Volumes yourself."
            )
            history = replace(history, faults=(_fault(message, hint),))
        elif not np.nansum(whole.contacts):
            message = text("{skill}: there is not one contact in the history.", skill=skill)
            history = replace(history, faults=(_fault(message),))
        yield history


def _fault(message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(place=Place(path=("history",)), message=message, hint=hint, severity=severity)
