"""How many agents are asked for by the interval: Demand, and volumes with goals where it has no row.

Called by the workbook reader once the horizon and the skills are known. The requirement of volumes is not
computed here, but by whoever reads the input.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.service_goals import ServiceGoal, Shrinkage
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.values.grid import TimeGrid
from scheduler.domain.values.words import clock_words, counted
from scheduler.io.cells import parse_times
from scheduler.io.cells.columns import Sheet
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.demand.demand_headings import DEMAND_ROWS, VOLUME_ROWS, ByInterval
from scheduler.io.input.demand.demand_rows import IntervalReader
from scheduler.io.input.demand.demand_series import IntervalStarts, Series
from scheduler.io.input.demand.scenario_rows import read_scenarios
from scheduler.io.input.reading.facts import fact_of
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import REQUIREMENT, SCENARIOS, SERVICE_GOALS, SHRINKAGE, VOLUMES
from scheduler.texts import text


class AskedFor:
    """Reads the sheets from Demand to Scenarios."""

    def __init__(
        self,
        sheets: Mapping[str, SheetRows | None],
        grid: TimeGrid | None,
        skills: tuple[str, ...],
        notebook: Notebook,
        *,
        may_lack_demand: bool,
    ) -> None:
        self.sheets, self.grid, self.skills, self.notebook = sheets, grid, skills, notebook
        self.may_lack_demand = may_lack_demand

    def read(self) -> dict[str, Any]:
        """The problem's facts, by their fields."""
        goals = tuple(
            fact_of(self.notebook, ServiceGoal, row, ("service_goals", index), {"skill": "?"})
            for index, row in enumerate(self._rows(SERVICE_GOALS, "skill"))
        )
        shares = tuple(
            fact_of(self.notebook, Shrinkage, row, ("shrinkage", index), {"kind": "other", "percent": 0})
            for index, row in enumerate(self._rows(SHRINKAGE, "kind"))
        )
        scenarios = read_scenarios(self.sheets[SCENARIOS.key], self.notebook)
        found: dict[str, Any] = {"service_goals": goals, "shrinkage": shares, "scenarios": scenarios}
        if self.grid is None or not self.skills:
            return {**found, "demand": (), "volumes": ()}
        by_demand = self._by_interval(DEMAND_ROWS)
        by_volume = self._by_interval(VOLUME_ROWS)
        demand = [series.demand(skill) for skill, series in by_demand.items()]
        volumes = [series.volumes(skill) for skill, series in by_volume.items()]
        self._keep_cells("demand", by_demand)
        self._keep_cells("volumes", by_volume)
        return {
            **found,
            "demand": tuple(
                self._marked(one, by_demand[one.skill]) if one.skill in by_volume else one for one in demand
            ),
            "volumes": tuple(self._with_overrides(self.grid, volumes)),
        }

    def _rows(self, sheet: Sheet, key: str) -> list[Row]:
        """The rows of a sheet that say what they are about."""
        rows = self.sheets[sheet.key]
        if rows is None:
            return []
        rows.tell_extra()
        if rows.tell_missing():
            return []
        return [row for row in rows.rows() if key in row.values]

    def _by_interval(self, of: ByInterval) -> dict[str, Series]:
        rows = self.sheets[of.sheet.key]
        if (
            rows is None
            or self.grid is None
            or (rows.is_empty and (of.sheet is VOLUMES or self.may_lack_demand))
        ):
            return {}
        found = IntervalReader(of, rows, self.grid, self.skills, self.notebook).read()
        if not found and not self.notebook.has_errors(on=[rows.title]):
            self.notebook.error(
                rows.title, None, text("this sheet has headings, but no rows."), text(of.sheet.purpose)
            )
        return found

    def _keep_cells(self, facts: str, of: Mapping[str, Series]) -> None:
        for index, series in enumerate(of.values()):
            rows = self.sheets[series.of.sheet.key]
            assert rows is not None
            self.notebook.cells[facts, index] = (rows.title, cell_name(rows.heading_row or 1, 1))
            for (measure, interval), cell in series.cells().items():
                self.notebook.cells[facts, index, measure, interval] = (rows.title, cell)

    @staticmethod
    def _marked(demand: Demand, series: Series) -> Demand:
        """The demand of a skill that has volumes too, which count where it has no row."""
        silent = tuple(series.when(interval) is None for interval in range(series.grid.intervals))
        return demand.model_copy(update={"from_volumes": silent}) if any(silent) else demand

    def _with_overrides(self, grid: TimeGrid, volumes: list[Volumes]) -> Iterator[Volumes]:
        """The volumes with what stands under Override on Requirement."""
        rows = self.sheets[REQUIREMENT.key]
        found = _Overrides(rows, grid, {one.skill: at for at, one in enumerate(volumes)}, self.notebook)
        for one in volumes:
            said = found.of.get(one.skill)
            yield one.model_copy(update={"override": tuple(said)}) if said else one


class _Overrides:
    """The column Override of the sheet Requirement, and what its column Requirement shows."""

    def __init__(
        self, rows: SheetRows | None, grid: TimeGrid, index_of: Mapping[str, int], notebook: Notebook
    ) -> None:
        self.grid, self.index_of, self.notebook = grid, index_of, notebook
        self.of: dict[str, list[int | None]] = {}
        self.starts = IntervalStarts(grid)
        self.seen: dict[tuple[str, date, int], int] = {}
        if rows is None:
            return
        rows.tell_extra()
        if rows.tell_missing():
            return
        outside = []
        for row in rows.rows():
            if not {"date", "start", "skill"} <= row.values.keys():
                continue
            interval = self._interval(row)
            if interval is not None:
                self._take(row, interval)
            elif "override" in row.values and "start" not in row.unreadable:
                outside.append(row)
        if outside:
            notebook.warning(
                rows.title,
                outside[0].cell("override"),
                text(
                    "not read: {rows} with an override for no interval of these days, first {first}.",
                    rows=counted(len(outside), "row"),
                    first=outside[0].values["date"],
                ),
                text("See First day, Days and Interval on Settings."),
            )

    def _interval(self, row: Row) -> int | None:
        """The interval of a row; the second row of a time that the clock shows twice is the second one."""
        try:
            clock = parse_times.clock(row.values["start"])
        except Unreadable as error:
            row.unreadable.add("start")
            self.notebook.error(
                row.sheet, row.cell("start"), text("Start: {message}", message=error.message), error.hint
            )
            return None
        on: date = row.values["date"]
        key = row.values["skill"], on, clock
        before = self.seen[key] = self.seen.get(key, -1) + 1
        there = [at for at in self.starts.at(on, clock) if 0 <= at < self.grid.intervals]
        if there and before >= len(there):
            row.unreadable.add("start")
            self.notebook.error(
                row.sheet,
                row.cell("start"),
                text("{on} {clock} stands here again for this skill.", on=on, clock=clock_words(clock)),
                text("Remove one of the rows."),
            )
            return None
        return there[before] if there else None

    def _take(self, row: Row, interval: int) -> None:
        skill = row.values["skill"]
        if "required" in row.values and skill in self.index_of:
            self.notebook.requirement[skill, interval] = row.values["required"]
            self.notebook.cells["requirement", self.index_of[skill], interval] = (
                row.sheet,
                row.cell("required"),
            )
        if "override" not in row.values:
            return
        if skill not in self.index_of:
            message, hint = unknown_name(text("skill"), skill, self.index_of, "Volumes")
            self.notebook.error(row.sheet, row.cell("skill"), message, hint)
            return
        override = self.of.setdefault(skill, [None] * self.grid.intervals)
        override[interval] = row.values["override"]
        self.notebook.cells["volumes", self.index_of[skill], "override", interval] = (
            row.sheet,
            row.cell("override"),
        )
