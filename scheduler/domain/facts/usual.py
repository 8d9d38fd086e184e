"""What comes again every week, beside what it means for the days that are planned.

A workbook says "not on Mondays", and a problem holds the Mondays of its horizon, since rules and proofs know
dates only. The row itself is kept here, so that a written workbook says the same again and the next horizon
can have its own Mondays. :mod:`scheduler.domain.facts.spreading` lays it over a horizon.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import Field

from scheduler.domain.values.calendar_fields import Day, LastDay, at_clock
from scheduler.domain.values.fields import Cents, ClockMinute, Minutes, Name, Weekdays
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY, TimeGrid


class UsualWindow(Frozen):
    """A window of every such weekday, or of every day of a range of dates."""

    kind: Literal["available", "unavailable", "time_off"] = Field(
        description="Of which of the agent's lists its windows are."
    )
    weekdays: Weekdays = Field(default=(), description="0 for Monday to 6 for Sunday.")
    first_day: Day | None = Field(
        default=None, description="Its first date, where it is every day of a range; weekdays are empty then."
    )
    last_day: LastDay | None = Field(default=None, description="The last date of such a range, included.")
    start: ClockMinute = Field(default=0, description="Its start on each day, in minutes after midnight.")
    end: Minutes = Field(
        default=MINUTES_PER_DAY, description="Its end, in minutes after the same midnight; not included."
    )
    paid_minutes: Minutes | None = Field(
        default=None, description="Paid minutes of each day, for time off alone; null is none."
    )

    def dates(self, grid: TimeGrid) -> tuple[date, ...]:
        """Its dates, as far as they matter for a horizon: what bars work also on the day before and after."""
        beyond = 1 if self.kind == "unavailable" else 0
        if self.first_day is None or self.last_day is None:
            return dates_of(self.weekdays, grid, beyond)
        last = min(self.last_day, grid.date(grid.days))
        # paid hours of time off count in all of the first week
        first = self.first_day if self.kind == "time_off" else max(self.first_day, grid.date(-beyond))
        return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))

    def windows(self, grid: TimeGrid) -> Iterator[tuple[datetime, datetime]]:
        """Start and end of its windows."""
        for on in self.dates(grid):
            yield at_clock(on, self.start), at_clock(on, self.end)


class UsualWish(Frozen):
    """A wish for a shift on every such weekday, or against it."""

    weekdays: Weekdays = Field(description="0 for Monday to 6 for Sunday.")
    template: Name | None = Field(default=None, description="As in a wish for one day.")
    wanted: bool = Field(default=True, description="As in a wish for one day.")
    price: Cents | None = Field(
        default=None, description="Cents that it costs not to grant one; null takes the rule's price."
    )


def dates_of(weekdays: tuple[int, ...], grid: TimeGrid, beyond: int = 0) -> tuple[date, ...]:
    """The dates of weekdays, one weekday after the other, in the horizon and ``beyond`` days around it."""
    days = range(-beyond, grid.days + beyond)
    return tuple(grid.date(day) for one in weekdays for day in days if grid.weekday(day) == one)
