"""Reading the sheets that speak of one agent's days: Availability, Fixed, Wishes and History.

Each row is added to the agent it names; all times are on that agent's own clock, so nothing here
converts between clocks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.domain.findings import unknown_name
from scheduler.domain.grid import MINUTES_PER_DAY, TimeGrid
from scheduler.domain.problem import Pin, ShiftWish, TimeOff, Window, WorkedDuty
from scheduler.io.reading import Notebook
from scheduler.io.sheet_rows import Row, SheetRows


@dataclass
class AgentDays:
    """What these sheets say of one agent, with the place of each entry by field and position."""

    index: int
    facts: dict[str, list[Any]] = field(
        default_factory=lambda: {
            "available": [],
            "unavailable": [],
            "time_off": [],
            "pins": [],
            "shift_wishes": [],
            "history": [],
        }
    )


class AgentDaysReader:
    """Reads these sheets for the agents that are known by then.

    Parameters
    ----------
    positions
        Each agent's position in the problem, by name.
    grid
        The horizon, over which weekdays are spelt out; ``None`` where Settings could not be read.
    """

    def __init__(self, positions: Mapping[str, int], grid: TimeGrid | None, notebook: Notebook) -> None:
        self.grid, self.notebook = grid, notebook
        self.days = {name: AgentDays(index) for name, index in positions.items()}
        self._strangers: set[tuple[str, str]] = set()

    def read_availability(self, rows: SheetRows) -> None:
        """Read when agents can and cannot work."""
        for row, agent in self._rows_with_agents(rows):
            what = row.values.get("what")
            if what is None or "day" not in row.values or row.unreadable:
                continue
            field_name = {"available": "available", "unavailable": "unavailable", "time off": "time_off"}[
                what
            ]
            for start, end in self._windows(row, what):
                if what == "time off":
                    entry: Window = TimeOff(start=start, end=end, **row.given("paid_minutes"))
                else:
                    entry = Window(start=start, end=end)
                self._add(agent, field_name, entry, row, {"start": "start", "end": "end"})
            if what != "time off" and "paid_minutes" in row.values:
                self.notebook.error(
                    row.sheet, row.cell("paid_minutes"), "only time off has paid hours.", "Clear this cell."
                )

    def read_fixed(self, rows: SheetRows) -> None:
        """Read what is fixed beforehand."""
        for row, agent in self._rows_with_agents(rows):
            if "day" not in row.values or row.unreadable:
                continue
            given = row.given("day", "off", "template", "start", "length_minutes", "break_starts")
            self._add(agent, "pins", Pin(**given), row, {key: key for key in row.columns})

    def read_wishes(self, rows: SheetRows) -> None:
        """Read shifts that are wished for or against."""
        for row, agent in self._rows_with_agents(rows):
            if row.unreadable:
                continue
            given = row.given("template", "wanted", "price")
            for on in self._dates(row, "wish"):
                wish = ShiftWish(day=on, **given)
                self._add(agent, "shift_wishes", wish, row, {key: key for key in row.columns})

    def read_history(self, rows: SheetRows) -> None:
        """Read what was worked before the horizon."""
        for row, agent in self._rows_with_agents(rows):
            if row.unreadable:
                continue
            on = row.values["day"]
            start, end = row.values["start"], row.values["end"]
            if end <= start:
                end += MINUTES_PER_DAY
            worked = WorkedDuty(
                day=on, start=_at(on, start), end=_at(on, end), **row.given("paid_minutes", "template")
            )
            self._add(agent, "history", worked, row, {key: key for key in row.columns})

    def _rows_with_agents(self, rows: SheetRows) -> Iterator[tuple[Row, AgentDays]]:
        rows.tell_extra()
        if rows.tell_missing() or not self.days:
            return  # where no agent could be read, that is what the planner must hear of
        for row in rows.rows():
            name = row.values.get("agent")
            if name is None:
                continue
            if name in self.days:
                yield row, self.days[name]
            elif (row.sheet, name) not in self._strangers:
                self._strangers.add((row.sheet, name))  # a name is told once a sheet
                message, hint = unknown_name("agent", name, self.days, "Agents")
                self.notebook.error(row.sheet, row.cell("agent"), message, hint)

    def _add(self, agent: AgentDays, facts: str, entry: Any, row: Row, keys: dict[str, str]) -> None:
        path = ("agents", agent.index, facts, len(agent.facts[facts]))
        agent.facts[facts].append(entry)
        self.notebook.cells[path] = (row.sheet, row.cell("day"))
        for key in keys.values():
            if key in row.columns:
                self.notebook.cells[(*path, key)] = (row.sheet, row.cell(key))

    def _windows(self, row: Row, what: str) -> Iterator[tuple[datetime, datetime]]:
        """The windows of an Availability row; a range of whole days off is one window, all else one a day."""
        dates = list(self._dates(row, what))
        if not dates:
            return
        timed = "start" in row.values or "end" in row.values
        if "last_day" in row.values:
            last = row.values["last_day"]
            if len(dates) > 1 or isinstance(row.values["day"][0], int):
                self.notebook.error(
                    row.sheet,
                    row.cell("last_day"),
                    "a last day needs one first day.",
                    "Write one date in Day.",
                )
                return
            if last < dates[0]:
                self.notebook.error(
                    row.sheet, row.cell("last_day"), f"the last day {last} is before {dates[0]}."
                )
                return
            if not timed and what != "available":
                yield _at(dates[0], 0), _at(last, MINUTES_PER_DAY)
                return
            dates = [dates[0] + timedelta(days=step) for step in range((last - dates[0]).days + 1)]
        start = row.values.get("start", 0)
        end = row.values.get("end", MINUTES_PER_DAY)
        if end <= start:
            end += MINUTES_PER_DAY
        if end <= start:
            self.notebook.error(row.sheet, row.cell("end"), "To is more than a day before From.")
            return
        for on in dates:
            yield _at(on, start), _at(on, end)

    def _dates(self, row: Row, what: str) -> Iterator[date]:
        """The dates of a row; weekdays are those of the horizon.

        What bars work is also read for the day before and the day after, into which shifts may reach.
        """
        for one in row.values["day"]:
            if isinstance(one, date):
                yield one
            elif self.grid is not None:
                beyond = 1 if what == "unavailable" else 0
                for day in range(-beyond, self.grid.days + beyond):
                    if self.grid.weekday(day) == one:
                        yield self.grid.date(day)


def _at(on: date, clock_minute: int) -> datetime:
    return datetime.combine(on, datetime.min.time()) + timedelta(minutes=clock_minute)
