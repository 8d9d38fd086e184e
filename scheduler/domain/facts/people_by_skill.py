"""Which headcounts are part of others: of the five on a shift two are to be nurses."""

from collections import defaultdict
from collections.abc import Sequence

from scheduler.domain.facts.agent import Agent
from scheduler.domain.facts.demand import Headcount


def of_these(headcounts: Sequence[Headcount], agents: Sequence[Agent]) -> dict[str, tuple[bool, ...]]:
    """By row and day, whether who counts in a headcount counts in another one of the shift already.

    The early shift asks for five, and of these for two nurses: five are required, not seven. The row for
    everybody goes first, then the skill that most people have. Rows of skills that nobody shares are no part
    of each other.
    """
    who = {
        wanted.row: {agent.name for agent in agents if wanted.counts(agent.skills)} for wanted in headcounts
    }
    found = {wanted.row: [False] * len(wanted.required) for wanted in headcounts}
    taken: dict[tuple[str, int], set[str]] = defaultdict(set)
    for wanted in sorted(headcounts, key=lambda one: (one.skill is not None, -len(who[one.row]))):
        for day, number in enumerate(wanted.required):
            if number is None:
                continue
            already = taken[wanted.template, day]
            if already & who[wanted.row]:
                found[wanted.row][day] = True
            else:
                already |= who[wanted.row]
    return {row: tuple(by_day) for row, by_day in found.items()}
