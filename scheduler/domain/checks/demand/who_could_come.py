"""How many people could be at work in each interval, seen from their shifts, leave and availability alone.

Of the rules only the one on entitlement is looked at: fewer can come than are counted here, never more.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from scheduler.domain.checks.calendar.possible_days import PossibleDays, Spans
from scheduler.domain.facts.agent import Agent
from scheduler.domain.facts.problem import Problem

Numbers = tuple[int, ...]
"""One for each interval of the horizon."""
EARLIER_SHIFTS = -1
"""The day before the horizon, of which night shifts last into it."""


@dataclass(frozen=True)
class CouldCome:
    """Who could be at work in any part of an interval.

    Parameters
    ----------
    by_skill
        How many of those who have it have a shift that fits there, and are not away; or are at work from
        before the horizon.
    of_any
        The same of those who have a skill that is asked for, each once.
    if_never_away
        By skill, how many have a shift that lies there, were nobody ever away.
    has_shift
        Whether any shift lies there, whoever works it.
    has_earlier_shift
        Whether a shift lies there that begins before the horizon.
    """

    by_skill: Mapping[str, Numbers]
    of_any: Numbers
    if_never_away: Mapping[str, Numbers]
    has_shift: Numbers
    has_earlier_shift: Numbers


def could_come(problem: Problem, entitled: Callable[[Agent], bool]) -> CouldCome:
    """Count them.

    Parameters
    ----------
    entitled
        Whether an agent may work no other shifts than those of the contract.
    """
    days, horizon = PossibleDays(problem), range(problem.grid.days)
    every = tuple(template.name for template in problem.templates)
    asked = {demand.skill for demand in problem.demand}
    there: dict[str, list[Spans]] = {skill.name: [] for skill in problem.skills}
    of_any: list[Spans] = []
    alike: dict[str, Counter[tuple[tuple[str, ...], str]]] = {skill: Counter() for skill in there}
    for agent in problem.agents:
        templates = problem.contract_of(agent).templates if entitled(agent) else every
        planned = (span for day in horizon for span in days.reach(agent, templates, day))
        spans = (*problem.work_reaching_in(agent), *planned)
        skills = there.keys() & set(agent.skills)
        for skill in skills:
            there[skill].append(spans)
            alike[skill][templates, problem.zone_of(agent)] += 1
        if skills & asked:
            of_any.append(spans)
    zones = {problem.zone_of(agent) for agent in problem.agents}

    def always(templates: tuple[str, ...], zone: str, over: Iterable[int] = horizon) -> Spans:
        return tuple(span for day in over for span in days.reach_at_all(templates, zone, day))

    return CouldCome(
        {skill: _counted(problem, ((spans, 1) for spans in of)) for skill, of in there.items()},
        _counted(problem, ((spans, 1) for spans in of_any)),
        {
            skill: _counted(problem, ((always(*who), number) for who, number in groups.items()))
            for skill, groups in alike.items()
        },
        _counted(problem, ((always(every, zone), 1) for zone in zones)),
        _counted(problem, ((always(every, zone, (EARLIER_SHIFTS,)), 1) for zone in zones)),
    )


def _counted(problem: Problem, spans_of: Iterable[tuple[Spans, int]]) -> Numbers:
    """How many are there in each interval, from each one's stretches and how many have the same."""
    length, intervals = problem.grid.interval_minutes, problem.grid.intervals
    change = [0] * (intervals + 1)
    for spans, number in spans_of:
        at = 0
        for start, end in sorted(spans):
            first, last = max(at, start // length), min(-(-end // length), intervals)
            if first < last:
                change[first] += number
                change[last] -= number
                at = last
    return tuple(accumulate(change))[:-1]
