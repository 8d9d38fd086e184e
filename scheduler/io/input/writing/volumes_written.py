"""The rows of Volumes, Service goals, Shrinkage and Requirement, such that reading them gives the same again.

Volumes have a row for each time and skill: weekdays first, then what differs on a date, then dates behind the
horizon.
"""

from collections.abc import Iterator
from datetime import datetime

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import EVERY_DAY, ServiceGoal, Shrinkage
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.io.input.writing.repeated_rows import Facts


def volume_rows(problem: Problem) -> Iterator[Facts]:
    """The rows of the sheet Volumes."""
    grid = problem.grid
    for one in problem.volumes:
        for usual in one.usual:
            for slot, number in enumerate(usual.contacts):
                if number is not None:
                    yield {
                        "date": usual.weekdays,
                        "start": slot * grid.interval_minutes,
                        "skill": one.skill,
                        "contacts": number,
                        "aht_seconds": usual.aht_seconds[slot] if usual.aht_seconds else None,
                    }
        usual_week = one.spread(grid)
        starts = [grid.interval_start(at) for at in range(grid.intervals)]
        differing = {
            (starts[at].date(), _clock(starts[at]))
            for at, number in enumerate(one.contacts)
            if number is not None and _said(one, at) != _said(usual_week, at)
        }
        for at, number in enumerate(one.contacts):
            # of an hour that comes twice both rows or neither
            if number is not None and (starts[at].date(), _clock(starts[at])) in differing:
                yield _dated(one.skill, starts[at], *_said(one, at))
        for later in one.later:
            for slot, at in enumerate(grid.intervals_of(grid.day_index(later.day))):
                if later.contacts[slot] is not None:
                    aht = later.aht_seconds[slot] if later.aht_seconds else None
                    yield _dated(one.skill, grid.interval_start(at), later.contacts[slot], aht)


def goal_rows(problem: Problem) -> Iterator[Facts]:
    """The rows of the sheet Service goals; what was left out stays so."""
    for goal in problem.service_goals:
        yield _without_defaults(
            goal, "minimum_staff", "side_by_side", "slower_percent", "level_of", "method", "per"
        )


def shrinkage_rows(problem: Problem) -> Iterator[Facts]:
    """The rows of the sheet Shrinkage."""
    for row in problem.shrinkage:
        yield _without_defaults(row, "start", "end")


def requirement_rows(problem: Problem) -> Iterator[Facts]:
    """The steps of every open interval, and what overrides them."""
    volumes = {one.skill: one for one in problem.volumes}
    steps_of = {steps.skill: steps for steps in problem.requirement}
    grid = problem.grid
    starts = [grid.interval_start(at) for at in range(grid.intervals)]
    for skill, one in volumes.items():
        steps = steps_of.get(skill)
        for at, start in enumerate(starts):
            override = one.override[at] if one.override else None
            is_open = steps is not None and steps.required[at] is not None
            if steps is not None and (is_open or override is not None):
                yield {
                    "date": start.date(),
                    "start": _clock(start),
                    "skill": skill,
                    "contacts": one.contacts[at],
                    "workload": steps.workload[at],
                    "base_staff": steps.base_staff[at],
                    "shrinkage_percent": steps.shrinkage_percent[at],
                    "required": steps.required[at],
                    "override": override,
                }


def _said(volumes: Volumes, at: int) -> tuple[float | None, float | None]:
    return volumes.contacts[at], volumes.aht_seconds[at] if volumes.aht_seconds else None


def _dated(skill: str, start: datetime, contacts: float | None, aht_seconds: float | None) -> Facts:
    return {
        "date": (start.date(),),
        "start": _clock(start),
        "skill": skill,
        "contacts": contacts,
        "aht_seconds": aht_seconds,
    }


def _clock(moment: datetime) -> int:
    return moment.hour * MINUTES_PER_HOUR + moment.minute


def _without_defaults(fact: ServiceGoal | Shrinkage, *keys: str) -> Facts:
    fields = dict(fact)
    for key in keys:
        if fields[key] == type(fact).model_fields[key].default:
            fields[key] = None
    return fields | {"weekdays": None if fact.weekdays == EVERY_DAY else fact.weekdays}
