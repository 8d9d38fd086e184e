"""Checks of what is paid on top, and of holidays: that each says how much, and when.

Called by :mod:`scheduler.domain.checks.problem`.
"""

from collections.abc import Iterator
from datetime import date

from scheduler.domain.facts.contract import BASIC_PAY, Holiday, PayPremium
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding, NamesOnSheet
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.shares import fraction_of
from scheduler.domain.values.words import WEEKDAYS, clock_words
from scheduler.texts import marked, text

MOST_PERCENT = 1000
MOST_MULTIPLE = 10
_SATURDAY = 5
_NEAR_DAYS = 60
"""Within which a holiday of one name is the same one of that year, as Easter moves."""
OTHER_LINES = (BASIC_PAY, marked("time off"), marked("sick"))
"""What pay lines are called that are none of a premium or holiday."""


def premium_faults(problem: Problem) -> Iterator[Finding]:
    """What is wrong with premiums and holidays, or looks wrong."""
    for index, premium in enumerate(problem.premiums):
        path: FactPath = ("premiums", index)
        yield from _amount_faults(path, premium)
        yield from _runs_backwards(path, premium)
        yield from _never_on(path, premium, problem)
        if len(premium.numbers_of_minutes) > 1:
            yield error(
                (*path, premium.numbers_of_minutes[1]),
                text('premium "{name}" pays for several numbers of minutes.', name=premium.name),
                text("Write a row for each: overtime of the day, of a period, a least, and logging in."),
            )
        if premium.over_minutes is not None:
            yield from _overtime_faults(path, premium)
        if premium.adds_minutes:
            yield from _added_faults(path, premium)
        if premium.over_period_minutes is not None:
            yield from _of_period_faults(path, premium)
        elif premium.period_days is not None or premium.counts_once:
            key = "counts_once" if premium.period_days is None else "period_days"
            yield error(
                (*path, key),
                text(
                    'premium "{name}" has a period, and no hours beyond which it is paid.', name=premium.name
                ),
                text("Write them under Over in a period (h), or leave the period blank."),
            )
    yield from _names_of_lines(problem)
    yield from _strange_names(problem)
    seen: dict[date, int] = {}
    for index, holiday in enumerate(problem.holidays):
        first = seen.setdefault(holiday.day, index)
        if first != index:
            yield error(
                ("holidays", index, "day"),
                text(
                    "{day} is given twice: as {name} already.",
                    day=holiday.day,
                    name=problem.holidays[first].name,
                ),
                text("Keep one of them, with the multiple that is paid."),
            )
        yield from _holiday_faults(("holidays", index), holiday)
        yield from _of_another_year(problem, ("holidays", index), holiday)


def _amount_faults(path: FactPath, premium: PayPremium) -> Iterator[Finding]:
    said = premium.percent is not None, premium.money_per_hour is not None
    if not any(said) and not premium.adds_minutes:
        yield error(
            (*path, "percent"),
            text('premium "{name}": it is not said how much is paid on top.', name=premium.name),
            text("Write the per cent of the pay (25, 33 1/3), or an amount per hour."),
        )
    elif all(said):
        yield error(
            (*path, "money_per_hour"),
            text('premium "{name}" has a per cent and an amount per hour.', name=premium.name),
            text("Keep one of them; for both write two rows."),
        )
    if premium.money_per_hour == 0:
        yield error(
            (*path, "money_per_hour"),
            text('premium "{name}" of 0.00 an hour pays nothing.', name=premium.name),
            text("Write the amount that is paid on top, or remove the row."),
        )
    if premium.percent is None:
        return
    percent = fraction_of(premium.percent)
    if percent == 0:
        yield error(
            (*path, "percent"),
            text('premium "{name}" of 0 % pays nothing.', name=premium.name),
            text("Write the per cent that is paid on top, or remove the row."),
        )
    elif percent > MOST_PERCENT:
        yield error(
            (*path, "percent"),
            text(
                'premium "{name}": {percent} % is more than {most} %.',
                name=premium.name,
                percent=premium.percent,
                most=MOST_PERCENT,
            ),
            text(
                "Write what is paid on top of the hour's pay: 25 for a quarter more, 100 for twice the pay."
            ),
        )


def _runs_backwards(path: FactPath, premium: PayPremium) -> Iterator[Finding]:
    if premium.start == premium.end:
        yield error(
            (*path, "start"),
            text(
                'premium "{name}" begins and ends at {clock}: nothing, or 24 h?',
                name=premium.name,
                clock=clock_words(premium.start),
            ),
            text("Leave From and To blank for the whole day, or write when it ends."),
        )
    elif premium.until <= premium.start:
        yield error(
            (*path, "start"),
            text(
                'premium "{name}": {end} is not after {start}, and is not on the day after either.',
                name=premium.name,
                start=clock_words(premium.start),
                end=clock_words(premium.end),
            ),
            text("Write 22:00 to 06:00, or both as hours of the day after: 25:00 to 30:00."),
        )


def _names_of_lines(problem: Problem) -> Iterator[Finding]:
    """Premiums and holidays with a name that another line of pay has: their hours would be one line."""
    hint = text("Give it a name of its own: pay lines are told apart by their names.")
    premiums = {_alike(one.name) for one in problem.premiums}
    fixed = {_alike(said) for kind in OTHER_LINES for said in (kind, text(kind))}
    for index, premium in enumerate(problem.premiums):
        if _alike(premium.name) in fixed:
            said = text('"{name}" is what pay lines call something else.', name=premium.name)
            yield error(("premiums", index, "name"), said, hint)
    for index, holiday in enumerate(problem.holidays):
        if _alike(holiday.name) in fixed:
            said = text('"{name}" is what pay lines call something else.', name=holiday.name)
            yield error(("holidays", index, "name"), said, hint)
        elif holiday.multiple is not None and _alike(holiday.name) in premiums:
            said = text('"{name}" is the name of a premium as well.', name=holiday.name)
            yield error(("holidays", index, "name"), said, hint)


def _alike(name: str) -> str:
    return " ".join(name.casefold().split())


def _never_on(path: FactPath, premium: PayPremium, problem: Problem) -> Iterator[Finding]:
    if not premium.on_holidays:
        return
    if not any(one.kind == "public holiday" for one in problem.holidays):
        yield warning(
            (*path, "on_holidays"),
            text('premium "{name}" is paid on public holidays, and none is on Holidays.', name=premium.name),
            text(
                "Give Holidays their dates, or let a new workbook have them: staffcurve new --holidays DE-BY."
            ),
        )


def _overtime_faults(path: FactPath, premium: PayPremium) -> Iterator[Finding]:
    if (premium.start, premium.end) != (0, MINUTES_PER_DAY):
        yield error(
            (*path, "over_minutes"),
            text('premium "{name}" is overtime of the day, and has hours of the clock.', name=premium.name),
            text("Leave From and To blank, or Over (h a day); for both write two rows."),
        )
    if premium.meets != "adds":
        yield error(
            (*path, "meets"),
            text('premium "{name}" is overtime of the day, which is paid on top.', name=premium.name),
            text("Write adds: it belongs to no hour of the clock in which others could win."),
        )


def _of_period_faults(path: FactPath, premium: PayPremium) -> Iterator[Finding]:
    """Overtime of a period counts all that somebody is paid in it, and so has no times of its own."""
    has_times = (premium.start, premium.end) != (0, MINUTES_PER_DAY)
    if has_times or premium.weekdays or premium.dates or premium.on_holidays or premium.templates:
        yield error(
            (*path, "over_period_minutes"),
            text(
                'premium "{name}" is overtime of a period, and is narrowed to some days, times or shifts.',
                name=premium.name,
            ),
            text(
                "Leave From, To, Days, On holidays and Shifts blank: it counts all paid hours. For both "
                "write two rows."
            ),
        )
    if premium.meets != "adds":
        yield error(
            (*path, "meets"),
            text('premium "{name}" is overtime of a period, which is paid on top.', name=premium.name),
            text("Write adds: it belongs to no hour of the clock in which others could win."),
        )
    if (premium.period_days is None) != (premium.period_from is None):
        key = "period_days" if premium.period_days is None else "period_from"
        yield error(
            (*path, key),
            text('premium "{name}" has a period of days that is half said.', name=premium.name),
            text("Write both: how many days, and a date on which one of these periods begins."),
        )


def _added_faults(path: FactPath, premium: PayPremium) -> Iterator[Finding]:
    """What pays for minutes that no duty has is paid for whole shifts."""
    key = premium.numbers_of_minutes[0]
    if (premium.start, premium.end) != (0, MINUTES_PER_DAY):
        yield error(
            (*path, key),
            text('premium "{name}" pays whole shifts for more minutes, and has hours.', name=premium.name),
            text("Leave From and To blank; Days, Shifts, Contracts, Teams and Agents may narrow it."),
        )
    if premium.meets != "adds":
        yield error(
            (*path, "meets"),
            text('premium "{name}" pays for more minutes, which is paid on top.', name=premium.name),
            text("Write adds: it belongs to no hour of the clock in which others could win."),
        )


def _strange_names(problem: Problem) -> Iterator[Finding]:
    teams = dict.fromkeys(agent.team for agent in problem.agents if agent.team)
    known = {
        "templates": NamesOnSheet(text("shift"), problem.template_named, "Shifts"),
        "contracts": NamesOnSheet(text("contract"), problem.contract_named, "Contracts"),
        "teams": NamesOnSheet(text("team"), teams, "Agents"),
        "agents": NamesOnSheet(text("agent"), problem.agent_named, "Agents"),
    }
    for index, premium in enumerate(problem.premiums):
        for key, names in known.items():
            mine: tuple[str, ...] = getattr(premium, key)
            for at, name in enumerate(mine):
                if names and name not in names:
                    yield error(("premiums", index, key, at), *names.unknown(name, mine))


def _of_another_year(problem: Problem, path: FactPath, holiday: Holiday) -> Iterator[Finding]:
    """A holiday that would lie in the planned days a year before or after, and of which none does."""
    grid, name = problem.grid, _alike(holiday.name)
    planned = [grid.date(day) for day in range(grid.days)]
    on = next((one for one in planned if (one.month, one.day) == (holiday.day.month, holiday.day.day)), None)
    if on is None or abs(on.year - holiday.day.year) != 1:
        return
    like = [one.day for one in problem.holidays if one.day == on or _alike(one.name) == name]
    if not any(abs((day - on).days) < _NEAR_DAYS for day in like):
        yield warning(
            (*path, "day"),
            text("{name} is on {day}, and not on {on}.", name=holiday.name, day=holiday.day, on=on),
            text("Did you mean {day}?", day=on),
        )


def _holiday_faults(path: FactPath, holiday: Holiday) -> Iterator[Finding]:
    if holiday.kind == "working day" and holiday.day.weekday() < _SATURDAY:
        yield warning(
            (*path, "kind"),
            text(
                "{day} is a {weekday}, and a working day as it is.",
                day=holiday.day,
                weekday=WEEKDAYS[holiday.day.weekday()],
            ),
            text("Write Saturdays and Sundays on which people work as on other days, or public holiday."),
        )
    if holiday.multiple is None:
        return
    multiple = fraction_of(holiday.multiple)
    if multiple < 1:
        yield error(
            (*path, "multiple"),
            text("a multiple of {multiple} is less than an ordinary hour's pay.", multiple=holiday.multiple),
            text("Write 2 for twice the pay, 1.5 for half as much again; blank is no pay of its own."),
        )
    elif multiple > MOST_MULTIPLE:
        yield error(
            (*path, "multiple"),
            text(
                "a multiple of {multiple} is more than {most}.", multiple=holiday.multiple, most=MOST_MULTIPLE
            ),
            text("Write 2 for twice the pay; per cent belong on Premiums."),
        )
