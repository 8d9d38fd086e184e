"""The terms of each skill's convex, piecewise linear staffing cost, one per staffing limit of the book.

Used by the coverage count, to allocate agents of several skills, and by the bound. In each minute a term
costs ``price x max(0, at_least - staff) + price x max(0, staff - at_most)``.
"""

from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.problem import Problem
from scheduler.model.book import RuleBook
from scheduler.model.limits import Staffing
from scheduler.model.rule import TeamRule

REQUIREMENT = "requirement"
"""Kind of the rule whose terms are the cost of missing and superfluous agents."""


@dataclass(frozen=True, slots=True)
class StaffingTerm:
    """One staffing limit, with its rule's strength.

    Parameters
    ----------
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

    @cached_property
    def of_presence(self) -> tuple[StaffingTerm, ...]:
        """Limits on the agents at work, on whatever skill."""
        return tuple(term for term in self.all if term.limit.skill is None)


def staffing_terms(problem: Problem, rules: RuleBook) -> StaffingTerms:
    """The staffing limits of every active team rule, in the book's order."""
    return StaffingTerms(
        tuple(
            _term(rule, limit)
            for rule in rules.active()
            if isinstance(rule, TeamRule)
            for limit in rule.limits(problem)
            if isinstance(limit, Staffing)
        )
    )


def _term(rule: TeamRule, limit: Staffing) -> StaffingTerm:
    is_requirement = rule.kind == REQUIREMENT
    # With must nobody may be missing, but superfluous staff is still only priced.
    is_must = rule.is_must and not (is_requirement and limit.at_least is None)
    price = (rule.price or 0) if limit.price is None else limit.price
    return StaffingTerm(rule.name, is_must, is_requirement, limit, 0 if is_must else price)
