"""Checks of deferrable work that the roster places: what cannot stand beside it, and what comes too late.

Whatever would fix when it is done, or price it a second way, is refused at its cell. What cannot be done
before its deadline, whoever comes, is told: it has its price, and stands against nothing.
"""

from collections.abc import Collection, Iterator, Mapping

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import ServiceGoal
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted
from scheduler.texts import text

PLACED = "placed"


def placed_faults(
    problem: Problem, goal: ServiceGoal, earlier: Collection[ServiceGoal], path: FactPath
) -> Iterator[Finding]:
    """What stands in a row of deferrable work, or beside it, and cannot be where the roster places it.

    Parameters
    ----------
    earlier
        Rows of the same skill before this one.
    """
    if goal.method == PLACED and goal.channel != "deferrable":
        yield error(
            (*path, "method"),
            text("only deferrable work can wait until the roster has people to spare."),
            text("Write deferrable under Channel, or another method."),
        )
    if any(one.is_placed != goal.is_placed for one in earlier):
        yield error(
            (*path, "method"),
            text('skill "{skill}" has another method in another row.', skill=goal.skill),
            text("Write placed in all of its rows, or in none."),
        )
    if not goal.is_placed:
        return
    if goal.minimum_staff:
        yield error(
            (*path, "minimum_staff"),
            text("work that the roster places asks for nobody at a certain time."),
            text("Clear the cell, or clear Method: then the work is spread evenly."),
        )
    if problem.scenarios:
        yield error(
            (*path, "method"),
            text("with scenarios deferrable work can be spread evenly only."),
            text("Clear Method, or remove the scenarios."),
        )
    given = problem.demand_for.get(goal.skill)
    if given is not None and not all(given.from_volumes or (False,)):
        yield error(
            (*path, "method"),
            text('Demand has numbers for "{skill}", whose work the roster places.', skill=goal.skill),
            text("Remove them from Demand, or clear Method."),
        )
    volumes = next((one for one in problem.volumes if one.skill == goal.skill), None)
    if volumes is not None and any(number is not None for number in volumes.override):
        yield error(
            (*path, "method"),
            text('Override has numbers for "{skill}", whose work the roster places.', skill=goal.skill),
            text("Clear Override for this skill, or clear Method."),
        )


def placed_beside(problem: Problem) -> Iterator[Finding]:
    """Two skills with work to be placed that share people, directly or through others.

    Then where the one is done bears on the other, and both would have to be placed together.
    """
    island = _islands(problem)
    first: dict[str, str] = {}
    told: set[str] = set()
    for index, goal in enumerate(problem.service_goals):
        if not goal.is_placed or goal.skill not in island or goal.skill in told:
            continue
        told.add(goal.skill)
        other = first.setdefault(island[goal.skill], goal.skill)
        if other != goal.skill:
            yield error(
                ("service_goals", index, "method"),
                text(
                    '"{skill}" and "{other}" have people in common, and the work of both is to be placed.',
                    skill=goal.skill,
                    other=other,
                ),
                text("Clear Method in one of them, or make one skill of the two."),
            )


def _islands(problem: Problem) -> Mapping[str, str]:
    """Of each skill one that stands for all that share people with it."""
    leader = {skill.name: skill.name for skill in problem.skills}

    def leads(skill: str) -> str:
        while leader[skill] != skill:
            skill = leader[skill]
        return skill

    for agent in problem.agents:
        skills = [skill for skill in agent.skills if skill in leader]
        for one in skills[1:]:
            leader[leads(one)] = leads(skills[0])
    return {skill: leads(skill) for skill in leader}


def too_late(problem: Problem, could: Mapping[str, Collection[int]]) -> Iterator[Finding]:
    """Portions that cannot be done before their deadline, were everybody at work whenever possible.

    Parameters
    ----------
    could
        By skill how many could be at work in each interval.
    """
    index_of = {volumes.skill: index for index, volumes in enumerate(problem.volumes)}
    for work in problem.deferred_work:
        there = list(could[work.skill])
        done = late = 0
        first = None
        for position, interval in enumerate(work.intervals):
            done = min(done + there[interval], work.arrived[position] - late)
            if done + late < work.due[position]:
                first = interval if first is None else first
                late = work.due[position] - done
        if first is not None:
            yield warning(
                ("volumes", index_of[work.skill], "contacts"),
                text(
                    "{skill}: {portions} of work cannot be done before the deadline, however many come; the "
                    "first is due in the interval of {when}.",
                    skill=work.skill,
                    portions=counted(late, "agent-interval"),
                    when=f"{problem.grid.interval_start(first):%Y-%m-%d %H:%M}",
                ),
                text("Give it a later deadline or more people, or expect the price of what is missing."),
            )


def without_placed(problem: Problem) -> Problem:
    """The same, asking for nobody where work is placed: it asks for them in no interval of its own."""
    placed = {work.skill for work in problem.deferred_work}
    if not placed:
        return problem
    nobody = (0,) * problem.grid.intervals
    demand = (
        one.model_copy(update={"required": nobody}) if one.skill in placed else one for one in problem.demand
    )
    return problem.model_copy(update={"demand": tuple(demand)})


def uncomputed_work(problem: Problem) -> Iterator[Finding]:
    """Work to be placed of a problem that was made in Python, of which nobody has computed the portions."""
    known = {work.skill for work in problem.deferred_work}
    with_volumes = {volumes.skill for volumes in problem.volumes}
    for index, goal in enumerate(problem.service_goals):
        if goal.is_placed and goal.skill in with_volumes and goal.skill not in known:
            yield error(
                ("service_goals", index),
                text('when the work of "{skill}" may be done is not computed.', skill=goal.skill),
                text("Call with_requirement on the problem before it is planned."),
            )
