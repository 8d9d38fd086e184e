"""The kinds of value that facts are made of, each with what it may be.

Every number of an input has a limit, and all limits stand here. They are far beyond what a centre of 5,000
people needs, whatever its currency; but they are limits: what is kept in 32 bits, added up in 64, or turned
into a date further on cannot leave its type. What prices may come to together is held in
:mod:`scheduler.domain.checks.prices`.
"""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from scheduler.domain.grid import MINUTES_PER_DAY
from scheduler.domain.spelling import legible, named

MOST_WANTED = 1_000_000
"""People that may be wanted, or let in, at a time: the compiled core keeps them in 32 bits."""
MOST_CENTS = 10**13
"""Cents that a price may be: a hundred thousand million units of currency, an hour or each."""
MOST_MINUTES = 12 * 31 * MINUTES_PER_DAY
"""Minutes of whatever is longer than a day: twelve months, more than is planned at most."""
MOST_TIMES = 1000
"""Days, shifts or weekends that a rule may count to: more than a year has of any."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(named)]
Label = Annotated[str, AfterValidator(legible)]
People = Annotated[int, Field(ge=0, le=MOST_WANTED)]
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]
Minutes = Annotated[int, Field(ge=0, le=MOST_MINUTES)]
PositiveMinutes = Annotated[int, Field(gt=0, le=MOST_MINUTES)]
MinutesOfWeek = Annotated[int, Field(ge=0, le=7 * MINUTES_PER_DAY)]
MinutesOfDay = Annotated[int, Field(gt=0, le=MINUTES_PER_DAY)]
Times = Annotated[int, Field(ge=0, le=MOST_TIMES)]
OneOrMore = Annotated[int, Field(gt=0, le=MOST_TIMES)]
ClockMinute = Annotated[int, Field(ge=0, le=2 * MINUTES_PER_DAY)]
Weekday = Annotated[int, Field(ge=0, le=6)]
