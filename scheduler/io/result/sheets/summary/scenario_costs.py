"""The Scenario costs sheet: what the roster costs if one of the scenarios comes, a line each."""

from openpyxl.utils import get_column_letter

from scheduler.io.files.styles import BODY, HEADING, HEADING_LEFT, MONEY, TOTAL, CellValue, Look
from scheduler.io.result.contents import names
from scheduler.io.result.contents.scenario_figures import FIGURES, on_average
from scheduler.io.result.sheets.page import ResultBook, freeze, same_width, widths
from scheduler.texts import text

HEADING_ROW = 4
_FORMATS = {"share": "0.0%", "money": MONEY, "hours": "#,##0.0"}


def add_scenario_costs(result: ResultBook) -> None:
    """Add the sheet."""
    pen = result.sheet(
        names.SCENARIO_COSTS,
        text("Scenario costs"),
        text(
            "In {currency} and agent-hours, if a scenario comes and people are on the skills that are best "
            "in it. As allocated: on those that are best on average; this average is what is made least.",
            currency=result.problem.currency,
        ),
    )
    scenarios = result.report.scenarios
    headings: list[tuple[CellValue, Look]] = [(text("Scenario"), HEADING_LEFT)]
    headings += [(one.title, HEADING) for one in FIGURES]
    pen.row(HEADING_ROW, 1, headings)
    row = HEADING_ROW
    for scenario in scenarios:
        row += 1
        figures = [(one.of(scenario), BODY.but(number_format=_FORMATS[one.unit])) for one in FIGURES]
        pen.row(row, 1, [(scenario.name, BODY), *figures])
    row += 1
    average = [(on_average(one, scenarios), TOTAL.but(number_format=_FORMATS[one.unit])) for one in FIGURES]
    pen.row(row, 1, [(text("On average"), TOTAL), *average])
    widths(pen.sheet, 28)
    same_width(pen.sheet, 2, 1 + len(FIGURES), 14)
    freeze(pen.sheet, row=HEADING_ROW + 1, column=2)
    last = get_column_letter(1 + len(FIGURES))
    result.print_set_up(
        pen.sheet, area=f"A1:{last}{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}", title_columns="A:A"
    )
