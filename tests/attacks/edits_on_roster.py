"""Edits that planners make on the sheet Roster, each with what it means."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import chain
from random import Random
from typing import Any

from scheduler.domain import Duty
from tests.attacks.edits_meant import Case, Meant, clock, drawn, roster_cell, span, with_any_breaks


def typed(
    case: Case, book: Any, duty: Duty, words: str, gone: Sequence[Duty], come: Iterable[Duty] = ()
) -> Meant:
    """Words typed into a day of Roster, and every duty that they can mean."""
    cell = roster_cell(case, book, duty)
    book["Roster"][cell.partition("!")[2]].value = words
    return Meant(f"{cell}: {words!r}", gone, [(one,) for one in come] or [()], frozenset([cell]))


def off(case: Case, book: Any, random: Random) -> Meant | None:
    """A day off on Roster."""
    _, duty = drawn(case, book["Duties"], random)
    return typed(case, book, duty, random.choice(("off", "–", "-", "", "OFF", "free")), [duty])


def retimed(case: Case, book: Any, random: Random) -> Meant | None:
    """Other times on Roster, with the shift's name or without."""
    _, duty = drawn(case, book["Duties"], random)
    start, longer = random.choice((-60, -30, 30, 60)), random.choice((0, 0, 30, 60))
    new = duty.model_copy(update={"start": duty.start + start, "end": duty.end + start + longer})
    if clock(case.problem, case.problem.agent_named[duty.agent], new, new.start) < timedelta():
        return None
    words = random.choice(("{times}", "{name} {times}", "{times} {name}")).format(
        times=span(case, new), name=duty.template
    )
    if duty.template not in words and len(fitting(case, new)) != 1:
        return None
    return typed(case, book, duty, words, [duty], with_any_breaks(case, new))


def fitting(case: Case, duty: Duty) -> list[str]:
    """Shifts that have a duty's times."""
    problem = case.problem
    at = clock(problem, problem.agent_named[duty.agent], duty, duty.start) // timedelta(minutes=1)
    return [
        template.name
        for template in problem.templates
        if problem.grid.weekday(duty.day) in template.weekdays
        and at in template.starts
        and duty.elapsed_minutes in template.lengths
    ]


def named(case: Case, book: Any, random: Random) -> Meant | None:
    """A shift's name in a free day, with a start or without."""
    problem = case.problem
    agent, day = random.choice(problem.agents), random.randrange(problem.grid.days)
    template = random.choice(problem.templates)
    if case.outcome.roster.on(agent.name, day):
        return None
    starts = list(template.starts)
    chosen = random.choice(starts)
    with_start = random.random() < 0.5
    zone = problem.zone_of(agent)
    shifts = [
        Duty(agent=agent.name, day=day, template=template.name, start=at, end=at + length)
        for clock_minute in ([chosen] if with_start else starts)
        for at in [problem.grid.instant_on_day(day, clock_minute, zone)]
        for length in template.lengths
    ]
    words = f"{template.name} {chosen // 60:02d}:{chosen % 60:02d}" if with_start else template.name
    come = chain.from_iterable(with_any_breaks(case, shift) for shift in shifts)
    return typed(case, book, shifts[0], words, [], come)
