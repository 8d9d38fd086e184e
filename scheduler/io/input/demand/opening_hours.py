"""Where Demand or Volumes has no row: closed, or a row that was forgotten.

Nobody writes zeros for the hours in which a centre is closed. A time without a row wants nobody, and nothing
is told of it. Asked about is a hole: a time between the first and the last row of a skill on a day. The night
is no hole where no day has a row at four in the morning, since a late line closes after midnight. What dates
behind the horizon leave out is asked about too, and stops nothing yet.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import gcd

from openpyxl.utils.cell import coordinate_from_string

from scheduler.domain.facts.demand import slot_of
from scheduler.domain.values.grid import MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.spans import neighbours
from scheduler.domain.values.words import counted, listed, spoken_date
from scheduler.io.input.demand.demand_series import Series
from scheduler.io.input.reading.result import Notebook
from scheduler.texts import text, text_n

Tell = Callable[[str, str | None, str, str], None]
"""How a finding is noted: an error or a warning, with its sheet, cell, message and hint."""

_DEAD_OF_NIGHT = time(4)
_SHOWN = 4
_FRIDAY = 4


class OpeningHours:
    """What one sheet says without a row.

    Parameters
    ----------
    series
        By skill, as the sheet gives them.
    """

    def __init__(self, title: str, series: Mapping[str, Series], grid: TimeGrid, notebook: Notebook) -> None:
        self.title, self.series, self.grid, self.notebook = title, series, grid, notebook
        later = {day for one in series.values() for day in one.later_days()}
        self.days = {day: grid.intervals_of(day) for day in (*range(grid.days), *sorted(later))}
        self.intervals = [interval for day in self.days.values() for interval in day]

    def tell(self, *, is_whole: bool) -> None:
        """Note holes, days that were perhaps forgotten, hours that come twice and are given once.

        Parameters
        ----------
        is_whole
            Whether every row could be read; one that could not be has a finding, and is no hole.
        """
        if is_whole and (apart := self._minutes_apart()):
            self._tell_apart(apart)
            return
        holes: dict[bool, list[tuple[str, str, str]]] = {False: [], True: []}
        missed: dict[bool, list[tuple[str, date]]] = {False: [], True: []}
        for skill, series in self.series.items():
            is_open = {interval: series.when(interval) is not None for interval in self.intervals}
            self._tell_blank(skill, series)
            if not any(is_open[interval] for interval in range(self.grid.intervals)):
                self._tell_never(skill, series)
                continue
            for first, last in self._holes(is_open) if is_whole else ():
                if all(self.grid.interval_start(interval).fold for interval in range(first, last + 1)):
                    self._tell_once_of_two(skill, first, last)
                    continue
                before = series.when(first - 1)
                cell = series.places[series.of.main][before] if before is not None else "A1"
                holes[self._is_later(first)].append((cell, skill, self._in_words(first, last)))
            if is_whole:
                missed[series.is_by_weekday] += [(skill, day) for day in self._missed_days(is_open)]
        for is_later, those in holes.items():
            self._tell_holes(those, self._tell(is_later=is_later))
        self._tell_missed(missed[False], text("Write rows of 0 to say so, or rows by weekday (Mon-Fri)."))
        self._tell_missed(
            missed[True], text("Write its weekday into Date (Mon-Fri), or a row of 0 if it is closed.")
        )

    def _minutes_apart(self) -> int | None:
        """How far apart the rows of every day are, where that is more than an interval."""
        steps = set()
        for series in self.series.values():
            for day in self.days.values():
                given = [one for one in day if series.when(one) is not None]
                steps |= {later - earlier for earlier, later in pairwise(given)}
        apart = gcd(*steps) * self.grid.interval_minutes
        return apart if apart > self.grid.interval_minutes and MINUTES_PER_HOUR % apart == 0 else None

    def _tell_apart(self, apart: int) -> None:
        """Rows of another interval than that of Settings: one finding, and not a hole behind every row."""
        places = [cell for one in self.series.values() for cell in one.places[one.of.main].values()]
        column = coordinate_from_string(places[0])[0]
        rows = [row for letters, row in map(coordinate_from_string, places) if letters == column]
        interval = self.grid.interval_minutes
        self.notebook.error(
            self.title,
            f"{column}{min(rows)}:{column}{max(rows)}",
            text(
                "the rows are {apart} min apart, and the interval on Settings is {interval} min.",
                apart=apart,
                interval=interval,
            ),
            text(
                "Write {apart} as Interval (min) on Settings, or a row every {interval} min.",
                apart=apart,
                interval=interval,
            ),
        )

    def _is_later(self, interval: int) -> bool:
        return interval >= self.grid.intervals

    def _tell(self, *, is_later: bool) -> Tell:
        """How something is told that is wrong with planned days, or with later ones."""
        return self.notebook.warning if is_later else self.notebook.error

    def _holes(self, is_open: Mapping[int, bool]) -> Iterator[tuple[int, int]]:
        grid = self.grid
        dead = slot_of(datetime.combine(grid.first_day, _DEAD_OF_NIGHT), grid.interval_minutes)
        at_night = [
            interval
            for interval in self.intervals
            if slot_of(grid.interval_start(interval), grid.interval_minutes) == dead
        ]
        closes = not any(is_open[interval] for interval in at_night)
        for intervals in self.days.values():
            given = [interval for interval in intervals if is_open[interval]]
            absent = [
                interval
                for interval in intervals
                if given and given[0] < interval < given[-1] and not is_open[interval]
            ]
            for first, last in neighbours(absent):
                if not (closes and any(first <= interval <= last for interval in at_night)):
                    yield first, last

    def _missed_days(self, is_open: Mapping[int, bool]) -> Iterator[date]:
        """Closed days of a sort of which another one is open: a Tuesday, where there are rows for Monday."""
        days = range(self.grid.days)
        open_days = {day for day in days if any(is_open[one] for one in self.days[day])}
        weekdays = {self.grid.weekday(day) for day in open_days}
        works = any(weekday <= _FRIDAY for weekday in weekdays)
        for day in days:
            weekday = self.grid.weekday(day)
            if day not in open_days and (weekday in weekdays or (works and weekday <= _FRIDAY)):
                yield self.grid.date(day)

    def _tell_holes(self, holes: list[tuple[str, str, str]], tell: Tell) -> None:
        if not holes:
            return
        shown = [f"{skill} {when}" for _, skill, when in holes]
        tell(
            self.title,
            holes[0][0],
            text_n(
                "there is no row for {first}, between the first and the last row of that day.",
                "{holes} between the first and the last row of a day have no row: {shown}.",
                len(holes),
                first=shown[0],
                holes=counted(len(holes), "time"),
                shown=listed(shown, _SHOWN),
            ),
            text("Add the row behind this one, with 0 where nobody is needed."),
        )

    def _tell_missed(self, missed: list[tuple[str, date]], hint: str) -> None:
        if not missed:
            return
        days = list(dict.fromkeys(day for _, day in missed))
        self.notebook.warning(
            self.title,
            None,
            text_n(
                "{skills}: there is no row on {shown}, which counts as closed.",
                "{skills}: there are no rows on {days} ({shown}), which count as closed.",
                len(days),
                skills=listed(list(dict.fromkeys(skill for skill, _ in missed)), _SHOWN),
                days=counted(len(days), "day"),
                shown=listed([spoken_date(day) for day in days], _SHOWN),
            ),
            hint,
        )

    def _tell_blank(self, skill: str, series: Series) -> None:
        """Rows whose number is blank: by date each range once, by weekday each cell."""
        places, numbers = series.places[series.of.main], series.numbers[series.of.main]
        blank = [when for when in places if when not in numbers]
        dated = sorted(when for when in blank if isinstance(when, int))
        hint = text(series.of.zero)
        for first, last in neighbours(dated):
            tell = self._tell(is_later=self._is_later(first))
            cell = places[first] if first == last else f"{places[first]}:{places[last]}"
            when = self._in_words(first, last)
            message = text(series.of.blank_when, skill=skill, when=when)
            tell(self.title, cell, message, hint)
        for cell in dict.fromkeys(places[when] for when in blank if not isinstance(when, int)):
            message = text(series.of.blank, skill=skill)
            self.notebook.error(self.title, cell, message, hint)

    def _tell_never(self, skill: str, series: Series) -> None:
        if self.notebook.has_errors(on=[self.title]):
            return
        self.notebook.error(
            self.title,
            None,
            text(
                "{skill}: no row is for a day from {first} to {last}.",
                skill=skill,
                first=self.grid.first_day,
                last=self.grid.date(self.grid.days - 1),
            ),
            text("Write these dates, or weekdays (Mon-Fri) in their place."),
        )

    def _tell_once_of_two(self, skill: str, first: int, last: int) -> None:
        self._tell(is_later=self._is_later(first))(
            self.title,
            None,
            text(
                "{skill}: there is no second row for {when}, which the clock shows twice.",
                skill=skill,
                when=self._in_words(first, last, plain=True),
            ),
            text("Give each of these times two rows: the first for before the clock is put back."),
        )

    def _in_words(self, first: int, last: int, *, plain: bool = False) -> str:
        """A stretch of intervals: its date, its clock times and how many they are."""
        shown = "{:%H:%M}".format if plain else _clock_of
        start = self.grid.interval_start(first)
        end = self.grid.interval_start(last + 1)
        until = "24:00" if end.time() == time() and last > first else shown(end)
        if (end - timedelta(minutes=1)).date() != start.date():
            until = f"{end - timedelta(minutes=1):%Y-%m-%d} {until}"
        return text(
            "{start:%Y-%m-%d} {since} to {until} ({intervals})",
            start=start,
            since=shown(start),
            until=until,
            intervals=counted(last - first + 1, "interval"),
        )


def _clock_of(moment: datetime) -> str:
    return text("the second {moment:%H:%M}", moment=moment) if moment.fold else f"{moment:%H:%M}"
