"""Verbs that ask for a duty of a roster: its shift, what of it has begun, or all of it with its breaks."""

from dataclasses import replace

from scheduler.domain.facts.agent import Pin
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty
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
        since,
        tuple((name, start) for start, name in begun),
    )


def as_rostered(problem: Problem, agent: Agent, duty: Duty) -> UnderWay:
    """The verb that asks for exactly this duty, breaks included."""
    return replace(under_way(problem, agent, duty, duty.end), length_minutes=duty.elapsed_minutes)
