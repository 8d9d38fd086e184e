"""Agent classes: agents with equal data in the pricing problem, which have one best week in common."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from scheduler.domain.facts.problem import Problem
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Verb
from scheduler.model.rules.book import RuleBook
from scheduler.verifier.recount.exact import Ints


@dataclass(frozen=True, eq=False)
class Worth:
    """Worth of being at work: cumulative sums over the slots from instant ``since`` on.

    Agents with the same worth share one object.
    """

    since: int
    summed: Ints


@dataclass(frozen=True, eq=False)
class Premium:
    """Worth of each day on which a verb holds; ``prices`` has shape (days,), and may be negative."""

    of: Verb
    prices: Ints


@dataclass(frozen=True, eq=False)
class Carried:
    """A limit of a carried rule, without its agent's name.

    Made by :class:`CarriedLimits` alone, which shares equal ones, so that identity is equality.

    Parameters
    ----------
    unit_price
        Cost per unit of excess; ``None`` where it must be kept.
    """

    limit: AgentLimit
    unit_price: int | None


class CarriedLimits:
    """Interns limits as :class:`Carried`: one object for all agents with equal limits."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Carried] = {}
        self._reads: dict[type[AgentLimit], Callable[[AgentLimit], object]] = {}

    def of(self, limit: AgentLimit, unit_price: int | None) -> Carried:
        """The shared object for a limit of some agent."""
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
        """The limits of the rules of these names by agent, in the book's order."""
        collected: dict[str, list[Carried]] = {}
        for rule in rules.planned.rules:
            if rule.name in names:
                for limit in rule.limits(problem):
                    if isinstance(limit, AgentLimit):
                        unit_price = None if rule.is_must else rule.cost_of(1, limit.price)
                        collected.setdefault(limit.agent, []).append(self.of(limit, unit_price))
        return {agent: tuple(limits) for agent, limits in collected.items()}


@dataclass(frozen=True)
class AgentClass:
    """The data of an agent that decide the worth of the best week.

    Parameters
    ----------
    busy_until
        End of the last duty from before the horizon, where known.
    paid_on_top
        Numbers of the premiums that the agent may have.
    """

    worth: Worth
    premiums: tuple[Premium, ...]
    zone: str
    pay: int
    busy_until: int | None
    limits: tuple[Carried, ...]
    paid_on_top: tuple[int, ...] = ()
