"""The Duties sheet: one row a duty or day of absence, for HR, in real dates and times on the agent's clock.

:mod:`scheduler.io.result.reading.workbook_reader` reads the roster back from this sheet, so people may edit
it. Absences are read from the input: here they stand for hours and pay alone, and are compared like every
figure.
"""

import re
from functools import cache

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.domain import Agent, Duty, PlacedBreak
from scheduler.domain.values.money import hourly, in_currency
from scheduler.domain.values.words import counted
from scheduler.io.cells.columns import normalised
from scheduler.io.files.styles import (
    BODY,
    CLOCK,
    DATE,
    HEADING,
    HEADING_LEFT,
    HOURS,
    LONG_CLOCK,
    MONEY,
    MUTED,
    CellValue,
    Look,
)
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.clock import shown_clock, shown_start
from scheduler.io.result.sheets.page import ResultBook, freeze, hours, widths
from scheduler.model.calendar.absences import AbsentDay
from scheduler.texts import text

HEADING_ROW = 4
FIXED = ("Agent", "Personnel no.", "Team", "Contract", "Kind", "Date", "Shift", "Start", "End date", "End")
FIGURES = ("Elapsed h", "Paid h", "Unpaid h", "Cost")
BREAK_PARTS = ("", " start", " end", " paid")
PAID, UNPAID = "paid", "unpaid"

NEEDED = ("Agent", "Date", "Shift", "Start", "End")
_READ = frozenset(map(normalised, (*NEEDED, "End date", "Kind")))
_BREAK = re.compile(r"break\d+(start|end|paid)?")

_LEFT = FIXED.index("Contract") + 1
_DATE = BODY.but(number_format=DATE, across="right")
_START = BODY.but(number_format=LONG_CLOCK, across="center")
_CLOCK = BODY.but(number_format=CLOCK, across="center")
_HOURS = BODY.but(number_format=HOURS)
_MONEY = BODY.but(number_format=MONEY)
_QUIET = BODY.but(ink=MUTED)
_QUIET_CENTRE = _QUIET.but(across="center")


@cache
def break_headings(number: int) -> tuple[str, ...]:
    """Headings of one break's columns: its name, start, end, and whether it is paid."""
    return tuple(f"Break {number}{part}" for part in BREAK_PARTS)


def is_read(heading: str) -> bool:
    """Whether duties are read from a column of that heading, in its normal form."""
    return heading in _READ or bool(_BREAK.fullmatch(heading))


def add_duties(result: ResultBook) -> None:
    """Add the sheet."""
    problem, duties = result.problem, result.duties
    pen = result.sheet(
        names.DUTIES,
        "Duties",
        _subtitle(result),
    )
    sheet = pen.sheet
    most_breaks = max((len(duty.breaks) for duty in duties), default=1) or 1
    headings = [*FIXED, *FIGURES]
    for number in range(1, most_breaks + 1):
        headings += break_headings(number)
    for column, heading in enumerate(headings, start=1):
        pen.put(HEADING_ROW, column, heading, HEADING_LEFT if column <= _LEFT else HEADING)
    sheet.row_dimensions[HEADING_ROW].height = 30

    row = HEADING_ROW
    for agent in problem.agents:
        lines = [
            (duty.day, _duty_cells(result, agent, duty)) for duty in result.outcome.roster.of(agent.name)
        ]
        lines += [(one.day, _absence_cells(result, agent, one)) for one in result.absences[agent.name]]
        for _, cells in sorted(lines, key=lambda line: line[0]):
            row += 1
            pen.row(row, 1, cells + [("", BODY)] * (len(headings) - len(cells)))

    last = get_column_letter(len(headings))
    widths(sheet, 20, 10, 10, 14, 8, 14, 12, 7, 14, 7, 8, 7, 8, 9)
    for number in range(most_breaks):
        widths(sheet, 9, 7, 7, 8, first=len(FIXED) + len(FIGURES) + 1 + 4 * number)
    freeze(sheet, row=HEADING_ROW + 1, column=2)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{last}{max(row, HEADING_ROW + 1)}"
    _offer_choices(result, most_breaks, row)
    result.print_set_up(
        sheet, area=f"A1:{last}{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}", title_columns="A:A"
    )


def _subtitle(result: ResultBook) -> str:
    duties = counted(len(result.duties), "duty", "duties")
    paid, absence = hours(result.paid_minutes + result.paid_time_off), result.paid_absence_in_words(digits=2)
    sums = (
        text(
            "{duties}, {paid:,.2f} paid hours, of them {absence}.",
            duties=duties,
            paid=paid,
            absence=absence,
        )
        if absence
        else text("{duties}, {paid:,.2f} paid hours.", duties=duties, paid=paid)
    )
    clocks = text(
        "Dates and times on each agent's own clock; a night belongs to the date on which it starts. Costs "
        "are what is paid."
    )
    return f"{sums} {clocks}"


def _person_cells(agent: Agent, kind: str) -> list[tuple[CellValue, Look]]:
    return [
        (agent.name, BODY.but(bold=True)),
        (agent.personnel_number or "", _QUIET),
        (agent.team or "", _QUIET),
        (agent.contract, _QUIET),
        (kind, _QUIET_CENTRE),
    ]


def _absence_cells(result: ResultBook, agent: Agent, absent: AbsentDay) -> list[tuple[CellValue, Look]]:
    """A day of absence: without clock times where it is a whole one."""
    cost = in_currency(hourly(result.problem.pay_of(agent), absent.paid_minutes))
    start, end = (None, None) if absent.is_whole_day else (absent.start.time(), absent.end.time())
    return [
        *_person_cells(agent, absent.kind),
        (absent.start.date(), _DATE),
        ("", BODY),
        (start, _CLOCK),
        (None if end is None else absent.end.date(), _DATE),
        (end, _CLOCK),
        ("", BODY),
        (hours(absent.paid_minutes), _HOURS),
        ("", BODY),
        (cost, _MONEY),
    ]


def _duty_cells(result: ResultBook, agent: Agent, duty: Duty) -> list[tuple[CellValue, Look]]:
    problem, grid = result.problem, result.problem.grid
    zone = problem.zone_of(agent)
    unpaid = duty.elapsed_minutes - duty.paid_minutes
    cost = in_currency(result.cost_of_duty[agent.name, duty.start, duty.end])
    fill = result.fills.get(duty.template)
    cells = [
        *_person_cells(agent, names.DUTY),
        (grid.date(duty.day), _DATE),
        (duty.template, BODY.but(fill=fill, across="center")),
        (shown_start(grid, duty.start, duty.day, zone), _START),
        (grid.local(duty.end, zone).date(), _DATE),
        (shown_clock(grid, duty.end, zone), _CLOCK),
        (hours(duty.elapsed_minutes), _HOURS),
        (hours(duty.paid_minutes), _HOURS),
        (hours(unpaid), _HOURS),
        (cost, _MONEY),
    ]
    for pause in duty.breaks:
        cells += _break_cells(result, agent, pause)
    return cells


def _break_cells(result: ResultBook, agent: Agent, pause: PlacedBreak) -> list[tuple[CellValue, Look]]:
    grid, zone = result.problem.grid, result.problem.zone_of(agent)
    return [
        (pause.name, BODY.but(indent=1, across="left")),
        (shown_clock(grid, pause.start, zone), _CLOCK),
        (shown_clock(grid, pause.end, zone), _CLOCK),
        (PAID if pause.paid else UNPAID, _QUIET_CENTRE),
    ]


def _offer_choices(result: ResultBook, most_breaks: int, last_row: int) -> None:
    of_breaks = [len(FIXED) + len(FIGURES) + 4 * (number + 1) for number in range(most_breaks)]
    kinds = (names.DUTY, *names.ABSENCES)
    for words, columns in (((PAID, UNPAID), of_breaks), (kinds, [FIXED.index("Kind") + 1])):
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        for letter in map(get_column_letter, columns):
            choice.add(f"{letter}{HEADING_ROW + 1}:{letter}{max(last_row, HEADING_ROW + 1)}")
        result.sheet_named(names.DUTIES).add_data_validation(choice)
