"""The Pay lines sheet: what each person is paid, a line a kind of pay, each rounded once."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from scheduler.domain.values.money import COST_UNITS_PER_CENT, in_currency
from scheduler.io.files.styles import BODY, HEADING, HEADING_LEFT, HOURS, MONEY, MUTED, TOTAL, CellValue, Look
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook, freeze, hours, widths
from scheduler.pay.payroll import PayLine
from scheduler.texts import text

HEADING_ROW = 4
_COLUMNS = (
    ("Agent", 20),
    ("Personnel no.", 11),
    ("Contract", 14),
    ("Kind of pay", 24),
    ("Hours", 10),
    ("Pay", 13),
)
_LEFT = 4
"""Columns of words."""
_QUIET = BODY.but(ink=MUTED)


def add_pay_lines(result: ResultBook) -> None:
    """Add the sheet."""
    pen = result.sheet(
        names.PAY,
        text("Pay lines"),
        text(
            "In {currency}, each line rounded once. Premiums are paid on top of basic pay.",
            currency=result.problem.currency,
        ),
    )
    for column, (heading, width) in enumerate(_COLUMNS, start=1):
        pen.put(HEADING_ROW, column, heading, HEADING_LEFT if column <= _LEFT else HEADING)
        widths(pen.sheet, width, first=column)
    row = HEADING_ROW
    for line in result.pay_lines:
        agent = result.problem.agent_named[line.agent]
        row += 1
        pen.row(
            row,
            1,
            [
                (agent.name, BODY.but(bold=True)),
                (agent.personnel_number or "", _QUIET),
                (agent.contract, _QUIET),
                (text(line.kind), BODY),
                (hours(line.minutes), BODY.but(number_format=HOURS)),
                (in_currency(line.cents * COST_UNITS_PER_CENT), BODY.but(number_format=MONEY)),
            ],
        )
    last = get_column_letter(len(_COLUMNS))
    freeze(pen.sheet, row=HEADING_ROW + 1, column=2)
    pen.sheet.auto_filter.ref = f"A{HEADING_ROW}:{last}{max(row, HEADING_ROW + 1)}"
    for kind in dict.fromkeys(line.kind for line in result.pay_lines):
        row += 1
        pen.row(row, 1, _together(text(kind), [line for line in result.pay_lines if line.kind == kind]))
    if result.pay_lines:
        row += 1
        pen.row(row, 1, _together("", result.pay_lines))
    result.print_set_up(
        pen.sheet, area=f"A1:{last}{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}", title_columns="A:A"
    )


def _together(kind: str, lines: Sequence[PayLine]) -> list[tuple[CellValue, Look]]:
    """All of one kind, or of every kind: hours of premiums are among those of basic pay."""
    total = in_currency(sum(line.cents for line in lines) * COST_UNITS_PER_CENT)
    minutes = hours(sum(line.minutes for line in lines)) if kind else ""
    return [
        ("All", TOTAL),
        ("", TOTAL),
        ("", TOTAL),
        (kind, TOTAL),
        (minutes, TOTAL.but(number_format=HOURS)),
        (total, TOTAL.but(number_format=MONEY)),
    ]
