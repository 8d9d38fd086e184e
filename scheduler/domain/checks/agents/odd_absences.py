"""Absences and availability that hardly mean what they say, one finding a kind.

An hour of training takes the whole day where no shift fits beside it; hours of leave are days, or lie on days
on which nobody works; 1:00 was to be 13:00. All of it can be planned with, and is.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from scheduler.domain.checks.calendar.possible_days import PossibleDays
from scheduler.domain.facts.absence import contract_weekdays, credited_days, paid_lengths
from scheduler.domain.facts.agent import Agent, TimeOff, Window
from scheduler.domain.facts.problem import Problem, ShiftTemplate
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.domain.values.words import counted, hours_words, listed
from scheduler.texts import text, text_n

_EARLY = time(6)
"""Before it, a time of day may be one of the afternoon that lacks its twelve hours."""
_NEVER_AWAY = {"available": (), "unavailable": (), "time_off": ()}
_HALF_A_DAY = timedelta(hours=12)
_SHOWN = 3

Seen = tuple[FactPath, Agent, Window]
"""A window with its path and whose it is."""


def odd_absences(problem: Problem) -> Iterator[Finding]:
    """The findings."""
    within = list(_windows(problem))
    yield from _beyond_employment(within)
    yield from _takes_the_day(problem, within)
    yield from _holds_no_shift(problem, within)
    yield from _days_for_hours(problem, within)
    yield from _paid_on_free_days(problem, within)
    yield from _at_night(problem, within)


def _windows(problem: Problem) -> Iterator[Seen]:
    """Windows that begin on a day that is planned now or later.

    Of people whose rows come again every week they are told where every weekday is planned: else others would
    be told from week to week.
    """
    is_whole_week = problem.grid.days >= DAYS_PER_WEEK
    for index, agent in enumerate(problem.agents):
        if agent.usual_windows and not is_whole_week:
            continue
        for key in ("available", "unavailable", "time_off"):
            for at, window in enumerate(getattr(agent, key)):
                if window.start.date() >= problem.grid.first_day:
                    yield ("agents", index, key, at), agent, window


def _beyond_employment(within: Sequence[Seen]) -> Iterator[Finding]:
    """Paid absence of somebody who is not employed then."""
    beyond = [
        (path, agent)
        for path, agent, window in within
        if isinstance(window, TimeOff)
        and window.paid_minutes
        and (
            (agent.leaves_on is not None and window.start.date() > agent.leaves_on)
            or (agent.starts_on is not None and window.last_day < agent.starts_on)
        )
    ]
    if beyond:
        names = list(dict.fromkeys(agent.name for _, agent in beyond))
        yield warning(
            beyond[0][0],
            text_n(
                "{number} person has paid absence outside of employment, which counts nothing: {names}.",
                "{number} people have paid absence outside of employment, which counts nothing: {names}.",
                len(names),
                number=len(names),
                names=listed(names, _SHOWN),
            ),
            text("Look at Starts on and Leaves on; a row for everyone is right as it is."),
        )


def _takes_the_day(problem: Problem, within: Sequence[Seen]) -> Iterator[Finding]:
    """Windows shorter than any shift of their day, beside which none is left."""
    days = PossibleDays(problem)
    seen = []
    for path, agent, window in within:
        if path[2] == "available" or (isinstance(window, TimeOff) and window.kind == "sick"):
            continue
        if window.end - window.start >= timedelta(minutes=paid_lengths(problem, agent)[0]):
            continue  # as long as a shift is paid: a day of leave with its clock times
        day = problem.grid.day_index(window.start.date())
        contract, always = problem.contract_of(agent), agent.model_copy(update=_NEVER_AWAY)
        alone = always.model_copy(update={str(path[2]): (window,)})  # whatever else there is on its day
        if not days.choices(alone, contract, day) and days.choices(always, contract, day):
            seen.append((path, agent, window))
    if seen:
        path, agent, window = seen[0]
        yield warning(
            path,
            text_n(
                "{number} absence is shorter than a shift, and leaves room for none on its day ({agent}, "
                "{window}): the whole day is free.",
                "{number} absences are shorter than a shift, and leave room for none on their day (first "
                "{agent}, {window}): the whole day is free.",
                len(seen),
                number=len(seen),
                agent=agent.name,
                window=_in_words(window),
            ),
            text(
                "Move it to the edge of the day, or give the contract a shift that fits beside it; if the "
                "day is meant, clear From and To."
            ),
        )


def _holds_no_shift(problem: Problem, within: Sequence[Seen]) -> Iterator[Finding]:
    """Availability in which no shift of the contract fits, though the day has some."""
    days = PossibleDays(problem)
    seen = []
    for path, agent, window in within:
        if path[2] == "available":
            day, contract = problem.grid.day_index(window.start.date()), problem.contract_of(agent)
            if any(_holds(window, one) for one in problem.shifts_of(contract, day)):
                continue  # most do, and the rest of the day need not be looked at
            always = agent.model_copy(update=_NEVER_AWAY)
            alone = always.model_copy(update={"available": agent.available})
            if not days.choices(alone, contract, day) and days.choices(always, contract, day):
                seen.append((path, agent, window))
    if seen:
        path, agent, window = seen[0]
        yield warning(
            path,
            text_n(
                "{number} time of availability holds no shift of the contract ({agent}, {window}): the day "
                "is free.",
                "{number} times of availability hold no shift of the contract (first {agent}, {window}): "
                "these days are free.",
                len(seen),
                number=len(seen),
                agent=agent.name,
                window=_in_words(window),
            ),
            text("Widen it, give the contract a shift that fits, or write unavailable for the day."),
        )


def _days_for_hours(problem: Problem, within: Sequence[Seen]) -> Iterator[Finding]:
    """Whole days of leave with so few hours that they are days: 2 for two of them."""
    seen = []
    for path, agent, window in within:
        if isinstance(window, TimeOff) and window.paid_minutes and _is_of_whole_days(window):
            shortest, _ = paid_lengths(problem, agent)
            weekly = problem.contract_of(agent).min_paid_minutes or shortest * DAYS_PER_WEEK
            days = len(credited_days(problem, agent, window))
            if 2 * window.paid_minutes < days * min(shortest, weekly // DAYS_PER_WEEK):
                seen.append((path, agent, window, days))
    if seen:
        path, agent, leave, days = seen[0]
        yield warning(
            (*path, "paid_minutes"),
            text_n(
                "{number} absence has few paid hours for its days ({agent}: {hours} for {days}).",
                "{number} absences have few paid hours for their days (first {agent}: {hours} for {days}).",
                len(seen),
                number=len(seen),
                agent=agent.name,
                hours=hours_words(leave.paid_minutes or 0),
                days=counted(days, "day"),
            ),
            text("Paid hours are hours, not days, and of the whole row where it has a last day."),
        )


def _paid_on_free_days(problem: Problem, within: Sequence[Seen]) -> Iterator[Finding]:
    """Paid hours of days on none of which the contract has a shift."""
    seen = []
    for path, agent, window in within:
        if isinstance(window, TimeOff) and window.paid_minutes:
            length = min((window.last_day - window.start.date()).days, DAYS_PER_WEEK)
            days = {(window.start + timedelta(days=step)).weekday() for step in range(length + 1)}
            if not days & contract_weekdays(problem, agent):
                seen.append((path, agent, window))
    if seen:
        path, agent, leave = seen[0]
        yield warning(
            (*path, "paid_minutes"),
            text_n(
                "{number} absence has paid hours on days on which the contract has no shift ({agent}, "
                "{hours} on {day:%A} {day:%Y-%m-%d}): they count towards the hours of the week.",
                "{number} absences have paid hours on days on which the contract has no shift (first "
                "{agent}, {hours} on {day:%A} {day:%Y-%m-%d}): they count towards the hours of the week.",
                len(seen),
                number=len(seen),
                agent=agent.name,
                hours=hours_words(leave.paid_minutes or 0),
                day=leave.start,
            ),
            text("Clear the hours, or mend the date."),
        )


def _at_night(problem: Problem, within: Sequence[Seen]) -> Iterator[Finding]:
    """Windows of the small hours that meet no shift, and would in the afternoon: 1:00 for 13:00."""
    seen = []
    for path, agent, window in within:
        if path[2] == "available" or not time() < window.start.time() < _EARLY:
            continue
        if window.end - window.start > _HALF_A_DAY or window.last_day != window.start.date():
            continue
        later = (window.start + _HALF_A_DAY, window.end + _HALF_A_DAY)
        if not _meets_a_shift(problem, agent, window.start, window.end) and _meets_a_shift(
            problem, agent, *later
        ):
            seen.append((path, agent, window))
    if seen:
        path, agent, window = seen[0]
        yield warning(
            path,
            text_n(
                "{number} absence lies at night, where the contract has no shift ({agent}, {window}).",
                "{number} absences lie at night, where their contracts have no shift (first {agent}, "
                "{window}).",
                len(seen),
                number=len(seen),
                agent=agent.name,
                window=_in_words(window),
            ),
            text(
                "Write {start:%H:%M} to {end:%H:%M} if the afternoon is meant.",
                start=window.start + _HALF_A_DAY,
                end=window.end + _HALF_A_DAY,
            ),
        )


def _meets_a_shift(problem: Problem, agent: Agent, start: datetime, end: datetime) -> bool:
    """Whether a shift of the contract, of the day or of the day before, may lie there, by the clock."""
    contract = problem.contract_of(agent)
    for before in (0, 1):
        midnight = datetime.combine(start.date() - timedelta(days=before), time())
        for one in problem.shifts_of(contract, problem.grid.day_index(midnight.date())):
            opens = midnight + timedelta(minutes=one.earliest_start)
            if start < midnight + timedelta(minutes=one.latest_start + one.max_length) and opens < end:
                return True
    return False


def _holds(window: Window, shift: ShiftTemplate) -> bool:
    """Whether a shift fits into a window of its day, by the clock."""
    opens = MINUTES_PER_HOUR * window.start.hour + window.start.minute
    closes = opens + (window.end - window.start) // timedelta(minutes=1)
    waits = -(-max(0, opens - shift.earliest_start) // shift.start_step) * shift.start_step
    start = shift.earliest_start + waits
    return start <= shift.latest_start and start + shift.min_length <= closes


def _is_of_whole_days(window: Window) -> bool:
    return window.start.time() == window.end.time() == time()


def _in_words(window: Window) -> str:
    return text("{start:%H:%M} to {end:%H:%M} on {start:%Y-%m-%d}", start=window.start, end=window.end)
