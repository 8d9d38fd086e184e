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
from scheduler.io.result.contents.short_names import legend_words, short_names
from scheduler.io.result.sheets.page import ResultBook, freeze, same_width, widths
from scheduler.texts import text

MOST_AGENTS = 1_000
MOST_COLUMNS = 16_000
TELLS_ROW, LEGEND_ROW = 2, 3
FIRST_COLUMN = 2
COLUMN_CHARS = 1.7
NAME_CHARS = 20
COLUMN_PIXELS, NAME_PIXELS, ROW_PIXELS = 17, 150, 17  # at 96 an inch
LANDSCAPE, PORTRAIT = (1020, 670), (700, 990)
"""Width and height of what is printed on a page of A4, in pixels."""
LEAST_SCALE = 50
"""Per cent; on a portrait page names smaller than this are hard to read."""
LEAST_COLUMNS = 40
"""Of a printed day, so that heading and legend have room."""

_SMALL = Look(size=7, across="center")
_PAID = _SMALL.but(fill=PAID_BREAK_FILL, ink=INK)
_UNPAID = _SMALL.but(fill=MEAL_FILL, ink="FFFFFF", bold=True)
_NAMED = Look(size=7, across="left", bold=True, fill="9CC3E6")
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
    pen = result.sheet(names.TIMELINE, "Timeline", "")
    sheet = pen.sheet
    firsts = [FIRST_COLUMN + grid.day_start(day) // step for day in range(grid.days)]
    tells = text(
        "One column is {step} minutes on the campaign's clock ({time_zone}). B is a paid break, M an unpaid "
        "one.",
        step=step,
        time_zone=grid.time_zone,
    )
    window = _window(result, step)
    legend = _legend(result, len(window))
    for first in firsts:  # each day is printed by itself, and says what it shows
        begins = first + window.start
        pen.put(TELLS_ROW, begins, tells, SUBTITLE)
        for down, along, cells, words, look in legend:
            pen.span(LEGEND_ROW + down, begins + along, begins + along + cells - 1, words, look)
    day_row = LEGEND_ROW + max((down for down, *_ in legend), default=0) + 2
    hour_row = day_row + 1
    _headings(result, pen, step, columns, day_row, window.start)
    painter = _Painter(result, pen, step, columns)
    row = hour_row
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
        result, step, f"{get_column_letter(FIRST_COLUMN)}{hour_row + 1}:{last}{max(row, hour_row + 1)}"
    )
    widths(sheet, NAME_CHARS)
    same_width(sheet, FIRST_COLUMN, last_column, COLUMN_CHARS)
    sheet.sheet_format.defaultRowHeight = 13
    sheet.sheet_format.customHeight = True
    sheet.sheet_view.zoomScale = 85
    freeze(sheet, row=hour_row + 1, column=FIRST_COLUMN)
    portrait, scale = _page(len(window), row, hour_row)
    result.print_set_up(
        sheet,
        area=[
            f"{get_column_letter(first + window.start)}1:{get_column_letter(first + window.stop - 1)}{row}"
            for first in firsts
        ],
        title_rows=f"1:{hour_row}",
        title_columns="A:A",
        portrait=portrait,
        scale=scale,
    )


def _window(result: ResultBook, step: int) -> range:
    """The columns of a day, from its midnight, on which somebody works on any day: whole hours."""
    grid = result.problem.grid
    shortest = min(grid.day_start(day + 1) - grid.day_start(day) for day in range(grid.days)) // step
    seen: set[int] = set()
    for duty in result.duties:
        for day in range(max(0, duty.day), min(grid.days, duty.day + 3)):
            first, after = grid.day_start(day), grid.day_start(day + 1)
            since, until = max(duty.start, first), min(duty.end, after)
            if since < until:
                seen |= {(since - first) // step, (until - first - 1) // step}
    an_hour = max(1, 60 // step)
    begins = min(seen, default=0) // an_hour * an_hour
    ends = min(shortest, max(-(-(max(seen, default=0) + 1) // an_hour) * an_hour, begins + LEAST_COLUMNS))
    return range(max(0, min(begins, ends - LEAST_COLUMNS)), ends)


def _page(columns: int, rows: int, title_rows: int) -> tuple[bool, int]:
    """Whether a day is printed upright, and at which scale: on as few pages as can be read."""
    pages: dict[tuple[int, bool], int] = {}
    for portrait, (width, height) in ((False, LANDSCAPE), (True, PORTRAIT)):
        scale = max(15, min(100, 100 * width // (columns * COLUMN_PIXELS + NAME_PIXELS)))
        if scale >= LEAST_SCALE or not portrait:
            on_page = max(1, 100 * height // scale // ROW_PIXELS - title_rows - 1)
            pages[-(-(rows - title_rows) // on_page), portrait] = scale
    fewest, portrait = min(pages)
    return portrait, pages[fewest, portrait]


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
        self.named = {template: _NAMED.but(fill=deeper(fill)) for template, fill in result.fills.items()}
        self.short = short_names(result.problem)
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
        seen = [column for column in self._columns_of(duty.start, duty.end) if 0 <= column < self.columns]
        for column in seen:
            paid = on_break.get(column)
            if paid is None:
                paint(row, FIRST_COLUMN + column, work)
            else:
                put(row, FIRST_COLUMN + column, "B" if paid else "M", _PAID if paid else _UNPAID)
        if seen and (short := self.short.get(duty.template)) and seen[0] not in on_break:
            put(row, FIRST_COLUMN + seen[0], short, self.named.get(duty.template, _NAMED))

    def _columns_of(self, start: int, end: int) -> range:
        """Columns at least half covered; for a short stretch the one that holds most of it."""
        first = -(-(start - self.step // 2) // self.step)
        last = (end + self.step // 2) // self.step
        if last <= first:
            first = (start + end) // 2 // self.step
            last = first + 1
        return range(first, last)


def _legend(result: ResultBook, most: int) -> list[tuple[int, int, int, str, Look]]:
    """What each look means, in rows of at most so many columns: row, column, columns, words, look."""
    used = {duty.template for duty in result.duties}
    entries = [
        (
            legend_words(result.problem, template.name),
            _SMALL.but(fill=deeper(result.fills[template.name]), size=8),
        )
        for template in result.problem.templates
        if template.name in used
    ]
    entries += [
        (text("paid break"), _PAID.but(line="box", size=8)),
        (text("unpaid break"), _UNPAID.but(size=8)),
        (text("time off or sick"), _ABSENT.but(size=8)),
    ]
    placed, down, along = [], 0, 0
    for words, look in entries:
        cells = min(most, max(4, len(words) * 3 // 4))
        if along and along + cells > most:
            down, along = down + 1, 0
        placed.append((down, along, cells, words, look))
        along += cells + 1
    return placed


def _headings(result: ResultBook, pen: Pen, step: int, columns: int, day_row: int, printed_from: int) -> None:
    grid, hour_row = result.problem.grid, day_row + 1
    pen.put(day_row, 1, "", HEADING_LEFT)
    pen.put(hour_row, 1, "Agent", HEADING_LEFT)
    for day in range(grid.days):
        first = grid.day_start(day) // step
        last = min(columns, grid.day_start(day + 1) // step) - 1
        look = HEADING if day % 2 == 0 else HEADING.but(fill="3E6A94")
        if printed_from:
            pen.span(day_row, FIRST_COLUMN + first, FIRST_COLUMN + first + printed_from - 1, "", look)
        pen.span(
            day_row,
            FIRST_COLUMN + first + printed_from,
            FIRST_COLUMN + last,
            spoken_date(grid.date(day), long=True),
            look.but(across="left"),
        )
    an_hour = max(1, 60 // step)
    for column in range(0, columns, an_hour):
        last = min(column + an_hour, columns) - 1
        clock = f"{grid.local(column * step):%H}"
        pen.span(hour_row, FIRST_COLUMN + column, FIRST_COLUMN + last, clock, _HOUR)


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
