"""When somebody is away on a day, as their page and their calendar show it: whole days and parts of one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from scheduler.domain import Agent, Problem
from scheduler.domain.facts.agent import TimeOff, Window
from scheduler.domain.values.calendar_fields import at_clock
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.texts import text


class Away(NamedTuple):
    """A time of one date, on the agent's own clock; the end is not included."""

    kind: str
    start: datetime
    end: datetime

    @property
    def is_whole_day(self) -> bool:
        """Whether it lasts from midnight to midnight."""
        return self.end - self.start == timedelta(days=1)

    @property
    def times(self) -> str:
        """``13:00–15:00``; empty of a whole day."""
        until = "24:00" if self.end.date() > self.start.date() else f"{self.end:%H:%M}"
        return "" if self.is_whole_day else f"{self.start:%H:%M}–{until}"


def away_on(problem: Problem, agent: Agent, on: date) -> list[Away]:
    """Time off and sick calls of a date, and hours of it for which the agent is entered as unavailable.

    A training or an appointment is one of these. What comes again every week, and whole days on which
    somebody is unavailable, are no news to them and are left out.
    """
    found = [*_of_date(agent.time_off, on)]
    found += (one for one in _of_date(_single(problem, agent), on) if not one.is_whole_day)
    return sorted(found, key=lambda one: one.start)


def _of_date(windows: tuple[Window, ...], on: date) -> Iterator[Away]:
    for window in windows:
        if window.start.date() <= on <= window.last_day:
            start, end = max(at_clock(on, 0), window.start), min(at_clock(on, MINUTES_PER_DAY), window.end)
            yield Away(_kind(window), start, end)


def _kind(window: Window) -> str:
    if not isinstance(window, TimeOff):
        return text("unavailable")
    return text("sick") if window.kind == "sick" else text("time off")


def _single(problem: Problem, agent: Agent) -> tuple[Window, ...]:
    """Unavailable times of a date alone."""
    again = {
        (at_clock(on, one.start), at_clock(on, one.end))
        for one in agent.usual_windows
        if one.kind == "unavailable"
        for on in one.dates(problem.grid)
    }
    return tuple(one for one in agent.unavailable if (one.start, one.end) not in again)
