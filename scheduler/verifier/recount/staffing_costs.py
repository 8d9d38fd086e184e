"""The terms of each skill's convex, piecewise linear staffing cost, one per staffing limit of the book.

Used by the coverage count, to allocate agents of several skills, and by the bound. In each minute a term
costs ``price x max(0, at_least - staff) + price x max(0, staff - at_most)``.
"""

from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.facts.problem import Problem
from scheduler.model.limits.kinds import Headcount, Staffing, beyond_search
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import TeamRule


@dataclass(frozen=True, kw_only=True)
class CostsByRule:
    """The cost of missing and of superfluous agents or people.

    Parameters
    ----------
    missing_costs, superfluous_costs
        By the rule that requires them, in sixtieths of a cent.
    """

    missing_costs: dict[str, int]
    superfluous_costs: dict[str, int]

    @property
    def missing_cost(self) -> int:
        """What is missing costs."""
        return sum(self.missing_costs.values())

    @property
    def superfluous_cost(self) -> int:
        """What is superfluous costs."""
        return sum(self.superfluous_costs.values())

    def cost_of(self, rule: str) -> int:
        """Both, for one rule."""
        return self.missing_costs.get(rule, 0) + self.superfluous_costs.get(rule, 0)


@dataclass(frozen=True, slots=True)
class StaffingTerm:
    """One limit on agents at work, with its rule's strength.

    Parameters
    ----------
    is_requirement
        Whether it is the cost of missing and superfluous agents.
    price
        Cents per agent-hour beyond the limit; 0 and meaningless where ``is_must``.
    """

    rule: str
    is_must: bool
    is_requirement: bool
    limit: Staffing
    price: int

    def at_least(self, interval: int) -> int | None:
        """The lower bound in an interval."""
        return None if self.limit.at_least is None else self.limit.at_least[interval]

    def at_most(self, interval: int) -> int | None:
        """The upper bound in an interval."""
        return None if self.limit.at_most is None else self.limit.at_most[interval]


@dataclass(frozen=True)
class StaffingTerms:
    """All staffing limits of a book."""

    all: tuple[StaffingTerm, ...]

    @cached_property
    def by_skill(self) -> dict[str, tuple[StaffingTerm, ...]]:
        """Limits on the agents allocated to a skill, by skill."""
        named: dict[str, list[StaffingTerm]] = {}
        for term in self.all:
            if term.limit.skill is not None:
                named.setdefault(term.limit.skill, []).append(term)
        return {skill: tuple(terms) for skill, terms in named.items()}


def staffing_terms(problem: Problem, rules: RuleBook) -> StaffingTerms:
    """The limits on staff of every team rule that is planned by, in the book's order.

    Limits on who is on a break are left out: no search plans by them, and a bound without them is only
    looser.
    """
    return StaffingTerms(
        tuple(
            _term(rule, limit)
            for rule in rules.planned.rules
            if isinstance(rule, TeamRule)
            for limit in rule.limits(problem)
            if isinstance(limit, Staffing) and not beyond_search(limit)
        )
    )


def _term(rule: TeamRule, limit: Staffing) -> StaffingTerm:
    is_must, price = charged(rule, limit)
    return StaffingTerm(rule.name, is_must, rule.costs_as_staff, limit, price)


def charged(rule: TeamRule, limit: Staffing | Headcount) -> tuple[bool, int]:
    """Whether a limit must be kept, and its price in cents per unit beyond; 0 where it must."""
    is_must = rule.must_keep(limit)
    price = (rule.price or 0) if limit.price is None else limit.price
    return is_must, 0 if is_must else price
