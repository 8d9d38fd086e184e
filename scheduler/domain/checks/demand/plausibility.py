"""What can be planned with and is hardly meant: one warning a kind, with how often and where first.

Called by :func:`scheduler.domain.checks.problem.problem_faults` for facts that nothing stands against. A rest
that is too short is told where rules are checked.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.usual import UsualWindow
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import WEEKDAYS, from_to_days, hours_words
from scheduler.texts import marked, text, text_n

_MOST_OF_A_DAY = 16 * MINUTES_PER_HOUR
"""Paid minutes of leave on one day; no shift is as long."""
_FULL_DAY = 8 * MINUTES_PER_HOUR + 30
"""Paid minutes of a day; a week as short as that is one duty."""
_MOST_WEEKDAYS = 5
"""Who works on fewer, as on Saturdays only, may well have one duty a week."""
_LIKE_A_CLOCK = frozenset((9, 18, 27))
"""Minutes that 0.15, 0.3 and 0.45 h are, which could have been meant as 15, 30 and 45."""

Length = tuple[FactPath, str, str, int | None]
"""A number of hours: its place, whose it is as a message with the name that goes into it, and its minutes."""


class _Seen(NamedTuple):
    """One value of a kind: its place, and what it is."""

    path: FactPath
    what: str


def implausible(problem: Problem) -> list[Finding]:
    """The warnings, in the order of the sheets."""
    lengths = list(_lengths(problem))
    found = [
        _too_short(lengths),
        _like_clocks([one for one in lengths if not _makes_up_a_week(problem, one)]),
        _hours_of_a_day(problem),
        _unpaid_work(problem),
        _unpaid_leave(problem),
        _much_leave(problem),
        _open_beside_weekdays(problem),
    ]
    return [finding for finding in found if finding is not None]


def _lengths(problem: Problem) -> Iterator[Length]:
    """Every number of hours."""
    for index, template in enumerate(problem.templates):
        for key in ("min_length", "max_length"):
            yield ("templates", index, key), marked('shift "{name}"'), template.name, getattr(template, key)
    for index, contract in enumerate(problem.contracts):
        for key in ("min_paid_minutes", "max_paid_minutes"):
            yield (
                ("contracts", index, key),
                marked('contract "{name}"'),
                contract.name,
                getattr(contract, key),
            )
    for index, agent in enumerate(problem.agents):
        for at, leave in enumerate(agent.time_off):
            path = ("agents", index, "time_off", at, "paid_minutes")
            yield path, marked("time off of {name}"), agent.name, leave.paid_minutes
        for at, duty in enumerate(agent.history):
            path = ("agents", index, "history", at, "paid_minutes")
            yield path, marked("history of {name}"), agent.name, duty.paid_minutes


def _seen_among(lengths: list[Length], is_odd: Callable[[int], bool]) -> list[_Seen]:
    return [
        _Seen(path, text("{whose}: {minutes}", whose=text(whose, name=name), minutes=hours_words(minutes)))
        for path, whose, name, minutes in lengths
        if minutes and is_odd(minutes)
    ]


def _too_short(lengths: list[Length]) -> Finding | None:
    seen = _seen_among(lengths, lambda minutes: minutes < MINUTES_PER_HOUR)
    if not seen:
        return None
    return warning(
        seen[0].path,
        text_n(
            "{number} number of hours is less than one hour ({first}).",
            "{number} numbers of hours are less than one hour (first {first}).",
            len(seen),
            number=len(seen),
            first=seen[0].what,
        ),
        text("Write hours as 8 or 8:30."),
    )


def _like_clocks(lengths: list[Length]) -> Finding | None:
    seen = _seen_among(lengths, lambda minutes: minutes % MINUTES_PER_HOUR in _LIKE_A_CLOCK)
    if not seen:
        return None
    return warning(
        seen[0].path,
        text_n(
            "{number} number of hours is odd, as 8.3 is for 8:30 ({first}).",
            "{number} numbers of hours are odd, as 8.3 is for 8:30 (first {first}).",
            len(seen),
            number=len(seen),
            first=seen[0].what,
        ),
        text("Write hours and minutes as 8:30 if that is meant."),
    )


def _makes_up_a_week(problem: Problem, length: Length) -> bool:
    """Whether so many paid hours on some days are just the hours of a contract, as 5 × 7:48 are 39 h."""
    (sheet, index, *_), _, name, minutes = length
    if sheet != "templates" or not minutes:
        return False
    paid = problem.templates[int(index)].paid_minutes(minutes)
    return any(
        paid * days in (contract.min_paid_minutes, contract.max_paid_minutes)
        for contract in problem.contracts
        if name in contract.templates
        for days in range(1, DAYS_PER_WEEK + 1)
    )


def _hours_of_a_day(problem: Problem) -> Finding | None:
    """Contracts whose week is no longer than one of their shifts, though these are of most weekdays."""
    seen = []
    for index, contract in enumerate(problem.contracts):
        templates = problem.shifts_of(contract)
        hours = [one for one in (contract.min_paid_minutes, contract.max_paid_minutes) if one]
        weekdays = {weekday for template in templates for weekday in template.weekdays}
        longest = max((one.paid_minutes(length) for one in templates for length in one.lengths), default=0)
        if hours and len(weekdays) >= _MOST_WEEKDAYS and max(hours) <= min(longest, _FULL_DAY):
            seen.append((index, contract, hours))
    if not seen:
        return None
    index, contract, hours = seen[0]
    return warning(
        ("contracts", index, "min_paid_minutes" if contract.min_paid_minutes else "max_paid_minutes"),
        text_n(
            '{number} contract has hours a week that look like hours a day ("{name}": {hours}).',
            '{number} contracts have hours a week that look like hours a day (first "{name}": {hours}).',
            len(seen),
            number=len(seen),
            name=contract.name,
            hours=hours_words(hours[0])
            if hours[0] == hours[-1]
            else text("{first} to {last}", first=hours_words(hours[0]), last=hours_words(hours[-1])),
        ),
        text("Write the hours of a whole week, as 38:30."),
    )


def _unpaid_work(problem: Problem) -> Finding | None:
    contracts = [
        _Seen(("contracts", index, "pay_per_hour"), text('contract "{name}"', name=contract.name))
        for index, contract in enumerate(problem.contracts)
        if not contract.pay_per_hour
    ]
    agents = [
        _Seen(("agents", index, "pay_per_hour"), agent.name)
        for index, agent in enumerate(problem.agents)
        if agent.pay_per_hour == 0
    ]
    seen = [*contracts, *agents]
    if not seen:
        return None
    return warning(
        seen[0].path,
        text_n(
            "the pay is 0 once ({first}): their work costs nothing, so that more of it is planned.",
            "the pay is 0 {number} times (first {first}): their work costs nothing, so that more of it is "
            "planned.",
            len(seen),
            number=len(seen),
            first=seen[0].what,
        ),
        text("Write the pay of an hour."),
    )


def _unpaid_leave(problem: Problem) -> Finding | None:
    """Leave without hours, for people whose contract asks for hours in the week."""
    grid = problem.grid
    seen = [
        (index, at, agent, leave.start.date())
        for index, agent in enumerate(problem.agents)
        if problem.contract_of(agent).min_paid_minutes
        for at, leave in enumerate(agent.time_off)
        if not leave.paid_minutes
        and leave.kind == "leave"
        and leave.start.date() <= grid.date(grid.days - 1)
        and leave.last_day >= grid.first_day
    ]
    if not seen:
        return None
    index, at, agent, on = seen[0]
    return warning(
        ("agents", index, "time_off", at, "paid_minutes"),
        text_n(
            "{number} time off has no paid hours ({agent} from {on}): the {least} of the week are to be "
            "worked on the other days.",
            "{number} times off have no paid hours (first {agent} from {on}): the {least} of the week are to "
            "be worked on the other days.",
            len(seen),
            number=len(seen),
            agent=agent.name,
            on=on,
            least=hours_words(problem.contract_of(agent).min_paid_minutes or 0),
        ),
        text("Write its paid hours if the leave is paid."),
    )


def _much_leave(problem: Problem) -> Finding | None:
    """Leave with more paid hours than its days could hold, such as a fortnight's on its first day."""
    seen = [
        (("agents", index, "time_off", at, "paid_minutes"), agent.name, leave, paid)
        for index, agent in enumerate(problem.agents)
        for at, leave in enumerate(agent.time_off)
        if (paid := leave.paid_minutes or 0)
        > min(
            _MOST_OF_A_DAY * ((leave.last_day - leave.start.date()).days + 1),
            (leave.end - leave.start) // timedelta(minutes=1),
        )
    ]
    if not seen:
        return None
    path, name, leave, paid = seen[0]
    return warning(
        path,
        text_n(
            "{number} time off is paid longer than its days are ({agent}: {paid} {when}).",
            "{number} times off are paid longer than their days are (first {agent}: {paid} {when}).",
            len(seen),
            number=len(seen),
            agent=name,
            paid=hours_words(paid),
            when=from_to_days(leave.start.date(), leave.last_day),
        ),
        text("Write the hours of these days, or the last day of the leave."),
    )


def _is_one_part(windows: Sequence[UsualWindow]) -> bool:
    """Whether somebody says nothing but the hours of one weekday: the other days are as they always are."""
    hours = [one for one in windows if one.kind == "available"]
    return len({day for one in hours for day in one.weekdays}) == 1 and all(
        one.start % MINUTES_PER_DAY or one.end % MINUTES_PER_DAY for one in hours
    )


def _open_beside_weekdays(problem: Problem) -> Finding | None:
    """Availability by weekday, which bars no other weekday."""
    seen = []
    for index, agent in enumerate(problem.agents):
        days = {kind: set[int]() for kind in ("available", "unavailable", "time_off")}
        for usual in agent.usual_windows:
            days[usual.kind].update(usual.weekdays)
        said, barred = days["available"], days["unavailable"] | days["time_off"]
        left = set(range(DAYS_PER_WEEK)) - said - barred
        if said and left and not _is_one_part(agent.usual_windows):
            at = next(at for at, usual in enumerate(agent.usual_windows) if usual.kind == "available")
            seen.append((("agents", index, "usual_windows", at), agent.name, sorted(left)))
    if not seen:
        return None
    path, name, left_open = seen[0]
    return warning(
        path,
        text_n(
            "{number} agent is available by weekday ({name}), and open on weekdays without a row: {days}.",
            "{number} agents are available by weekday (first {name}), and open on weekdays without a row: "
            "{days}.",
            len(seen),
            number=len(seen),
            name=name,
            days=", ".join(WEEKDAYS[weekday] for weekday in left_open),
        ),
        text("Write unavailable for these weekdays if nobody is to work then, or available to say so."),
    )
