"""The numbers of one skill as the Demand sheet gives them: by date, by weekday, or both.

Filled by the reader of that sheet. Where a date has a row, the whole row goes before that of its weekday.
Rows of dates behind the horizon stand here as well, and are kept for a later one.
"""

from dataclasses import dataclass, field

from scheduler.domain.facts.demand import Demand, LaterDemand, UsualDemand, slot_of
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY, TimeGrid
from scheduler.io.input.demand.demand_headings import MEASURES

When = int | tuple[int, int]
"""An interval of the horizon or of a date behind it, or a weekday and an interval of its day."""


@dataclass
class Series:
    """The numbers read for one skill so far, by measure and time, and the cell of each.

    Parameters
    ----------
    numbers
        A number (``None`` for the word "none") for every cell that holds one.
    places
        Every cell that a row gives, also one that is blank.
    """

    grid: TimeGrid
    numbers: dict[str, dict[When, int | None]] = field(
        default_factory=lambda: {measure: {} for measure in MEASURES}
    )
    places: dict[str, dict[When, str]] = field(default_factory=lambda: {measure: {} for measure in MEASURES})

    def when(self, interval: int) -> When | None:
        """By which row an interval is planned; ``None`` where there is none, and it is closed."""
        rows = self.places["required"]
        if interval in rows:
            return interval
        moment = self.grid.interval_start(interval)
        if moment.fold and interval - 60 // self.grid.interval_minutes in rows:
            return None  # its hour has one row by date, and comes twice
        usual = moment.weekday(), slot_of(moment, self.grid.interval_minutes)
        return usual if usual in rows else None

    @property
    def is_by_weekday(self) -> bool:
        """Whether any row names a weekday."""
        return any(not isinstance(when, int) for when in self.places["required"])

    def overridden(self) -> list[int]:
        """Intervals of the horizon with a row by date and one by weekday."""
        rows = self.places["required"]
        dated = sorted(when for when in rows if isinstance(when, int) and when < self.grid.intervals)
        moments = ((interval, self.grid.interval_start(interval)) for interval in dated)
        return [
            interval
            for interval, moment in moments
            if (moment.weekday(), slot_of(moment, self.grid.interval_minutes)) in rows
        ]

    def cells(self) -> dict[tuple[str, int], str]:
        """The cell that plans each interval, by measure."""
        planned = [(interval, self.when(interval)) for interval in range(self.grid.intervals)]
        return {
            (measure, interval): self.places[measure][when]
            for measure in MEASURES
            for interval, when in planned
            if when is not None and when in self.places[measure]
        }

    def demand(self, skill: str) -> Demand:
        """The demand, with what is missing as nothing."""
        planned = [self.when(interval) for interval in range(self.grid.intervals)]
        required, minimum, maximum = (
            [None if when is None else self.numbers[measure].get(when) for when in planned]
            for measure in MEASURES
        )
        return Demand(
            skill=skill,
            required=tuple(number or 0 for number in required),
            minimum=tuple(number or 0 for number in minimum) if self._is_given("minimum") else (),
            maximum=tuple(maximum) if self._is_given("maximum") else (),
            usual=self._usual(),
            later=tuple(map(self._later, self.later_days())),
        )

    def _is_given(self, measure: str) -> bool:
        """Whether a number is there that may be planned with in this horizon."""
        return any(not isinstance(when, int) or when < self.grid.intervals for when in self.numbers[measure])

    def later_days(self) -> list[int]:
        """Days behind the horizon that have numbers."""
        dated = (when for when in self.numbers["required"] if isinstance(when, int))
        starts = (when * self.grid.interval_minutes for when in dated if when >= self.grid.intervals)
        return sorted({self.grid.day_of(start) for start in starts})

    def _later(self, day: int) -> LaterDemand:
        said = {
            measure: tuple(map(self.numbers[measure].get, self.grid.intervals_of(day)))
            for measure in MEASURES
        }
        given = {measure: numbers for measure, numbers in said.items() if set(numbers) != {None}}
        return LaterDemand(day=self.grid.date(day), **{"required": said["required"], **given})

    def _usual(self) -> tuple[UsualDemand, ...]:
        """What each weekday with a row wants."""
        slots = range(MINUTES_PER_DAY // self.grid.interval_minutes)
        found = []
        for weekday in range(DAYS_PER_WEEK):
            said = {
                measure: tuple(self.numbers[measure].get((weekday, slot)) for slot in slots)
                for measure in MEASURES
            }
            given = {measure: numbers for measure, numbers in said.items() if set(numbers) != {None}}
            if "required" in given:
                found.append(UsualDemand(weekdays=(weekday,), **given))
        return tuple(found)
