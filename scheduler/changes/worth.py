"""What it saves in missing and superfluous staff when one person works at other times of a day."""

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.facts.problem import Agent
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.verifier import DeltaEvaluation, Marginal, marginal

Worth = NDArray[np.int64]


class WorthOf:
    """The worth of work on some stretch of time, for one person whose day changes.

    Parameters
    ----------
    since, until
        The stretch that changed duties lie in, as instants.
    """

    def __init__(self, evaluation: DeltaEvaluation, since: int, until: int) -> None:
        self._evaluation = evaluation
        self._marginal: Marginal = marginal(
            evaluation.problem, evaluation.rules, evaluation.roster, since, until
        )
        self._known: dict[tuple[str, int], tuple[Worth, int]] = {}

    @classmethod
    def around(cls, evaluation: DeltaEvaluation, day: int) -> "WorthOf":
        """The same for duties that could be worked on a day: they begin and end near it."""
        midnight = evaluation.problem.grid.day_start(day)
        return cls(evaluation, midnight - MINUTES_PER_DAY, midnight + 4 * MINUTES_PER_DAY)

    def summed(self, agent: Agent, day: int) -> Worth:
        """What the agent's work before each minute is worth, summed; shape (minutes + 1,).

        Minutes that they work on that day already are worth what is lost without them.
        """
        return self._of(agent, day)[0]

    def saved(self, agent: Agent, duty: Duty | None, day: int) -> int:
        """By how much staffing costs less with this duty instead of those of the day."""
        summed, before = self._of(agent, day)
        return (0 if duty is None else _over(summed, duty)) - before

    def _of(self, agent: Agent, day: int) -> tuple[Worth, int]:
        duties = self._evaluation.roster.on(agent.name, day)
        key = (agent.name if duties else " ".join(agent.skills), day)
        if key not in self._known:
            added, removed = self._marginal.of(agent)
            worth = added
            for duty in duties:
                for since, until in duty.stretches():
                    worth = worth.copy() if worth is added else worth
                    worth[max(0, since) : max(0, until)] = removed[max(0, since) : max(0, until)]
            summed = np.concatenate(([0], worth.cumsum()))
            self._known[key] = summed, sum(_over(summed, duty) for duty in duties)
        return self._known[key]


def _over(summed: Worth, duty: Duty) -> int:
    last = len(summed) - 1
    return int(
        sum(
            summed[min(max(until, 0), last)] - summed[min(max(since, 0), last)]
            for since, until in duty.stretches()
        )
    )
