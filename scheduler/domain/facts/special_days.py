"""What is special about dates: holidays, events, weather. Only a forecast of volumes learns from it."""

from typing import Annotated

from pydantic import Field

from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import Name
from scheduler.domain.values.frozen import Frozen

MOST_TIMES_AN_ORDINARY_DAY = 1000
"""Largest factor of a day; more is a number of contacts."""
Factor = Annotated[float, Field(ge=0, le=MOST_TIMES_AN_ORDINARY_DAY)]


class SpecialDay(Frozen):
    """A date on which more or fewer contacts come than on others of its weekday, and why."""

    day: Day = Field(description="The date, past or to come.")
    holiday: Name | None = Field(
        default=None, description="Name of the holiday; days of one name have one factor."
    )
    event: Name | None = Field(
        default=None, description="What else moves the volumes; days of one name have one factor."
    )
    weather: Name | None = Field(default=None, description="In a word; days of one word have one factor.")
    factor: Factor | None = Field(
        default=None, description="Its share of an ordinary day, given by a person in place of the estimate."
    )

    @property
    def labels(self) -> tuple[str, ...]:
        """What it is called, each with its kind: ``holiday: Easter Monday``."""
        said = {"holiday": self.holiday, "event": self.event, "weather": self.weather}
        return tuple(f"{kind}: {name}" for kind, name in said.items() if name)
