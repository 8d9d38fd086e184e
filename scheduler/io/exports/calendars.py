"""Everybody's duties and absences as a calendar, RFC 5545, to be sent to them or subscribed to.

A duty is known again by whose and on which day it is, so that a later file of the same week replaces the
events of an earlier one. A duty that is no more stays in the calendar that has it until it is cancelled:
days whose duty is known to have fallen away are written as cancelled.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import sha256

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard

from scheduler.domain import Agent, Duty, Problem
from scheduler.domain.results.roster import AgentDay, Roster
from scheduler.domain.values.grid import zone as zone_named
from scheduler.domain.values.words import hours_words
from scheduler.io.exports.absences import away_on
from scheduler.io.exports.file_names import CALENDARS, file_names
from scheduler.texts import text

_AWAY = "absence"
"""The category of events that are no duty."""
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_AROUND, _STEP = timedelta(days=3), timedelta(minutes=15)
"""Clocks change on a quarter of an hour, by every offset that is in use."""


def calendars(
    problem: Problem, roster: Roster, cancelled: Iterable[AgentDay], written: datetime
) -> dict[str, bytes]:
    """A calendar for each agent, by its name: ``calendars/Ann Lee.ics``.

    Parameters
    ----------
    cancelled
        Days whose duty fell away; those that have one again are left out.
    written
        When this is, as an instant; of two files with the same event calendars keep that of the later one.
    """
    days: dict[str, list[int]] = {}
    for agent, day in sorted(cancelled):
        days.setdefault(agent, []).append(day)
    names = file_names(agent.name for agent in problem.agents)
    zones = {zone: _zone(problem, zone) for zone in {problem.zone_of(agent) for agent in problem.agents}}
    return {
        f"{CALENDARS}/{names[agent.name]}.ics": _calendar(
            problem, agent, roster.of(agent.name), days.get(agent.name, ()), zones, written
        )
        for agent in problem.agents
    }


def _calendar(
    problem: Problem,
    agent: Agent,
    duties: tuple[Duty, ...],
    cancelled: Iterable[int],
    zones: dict[str, Timezone],
    written: datetime,
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//staffcurve//roster//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{agent.name}, {problem.name}")
    calendar.add_component(zones[problem.zone_of(agent)])
    for event in _events(problem, agent, duties, cancelled):
        event.add("dtstamp", written)
        event.add("sequence", (written - _COUNTED_FROM) // timedelta(minutes=1))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(
    problem: Problem, agent: Agent, duties: tuple[Duty, ...], cancelled: Iterable[int]
) -> Iterator[Event]:
    grid, zone = problem.grid, problem.zone_of(agent)
    on_day: dict[int, int] = {}
    for duty in duties:
        on_day[duty.day] = number = on_day.get(duty.day, 0) + 1
        event = Event()
        event.add("uid", _uid(problem, agent, duty.day, number))
        event.add("summary", duty.template)
        event.add("dtstart", grid.local(duty.start, zone))
        event.add("dtend", grid.local(duty.end, zone))
        event.add("description", "\n".join(_described(problem, agent, duty)))
        event.add("status", "CONFIRMED")
        yield event
    yield from _absences(problem, agent)
    for day in cancelled:
        if day not in on_day:
            event = Event()
            event.add("uid", _uid(problem, agent, day, 1))
            event.add("summary", text("Cancelled: no duty"))
            event.add("dtstart", grid.date(day))
            event.add("status", "CANCELLED")
            event.add("transp", "TRANSPARENT")
            yield event


def _absences(problem: Problem, agent: Agent) -> Iterator[Event]:
    """Whole days and parts of days on which the agent is away."""
    zone = zone_named(problem.zone_of(agent))
    for day in range(problem.grid.days):
        on = problem.grid.date(day)
        for number, one in enumerate(away_on(problem, agent, on), start=1):
            event = Event()
            event.add("uid", _uid(problem, agent, day, number, of=_AWAY))
            event.add("summary", one.kind.capitalize())
            event.add("categories", [_AWAY])
            if one.is_whole_day:
                event.add("dtstart", on)
                event.add("dtend", on + timedelta(days=1))
            else:
                event.add("dtstart", one.start.replace(tzinfo=zone))
                event.add("dtend", one.end.replace(tzinfo=zone))
            event.add("status", "CONFIRMED")
            yield event


def _described(problem: Problem, agent: Agent, duty: Duty) -> Iterator[str]:
    """Breaks and paid time, a line each."""
    for pause in duty.breaks:
        begins, ends = (problem.grid.local(at, problem.zone_of(agent)) for at in (pause.start, pause.end))
        times = f"{begins:%H:%M}–{ends:%H:%M}"
        yield (
            text("{name} {times}, paid", name=pause.name, times=times)
            if pause.paid
            else text("{name} {times}, unpaid", name=pause.name, times=times)
        )
    yield text("Paid {hours}", hours=hours_words(duty.paid_minutes))


def _uid(problem: Problem, agent: Agent, day: int, number: int, *, of: str = "") -> str:
    """The same for the same person's same duty of a day, whatever its times; it says nothing of them.

    Parameters
    ----------
    of
        What it is, where it is no duty.
    """
    whose = agent.personnel_number or agent.name
    said = "\n".join((whose, problem.grid.date(day).isoformat(), str(number), *filter(None, (of,))))
    return f"{sha256(said.encode()).hexdigest()[:32]}@staffcurve"


def _zone(problem: Problem, name: str) -> Timezone:
    """The clock of a zone around the planned days: how it stands, and each change of it.

    A change is written in the time before it, as RFC 5545, 3.6.5, asks; icalendar 7.3 is an hour late.
    """
    zone, grid = zone_named(name), problem.grid
    moment = grid.origin - _AROUND
    component = Timezone()
    component.add("tzid", name)
    component.add_component(_observance(zone, moment, moment))
    while moment < grid.origin + timedelta(minutes=grid.minutes) + _AROUND:
        after = moment + _STEP
        if moment.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            component.add_component(_observance(zone, moment, after))
        moment = after
    return component


def _observance(zone: tzinfo, before: datetime, begins: datetime) -> Component:
    """The offset from an instant on, beside that of another instant before it."""
    was, now = before.astimezone(zone), begins.astimezone(zone)
    component = TimezoneDaylight() if now.dst() else TimezoneStandard()
    offset = was.utcoffset() or timedelta()
    component.add("dtstart", (begins + offset).replace(tzinfo=None))
    component.add("tzoffsetfrom", offset)
    component.add("tzoffsetto", now.utcoffset() or timedelta())
    component.add("tzname", now.tzname() or "")
    return component
