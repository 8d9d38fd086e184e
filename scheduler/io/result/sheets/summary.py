"""The Summary sheet: what the roster is worth, on one page, for the person who signs it.

What the search told of itself stands in a block of its own, which says that nobody verifies it.
"""

from dataclasses import dataclass
from math import isfinite

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.money import in_currency, ratio
from scheduler.domain.words import counted
from scheduler.io.files.styles import (
    BAD,
    BAD_FILL,
    BAND,
    BODY,
    COUNT,
    GOOD,
    GOOD_FILL,
    HEADING,
    HEADING_LEFT,
    INK,
    MONEY,
    MUTED,
    PERCENT,
    SECTION,
    SUBTITLE,
    TITLE,
    TOTAL,
    Look,
    Pen,
)
from scheduler.io.result.sheets import names
from scheduler.io.result.sheets.charts import over_and_under_chart, place
from scheduler.io.result.sheets.coverage import curves, horizon_chart
from scheduler.io.result.sheets.how_made import add_how_made
from scheduler.io.result.sheets.page import ResultBook, hours, same_width, spoken_date, widths
from scheduler.io.result.sheets.words import (
    agent_hours,
    amount,
    percent,
    plain_words,
    rule_share,
    shown_status,
    sums_of,
    sums_of_all,
)

LEFT, LEFT_LAST = 2, 7
RIGHT, RIGHT_LAST = 9, 14
LABEL_LAST, AMOUNT, AMOUNT_LAST, SHARE = 4, 5, 6, 7
MOST_DAYS = 14
_FIGURE_HEADING = HEADING.but(across="right")
_ONE_DECIMAL = "#,##0.0"


@dataclass(frozen=True)
class _Tile:
    label: str
    value: str
    note: str
    good: bool | None = None


def add_summary(result: ResultBook) -> None:
    """Add the sheet; its chart needs the Coverage sheet, if there is one, which is added before."""
    problem = result.problem
    pen = result.sheet(names.SUMMARY, "", "")
    sheet = pen.sheet
    pen.put(1, LEFT, problem.name, TITLE)
    pen.put(
        2,
        LEFT,
        f"Shift roster for {result.horizon}  ·  {counted(len(problem.agents), 'agent')}  ·  "
        f"{counted(len(problem.skills), 'skill')}  ·  "
        f"clock {problem.grid.time_zone}",
        SUBTITLE,
    )
    row = _tiles(result, pen, 4)
    row = _in_words(result, pen, row)
    after_left = _distance(result, pen, _costs(result, pen, row))
    after_right = _staffing(result, pen, row) if result.has_curve else row
    if problem.headcounts:
        after_right = _shifts(result, pen, after_right + result.has_curve)
    row = max(after_left, after_right) + 1
    if result.has_curve:
        shown = curves(result.coverage)
        title = "Required (line) and scheduled (area), all skills" if len(shown) > 1 else shown[0].name
        chart = horizon_chart(result, shown[0], title)
        place(sheet, chart, column=LEFT, row=row, last_column=RIGHT_LAST, last_row=row + 14)
        row += 16
    row = _day_by_day(result, pen, row)
    row = add_how_made(result, pen, row, left=LEFT, last=RIGHT_LAST)

    widths(sheet, 2)
    same_width(sheet, LEFT, LEFT_LAST, 10.5)
    widths(sheet, 3, first=LEFT_LAST + 1)
    same_width(sheet, RIGHT, RIGHT_LAST, 10.5)
    sheet.sheet_view.zoomScale = 100
    result.print_set_up(sheet, area=f"A1:O{row}", portrait=True, tall=1)
    widths(sheet, 2, first=RIGHT_LAST + 1)


def _tiles(result: ResultBook, pen: Pen, row: int) -> int:
    problem, outcome, report = result.problem, result.outcome, result.report
    paid = sum(duty.paid_minutes for duty in result.duties)
    left_to_save = max(0, outcome.cost.total - outcome.bound)
    must = [rule for rule in report.rules if rule.strength == "must"]
    broken = len(report.broken) + len(report.misfits)
    idle = len(problem.agents) - len(outcome.roster.by_agent)
    tiles = (
        _Tile(
            "Status",
            shown_status(outcome, report),
            f"{counted(broken, 'fault')}, see Findings"
            if broken
            else f"{counted(len(must), 'must-rule')} checked, 0 broken",
            report.is_legal,
        ),
        _Tile(
            "Cost", amount(problem, outcome.cost.total), f"of it wages {amount(problem, outcome.cost.wages)}"
        ),
        _Tile(
            "Gap to the best possible",
            percent(outcome.gap, 2),
            f"at most {amount(problem, left_to_save)} left to save",
        ),
        *_staffing_tiles(result),
        _Tile("Paid hours", f"{hours(paid):,.1f} h", f"in {counted(len(result.duties), 'duty', 'duties')}"),
        _Tile(
            "Agents at work",
            f"{len(result.outcome.roster.by_agent):,} of {len(problem.agents):,}",
            f"{idle:,} {'has' if idle == 1 else 'have'} no duty",
        ),
    )
    columns = ((2, 4), (5, 7), (9, 11), (12, 14))
    for position, tile in enumerate(tiles):
        down, along = divmod(position, 4)
        top = row + down * 4
        first, last = columns[along]
        fill, ink = BAND, INK
        if tile.good is not None:
            fill, ink = (GOOD_FILL, GOOD) if tile.good else (BAD_FILL, BAD)
        base = Look(fill=fill, ink=ink, indent=1, across="left")
        pen.span(top, first, last, tile.label, base.but(ink=MUTED, size=9, down="bottom"))
        pen.span(
            top + 1, first, last, tile.value, base.but(size=16 if len(tile.value) < 17 else 12, bold=True)
        )
        pen.span(top + 2, first, last, tile.note, base.but(ink=MUTED, size=8, down="top"))
        for offset, height in enumerate((16, 25, 16, 6)):
            pen.sheet.row_dimensions[top + offset].height = height
    return row + 8


def _staffing_tiles(result: ResultBook) -> tuple[_Tile, _Tile, _Tile]:
    """How well the requirement is met: by interval, by shift, or both."""
    values: list[tuple[str, str, str]] = []
    notes: list[tuple[str, str, str]] = []
    if result.has_curve:
        coverage = result.coverage
        required, missing = agent_hours(coverage.required), agent_hours(coverage.missing)
        share = percent(ratio(round(missing * 60), round(required * 60)))
        superfluous = agent_hours(coverage.superfluous)
        values.append((percent(coverage.curve_fit), f"{missing:,.1f} h", f"{superfluous:,.1f} h"))
        notes.append(
            (
                "100 % would be the required curve",
                f"{share} of {required:,.1f} agent-hours required",
                "agent-hours more than required",
            )
        )
    if result.problem.headcounts:
        people, _, over, under = sums_of_all(result.report.headcounts)
        there = percent(1.0 - ratio(under, people))
        wanted, missing_people, superfluous_people = (
            counted(number, "person", "people") for number in (people, under, over)
        )
        values.append((there, missing_people, superfluous_people))
        notes.append(
            (
                "of the people required on shifts are there",
                f"{percent(ratio(under, people))} of {wanted} required on shifts",
                "more than required on shifts",
            )
        )
    if len(values) > 1:  # no room for more
        notes = [("curve; people in place on shifts", *("agent-hours; people on shifts",) * 2)]
    titles = ("Curve fit" if result.has_curve else "People in place", "Missing", "Superfluous")
    fit, missing_tile, superfluous_tile = (
        _Tile(title, ", ".join(value), "; ".join(note))
        for title, value, note in zip(
            titles, zip(*values, strict=True), zip(*notes, strict=True), strict=True
        )
    )
    return fit, missing_tile, superfluous_tile


def _in_words(result: ResultBook, pen: Pen, row: int) -> int:
    pen.span(row, LEFT, RIGHT_LAST, "In words", SECTION)
    for sentence in plain_words(result.problem, result.outcome, result.report):
        row += 1
        pen.span(row, LEFT, RIGHT_LAST, sentence, Look(wrap=True, down="center", across="left"))
        pen.sheet.row_dimensions[row].height = 15 * (1 + len(sentence) // 150)
    return row + 2


def _costs(result: ResultBook, pen: Pen, row: int) -> int:
    cost = result.outcome.cost
    pen.span(row, LEFT, LEFT_LAST, "What it costs, by cause", SECTION)
    row += 1
    _money_heading(result, pen, row)
    lines = [(names.WAGES, cost.wages), (names.MISSING, cost.missing), (names.SUPERFLUOUS, cost.superfluous)]
    lines += [(f"{names.RULE_COST}{label}", price) for label, price in cost.rules.items()]
    for label, part in lines:
        row += 1
        _money_line(pen, row, label, part, rule_share(result.outcome, part))
    row += 1
    _money_line(pen, row, names.TOTAL_COST, cost.total, 1.0, look=TOTAL)
    return row + 2


def _distance(result: ResultBook, pen: Pen, row: int) -> int:
    outcome = result.outcome
    total, fixed = outcome.cost.total, outcome.certificate.unavoidable_wages
    pen.span(row, LEFT, LEFT_LAST, "How far from the best possible", SECTION)
    row += 1
    _money_heading(result, pen, row)
    _money_line(pen, row + 1, names.BOUND, outcome.bound, rule_share(outcome, outcome.bound))
    _money_line(pen, row + 2, "Gap: cost above the bound", total - outcome.bound, outcome.gap)
    _money_line(pen, row + 3, "Wages that nobody can avoid", fixed, rule_share(outcome, fixed))
    _money_line(
        pen, row + 4, "Cost that planning can influence", total - fixed, rule_share(outcome, total - fixed)
    )
    _money_line(
        pen, row + 5, "Gap of the influenceable part", total - outcome.bound, outcome.gap_controllable
    )
    return row + 6


def _money_heading(result: ResultBook, pen: Pen, row: int) -> None:
    pen.span(row, LEFT, LABEL_LAST, "", HEADING_LEFT)
    pen.span(row, AMOUNT, AMOUNT_LAST, result.problem.currency, _FIGURE_HEADING)
    pen.put(row, SHARE, "%", _FIGURE_HEADING)


def _money_line(pen: Pen, row: int, label: str, cost: int, share: float, look: Look = BODY) -> None:
    pen.span(row, LEFT, LABEL_LAST, label, look)
    pen.span(row, AMOUNT, AMOUNT_LAST, in_currency(cost), look.but(number_format=MONEY))
    pen.put(row, SHARE, share if isfinite(share) else None, look.but(number_format="0.00%"))


def _shifts(result: ResultBook, pen: Pen, row: int) -> int:
    """People by headcount over all days."""
    heads = result.report.headcounts
    pen.span(row, RIGHT, RIGHT_LAST, "Staffing by shift, in people", SECTION)
    row += 1
    headings = ("Shift", "Required", "Scheduled", "Missing", "Superfl.", "In place")
    pen.row(row, RIGHT, [(text, _FIGURE_HEADING if at else HEADING_LEFT) for at, text in enumerate(headings)])
    every = [(name, sums_of(heads, name), BODY) for name in heads.required]
    for name, (required, scheduled, over, under), look in (*every, ("All", sums_of_all(heads), TOTAL)):
        row += 1
        number = look.but(number_format=COUNT)
        pen.put(row, RIGHT, name, look)
        pen.row(row, RIGHT + 1, [(figure, number) for figure in (required, scheduled, under, over)])
        pen.put(row, RIGHT + 5, _fit(required, under), look.but(number_format=PERCENT))
    return row + 2


def _staffing(result: ResultBook, pen: Pen, row: int) -> int:
    coverage = result.coverage
    pen.span(row, RIGHT, RIGHT_LAST, "Staffing by skill, in agent-hours", SECTION)
    row += 1
    headings = ("Skill", "Required", "Scheduled", "Missing", "Superfl.", "Curve fit")
    pen.row(row, RIGHT, [(text, _FIGURE_HEADING if at else HEADING_LEFT) for at, text in enumerate(headings)])
    first = row + 1
    number = BODY.but(number_format=_ONE_DECIMAL)
    totals = [0, 0, 0, 0]
    for skill in coverage.required:
        row += 1
        figures = [
            sum(part[skill])
            for part in (coverage.required, coverage.scheduled, coverage.missing, coverage.superfluous)
        ]
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        pen.put(row, RIGHT, skill, BODY)
        pen.row(row, RIGHT + 1, [(hours(figure), number) for figure in figures])
        pen.put(row, RIGHT + 5, _fit(figures[0], figures[2] + figures[3]), BODY.but(number_format=PERCENT))
    last = row
    row += 1
    pen.put(row, RIGHT, "All", TOTAL)
    pen.row(row, RIGHT + 1, [(hours(total), TOTAL.but(number_format=_ONE_DECIMAL)) for total in totals])
    pen.put(row, RIGHT + 5, _fit(totals[0], totals[2] + totals[3]), TOTAL.but(number_format=PERCENT))
    if last < first:
        return row + 1
    row += 2
    rows = min(16, 7 + 2 * (last - first + 1))
    chart = over_and_under_chart(
        "Agent-hours missing and superfluous",
        under=_column(pen.sheet, RIGHT + 3, first, last),
        over=_column(pen.sheet, RIGHT + 4, first, last),
        labels=_column(pen.sheet, RIGHT, first, last),
    )
    place(pen.sheet, chart, column=RIGHT, row=row, last_column=RIGHT_LAST, last_row=row + rows - 1)
    return row + rows


def _column(sheet: Worksheet, column: int, first: int, last: int) -> Reference:
    return Reference(sheet, min_col=column, max_col=column, min_row=first, max_row=last)


def _day_by_day(result: ResultBook, pen: Pen, row: int) -> int:
    """A line a day, or a line a week where the horizon is long."""
    problem = result.problem
    grid = problem.grid
    by_week = grid.days > MOST_DAYS
    blocks = problem.weeks if by_week else tuple((day,) for day in range(grid.days))
    unit = " h" if result.has_curve else ""  # else people on shifts
    pen.span(row, LEFT, RIGHT_LAST, "Week by week" if by_week else "Day by day", SECTION)
    row += 1
    pen.span(row, LEFT, LEFT + 2, "From" if by_week else "Day", HEADING_LEFT)
    headings = ["Agents", "Duties", "Paid hours", ""]
    headings += [f"{title}{unit}" for title in ("Required", "Scheduled", "Missing", "Superfl.")]
    last_heading = "Curve fit" if result.has_curve else "In place"
    pen.row(row, LEFT + 3, [(text, _FIGURE_HEADING) for text in (*headings, "", last_heading)])
    number, count = BODY.but(number_format=_ONE_DECIMAL), BODY.but(number_format=COUNT)
    for block in blocks:
        row += 1
        duties = [duty for duty in result.duties if duty.day in block]
        figures, fit = _figures_of(result, block)
        pen.span(row, LEFT, LEFT + 2, spoken_date(grid.date(block[0]), long=True), BODY.but(across="left"))
        pen.row(
            row,
            LEFT + 3,
            [
                (len({duty.agent for duty in duties}), count),
                (len(duties), count),
                (hours(sum(duty.paid_minutes for duty in duties)), number),
                ("", BODY),
                *((figure, number if result.has_curve else count) for figure in figures),
                ("", BODY),
                (fit, BODY.but(number_format=PERCENT)),
            ],
        )
    return row + 2


def _figures_of(
    result: ResultBook, days: tuple[int, ...]
) -> tuple[tuple[float, float, float, float], float | None]:
    """Required, scheduled, missing and superfluous on some days, and how well that fits.

    In agent-hours where there is a curve, else in people.
    """
    if not result.has_curve:
        required, scheduled, over, under = sums_of_all(result.report.headcounts, slice(days[0], days[-1] + 1))
        return (required, scheduled, under, over), _fit(required, under)
    coverage, grid = result.coverage, result.problem.grid
    first = grid.day_start(days[0]) // coverage.interval_minutes
    last = grid.day_start(days[-1] + 1) // coverage.interval_minutes
    parts = (coverage.required, coverage.scheduled, coverage.missing, coverage.superfluous)
    required, scheduled, missing, superfluous = (
        sum(sum(minutes[first:last]) for minutes in part.values()) for part in parts
    )
    figures = hours(required), hours(scheduled), hours(missing), hours(superfluous)
    return figures, _fit(required, missing + superfluous)


def _fit(required: int, off: int) -> float | None:
    return 1.0 - off / required if required else None
