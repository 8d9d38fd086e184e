"""``capacity``: when to start classes of newcomers, from a year of weeks.

Called by the command of that name and by engineers. A plan leaves here only after its cost was counted again
by the verifier, which shares no code with the search.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.domain import BadInput, Finding
from scheduler.domain.facts.capacity import CapacityYear
from scheduler.domain.findings.errors import refused
from scheduler.domain.results.hiring import FailedRecount, HiringPlan, hiring_in_currency
from scheduler.domain.values.spelling import likeness
from scheduler.domain.values.words import listed
from scheduler.io.cells.frames import sheet_of, with_index
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import Readable, Target, source_of, target_of
from scheduler.io.files.workbook_file import RawSheet, WorkbookFile, open_workbook
from scheduler.io.input.capacity_reader import read_capacity
from scheduler.io.input.reading.kinds_of_findings import one_line_a_kind
from scheduler.io.input.reading.result import Notebook, in_sheet_order
from scheduler.io.input.reading.unread_sheets import titles_of
from scheduler.io.input.sheets.capacity import (
    CAPACITY_SHEETS,
    CAPACITY_TITLES,
    HIRING,
    JOINERS,
    TRAINING_ROOMS,
    WEEKLY_VOLUMES,
    YEAR_STAFFING,
)
from scheduler.io.input.templates.worked_year import new_year
from scheduler.io.result import capacity_workbook
from scheduler.io.result.capacity_workbook import PlanShown
from scheduler.texts import text
from scheduler.verifier.hiring import hiring_costs, hiring_faults, hiring_weeks

if TYPE_CHECKING:
    import pandas as pd

SECONDS = 60.0
"""To search for, where nothing is said."""
_MOST_NAMED = 12


@dataclass(frozen=True)
class YearRead:
    """A year that can be planned with.

    Parameters
    ----------
    sheets
        Its sheets as they were read, by their keys.
    not_copied
        Sheets beside them, of which no plan has a copy.
    """

    year: CapacityYear
    findings: tuple[Finding, ...]
    sheets: Mapping[str, RawSheet]
    not_copied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Capacity:
    """A plan of hiring.

    Parameters
    ----------
    shown
        The year, the plan, and the recount of the verifier by week and by kind of cost.
    findings
        Warnings on the input, each at its cell.
    """

    shown: PlanShown
    findings: tuple[Finding, ...]
    sheets: Mapping[str, RawSheet]

    @property
    def plan(self) -> HiringPlan:
        """The classes, their cost and the bound, in hundredths of a cent."""
        return self.shown.plan

    @property
    def cost(self) -> float:
        """What the plan costs beside the pay of today's staff, in currency."""
        return hiring_in_currency(self.plan.cost)

    @property
    def bound(self) -> float:
        """What no plan of these terms can be below, in currency."""
        return hiring_in_currency(self.plan.bound)

    @property
    def classes(self) -> "pd.DataFrame":
        """Which classes start when."""
        return capacity_workbook.class_frame(self.shown.year, self.plan.starts)

    @property
    def by_week(self) -> "pd.DataFrame":
        """Staff needed and there by skill and week, in people, and what the gap costs."""
        return capacity_workbook.week_frame(self.shown)

    def write(self, path: Target) -> tuple[str, ...]:
        """Write the plan as a workbook, with the sheets that it was made from.

        Returns
        -------
        tuple of str
            What of these was left out, as sentences.

        Raises
        ------
        BadInput
            If the folder or the file cannot be written.
        """
        return tuple(capacity_workbook.write_plan(target_of(path), self.shown, self.sheets))


def capacity(
    volumes: "pd.DataFrame",
    staffing: "pd.DataFrame",
    hiring: "pd.DataFrame",
    *,
    joiners: "pd.DataFrame | None" = None,
    rooms: "pd.DataFrame | None" = None,
    seconds: float = SECONDS,
    seed: int = 1,
) -> Capacity:
    """Plan whom to hire when, at the least cost, for a year of weeks.

    Parameters
    ----------
    volumes, staffing, hiring, joiners, rooms
        With the headings of the sheets Weekly volumes, Year staffing, Hiring classes, Joiners and leavers,
        and Training rooms. Hours a week are hours; shares are of a hundred; money is in currency.
    seconds
        Of the processor to search for; it ends earlier where the plan is proven to be the best.
    seed
        Chooses between equally good ways to search.

    Raises
    ------
    BadInput
        With every finding, each at its frame, row and column.

    Notes
    -----
    Formulas and their sources: :mod:`scheduler.domain.facts.capacity`; the search:
    :mod:`scheduler.engine.capacity.search`. The cost is that of what is decided: missing hours at their
    price, pay of newcomers, and of hiring and training the share that is written off in the planned weeks.
    """
    frames = zip(
        (WEEKLY_VOLUMES, YEAR_STAFFING, HIRING, JOINERS, TRAINING_ROOMS),
        (volumes, staffing, hiring, joiners, rooms),
        strict=True,
    )
    sheets = {
        kind.key: sheet_of(kind.title, with_index(frame)) for kind, frame in frames if frame is not None
    }
    return planned(_accepted(sheets), seconds=seconds, seed=seed)


def read_year(path: Readable) -> YearRead:
    """Read a workbook of a year.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    opened = open_workbook(source_of(path))
    if not isinstance(opened, WorkbookFile):
        raise BadInput([opened])
    with opened as book:
        found = {kind.key: titles_of(kind, book.titles) for kind in CAPACITY_SHEETS}
        twice = [
            Finding(
                message=text('"{second}" is the sheet "{first}" once more.', first=one[0], second=one[1]),
                hint=text("Remove or rename one of them."),
            )
            for one in found.values()
            if len(one) > 1
        ]
        if twice:
            raise BadInput(twice)
        if not any(found.values()):
            raise refused(
                path,
                text("this workbook has none of the sheets of a year."),
                text("Make one with: staffcurve new YEAR.xlsx --for capacity"),
            )
        sheets = {key: book.sheet(titles[0]) for key, titles in found.items() if titles}
        ours = {likeness(title) for title in CAPACITY_TITLES}
        beside = [
            *(one for one in book.titles if likeness(one) not in ours and book.is_filled(one)),
            *book.charts,
        ]
    return _accepted(sheets, tuple(beside))


def planned(read: YearRead, *, seconds: float = SECONDS, seed: int = 1) -> Capacity:
    """The plan of a year that was read.

    Raises
    ------
    FailedRecount
        If the recount finds another cost, or classes that may not be: a fault of staffcurve.
    """
    from scheduler.engine.capacity.search import plan_hiring

    plan = plan_hiring(read.year, seconds, seed)
    weeks = hiring_weeks(read.year, plan.starts)
    costs = hiring_costs(read.year, plan.starts, weeks)
    faults = hiring_faults(read.year, plan.starts)
    if costs.total != plan.cost:
        faults.append(
            text("the plan costs {told}, counted again {counted}.", told=plan.cost, counted=costs.total)
        )
    if faults:
        raise FailedRecount(tuple(faults))
    return Capacity(PlanShown(read.year, plan, weeks, costs), read.findings, read.sheets)


def new_capacity(path: Path, *, first_week: date | None = None) -> None:
    """Write a worked year to plan from; its first week is the one after today where none is said."""
    today = date.today()
    new_year(path, first_week or today + timedelta(days=7 - today.weekday()))


def not_copied(read: YearRead) -> list[str]:
    """What of a workbook no plan has a copy of, as sentences."""
    if not read.not_copied:
        return []
    return [text("Sheets that are no part of a year are not copied: {sheets}.",
                 sheets=listed(list(read.not_copied), _MOST_NAMED))]  # fmt: skip


def _accepted(sheets: Mapping[str, RawSheet], beside: tuple[str, ...] = ()) -> YearRead:
    notebook = Notebook()
    try:
        year = read_capacity(sheets, notebook)
    except NotRead as error:
        raise BadInput([error.finding]) from None
    order = tuple(sheets[kind.key].title if kind.key in sheets else kind.title for kind in CAPACITY_SHEETS)
    findings = tuple(one_line_a_kind(in_sheet_order(notebook.findings, order)))
    if year is None:
        raise BadInput(findings)
    return YearRead(year, findings, sheets, beside)
