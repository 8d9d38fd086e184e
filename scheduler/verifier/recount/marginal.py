"""What one agent more, or one fewer, is worth to the staffing cost, minute by minute.

Exact for a change of one person's duty: in every minute that person is there or not, and nobody else changes.
Deferred work stays where it is placed; placed anew it may cost less.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Roster
from scheduler.model.rules.book import RuleBook
from scheduler.verifier.recount.allocation.skills import Situation, allocate
from scheduler.verifier.recount.coverage import (
    presence_by_skills,
    skills_of,
    staffing_situations,
    with_work_placed,
)
from scheduler.verifier.recount.staffing_costs import staffing_terms

Costs = NDArray[np.int64]
BROKEN_PRICE = 2**50
"""What breaking a ``must`` for one agent and minute counts as; far above every price of a minute."""


@dataclass(frozen=True)
class Marginal:
    """Of agents of each skill set, in sixtieths of a cent.

    Parameters
    ----------
    added, removed
        By skill set: shape (minutes,), what one agent more in that minute saves, and what one fewer loses.
    """

    problem: Problem
    added: dict[tuple[int, ...], Costs]
    removed: dict[tuple[int, ...], Costs]

    def of(self, agent: Agent) -> tuple[Costs, Costs]:
        """What the agent's minutes are worth: of one more like them, of one fewer."""
        skills = skills_of(self.problem, agent)
        nothing = np.zeros(self.problem.grid.minutes, dtype=np.int64)
        return self.added.get(skills, nothing), self.removed.get(skills, nothing)


def marginal(
    problem: Problem, rules: RuleBook, roster: Roster, first_minute: int, last_minute: int
) -> Marginal:
    """What one agent more or fewer is worth in each minute of a span; outside of it 0.

    Parameters
    ----------
    first_minute, last_minute
        The span, as instants; the last one is not part of it.
    """
    groups, presence = presence_by_skills(problem, roster)
    problem = with_work_placed(problem, rules, roster)
    situations = staffing_situations(problem, staffing_terms(problem, rules))
    width, minutes = problem.grid.interval_minutes, problem.grid.minutes
    added = {skills: np.zeros(minutes, dtype=np.int64) for skills in groups}
    removed = {skills: np.zeros(minutes, dtype=np.int64) for skills in groups}
    known: dict[tuple[tuple[int, ...], Situation], tuple[list[int], list[int]]] = {}
    for minute in range(max(0, first_minute), min(minutes, last_minute)):
        key = tuple(presence[:, minute].tolist()), situations[minute // width]
        if key not in known:
            known[key] = _differences(groups, *key)
        for position, skills in enumerate(groups):
            added[skills][minute], removed[skills][minute] = (part[position] for part in known[key])
    return Marginal(problem, added, removed)


def _differences(
    groups: Sequence[tuple[int, ...]], counts: tuple[int, ...], situation: Situation
) -> tuple[list[int], list[int]]:
    """What one agent more of each group saves, and one fewer loses."""
    now = _cost(groups, counts, situation)
    more, fewer = [], []
    for position in range(len(groups)):
        with_one = [*counts]
        with_one[position] += 1
        more.append(now - _cost(groups, with_one, situation))
        with_one[position] -= 2
        fewer.append(_cost(groups, with_one, situation) - now if counts[position] else 0)
    return more, fewer


def _cost(groups: Sequence[tuple[int, ...]], counts: Sequence[int], situation: Situation) -> int:
    """The staffing cost of a minute."""
    cost = 0
    for staff, terms in zip(allocate(groups, counts, situation), situation.terms, strict=True):
        for at_least, at_most, price in terms:
            beyond = max(0, (at_least or 0) - staff) + (max(0, staff - at_most) if at_most is not None else 0)
            cost += beyond * (BROKEN_PRICE if price is None else price)
    return cost
