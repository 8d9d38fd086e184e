"""The sums that show a week impossible: what must be there against what the people may work, and the reverse.

Plain arithmetic on the limits of one agent and one week, so that a planner can do it again. Of intervals it
is told only where no duty crosses midnight: then all that is worked in a week counts for that week. People on
shifts count on the day on which they start, nights too.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import counted, from_to_days, hours_words, listed
from scheduler.engine.infeasibility.reach import Reaches
from scheduler.engine.instance.headcount_costs import UNSAID, HeadcountBreakpoint
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Int32Array
from scheduler.model.limits.verbs import OfTemplate
from scheduler.texts import text

_MOST_NAMES = 6
"""Rows of headcounts that are named; more would make the sentence too long to act on."""


def clashing_sum(instance: Instance) -> str:
    """A sentence for the first week in which staffing limits and people's hours cannot meet; else empty."""
    reaches = Reaches(instance.problem, instance.rules.rules)
    kinds = (_hours_lacking, _people_lacking, _no_room)
    return next((said for kind in kinds for said in kind(instance, reaches)), "")


def _hours_lacking(instance: Instance, reaches: Reaches) -> Iterator[str]:
    """A skill whose minimum over a week is above all that its people may work."""
    problem = instance.problem
    if _may_cross_midnight(problem):
        return
    for k, skill in enumerate(problem.skills):
        least = [
            one
            for one in instance.staffing.breakpoints
            if one.hard and not one.over and one.skill == k and one.at.max() > 0
        ]
        holders = [agent for agent in problem.agents if skill.name in agent.skills]
        for week in problem.weeks if least and holders else ():
            asked = sum(_asked(instance, least[0].at, day) for day in week)
            can = [reaches.of(agent, week).most_minutes for agent in holders]
            if asked > sum(can):
                yield text(
                    '"{rule}": {when} {asked} must be covered on "{skill}", but the {people} '
                    "who have the skill may work {most} at most ({parts}). Lower the minimum, or give more "
                    "people the skill.",
                    rule=least[0].rule,
                    when=from_to_days(problem.grid.date(week[0]), problem.grid.date(week[-1])),
                    asked=text("{hours:g} agent-hours", hours=asked / MINUTES_PER_HOUR),
                    skill=skill.name,
                    people=counted(len(holders), "agent"),
                    most=hours_words(sum(can)),
                    parts=_parts(can),
                )


def _people_lacking(instance: Instance, reaches: Reaches) -> Iterator[str]:
    """Shifts that more people must work over a week than those who count may."""
    problem = instance.problem
    rows = [one for one in _rows(instance) if not one.over]
    whole = [one for one in rows if instance.heads.counts[one.row].all()]
    groups = [[one] for one in rows] + ([whole] if len(whole) > 1 and _are_apart(instance, whole) else [])
    for some in groups:
        templates = [name for one in some for name in _templates(instance, one)]
        counting = np.any([instance.heads.counts[one.row] for one in some], axis=0)
        people = [
            agent
            for agent, counts in zip(problem.agents, counting, strict=True)
            if counts and set(templates) & set(problem.contract_of(agent).templates)
        ]
        for week in problem.weeks:
            wanted = sum(max(0, int(one.at[day])) for one in some for day in week)
            asked = wanted * min(min(_paid(problem, name)) for name in templates)
            can = [reaches.of(agent, week) for agent in people]
            duties, most = (
                sum(reach.duties_possible for reach in can),
                sum(reach.most_minutes for reach in can),
            )
            if wanted <= duties and asked <= most:
                continue
            yield text(
                "{rules}: {when} {wanted} must be worked on {rows}, {asked} at least, but "
                "the {people} who count there may work {duties}, {most} at most ({parts}). Ask for fewer, "
                "or entitle more people.",
                rules=_rules(some),
                wanted=counted(wanted, "duty", "duties"),
                asked=hours_words(asked),
                rows=_names(instance, some),
                people=counted(len(people), "agent"),
                duties=counted(duties, "duty", "duties"),
                most=hours_words(most),
                parts=_parts([reach.most_minutes for reach in can]),
                when=from_to_days(problem.grid.date(week[0]), problem.grid.date(week[-1])),
            )


def _no_room(instance: Instance, reaches: Reaches) -> Iterator[str]:
    """People who must work more over a week than the maxima of all their shifts leave room for."""
    problem, caps = instance.problem, [one for one in _rows(instance) if one.over]
    sets = {frozenset(problem.contract_of(agent).templates) for agent in problem.agents}
    for allowed in sorted({*sets, frozenset().union(*sets)}, key=lambda one: (len(one), sorted(one))):
        if not allowed or not caps:
            continue
        for week in problem.weeks:
            people = [
                (number, reach)
                for number, agent in enumerate(problem.agents)
                if set(problem.contract_of(agent).templates) <= allowed
                and (reach := reaches.of(agent, week)).duties_needed > 0
            ]
            numbers = [number for number, _ in people]
            mine = [one for one in caps if numbers and instance.heads.counts[one.row, numbers].all()]
            room = _room(instance, mine, allowed, week)
            if room is None:
                continue
            duties, minutes = room
            needed = sum(reach.duties_needed for _, reach in people)
            least = sum(reach.least_minutes for _, reach in people)
            if needed <= duties and least <= minutes:
                continue
            named = [one for one in mine if _templates(instance, one) & allowed]
            yield text(
                "{rules}: {when} {people} must work {needed} at least, {least} in all "
                "({parts}), but on {rows} there is room for {duties}, {most} at most. Raise the maximum on "
                "Headcounts, or lower the least hours of the contracts.",
                rules=_rules(named),
                people=counted(len(people), "agent"),
                needed=counted(needed, "duty", "duties"),
                least=hours_words(least),
                parts=_parts([reach.least_minutes for _, reach in people]),
                rows=_names(instance, named),
                duties=counted(duties, "duty", "duties"),
                most=hours_words(minutes),
                when=from_to_days(problem.grid.date(week[0]), problem.grid.date(week[-1])),
            )


def _room(
    instance: Instance, caps: Sequence[HeadcountBreakpoint], allowed: frozenset[str], week: Sequence[int]
) -> tuple[int, int] | None:
    """Duties and paid minutes that maxima leave on these shifts; ``None`` where a shift has no maximum."""
    problem, duties, minutes = instance.problem, 0, 0
    for name in sorted(allowed):
        template = problem.template_named[name]
        mine = [one for one in caps if _templates(instance, one) == {name}]
        for day in week:
            if problem.grid.weekday(day) not in template.weekdays:
                continue
            most = [int(one.at[day]) for one in mine if one.at[day] != UNSAID]
            if not most:
                return None
            duties += min(most)
            minutes += min(most) * max(_paid(problem, name))
    return duties, minutes


def _rows(instance: Instance) -> list[HeadcountBreakpoint]:
    """Headcounts that must be kept and count people by the shift that they start."""
    return [
        one
        for one in instance.heads.breakpoints
        if one.hard and isinstance(instance.heads.verbs[one.row], OfTemplate)
    ]


def _templates(instance: Instance, one: HeadcountBreakpoint) -> frozenset[str]:
    verb = instance.heads.verbs[one.row]
    return verb.templates if isinstance(verb, OfTemplate) else frozenset()


def _are_apart(instance: Instance, rows: Sequence[HeadcountBreakpoint]) -> bool:
    """Whether no duty counts in two of the rows."""
    names = [name for one in rows for name in _templates(instance, one)]
    return len(names) == len(set(names))


def _paid(problem: Problem, name: str) -> list[int]:
    """Paid minutes of the shifts of a template, one for each length."""
    template = problem.template_named[name]
    return [template.paid_minutes(length) for length in template.lengths]


def _rules(rows: Sequence[HeadcountBreakpoint]) -> str:
    return ", ".join(f'"{name}"' for name in dict.fromkeys(one.rule for one in rows))


def _names(instance: Instance, rows: Sequence[HeadcountBreakpoint]) -> str:
    return listed([f'"{instance.heads.names[one.row]}"' for one in rows], _MOST_NAMES)


def _parts(minutes: Sequence[int]) -> str:
    """Who has how much, as a planner adds it up: ``3 × 40 h + 2 × 30 h``."""
    return " + ".join(
        text("{times} × {hours}", times=times, hours=hours_words(each))
        for each, times in sorted(Counter(minutes).items(), reverse=True)
    )


def _may_cross_midnight(problem: Problem) -> bool:
    return any(
        template.latest_start + template.max_length > MINUTES_PER_DAY for template in problem.templates
    ) or any(
        problem.zone_of(agent) != problem.grid.time_zone or any(problem.work_reaching_in(agent))
        for agent in problem.agents
    )


def _asked(instance: Instance, at: Int32Array, day: int) -> int:
    """Agent-minutes that must be there on a day."""
    grid, slots = instance.problem.grid, instance.slots
    first, last = (slots.pad + grid.day_start(edge) // slots.minutes for edge in (day, day + 1))
    return int(at[first:last].sum()) * slots.minutes
