"""What callers are promised, when the lines are open, and how much paid time is spent elsewhere.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`. With the volumes of a
skill they give its requirement, which :mod:`scheduler.demand` computes.
"""

from collections.abc import Collection
from typing import Annotated, Final, Literal

from pydantic import Field

from scheduler.domain.facts.volumes import Seconds
from scheduler.domain.values.fields import ClockMinute, Minutes, Name, People, Weekdays
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.percent import in_hundredths

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)

ABSENCES: Final = (
    "breaks", "meals", "meetings", "training", "leave", "sickness", "lateness", "system", "other",
)  # fmt: skip
Absence = Literal[
    "breaks", "meals", "meetings", "training", "leave", "sickness", "lateness", "system", "other"
]


class ServiceGoal(Frozen):
    """What is promised for a skill at some times; all conditions are to be met.

    In every interval, or the service level over all intervals of a day or a week together.
    """

    skill: Name = Field(description="Name of the skill.")
    channel: Literal["calls", "chats", "deferrable", "outbound"] = Field(
        default="calls",
        description="calls: one at a time, answered in turn; chats: several side by side; deferrable: "
        "mail and "
        "back office with a deadline, done until it; outbound: the volumes are agent-hours.",
    )
    weekdays: Weekdays = Field(
        default=EVERY_DAY, description="Days on which it holds, 0 for Monday to 6 for Sunday."
    )
    opens: ClockMinute | None = Field(
        default=None,
        description="When the lines open, in minutes after midnight on the campaign's clock; null with "
        "closes is "
        "wherever there are volumes.",
    )
    closes: ClockMinute | None = Field(
        default=None, description="When they close, in minutes after the same midnight; not included."
    )
    service_level_percent: Percent | None = Field(
        default=None, description="Share of the contacts to be answered within within_seconds, below 100."
    )
    within_seconds: Seconds | None = Field(
        default=None, description="Within which an answer is in time; needed beside a service level."
    )
    per: Literal["interval", "day", "week"] = Field(
        default="interval",
        description="Over what the service level is agreed: every interval, or all of a day or a calendar "
        "week together. Then the requirement is just above the workload, and the rule service_goal holds "
        "the roster to the level.",
    )
    level_of: Literal["stayed", "offered", "answered"] = Field(
        default="stayed",
        description="Of which contacts the service level is a share: of the offered less those that hung "
        "up in "
        "time (stayed), of all offered, or of the answered. Without patience all three are one.",
    )
    asa_seconds: Seconds | None = Field(
        default=None, description="Most seconds until the answer, on average over the answered."
    )
    abandonment_percent: Percent | None = Field(
        default=None, description="Most contacts that may hang up; needs patience_seconds."
    )
    occupancy_percent: Percent | None = Field(
        default=None, description="Greatest share of their time on the queue that agents handle contacts."
    )
    minimum_staff: People = Field(default=0, description="Fewest agents on the queue while it is open.")
    patience_seconds: Seconds | None = Field(
        default=None,
        description="Mean time after which a caller who waits hangs up; null is never (Erlang C).",
    )
    aht_seconds: Seconds | None = Field(
        default=None, description="Average handling time where the volumes give none."
    )
    side_by_side: int = Field(default=1, ge=1, le=20, description="Chats that one agent handles at once.")
    slower_percent: float = Field(
        default=0,
        ge=0,
        le=1000,
        allow_inf_nan=False,
        description="By how much each chat takes longer for every further one beside it.",
    )
    deadline_minutes: Minutes | None = Field(
        default=None, description="Of deferrable work: minutes from its arrival until it is to be done."
    )
    method: Literal["stationary", "lagged", "fluid", "placed"] = Field(
        default="stationary",
        description="How intervals hang together. stationary: not at all; lagged: work is done one "
        "handling time "
        "after it arrives; fluid: work in hand and backlog are carried on through the day. Of deferrable "
        "work, stationary: spread evenly until its deadline; placed: done where the roster has people to "
        "spare.",
    )

    @property
    def is_placed(self) -> bool:
        """Whether the roster decides when its work is done, within the deadline."""
        return self.channel == "deferrable" and self.method == "placed"

    @property
    def is_together(self) -> bool:
        """Whether its service level is agreed over many intervals together."""
        return self.per != "interval"

    def is_on(self, weekday: int, clock_minute: int) -> bool:
        """Whether it holds at a time of a day."""
        return weekday in self.weekdays and (
            self.opens is None or self.closes is None or self.opens <= clock_minute < self.closes
        )

    def holds(self, grid: TimeGrid, interval: int) -> bool:
        """Whether it holds in an interval; hours past midnight are those of the day before."""
        moment = grid.interval_start(interval)
        minute = moment.hour * MINUTES_PER_HOUR + moment.minute
        return self.is_on(moment.weekday(), minute) or (
            self.closes is not None
            and self.closes > MINUTES_PER_DAY
            and self.is_on((moment.weekday() - 1) % len(EVERY_DAY), minute + MINUTES_PER_DAY)
        )


class Shrinkage(Frozen):
    """A share of paid time that is not spent on the queue, for one reason."""

    kind: Absence = Field(description="Why; those that the roster holds itself must not stand here as well.")
    skill: Name | None = Field(default=None, description="Name of the skill; null is every one.")
    weekdays: Weekdays = Field(default=EVERY_DAY, description="0 for Monday to 6 for Sunday.")
    start: ClockMinute = Field(default=0, description="From when on each day, in minutes after midnight.")
    end: ClockMinute = Field(
        default=MINUTES_PER_DAY, description="Until when, after the same midnight; not included."
    )
    percent: Percent = Field(description="Per cent of paid time; the rows of a time are added.")

    @property
    def hundredths(self) -> int:
        """The share in hundredths of a per cent."""
        return in_hundredths(self.percent)

    def holds(self, skill: str, weekday: int, clock_minute: int) -> bool:
        """Whether it is taken off a skill at a time."""
        return (
            self.skill in (None, skill) and weekday in self.weekdays and self.start <= clock_minute < self.end
        )


def goal_at(goals: Collection[ServiceGoal], skill: str, grid: TimeGrid, interval: int) -> ServiceGoal | None:
    """The goal of a skill in an interval; the first, where rows overlap, which is an error."""
    return next((one for one in goals if one.skill == skill and one.holds(grid, interval)), None)
