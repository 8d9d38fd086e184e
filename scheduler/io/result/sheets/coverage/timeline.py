"""The Timeline sheet: agents down, intervals across, a block of columns a day, on the campaign's clock.

Only cells that show something are written: a week of 475 agents has 300,000 cells, and three in four
are free time.
"""

from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from scheduler.domain import Duty
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import spoken_date
from scheduler.io.files.styles import (
    ABSENT_FILL,
    BODY,
    HEADING,
    HEADING_LEFT,
    INK,
    MEAL_FILL,
    MUTED,
    PAID_BREAK_FILL,
    SUBTITLE,
    Look,
    Pen,
    deeper,
)
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook, freeze, page_break_after, same_width, widths
from scheduler.texts import text

MOST_AGENTS = 1_000
MOST_COLUMNS = 16_000
LEGEND_ROW, DAY_ROW, HOUR_ROW = 3, 5, 6
FIRST_COLUMN = 2
COLUMN_CHARS = 1.7
NAME_CHARS = 20
COLUMN_PIXELS, NAME_PIXELS, PAGE_PIXELS = 17, 150, 1020  # at 96 an inch; a page is landscape A4

_SMALL = Look(size=7, across="center")
_PAID = _SMALL.but(fill=PAID_BREAK_FILL, ink=INK)
_UNPAID = _SMALL.but(fill=MEAL_FILL, ink="FFFFFF", bold=True)
_ABSENT = _SMALL.but(fill=ABSENT_FILL, hatched=True)
_HOUR = Look(size=7, ink=MUTED, across="left")


def fits_timeline(result: ResultBook) -> bool:
    """Whether the team is small enough for a picture of every interval."""
    return len(result.problem.agents) <= MOST_AGENTS


def add_timeline(result: ResultBook) -> None:
    """Add the sheet."""
    problem, grid = result.problem, result.problem.grid
    step = _column_minutes(result)
    columns = -(-grid.minutes // step)
    pen = result.sheet(
        names.TIMELINE,
        "Timeline",
        text(
            "One column is {step} minutes on the campaign's clock ({time_zone}). B is a paid break, M an "
            "unpaid one.",
            step=step,
            time_zone=grid.time_zone,
        ),
    )
    sheet = pen.sheet
    _legend(result, pen)
    _headings(result, pen, step, columns)
    painter = _Painter(result, pen, step, columns)
    row = HOUR_ROW
    for agent in problem.agents:
        row += 1
        pen.put(row, 1, agent.name, BODY)
        zone = problem.zone_of(agent)
        for absence in agent.time_off:
            painter.absence(row, grid.instant(absence.start, zone), grid.instant(absence.end, zone))
        for duty in result.outcome.roster.of(agent.name):
            painter.duty(row, duty)

    last_column = FIRST_COLUMN + columns - 1
    last = get_column_letter(last_column)
    _hour_lines(
        result, step, f"{get_column_letter(FIRST_COLUMN)}{HOUR_ROW + 1}:{last}{max(row, HOUR_ROW + 1)}"
    )
    widths(sheet, NAME_CHARS)
    same_width(sheet, FIRST_COLUMN, last_column, COLUMN_CHARS)
    sheet.sheet_format.defaultRowHeight = 13
    sheet.sheet_format.customHeight = True
    sheet.sheet_view.zoomScale = 85
    freeze(sheet, row=HOUR_ROW + 1, column=FIRST_COLUMN)
    for day in range(1, grid.days):
        page_break_after(sheet, column=FIRST_COLUMN + grid.day_start(day) // step - 1)
    per_day = MINUTES_PER_DAY // step
    result.print_set_up(
        sheet,
        area=f"A1:{last}{row}",
        title_rows=f"{DAY_ROW}:{HOUR_ROW}",
        title_columns="A:A",
        scale=max(15, min(100, int(100 * PAGE_PIXELS / (per_day * COLUMN_PIXELS + NAME_PIXELS)))),
    )


def _column_minutes(result: ResultBook) -> int:
    """Minutes a column: the interval, but fine enough to see breaks and coarse enough for the sheet."""
    grid = result.problem.grid
    step: int = min(grid.interval_minutes, 15)
    if step < 15 and len(result.problem.agents) > 150:
        step = 15
    while grid.minutes // step > MOST_COLUMNS:
        step *= 2
    return step


class _Painter:
    """Colours the cells of a duty in its agent's row."""

    def __init__(self, result: ResultBook, pen: Pen, step: int, columns: int) -> None:
        self.pen, self.step, self.columns = pen, step, columns
        records = result.styles.of
        self.work: dict[str, Any] = {
            template: records(_SMALL.but(fill=deeper(fill))) for template, fill in result.fills.items()
        }
        self.other_work = records(_SMALL.but(fill="9CC3E6"))
        self.absent = records(_ABSENT)

    def absence(self, row: int, start: int, end: int) -> None:
        for column in range(max(0, start // self.step), min(self.columns, -(-end // self.step))):
            self.pen.paint(row, FIRST_COLUMN + column, self.absent)

    def duty(self, row: int, duty: Duty) -> None:
        on_break: dict[int, bool] = {}
        for pause in duty.breaks:
            on_break |= dict.fromkeys(self._columns_of(pause.start, pause.end), pause.paid)
        work = self.work.get(duty.template, self.other_work)
        paint, put = self.pen.paint, self.pen.put
        for column in self._columns_of(duty.start, duty.end):
            if not 0 <= column < self.columns:
                continue
            paid = on_break.get(column)
            if paid is None:
                paint(row, FIRST_COLUMN + column, work)
            else:
                put(row, FIRST_COLUMN + column, "B" if paid else "M", _PAID if paid else _UNPAID)

    def _columns_of(self, start: int, end: int) -> range:
        """Columns at least half covered; for a short stretch the one that holds most of it."""
        first = -(-(start - self.step // 2) // self.step)
        last = (end + self.step // 2) // self.step
        if last <= first:
            first = (start + end) // 2 // self.step
            last = first + 1
        return range(first, last)


def _legend(result: ResultBook, pen: Pen) -> None:
    used = {duty.template for duty in result.duties}
    entries = [
        (template.name, _SMALL.but(fill=deeper(result.fills[template.name]), size=8))
        for template in result.problem.templates
        if template.name in used
    ]
    entries += [
        (text("paid break"), _PAID.but(line="box", size=8)),
        (text("unpaid break"), _UNPAID.but(size=8)),
        (text("time off or sick"), _ABSENT.but(size=8)),
    ]
    pen.put(LEGEND_ROW, 1, "Colours", SUBTITLE)
    column = FIRST_COLUMN
    for words, look in entries:
        cells = max(4, len(words) * 3 // 4)
        pen.span(LEGEND_ROW, column, column + cells - 1, words, look)
        column += cells + 1


def _headings(result: ResultBook, pen: Pen, step: int, columns: int) -> None:
    grid = result.problem.grid
    pen.put(DAY_ROW, 1, "", HEADING_LEFT)
    pen.put(HOUR_ROW, 1, "Agent", HEADING_LEFT)
    for day in range(grid.days):
        first = grid.day_start(day) // step
        last = min(columns, grid.day_start(day + 1) // step) - 1
        look = HEADING if day % 2 == 0 else HEADING.but(fill="3E6A94")
        pen.span(
            DAY_ROW,
            FIRST_COLUMN + first,
            FIRST_COLUMN + last,
            spoken_date(grid.date(day), long=True),
            look.but(across="left"),
        )
    an_hour = max(1, 60 // step)
    for column in range(0, columns, an_hour):
        last = min(column + an_hour, columns) - 1
        clock = f"{grid.local(column * step):%H}"
        pen.span(HOUR_ROW, FIRST_COLUMN + column, FIRST_COLUMN + last, clock, _HOUR)


def _hour_lines(result: ResultBook, step: int, area: str) -> None:
    """Thin lines at the hours, a darker one at midnight, by rule so that free cells need not exist."""
    sheet = result.sheet_named(names.TIMELINE)
    an_hour = max(1, 60 // step)
    top_left = area.split(":")[0]
    midnights = f"COLUMN({top_left})-{FIRST_COLUMN}"
    for every, colour in ((an_hour * 24, "1F4E79"), (an_hour, "E3E7EC")):
        line = DifferentialStyle(border=Border(left=Side("thin", color=colour)))
        rule = Rule(type="expression", dxf=line, stopIfTrue=every > an_hour)
        rule.formula = [f"MOD({midnights},{every})=0"]
        sheet.conditional_formatting.add(area, rule)
