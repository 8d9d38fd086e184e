"""A plan of hiring: which class starts when, what that costs, and how far from the least it can be."""

from dataclasses import dataclass

from scheduler.domain.findings.errors import StaffcurveError
from scheduler.texts import text

COST_UNITS_PER_CURRENCY = 10_000
"""Costs of hiring are in hundredths of a cent."""


def hiring_in_currency(cost: int) -> float:
    """A cost of hiring in currency.

    >>> hiring_in_currency(123_400)
    12.34
    """
    return cost / COST_UNITS_PER_CURRENCY


class FailedRecount(StaffcurveError):
    """A plan costs something else when it is counted again, or may not be. This is a fault of staffcurve.

    Parameters
    ----------
    faults
        What the recount found, as sentences.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(self.faults)

    def __str__(self) -> str:
        return " ".join([text("the plan of hiring failed its recount; please report this:"), *self.faults])


@dataclass(frozen=True, order=True)
class ClassStart:
    """Classes of one skill that start in one week.

    Parameters
    ----------
    week
        Number of the week, from 0.
    classes, people
        How many classes, and how many people in all of them.
    """

    skill: str
    week: int
    classes: int
    people: int


@dataclass(frozen=True)
class SkillWeek:
    """One week of one skill, in hundredths of a person and hundredths of a cent.

    Parameters
    ----------
    known
        Who is there of today's staff and of those known to come.
    training, learning, hired
        Newcomers in training, on their learning curve, and past it.
    productive
        Full productivity of all who are there, in people.
    missing, over
        Needed and not there; there and not needed.
    wages, missing_cost
        Pay of newcomers after training, and what is missing at its price, in hundredths of a cent.
    """

    skill: str
    week: int
    needed: int
    known: int
    training: int
    learning: int
    hired: int
    productive: int
    missing: int
    over: int
    wages: int
    missing_cost: int


@dataclass(frozen=True)
class HiringCosts:
    """What a plan costs beside the pay of today's staff, in hundredths of a cent.

    Parameters
    ----------
    missing
        Hours that nobody works, at their price.
    floor
        What is charged on top where more is missing than may be.
    wages
        Pay of newcomers after their training.
    hiring
        Hiring and training, their pay in it included, as far as it is written off in the planned weeks.
    carried_over
        What of it is written off later; no part of the cost.
    """

    missing: int
    floor: int
    wages: int
    hiring: int
    carried_over: int

    @property
    def total(self) -> int:
        """What the plan is chosen by."""
        return self.missing + self.floor + self.wages + self.hiring


@dataclass(frozen=True)
class HiringPlan:
    """What was found.

    Parameters
    ----------
    starts
        In order of skill and week.
    cost, bound
        What the plan costs, and what none can be below; in hundredths of a cent.
    patterns
        Calendars of starts among which the best choice was proven; 0 where it was not.
    seconds
        Time of the processor.
    """

    starts: tuple[ClassStart, ...]
    cost: int
    bound: int
    patterns: int
    seconds: float

    @property
    def is_optimal(self) -> bool:
        """Whether no plan can cost less."""
        return self.bound >= self.cost

    @property
    def gap(self) -> float:
        """What could be saved at most, as a share of the cost."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0
