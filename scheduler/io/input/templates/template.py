"""A new workbook to fill in: worked rows of a trade, and rules to begin with.

The writer is that of any other input, and the workbook passes ``check`` as it is.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from scheduler.domain.facts.problem import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Pin,
    Problem,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeOff,
    WorkedDuty,
)
from scheduler.domain.values.grid import TimeGrid
from scheduler.io.cells.columns import Language
from scheduler.io.cells.rule_parameters import kind_of, kinds, parameters
from scheduler.io.input.sheets import BALANCES, DEMAND, HOLIDAYS, PREMIUMS
from scheduler.io.input.templates.public_holidays import public_holidays
from scheduler.io.input.templates.worked_calls import worked_calls
from scheduler.io.input.templates.worked_shop import SHOP_RULES, worked_shop
from scheduler.io.input.templates.worked_ward import WARD_RULES, worked_ward
from scheduler.io.input.writing.workbook_writer import write_input
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.texts import text

_FIRST_RULES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("requirement", {}),
    ("shift_requirement", {}),
    ("minimum_staff", {}),
    ("skills", {}),
    ("entitlement", {}),
    ("availability", {}),
    ("time_off", {}),
    ("one_shift_a_day", {}),
    ("daily_rest", {"rest_minutes": 660}),
    ("weekly_rest", {"rest_minutes": 2160}),
    ("days_per_week", {"at_most": 5}),
    ("paid_hours", {}),
    ("max_consecutive_days", {"days": 5}),
    ("break_windows", {}),
    ("break_order", {}),
    ("pins", {}),
    ("preferred_starts", {}),
    ("preferred_days_off", {}),
    ("shift_wishes", {}),
    ("shift_maximum", {}),
)
"""The rules of a new workbook, as far as the catalogue has them."""

_BY_SHIFT = ("shift_requirement", "shift_maximum")
"""Rules for who is asked for by the shift, as nobody is where calls say it."""
_RULES_OF = {
    "calls": tuple(row for row in _FIRST_RULES if row[0] not in _BY_SHIFT),
    "shop": SHOP_RULES,
    "ward": WARD_RULES,
}

_NOTHING_SAID: Mapping[str, Any] = {}

Trade = Literal["centre", "calls", "shop", "ward"]
"""For whom a new workbook is."""


def new_workbook(
    path: Path,
    catalogue: tuple[type[Rule], ...],
    *,
    first_day: date | None = None,
    language: Language = "en",
    trade: Trade = "centre",
    under: Callable[[Problem, RuleBook], tuple[Problem, RuleBook]] | None = None,
    holidays_of: str | None = None,
) -> None:
    """Write a workbook to fill in.

    Parameters
    ----------
    trade
        Whose week the worked rows are: a contact centre's by its requirement or by its calls, a shop's or a
        ward's.
    first_day
        First day of its week; the Monday after today where ``None``.
    under
        What a preset of law makes of the worked week and its rules.
    holidays_of
        Country or region whose public holidays stand on Holidays, for the year of that day and the next.

    Raises
    ------
    BadInput
        If the folder or the file cannot be written, or no such country or region is known.
    """
    if first_day is None:
        today = date.today()
        first_day = today + timedelta(days=7 - today.weekday())
    problem, rules = worked(trade, first_day), first_rules(catalogue, trade)
    if under is not None:
        problem, rules = under(problem, rules)
    if holidays_of is not None:
        found = public_holidays(holidays_of, (first_day.year, first_day.year + 1))
        problem = problem.model_copy(update={"holidays": found})
    left_out = () if problem.demand else (DEMAND,)
    begun = (PREMIUMS, HOLIDAYS, BALANCES)
    write_input(path, problem, rules, catalogue, language=language, without=left_out, begun=begun)


def worked(trade: Trade, first_day: date) -> Problem:
    """The worked week of a trade."""
    match trade:
        case "calls":
            return worked_calls(first_day)
        case "shop":
            return worked_shop(first_day)
        case "ward":
            return worked_ward(first_day)
        case _:
            centre = worked_example(first_day)
            nobody = Headcount(template="Day", usual=(None,) * 7).spread(centre.grid)  # its row is an example
            return centre.model_copy(update={"headcounts": (nobody,)})


def worked_example(first_day: date) -> Problem:
    """A week of one agent, with one row for every sheet."""
    grid = TimeGrid(first_day=first_day, days=7, interval_minutes=30, time_zone="Europe/Berlin")
    open_ = [
        interval
        for interval in range(grid.intervals)
        if 540 <= grid.clock_minute(interval * 30) < 1020 and grid.weekday(grid.day_of(interval * 30)) < 4
    ]
    fifth_day = datetime.combine(grid.date(4), datetime.min.time())
    eve = grid.date(-3)
    template = ShiftTemplate(
        name="Day",
        earliest_start=480,
        latest_start=600,
        start_step=30,
        min_length=510,
        max_length=510,
        breaks=(
            BreakBand(
                breaks=(
                    Break(
                        name="Meal",
                        length_minutes=30,
                        paid=False,
                        earliest_start=180,
                        latest_start=300,
                        step_minutes=15,
                    ),
                )
            ),
        ),
    )
    agent = Agent(
        name="Ada Example",
        contract="Full time",
        skills=("English",),
        team="Team 1",
        preferred_starts=((480, 540),),
        preferred_days_off=(grid.date(5),),
        time_off=(TimeOff(start=fifth_day, end=fifth_day + timedelta(days=1), paid_minutes=480),),
        shift_wishes=(ShiftWish(day=grid.date(1), template="Day", price=800),),
        pins=(Pin(day=grid.date(0), template="Day", start=540, length_minutes=510),),
        history=(
            WorkedDuty(
                day=eve,
                start=datetime.combine(eve, datetime.min.time()) + timedelta(hours=9),
                end=datetime.combine(eve, datetime.min.time()) + timedelta(hours=17, minutes=30),
                paid_minutes=480,
                template="Day",
            ),
        ),
    )
    return Problem(
        name=text("A week to fill in"),
        grid=grid,
        skills=(Skill(name="English"),),
        demand=(
            Demand(skill="English", required=tuple(int(at in set(open_)) for at in range(grid.intervals))),
        ),
        headcounts=(Headcount(template="Day", usual=(1, 1, 1, 1, 0, 0, 0)).spread(grid),),
        templates=(template,),
        contracts=(
            Contract(
                name="Full time",
                pay_per_hour=2000,
                min_paid_minutes=1920,
                max_paid_minutes=2400,
                templates=("Day",),
            ),
        ),
        agents=(agent,),
    )


def first_rules(catalogue: tuple[type[Rule], ...], trade: Trade = "centre") -> RuleBook:
    """The usual rules of a trade, as far as the catalogue has them."""
    known, usual = kinds(catalogue), _RULES_OF.get(trade, _FIRST_RULES)
    wanted: list[tuple[type[Rule], Mapping[str, Any]]] = [
        (known[kind], fields) for kind, fields in usual if kind in known
    ]
    if not wanted:  # a catalogue without the usual rules: the first that has no required parameter
        free = [rule for rule in catalogue if not any(one.is_needed for one in parameters(rule))]
        wanted = [(rule, _NOTHING_SAID) for rule in free[:1]]
    return RuleBook(rules=tuple(rule(kind=kind_of(rule), **fields) for rule, fields in wanted))
