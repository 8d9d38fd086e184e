"""Checks of how many agents are wanted: that every interval has a number, and every number a place."""

from collections.abc import Collection, Iterator
from datetime import date

from scheduler.domain.facts.demand import LaterDemand, LaterHeadcount
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.domain.values.words import counted, hours_words
from scheduler.texts import text


def demand_faults(problem: Problem, unsound: Collection[FactPath] = ()) -> Iterator[Finding]:
    """What is wrong with the demand, and facts without which nothing can be planned.

    Parameters
    ----------
    unsound
        Facts that could not be read.
    """
    intervals = problem.grid.intervals
    asks_by_shift = bool(problem.headcounts and not (problem.demand or problem.volumes))
    names_skills = any(one.skills for one in problem.agents) or any(one.skill for one in problem.headcounts)
    for facts, message in (
        *(() if asks_by_shift and not names_skills else (("skills", text("there are no skills.")),)),
        ("templates", text("there are no shifts.")),
        ("contracts", text("there are no contracts.")),
        ("agents", text("there are no agents.")),
    ):
        if not getattr(problem, facts) and all(path[:1] != (facts,) for path in unsound):
            yield error((facts,), message)
    for index, demand in enumerate(problem.demand):
        lengths = [("required", len(demand.required))]
        lengths += [
            (key, len(getattr(demand, key)))
            for key in ("minimum", "maximum", "from_volumes")
            if getattr(demand, key)
        ]
        for key, length in lengths:
            if length != intervals:
                yield error(
                    ("demand", index, key),
                    text(
                        '{key} of skill "{skill}" has {numbers}, but the horizon has {intervals}.',
                        key=key,
                        skill=demand.skill,
                        numbers=counted(length, "number"),
                        intervals=counted(intervals, "interval"),
                    ),
                    _days_of_other_length(problem),
                )
        if len({length for _, length in lengths}) > 1 or not (demand.minimum and demand.maximum):
            continue
        for interval, (floor, seats) in enumerate(zip(demand.minimum, demand.maximum, strict=True)):
            if seats is not None and floor > seats:
                yield error(
                    ("demand", index, "minimum", interval),
                    text(
                        "{skill}: the minimum {floor} is more than the maximum {seats}.",
                        skill=demand.skill,
                        floor=floor,
                        seats=seats,
                    ),
                    text("Lower the minimum, or raise the maximum."),
                )
    if not any(path[0] in ("demand", "headcounts") for path in unsound):
        yield from _silent_skills(problem)
    yield from _usual_faults(problem)
    yield from _later_faults(problem)


def _days_of_other_length(problem: Problem) -> str:
    """Why the number of intervals may surprise: ``2026-10-25 has 25 h.``."""
    grid = problem.grid
    lengths = {day: grid.day_start(day + 1) - grid.day_start(day) for day in range(grid.days)}
    return " ".join(
        text("{day} has {length}.", day=grid.date(day), length=hours_words(length))
        for day, length in lengths.items()
        if length != MINUTES_PER_DAY
    )


def _silent_skills(problem: Problem) -> Iterator[Finding]:
    """Skills that nobody asks for, neither by the interval nor by the shift.

    Where people are asked for by shift alone, unused skills are no finding: a ward has one kind of work,
    which its headcounts need not name.
    """
    given = {*problem.demand_for, *(one.skill for one in problem.volumes)}
    given |= {wanted.skill for wanted in problem.headcounts if wanted.skill is not None}
    if problem.headcounts and not (problem.demand or problem.volumes):
        return
    tell = warning if problem.headcounts else error
    for index, skill in enumerate(problem.skills):
        if skill.name not in given:
            yield tell(
                ("skills", index, "name"),
                text('skill "{skill}" has no demand.', skill=skill.name),
                text("Give it one for every interval; 0 where nobody is needed."),
            )


def _usual_faults(problem: Problem) -> Iterator[Finding]:
    """Days by weekday that are no days, and weekdays that are given twice."""
    slots = MINUTES_PER_DAY // problem.grid.interval_minutes
    for index, demand in enumerate(problem.demand):
        seen: set[int] = set()
        for at, usual in enumerate(demand.usual):
            path = ("demand", index, "usual", at)
            for key in ("required", "minimum", "maximum"):
                numbers = getattr(usual, key)
                if len(numbers) != slots and (numbers or key == "required"):
                    yield error(
                        (*path, key),
                        text(
                            '{key} of skill "{skill}" has {numbers}, but a day has {intervals}.',
                            key=key,
                            skill=demand.skill,
                            numbers=counted(len(numbers), "number"),
                            intervals=counted(slots, "interval"),
                        ),
                    )
            if seen.intersection(usual.weekdays):
                yield error(
                    (*path, "weekdays"),
                    text('a weekday of skill "{skill}" is given already.', skill=demand.skill),
                    text("Name each weekday once."),
                )
            seen.update(usual.weekdays)
    for index, wanted in enumerate(problem.headcounts):
        for key in ("usual", "usual_maximum"):
            numbers = getattr(wanted, key)
            if len(numbers) not in (0, DAYS_PER_WEEK):
                yield error(
                    ("headcounts", index, key),
                    text(
                        '"{row}" has {numbers} by weekday; a week has seven days.',
                        row=wanted.row,
                        numbers=counted(len(numbers), "number"),
                    ),
                )


def _later_faults(problem: Problem) -> Iterator[Finding]:
    """Dates that are not behind the horizon or are given twice, and days with too few or many numbers."""
    grid = problem.grid
    last = grid.date(grid.days - 1)
    rows: list[tuple[str, int, str, tuple[LaterDemand | LaterHeadcount, ...]]]
    rows = [("demand", index, demand.skill, demand.later) for index, demand in enumerate(problem.demand)]
    rows += [("headcounts", index, one.row, one.later) for index, one in enumerate(problem.headcounts)]
    for facts, index, name, later in rows:
        seen: set[date] = set()
        for at, one in enumerate(later):
            path = (facts, index, "later", at)
            if one.day <= last:
                yield error(
                    (*path, "day"),
                    text(
                        '{day} of "{name}" is not after the last planned day {last}.',
                        day=one.day,
                        name=name,
                        last=last,
                    ),
                    text("Numbers of planned days stand in required; leave days out that are past."),
                )
            elif one.day in seen:
                yield error(
                    (*path, "day"),
                    text('{day} of "{name}" is given already.', day=one.day, name=name),
                    text("Name each date once."),
                )
            elif isinstance(one, LaterDemand):
                yield from _lengths_of_later(one, name, path, len(grid.intervals_of(grid.day_index(one.day))))
            seen.add(one.day)


def _lengths_of_later(one: LaterDemand, name: str, path: FactPath, intervals: int) -> Iterator[Finding]:
    for key in ("required", "minimum", "maximum"):
        numbers = getattr(one, key)
        if len(numbers) != intervals and (numbers or key == "required"):
            yield error(
                (*path, key),
                text(
                    '{key} of skill "{skill}" has {numbers}, but {day} has {intervals}.',
                    key=key,
                    skill=name,
                    numbers=counted(len(numbers), "number"),
                    day=one.day,
                    intervals=counted(intervals, "interval"),
                ),
            )
