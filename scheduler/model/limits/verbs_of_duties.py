"""Verbs that ask for a duty of a roster: its shift, what of it has begun, or all of it with its breaks."""

from dataclasses import replace

from scheduler.domain.facts.agent import Pin
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.model.limits.verbs import UnderWay, start_clock


def pin_of(problem: Problem, agent: Agent, duty: Duty) -> Pin:
    """The pin that asks for this shift, wherever its breaks are."""
    return Pin(
        day=problem.grid.date(duty.day),
        template=duty.template,
        start=start_clock(problem, agent, duty),
        length_minutes=duty.elapsed_minutes,
    )


def under_way(problem: Problem, agent: Agent, duty: Duty, since: int) -> UnderWay:
    """The verb that asks for this duty as far as it has begun."""
    begun = sorted((pause.start, pause.name) for pause in duty.breaks if pause.start < since)
    return UnderWay(
        duty.template,
        start_clock(problem, agent, duty),
        _clock(problem, agent, duty.day, since),
        tuple((name, _clock(problem, agent, duty.day, start)) for start, name in begun),
    )


def as_rostered(problem: Problem, agent: Agent, duty: Duty) -> UnderWay:
    """The verb that asks for exactly this duty, breaks included."""
    return replace(under_way(problem, agent, duty, duty.end), length_minutes=duty.elapsed_minutes)


def _clock(problem: Problem, agent: Agent, day: int, instant: int) -> int:
    """An instant as clock minutes after the midnight of an agent's day; may pass 1440."""
    zone = problem.zone_of(agent)
    days_later = problem.grid.day_of(instant, zone) - day
    return problem.grid.clock_minute(instant, zone) + days_later * MINUTES_PER_DAY
