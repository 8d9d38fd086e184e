"""Reading the sheets about single agents' days: Availability, Fixed, Wishes, History and Balances.

Each row is added to the agent it names; all times are on that agent's own clock, so nothing here
converts between clocks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pydantic import ValidationError

from scheduler.domain.checks.calendar.slips_of_a_year import ask_for_year, meant_year
from scheduler.domain.facts.agent import RuleBalance
from scheduler.domain.facts.problem import Pin, ShiftWish, TimeOff, Window, WorkedDuty
from scheduler.domain.facts.usual import UsualWindow, UsualWish, dates_of
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.calendar_fields import FAR_END, at_clock
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY, TimeGrid
from scheduler.domain.values.words import clock_words
from scheduler.io.files.pydantic_words import in_words
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows, first_rows
from scheduler.io.input.rows.groups_of_agents import PERSON, Groups, Meant, by_width, names_in_list
from scheduler.io.input.rows.sick_over_paid_days import SickOverPaidDays
from scheduler.io.input.rows.times_hardly_meant import tell_midnight, tell_overnight, tell_typed_in_days
from scheduler.texts import text, text_n

_ABSENCES = {"time off": "leave", "sick": "sick"}
"""What a row's kind is called in the problem, where it is an absence."""

_COME_AGAIN: Mapping[str, Literal["available", "unavailable", "time_off"]] = {
    "available": "available",
    "unavailable": "unavailable",
    "time off": "time_off",
}
"""Kinds of rows that come again every week, by the list of an agent in which their windows are."""
_LIKELY_ABSENCE = timedelta(days=90)
"""From a first day to a last one, so that a last day of the year before is taken for a slip."""
_LAST_DATE = FAR_END.date() - timedelta(days=1)


@dataclass
class AgentDays:
    """The entries of these sheets on one agent, with the cell of each by field and position.

    Parameters
    ----------
    narrower
        Those of the sheet being read that come from narrower rows than the present one: a person's before
        those of everyone.
    """

    index: int
    narrower: dict[str, list[Any]] = field(default_factory=dict)
    facts: dict[str, list[Any]] = field(
        default_factory=lambda: {
            "available": [],
            "unavailable": [],
            "time_off": [],
            "pins": [],
            "shift_wishes": [],
            "history": [],
            "balances": [],
            "usual_windows": [],
            "usual_wishes": [],
        }
    )


class AgentDaysReader:
    """Reads these sheets for the agents that are known by then.

    Parameters
    ----------
    agents
        The rows of the sheet Agents.
    grid
        The horizon, over which weekdays are spelt out; ``None`` where Settings could not be read.
    """

    def __init__(self, agents: list[Row], grid: TimeGrid | None, notebook: Notebook) -> None:
        self.grid, self.notebook = grid, notebook
        self.days = {name: AgentDays(index) for name, index in first_rows(agents).items()}
        self._groups = Groups(agents)
        self._strangers: set[tuple[str, str]] = set()

    def read_availability(self, rows: SheetRows) -> None:
        """Read when agents can and cannot work."""
        again: dict[int, Row] = {}
        over = SickOverPaidDays(self.notebook)
        names = {days.index: name for name, days in self.days.items()}
        for row, agent in self._rows_with_groups(rows):
            what = row.values.get("what")
            if what is None or "day" not in row.values or row.unreadable:
                continue
            tell_typed_in_days(self.notebook, row)
            kind = _ABSENCES.get(what)
            field_name = what if kind is None else "time_off"
            if what == "time off" and _weekdays(row):
                again[row.number] = row
            before = len(agent.facts[field_name])
            own = agent.narrower.get("time_off", ()) if kind is not None else ()
            for start, end in self._windows(row, what, agent):
                if any(one.start < end and start < one.end for one in own) and not over.keeps(
                    row, names[agent.index], agent.index, agent.facts["time_off"], start, end
                ):
                    continue  # on leave by a row of their own: its hours are counted, and not twice
                given = {"start": start, "end": end}
                if kind is not None:
                    hours = row.given("paid_minutes")
                    self._add(agent, field_name, TimeOff, {**given, "kind": kind, **hours}, row)
                else:
                    self._add(agent, field_name, Window, given, row)
            if row.values.get("end", 0) % MINUTES_PER_DAY == MINUTES_PER_DAY - 1:
                tell_midnight(self.notebook, row, agent.facts[field_name][before:])
            if kind is None and "paid_minutes" in row.values:
                self.notebook.error(
                    row.sheet,
                    row.cell("paid_minutes"),
                    text("only time off and sick calls have paid hours."),
                    text("Clear this cell."),
                )

        over.tell()
        self._tell_leave_again(list(again.values()))

    def _tell_leave_again(self, rows: list[Row]) -> None:
        """Note leave by weekday, which is of every week and hardly ever meant to be."""
        if rows:
            first = rows[0]
            self.notebook.warning(
                first.sheet,
                first.cell("day"),
                text_n(
                    "{number} row of time off is by weekday (first {agent}), and comes again every week.",
                    "{number} rows of time off are by weekday (first {agent}), and come again every week.",
                    len(rows),
                    number=len(rows),
                    agent=first.values["agent"],
                ),
                text("Write its date where it is of one week alone."),
            )

    def read_fixed(self, rows: SheetRows) -> None:
        """Read what is fixed beforehand."""
        for row, agent in self._rows_with_groups(rows):
            if "day" not in row.values or row.unreadable:
                continue
            if any(pin.day == row.values["day"] for pin in agent.narrower.get("pins", ())):
                continue
            given = row.given("day", "off", "template", "start", "length_minutes", "break_starts")
            self._add(agent, "pins", Pin, given, row)

    def read_wishes(self, rows: SheetRows) -> None:
        """Read shifts that are wished for or against."""
        for row, agent in self._rows_with_agents(rows):
            if row.unreadable:
                continue
            given = row.given("template", "wanted", "price")
            if weekdays := _weekdays(row):
                path = ("agents", agent.index, "usual_wishes", len(agent.facts["usual_wishes"]))
                self.notebook.cells[path] = (row.sheet, row.cell("day"))
                agent.facts["usual_wishes"].append(UsualWish(weekdays=weekdays, **given))
            for on in self._dates(row, "wish"):
                self._add(agent, "shift_wishes", ShiftWish, {"day": on, **given}, row)

    def read_history(self, rows: SheetRows) -> None:
        """Read what was worked before the horizon."""
        for row, agent in self._rows_with_agents(rows):
            if row.unreadable:
                continue
            on = row.values["day"]
            start, end = row.values["start"], row.values["end"]
            if start == end:
                self._ask_how_long(row, start)
                continue
            if end <= start:
                end += MINUTES_PER_DAY
                tell_overnight(self.notebook, row, start, end)
            times = {"start": at_clock(on, start), "end": at_clock(on, end)}
            given = row.given("day", "paid_minutes", "template") | times
            self._add(agent, "history", WorkedDuty, given, row)

    def read_balances(self, rows: SheetRows) -> None:
        """Read what rules have counted before the horizon."""
        for row, agent in self._rows_with_agents(rows):
            if not row.unreadable:
                given = row.given("rule", "as_of", "minutes", "times")
                if self._says_one_amount(row):
                    self._add(agent, "balances", RuleBalance, given, row, at="as_of")

    def _says_one_amount(self, row: Row) -> bool:
        """Whether a balance has hours or a number, which only its rule can choose between."""
        filled = [key for key in ("minutes", "times") if row.values.get(key) is not None]
        if len(filled) == 1:
            return True
        self.notebook.error(
            row.sheet,
            row.cell(filled[-1] if filled else "minutes"),
            text("Hours and Number are both filled.") if filled else text("Hours and Number are both blank."),
            text("Write Hours for a rule that counts time, or Number for one of days, nights or shifts."),
        )
        return False

    def _rows_with_agents(self, rows: SheetRows) -> Iterator[tuple[Row, AgentDays]]:
        """Each row with the agent that it names."""
        for row in self._readable(rows):
            name = row.values["agent"]
            if name in self.days:
                yield row, self.days[name]
            else:
                self._tell_stranger(row, name)

    def _rows_with_groups(self, rows: SheetRows) -> Iterator[tuple[Row, AgentDays]]:
        """Each row with every agent that it means, persons before groups and those before everyone."""
        found: list[tuple[Row, Meant]] = []
        for row in self._readable(rows):
            meant = self._groups.meant(row.values["agent"])
            if meant is None:
                self._tell_stranger(row, row.values["agent"])
            else:
                found.append((row, meant))
        width = PERSON
        for row, meant in by_width(found):
            if meant.width > width:
                width = meant.width
                for days in self.days.values():
                    days.narrower = {key: list(entries) for key, entries in days.facts.items()}
            for name in meant.names:
                yield row, self.days[name]
        for days in self.days.values():
            days.narrower = {}

    def _readable(self, rows: SheetRows) -> Iterator[Row]:
        """The rows with somebody under Agent."""
        rows.tell_extra()
        if rows.tell_missing() or not self.days:
            return  # without agents every name would be unknown; their sheet has the finding
        yield from (row for row in rows.rows() if "agent" in row.values)

    def _tell_stranger(self, row: Row, name: str) -> None:
        """Note a name that nobody has, once per sheet."""
        if (row.sheet, name) in self._strangers:
            return
        self._strangers.add((row.sheet, name))
        message, hint = unknown_name(text("agent"), name, self.days, "Agents")
        if several := names_in_list(name, self.days):
            hint = text("Write a row for each: {names}.", names=", ".join(several))
        elif self._groups.meant(name) is not None:
            message = text('"{name}" stands for several people, which this sheet has no rows for.', name=name)
            hint = text("Write a row for each person.")
        self.notebook.error(row.sheet, row.cell("agent"), message, hint)

    def _add(
        self,
        agent: AgentDays,
        facts: str,
        model: type[Frozen],
        given: dict[str, Any],
        row: Row,
        at: str = "day",
    ) -> None:
        path = ("agents", agent.index, facts, len(agent.facts[facts]))
        try:
            agent.facts[facts].append(model(**given))
        except ValidationError as error:
            for detail in error.errors():
                key = str(detail["loc"][0]) if detail["loc"] else "end"
                self.notebook.error(row.sheet, row.cell(key if key in row.columns else at), in_words(detail))
            return
        self.notebook.cells[path] = (row.sheet, row.cell(at))
        for key in row.columns:
            self.notebook.cells[(*path, key)] = (row.sheet, row.cell(key))

    def _ask_how_long(self, row: Row, clock: int) -> None:
        """Note an end at the start, which could be no time at all or a whole day."""
        self.notebook.error(
            row.sheet,
            row.cell("end"),
            text("it begins and ends at {clock}: nothing, or 24 h?", clock=clock_words(clock)),
            text(
                "Write {end} as the end for 24 h, or when it ends.", end=clock_words(clock + MINUTES_PER_DAY)
            ),
        )

    def _windows(self, row: Row, what: str, agent: AgentDays) -> Iterator[tuple[datetime, datetime]]:
        """The windows of an Availability row: one a day, but one of whole days off, and of a sick call."""
        dates = list(self._dates(row, what))
        if not dates and not _weekdays(row):
            return
        timed = "start" in row.values or "end" in row.values
        again: dict[str, Any] = {"weekdays": _weekdays(row)}
        if "last_day" in row.values:
            last = min(row.values["last_day"], _LAST_DATE)
            if len(dates) > 1 or isinstance(row.values["day"][0], int):
                self.notebook.error(
                    row.sheet,
                    row.cell("last_day"),
                    text("a last day needs one first day."),
                    text("Write one date in Day."),
                )
                return
            if last < dates[0]:
                self.notebook.error(
                    row.sheet,
                    row.cell("last_day"),
                    text("the last day {last} is before {first}.", last=last, first=dates[0]),
                    ask_for_year(meant_year(last, dates[0], dates[0] + _LIKELY_ABSENCE)).rstrip(),
                )
                return
            if what == "sick":
                start, end = row.values.get("start", 0), row.values.get("end", MINUTES_PER_DAY)
                if last == dates[0] and end <= start:  # over midnight, as of a single day
                    end += MINUTES_PER_DAY
                    tell_overnight(self.notebook, row, start, end)
                yield at_clock(dates[0], start), at_clock(last, end)
                return
            if not timed and what != "available":
                yield at_clock(dates[0], 0), at_clock(last, MINUTES_PER_DAY)
                return
            if self.grid is not None and last >= self.grid.date(self.grid.days):
                again = {"first_day": dates[0], "last_day": last}
            if self.grid is not None:  # an open end: the planned days and one more
                last = max(dates[0], min(last, self.grid.date(self.grid.days)))
                if what != "time off":  # its paid hours count in all of the first week
                    begin = self.grid.date(-1 if what == "unavailable" else 0)
                    dates[0] = max(dates[0], min(last, begin))
            dates = [dates[0] + timedelta(days=step) for step in range((last - dates[0]).days + 1)]
        start = row.values.get("start", 0)
        end = row.values.get("end", MINUTES_PER_DAY)
        if start == end and start:
            self._ask_how_long(row, start)
            return
        if end <= start:
            end += MINUTES_PER_DAY
            tell_overnight(self.notebook, row, start, end)
        if end <= start:
            self.notebook.error(row.sheet, row.cell("end"), text("To is more than a day before From."))
            return
        if any(again.values()) and what in _COME_AGAIN:
            path = ("agents", agent.index, "usual_windows", len(agent.facts["usual_windows"]))
            self.notebook.cells[path] = (row.sheet, row.cell("day"))
            agent.facts["usual_windows"].append(
                UsualWindow(
                    kind=_COME_AGAIN[what],
                    start=start,
                    end=end,
                    **again,
                    **row.given("paid_minutes"),
                )
            )
        for on in dates:
            yield at_clock(on, start), at_clock(on, end)

    def _dates(self, row: Row, what: str) -> Iterator[date]:
        """The dates of a row; weekdays are those of the horizon.

        Windows that bar work are also read for the day before and after, since shifts may reach across
        midnight.
        """
        beyond = 1 if what == "unavailable" else 0
        again = () if self.grid is None else dates_of(_weekdays(row), self.grid, beyond)
        found = [*again, *(one for one in row.values["day"] if not isinstance(one, int))]
        yield from dict.fromkeys(found)


def _weekdays(row: Row) -> tuple[int, ...]:
    """The weekdays among the days of a row."""
    return tuple(one for one in row.values["day"] if isinstance(one, int))
