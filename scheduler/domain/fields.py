"""The kinds of value that facts are made of, each with what it may be."""

from typing import Annotated

from pydantic import Field, StringConstraints

from scheduler.domain.grid import MINUTES_PER_DAY

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Minutes = Annotated[int, Field(ge=0)]
Cents = Annotated[int, Field(ge=0)]
ClockMinute = Annotated[int, Field(ge=0, le=2 * MINUTES_PER_DAY)]
Weekday = Annotated[int, Field(ge=0, le=6)]
