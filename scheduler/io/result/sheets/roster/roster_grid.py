"""The Roster sheet: agents down, days across, a letter and a colour a shift, on one page's width."""

from collections.abc import Sequence
from itertools import chain

from openpyxl.utils import get_column_letter

from scheduler.domain import Agent, Duty, Pin, Problem
from scheduler.domain.results.duty_words import away_words, from_to
from scheduler.domain.values.words import spoken_date
from scheduler.io.files.styles import (
    ABSENT_FILL,
    BAND,
    BODY,
    COUNT,
    HEADING,
    HEADING_LEFT,
    HOURS,
    MUTED,
    SUBTITLE,
    TOTAL,
    CellValue,
    Look,
    Pen,
)
from scheduler.io.result.contents import names
from scheduler.io.result.contents.short_names import legend_words, short_names
from scheduler.io.result.sheets.page import ResultBook, freeze, hours, widths
from scheduler.model.calendar.absences import paid_time_off
from scheduler.texts import text

LEGEND_ROW = 4
BEFORE_DAYS = 3
PINNED_MARK = "●"
FREE = "–"

_CELL = Look(line="box", across="center", size=9)
_FREE = _CELL.but(ink="B6BCC6")
_ABSENT = _CELL.but(fill=ABSENT_FILL, hatched=True, ink=MUTED, italic=True)
_WEEKEND_HEADING = HEADING.but(fill="3E6A94")


def add_roster(result: ResultBook) -> None:
    """Add the sheet."""
    problem, grid = result.problem, result.problem.grid
    pen = result.sheet(
        names.ROSTER,
        f"Roster: {problem.name}",
        text(
            "{horizon}. Times on each agent's own clock; +1 is on the day after. A thick line is around what "
            "a repair changed, a thin one where breaks alone moved, a dashed one where an edit stays.",
            horizon=result.horizon,
        ),
    )
    sheet = pen.sheet
    heading_row = _legend(result, pen) + 1
    days = grid.days
    first_day, hours_column = BEFORE_DAYS + 1, BEFORE_DAYS + days + 1
    pen.row(heading_row, 1, [(heading, HEADING_LEFT) for heading in ("Agent", "Contract", "Skills")])
    for day in range(days):
        look = _WEEKEND_HEADING if grid.weekday(day) >= 5 else HEADING
        pen.put(heading_row, first_day + day, spoken_date(grid.date(day)), look)
    pen.row(heading_row, hours_column, [("Paid hours", HEADING), ("Days", HEADING)])
    sheet.row_dimensions[heading_row].height = 30

    row = heading_row
    for agent in problem.agents:
        row += 1
        duties = result.outcome.roster.of(agent.name)
        pen.row(
            row,
            1,
            [
                (agent.name, BODY.but(bold=True)),
                (agent.contract, BODY.but(ink=MUTED, size=9)),
                (", ".join(agent.skills), BODY.but(ink=MUTED, size=9)),
            ],
        )
        by_day: dict[int, list[Duty]] = {}
        for duty in duties:
            by_day.setdefault(duty.day, []).append(duty)
        pinned = {grid.day_index(pin.day): pin for pin in agent.pins}
        for day in range(days):
            away = away_words(agent, grid.date(day))
            value, look = _day_cell(result, agent, by_day.get(day, []), away, pinned.get(day))
            pen.put(row, first_day + day, value, look)
        paid = sum(duty.paid_minutes for duty in duties) + paid_time_off(problem, agent)
        pen.row(
            row,
            hours_column,
            [
                (hours(paid), BODY.but(number_format=HOURS, bold=True, fill=BAND)),
                (len(by_day), BODY.but(number_format=COUNT, across="center", fill=BAND)),
            ],
        )
    last_row = _totals(result, pen, row + 1)

    widths(sheet, 22, 15, 20, *([13] * days), 11, 7)
    freeze(sheet, row=heading_row + 1, column=2)
    sheet.auto_filter.ref = f"A{heading_row}:{get_column_letter(hours_column + 1)}{row}"
    result.print_set_up(
        sheet,
        area=f"A1:{get_column_letter(hours_column + 1)}{last_row}",
        title_rows=f"{heading_row}:{heading_row}",
        title_columns="A:A",
        wide=-(-days // 14),
    )


def _day_cell(
    result: ResultBook, agent: Agent, duties: list[Duty], away: str, pin: Pin | None
) -> tuple[CellValue, Look]:
    words = day_in_words(result.problem, agent, duties, away, pin)
    if duties:
        fill = result.fills.get(duties[0].template)
        return words, _CELL.but(fill=fill, bold=bool(pin), wrap=len(duties) > 1)
    if away:
        return words, _ABSENT
    return words, _FREE.but(ink=MUTED, bold=True) if pin is not None and pin.off else _FREE


def day_in_words(problem: Problem, agent: Agent, duties: Sequence[Duty], away: str, pin: Pin | None) -> str:
    """What the sheet says of an agent's day: each duty's letter and times in a line, or why there is none."""
    mark = f"{PINNED_MARK} " if pin else ""
    if duties:
        zone, short = problem.zone_of(agent), short_names(problem)
        lines = (f"{short.get(duty.template, '')} {from_to(problem.grid, duty, zone)}" for duty in duties)
        return mark + "\n".join(line.lstrip() for line in lines)
    if away:
        return away
    return f"{mark}off" if pin is not None and pin.off else FREE


def _legend(result: ResultBook, pen: Pen) -> int:
    """Explain the colours, and return the next free row."""
    used = {duty.template for duty in result.duties}
    entries = [
        (legend_words(result.problem, template.name), _CELL.but(fill=result.fills[template.name]))
        for template in result.problem.templates
        if template.name in used
    ]
    entries += [
        (text("away"), _ABSENT),
        (text("{pinned_mark} pinned", pinned_mark=PINNED_MARK), _CELL.but(bold=True)),
        (text("– free"), _FREE),
    ]
    pen.put(LEGEND_ROW, 1, text("Letters and colours: shifts"), SUBTITLE)
    in_a_row = BEFORE_DAYS + min(result.problem.grid.days, 14) - 1
    for position, (words, look) in enumerate(entries):
        down, along = divmod(position, in_a_row)
        pen.put(LEGEND_ROW + down, 2 + along, words, look)
    return LEGEND_ROW + -(-len(entries) // in_a_row)


def _totals(result: ResultBook, pen: Pen, row: int) -> int:
    """Write people at work and paid hours of each day, and return the last row."""
    days = result.problem.grid.days
    at_work, paid = [0] * days, [0] * days
    for duty in result.duties:
        if 0 <= duty.day < days:
            at_work[duty.day] += 1
            paid[duty.day] += duty.paid_minutes
    for absent in chain.from_iterable(result.absences.values()):
        paid[absent.day] += absent.paid_minutes
    whole = TOTAL.but(number_format=COUNT, across="center")
    in_hours = TOTAL.but(number_format="#,##0.0", across="center")
    before: list[tuple[CellValue, Look]] = [("", TOTAL)] * (BEFORE_DAYS - 1)
    pen.row(
        row,
        1,
        [
            (text("Agents at work"), TOTAL),
            *before,
            *((count, whole) for count in at_work),
            ("", TOTAL),
            (sum(at_work), whole),
        ],
    )
    pen.row(
        row + 1,
        1,
        [
            ("Paid hours", TOTAL),
            *before,
            *((hours(minutes), in_hours) for minutes in paid),
            (hours(sum(paid)), TOTAL.but(number_format=HOURS)),
            ("", TOTAL),
        ],
    )
    return row + 1
