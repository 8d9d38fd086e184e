"""Checks of one agent's windows of availability and absence."""

from collections.abc import Iterator
from itertools import pairwise

from scheduler.domain.facts.agent import Agent, TimeOff, Window
from scheduler.domain.findings.faults import GRAIN_MINUTES, FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import from_to
from scheduler.texts import text

_KINDS = {"available": "available", "unavailable": "unavailable", "time_off": "time off"}


def absence_faults(path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Windows given twice, absence paid twice, and ends one minute off a round time."""
    for key in _KINDS:
        yield from _twice((*path, key), agent, key)
    yield from _paid_twice((*path, "time_off"), agent)
    yield from _a_minute_beside(path, agent)


def _twice(path: FactPath, agent: Agent, key: str) -> Iterator[Finding]:
    """Equal windows; paid hours would be counted twice."""
    seen: set[tuple[object, object]] = set()
    for at, window in enumerate(getattr(agent, key)):
        if (window.start, window.end) in seen:
            paid = isinstance(window, TimeOff) and bool(window.paid_minutes)
            yield (error if paid else warning)(
                (*path, at),
                text(
                    "{agent}: {kinds} {from_to} stands here twice.",
                    agent=agent.name,
                    kinds=_KINDS[key],
                    from_to=_from_to(window),
                ),
                text("Remove one of the rows."),
            )
        seen.add((window.start, window.end))


def _paid_twice(path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Paid absences that overlap: the hours of both would count."""
    paid = sorted(
        ((window, at) for at, window in enumerate(agent.time_off) if window.paid_minutes),
        key=lambda one: (one[0].start, one[0].end),
    )
    for (earlier, _), (later, at) in pairwise(paid):
        if later.start < earlier.end and (later.start, later.end) != (earlier.start, earlier.end):
            yield error(
                (*path, at),
                text(
                    "{agent}: paid time off {later} runs into that {earlier}, and the hours of both would "
                    "count.",
                    agent=agent.name,
                    later=_from_to(later),
                    earlier=_from_to(earlier),
                ),
                text("Let the one end where the other begins."),
            )


def _a_minute_beside(path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Availability until 16:59 or from 08:01, which bars a shift to 17:00; reported once per agent."""
    for at, window in enumerate(agent.available):
        late, early = window.start.minute % GRAIN_MINUTES == 1, window.end.minute % GRAIN_MINUTES == 4
        if late or early:
            key, moment = ("end", window.end) if early else ("start", window.start)
            beside = moment.minute + (1 if early else -1)
            meant = f"{moment.hour + beside // 60:02d}:{beside % 60:02d}"
            yield warning(
                (*path, "available", at, key),
                (
                    text(
                        "{agent}: available until {moment:%H:%M} bars every shift that ends at {meant}.",
                        agent=agent.name,
                        moment=moment,
                        meant=meant,
                    )
                    if early
                    else text(
                        "{agent}: available from {moment:%H:%M} bars every shift that starts at {meant}.",
                        agent=agent.name,
                        moment=moment,
                        meant=meant,
                    )
                ),
                text("Write {meant} if that is meant.", meant=meant),
            )
            return


def _from_to(window: Window) -> str:
    return from_to(window.start, window.end)
