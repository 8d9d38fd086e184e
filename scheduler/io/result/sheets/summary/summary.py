"""The Summary sheet: what the roster is worth, on one page, for the person who signs it.

What the search told of itself stands in a block of its own, which says that nobody verifies it.
"""

from collections import Counter
from fractions import Fraction
from itertools import chain
from math import isfinite

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain import HeadcountCoverage
from scheduler.domain.facts.contract import BASIC_PAY
from scheduler.domain.values.money import COST_UNITS_PER_CENT, NO_ROSTER, in_currency
from scheduler.domain.values.words import counted, plain_rule_name, spoken_date
from scheduler.io.files.styles import (
    BODY,
    COUNT,
    HEADING,
    HEADING_LEFT,
    MONEY,
    PERCENT,
    SECTION,
    SUBTITLE,
    TITLE,
    TOTAL,
    Look,
    Pen,
)
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.coverage.charts import over_and_under_chart, place
from scheduler.io.result.sheets.coverage.coverage import curves, horizon_chart
from scheduler.io.result.sheets.page import ResultBook, hours, same_width, widths
from scheduler.io.result.sheets.summary.how_made import add_how_made
from scheduler.io.result.sheets.summary.tiles import add_tiles
from scheduler.io.result.sheets.words import plain_words, rule_share
from scheduler.pay.payroll import paid_out
from scheduler.texts import text

LEFT, LEFT_LAST = 2, 7
RIGHT, RIGHT_LAST = 9, 14
LABEL_LAST, AMOUNT, AMOUNT_LAST, SHARE = 4, 5, 6, 7
MOST_DAYS = 14
_FIGURE_HEADING = HEADING.but(across="right")
_LABEL_SIGNS = 34
"""Signs of a label that fit into one line."""
_ONE_DECIMAL = "#,##0.0"


def add_summary(result: ResultBook) -> None:
    """Add the sheet; its chart needs the Coverage sheet, if there is one, which is added before."""
    problem = result.problem
    pen = result.sheet(names.SUMMARY, "", "")
    sheet = pen.sheet
    pen.put(1, LEFT, problem.name, TITLE)
    pen.put(
        2,
        LEFT,
        text(
            "Shift roster for {horizon}  ·  {agents}  ·  {skills}  ·  clock {time_zone}",
            horizon=result.horizon,
            agents=counted(len(problem.agents), "agent"),
            skills=counted(len(problem.skills), "skill"),
            time_zone=problem.grid.time_zone,
        ),
        SUBTITLE,
    )
    row = add_tiles(result, pen, 4)
    row = _in_words(result, pen, row)
    after_left = _distance(result, pen, _costs(result, pen, row))
    after_right = _staffing(result, pen, row) if result.has_curve else row
    if problem.headcounts:
        after_right = _shifts(result, pen, after_right + result.has_curve)
    row = max(after_left, after_right) + 1
    if result.has_curve:
        shown = curves(result.coverage)
        whose = text("all skills") if len(shown) > 1 else shown[0].name
        title = text("Agents required (line) and scheduled (area), {whose}", whose=whose)
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


def _in_words(result: ResultBook, pen: Pen, row: int) -> int:
    pen.span(row, LEFT, RIGHT_LAST, text("In words"), SECTION)
    for sentence in plain_words(result.problem, result.outcome, result.report):
        row += 1
        pen.span(row, LEFT, RIGHT_LAST, sentence, Look(wrap=True, down="center", across="left"))
        pen.sheet.row_dimensions[row].height = 15 * (1 + len(sentence) // 150)
    return row + 2


def _costs(result: ResultBook, pen: Pen, row: int) -> int:
    cost = result.outcome.cost
    pen.span(row, LEFT, LEFT_LAST, text("What it costs, by cause"), SECTION)
    row += 1
    _money_heading(result, pen, row)
    lines = [(names.WAGES, cost.wages), (names.MISSING, cost.missing), (names.SUPERFLUOUS, cost.superfluous)]
    lines += [(plain_rule_name(label), price) for label, price in cost.rules.items()]
    for label, part in lines:
        row += 1
        _money_line(pen, row, label, part, rule_share(result.outcome, part))
    row += 1
    _money_line(pen, row, names.TOTAL_COST, cost.total, 1.0, look=TOTAL)
    if result.problem.paid_on_top:
        row = _paid_out(result, pen, row)
    return _pay_for_absence(result, pen, row) + 2


def _paid_out(result: ResultBook, pen: Pen, row: int) -> int:
    """What the pay lines come to, and what rounding each of them makes of it; the last row."""
    out = paid_out(result.pay_lines)
    premiums = sum(line.cost for line in result.pay_lines if line.kind != BASIC_PAY and not line.is_absence)
    for label, amount in (
        (text("Of the wages: premiums"), premiums),
        (text("Pay lines of duties, rounded"), out.cents * COST_UNITS_PER_CENT),
        (text("Rounding difference"), out.rounding),
    ):
        row += 1
        _money_line(pen, row, label, amount)
    return row


def _pay_for_absence(result: ResultBook, pen: Pen, row: int) -> int:
    """What is paid beside the roster's cost, sick calls apart from time off; the last row."""
    every, sick = result.pay_for_time_off, result.pay_for_sick_leave
    for label, pay in (
        (text("Beside it: pay for time off"), every - sick),
        (text("Beside it: pay for sick calls"), sick),
    ):
        if pay:
            row += 1
            _money_line(pen, row, label, pay)
    if every:
        row += 1
        together = text("Wages and pay for absence") if sick else text("Wages and pay for time off")
        _money_line(pen, row, together, result.outcome.cost.wages + every)
    return row


def _distance(result: ResultBook, pen: Pen, row: int) -> int:
    outcome = result.outcome
    total, fixed = outcome.cost.total, outcome.certificate.unavoidable_wages
    if outcome.bound >= NO_ROSTER:
        pen.span(row, LEFT, LEFT_LAST, text("It is proven that this input has no legal roster"), SECTION)
        return row + 1
    pen.span(row, LEFT, LEFT_LAST, text("How far from the best possible"), SECTION)
    row += 1
    _money_heading(result, pen, row)
    _money_line(pen, row + 1, names.BOUND, outcome.bound, rule_share(outcome, outcome.bound))
    compares = result.report.is_legal  # the bound is of legal rosters
    gap, gaps = total - outcome.bound if compares else None, (outcome.gap, outcome.gap_controllable)
    of_cost, of_influenced = gaps if compares else (None, None)
    _money_line(pen, row + 2, text("Gap: cost above the bound"), gap, of_cost)
    _money_line(pen, row + 3, text("Wages that nobody can avoid"), fixed, rule_share(outcome, fixed))
    _money_line(
        pen,
        row + 4,
        text("Cost that planning can influence"),
        total - fixed,
        rule_share(outcome, total - fixed),
    )
    _money_line(pen, row + 5, text("Gap of the influenceable part"), gap, of_influenced)
    return row + 6


def _money_heading(result: ResultBook, pen: Pen, row: int) -> None:
    pen.span(row, LEFT, LABEL_LAST, "", HEADING_LEFT)
    pen.span(row, AMOUNT, AMOUNT_LAST, result.problem.currency, _FIGURE_HEADING)
    pen.put(row, SHARE, "%", _FIGURE_HEADING)


def _money_line(
    pen: Pen, row: int, label: str, cost: int | Fraction | None, share: float | None = None, look: Look = BODY
) -> None:
    is_long = len(label) > _LABEL_SIGNS
    pen.span(row, LEFT, LABEL_LAST, label, look.but(wrap=True) if is_long else look)
    if is_long:
        pen.sheet.row_dimensions[row].height = 30
    amount = None if cost is None else in_currency(cost)
    pen.span(row, AMOUNT, AMOUNT_LAST, amount, look.but(number_format=MONEY))
    pen.put(
        row, SHARE, share if share is not None and isfinite(share) else None, look.but(number_format="0.00%")
    )


def _shifts(result: ResultBook, pen: Pen, row: int) -> int:
    """People by headcount over all days."""
    heads = result.report.headcounts
    pen.span(row, RIGHT, RIGHT_LAST, text("Staffing by shift, in people"), SECTION)
    row += 1
    headings = ("Shift", "Required", "Scheduled", "Missing", "Superfl.", "In place")
    pen.row(
        row,
        RIGHT,
        [(heading, _FIGURE_HEADING if at else HEADING_LEFT) for at, heading in enumerate(headings)],
    )
    every = [(_shift_label(heads, name), heads.of(name), BODY) for name in heads.required]
    for name, (required, scheduled, over, under), look in (*every, ("All", heads.together(), TOTAL)):
        row += 1
        number = look.but(number_format=COUNT)
        pen.put(row, RIGHT, name, look)
        pen.row(row, RIGHT + 1, [(figure, number) for figure in (required, scheduled, under, over)])
        pen.put(row, RIGHT + 5, _fit(required, under), look.but(number_format=PERCENT))
    return row + 2


def _shift_label(heads: HeadcountCoverage, row: str) -> str:
    """The row's name, and that its people are among those of another row."""
    return text("of these: {row}", row=row) if any(heads.of_these[row]) else row


def _staffing(result: ResultBook, pen: Pen, row: int) -> int:
    coverage = result.coverage
    pen.span(row, RIGHT, RIGHT_LAST, text("Staffing by skill, in agent-hours"), SECTION)
    row += 1
    headings = ("Skill", "Required", "Scheduled", "Missing", "Superfl.", "Curve fit")
    pen.row(
        row,
        RIGHT,
        [(heading, _FIGURE_HEADING if at else HEADING_LEFT) for at, heading in enumerate(headings)],
    )
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
        text("Agent-hours missing and superfluous"),
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
    pen.span(row, LEFT, RIGHT_LAST, text("Week by week") if by_week else text("Day by day"), SECTION)
    row += 1
    pen.span(row, LEFT, LEFT + 2, "From" if by_week else "Day", HEADING_LEFT)
    headings = ["Agents", "Duties", "Paid hours", ""]
    headings += [f"{title}{unit}" for title in ("Required", "Scheduled", "Missing", "Superfl.")]
    last_heading = "Curve fit" if result.has_curve else "In place"
    pen.row(row, LEFT + 3, [(heading, _FIGURE_HEADING) for heading in (*headings, "", last_heading)])
    number, count = BODY.but(number_format=_ONE_DECIMAL), BODY.but(number_format=COUNT)
    time_off = Counter[int]()
    for absent in chain.from_iterable(result.absences.values()):
        time_off[absent.day] += absent.paid_minutes
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
                (
                    hours(sum(duty.paid_minutes for duty in duties) + sum(time_off[day] for day in block)),
                    number,
                ),
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
        required, scheduled, over, under = result.report.headcounts.together(slice(days[0], days[-1] + 1))
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
