"""Checks of service levels over a day or a week: that what answers in time can be told of every interval.

It is told by Erlang C, interval by interval, of people who serve nothing else. Whatever else is promised or
planned beside it is refused at its cell, and each finding says what to write instead.
"""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import ServiceGoal
from scheduler.domain.findings.faults import FactPath, error
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted
from scheduler.texts import text


def together_faults(problem: Problem, goal: ServiceGoal, path: FactPath) -> Iterator[Finding]:
    """What stands beside a service level over a day or a week and cannot."""
    if not goal.is_together:
        return
    if goal.channel != "calls":
        yield error(
            (*path, "channel"),
            text("only of calls a service level over a {per} can be planned.", per=goal.per),
            text("Write interval under Agreed over."),
        )
    if not goal.service_level_percent:
        yield error(
            (*path, "service_level_percent"),
            text("not said is which share is to be answered in time over the {per}.", per=goal.per),
            text("Write it under Service level: 80 %, or interval under Agreed over."),
        )
    for key in ("asa_seconds", "abandonment_percent"):
        if getattr(goal, key) is not None:
            yield error(
                (*path, key),
                text("this can be promised for every interval, but not over a {per}.", per=goal.per),
                text("Clear the cell, or write interval under Agreed over."),
            )
    if goal.patience_seconds is not None:
        yield error(
            (*path, "patience_seconds"),
            text("over a {per} callers are taken to wait as long as it takes (Erlang C).", per=goal.per),
            text("Clear the cell, or write interval under Agreed over."),
        )
    if goal.method != "stationary":
        yield error(
            (*path, "method"),
            text("over a {per} every interval is taken by itself.", per=goal.per),
            text("Write stationary, or interval under Agreed over."),
        )
    if problem.scenarios:
        yield error(
            (*path, "per"),
            text("with scenarios a service level can be promised for every interval only."),
            text("Write interval, or remove the scenarios."),
        )
    yield from _given_beside(problem, goal, path)


def _given_beside(problem: Problem, goal: ServiceGoal, path: FactPath) -> Iterator[Finding]:
    """Numbers on Demand where the goal holds: they would say twice how many are wanted."""
    given = problem.demand_for.get(goal.skill)
    if given is None or len(given.required) != problem.grid.intervals:
        return
    if given.from_volumes and len(given.from_volumes) != len(given.required):
        return
    both = [
        at
        for at in range(problem.grid.intervals)
        if not given.is_computed(at) and goal.holds(problem.grid, at)
    ]
    if both:
        yield error(
            (*path, "per"),
            text(
                'Demand has numbers for "{skill}" in {intervals} of this goal, first {first}: what is agreed '
                "over a {per} is planned from volumes alone.",
                skill=goal.skill,
                intervals=counted(len(both), "interval"),
                first=f"{problem.grid.interval_start(both[0]):%Y-%m-%d %H:%M}",
                per=goal.per,
            ),
            text("Remove them from Demand; fewest agents belong into Minimum staff, or into Override."),
        )


def served_beside(problem: Problem) -> Iterator[Finding]:
    """People who have another skill beside one with such a goal: who serves it when would be open."""
    per = {goal.skill: goal.per for goal in problem.service_goals if goal.is_together}
    for skill in per:
        several = [
            index
            for index, agent in enumerate(problem.agents)
            if skill in agent.skills and len(set(agent.skills)) > 1
        ]
        if several:
            yield error(
                ("agents", several[0], "skills"),
                text(
                    '{agents} of "{skill}", first "{agent}", have another skill; its service level is agreed '
                    "over a {per}, which is planned of people who serve nothing else.",
                    agents=counted(len(several), "agent"),
                    skill=skill,
                    agent=problem.agents[several[0]].name,
                    per=per[skill],
                ),
                text("Give them that skill alone, or write interval under Agreed over on Service goals."),
            )


def uncomputed_goals(problem: Problem) -> Iterator[Finding]:
    """Goals of a problem that was made in Python, of which nobody has computed what answers in time."""
    known = {one.goal for one in problem.goal_tables}
    for index, goal in enumerate(problem.service_goals):
        if not goal.is_together or index in known:
            continue
        is_in_use = any(
            number and goal.holds(problem.grid, at)
            for one in problem.volumes
            if one.skill == goal.skill
            for at, number in enumerate(one.contacts)
        )
        if is_in_use:
            yield error(
                ("service_goals", index),
                text('what answers "{skill}" in time is not computed.', skill=goal.skill),
                text("Call with_requirement on the problem before it is planned."),
            )
