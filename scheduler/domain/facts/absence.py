"""Absences and employment as facts of days: who is away, what that credits, and what it excuses.

A day away is neither a day off nor work. Rules on days in a row, on weekends and on the least of something
read these facts in their ``limits`` and in their ``check``; what they make of them they say themselves.

What a day of a contract is worth is an estimate, for a contract has hours a week: its hours are shared out
over as many duties as its week usually has, which are five in seven days where its shifts allow that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from scheduler.domain.facts.agent import Agent, Pin, TimeOff, Window
from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.calendar_fields import at_clock
from scheduler.domain.values.grid import Span

_NO_DAYS: frozenset[int] = frozenset()
_NO_MINUTES: Mapping[int, int] = {}
WEEKEND = frozenset((5, 6))
"""Saturday and Sunday."""
_LOOKED_BACK = 7
"""Days before the horizon, or before the first duty of the history, of which absences are known."""


def days_away(problem: Problem, agent: Agent) -> frozenset[int]:
    """Day numbers on which the agent is away: neither off nor at work.

    These are days outside of employment, and days of which approved absence leaves no shift that the contract
    allows: the whole day, or so much of it that none fits in. A day before the horizon on which a duty was
    worked is not one.
    """
    if not (agent.time_off or agent.starts_on or agent.leaves_on):
        return _NO_DAYS
    if agent.name not in problem.days_away_known:
        problem.days_away_known[agent.name] = frozenset(_days_away(problem, agent))
    return problem.days_away_known[agent.name]


def dates_away(problem: Problem, agent: Agent) -> frozenset[date]:
    """The same as dates."""
    return frozenset(problem.grid.date(day) for day in days_away(problem, agent))


def paid_absence(problem: Problem, agent: Agent) -> Mapping[int, int]:
    """Paid minutes of approved absence by day number.

    Hours that are said are spread as evenly as whole minutes go over :func:`credited_days`. A sick call
    without hours counts as many duties as the contract's week would have had on its days, unless
    ``sick_hours`` is none; days whose hours another absence says are left out.
    """
    if not agent.time_off:
        return _NO_MINUTES
    if agent.name not in problem.paid_absence_known:
        said: dict[int, int] = {}
        for absence in agent.time_off:
            for day, minutes in _spread(problem, agent, absence):
                said[day] = said.get(day, 0) + minutes
        problem.paid_absence_known[agent.name] = said | dict(_assumed(problem, agent))
    return problem.paid_absence_known[agent.name]


def credited_days(problem: Problem, agent: Agent, absence: TimeOff) -> tuple[int, ...]:
    """The days that the hours of an absence are spread over: those that would have been worked.

    These are its days of employment on which the contract has shifts; without Saturday and Sunday where the
    hours are too few for a shift on every day, and no more than a shift on each of the others: 16 h from
    Friday to Monday are 8 h on Friday and on Monday.
    """
    grid, works = problem.grid, contract_weekdays(problem, agent)
    every = range(grid.day_index(absence.start.date()), grid.day_index(absence.last_day) + 1)
    touched = [day for day in every if agent.is_employed_on(grid.date(day))]
    counted = [day for day in touched if grid.weekday(day) in works] or list(touched)
    within = [day for day in counted if grid.weekday(day) not in WEEKEND]
    paid, (shortest, longest) = absence.paid_minutes or 0, paid_lengths(problem, agent)
    if within and paid < len(counted) * shortest and paid <= len(within) * longest:
        counted = within
    return tuple(counted)


def paid_lengths(problem: Problem, agent: Agent) -> tuple[int, int]:
    """Paid minutes of the shortest and of the longest shift of the agent's contract; at least one each."""
    templates = problem.shifts_of(problem.contract_of(agent))
    lengths = [one.paid_minutes(length) for one in templates for length in (one.min_length, one.max_length)]
    return max(1, min(lengths, default=1)), max(1, *lengths, 1)


def excused_minutes(problem: Problem, agent: Agent, minutes: int, days: Collection[int]) -> int:
    """What of a least of paid minutes over some days cannot be asked for, and is not credited either.

    Days outside of employment excuse their share, in whole duties: a joiner on Wednesday, whose shifts are
    from Monday to Friday, owes three fifths of the week. Each day of a sick call without hours excuses a
    duty, for nobody knows which of its days were to be worked.
    """
    away = days_away(problem, agent).intersection(days)
    gone = {day for day in away if not agent.is_employed_on(problem.grid.date(day))}
    sick = away.intersection(_sick_without_hours(problem, agent))
    if not gone and not sick:
        return 0
    paid = paid_absence(problem, agent)
    credited = sum(paid.get(day, 0) for day in sick)
    usual = _Usual.of(problem, agent, minutes, days, gone | sick)
    works = len(usual.works)
    if len(usual.away) == works:  # nothing of these days is left
        return max(0, minutes - credited)
    share = -(-min(usual.duties, works) * len(gone.intersection(usual.works)) // works)
    duties = min(usual.most_away, share + len(sick.intersection(usual.works)))
    return max(0, minutes * duties // usual.duties - credited)


def pins_kept(problem: Problem, agent: Agent) -> tuple[Pin, ...]:
    """What is fixed beforehand and not cancelled by a sick call."""
    sick = [absence for absence in agent.time_off if absence.kind == "sick"]
    if not sick:
        return agent.pins
    away = dates_away(problem, agent)
    return tuple(pin for pin in agent.pins if pin.off or not _is_cancelled(pin, sick, away))


def _is_cancelled(pin: Pin, sick: Iterable[TimeOff], away: Collection[date]) -> bool:
    """Whether a fixed shift meets a sick call; where its times are open, whether the day is away."""
    if pin.start is None or pin.length_minutes is None:
        return pin.day in away and any(one.start.date() <= pin.day <= one.last_day for one in sick)
    start = at_clock(pin.day, pin.start)
    end = start + timedelta(minutes=pin.length_minutes)
    return any(one.start < end and start < one.end for one in sick)


def _days_away(problem: Problem, agent: Agent) -> Iterator[int]:
    grid = problem.grid
    worked = {grid.day_index(duty.day) for duty in agent.history}
    known = range(min([0, *worked]) - _LOOKED_BACK, grid.days)
    for day in known:
        if not agent.is_employed_on(grid.date(day)) and not (day < 0 and day in worked):
            yield day
    absences = _spans(problem, agent, agent.time_off)
    touched = {
        day
        for absence in agent.time_off
        for day in range(
            max(known.start, grid.day_index(absence.start.date())),
            min(known.stop - 1, grid.day_index(absence.last_day)) + 1,
        )
    }
    for day in sorted(touched):
        if not (day < 0 and day in worked) and _leaves_no_shift(problem, agent, day, absences):
            yield day


def _spans(problem: Problem, agent: Agent, windows: Iterable[Window]) -> list[Span]:
    grid, zone = problem.grid, problem.zone_of(agent)
    return sorted((grid.instant(one.start, zone), grid.instant(one.end, zone)) for one in windows)


def _leaves_no_shift(problem: Problem, agent: Agent, day: int, absences: list[Span]) -> bool:
    """Whether absences take all of a day, or meet each shift that the contract allows on it."""
    grid, zone = problem.grid, problem.zone_of(agent)
    midnight, next_midnight = grid.day_start(day, zone), grid.day_start(day + 1, zone)
    since = midnight
    for start, end in absences:
        if start <= since:
            since = max(since, end)
    if since >= next_midnight:
        return True
    shifts = list(_shortest_shifts(problem, agent, day))
    return bool(shifts) and all(
        any(begin < until and start < end for begin, end in absences) for start, until in shifts
    )


def _shortest_shifts(problem: Problem, agent: Agent, day: int) -> Iterator[Span]:
    """From each start that the contract allows on a day, its shortest shift."""
    zone = problem.zone_of(agent)
    for template in problem.shifts_of(problem.contract_of(agent), day):
        for clock in template.starts:
            start = problem.grid.instant_on_day(day, clock, zone)
            yield start, start + template.min_length


def contract_weekdays(problem: Problem, agent: Agent) -> frozenset[int]:
    """Weekdays on which the contract works."""
    templates = problem.shifts_of(problem.contract_of(agent))
    return frozenset(weekday for template in templates for weekday in template.weekdays)


def _spread(problem: Problem, agent: Agent, absence: TimeOff) -> Iterator[tuple[int, int]]:
    """The hours that are said of an absence, by day."""
    paid = absence.paid_minutes
    if not paid:
        return
    counted = credited_days(problem, agent, absence)
    for at, day in enumerate(counted):
        yield day, paid * (at + 1) // len(counted) - paid * at // len(counted)


def _sick_without_hours(problem: Problem, agent: Agent) -> Iterator[int]:
    """Days away by a sick call that does not say its hours, and of which no other absence says them."""
    open_calls = [one for one in agent.time_off if one.kind == "sick" and one.paid_minutes is None]
    if not open_calls:
        return
    said = {day for one in agent.time_off for day, minutes in _spread(problem, agent, one) if minutes}
    for day in sorted(days_away(problem, agent)):
        on = problem.grid.date(day)
        if (
            any(one.start.date() <= on <= one.last_day for one in open_calls)
            and day not in said
            and agent.is_employed_on(on)
        ):
            yield day


def _assumed(problem: Problem, agent: Agent) -> Iterator[tuple[int, int]]:
    """Paid minutes that sick calls without hours are credited with by the contract, by day."""
    contract = problem.contract_of(agent)
    minutes = contract.min_paid_minutes or contract.max_paid_minutes or 0
    if problem.sick_hours == "none" or not minutes:
        return
    grid = problem.grid

    def first_of_week(day: int) -> int:
        return day - (grid.weekday(day) - problem.week_starts_on) % 7

    for first, sick in groupby(_sick_without_hours(problem, agent), first_of_week):
        usual = _Usual.of(problem, agent, minutes, range(first, first + 7), frozenset(sick))
        works, duties = len(usual.works), usual.duties
        if not usual.away:
            continue
        rounded = (2 * min(duties, works) * len(usual.away) + works) // (2 * works)
        credited = min(rounded, usual.most_away)
        for at, day in enumerate(usual.away):
            before, after = (credited * i // len(usual.away) for i in (at, at + 1))
            yield day, minutes * after // duties - minutes * before // duties


class _Usual(NamedTuple):
    """The duties that paid minutes usually are over some days, of which somebody is away on a part.

    Parameters
    ----------
    duties
        How many these minutes are: five in seven days, unless the shifts are too short or too long for that.
    works
        The days on which there is a shift that could be worked, were nobody away.
    away
        Those of them that are away.
    most_away
        The most of the duties that can have been on those: less what is fixed or was worked on other days.
    """

    duties: int
    works: tuple[int, ...]
    away: tuple[int, ...]
    most_away: int

    @classmethod
    def of(
        cls, problem: Problem, agent: Agent, minutes: int, days: Collection[int], absent: Collection[int]
    ) -> "_Usual":
        shortest, longest = paid_lengths(problem, agent)
        works = tuple(day for day in days if _could_work(problem, agent, day))
        usual = min(len(works), -(-5 * len(days) // 7))
        duties = max(min(usual, minutes // shortest), -(-minutes // longest), 1)
        away = tuple(day for day in works if day in absent)
        known = {problem.grid.day_index(pin.day) for pin in agent.pins if not pin.off}
        known |= {day for duty in agent.history if (day := problem.grid.day_index(duty.day)) < 0}
        elsewhere = len(known.intersection(days).difference(absent))
        return cls(duties, works, away, max(0, min(len(away), duties - elsewhere)))


def _could_work(problem: Problem, agent: Agent, day: int) -> bool:
    """Whether a day has a shift of the contract that the agent could work, but for absence and employment."""
    on = problem.grid.date(day)
    if any(pin.off and pin.day == on for pin in agent.pins):
        return False
    barred = _spans(problem, agent, agent.unavailable)
    windows = [window for window in agent.available if window.start.date() == on]
    opened = _spans(problem, agent, agent.available) if windows else []
    return any(
        not any(begin < until and start < end for begin, end in barred)
        and (not windows or any(begin <= start and until <= end for begin, end in opened))
        for start, until in _shortest_shifts(problem, agent, day)
    )
