"""Agents of several skills, each allocated to exactly one of them, at the least staffing cost of one moment.

A convex minimum-cost flow by successive shortest paths (Ahuja, Magnanti and Orlin 1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass

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

    def cost(self, staff: Sequence[int]) -> tuple[int, int]:
        """Musts broken, and price, of so many agents on each skill, for a minute."""
        broken = cost = 0
        for terms, number in zip(self.terms, staff, strict=True):
            for at_least, at_most, price in terms:
                beyond = 0 if at_least is None else max(0, at_least - number)
                beyond += 0 if at_most is None else max(0, number - at_most)
                if price is None:
                    broken += beyond
                else:
                    cost += price * beyond
        return broken, cost

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
