"""A duty, and a day with or without one, in a planner's words."""

from collections.abc import Sequence
from datetime import date

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty, PlacedBreak
from scheduler.domain.values.grid import TimeGrid
from scheduler.texts import text


def from_to(grid: TimeGrid, duty: Duty, zone: str) -> str:
    """A duty's times as text: ``07:00–15:30``, with ``+1`` beside a time on the day after the duty's."""
    begins, ends = grid.local(duty.start, zone), grid.local(duty.end, zone)
    first, last = ((moment.date() - grid.date(duty.day)).days for moment in (begins, ends))
    front = f"+{first} " if first else ""
    behind = f" +{last}" if last and not first else ""
    return f"{front}{begins:%H:%M}–{ends:%H:%M}{behind}"


def duty_words(grid: TimeGrid, duty: Duty, zone: str) -> str:
    """A duty's template and times: ``early 07:00–15:30``."""
    return f"{duty.template} {from_to(grid, duty, zone)}"


def day_words(problem: Problem, agent: Agent | None, day: int, duties: Sequence[Duty]) -> str:
    """What somebody does on a day: their duties, why they are away, or ``free``."""
    grid = problem.grid
    if duties:
        zone = grid.time_zone if agent is None else problem.zone_of(agent)
        return text(" and ").join(duty_words(grid, duty, zone) for duty in duties)
    return ("" if agent is None else away_words(agent, grid.date(day))) or text("free")


def away_words(agent: Agent, on: date) -> str:
    """Why somebody is away on a date, or on a part of it: ``sick``, ``time off``; empty if they are not."""
    if not agent.is_employed_on(on):
        return text("not employed")
    kinds = {window.kind for window in agent.time_off if window.start.date() <= on <= window.last_day}
    if "sick" in kinds:
        return text("sick")
    return text("time off") if kinds else ""


def breaks_words(problem: Problem, agent: Agent | None, breaks: Sequence[PlacedBreak]) -> str:
    """Breaks with their starts: ``meal 12:00, tea 15:15``."""
    grid = problem.grid
    zone = grid.time_zone if agent is None else problem.zone_of(agent)
    taken = sorted(breaks, key=lambda pause: (pause.start, pause.name))
    return ", ".join(f"{pause.name} {grid.local(pause.start, zone):%H:%M}" for pause in taken) or text(
        "no breaks"
    )
