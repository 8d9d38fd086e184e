"""What every result sheet shares: the facts to show, a fresh sheet with its title, and how it prints."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.pagebreak import Break as PageBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain import Coverage, Duty, Finding, Outcome, Problem, Report
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import hourly
from scheduler.domain.values.words import spoken_date
from scheduler.io.files.styles import ACCENT, SUBTITLE, TITLE, NoStyles, Pen, Styles, template_fills
from scheduler.io.result.contents.declared import RESULT_SHEETS
from scheduler.model import RuleBook
from scheduler.model.calendar.absences import AbsentDay, absent_days, paid_time_off, pay_for_time_off
from scheduler.pay.duty_pay import DutyPay
from scheduler.pay.payroll import PayLine, pay_lines
from scheduler.texts import text


def with_demand(problem: Problem, counted: Coverage) -> Coverage:
    """The staffing of those skills that have a demand by the interval; others have no curve to show."""
    parts = {
        part: {skill: row for skill, row in getattr(counted, part).items() if skill in problem.demand_for}
        for part in ("required", "scheduled", "missing", "superfluous")
    }
    return Coverage(interval_minutes=counted.interval_minutes, **parts)


def hours(minutes: int) -> float:
    """Minutes as hours."""
    return minutes / MINUTES_PER_HOUR


@dataclass
class ResultBook:
    """A workbook in the making, and everything that its sheets show.

    Parameters
    ----------
    kept
        Agents and days that were edited by hand and stay; ``None`` for a workbook without that sheet.
    shows_looks
        Whether its cells have colours, fonts and formats; without them it is for comparison alone.
    """

    problem: Problem
    rules: RuleBook
    outcome: Outcome
    report: Report
    findings: tuple[Finding, ...] = ()
    kept: frozenset[tuple[str, int]] | None = None
    shows_looks: bool = True
    book: Workbook = field(default_factory=Workbook)
    told: dict[tuple[str, int, int], re.Pattern[str]] = field(default_factory=dict)
    """Cells (sheet, row, column) that tell of the search, and the pattern that their text must match."""

    def __post_init__(self) -> None:
        self.book.remove(self.book.worksheets[0])
        self.styles = Styles(self.book) if self.shows_looks else NoStyles(self.book)
        self.fills = template_fills(self.problem)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty in the order of the problem's agents, then of time."""
        return tuple(duty for agent in self.problem.agents for duty in self.outcome.roster.of(agent.name))

    @cached_property
    def absences(self) -> dict[str, list[AbsentDay]]:
        """Planned days on which people are absent, by agent."""
        return {agent.name: list(absent_days(self.problem, agent)) for agent in self.problem.agents}

    @cached_property
    def paid_minutes(self) -> int:
        """Paid minutes of all duties."""
        return sum(duty.paid_minutes for duty in self.duties)

    @cached_property
    def paid_time_off(self) -> int:
        """Paid minutes of all absences on the planned days."""
        return sum(paid_time_off(self.problem, agent) for agent in self.problem.agents)

    @cached_property
    def pay_for_time_off(self) -> int:
        """What they are paid, in sixtieths of a cent; no part of the roster's cost."""
        return sum(pay_for_time_off(self.problem, agent) for agent in self.problem.agents)

    @cached_property
    def pay_for_sick_leave(self) -> int:
        """What is paid for sick calls among them."""
        return sum(
            hourly(self.problem.pay_of(self.problem.agent_named[absent.agent]), absent.paid_minutes)
            for absent in self._sick_days
        )

    @cached_property
    def _sick_days(self) -> tuple[AbsentDay, ...]:
        absent = chain.from_iterable(self.absences.values())
        return tuple(one for one in absent if one.kind == "sick")

    @cached_property
    def pay_lines(self) -> list[PayLine]:
        """What each person is paid, by kind of pay."""
        return pay_lines(self.problem, self.outcome.roster)

    @cached_property
    def cost_of_duty(self) -> dict[tuple[str, int, int], Fraction]:
        """What duties are paid, in sixtieths of a cent, by agent, start and end."""
        duty_pay, roster = DutyPay(self.problem), self.outcome.roster
        return {
            (agent.name, duty.start, duty.end): cost
            for agent in self.problem.agents
            for duty, cost in zip(
                roster.of(agent.name), duty_pay.costs(agent, roster.of(agent.name)), strict=True
            )
        }

    def paid_absence_in_words(self, digits: int = 1) -> str:
        """Paid hours of absences by their kind, empty without any: ``16.0 h time off, 8.0 h sick``."""
        sick = sum(one.paid_minutes for one in self._sick_days)
        off = self.paid_time_off - sick
        said = [
            text("{paid} h time off", paid=f"{hours(off):,.{digits}f}") if off else "",
            text("{paid} h sick", paid=f"{hours(sick):,.{digits}f}") if sick else "",
        ]
        return ", ".join(filter(None, said))

    @cached_property
    def coverage(self) -> Coverage:
        """Staffing of the skills that have a demand by the interval."""
        return with_demand(self.problem, self.report.coverage)

    @property
    def has_curve(self) -> bool:
        """Whether there is demand by the interval; a ward that asks for people by shift has none."""
        return bool(self.problem.demand) or not self.problem.headcounts

    @property
    def horizon(self) -> str:
        """The planned days in words."""
        grid = self.problem.grid
        first, last = grid.date(0), grid.date(grid.days - 1)
        if first == last:
            return spoken_date(first, long=True)
        return text(
            "{first} to {last}", first=spoken_date(first, long=True), last=spoken_date(last, long=True)
        )

    def sheet(self, name: str, title: str, subtitle: str) -> Pen:
        """A new sheet with its title in the first two rows; an undeclared title raises ``KeyError``."""
        RESULT_SHEETS[name]
        sheet = self.book.create_sheet(name)
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.tabColor = ACCENT
        pen = Pen(sheet, self.styles)
        pen.put(1, 1, title, TITLE)
        pen.put(2, 1, subtitle, SUBTITLE)
        sheet.row_dimensions[1].height = 27
        return pen

    def sheet_named(self, name: str) -> Worksheet:
        """A sheet that was added before."""
        sheet: Any = self.book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def print_set_up(
        self,
        sheet: Worksheet,
        *,
        area: str | list[str],
        title_rows: str | None = None,
        title_columns: str | None = None,
        wide: int = 1,
        tall: int = 0,
        portrait: bool = False,
        scale: int | None = None,
    ) -> None:
        """Say how a sheet prints: A4, headings on every page, page numbers below.

        Parameters
        ----------
        wide, tall
            Fit to so many pages; 0 is as many as it takes.
        scale
            Per cent, instead of fitting.
        """
        sheet.page_setup.orientation = "portrait" if portrait else "landscape"
        sheet.page_setup.paperSize = 9  # A4
        if scale is None:
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToWidth = wide
            sheet.page_setup.fitToHeight = tall
        else:
            sheet.page_setup.scale = scale
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.45, 0.6
        margins.header = margins.footer = 0.3
        sheet.print_options.horizontalCentered = True
        if title_rows:
            sheet.print_title_rows = title_rows
        if title_columns:
            sheet.print_title_cols = title_columns
        sheet.print_area = area
        footer: Any = sheet.oddFooter
        for part, words in (
            (footer.left, self.problem.name.replace("&", "&&")),
            (footer.center, sheet.title),
            (footer.right, "&P / &N"),
        ):
            part.text, part.size, part.color = words, 8, "6B7280"


def widths(sheet: Worksheet, *chars: float, first: int = 1) -> None:
    """Set the widths of neighbouring columns, in characters."""
    for offset, width in enumerate(chars):
        sheet.column_dimensions[get_column_letter(first + offset)].width = width


def same_width(sheet: Worksheet, first: int, last: int, width: float) -> None:
    """Give a range of columns one width with a single record."""
    letter = get_column_letter(first)
    sheet.column_dimensions[letter] = ColumnDimension(
        sheet, index=letter, min=first, max=last, width=width, customWidth=True
    )


def freeze(sheet: Worksheet, *, row: int, column: int) -> None:
    """Keep what is above the row and left of the column in sight."""
    sheet.freeze_panes = f"{get_column_letter(column)}{row}"


def page_break_after(sheet: Worksheet, *, row: int | None = None, column: int | None = None) -> None:
    """Begin a new printed page after a row or a column."""
    if row is not None:
        sheet.row_breaks.append(PageBreak(id=row))
    if column is not None:
        sheet.col_breaks.append(PageBreak(id=column))


def mark_positive(
    sheet: Worksheet, column: int, *, first_row: int, last_row: int, ink: str, fill: str
) -> None:
    """Colour the positive numbers of a column."""
    letter = get_column_letter(column)
    marked = DifferentialStyle(font=Font(color=ink), fill=PatternFill("solid", fgColor=fill, bgColor=fill))
    rule = Rule(type="cellIs", operator="greaterThan", dxf=marked)
    rule.formula = ["0"]
    sheet.conditional_formatting.add(f"{letter}{first_row}:{letter}{max(first_row, last_row)}", rule)
