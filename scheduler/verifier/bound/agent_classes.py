"""What is known of an agent when the bound is recomputed: like agents are one class with one best week."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.problem import Problem
from scheduler.model.book import RuleBook
from scheduler.model.limits import AgentLimit, Total
from scheduler.model.verbs import Verb

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Worth:
    """Worth of being at work, summed up slot by slot from instant ``since`` on.

    There is one for all agents to whom the slots are worth the same.
    """

    since: int
    summed: Ints


@dataclass(frozen=True, eq=False)
class Premium:
    """What each day is worth on which a verb holds; ``prices`` has shape (days,), and may be below zero."""

    of: Verb
    prices: Ints


@dataclass(frozen=True, eq=False)
class Carried:
    """A limit of a carried rule, without its agent's name.

    Made by :class:`CarriedLimits` alone, one for all that say the same; so each is equal to itself only.

    Parameters
    ----------
    unit_price
        Cost per unit of excess; ``None`` where it must be kept.
    """

    limit: AgentLimit
    unit_price: int | None


class CarriedLimits:
    """Limits as :class:`Carried`, the same one for all agents of whom the same is asked."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Carried] = {}
        self._reads: dict[type[AgentLimit], Callable[[AgentLimit], object]] = {}

    def of(self, limit: AgentLimit, unit_price: int | None) -> Carried:
        """The one for a limit on any agent."""
        kind = type(limit)
        if kind not in self._reads:
            self._reads[kind] = attrgetter(*(one.name for one in fields(limit) if one.name != "agent"))
        said = (kind, self._reads[kind](limit), unit_price)
        if said not in self._known:
            self._known[said] = Carried(replace(limit, agent=""), unit_price)
        return self._known[said]

    def by_agent(
        self, problem: Problem, rules: RuleBook, names: tuple[str, ...]
    ) -> dict[str, tuple[Carried, ...]]:
        """What the rules of these names ask of each agent, in the book's order."""
        collected: dict[str, list[Carried]] = {}
        for rule in rules.planned.rules:
            if rule.name in names:
                for limit in rule.limits(problem):
                    if isinstance(limit, AgentLimit):
                        price = limit.price if isinstance(limit, Total) else None
                        unit_price = None if rule.is_must else rule.cost_of(1, price)
                        collected.setdefault(limit.agent, []).append(self.of(limit, unit_price))
        return {agent: tuple(limits) for agent, limits in collected.items()}


@dataclass(frozen=True)
class AgentClass:
    """What two agents must have in common so that their best weeks are worth the same.

    Parameters
    ----------
    busy_until
        End of the last duty from before the horizon, where known.
    """

    worth: Worth
    premiums: tuple[Premium, ...]
    zone: str
    pay: int
    busy_until: int | None
    limits: tuple[Carried, ...]
