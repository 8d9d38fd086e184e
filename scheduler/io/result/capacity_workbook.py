"""A plan of hiring as a workbook and as frames: classes, costs, staff needed and there by week, charts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from openpyxl.chart import Reference
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.facts.capacity import PERSON, CapacityYear
from scheduler.domain.results.hiring import (
    ClassStart,
    HiringCosts,
    HiringPlan,
    SkillWeek,
    hiring_in_currency,
)
from scheduler.io.cells.frames import DATES, NUMBERS, TEXTS, WHOLE, frame_of
from scheduler.io.files.streams import empty_workbook, save
from scheduler.io.files.styles import (
    BODY,
    DATE,
    HEADING,
    HEADING_LEFT,
    MONEY,
    PERCENT,
    SECTION,
    SUBTITLE,
    TITLE,
    TOTAL,
    CellValue,
    Look,
    Pen,
    Styles,
)
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.sheets.capacity import CAPACITY, HIRING_PLAN
from scheduler.io.input.writing.capacity_written import append_year
from scheduler.io.input.writing.sheet_format import fit_to_page_width
from scheduler.io.result.sheets.coverage.charts import place, staffing_chart
from scheduler.io.result.sheets.page import widths
from scheduler.texts import marked, text

if TYPE_CHECKING:
    import pandas as pd

_PEOPLE = "#,##0.0"
_CLASSES = (
    "Skill", marked("Starts"), marked("Classes"), "People", marked("First contacts"),
    marked("Fully productive"),
)  # fmt: skip
_BY_WEEK = (
    "Skill", "Week", marked("Staff needed"), marked("Staff there"), "Missing", marked("Over"), marked("Gap"),
    marked("Known staff"), marked("In training"), marked("On the curve"), marked("Newcomers past it"),
    marked("Cost of the gap"), marked("Label"),
)  # fmt: skip
_WIDTHS = (18, 13, 12, 12, 12, 12, 10, 12, 12, 12, 14, 14, 9)
_CHART_ROWS, _CHART_COLUMNS = 17, 4
_LABELS_EVERY = 4
_ALL = marked("All skills")


@dataclass(frozen=True)
class PlanShown:
    """A plan with all that is told of it."""

    year: CapacityYear
    plan: HiringPlan
    weeks: tuple[SkillWeek, ...]
    costs: HiringCosts


def write_plan(target: Path | IO[bytes], shown: PlanShown, sheets: Mapping[str, RawSheet]) -> list[str]:
    """Write the plan and the sheets it was made from, whole or not at all; returns what was left out."""
    book = empty_workbook()
    styles = Styles(book)
    plan, table = book.create_sheet(HIRING_PLAN), book.create_sheet(CAPACITY)
    blocks = _write_weeks(Pen(table, styles), shown)
    _write_plan(Pen(plan, styles), shown, table, blocks)
    notes = append_year(book, sheets)
    save(book, target)
    return notes


def class_frame(year: CapacityYear, starts: Sequence[ClassStart]) -> "pd.DataFrame":
    """The classes: skill, week, how many classes and people, first contacts, full productivity."""
    types = (TEXTS, DATES, WHOLE, WHOLE, DATES, DATES)
    return _frame(_CLASSES, types, [_of_class(year, one) for one in starts])


def week_frame(shown: PlanShown) -> "pd.DataFrame":
    """Staff needed and there by skill and week, in people, and what the gap costs."""
    types = (TEXTS, DATES, *[NUMBERS] * 10)
    return _frame(_BY_WEEK[:-1], types, [_of_week(shown.year, one.skill, [one]) for one in shown.weeks])


def _frame(
    headings: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[CellValue]]
) -> "pd.DataFrame":
    return frame_of(
        {
            name: (type_, [row[at] for row in rows])
            for at, (name, type_) in enumerate(zip(headings, types, strict=True))
        }
    )


class CostLine(NamedTuple):
    """One kind of cost of a plan, in currency, or the sum of those above it."""

    name: str
    amount: float
    is_sum: bool = False


def cost_lines(shown: PlanShown) -> list[CostLine]:
    """What a plan costs, by kind; what is written off later stands below the sum."""
    costs, of = shown.costs, hiring_in_currency
    lines = [CostLine(text("Missing hours at their price"), of(costs.missing))]
    if costs.floor:
        lines.append(CostLine(text("Charged on top where more is missing than may be"), of(costs.floor)))
    return [
        *lines,
        CostLine(text("Pay of newcomers after training"), of(costs.wages)),
        CostLine(text("Hiring and training, written off in these weeks"), of(costs.hiring)),
        CostLine(text("In all, beside the pay of the staff there today"), of(costs.total), is_sum=True),
        CostLine(text("Hiring and training, written off later"), of(costs.carried_over)),
    ]


def verdict(plan: HiringPlan) -> str:
    """How good the plan is, as a sentence."""
    if plan.is_optimal:
        return text("Proven: no plan of these terms costs less.")
    return text(
        "Proven: no plan of these terms costs less than {bound:,.2f}; at most {gap:.2f} % could be saved.",
        bound=hiring_in_currency(plan.bound),
        gap=100 * plan.gap,
    )


def _write_plan(pen: Pen, shown: PlanShown, table: Worksheet, blocks: Mapping[str, int]) -> None:
    """The sheet for HR: verdict, classes, costs, and a chart for all skills and for each."""
    sheet, year = pen.sheet, shown.year
    _set_up(sheet, (24, 14, 12, 12, 15, 16, 14, 14))
    last = year.week(year.weeks - 1)
    pen.put(
        1,
        1,
        text("Hiring plan of {weeks} weeks from {first}", weeks=year.weeks, first=_words(year.week(0))),
        TITLE,
    )
    sheet.row_dimensions[1].height = 27
    pen.put(2, 1, verdict(shown.plan), SUBTITLE)
    pen.put(
        3,
        1,
        text("Last week planned: {last}. What comes after it is not looked at.", last=_words(last)),
        SUBTITLE,
    )
    row = 5
    pen.put(row, 1, text("Classes to start"), SECTION)
    lines = [_of_class(year, one) for one in shown.plan.starts]
    formats = ["General", DATE, "#,##0", "#,##0", DATE, DATE]
    row = _table(pen, row + 1, [text(name) for name in _CLASSES], lines, formats)
    if not shown.plan.starts:
        pen.put(row, 1, text("None: with these prices nobody is hired."), BODY)
        row += 1
    row += 1
    pen.put(row, 1, text("Costs"), SECTION)
    for line in cost_lines(shown):
        row += 1
        look = TOTAL if line.is_sum else BODY
        pen.span(row, 1, 4, line.name, look)
        pen.put(row, 5, line.amount, look.but(number_format=MONEY))
    sheet.row_breaks.append(Break(id=row + 1))
    row += 2
    _chart(sheet, table, text(_ALL), blocks[text(_ALL)], year.weeks, row, 1, 2 * _CHART_COLUMNS)
    row += _CHART_ROWS + 1
    if len(year.skills) > 1:
        for number, skill in enumerate(year.skills):
            across, down = number % 2, number // 2
            _chart(sheet, table, skill.name, blocks[skill.name], year.weeks, row + (_CHART_ROWS + 1) * down,
                   1 + _CHART_COLUMNS * across, _CHART_COLUMNS)  # fmt: skip


def _write_weeks(pen: Pen, shown: PlanShown) -> dict[str, int]:
    """Staff by week, all skills first; returns the first row of each block."""
    year, blocks = shown.year, {}
    _set_up(pen.sheet, _WIDTHS)
    pen.put(1, 1, text("Staff needed and staff there, by week"), TITLE)
    pen.put(2, 1, text("In people at full productivity. Formulas: docs/capacity.md."), SUBTITLE)
    row = 4
    for at, heading in enumerate(_BY_WEEK, start=1):
        pen.put(row, at, text(heading), HEADING_LEFT if at == 1 else HEADING)
    pen.sheet.freeze_panes = f"C{row + 1}"
    pen.sheet.print_title_rows = f"{row}:{row}"
    by_week: dict[int, list[SkillWeek]] = {}
    for line in shown.weeks:
        by_week.setdefault(line.week, []).append(line)
    groups: list[tuple[str, list[list[SkillWeek]]]] = [(text(_ALL), list(by_week.values()))]
    groups += [
        (skill.name, [[one] for one in shown.weeks if one.skill == skill.name]) for skill in year.skills
    ]
    formats = ["General", DATE, *[_PEOPLE] * 4, PERCENT, *[_PEOPLE] * 4, MONEY, "General"]
    for name, lines in groups:
        blocks[name] = row + 1
        for week in lines:
            row += 1
            cells = [*_of_week(year, name, week), f"{year.week(week[0].week):%d.%m.}"]
            for at, (value, number_format) in enumerate(zip(cells, formats, strict=True), start=1):
                pen.put(row, at, value, BODY.but(number_format=number_format))
    return blocks


def _of_class(year: CapacityYear, start: ClassStart) -> list[CellValue]:
    terms = next(skill.terms for skill in year.skills if skill.name == start.skill)
    begins = year.week(start.week)
    arrives = begins + timedelta(weeks=terms.training_weeks)
    full = arrives + timedelta(weeks=len(terms.learning_curve))
    return [start.skill, begins, start.classes, start.people, arrives, full]


def _of_week(year: CapacityYear, name: str, lines: Sequence[SkillWeek]) -> list[CellValue]:
    """A row of the table: one skill's week, or that of all; what one has over does not fill another's gap."""

    def people(numbers: Iterable[int]) -> float:
        return sum(numbers) / PERSON

    needed, missing = people(one.needed for one in lines), people(one.missing for one in lines)
    return [
        name, year.week(lines[0].week), needed, people(one.productive for one in lines), missing,
        people(one.over for one in lines), missing / needed if needed else 0.0,
        people(one.known for one in lines),
        people(one.training for one in lines), people(one.learning for one in lines),
        people(one.hired for one in lines), hiring_in_currency(sum(one.missing_cost for one in lines)),
    ]  # fmt: skip


def _table(
    pen: Pen, row: int, headings: Sequence[str], lines: Iterable[Sequence[CellValue]], formats: Sequence[str]
) -> int:
    """A table with its headings; returns the row below it."""
    for at, heading in enumerate(headings, start=1):
        pen.put(row, at, heading, HEADING_LEFT if at == 1 else HEADING)
    for line in lines:
        row += 1
        for at, (value, number_format) in enumerate(zip(line, formats, strict=True), start=1):
            look: Look = BODY.but(number_format=number_format)
            pen.put(row, at, value, look)
    return row + 1


def _chart(
    sheet: Worksheet,
    table: Worksheet,
    title: str,
    first: int,
    weeks: int,
    row: int,
    column: int,
    columns: int,
) -> None:
    def reference(at: int) -> Reference:
        return Reference(table, min_col=at, min_row=first, max_row=first + weeks - 1)

    chart = staffing_chart(
        title,
        required=reference(3),
        scheduled=reference(4),
        labels=reference(len(_BY_WEEK)),
        labels_every=_LABELS_EVERY,
        names=(text("Staff there"), text("Staff needed")),
    )
    place(
        sheet, chart, column=column, row=row, last_column=column + columns - 1, last_row=row + _CHART_ROWS - 1
    )


def _set_up(sheet: Worksheet, chars: Sequence[float]) -> None:
    sheet.sheet_view.showGridLines = False
    fit_to_page_width(sheet)
    widths(sheet, *chars)


def _words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
