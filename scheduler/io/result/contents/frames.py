"""What a result holds, as frames with typed columns: for engineers, for payroll, and for the sheets.

Minutes are whole, money is in currency, local times are on each agent's own clock with UTC beside them.
"""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scheduler.domain import Duty, Finding, Outcome, Problem
from scheduler.domain.values.money import hourly, in_currency
from scheduler.io.cells.frames import DATES, MOMENTS, NUMBERS, TEXTS, TRUTH, UTC_MOMENTS, WHOLE, frame_of
from scheduler.io.result.contents import names
from scheduler.io.result.contents.scenario_figures import FIGURES
from scheduler.model.calendar.absences import absent_days, paid_time_off, pay_for_time_off
from scheduler.model.calendar.nights import is_night
from scheduler.pay.duty_pay import DutyPay
from scheduler.pay.payroll import pay_lines

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[Any, ...]
Columns = tuple[tuple[str, str], ...]
"""Heading and type of each column."""

_PERSON: Columns = (("Agent", TEXTS), ("Personnel no.", TEXTS), ("Team", TEXTS), ("Contract", TEXTS))
_FROM_TO: Columns = (
    ("Start", MOMENTS),
    ("End", MOMENTS),
    ("Start UTC", UTC_MOMENTS),
    ("End UTC", UTC_MOMENTS),
)
_DUTIES: Columns = (
    *_PERSON, ("Kind", TEXTS), ("Date", DATES), ("Shift", TEXTS), *_FROM_TO, ("Elapsed min", WHOLE),
    ("Paid min", WHOLE), ("Unpaid min", WHOLE), ("Pay per hour", NUMBERS), ("Cost", NUMBERS),
)  # fmt: skip
_BREAKS: Columns = (
    ("Agent", TEXTS), ("Date", DATES), ("Shift", TEXTS), ("Break", TEXTS), *_FROM_TO, ("Minutes", WHOLE),
    ("Paid", TRUTH),
)  # fmt: skip
_COVERAGE: Columns = (
    ("Start", MOMENTS), ("Start UTC", UTC_MOMENTS), ("Skill", TEXTS), ("Required", NUMBERS),
    ("Scheduled", NUMBERS), ("Missing", NUMBERS), ("Superfluous", NUMBERS),
)  # fmt: skip
_SHIFT_COVERAGE: Columns = (
    ("Date", DATES), ("Shift", TEXTS), ("Skill", TEXTS), ("Required", WHOLE), ("Scheduled", WHOLE),
    ("Missing", WHOLE), ("Superfluous", WHOLE), ("Maximum", WHOLE), ("Beyond maximum", WHOLE),
    ("Is in the sum", TRUTH),
)  # fmt: skip
_SCENARIO_COSTS: Columns = (("Scenario", TEXTS), *((one.title, NUMBERS) for one in FIGURES))
_HOURS: Columns = (
    *_PERSON, ("Duties", WHOLE), ("Duties min", WHOLE), ("Paid time off min", WHOLE), ("Paid min", WHOLE),
    ("At work min", WHOLE), ("Nights", WHOLE), ("Saturdays and Sundays", WHOLE), ("Weekends", WHOLE),
    ("Wages", NUMBERS), ("Pay for time off", NUMBERS), ("Pay", NUMBERS),
)  # fmt: skip
_PAY: Columns = (
    *_PERSON, ("Kind of pay", TEXTS), ("Minutes", WHOLE), ("Pay", NUMBERS), ("Is in the cost", TRUTH),
)  # fmt: skip
_COSTS: Columns = (("Cause", TEXTS), ("Cost", NUMBERS), ("Is in the cost", TRUTH))
_VIOLATIONS: Columns = (
    ("Rule", TEXTS), ("Strength", TEXTS), ("Agent", TEXTS), ("Date", DATES), ("Days", WHOLE),
    ("Amount", WHOLE), ("Unit", TEXTS), ("Cost", NUMBERS), ("In words", TEXTS),
)  # fmt: skip
_FINDINGS: Columns = (("Severity", TEXTS), ("Place", TEXTS), ("Message", TEXTS), ("Hint", TEXTS))


def result_frames(
    problem: Problem, outcome: Outcome, findings: Iterable[Finding] = ()
) -> "dict[str, pd.DataFrame]":
    """Every table of a result, by its key.

    Parameters
    ----------
    findings
        Warnings about the input.
    """
    makers: dict[str, tuple[Columns, Iterable[Row]]] = {
        "duties": (_DUTIES, _duties(problem, outcome)),
        "duty_breaks": (_BREAKS, _breaks(problem, outcome)),
        "coverage": (_COVERAGE, _coverage(problem, outcome)),
        "shift_coverage": (_SHIFT_COVERAGE, _shift_coverage(problem, outcome)),
        "scenario_costs": (_SCENARIO_COSTS, _scenario_costs(outcome)),
        "agent_hours": (_HOURS, _hours(problem, outcome)),
        **({"pay_lines": (_PAY, _pay(problem, outcome))} if problem.paid_on_top else {}),
        "costs": (_COSTS, _costs(problem, outcome)),
        "violations": (_VIOLATIONS, _violations(problem, outcome)),
        "findings": (
            _FINDINGS,
            ((one.severity.value, str(one.place), one.message, one.hint) for one in findings),
        ),
    }
    return {key: _frame(columns, rows) for key, (columns, rows) in makers.items()}


def agent_hours(problem: Problem, outcome: Outcome) -> "pd.DataFrame":
    """Hours and pay, a row an agent in the order of the problem."""
    return _frame(_HOURS, _hours(problem, outcome))


def _frame(columns: Columns, rows: Iterable[Row]) -> "pd.DataFrame":
    every = list(rows)
    return frame_of(
        {heading: (type_, [row[at] for row in every]) for at, (heading, type_) in enumerate(columns)}
    )


def _moments(problem: Problem, agent: str, start: int, end: int) -> Row:
    """Local start and end on an agent's clock, and both in UTC."""
    grid, zone = problem.grid, problem.zone_of(problem.agent_named[agent])
    local = (grid.local(instant, zone).replace(tzinfo=None, fold=0) for instant in (start, end))
    return (*local, *(grid.origin + timedelta(minutes=instant) for instant in (start, end)))


def _duties(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    """A row a duty and day of absence, by agent and date."""
    duty_pay = DutyPay(problem)
    for agent in problem.agents:
        pay = problem.pay_of(agent)
        person = (agent.name, agent.personnel_number, agent.team, agent.contract)
        rows: list[tuple[int, Row]] = []
        duties = outcome.roster.of(agent.name)
        for duty, cost in zip(duties, duty_pay.costs(agent, duties), strict=True):
            minutes = (duty.elapsed_minutes, duty.paid_minutes, duty.elapsed_minutes - duty.paid_minutes)
            times = _moments(problem, agent.name, duty.start, duty.end)
            row = (*person, names.DUTY, problem.grid.date(duty.day), duty.template, *times, *minutes)
            rows.append((duty.day, (*row, pay / 100, in_currency(cost))))
        for absent in absent_days(problem, agent):
            zone = problem.zone_of(agent)
            begins, ends = (problem.grid.instant(at, zone) for at in (absent.start, absent.end))
            utc = _moments(problem, agent.name, begins, ends)[2:]
            row = (*person, absent.kind, absent.start.date(), None, absent.start, absent.end, *utc)
            paid = (None, absent.paid_minutes, None, pay / 100, in_currency(hourly(pay, absent.paid_minutes)))
            rows.append((absent.day, (*row, *paid)))
        yield from (row for _, row in sorted(rows, key=lambda one: one[0]))


def _breaks(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    for agent in problem.agents:
        for duty in outcome.roster.of(agent.name):
            for pause in duty.breaks:
                yield (
                    agent.name, problem.grid.date(duty.day), duty.template, pause.name,
                    *_moments(problem, agent.name, pause.start, pause.end), pause.length_minutes, pause.paid,
                )  # fmt: skip


def _coverage(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    """Agents by interval and skill; agent-minutes over the length of an interval."""
    coverage, grid = outcome.coverage, problem.grid
    length = coverage.interval_minutes
    for interval in range(grid.intervals):
        utc = grid.origin + timedelta(minutes=interval * length)
        local = grid.local(interval * length).replace(tzinfo=None, fold=0)
        for skill in coverage.required:
            parts = (coverage.required, coverage.scheduled, coverage.missing, coverage.superfluous)
            yield (local, utc, skill, *(part[skill][interval] / length for part in parts))


def _shift_coverage(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    heads = outcome.report.headcounts
    for day in range(problem.grid.days):
        for wanted in problem.headcounts:
            parts = (heads.required, heads.scheduled, heads.missing, heads.superfluous)
            limits = (heads.maximum, heads.beyond_maximum)
            figures = (part[wanted.row][day] for part in (*parts, *limits))
            is_summed = not heads.of_these[wanted.row][day]
            yield (problem.grid.date(day), wanted.template, wanted.skill, *figures, is_summed)


def _scenario_costs(outcome: Outcome) -> Iterable[Row]:
    for one in outcome.report.scenarios:
        yield (one.name, *(figure.of(one) for figure in FIGURES))


def _hours(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    grid, duty_pay = problem.grid, DutyPay(problem)
    for agent in problem.agents:
        duties: tuple[Duty, ...] = outcome.roster.of(agent.name)
        paid, off = sum(duty.paid_minutes for duty in duties), paid_time_off(problem, agent)
        wages = sum(duty_pay.costs(agent, duties), Fraction())
        pay_off = pay_for_time_off(problem, agent)
        weekend_days = [duty.day for duty in duties if grid.weekday(duty.day) >= 5]
        # a Saturday and the Sunday after it are one weekend
        weekends = {day - grid.weekday(day) for day in weekend_days}
        yield (
            agent.name, agent.personnel_number, agent.team, agent.contract,
            len(duties), paid, off, paid + off, sum(duty.worked_minutes for duty in duties),
            sum(is_night(problem, agent, duty) for duty in duties), len(weekend_days), len(weekends),
            *(in_currency(amount) for amount in (wages, pay_off, wages + pay_off)),
        )  # fmt: skip


def _pay(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    """A row a person and kind of pay, rounded to cents."""
    for line in pay_lines(problem, outcome.roster):
        agent = problem.agent_named[line.agent]
        person = agent.name, agent.personnel_number, agent.team, agent.contract
        yield (*person, line.kind, line.minutes, line.cents / 100, not line.is_absence)


def _costs(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    cost = outcome.cost
    for cause, amount in (
        (names.WAGES, cost.wages), (names.MISSING, cost.missing), (names.SUPERFLUOUS, cost.superfluous),
        *((f"{names.RULE_COST}{rule}", amount) for rule, amount in cost.rules.items()),
    ):  # fmt: skip
        yield cause, in_currency(amount), True
    yield (
        "Pay for time off",
        in_currency(sum(pay_for_time_off(problem, one) for one in problem.agents)),
        False,
    )


def _violations(problem: Problem, outcome: Outcome) -> Iterable[Row]:
    unit_of = {rule.rule: rule.unit for rule in outcome.report.rules}
    for one in outcome.report.violations:
        first = problem.grid.date(min(one.days)) if one.days else None
        unit = unit_of.get(one.rule, "occurrence")
        yield (
            one.rule, "must" if one.must else "report" if one.reported else "prefer",
            one.agent, first, len(one.days), one.amount,
            "minute" if unit == "hour" else unit, in_currency(one.cost), one.sentence,
        )  # fmt: skip
