"""The numbers of one skill as Demand or Volumes gives them: by date, by weekday, or both.

Filled by the reader of these sheets. A row of a date replaces that of its weekday as a whole. Rows of dates
behind the horizon stand here as well, and are kept for a later one.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from scheduler.domain.facts.demand import Demand, LaterDemand, UsualDemand, slot_of
from scheduler.domain.facts.volumes import LaterVolumes, UsualVolumes, Volumes
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.io.input.demand.demand_headings import ByInterval

Later = TypeVar("Later", LaterDemand, LaterVolumes)
Usual = TypeVar("Usual", UsualDemand, UsualVolumes)

When = int | tuple[int, int]
"""An interval of the horizon or of a date behind it, or a weekday and an interval of its day."""


class IntervalStarts:
    """Which intervals begin at a clock time of a date, in the horizon or not."""

    def __init__(self, grid: TimeGrid) -> None:
        self.grid = grid
        self._of_date: dict[date, dict[int, list[int]]] = {}

    def at(self, on: date, clock: int) -> list[int]:
        """They: two in an hour that the clock repeats, none in one that it skips."""
        if on not in self._of_date:
            starts = self._of_date[on] = {}
            for interval in self.grid.intervals_of(self.grid.day_index(on)):
                local = self.grid.interval_start(interval)
                starts.setdefault(local.hour * MINUTES_PER_HOUR + local.minute, []).append(interval)
        return self._of_date[on].get(clock, [])


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
    of: ByInterval
    numbers: dict[str, dict[When, Any]] = field(init=False)
    places: dict[str, dict[When, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {measure: {} for measure in self.of.measures}
        self.places = {measure: {} for measure in self.of.measures}

    def when(self, interval: int) -> When | None:
        """By which row an interval is planned; ``None`` where there is none, and it is closed."""
        rows = self.places[self.of.main]
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
        return any(not isinstance(when, int) for when in self.places[self.of.main])

    def overridden(self) -> list[int]:
        """Intervals of the horizon with a row by date and one by weekday."""
        rows = self.places[self.of.main]
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
            for measure in self.of.measures
            for interval, when in planned
            if when is not None and when in self.places[measure]
        }

    def demand(self, skill: str) -> Demand:
        """The demand, with what is missing as nothing."""
        required, minimum, maximum = self._planned()
        return Demand(
            skill=skill,
            required=tuple(number or 0 for number in required),
            minimum=tuple(number or 0 for number in minimum) if self._is_given("minimum") else (),
            maximum=maximum if self._is_given("maximum") else (),
            usual=self._usual(UsualDemand),
            later=tuple(self._later(LaterDemand, day) for day in self.later_days()),
        )

    def volumes(self, skill: str) -> Volumes:
        """The volumes; an interval without a row has none."""
        contacts, aht_seconds = self._planned()
        return Volumes(
            skill=skill,
            contacts=contacts,
            aht_seconds=aht_seconds if self._is_given("aht_seconds") else (),
            usual=self._usual(UsualVolumes),
            later=tuple(self._later(LaterVolumes, day) for day in self.later_days()),
        )

    def _planned(self) -> list[tuple[Any, ...]]:
        """The number of every interval of the horizon, by measure."""
        planned = [self.when(interval) for interval in range(self.grid.intervals)]
        return [
            tuple(None if when is None else self.numbers[measure].get(when) for when in planned)
            for measure in self.of.measures
        ]

    def _is_given(self, measure: str) -> bool:
        """Whether a number is there that may be planned with in this horizon."""
        return any(not isinstance(when, int) or when < self.grid.intervals for when in self.numbers[measure])

    def later_days(self) -> list[int]:
        """Days behind the horizon that have numbers."""
        dated = (when for when in self.numbers[self.of.main] if isinstance(when, int))
        starts = (when * self.grid.interval_minutes for when in dated if when >= self.grid.intervals)
        return sorted({self.grid.day_of(start) for start in starts})

    def _later(self, model: type[Later], day: int) -> Later:
        said = {
            measure: tuple(map(self.numbers[measure].get, self.grid.intervals_of(day)))
            for measure in self.of.measures
        }
        given = {measure: numbers for measure, numbers in said.items() if set(numbers) != {None}}
        return model(day=self.grid.date(day), **{self.of.main: said[self.of.main], **given})

    def _usual(self, model: type[Usual]) -> tuple[Usual, ...]:
        """What each weekday with a row says."""
        slots = range(MINUTES_PER_DAY // self.grid.interval_minutes)
        found = []
        for weekday in range(DAYS_PER_WEEK):
            said = {
                measure: tuple(self.numbers[measure].get((weekday, slot)) for slot in slots)
                for measure in self.of.measures
            }
            given = {measure: numbers for measure, numbers in said.items() if set(numbers) != {None}}
            if self.of.main in given:
                found.append(model(weekdays=(weekday,), **given))
        return tuple(found)
