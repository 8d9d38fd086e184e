"""Everybody's plan on a page of their own, to be printed and handed out."""

from io import BytesIO

from scheduler.domain import Agent, Duty, Outcome, Problem
from scheduler.domain.results.duty_words import away_words, breaks_words, from_to
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import counted, spoken_date
from scheduler.io.exports.absences import away_on
from scheduler.io.files.styles import (
    BODY,
    HEADING,
    HEADING_LEFT,
    HOURS,
    MUTED,
    SUBTITLE,
    TITLE,
    TOTAL,
    CellValue,
    Look,
    Pen,
)
from scheduler.io.result.sheets.page import ResultBook, page_break_after, widths
from scheduler.model import RuleBook
from scheduler.texts import text

_FREE = BODY.but(ink=MUTED)
_WRAP = BODY.but(wrap=True)
_HOURS = BODY.but(number_format=HOURS)


def personal_plans(problem: Problem, rules: RuleBook, outcome: Outcome) -> bytes:
    """The workbook: one sheet, on which each agent has a printed page."""
    result = ResultBook(problem, rules, outcome, outcome.report)
    sheet = result.book.create_sheet(text("Personal plans"))
    sheet.sheet_view.showGridLines = False
    pen, row = Pen(sheet, result.styles), 0
    for agent in problem.agents:
        if row:
            page_break_after(sheet, row=row)
        row = _page(result, pen, row + 1, agent)
    widths(sheet, 12, 18, 15, 36, 9)
    result.print_set_up(sheet, area=f"A1:E{max(row, 1)}", portrait=True, scale=80)
    written = BytesIO()
    result.book.save(written)
    return written.getvalue()


def _page(result: ResultBook, pen: Pen, row: int, agent: Agent) -> int:
    """An agent's page from a row on; returns its last row."""
    problem, duties = result.problem, result.outcome.roster.of(agent.name)
    grid, zone = problem.grid, problem.zone_of(agent)
    pen.put(row, 1, agent.name, TITLE)
    pen.sheet.row_dimensions[row].height = 27
    days = f"{spoken_date(grid.date(0), long=True)} – {spoken_date(grid.date(grid.days - 1), long=True)}"
    parts = (problem.name, days, zone, agent.personnel_number or "", agent.team or "")
    pen.put(row + 1, 1, " · ".join(filter(None, parts)), SUBTITLE)
    row += 3
    headings = (text("Day"), text("Shift"), text("Times"), text("Breaks"), text("Paid h"))
    pen.row(row, 1, [(one, HEADING if one is headings[-1] else HEADING_LEFT) for one in headings])
    absent = {one.day: one.paid_minutes for one in result.absences[agent.name]}
    for day in range(grid.days):
        of_day = [duty for duty in duties if duty.day == day]
        for cells in _lines(problem, agent, day, of_day, absent.get(day, 0)):
            row += 1
            pen.row(row, 1, cells)
    paid = sum(duty.paid_minutes for duty in duties) + sum(absent.values())
    total = [text("In all"), counted(len(duties), "duty", "duties"), "", ""]
    pen.row(row + 1, 1, [(one, TOTAL) for one in total])
    pen.put(row + 1, 5, paid / MINUTES_PER_HOUR, TOTAL.but(number_format=HOURS))
    return row + 1


def _lines(
    problem: Problem, agent: Agent, day: int, duties: list[Duty], paid_absence: int
) -> list[list[tuple[CellValue, Look]]]:
    """The lines of a day: its duties, when the person is away, or that it is free."""
    on, zone = problem.grid.date(day), problem.zone_of(agent)
    lines: list[list[tuple[CellValue, Look]]] = [
        [
            (spoken_date(on), BODY),
            (duty.template, BODY.but(bold=True)),
            (from_to(problem.grid, duty, zone), BODY.but(bold=True)),
            (breaks_words(problem, agent, duty.breaks), _WRAP),
            (duty.paid_minutes / MINUTES_PER_HOUR, _HOURS),
        ]
        for duty in duties
    ]
    paid = paid_absence / MINUTES_PER_HOUR if paid_absence else None
    away = [(one.kind, one.times) for one in away_on(problem, agent, on)]
    if not away and (paid or not duties):
        away = [(away_words(agent, on) or text("free"), "")]
    for number, (kind, times) in enumerate(dict.fromkeys(away)):
        said = [(spoken_date(on), _FREE), (kind, _FREE), (times, _FREE), ("", _FREE)]
        lines.append([*said, (None if number else paid, _HOURS)])
    return lines
