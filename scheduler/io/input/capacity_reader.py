"""From the sheets of a year to its facts, with every finding at once, each at its cell."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from scheduler.domain.checks.demand.handling_times import handling_faults
from scheduler.domain.facts.capacity import (
    MOST_CURVE_WEEKS,
    MOST_STAFF,
    MOST_WEEKS,
    PERSON,
    WHOLE,
    CapacityYear,
    HiringTerms,
    SkillYear,
)
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.domain.values.words import listed
from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.known_names import KnownNames
from scheduler.io.cells.parse import Unreadable, is_blank
from scheduler.io.cells.parse_shares import per_cent
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets.capacity import (
    CAPACITY_SHEETS,
    HIRING,
    JOINERS,
    TRAINING_ROOMS,
    WEEKLY_VOLUMES,
    YEAR_STAFFING,
)
from scheduler.texts import text

_SHOWN = 6
_BETWEEN = ";"


def read_capacity(sheets: Mapping[str, RawSheet], notebook: Notebook) -> CapacityYear | None:
    """Read a year; what is wrong with it goes into the notebook.

    Parameters
    ----------
    sheets
        By the keys of :data:`scheduler.io.input.sheets.capacity.CAPACITY_SHEETS`.
    """
    reader = _YearReader(sheets, notebook)
    return reader.read() if not notebook.has_errors() else None


class _YearReader:
    """One reading of the sheets."""

    def __init__(self, sheets: Mapping[str, RawSheet], notebook: Notebook) -> None:
        self.notebook = notebook
        self.rows: dict[str, list[Row]] = {}
        self.titles = {kind.key: sheets[kind.key].title if kind.key in sheets else kind.title
                       for kind in CAPACITY_SHEETS}  # fmt: skip
        tables: dict[str, SheetRows] = {}
        for kind in CAPACITY_SHEETS:
            table = self._table(kind, sheets.get(kind.key))
            if table is not None:
                tables[kind.key] = table
        staffing = tables.get(YEAR_STAFFING.key)
        known = KnownNames({} if staffing is None else {YEAR_STAFFING.key: staffing.names()})
        for key, table in tables.items():
            table.known = known
            self.rows[key] = list(table.rows())
            if table.sheet.needed and not self.rows[key]:
                notebook.error(table.title, None, text("this table has headings, but no rows."))

    def _table(self, kind: Sheet, raw: RawSheet | None) -> SheetRows | None:
        if raw is None:
            if kind.needed:
                self.notebook.error(kind.title, None, text("this sheet is missing."), text(kind.purpose))
            return None
        table = SheetRows(kind, raw, self.notebook)
        if table.heading_row is None:
            if kind.needed or any(not is_blank(cell) for row in raw.rows for cell in row):
                self.notebook.error(
                    raw.title, "A1", text("no row of headings is found."),
                    text("Headings: {headings}.", headings=", ".join(one.title for one in kind.columns)),
                )  # fmt: skip
            return None
        table.tell_extra()
        return None if table.tell_missing() else table

    def read(self) -> CapacityYear | None:
        """The year, or nothing where an error stands against it."""
        staffing = self._by_skill(YEAR_STAFFING.key, "name")
        hiring = self._by_skill(HIRING.key, "skill")
        for name in staffing:
            if name not in hiring:
                self._tell(HIRING, text("{skill} has no row here.", skill=name))
        self._tell_unknown(HIRING, "skill", staffing)
        weeks = self._weeks(staffing)
        if self.notebook.has_errors() or not weeks:
            return None
        volumes = self._volumes(staffing, weeks)
        joiners = self._joiners(staffing, weeks)
        rooms, may_start = self._rooms(weeks)
        if self.notebook.has_errors():
            return None
        skills = [
            self._skill(
                name, row, hiring[name], [volumes[name, week] for week in weeks], joiners.get(name, ())
            )
            for name, row in staffing.items()
        ]
        if self.notebook.has_errors():
            return None
        return CapacityYear(
            first_week=weeks[0],
            skills=tuple(one for one in skills if one is not None),
            classes_at_once=rooms,
            may_start=may_start,
        )

    def _tell(self, kind: Sheet, message: str, hint: str = "") -> None:
        self.notebook.error(self.titles[kind.key], None, message, hint)

    def _at(self, row: Row, key: str, message: str, hint: str = "") -> None:
        self.notebook.error(row.sheet, row.cell(key), message, hint)

    def _by_skill(self, key: str, column: str) -> dict[str, Row]:
        """The row of each skill; a second one is noted."""
        found: dict[str, Row] = {}
        for row in self.rows.get(key, ()):
            name = row.values.get(column)
            if name is None:
                continue
            if name in found:
                self._at(row, column, text("{skill} has a row already, in line {line}.", skill=name,
                                           line=found[name].number))  # fmt: skip
            found.setdefault(name, row)
        return found

    def _tell_unknown(self, kind: Sheet, column: str, skills: Mapping[str, Row]) -> None:
        for row in self.rows.get(kind.key, ()):
            name = row.values.get(column)
            if name is not None and name not in skills:
                self._at(row, column, *unknown_name("skill", name, skills, self.titles[YEAR_STAFFING.key]))

    def _weeks(self, skills: Mapping[str, Row]) -> list[date]:
        """First days of the planned weeks: every seven days from the first to the last."""
        self._tell_unknown(WEEKLY_VOLUMES, "skill", skills)
        rows = [row for row in self.rows.get(WEEKLY_VOLUMES.key, ()) if "week" in row.values]
        if not rows:
            return []
        first, last = min(row.values["week"] for row in rows), max(row.values["week"] for row in rows)
        count = (last - first).days // DAYS_PER_WEEK + 1
        if count > MOST_WEEKS:
            self._tell(
                WEEKLY_VOLUMES,
                text("the weeks are from {first} to {last}, more than {most}.", first=first, last=last,
                     most=MOST_WEEKS),
                text("One of these dates is mistyped, or plan fewer weeks at once."),
            )  # fmt: skip
            return []
        for row in rows:
            if (row.values["week"] - first).days % DAYS_PER_WEEK:
                self._at(
                    row, "week", text("{day} is no first day of a week that begins like that of {first}.",
                                      day=row.values["week"], first=first),
                    text("Write the same weekday in every row."),
                )  # fmt: skip
        return [date.fromordinal(first.toordinal() + DAYS_PER_WEEK * number) for number in range(count)]

    def _volumes(self, skills: Mapping[str, Row], weeks: list[date]) -> dict[tuple[str, date], Row]:
        """The row of each skill and week; those that are missing or doubled are noted."""
        found: dict[tuple[str, date], Row] = {}
        for row in self.rows[WEEKLY_VOLUMES.key]:
            key = row.values["skill"], row.values["week"]
            if key in found:
                self._at(row, "week", text("{skill} has a row for this week already, in line {line}.",
                                           skill=key[0], line=found[key].number))  # fmt: skip
            found.setdefault(key, row)
        for name in skills:
            missing = [str(week) for week in weeks if (name, week) not in found]
            if missing:
                self._tell(
                    WEEKLY_VOLUMES,
                    text(
                        "{skill} has no row for the weeks of {weeks}.",
                        skill=name,
                        weeks=listed(missing, _SHOWN),
                    ),
                    text("Write 0 contacts where nothing comes."),
                )
        return found

    def _joiners(self, skills: Mapping[str, Row], weeks: list[date]) -> dict[str, tuple[int, ...]]:
        """Who comes and goes, by skill and week, in hundredths of a person."""
        self._tell_unknown(JOINERS, "skill", skills)
        found = {name: [0] * len(weeks) for name in skills}
        for row in self.rows.get(JOINERS.key, ()):
            if row.unreadable or row.values.get("skill") not in found:
                continue
            at = self._number(row, "week", weeks)
            if at is not None:
                found[row.values["skill"]][at] += round(row.values["people"] * PERSON)
        return {name: tuple(numbers) for name, numbers in found.items() if any(numbers)}

    def _rooms(self, weeks: list[date]) -> tuple[tuple[int | None, ...], tuple[bool, ...]]:
        """Classes at once and whether one may start, by week; a later row goes before those above it."""
        rooms: list[int | None] = [None] * len(weeks)
        may_start = [True] * len(weeks)
        for row in self.rows.get(TRAINING_ROOMS.key, ()):
            first = self._number(row, "first", weeks) if "first" in row.values else 0
            last = self._number(row, "last", weeks) if "last" in row.values else len(weeks) - 1
            if row.unreadable or first is None or last is None:
                continue
            if last < first:
                self._at(row, "last", text("this week is before the first one of its row."))
            if not {"rooms", "may_start"} & row.values.keys():
                self._at(row, "rooms", text("this row says neither Classes at once nor May start."))
            for at in range(first, last + 1):
                rooms[at] = row.values.get("rooms", rooms[at])
                may_start[at] = row.values.get("may_start", may_start[at])
        return tuple(rooms), tuple(may_start)

    def _number(self, row: Row, key: str, weeks: list[date]) -> int | None:
        """The number of a week; a date of none is noted."""
        day = row.values.get(key)
        if day is None:
            return None
        at = (day - weeks[0]).days // DAYS_PER_WEEK
        if 0 <= at < len(weeks):
            return int(at)
        self._at(row, key, text("{day} is not planned, which is from {first} to {last}.", day=day,
                                first=weeks[0], last=weeks[-1]))  # fmt: skip
        return None

    def _skill(
        self, name: str, staffing: Row, hiring: Row, volumes: list[Row], joiners: tuple[int, ...]
    ) -> SkillYear | None:
        """One skill's year."""
        given, terms = staffing.values, self._terms(hiring, staffing)
        shrinkage = [self._shrinkage(row, staffing) for row in volumes]
        hours = [self._hours(name, row) for row in volumes]
        if terms is None or None in shrinkage or None in hours:
            return None
        weekly = given["week_minutes"] / MINUTES_PER_HOUR * given["occupancy_percent"] / 100
        needed = [
            round(PERSON * (work or 0) / (weekly * (1 - (lost or 0) / WHOLE)))
            for work, lost in zip(hours, shrinkage, strict=True)
        ]
        if max(needed) > MOST_STAFF:
            row = volumes[needed.index(max(needed))]
            self._at(row, "contacts", text("{skill}: {people:,} people would be needed.", skill=name,
                                           people=max(needed) // PERSON),
                     text("More than {most:,} cannot be planned; look at contacts and AHT.",
                          most=MOST_STAFF // PERSON))  # fmt: skip
            return None
        most_missing = given.get("most_missing_percent")
        return SkillYear(
            name=name,
            needed=tuple(needed),
            shrinkage=tuple(one or 0 for one in shrinkage),
            week_minutes=given["week_minutes"],
            staff=round(PERSON * given["staff"]),
            attrition=_share(given["attrition_percent"]),
            joiners=joiners,
            pay_cents=given["pay_cents"],
            missing_cents=given["missing_cents"],
            most_missing=None if most_missing is None else _share(most_missing),
            terms=terms,
        )

    def _shrinkage(self, row: Row, staffing: Row) -> int | None:
        percent = row.values.get("shrinkage_percent", staffing.values.get("shrinkage_percent"))
        if percent is not None:
            return _share(percent)
        self._at(
            row, "shrinkage_percent", text("neither this week nor Year staffing says the shrinkage."),
            text("Write it on Year staffing once, 0 where there is none."),
        )  # fmt: skip
        return None

    def _hours(self, name: str, row: Row) -> float | None:
        """Handling hours of a week."""
        given = row.values
        if "hours" in given:
            if {"contacts", "aht_seconds"} & given.keys():
                self._at(
                    row,
                    "hours",
                    text("this row says both contacts and Hours of work."),
                    text("Clear one of them."),
                )
            return float(given["hours"])
        if "contacts" not in given:
            self._at(row, "contacts", text("this week says neither contacts nor Hours of work."),
                     text("Write 0 where nothing comes."))  # fmt: skip
            return None
        if given["contacts"] and "aht_seconds" not in given:
            self._at(
                row, "aht_seconds", text("contacts without a handling time."), text("Write AHT in seconds.")
            )
            return None
        seconds = given.get("aht_seconds", 0)
        if given["contacts"]:
            for fault in handling_faults((), name, seconds):
                (self.notebook.error if fault.is_error else self.notebook.warning)(
                    row.sheet, row.cell("aht_seconds"), fault.message, fault.hint
                )
        return float(given["contacts"] * seconds / 3600)

    def _terms(self, row: Row, staffing: Row) -> HiringTerms | None:
        given = row.values
        curve = tuple(self._curve(row))
        if row.unreadable:
            return None
        if given["least_people"] > given["most_people"]:
            self._at(
                row, "most_people", text("{most} is less than Class at least, {least}.",
                                              most=given["most_people"], least=given["least_people"]),
            )  # fmt: skip
            return None
        if given.get("weeks_between", len(curve)) < len(curve):
            self.notebook.warning(
                row.sheet, row.cell("weeks_between"),
                text("{weeks} is less than the {curve} weeks of the learning curve, which are planned with.",
                     weeks=given["weeks_between"], curve=len(curve)),
                text("Let more classes start in one week instead."),
            )  # fmt: skip
        try:
            return HiringTerms(
                learning_curve=curve,
                weeks_between=max(1, len(curve), given.get("weeks_between", 1)),
                attrition=_share(given.get("attrition_percent", staffing.values["attrition_percent"])),
                **row.given("training_weeks", "least_people", "most_people", "most_started", "hire_cents",
                            "class_cents", "write_off_weeks"),
            )  # fmt: skip
        except ValidationError as error:
            self._at(row, "skill", text("these terms cannot be planned with: {error}.",
                                        error=error.errors()[0]["msg"]))  # fmt: skip
            return None

    def _curve(self, row: Row) -> Iterator[int]:
        """Shares of full productivity by week after training, in millionths, no full ones at its end."""
        shares = []
        for part in _parts(row.values.get("curve")):
            try:
                percent = per_cent(part)
            except Unreadable as error:
                row.unreadable.add("curve")
                self._at(row, "curve", f"{HIRING.column('curve').title}: {error.message}",
                         error.hint or text("Write shares of a hundred, as 50; 65; 80; 90."))  # fmt: skip
                return
            if not 0 <= percent <= 100:
                row.unreadable.add("curve")
                self._at(
                    row, "curve", text("{percent:g} % is no share of full productivity.", percent=percent)
                )
                return
            shares.append(_share(percent))
        while shares and shares[-1] == WHOLE:
            shares.pop()
        if len(shares) > MOST_CURVE_WEEKS:
            row.unreadable.add("curve")
            self._at(row, "curve", text("a curve of {weeks} weeks is longer than {most}.", weeks=len(shares),
                                        most=MOST_CURVE_WEEKS))  # fmt: skip
            return
        yield from shares


def _parts(said: Any) -> list[Any]:
    """The entries of a list in a cell; one number is one entry."""
    if said is None or not isinstance(said, str):
        return [] if said is None else [said]
    return [
        part for part in said.replace("/", _BETWEEN).replace("\n", _BETWEEN).split(_BETWEEN) if part.strip()
    ]


def _share(percent: float) -> int:
    """A share of a hundred in millionths."""
    return round(percent * WHOLE / 100)
