"""Checks of pins: against one another, their shift template, and the agent's absence."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from scheduler.domain.checks.clock import pin_clock_faults
from scheduler.domain.checks.faults import Path, error, off_grain, warning
from scheduler.domain.findings import Finding
from scheduler.domain.problem import Agent, Pin, Problem, ShiftTemplate
from scheduler.domain.words import clock_words, counted, hours_words


def pin_faults(problem: Problem) -> list[Finding]:
    """Everything that is wrong with the pins of every agent."""
    found: list[Finding] = []
    for index, agent in enumerate(problem.agents):
        seen: set[date] = set()
        for at, pin in enumerate(agent.pins):
            path = ("agents", index, "pins", at)
            if pin.day in seen:
                found.append(
                    error(
                        (*path, "day"),
                        f"{agent.name} is fixed twice on {pin.day}.",
                        "Remove one of the rows.",
                    )
                )
            seen.add(pin.day)
            found += _pin_faults(problem, path, agent, pin)
        found += _overlaps(("agents", index, "pins"), agent)
    return found


def _pin_faults(problem: Problem, path: Path, agent: Agent, pin: Pin) -> Iterator[Finding]:
    grid = problem.grid
    who = f"{agent.name} on {pin.day}"
    if not 0 <= grid.day_index(pin.day) < grid.days:
        last = grid.date(grid.days - 1)
        yield warning(
            (*path, "day"), f"{who}: this day is outside {grid.first_day} to {last} and is not planned."
        )
        return
    given = (pin.template, pin.start, pin.length_minutes, pin.break_starts or None)
    if pin.off:
        if given != (None, None, None, None):
            yield error(
                (*path, "off"),
                f"{who}: a day off cannot have a shift as well.",
                "Clear the one or the other.",
            )
        return
    if pin.start is not None:
        yield from off_grain((*path, "start"), f"{who}: a start", pin.start, is_clock=True)
    if pin.length_minutes is not None:
        yield from off_grain((*path, "length_minutes"), f"{who}: a length", pin.length_minutes)
    for at, start in enumerate(pin.break_starts):
        yield from off_grain((*path, "break_starts", at), f"{who}: a break's start", start, is_clock=True)
    yield from pin_clock_faults(problem, path, agent, pin)
    yield from _absence_faults(path, agent, pin)
    entitled = problem.contract_of(agent).templates
    if pin.template is not None and pin.template not in entitled:
        yield error(
            (*path, "template"),
            f'{who}: contract "{agent.contract}" does not entitle to shift "{pin.template}".',
            f"Entitled: {', '.join(entitled)}.",
        )
        return
    names = entitled if pin.template is None else (pin.template,)
    yield from _shift_faults(path, who, pin, [problem.template_named[name] for name in names])


def _shift_faults(path: Path, who: str, pin: Pin, templates: list[ShiftTemplate]) -> Iterator[Finding]:
    """Pins that no possible shift satisfies."""
    named = f'shift "{templates[0].name}"' if len(templates) == 1 else "every shift of the contract"
    not_of = "not of" if len(templates) == 1 else "of no shift of the contract; it is not of"
    today = [one for one in templates if pin.day.weekday() in one.weekdays]
    if not today:
        yield error((*path, "day"), f"{who}: {named} may not start on that weekday.")
        return
    if pin.start is not None and not any(pin.start in one.starts for one in today):
        yield error(
            (*path, "start"),
            f"{who}: a start at {clock_words(pin.start)} is {not_of} {named}.",
            "; ".join(
                f"{one.name}: {clock_words(one.earliest_start)} to {clock_words(one.latest_start)} every "
                f"{one.start_step} min"
                for one in today
            )
            + ".",
        )
        return
    if pin.length_minutes is not None and not any(pin.length_minutes in one.lengths for one in today):
        yield error(
            (*path, "length_minutes"),
            f"{who}: a length of {hours_words(pin.length_minutes)} is {not_of} {named}.",
            "; ".join(
                f"{one.name}: {hours_words(one.min_length)} to {hours_words(one.max_length)} every "
                f"{one.length_step} min"
                for one in today
            )
            + ".",
        )
        return
    fitting = [
        (one, length)
        for one in today
        if pin.start is None or pin.start in one.starts
        for length in one.lengths
        if pin.length_minutes in (None, length)
    ]
    if not fitting:
        yield error((*path, "start"), f"{who}: no shift has both this start and this length.")
    elif pin.break_starts and not any(
        len(one.breaks_of(length)) == len(pin.break_starts) for one, length in fitting
    ):
        one, length = fitting[0]
        yield error(
            (*path, "break_starts"),
            f"{who}: the starts of {counted(len(pin.break_starts), 'break')} are fixed, "
            f"but {one.name} of {hours_words(length)} has "
            f"{counted(len(one.breaks_of(length)), 'break')}.",
        )
    elif (
        pin.break_starts
        and pin.start is not None
        and not all(
            pin.start <= at < pin.start + max(length for _, length in fitting) for at in pin.break_starts
        )
    ):
        yield error(
            (*path, "break_starts"),
            f"{who}: a break is fixed outside the shift.",
            "Breaks after midnight are written as 25:30.",
        )


def _absence_faults(path: Path, agent: Agent, pin: Pin) -> Iterator[Finding]:
    """A fixed shift against windows in which the agent is away; only where start and length are known."""
    if pin.start is None or pin.length_minutes is None:
        return
    start = _moment(pin.day, pin.start)
    end = start + timedelta(minutes=pin.length_minutes)
    for kind, windows in (("time off", agent.time_off), ("unavailable time", agent.unavailable)):
        for window in windows:
            if window.start < end and start < window.end:
                yield error(
                    (*path, "start"),
                    f"{agent.name} on {pin.day}: the fixed shift lies in {kind} from "
                    f"{window.start:%Y-%m-%d %H:%M} to "
                    f"{window.end:%Y-%m-%d %H:%M}.",
                )
    windows = tuple(window for window in agent.available if window.start.date() == pin.day)
    at = start
    for window in sorted(windows, key=lambda one: one.start):
        if window.start <= at:
            at = max(at, window.end)
    if windows and at < end:
        yield error(
            (*path, "start"), f"{agent.name} on {pin.day}: the fixed shift lies outside the available hours."
        )


def _overlaps(path: Path, agent: Agent) -> Iterator[Finding]:
    """Fixed shifts that overlap."""
    known = sorted(
        (_moment(pin.day, pin.start), pin.length_minutes, at)
        for at, pin in enumerate(agent.pins)
        if pin.start is not None and pin.length_minutes is not None
    )
    for (start, length, _), (later, _, at) in pairwise(known):
        if later < start + timedelta(minutes=length) and later.date() != start.date():
            yield error(
                (*path, at, "start"),
                f"{agent.name}: this fixed shift begins before the one of {start:%Y-%m-%d} ends.",
            )


def _moment(day: date, clock_minute: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=clock_minute)
