"""What it saves in missing and superfluous staff when one person works at other times of a day."""

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.facts.problem import Agent
from scheduler.domain.results.roster import Duty
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.verifier import DeltaEvaluation, Marginal, marginal

Worth = NDArray[np.int64]
"""What an agent's work in the minutes before each one is worth, summed; shape (minutes + 1,)."""


def summed(by_minute: NDArray[np.int64]) -> Worth:
    """The worth of all work before each minute, from that of single minutes."""
    return np.concatenate(([0], by_minute.cumsum()))


def worth_between(worth: Worth, since: int, until: int) -> int:
    """What work between two instants is worth; outside of the horizon it is worth nothing."""
    last = len(worth) - 1
    return int(worth[min(max(until, 0), last)] - worth[min(max(since, 0), last)])


def worth_of(worth: Worth, duty: Duty) -> int:
    """What the work of a duty is worth, its breaks left out."""
    return sum(worth_between(worth, since, until) for since, until in duty.stretches())


class WorthOf:
    """The worth of work on some span of time, for one person whose day changes.

    Parameters
    ----------
    since, until
        The span that changed duties lie in, as instants.
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

    def of(self, agent: Agent, day: int) -> Worth:
        """The worth of the agent's work; minutes that they work already count what is lost without them."""
        return self._of(agent, day)[0]

    def saved(self, agent: Agent, duty: Duty | None, day: int) -> int:
        """By how much staffing costs less with this duty instead of those of the day."""
        worth, before = self._of(agent, day)
        return (0 if duty is None else worth_of(worth, duty)) - before

    def _of(self, agent: Agent, day: int) -> tuple[Worth, int]:
        duties = self._evaluation.roster.on(agent.name, day)
        key = (agent.name if duties else " ".join(agent.skills), day)
        if key not in self._known:
            added, removed = self._marginal.of(agent)
            by_minute = added.copy()
            for duty in duties:
                for since, until in duty.stretches():
                    by_minute[max(0, since) : max(0, until)] = removed[max(0, since) : max(0, until)]
            worth = summed(by_minute)
            self._known[key] = worth, sum(worth_of(worth, duty) for duty in duties)
        return self._known[key]
