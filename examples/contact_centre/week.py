"""The week: its facts and its rules."""

from random import Random

import constraints
from examples.contact_centre.centre import (
    CONTRACTS,
    DAYS,
    FIRST_DAY,
    INTERVAL_MINUTES,
    SKILLS,
    TEMPLATES,
    TIME_ZONE,
)
from examples.contact_centre.demand import requirement
from examples.contact_centre.people import everybody
from scheduler.domain import Problem, TimeGrid
from scheduler.model import RuleBook, Strength

SEED = 2026

RULES = RuleBook(
    rules=(
        constraints.Requirement(),
        constraints.MinimumStaff(),
        constraints.Seats(),
        constraints.Skills(),
        constraints.Entitlement(),
        constraints.Availability(),
        constraints.TimeOffKept(),
        constraints.Pins(),
        constraints.OneShiftADay(),
        constraints.DailyRest(rest_minutes=11 * 60),
        constraints.WeeklyRest(rest_minutes=36 * 60),
        constraints.DaysPerWeek(at_most=5),
        constraints.PaidHours(),
        constraints.MaxConsecutiveDays(days=6),
        constraints.MaxConsecutiveDaysOff(days=4),
        constraints.MinConsecutiveDaysOff(days=2, strength=Strength.PREFER, price=1500),
        constraints.ForbiddenSuccession(first=("Late",), then=("Early", "Six hours")),
        constraints.Weekends(in_a_row=1, strength=Strength.PREFER, price=2500),
        constraints.StartConsistency(within_minutes=60, strength=Strength.PREFER, price=150),
        constraints.BreakWindows(),
        constraints.BreaksInOrder(),
        constraints.BreakGaps(at_least_minutes=60, at_most_minutes=210),
        constraints.WorkWithoutBreak(at_most_minutes=240),
        constraints.PreferredStarts(strength=Strength.PREFER, price=500),
        constraints.PreferredDaysOff(strength=Strength.PREFER, price=2000),
    )
)


def build() -> tuple[Problem, RuleBook]:
    """The week's facts and its rules."""
    random = Random(SEED)
    grid = TimeGrid(first_day=FIRST_DAY, days=DAYS, interval_minutes=INTERVAL_MINUTES, time_zone=TIME_ZONE)
    agents = tuple(everybody(random))
    problem = Problem(
        name="Contact centre week",
        currency="EUR",
        grid=grid,
        skills=SKILLS,
        demand=tuple(requirement(agents, random)),
        templates=TEMPLATES,
        contracts=CONTRACTS,
        agents=agents,
    )
    return problem, RULES
