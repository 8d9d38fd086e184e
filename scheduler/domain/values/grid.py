"""The horizon as a line of minutes, and the clocks that people read it by.

An *instant* is an integer: real minutes elapsed since the horizon's first midnight in the campaign's
time zone. Instants never skip and never repeat, so durations and rests are plain subtraction even on
a day with a change of clock. Local clocks (the campaign's, an agent's) are only for reading and writing.
"""

import datetime as dt
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cached_property, lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from scheduler.domain.values.calendar_fields import Day, at_clock
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.spelling import spelt
from scheduler.texts import text

Span = tuple[int, int]
"""From one instant to another, which is not part of it."""

MINUTES_PER_HOUR, MINUTES_PER_DAY = 60, 1440
DAYS_PER_WEEK = 7
MOST_DAYS_OF_MONTH = 31
SECONDS_PER_DAY = 60 * MINUTES_PER_DAY
_FIXED_OFFSET = re.compile(r"UTC(?:([+-])(\d{1,2})(?::?(\d{2}))?)?", re.IGNORECASE)


@lru_cache(maxsize=512)
def zone(name: str) -> tzinfo:
    """The zone of an IANA name (``Europe/Berlin``) or a fixed offset (``UTC``, ``UTC+3``, ``UTC+05:30``).

    Raises
    ------
    ValueError
        If no such zone is known.
    """
    fixed = _FIXED_OFFSET.fullmatch(spelt(name))
    if fixed:
        sign, hours, minutes = fixed.groups()
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        if offset > timedelta(hours=14) or int(minutes or 0) >= 60:
            raise ValueError(
                text(
                    '"{name}" is not a time zone: no clock is more than 14 h from UTC, and an hour has 60 '
                    "minutes",
                    name=name,
                )
            )
        return timezone(-offset if sign == "-" else offset)
    try:
        return ZoneInfo(spelt(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            text(
                '"{name}" is not a time zone; write an IANA name such as "Europe/Berlin", or "UTC+3"',
                name=name,
            )
        ) from None


def _known_zone(name: str) -> str:
    zone(name)
    return spelt(name)


ZoneName = Annotated[str, AfterValidator(_known_zone)]


class TimeGrid(Frozen):
    """The days that are planned, cut into intervals, on the campaign's clock."""

    first_day: Day = Field(description="The first local date that is planned.")
    days: int = Field(ge=1, le=366, description="How many days are planned.")
    interval_minutes: Literal[5, 10, 15, 30, 60] = Field(
        default=15, description="Length of one interval of the staffing requirement, in minutes."
    )
    time_zone: ZoneName = Field(
        default="UTC",
        description="The campaign's clock, as an IANA name (Europe/Berlin) or an "
        "offset (UTC+3); the requirement is read on it.",
    )

    @cached_property
    def origin(self) -> datetime:
        """Instant 0, in UTC."""
        midnight = datetime.combine(self.first_day, datetime.min.time(), zone(self.time_zone))
        return midnight.astimezone(UTC)

    @cached_property
    def instants_known(self) -> dict[tuple[datetime, int, str], int]:
        """Cache of the instants of local times, since thousands of agents share a few."""
        return {}

    @cached_property
    def clocks_known(self) -> dict[tuple[int, int, str], int]:
        """The same by day and clock minute."""
        return {}

    @cached_property
    def minutes(self) -> int:
        """Real length of the horizon in minutes; a day with a change of clock has 1380 or 1500."""
        return self.day_start(self.days)

    @property
    def intervals(self) -> int:
        """How many intervals of the requirement the horizon has."""
        return self.minutes // self.interval_minutes

    def date(self, day: int) -> dt.date:
        """Local date of day ``day``; negative days lie before the horizon."""
        return self.first_day + timedelta(days=day)

    def day_index(self, local_date: dt.date) -> int:
        """Day number of a local date, 0 for the first day of the horizon."""
        return (local_date - self.first_day).days

    def instant(self, local: datetime, time_zone: str | None = None) -> int:
        """Minutes from the horizon's start to a naive local time on the clock of ``time_zone``.

        A local time that a change of clock skips is read as if the clock had not changed yet;
        of one that comes twice the first is meant, or the second where its ``fold`` is 1.
        """
        # a naive time equals the one with the other fold, and would find its instant here
        key = (local, local.fold, time_zone or self.time_zone)
        if key not in self.instants_known:
            aware = local.replace(tzinfo=zone(key[2]))
            self.instants_known[key] = round((aware.astimezone(UTC) - self.origin).total_seconds() / 60)
        return self.instants_known[key]

    def instant_on_day(self, day: int, clock_minute: int, time_zone: str | None = None) -> int:
        """Instant of ``clock_minute`` (1500 is 01:00 the next day) on local day ``day``."""
        key = (day, clock_minute, time_zone or self.time_zone)
        if key not in self.clocks_known:
            self.clocks_known[key] = self.instant(at_clock(self.date(day), clock_minute), time_zone)
        return self.clocks_known[key]

    def clock_exists(self, day: int, clock_minute: int, time_zone: str | None = None) -> bool:
        """Whether that local time is shown by the clock at all; false inside a spring change."""
        wanted = at_clock(self.date(day), clock_minute)
        shown = self.local(self.instant(wanted, time_zone), time_zone)
        return shown.replace(tzinfo=None) == wanted

    def local(self, instant: int, time_zone: str | None = None) -> datetime:
        """The aware local time of an instant."""
        return (self.origin + timedelta(minutes=instant)).astimezone(zone(time_zone or self.time_zone))

    def clock_minute(self, instant: int, time_zone: str | None = None) -> int:
        """Minute of the local day, 0 to 1439."""
        local = self.local(instant, time_zone)
        return local.hour * MINUTES_PER_HOUR + local.minute

    def day_start(self, day: int, time_zone: str | None = None) -> int:
        """Instant of local midnight that begins day ``day``."""
        return self.instant_on_day(day, 0, time_zone)

    def day_of(self, instant: int, time_zone: str | None = None) -> int:
        """Local day number in which an instant lies."""
        return self.day_index(self.local(instant, time_zone).date())

    def weekday(self, day: int) -> int:
        """0 for Monday to 6 for Sunday."""
        return self.date(day).weekday()

    def intervals_of(self, day: int) -> range:
        """The intervals of a local day, which may lie outside the horizon."""
        start, end = self.day_start(day), self.day_start(day + 1)
        return range(start // self.interval_minutes, end // self.interval_minutes)

    def interval_start(self, interval: int) -> datetime:
        """Aware local start of an interval on the campaign's clock."""
        return self.local(interval * self.interval_minutes)
