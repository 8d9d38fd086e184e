"""Who covers which skill when: staffing recounted from the roster, minute by minute.

Agents of several skills are allocated, each to exactly one, at the least staffing cost: a convex minimum-cost
flow. Between two moments at which somebody comes, goes, or takes a break nothing changes, so each such
stretch is counted once, and like situations share one allocation.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Coverage
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.money import hourly
from scheduler.model.limits.kinds import Allocated, Level
from scheduler.model.rules.book import RuleBook
from scheduler.verifier.recount.costs_by_rule import CostsByRule
from scheduler.verifier.recount.staffing_costs import StaffingTerms, staffing_terms

MANY = 10**9
"""More agents than any team has."""

CostTerm = tuple[int | None, int | None, int | None]
"""Lower bound, upper bound, and price per agent-minute beyond either; the price is ``None`` for a must."""


@dataclass(frozen=True)
class Situation:
    """The staffing costs of one interval: the terms of each skill, and the required number for ties."""

    terms: tuple[tuple[CostTerm, ...], ...]
    required: tuple[int, ...]

    def marginal(self, skill: int, staff: int) -> tuple[int, int, int, int]:
        """The marginal cost of one agent more on a skill.

        It compares by the musts broken, then by price, so that musts are kept where possible; ties go to a
        skill that still requires agents, then by skill order.
        """
        broken = cost = 0
        for at_least, at_most, price in self.terms[skill]:
            change = int(at_most is not None and staff >= at_most)
            change -= int(at_least is not None and staff < at_least)
            if price is None:
                broken += change
            else:
                cost += price * change
        return broken, cost, -int(staff < self.required[skill]), skill

    def alike(self, skill: int, staff: int) -> int:
        """How many more agents have the same marginal cost as the next: those up to the next breakpoint."""
        breakpoints = [self.required[skill], *(point for *bounds, _ in self.terms[skill] for point in bounds)]
        return min(
            (point - staff for point in breakpoints if point is not None and point > staff), default=MANY
        )


def allocate(
    groups: Sequence[tuple[int, ...]], counts: Sequence[int], situation: Situation
) -> tuple[int, ...]:
    """Agents allocated to each skill at the least staffing cost.

    Each agent is added on the cheapest skill that an augmenting path reaches: directly, or by moving agents
    of several skills on. With convex costs each augmentation keeps the allocation optimal (successive
    shortest paths; a move in itself costs nothing). Further agents of a group take the same path until a
    breakpoint or a flow on it is used up, so that many are added at once.

    Parameters
    ----------
    groups
        Skill indices of each group of like agents, not empty.
    counts
        How many of each group are at work.
    """
    staff = [0] * len(situation.required)
    serving: list[dict[int, int]] = [dict.fromkeys(skills, 0) for skills in groups]
    movable: list[int] = []  # earlier groups with agents at work who hold several skills
    for group, skills in enumerate(groups):
        left = counts[group]
        while left:
            came_from: dict[int, tuple[int, int] | None] = dict.fromkeys(skills)
            frontier = list(skills)
            for skill in frontier:  # breadth first: it grows during the loop
                for other in movable:
                    where = serving[other]
                    if where.get(skill, 0) > 0:
                        for onward in where:
                            if onward not in came_from:
                                came_from[onward] = (skill, other)
                                frontier.append(onward)
            best = skills[0]
            if len(came_from) > 1:
                best = min(came_from, key=lambda skill: situation.marginal(skill, staff[skill]))
            moves = []
            reached = best
            while (step := came_from[reached]) is not None:
                moves.append((step, reached))
                reached = step[0]
            room = [serving[other][before] for (before, other), _ in moves]
            alike = min(left, situation.alike(best, staff[best]), *room)
            for (before, other), after in moves:
                serving[other][before] -= alike
                serving[other][after] += alike
            serving[group][reached] += alike
            staff[best] += alike
            left -= alike
        if counts[group] and len(skills) > 1:
            movable.append(group)
    return tuple(staff)


@dataclass(frozen=True)
class StaffingCount(CostsByRule):
    """Coverage, who is allocated where, and what missing and superfluous agents cost."""

    coverage: Coverage
    allocated: Allocated


def count_coverage(problem: Problem, rules: RuleBook, roster: Roster) -> Coverage:
    """Staffing per skill and interval in agent-minutes, recounted from the roster."""
    return count_staffing(problem, rules, roster).coverage


def at_work(problem: Problem, agent: Agent, roster: Roster) -> Iterator[tuple[int, int]]:
    """Stretches of work inside the horizon; duties from before it count without breaks."""
    spans = list(problem.work_reaching_in(agent))
    spans += [stretch for duty in roster.of(agent.name) for stretch in duty.stretches()]
    for start, end in spans:
        if max(start, 0) < min(end, problem.grid.minutes):
            yield max(start, 0), min(end, problem.grid.minutes)


def count_staffing(problem: Problem, rules: RuleBook, roster: Roster) -> StaffingCount:
    """Coverage with the cost of missing and superfluous agents."""
    groups, presence = presence_by_skills(problem, roster)
    terms = staffing_terms(problem, rules)
    situations = staffing_situations(problem, terms)
    interval_minutes, minutes = problem.grid.interval_minutes, problem.grid.minutes
    edge = np.arange(minutes) % interval_minutes == 0
    edge[1:] |= (presence[:, 1:] != presence[:, :-1]).any(axis=0)
    edges = [*np.flatnonzero(edge).tolist(), minutes]
    counts = presence[:, edges[:-1]].T.tolist()
    names = [skill.name for skill in problem.skills]
    tallies: dict[str, list[list[int]]] = {
        tally: [[0] * problem.grid.intervals for _ in names]
        for tally in ("required", "scheduled", "missing", "superfluous", "below_minimum", "above_maximum")
    }
    allocated: dict[str, list[Level]] = {name: [] for name in names}
    missing_costs: dict[str, int] = defaultdict(int)
    superfluous_costs: dict[str, int] = defaultdict(int)
    known: dict[tuple[tuple[int, ...], int], tuple[int, ...]] = {}
    numbered = {situation: number for number, situation in enumerate(dict.fromkeys(situations))}
    number_of = [numbered[situation] for situation in situations]
    floors, caps = _floors_and_caps(problem)
    for position, start in enumerate(edges[:-1]):
        length = edges[position + 1] - start
        interval = start // interval_minutes
        situation = situations[interval]
        key = (tuple(counts[position]), number_of[interval])
        if key not in known:
            known[key] = allocate(groups, key[0], situation)
        for skill, staff in enumerate(known[key]):
            required = situation.required[skill]
            has_curve = names[skill] in problem.demand_for
            allocated[names[skill]].append((start, start + length, staff))
            tallies["required"][skill][interval] += required * length
            tallies["scheduled"][skill][interval] += staff * length
            tallies["missing"][skill][interval] += max(0, required - staff) * length
            tallies["superfluous"][skill][interval] += max(0, staff - required) * length * has_curve
            floor, cap = floors[skill][interval], caps[skill][interval]
            tallies["below_minimum"][skill][interval] += max(0, floor - staff) * length
            if cap is not None:
                tallies["above_maximum"][skill][interval] += max(0, staff - cap) * length
            for term in terms.by_skill.get(names[skill], ()):
                if term.is_requirement:
                    at_least, at_most = term.at_least(interval), term.at_most(interval)
                    if at_least is not None and staff < at_least:
                        missing_costs[term.rule] += hourly(term.price, (at_least - staff) * length)
                    if at_most is not None and staff > at_most:
                        superfluous_costs[term.rule] += hourly(term.price, (staff - at_most) * length)
    coverage = Coverage(
        interval_minutes=interval_minutes,
        **{
            tally: {name: tuple(row) for name, row in zip(names, rows, strict=True)}
            for tally, rows in tallies.items()
        },
    )
    return StaffingCount(
        coverage,
        allocated,
        missing_costs=dict(missing_costs),
        superfluous_costs=dict(superfluous_costs),
    )


def skills_of(problem: Problem, agent: Agent) -> tuple[int, ...]:
    """The positions of an agent's skills among the problem's: the group that the agent counts in."""
    return tuple(
        sorted(position for position, skill in enumerate(problem.skills) if skill.name in agent.skills)
    )


def presence_by_skills(
    problem: Problem, roster: Roster
) -> tuple[list[tuple[int, ...]], np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
    """Skill sets that somebody has, and who of them is at work: shape (sets, minutes), agents."""
    changes: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
    for agent in problem.agents:
        skills = skills_of(problem, agent)
        if skills:
            changes[skills].extend(at_work(problem, agent, roster))
    groups = sorted(changes, key=lambda skills: (len(skills), skills))
    presence = np.zeros((len(groups), problem.grid.minutes + 1), dtype=np.int64)
    for row, skills in enumerate(groups):
        for start, end in changes[skills]:
            presence[row, start] += 1
            presence[row, end] -= 1
    return groups, presence.cumsum(axis=1)[:, :-1]


def staffing_situations(problem: Problem, terms: StaffingTerms) -> list[Situation]:
    """The staffing costs of each interval."""
    required = [
        problem.demand_for[skill.name].required if skill.name in problem.demand_for else ()
        for skill in problem.skills
    ]
    return [
        Situation(
            terms=tuple(
                tuple(
                    (term.at_least(i), term.at_most(i), None if term.is_must else term.price)
                    for term in terms.by_skill.get(skill.name, ())
                )
                for skill in problem.skills
            ),
            required=tuple(row[i] if row else 0 for row in required),
        )
        for i in range(problem.grid.intervals)
    ]


def _floors_and_caps(
    problem: Problem,
) -> tuple[list[Sequence[int]], list[Sequence[int | None]]]:
    floors: list[Sequence[int]] = []
    caps: list[Sequence[int | None]] = []
    for skill in problem.skills:
        demand = problem.demand_for.get(skill.name)
        floors.append((demand.minimum if demand else ()) or (0,) * problem.grid.intervals)
        caps.append((demand.maximum if demand else ()) or (None,) * problem.grid.intervals)
    return floors, caps
