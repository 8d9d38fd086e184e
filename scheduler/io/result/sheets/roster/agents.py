"""The sheet of each agent's hours, days, nights, weekends, wages and wishes."""

from collections.abc import Hashable, Mapping
from typing import Any

from openpyxl.utils import get_column_letter

from scheduler.domain import Agent, Duty, Violation
from scheduler.domain.values.money import in_currency
from scheduler.io.files.styles import (
    BODY,
    COUNT,
    HEADING,
    HEADING_LEFT,
    HOURS,
    MONEY,
    MUTED,
    TOTAL,
    CellValue,
    Look,
)
from scheduler.io.result.contents import names
from scheduler.io.result.contents.frames import agent_hours
from scheduler.io.result.sheets.page import ResultBook, freeze, hours, widths
from scheduler.model import StartsOutside
from scheduler.texts import text

HEADING_ROW = 4

_COLUMNS = (
    ("Agent", 20), ("Personnel no.", 11), ("Team", 11), ("Contract", 14), ("Skills", 18), ("Clock", 14),
    ("Duties", 8), ("Duties h", 10), ("Paid time off h", 10), ("Paid h", 10),
    ("Contract min h", 10), ("Contract max h", 10), ("At work h", 10), ("Nights", 8),
    ("Saturdays and Sundays", 10), ("Weekends", 9), ("Wages", 12), ("Pay for time off", 12), ("Pay", 12),
    ("Days off as wished", 11),
    ("Starts as wished", 10), ("Shifts as wished", 10), ("Preferences broken", 11), ("Their cost", 10),
)  # fmt: skip

_TEXT = BODY.but(ink=MUTED)
_COUNT = BODY.but(number_format=COUNT, across="center")
_HOURS = BODY.but(number_format=HOURS)
_MONEY = BODY.but(number_format=MONEY)
_CENTRE = BODY.but(across="center")


def add_agents(result: ResultBook) -> None:
    """Add the sheet."""
    pen = result.sheet(
        names.AGENTS,
        text("Hours by agent"),
        text(
            "Paid h is duties and paid time off, and Pay is for both. A night is a duty with three hours or "
            "more between 23:00 and 06:00. Contract hours are per week. Wishes are shown as met of stated."
        ),
    )
    sheet = pen.sheet
    for column, (heading, width) in enumerate(_COLUMNS, start=1):
        pen.put(HEADING_ROW, column, heading, HEADING_LEFT if column <= 6 else HEADING)
        widths(sheet, width, first=column)
    sheet.row_dimensions[HEADING_ROW].height = 42
    broken: dict[str, list[Violation]] = {}
    for violation in result.report.preferences_broken:
        if violation.agent:
            broken.setdefault(violation.agent, []).append(violation)
    row = HEADING_ROW
    lines = agent_hours(result.problem, result.outcome).to_dict("records")
    for agent, line in zip(result.problem.agents, lines, strict=True):
        row += 1
        pen.row(row, 1, _cells(result, agent, line, broken.get(agent.name, [])))
    last = get_column_letter(len(_COLUMNS))
    freeze(sheet, row=HEADING_ROW + 1, column=2)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{last}{max(row, HEADING_ROW + 1)}"
    if row > HEADING_ROW:
        pen.row(row + 1, 1, _totals(lines))
        row += 1
    result.print_set_up(
        sheet, area=f"A1:{last}{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}", title_columns="A:A", wide=2
    )


def _cells(
    result: ResultBook, agent: Agent, line: Mapping[Hashable, Any], broken: list[Violation]
) -> list[tuple[CellValue, Look]]:
    """An agent's row; ``line`` is theirs in the table of hours."""
    duties, contract = result.outcome.roster.of(agent.name), result.problem.contract_of(agent)
    return [
        (agent.name, BODY.but(bold=True)),
        (agent.personnel_number or "", _TEXT),
        (agent.team or "", _TEXT),
        (agent.contract, _TEXT),
        (", ".join(agent.skills), _TEXT),
        (result.problem.zone_of(agent), _TEXT),
        (line["Duties"], _COUNT),
        (hours(line["Duties min"]), _HOURS),
        (hours(line["Paid time off min"]) or None, _HOURS),
        (hours(line["Paid min"]), _HOURS.but(bold=True)),
        (None if contract.min_paid_minutes is None else hours(contract.min_paid_minutes), _HOURS),
        (None if contract.max_paid_minutes is None else hours(contract.max_paid_minutes), _HOURS),
        (hours(line["At work min"]), _HOURS),
        (line["Nights"], _COUNT),
        (line["Saturdays and Sundays"], _COUNT),
        (line["Weekends"], _COUNT),
        (line["Wages"], _MONEY),
        (line["Pay for time off"] or None, _MONEY),
        (line["Pay"], _MONEY.but(bold=True)),
        (_days_off_met(result, agent, duties), _CENTRE),
        (_starts_met(result, agent, duties), _CENTRE),
        (_wishes_met(result, agent, duties), _CENTRE),
        (len(broken) or None, _COUNT),
        (in_currency(sum(one.cost for one in broken)) if broken else None, _MONEY),
    ]


def _days_off_met(result: ResultBook, agent: Agent, duties: tuple[Duty, ...]) -> str:
    grid = result.problem.grid
    wished = {grid.day_index(day) for day in agent.preferred_days_off}
    wished = {day for day in wished if 0 <= day < grid.days}
    if not wished:
        return ""
    return text("{met} of {stated}", met=len(wished - {duty.day for duty in duties}), stated=len(wished))


def _starts_met(result: ResultBook, agent: Agent, duties: tuple[Duty, ...]) -> str:
    if not agent.preferred_starts or not duties:
        return ""
    outside = StartsOutside(agent.preferred_starts)
    missed = sum(outside.amount(result.problem, agent, duty) for duty in duties)
    return text("{met} of {stated}", met=len(duties) - missed, stated=len(duties))


def _wishes_met(result: ResultBook, agent: Agent, duties: tuple[Duty, ...]) -> str:
    grid = result.problem.grid
    stated = [wish for wish in agent.shift_wishes if 0 <= grid.day_index(wish.day) < grid.days]
    if not stated:
        return ""
    worked = {(grid.date(duty.day), name) for duty in duties for name in (None, duty.template)}
    return text(
        "{met} of {stated}",
        met=sum(((wish.day, wish.template) in worked) == wish.wanted for wish in stated),
        stated=len(stated),
    )


def _totals(lines: list[dict[Hashable, Any]]) -> list[tuple[CellValue, Look]]:
    """The row below all agents."""

    def sum_of(heading: str) -> Any:
        return sum(line[heading] for line in lines)

    count = TOTAL.but(number_format=COUNT, across="center")
    in_hours, money = TOTAL.but(number_format=HOURS), TOTAL.but(number_format=MONEY)
    known: dict[str, tuple[CellValue, Look]] = {"Agent": ("All", TOTAL)}
    known |= {name: (sum_of(name), count) for name in ("Duties", "Nights", "Saturdays and Sundays")}
    known |= {name: (sum_of(name), money) for name in ("Wages", "Pay for time off", "Pay")}
    known |= {
        f"{name} h": (hours(sum_of(f"{name} min")), in_hours)
        for name in ("Duties", "Paid time off", "Paid", "At work")
    }
    return [known.get(heading, ("", TOTAL)) for heading, _ in _COLUMNS]
