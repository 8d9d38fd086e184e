"""What the book's staffing limits cost: the pieces of each skill's convex cost of being staffed so.

Read by the coverage count (to allocate agents of several skills) and by the bound. A piece is one limit of
one rule; a minute costs ``price x max(0, at_least - staff)`` and ``price x max(0, staff - at_most)``.
"""

from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.problem import Problem
from scheduler.model.book import RuleBook
from scheduler.model.limits import Staffing, beyond_search
from scheduler.model.rule import TeamRule


@dataclass(frozen=True, slots=True)
class Piece:
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
        """The floor in an interval."""
        return None if self.limit.at_least is None else self.limit.at_least[interval]

    def at_most(self, interval: int) -> int | None:
        """The cap in an interval."""
        return None if self.limit.at_most is None else self.limit.at_most[interval]


@dataclass(frozen=True)
class Pieces:
    """Every piece of the book."""

    all: tuple[Piece, ...]

    @cached_property
    def by_skill(self) -> dict[str, tuple[Piece, ...]]:
        """Those on the agents allocated to a skill."""
        named: dict[str, list[Piece]] = {}
        for piece in self.all:
            if piece.limit.skill is not None:
                named.setdefault(piece.limit.skill, []).append(piece)
        return {skill: tuple(pieces) for skill, pieces in named.items()}


def pieces_of(problem: Problem, rules: RuleBook) -> Pieces:
    """The pieces of every team rule that is planned by, in the book's order.

    Limits on who is on a break are left out: no search plans by them, and a bound without them is only
    looser.
    """
    return Pieces(
        tuple(
            _piece(rule, limit)
            for rule in rules.planned.rules
            if isinstance(rule, TeamRule)
            for limit in rule.limits(problem)
            if isinstance(limit, Staffing) and not beyond_search(limit)
        )
    )


def _piece(rule: TeamRule, limit: Staffing) -> Piece:
    # A requirement that must be met lets nobody be missing, but superfluous staff is only priced.
    is_must = rule.is_must and not (rule.costs_as_staff and limit.at_least is None)
    price = (rule.price or 0) if limit.price is None else limit.price
    return Piece(rule.name, is_must, rule.costs_as_staff, limit, 0 if is_must else price)
