"""The sheet of each agent's hours, days, nights, weekends, wages and wishes."""

from openpyxl.utils import get_column_letter

from scheduler.domain import Agent, Duty, Violation
from scheduler.domain.grid import MINUTES_PER_HOUR
from scheduler.domain.money import hourly, in_currency
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
from scheduler.io.result.sheets import names
from scheduler.io.result.sheets.page import ResultBook, freeze, hours, widths
from scheduler.model import NightMinutes, StartsOutside
from scheduler.model.absences import paid_time_off, pay_for_time_off
from scheduler.texts import text

HEADING_ROW = 4
NIGHT = NightMinutes(since=23 * MINUTES_PER_HOUR, until=30 * MINUTES_PER_HOUR)
NIGHT_MINUTES = 180

_COLUMNS = (
    ("Agent", 22), ("Personnel no.", 13), ("Team", 13), ("Contract", 15), ("Skills", 20), ("Clock", 16),
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


def is_night(result: ResultBook, agent: Agent, duty: Duty) -> bool:
    """Whether three hours or more lie between 23:00 and 06:00 (directive 2003/88/EC, article 2)."""
    return NIGHT.amount(result.problem, agent, duty) >= NIGHT_MINUTES


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
    for agent in result.problem.agents:
        row += 1
        pen.row(row, 1, _cells(result, agent, broken.get(agent.name, [])))
    last = get_column_letter(len(_COLUMNS))
    freeze(sheet, row=HEADING_ROW + 1, column=2)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{last}{max(row, HEADING_ROW + 1)}"
    if row > HEADING_ROW:
        pen.row(row + 1, 1, _totals(result))
        row += 1
    result.print_set_up(
        sheet, area=f"A1:{last}{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}", title_columns="A:A"
    )


def _cells(result: ResultBook, agent: Agent, broken: list[Violation]) -> list[tuple[CellValue, Look]]:
    problem, grid = result.problem, result.problem.grid
    duties = result.outcome.roster.of(agent.name)
    contract = problem.contract_of(agent)
    paid = sum(duty.paid_minutes for duty in duties)
    off, pay_off = paid_time_off(problem, agent), pay_for_time_off(problem, agent)
    wages = hourly(problem.pay_of(agent), paid)
    weekend_days = [duty.day for duty in duties if grid.weekday(duty.day) >= 5]
    cells: list[tuple[CellValue, Look]] = [
        (agent.name, BODY.but(bold=True)),
        (agent.personnel_number or "", _TEXT),
        (agent.team or "", _TEXT),
        (agent.contract, _TEXT),
        (", ".join(agent.skills), _TEXT),
        (problem.zone_of(agent), _TEXT),
        (len(duties), _COUNT),
        (hours(paid), _HOURS),
        (hours(off) if off else None, _HOURS),
        (hours(paid + off), _HOURS.but(bold=True)),
        (None if contract.min_paid_minutes is None else hours(contract.min_paid_minutes), _HOURS),
        (None if contract.max_paid_minutes is None else hours(contract.max_paid_minutes), _HOURS),
        (hours(sum(duty.worked_minutes for duty in duties)), _HOURS),
        (sum(is_night(result, agent, duty) for duty in duties), _COUNT),
        (len(weekend_days), _COUNT),
        # a Saturday and the Sunday after it are one weekend
        (len({(day - grid.weekday(day)) for day in weekend_days}), _COUNT),
        (in_currency(wages), _MONEY),
        (in_currency(pay_off) if pay_off else None, _MONEY),
        (in_currency(wages + pay_off), _MONEY.but(bold=True)),
        (_days_off_met(result, agent, duties), _CENTRE),
        (_starts_met(result, agent, duties), _CENTRE),
        (_wishes_met(result, agent, duties), _CENTRE),
        (len(broken) or None, _COUNT),
        (in_currency(sum(one.cost for one in broken)) if broken else None, _MONEY),
    ]
    return cells


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


def _totals(result: ResultBook) -> list[tuple[CellValue, Look]]:
    duties, wages = result.duties, result.outcome.cost.wages
    in_hours, money = TOTAL.but(number_format=HOURS), TOTAL.but(number_format=MONEY)
    at_weekends = sum(result.problem.grid.weekday(duty.day) >= 5 for duty in duties)
    nights = sum(is_night(result, result.problem.agent_named[duty.agent], duty) for duty in duties)
    known: dict[str, tuple[CellValue, Look]] = {
        "Agent": ("All", TOTAL),
        "Duties": (len(duties), TOTAL.but(number_format=COUNT, across="center")),
        "Duties h": (hours(result.paid_minutes), in_hours),
        "Paid time off h": (hours(result.paid_time_off), in_hours),
        "Paid h": (hours(result.paid_minutes + result.paid_time_off), in_hours),
        "At work h": (hours(sum(duty.worked_minutes for duty in duties)), in_hours),
        "Nights": (nights, TOTAL.but(number_format=COUNT, across="center")),
        "Saturdays and Sundays": (at_weekends, TOTAL.but(number_format=COUNT, across="center")),
        "Wages": (in_currency(wages), money),
        "Pay for time off": (in_currency(result.pay_for_time_off), money),
        "Pay": (in_currency(wages + result.pay_for_time_off), money),
    }
    return [known.get(heading, ("", TOTAL)) for heading, _ in _COLUMNS]
