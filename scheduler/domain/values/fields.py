"""The types of the facts' fields, each with its range.

Every number of an input has a limit, and all limits are here. They are far beyond what a centre of 5,000
people needs, in any currency, and keep every number inside its type later on: 32 bits, sums in 64 bits, or a
date. :mod:`scheduler.domain.checks.prices` limits what all prices can add up to.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.spelling import legible, named

MOST_WANTED = 1_000_000
"""Most people required or allowed at a time; the compiled core keeps them in 32 bits."""
MOST_CENTS = 10**13
"""Largest price in cents: 10**11 units of currency, per hour or per occurrence."""
MOST_MINUTES = 12 * 31 * MINUTES_PER_DAY
"""Most minutes of anything longer than a day: twelve months, more than the longest horizon."""
MOST_TIMES = 1000
"""Most days, shifts or weekends that a rule may name: more than a year has."""
MOST_SKILLS = MOST_TEMPLATES = 1000
"""Most skills, and most shift templates, of a problem; a large centre has some dozens of each."""
MOST_SCENARIOS = 100
"""Most scenarios: the staffing of every interval has two prices for each."""
MOST_AGENTS = MOST_CONTRACTS = 20_000
"""Most agents, and most contracts: four times as many as a large centre has people."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(named)]
Label = Annotated[str, AfterValidator(legible)]
People = Annotated[int, Field(ge=0, le=MOST_WANTED)]
IS_PRICE = object()
"""Marks the type of an amount of money, so that all prices of a record can be found."""
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS), IS_PRICE]
Minutes = Annotated[int, Field(ge=0, le=MOST_MINUTES)]
MinutesOfAll = Annotated[int, Field(ge=0, le=MOST_AGENTS * MOST_MINUTES)]
PositiveMinutes = Annotated[int, Field(gt=0, le=MOST_MINUTES)]
MinutesOfWeek = Annotated[int, Field(ge=0, le=7 * MINUTES_PER_DAY)]
MinutesOfDay = Annotated[int, Field(gt=0, le=MINUTES_PER_DAY)]
MinutesUpToDay = Annotated[int, Field(ge=0, le=MINUTES_PER_DAY)]
Times = Annotated[int, Field(ge=0, le=MOST_TIMES)]
OneOrMore = Annotated[int, Field(gt=0, le=MOST_TIMES)]
ClockMinute = Annotated[int, Field(ge=0, le=2 * MINUTES_PER_DAY)]
HUNDRED_PERCENT = 100
MOST_WEIGHT = 10 * HUNDRED_PERCENT
"""Per cent that somebody's wishes may weigh."""
WholePercent = Annotated[int, Field(ge=0, le=HUNDRED_PERCENT)]
Hundredths = Annotated[int, Field(ge=-100 * MOST_TIMES, le=100 * MOST_TIMES)]
"""Of something that is counted; below zero is too little of it."""
Weekday = Annotated[int, Field(ge=0, le=6)]


def _each_once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


EACH_ONCE = AfterValidator(_each_once)
"""Of a tuple that is a set in the order in which it is written: what is listed twice counts once."""
Weekdays = Annotated[tuple[Weekday, ...], EACH_ONCE]
Names = Annotated[tuple[Name, ...], EACH_ONCE]
