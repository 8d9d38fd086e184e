"""Checks of volumes, service goals and shrinkage: that a requirement can be computed, and is what is meant.

Called by :mod:`scheduler.domain.checks.problem`. A skill with an error here is not computed.
"""

from collections.abc import Collection, Iterator

from scheduler.domain.checks.demand.handling_times import handling_faults
from scheduler.domain.checks.demand.service_goals import goal_faults
from scheduler.domain.checks.demand.shrinkage import shrinkage_faults
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import ServiceGoal, goal_at
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding, unknown_name
from scheduler.domain.values.grid import MINUTES_PER_DAY, TimeGrid
from scheduler.domain.values.words import counted, listed
from scheduler.texts import text

_SHOWN = 6


def volume_faults(problem: Problem) -> Iterator[Finding]:
    """What is wrong with volumes, goals and shrinkage, or looks wrong."""
    seen: set[str] = set()
    for index, volumes in enumerate(problem.volumes):
        path = ("volumes", index)
        if volumes.skill not in problem.skill_named:
            message, hint = unknown_name(text("skill"), volumes.skill, problem.skill_named, "Skills")
            yield error((*path, "skill"), message, hint)
        if volumes.skill in seen:
            yield error(
                (*path, "skill"),
                text('the volumes of skill "{skill}" are given already.', skill=volumes.skill),
            )
        seen.add(volumes.skill)
        lengths = list(_length_faults(problem.grid, volumes, path))
        yield from lengths
        if lengths:
            continue
        goals = [goal for goal in problem.service_goals if goal.skill == volumes.skill]
        if not goals:
            yield error(
                path,
                text('skill "{skill}" has volumes, but no service goal.', skill=volumes.skill),
                text("Give it a row on Service goals: what is promised, and to whom."),
            )
            continue
        yield from _number_faults(problem, volumes, path)
    yield from goal_faults(problem)
    yield from shrinkage_faults(problem)


def skills_that_cannot_be_computed(problem: Problem) -> frozenset[str]:
    """Skills with an error in what their requirement follows from."""
    if not problem.volumes:
        return frozenset()
    found: set[str] = set()
    for fault in volume_faults(problem):
        kind, index = (*fault.place.path, 0)[:2]
        if fault.is_error and isinstance(index, int):
            if kind == "volumes":
                found.add(problem.volumes[index].skill)
            elif kind == "service_goals":
                found.add(problem.service_goals[index].skill)
            else:  # shrinkage may be everybody's
                found.update(one.skill for one in problem.volumes)
    return frozenset(found)


def _length_faults(grid: TimeGrid, volumes: Volumes, path: FactPath) -> Iterator[Finding]:
    slots = MINUTES_PER_DAY // grid.interval_minutes
    rows: list[tuple[FactPath, str, int, int]] = [
        (path, key, len(getattr(volumes, key)), grid.intervals)
        for key in ("contacts", "aht_seconds", "override")
    ]
    for at, usual in enumerate(volumes.usual):
        rows += [
            ((*path, "usual", at), key, len(getattr(usual, key)), slots)
            for key in ("contacts", "aht_seconds")
        ]
    for at, later in enumerate(volumes.later):
        size = len(grid.intervals_of(grid.day_index(later.day)))
        rows += [
            ((*path, "later", at), key, len(getattr(later, key)), size) for key in ("contacts", "aht_seconds")
        ]
    for place, key, length, wanted in rows:
        if length != wanted and (length or key == "contacts"):
            yield error(
                (*place, key),
                text(
                    '{key} of skill "{skill}" has {numbers}, where {intervals} are needed.',
                    key=key,
                    skill=volumes.skill,
                    numbers=counted(length, "number"),
                    intervals=counted(wanted, "interval"),
                ),
            )
    last = grid.date(grid.days - 1)
    for at, later in enumerate(volumes.later):
        if later.day <= last:
            yield error(
                (*path, "later", at, "day"),
                text(
                    '{day} of "{name}" is not after the last planned day {last}.',
                    day=later.day,
                    name=volumes.skill,
                    last=last,
                ),
            )


def _number_faults(problem: Problem, volumes: Volumes, path: FactPath) -> Iterator[Finding]:
    """Interval by interval: handling times, opening hours, holes, numbers on Demand as well."""
    grid, skill = problem.grid, volumes.skill
    goals = [goal_at(problem.service_goals, skill, grid, at) for at in range(grid.intervals)]
    first = next(goal for goal in problem.service_goals if goal.skill == skill)
    outside, missing = [], []
    for at, (number, goal) in enumerate(zip(volumes.contacts, goals, strict=True)):
        if number is None and goal is not None and goal.opens is not None:
            missing.append(at)
        if not number:
            continue
        if goal is None and first.channel != "deferrable":
            outside.append(at)
        elif first.channel != "outbound":
            yield from _handling_faults(volumes, goal or first, at, path)
    yield from _missing_rows(grid, skill, missing, path)
    if outside:
        yield warning(
            (*path, "contacts", outside[0]),
            text(
                "{skill}: {contacts:g} contacts in {intervals} lie outside the opening hours and are not "
                "staffed "
                "for, first {first}.",
                skill=skill,
                contacts=sum(volumes.contacts[at] or 0 for at in outside),
                intervals=counted(len(outside), "interval"),
                first=_when(grid, outside[0]),
            ),
            text("Widen Opens and Closes on Service goals, or remove the rows."),
        )
    yield from _both(problem, volumes, path)
    idle = [
        at
        for at, number in enumerate(volumes.override)
        if number is not None and (goals[at] is None or (volumes.contacts[at] is None and at not in missing))
    ]
    if idle:
        yield warning(
            (*path, "override", idle[0]),
            text(
                "{skill}: what overrides {intervals} is not used, since it is closed then, first {first}.",
                skill=skill,
                intervals=counted(len(idle), "interval"),
                first=_when(grid, idle[0]),
            ),
        )
    if first.channel == "deferrable":
        yield from _late_work(problem, volumes, goals, first, path)


def _handling_faults(volumes: Volumes, goal: ServiceGoal, at: int, path: FactPath) -> Iterator[Finding]:
    said = volumes.aht_seconds[at] if volumes.aht_seconds else None
    if said is not None:
        place = (*path, "aht_seconds", at)
        yield from handling_faults(place, volumes.skill, said, may_be_long=goal.channel == "deferrable")
    elif goal.aht_seconds is None:
        yield error(
            (*path, "contacts", at),
            text("{skill}: no handling time is given for these contacts.", skill=volumes.skill),
            text("Write AHT in seconds here, or once for the skill on Service goals."),
        )


def _missing_rows(grid: TimeGrid, skill: str, missing: list[int], path: FactPath) -> Iterator[Finding]:
    if missing:
        yield error(
            path,
            text(
                "{skill}: no contacts are given for {intervals} within the opening hours: {shown}.",
                skill=skill,
                intervals=counted(len(missing), "interval"),
                shown=listed([_when(grid, at) for at in missing], _SHOWN),
            ),
            text("Add the rows, with 0 where nobody calls."),
        )


def _both(problem: Problem, volumes: Volumes, path: FactPath) -> Iterator[Finding]:
    """Intervals with a row on Demand and one on Volumes."""
    given = problem.demand_for.get(volumes.skill)
    if given is None:
        return
    masks = given.from_volumes or (False,) * len(given.required)
    both = [
        at
        for at, (number, is_computed) in enumerate(zip(volumes.contacts, masks, strict=False))
        if number is not None and not is_computed
    ]
    if both:
        yield warning(
            (*path, "contacts", both[0]),
            text(
                "{skill}: on Demand and on Volumes there are numbers for {intervals}, first {first}: Demand "
                "is planned.",
                skill=volumes.skill,
                intervals=counted(len(both), "interval"),
                first=_when(problem.grid, both[0]),
            ),
            text("Remove one of the two; a number for once belongs into Override on Requirement."),
        )


def _late_work(
    problem: Problem,
    volumes: Volumes,
    goals: Collection[ServiceGoal | None],
    first: ServiceGoal,
    path: FactPath,
) -> Iterator[Finding]:
    """Deferrable work that no open interval reaches before its deadline."""
    grid = problem.grid
    reach = max(1, (first.deadline_minutes or 0) // grid.interval_minutes)
    opened = [
        goal is not None and (goal.opens is not None or number is not None)
        for goal, number in zip(goals, volumes.contacts, strict=True)
    ]
    late = [at for at, number in enumerate(volumes.contacts) if number and not any(opened[at : at + reach])]
    if late:
        yield error(
            (*path, "contacts", late[0]),
            text(
                "{skill}: the work of {intervals} meets no open hour before its deadline, first {first}.",
                skill=volumes.skill,
                intervals=counted(len(late), "interval"),
                first=_when(grid, late[0]),
            ),
            text("Give it a later deadline or longer hours on Service goals."),
        )


def _when(grid: TimeGrid, at: int) -> str:
    return f"{grid.interval_start(at):%Y-%m-%d %H:%M}"
