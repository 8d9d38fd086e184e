"""One benchmark: what is to be planned, and what is known of its best cost."""

from dataclasses import dataclass

from scheduler.domain import Problem
from scheduler.model import RuleBook


@dataclass(frozen=True)
class Case:
    """A problem with its rules, ready to be solved.

    Parameters
    ----------
    known_cost
        Cost of a legal roster that is known to exist, in sixtieths of a cent; ``None`` where none is.
    known_bound
        Cost below which no legal roster can be, as published, in sixtieths of a cent; ``None`` where
        nothing is known.
    """

    name: str
    problem: Problem
    rules: RuleBook
    known_cost: int | None = None
    known_bound: int | None = None
