"""The sum that shows a week impossible: more hours must be there than those who have the skill may work.

Plain arithmetic on the limits of one agent and one week, so that a planner can do it again. It is told only
where no duty crosses midnight: then all that is worked in a week counts for the minimum of that week.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import counted, hours_words
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Int32Array
from scheduler.model import AgentRule, Total
from scheduler.model.limits.verbs import PaidMinutes, Worked
from scheduler.texts import text


def hours_lacking(instance: Instance) -> str:
    """A sentence for the first skill and week whose minimum is above all that its people may work."""
    problem = instance.problem
    if _may_cross_midnight(problem):
        return ""
    totals = list(_totals(instance))
    for k, skill in enumerate(problem.skills):
        least = [
            one
            for one in instance.staffing.breakpoints
            if one.hard and not one.over and one.skill == k and one.at.max() > 0
        ]
        holders = [agent for agent in problem.agents if skill.name in agent.skills]
        for week in problem.weeks if least and holders else ():
            asked = sum(_asked(instance, least[0].at, day) for day in week)
            can = [_most(problem, agent, week, totals) for agent in holders]
            if asked > sum(can):
                return text(
                    '"{rule}": from {first} to {last} {asked} must be covered on "{skill}", but the {people} '
                    "who have the skill may work {most} at most ({parts}). Lower the minimum, or give more "
                    "people the skill.",
                    rule=least[0].rule,
                    first=problem.grid.date(week[0]),
                    last=problem.grid.date(week[-1]),
                    asked=text("{hours:g} agent-hours", hours=asked / MINUTES_PER_HOUR),
                    skill=skill.name,
                    people=counted(len(holders), "agent"),
                    most=hours_words(sum(can)),
                    parts=" + ".join(
                        text("{times} × {hours}", times=times, hours=hours_words(minutes))
                        for minutes, times in sorted(Counter(can).items(), reverse=True)
                    ),
                )
    return ""


def _may_cross_midnight(problem: Problem) -> bool:
    return any(
        template.latest_start + template.max_length > MINUTES_PER_DAY for template in problem.templates
    ) or any(
        problem.zone_of(agent) != problem.grid.time_zone or any(problem.work_reaching_in(agent))
        for agent in problem.agents
    )


def _totals(instance: Instance) -> Iterator[Total]:
    """What the rules that must be kept let single agents work at most."""
    for rule in instance.rules.rules:
        for limit in rule.limits(instance.problem) if rule.is_must and isinstance(rule, AgentRule) else ():
            if isinstance(limit, Total) and limit.at_most is not None and limit.price is None and limit.on:
                yield limit


def _asked(instance: Instance, at: Int32Array, day: int) -> int:
    """Agent-minutes that must be there on a day."""
    grid, slots = instance.problem.grid, instance.slots
    first, last = (slots.pad + grid.day_start(edge) // slots.minutes for edge in (day, day + 1))
    return int(at[first:last].sum()) * slots.minutes


def _most(problem: Problem, agent: Agent, week: Sequence[int], totals: Sequence[Total]) -> int:
    """Minutes that an agent may work in a week: a shift a day, and no more than the rules allow."""
    contract, days = problem.contract_of(agent), []
    for day in week:
        paid = [max(map(one.paid_minutes, one.lengths)) for one in problem.shifts_of(contract, day)]
        days.append(max(paid, default=0))
    most = sum(days)
    for limit in totals:
        if limit.agent == agent.name and set(week) <= set(limit.on):
            left = max(0, (limit.at_most or 0) - limit.carried_in)
            if limit.of == PaidMinutes():
                most = min(most, left)
            elif limit.of == Worked():
                most = min(most, sum(sorted(days, reverse=True)[:left]))
    return most
