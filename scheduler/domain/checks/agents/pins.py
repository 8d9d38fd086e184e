"""Checks of pins: against one another, their shift template, and the agent's absence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from scheduler.domain.checks.calendar.clock import pin_clock_faults
from scheduler.domain.facts.problem import Agent, Pin, Problem, ShiftTemplate, Window
from scheduler.domain.findings.faults import FactPath, error, off_grain, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.calendar_fields import at_clock
from scheduler.domain.values.words import clock_words, counted, from_to, hours_words
from scheduler.texts import text


def pin_faults(problem: Problem, must_work: Collection[str] = ()) -> list[Finding]:
    """Everything that is wrong with what is fixed for every agent.

    Parameters
    ----------
    must_work
        Whom rules hold to what is fixed and to their absence: for them the two exclude each other.
    """
    found: list[Finding] = []
    for index, agent in enumerate(problem.agents):
        seen: set[date] = set()
        for at, pin in enumerate(agent.pins):
            path = ("agents", index, "pins", at)
            if pin.day in seen:
                found.append(
                    error(
                        (*path, "day"),
                        text("{agent} is fixed twice on {day}.", agent=agent.name, day=pin.day),
                        text("Remove one of the rows."),
                    )
                )
            seen.add(pin.day)
            found += _pin_faults(problem, path, agent, pin, must_work)
        found += _overlaps(("agents", index, "pins"), agent)
    return found


def _pin_faults(
    problem: Problem, path: FactPath, agent: Agent, pin: Pin, must_work: Collection[str]
) -> Iterator[Finding]:
    grid = problem.grid
    who = text("{agent} on {day}", agent=agent.name, day=pin.day)
    if not 0 <= grid.day_index(pin.day) < grid.days:  # counted where entries of other weeks are
        return
    if not pin.off and not agent.is_employed_on(pin.day):
        yield error(
            (*path, "day"),
            text("{who}: this day is outside of their employment.", who=who),
            text("Remove the row, or mend Starts on or Leaves on of the Agents sheet."),
        )
        return
    given = (pin.template, pin.start, pin.length_minutes, pin.break_starts or None)
    if pin.off:
        if given != (None, None, None, None):
            yield error(
                (*path, "off"),
                text("{who}: a day off cannot have a shift as well.", who=who),
                text("Clear the one or the other."),
            )
        return
    if given == (None, None, None, None):
        yield error(
            (*path, "day"),
            text("{who}: this fixes nothing.", who=who),
            text("Write yes as Day off, or what is fixed: a shift, a start, a length or breaks."),
        )
        return
    if pin.start is not None:
        yield from off_grain((*path, "start"), text("{who}: a start", who=who), pin.start, is_clock=True)
    for at, start in enumerate(pin.break_starts):
        yield from off_grain(
            (*path, "break_starts", at), text("{who}: a break's start", who=who), start, is_clock=True
        )
    yield from pin_clock_faults(problem, path, agent, pin)
    entitled = problem.contract_of(agent).templates
    names = entitled if pin.template is None else (pin.template,)
    templates = [problem.template_named[name] for name in names]
    yield from _absence_faults(path, agent, pin, templates, agent.name in must_work)
    if pin.template is not None and pin.template not in entitled:
        yield error(
            (*path, "template"),
            text(
                '{who}: contract "{contract}" does not entitle to shift "{template}".',
                who=who,
                contract=agent.contract,
                template=pin.template,
            ),
            text("Entitled: {entitled}.", entitled=", ".join(entitled)),
        )
        return
    yield from _shift_faults(path, who, pin, templates)


def _shift_faults(path: FactPath, who: str, pin: Pin, templates: list[ShiftTemplate]) -> Iterator[Finding]:
    """Pins that no possible shift satisfies."""
    named = (
        text('shift "{name}"', name=templates[0].name)
        if len(templates) == 1
        else text("every shift of the contract")
    )
    not_of = text("not of") if len(templates) == 1 else text("of no shift of the contract; it is not of")
    today = [one for one in templates if pin.day.weekday() in one.weekdays]
    if not today:
        yield error(
            (*path, "day"), text("{who}: {named} may not start on that weekday.", who=who, named=named)
        )
        return
    if pin.start is not None and not any(pin.start in one.starts for one in today):
        yield error(
            (*path, "start"),
            text(
                "{who}: a start at {start} is {not_of} {named}.",
                who=who,
                start=clock_words(pin.start),
                not_of=not_of,
                named=named,
            ),
            _ranges((one.name, one.earliest_start, one.latest_start, one.start_step) for one in today),
        )
        return
    if pin.length_minutes is not None and not any(pin.length_minutes in one.lengths for one in today):
        yield error(
            (*path, "length_minutes"),
            text(
                "{who}: a length of {length_minutes} is {not_of} {named}.",
                who=who,
                length_minutes=hours_words(pin.length_minutes),
                not_of=not_of,
                named=named,
            ),
            _ranges(
                ((one.name, one.min_length, one.max_length, one.length_step) for one in today), hours_words
            ),
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
        yield error((*path, "start"), text("{who}: no shift has both this start and this length.", who=who))
    elif pin.break_starts and not any(
        len(one.breaks_of(length)) == len(pin.break_starts) for one, length in fitting
    ):
        one, length = fitting[0]
        yield error(
            (*path, "break_starts"),
            text(
                "{who}: the starts of {breaks} are fixed, but {shift} of {length} has {has}.",
                who=who,
                breaks=counted(len(pin.break_starts), "break"),
                shift=one.name,
                length=hours_words(length),
                has=counted(len(one.breaks_of(length)), "break"),
            ),
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
            text("{who}: a break is fixed outside the shift.", who=who),
            text("Breaks after midnight are written as 25:30."),
        )


def _ranges(ranges: Iterable[tuple[str, int, int, int]], in_words: Callable[[int], str] = clock_words) -> str:
    """What each shift allows: from the first to the last value, in steps of minutes."""
    allowed = (
        text("{shift}: {first}", shift=shift, first=in_words(first))
        if first == last
        else text(
            "{shift}: {first} to {last} every {step} min",
            shift=shift,
            first=in_words(first),
            last=in_words(last),
            step=step,
        )
        for shift, first, last, step in ranges
    )
    return "; ".join(allowed) + "."


def _absence_faults(
    path: FactPath, agent: Agent, pin: Pin, templates: Sequence[ShiftTemplate], must_work: bool
) -> Iterator[Finding]:
    """A fixed shift against windows in which the agent is away, whichever start and length it has.

    A sick call cancels it, which is told for all of them together.
    """
    spans = list(_shortest_spans(pin, templates))
    if not spans:
        return
    is_whole = pin.start is not None and pin.length_minutes is not None
    tell = error if is_whole or must_work else warning  # rules that are only preferred may let it be worked
    where = (*path, "day" if pin.start is None else "start")
    leave = tuple(window for window in agent.time_off if window.kind == "leave")
    for kind, windows in ((text("time off"), leave), (text("unavailable time"), agent.unavailable)):
        if not all(any(_clashes(window, *span) for window in windows) for span in spans):
            continue
        for window in windows:
            if _clashes(window, *spans[0]):
                yield tell(
                    where,
                    text(
                        "{agent} on {day}: the fixed shift lies in {kind} {when}.",
                        agent=agent.name,
                        day=pin.day,
                        kind=kind,
                        when=text("of that day")
                        if window.start.date() == window.last_day == pin.day
                        else from_to(window.start, window.end),
                    ),
                    text("Remove what is fixed, or mend the row on Availability."),
                )
    windows = tuple(window for window in agent.available if window.start.date() == pin.day)
    if windows and not any(_is_within(windows, *span) for span in spans):
        yield tell(
            where,
            text(
                "{agent} on {day}: the fixed shift lies outside the available hours.",
                agent=agent.name,
                day=pin.day,
            ),
            text("Remove what is fixed, or mend the row on Availability."),
        )


def _shortest_spans(pin: Pin, templates: Sequence[ShiftTemplate]) -> Iterator[tuple[datetime, datetime]]:
    """For each start that the shift could have, the shortest shift of it: a longer one covers more."""
    if pin.start is not None and pin.length_minutes is not None:
        start = at_clock(pin.day, pin.start)
        yield start, start + timedelta(minutes=pin.length_minutes)
        return
    for template in templates:
        if pin.day.weekday() in template.weekdays:
            length = timedelta(minutes=pin.length_minutes or template.min_length)
            for clock in template.starts if pin.start is None else (pin.start,):
                start = at_clock(pin.day, clock)
                yield start, start + length


def _clashes(window: Window, start: datetime, end: datetime) -> bool:
    return window.start < end and start < window.end


def _is_within(windows: Iterable[Window], start: datetime, end: datetime) -> bool:
    """Whether windows cover a span without a gap."""
    at = start
    for window in sorted(windows, key=lambda one: one.start):
        if window.start <= at:
            at = max(at, window.end)
    return at >= end


def _overlaps(path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Fixed shifts that overlap."""
    known = sorted(
        (at_clock(pin.day, pin.start), pin.length_minutes, at)
        for at, pin in enumerate(agent.pins)
        if pin.start is not None and pin.length_minutes is not None
    )
    for (start, length, _), (later, _, at) in pairwise(known):
        if later < start + timedelta(minutes=length) and later.date() != start.date():
            yield error(
                (*path, at, "start"),
                text(
                    "{agent}: this fixed shift begins before the one of {start:%Y-%m-%d} ends.",
                    agent=agent.name,
                    start=start,
                ),
            )
