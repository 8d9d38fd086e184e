"""What is asked for and cannot be staffed: where no shift lies, and where more are wanted than could come.

One warning a skill and kind, with when, and at all its cells. Called by
:func:`scheduler.domain.checks.problem.problem_faults` where all people are known; a skill that nobody has is
told there. What is missing has its price, so that nothing here stands against the planning.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import groupby

from scheduler.domain.checks.calendar.possible_days import PossibleDays
from scheduler.domain.checks.demand.placed_work import too_late, without_placed
from scheduler.domain.checks.demand.who_could_come import CouldCome, could_come
from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.problem import Agent, Headcount, Problem
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.values.grid import TimeGrid
from scheduler.domain.values.spans import neighbours
from scheduler.domain.values.words import listed
from scheduler.texts import marked, text, text_n

_MOST_SHOWN = 3
_NO_SHIFT = (
    marked("{skill}: people are required when no shift can be worked: {when}."),
    marked(
        "Let a shift on Shifts reach there (Weekdays, Earliest start, Latest start, Longest), or clear these "
        "cells."
    ),
)
_FROM_BEFORE = (
    marked(
        "{skill}: at the time of shifts that began before the first day more people are required than "
        "History has at work then: {when}."
    ),
    marked("Fill in the last shifts on History, or expect the price of whom is missing."),
)
_NO_CONTRACT = (
    marked(
        "{skill}: people are required when nobody who has the skill has a contract with a shift then: {when}."
    ),
    marked("Name a shift of that time under Shifts of their contract, or clear these cells."),
)


def too_few(problem: Problem, entitled: Collection[str] | None = None) -> Iterator[Finding]:
    """Intervals and shifts for which there are too few people.

    Parameters
    ----------
    entitled
        Whom rules hold to the shifts of their contract; everybody, where nothing is given.
    """

    def is_entitled(agent: Agent) -> bool:
        return entitled is None or agent.name in entitled

    there = could_come(problem, is_entitled)
    yield from too_late(problem, there.by_skill)
    problem = without_placed(problem)
    for index, demand in enumerate(problem.demand):
        if any(demand.skill in agent.skills for agent in problem.agents):
            yield from _nobody_reaches(problem.grid, index, demand, there)
            yield from _too_much_asked(problem.grid, index, demand, there)
            yield from _too_much_needed(problem, index, demand, there)
    yield from _too_much_together(problem, there)
    for index, wanted in enumerate(problem.headcounts):
        yield from _too_few_on_shifts(problem, index, wanted, is_entitled)


def _short_of(demand: Demand, there: CouldCome) -> list[int]:
    """Intervals in which a skill alone asks for more people than could come."""
    return [at for at, (wanted, could) in _wanted_and_could(demand, there) if wanted > could]


def _wanted_and_could(demand: Demand, there: CouldCome) -> Iterator[tuple[int, tuple[int, int]]]:
    return enumerate(zip(demand.required, there.by_skill[demand.skill], strict=False))


def _nobody_reaches(grid: TimeGrid, index: int, demand: Demand, there: CouldCome) -> Iterator[Finding]:
    """Intervals that ask for people when nobody could ever be at work, by the reason for it."""
    by_reason: dict[tuple[str, str], list[int]] = {}
    for at in _short_of(demand, there):
        if not there.if_never_away[demand.skill][at]:
            reason = _NO_CONTRACT if there.has_shift[at] else _NO_SHIFT
            is_of_before = there.has_earlier_shift[at] and not there.has_shift[at]
            by_reason.setdefault(_FROM_BEFORE if is_of_before else reason, []).append(at)
    for (message, hint), seen in by_reason.items():
        said = text(message, skill=demand.skill, when=_when(grid, seen))
        yield _at(("demand", index, "required"), seen, said, text(hint))


def _too_much_asked(grid: TimeGrid, index: int, demand: Demand, there: CouldCome) -> Iterator[Finding]:
    """Intervals that ask for more people than could come, of those in which anybody's shift lies."""
    seen = [at for at in _short_of(demand, there) if there.if_never_away[demand.skill][at]]
    if seen:
        yield _at(
            ("demand", index, "required"),
            seen,
            text_n(
                "{skill}: in {number} interval more people are required than have the skill, have a shift "
                "then and are not away ({start:%Y-%m-%d %H:%M}: {wanted} of {could}).",
                "{skill}: in {number} intervals more people are required than have the skill, have a shift "
                "then and are not away (first {start:%Y-%m-%d %H:%M}: {wanted} of {could}).",
                len(seen),
                skill=demand.skill,
                number=len(seen),
                start=grid.interval_start(seen[0]),
                wanted=demand.required[seen[0]],
                could=there.by_skill[demand.skill][seen[0]],
            ),
            text("Lower what is required, or expect the price of whom is missing."),
        )


def _too_much_needed(problem: Problem, index: int, demand: Demand, there: CouldCome) -> Iterator[Finding]:
    """Intervals whose minimum is more people than could come, of enough who have the skill."""
    holders = sum(demand.skill in agent.skills for agent in problem.agents)
    seen = [
        at
        for at, (least, could) in enumerate(zip(demand.minimum, there.by_skill[demand.skill], strict=False))
        if could < least <= holders
    ]
    if seen:
        yield _at(
            ("demand", index, "minimum"),
            seen,
            text_n(
                "{skill}: in {number} interval more people must be there than have the skill, have a shift "
                "then and are not away ({start:%Y-%m-%d %H:%M}: {least} of {could}).",
                "{skill}: in {number} intervals more people must be there than have the skill, have a shift "
                "then and are not away (first {start:%Y-%m-%d %H:%M}: {least} of {could}).",
                len(seen),
                skill=demand.skill,
                number=len(seen),
                start=problem.grid.interval_start(seen[0]),
                least=demand.minimum[seen[0]],
                could=there.by_skill[demand.skill][seen[0]],
            ),
            text("Lower the minimum, or have somebody there who is away."),
        )


def _too_much_together(problem: Problem, there: CouldCome) -> Iterator[Finding]:
    """Intervals in which the skills together ask for more people than could come, and none of them alone."""
    alone = {at for demand in problem.demand for at in _short_of(demand, there)}
    together = [sum(wanted) for wanted in zip(*(demand.required for demand in problem.demand), strict=False)]
    seen = [
        at
        for at, (wanted, could) in enumerate(zip(together, there.of_any, strict=False))
        if wanted > could and at not in alone
    ]
    if seen:
        first = next(index for index, demand in enumerate(problem.demand) if demand.required[seen[0]])
        yield _at(
            ("demand", first, "required"),
            seen,
            text_n(
                "in {number} interval all skills together require more people than have a shift then and are "
                "not away, each counted once ({start:%Y-%m-%d %H:%M}: {wanted} of {could}).",
                "in {number} intervals all skills together require more people than have a shift then and "
                "are not away, each counted once (first {start:%Y-%m-%d %H:%M}: {wanted} of {could}).",
                len(seen),
                number=len(seen),
                start=problem.grid.interval_start(seen[0]),
                wanted=together[seen[0]],
                could=there.of_any[seen[0]],
            ),
            text("Lower what is required, or expect the price of whom is missing."),
        )


def _too_few_on_shifts(
    problem: Problem, index: int, wanted: Headcount, is_entitled: Callable[[Agent], bool]
) -> Iterator[Finding]:
    """Days on which a shift may not start, or which fewer people could work than are asked for."""
    path: FactPath = ("headcounts", index, "required")
    template = problem.template_named[wanted.template]
    days = PossibleDays(problem)
    asked = [(day, number) for day, number in enumerate(wanted.required) if number]
    idle = [day for day, _ in asked if problem.grid.weekday(day) not in template.weekdays]
    if idle:
        yield _at(
            path,
            idle,
            text_n(
                '"{row}": people are asked for on {on}, but shift "{template}" may not start on that '
                "weekday.",
                '"{row}": people are asked for on {days} days, first {on}, on which shift "{template}" may '
                "not start.",
                len(idle),
                row=wanted.row,
                days=len(idle),
                on=problem.grid.date(idle[0]),
                template=template.name,
            ),
            text("Add the weekday to the shift on Shifts, or clear these cells."),
        )
    may = [
        agent
        for agent in problem.agents
        if (problem.may_count(agent, wanted) if is_entitled(agent) else wanted.counts(agent.skills))
    ]
    can = {
        day: sum(bool(days.reach(agent, (template.name,), day)) for agent in may)
        for day, _ in asked
        if day not in idle
    }
    short = [(day, number) for day, number in asked if number > can.get(day, number)]
    if short:
        day, number = short[0]
        yield _at(
            path,
            [day for day, _ in short],
            text_n(
                '"{row}": {number} asked for on {on}, but only {can} can work it and are not away.',
                '"{row}": on {days} days more people are asked for than can work it and are not away (first '
                "{on}: {number} of {can}).",
                len(short),
                row=wanted.row,
                days=len(short),
                number=number,
                on=problem.grid.date(day),
                can=can[day],
            ),
            text("Lower what is required, or name the shift in the contracts of more people."),
        )


def _at(path: FactPath, positions: Sequence[int], message: str, hint: str) -> Finding:
    """A warning at all of these positions: the first one is its place."""
    ends = sorted({end for first, last in neighbours(positions) for end in (first, last)} - {positions[0]})
    others = tuple(Place(path=(*path, end)) for end in ends)
    return warning((*path, positions[0]), message, hint).model_copy(update={"also": others})


def _when(grid: TimeGrid, intervals: Sequence[int]) -> str:
    """The clock times of intervals, and the days: ``06:00 to 08:00 on 5 days, first 2026-06-15``."""
    by_clock: dict[tuple[str, str], list[date]] = {}
    for on, of_day in groupby(intervals, lambda interval: grid.interval_start(interval).date()):
        for first, last in neighbours(of_day):
            end = grid.interval_start(last + 1)
            until = f"{end:%H:%M}" if end.date() == on else "24:00"
            by_clock.setdefault((f"{grid.interval_start(first):%H:%M}", until), []).append(on)
    said = [
        text_n(
            "{start} to {end} on {first}",
            "{start} to {end} on {days} days, first {first}",
            len(days),
            start=start,
            end=end,
            first=days[0],
            days=len(days),
        )
        for (start, end), days in by_clock.items()
    ]
    return listed(said, _MOST_SHOWN)
