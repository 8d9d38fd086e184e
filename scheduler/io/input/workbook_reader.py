"""From a workbook to a problem and a rule book, with every finding at once.

``read_workbook`` never raises for bad content: what cannot be read gets a finding with its sheet and cell and
a placeholder, and reading goes on, so that a planner sees all mistakes at once.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from scheduler.domain.facts.problem import (
    Agent,
    Contract,
    Headcount,
    Problem,
    ShiftTemplate,
    Skill,
)
from scheduler.domain.facts.usual import dates_of
from scheduler.domain.findings.finding import did_you_mean
from scheduler.domain.values.grid import TimeGrid
from scheduler.io.cells.columns import Sheet, normalised
from scheduler.io.cells.known_names import KnownNames
from scheduler.io.cells.parse import filled_rows
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import Source
from scheduler.io.files.workbook_file import RawSheet, WorkbookFile, cell_name, damaged, open_workbook
from scheduler.io.input.demand.asked_for import AskedFor
from scheduler.io.input.demand.calendar_rows import read_special_days
from scheduler.io.input.demand.headcount_rows import HeadcountReader
from scheduler.io.input.reading.facts import fact_of
from scheduler.io.input.reading.marks_by_hand import tell_marks
from scheduler.io.input.reading.result import Draft, Notebook, Reading, in_sheet_order
from scheduler.io.input.reading.sheet_rows import Row, SheetRows, first_rows
from scheduler.io.input.reading.unread_sheets import (
    beside_input,
    tell_chart_sheets,
    tell_hidden_cells,
    tell_hidden_sheets,
    tell_unread_sheets,
    titles_of,
)
from scheduler.io.input.reading.unsound import unsound_facts
from scheduler.io.input.rows.agent_days import AgentDaysReader
from scheduler.io.input.rows.break_rows import read_breaks
from scheduler.io.input.rows.pay_rows import read_pay
from scheduler.io.input.rows.rule_rows import RuleReader
from scheduler.io.input.rows.settings_rows import read_conventions, read_settings
from scheduler.io.input.sheets import (
    AGENTS,
    AVAILABILITY,
    BALANCES,
    BREAKS,
    CALENDAR,
    CONTRACTS,
    DEMAND,
    FIXED,
    HEADCOUNTS,
    HISTORY,
    RULES,
    SERVICE_GOALS,
    SETTINGS,
    SHEETS,
    SHIFTS,
    SKILLS,
    VOLUMES,
    WISHES,
)
from scheduler.io.input.sheets.other_names import meant_sheet
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.texts import text


def read_workbook(path: Source, catalogue: tuple[type[Rule], ...]) -> Reading:
    """Read a workbook.

    Parameters
    ----------
    path
        The workbook, ``.xlsx`` or ``.xlsm``, on a disk or in memory.
    catalogue
        The rules that may stand on the Rules sheet.

    Returns
    -------
    Reading
        The problem and the rules, where no error stands against them, and all findings in sheet order.
    """
    opened = open_workbook(path)
    if not isinstance(opened, WorkbookFile):
        return Reading(None, None, (opened,))
    with opened as book:
        return input_in(book, catalogue)


def input_in(book: WorkbookFile, catalogue: tuple[type[Rule], ...]) -> Reading:
    """The input in an open workbook."""
    try:
        return read_sheets(book, catalogue)
    except NotRead as error:
        return Reading(None, None, (damaged(book.source, error),))


class Sheets(Protocol):
    """What sheets come from: a workbook, a folder of CSV files, or frames."""

    titles: tuple[str, ...]
    hidden: frozenset[str]
    charts: tuple[str, ...]

    def sheet(self, title: str) -> RawSheet:
        """One sheet; raises ``NotRead`` where that is not possible."""

    def is_filled(self, title: str) -> bool:
        """Whether anything may stand on a sheet that nobody reads."""


def read_sheets(file: Sheets, catalogue: tuple[type[Rule], ...]) -> Reading:
    """Read the input from its sheets, wherever they come from.

    Raises
    ------
    NotRead
        If a sheet is damaged or beyond the limits.
    """
    notebook = Notebook()
    found_for = {sheet.key: titles_of(sheet, file.titles) for sheet in SHEETS}
    titles = {key: found[0] if found else None for key, found in found_for.items()}
    for first, *others in filter(None, found_for.values()):
        for title in others:
            notebook.error(
                title,
                None,
                text('this is the sheet "{first}" once more.', first=first),
                text("Remove or rename one of them."),
            )
    order = tuple(titles[sheet.key] or sheet.title for sheet in SHEETS)
    raw = {key: file.sheet(title) for key, title in titles.items() if title is not None}
    tell_hidden_sheets([one.title for one in raw.values() if one.title in file.hidden], notebook)
    tell_hidden_cells(raw.values(), notebook)
    tell_marks(raw.values(), notebook)
    named = {title for found in found_for.values() for title in found}
    unread = {title: file.is_filled(title) for title in file.titles if title not in named}
    return _WorkbookReader(raw, unread, file.charts, catalogue, notebook).read(order)


class _WorkbookReader:
    """One reading of one workbook."""

    def __init__(
        self,
        raw: Mapping[str, RawSheet],
        unread: Mapping[str, bool],
        charts: Sequence[str],
        catalogue: tuple[type[Rule], ...],
        notebook: Notebook,
    ) -> None:
        self.raw, self.unread, self.catalogue, self.notebook = raw, unread, catalogue, notebook
        self.filled = {key: filled_rows(sheet.rows) for key, sheet in raw.items()}  # headings included
        self.charts = charts
        self.asked_about: set[str] = set()
        """Sheets that are not read, of which a finding on a missing sheet asks whether they are meant."""
        self.ways = read_conventions(raw.get(SETTINGS.key))
        self.title = {
            sheet.key: raw[sheet.key].title if sheet.key in raw else sheet.title for sheet in SHEETS
        }
        self.sheets: dict[str, SheetRows | None] = {}
        for sheet in SHEETS:
            self.sheets[sheet.key] = self._sheet(sheet)
        named = {sheet.key: self.sheets[sheet.key] for sheet in (SKILLS, SHIFTS, CONTRACTS, AGENTS)}
        names = {key: rows.names() for key, rows in named.items() if rows is not None}
        agents = self.sheets[AGENTS.key]
        known = KnownNames(names | ({} if agents is None else {"teams": agents.names("team")}))
        for rows in filter(None, self.sheets.values()):
            rows.known = known

    def read(self, order: tuple[str, ...]) -> Reading:
        """Read every sheet, then check the names against one another."""
        settings, grid = self._settings()
        own = settings.pop("own_sheets", ())
        read = [raw.title for raw in self.raw.values()]
        unread = {title: held and title not in self.asked_about for title, held in self.unread.items()}
        tell_chart_sheets(self.charts, own, self.notebook)
        tell_unread_sheets(
            {**unread, **dict.fromkeys(self.charts, False)},
            read,
            own,
            self.notebook.cells.get(("own_sheets",)),
            self.notebook,
        )
        skills = self._skills()
        asked = AskedFor(
            self.sheets,
            grid,
            tuple(skill.name for skill in skills),
            self.notebook,
            may_lack_demand=self._spares(DEMAND),
        ).read()
        templates = self._templates()
        headcounts = self._headcounts(grid, {one.name: one.weekdays for one in templates})
        contracts = self._contracts(tuple(template.name for template in templates))
        agents = self._agents(grid, contracts)
        rules = self._rules()
        problem = Problem(
            **settings,
            grid=grid or TimeGrid(first_day=date(2000, 1, 3), days=1, interval_minutes=60),
            skills=skills,
            **asked,
            calendar=read_special_days(self.sheets[CALENDAR.key], self.notebook),
            headcounts=headcounts,
            templates=templates,
            contracts=contracts,
            agents=agents,
            **read_pay(self.sheets, self.notebook),
        )
        notebook = self.notebook
        whole = not notebook.has_errors(on=[title for title in order if title != self.title["rules"]])
        if notebook.cut_short:
            # References of other sheets to rows that were not read would be reported as wrong.
            told = [finding for finding in notebook.findings if finding.place.sheet in notebook.cut_short]
            return Reading(None, None, in_sheet_order(told, order), notebook.cells, order)
        findings = tuple(notebook.findings)
        if not whole:
            headings = {key: rows.heading_row or 1 for key, rows in self.sheets.items() if rows is not None}
            unsound = unsound_facts(notebook, self.title, headings)
            if grid is None:
                unsound.add(("grid",))
            draft = Draft(problem, frozenset(unsound))
            return Reading(None, rules, in_sheet_order(findings, order), notebook.cells, order, draft=draft)
        return Reading(
            problem,
            rules,
            in_sheet_order(findings, order),
            notebook.cells,
            order,
            ways=self.ways,
            sheets_beside=beside_input(self.unread, self.charts),
            requirement=notebook.requirement,
        )

    def _sheet(self, sheet: Sheet) -> SheetRows | None:
        """A sheet's rows, if it is there and has headings; notes what is missing."""
        raw = self.raw.get(sheet.key)
        needed = sheet.needed and not self._spares(sheet)
        if raw is None:
            if needed:
                meant = [title for title in self.unread if meant_sheet(title) is sheet]
                guess = did_you_mean(
                    sheet.title,
                    meant or self.unread,
                    0 if meant else 70,
                    compared=normalised,
                    what=text("the sheet"),
                )
                self.asked_about.update(meant)
                self.notebook.error(
                    sheet.title, None, text("this sheet is missing."), f"{guess}{text(sheet.purpose)}"
                )
            return None
        if not self.filled[sheet.key]:
            for (number, column), fault in sorted(raw.faults.items()):
                self.notebook.error(raw.title, cell_name(number, column), *fault)
            if needed and not raw.faults:
                self.notebook.error(raw.title, None, text("this sheet is empty."), text(sheet.purpose))
            return None
        if sheet is SETTINGS:
            return None  # a sheet without headings has its own reader
        skills = self.sheets.get(SKILLS.key) if sheet is DEMAND else None  # one may be called as a column is
        rows = SheetRows(sheet, raw, self.notebook, self.ways, skills.names() if skills else ())
        if rows.heading_row is None:
            headings = ", ".join(column.title for column in sheet.columns)
            self.notebook.error(
                raw.title,
                "A1",
                text("no row of headings is found."),
                text("Headings: {headings}.", headings=headings),
            )
            return None
        return rows

    def _spares(self, sheet: Sheet) -> bool:
        """Whether a sheet may be left out, as people are asked for by shift and day, or by contacts."""
        asking = (DEMAND.key, VOLUMES.key, SERVICE_GOALS.key, HEADCOUNTS.key)
        has = {key: self.filled.get(key, 0) > 1 for key in asking}
        if sheet is SKILLS:
            return has[HEADCOUNTS.key] and not (has[DEMAND.key] or has[VOLUMES.key])
        return sheet is DEMAND and (has[HEADCOUNTS.key] or has[VOLUMES.key] or has[SERVICE_GOALS.key])

    def _settings(self) -> tuple[dict[str, Any], TimeGrid | None]:
        raw = self.raw.get(SETTINGS.key)
        if raw is None or not self.filled[SETTINGS.key]:
            return {}, None
        return read_settings(raw, self.notebook, self.ways)

    def _skills(self) -> tuple[Skill, ...]:
        return tuple(
            fact_of(self.notebook, Skill, row, ("skills", index), {"name": "?"})
            for index, row in enumerate(self._named_rows(SKILLS))
        )

    def _headcounts(self, grid: TimeGrid | None, of: Mapping[str, Collection[int]]) -> tuple[Headcount, ...]:
        rows = self.sheets[HEADCOUNTS.key]
        if rows is None or grid is None:
            return ()
        return HeadcountReader(rows, grid, of, self.notebook).read(is_alone=self._spares(SKILLS))

    def _templates(self) -> tuple[ShiftTemplate, ...]:
        rows = self._named_rows(SHIFTS)
        first = first_rows(rows)
        bands = read_breaks(self.sheets[BREAKS.key], first, self.notebook) if rows else {}
        return tuple(
            fact_of(
                self.notebook,
                ShiftTemplate,
                row,
                ("templates", index),
                {"name": "?", "earliest_start": 0, "latest_start": 0, "min_length": 5, "max_length": 5},
                breaks=bands.get(row.values["name"], ()) if first[row.values["name"]] == index else (),
            )
            for index, row in enumerate(rows)
        )

    def _contracts(self, templates: tuple[str, ...]) -> tuple[Contract, ...]:
        rows = self._named_rows(CONTRACTS)
        for row in rows:
            said = row.values.get("templates", ())
            if len(said) == 1 and said[0].casefold() in ("all", "全部") and said[0] not in templates:
                row.values["templates"] = templates
        return tuple(
            fact_of(
                self.notebook,
                Contract,
                row,
                ("contracts", index),
                {"name": "?", "pay_per_hour": 0, "templates": ()},
            )
            for index, row in enumerate(rows)
        )

    def _agents(self, grid: TimeGrid | None, contracts: tuple[Contract, ...]) -> tuple[Agent, ...]:
        rows = self._named_rows(AGENTS)
        positions = first_rows(rows)
        contract = contracts[0].name if contracts else "?"  # placeholder where none could be read
        days = AgentDaysReader(rows, grid, self.notebook)
        for sheet, read in (
            (AVAILABILITY, days.read_availability),
            (FIXED, days.read_fixed),
            (WISHES, days.read_wishes),
            (HISTORY, days.read_history),
            (BALANCES, days.read_balances),
        ):
            part = self.sheets[sheet.key]
            if part is not None:
                read(part)
        agents = []
        for index, row in enumerate(rows):
            wishes = row.values.pop("preferred_days_off", ())
            again = tuple(one for one in wishes if isinstance(one, int))
            dated = tuple(one for one in wishes if not isinstance(one, int))
            row.values["usual_days_off"] = again
            row.values["preferred_days_off"] = tuple(
                dict.fromkeys((*(dates_of(again, grid) if grid else ()), *dated))
            )
            if again:
                cell = (row.sheet, row.cell("preferred_days_off"))
                self.notebook.cells["agents", index, "usual_days_off"] = cell
            name = row.values["name"]
            facts = days.days[name].facts if positions[name] == index else {}
            agents.append(
                fact_of(
                    self.notebook,
                    Agent,
                    row,
                    ("agents", index),
                    {"name": "?", "contract": contract, "skills": ()},
                    **{key: tuple(entries) for key, entries in facts.items()},
                )
            )
        return tuple(agents)

    def _rules(self) -> RuleBook | None:
        rows = self.sheets[RULES.key]
        return None if rows is None else RuleReader(rows, self.catalogue, self.notebook).read()

    def _named_rows(self, sheet: Sheet) -> list[Row]:
        """Rows of a sheet of named things; a row without a name is left out: nothing can refer to it."""
        rows = self.sheets[sheet.key]
        if rows is None:
            return []
        rows.tell_extra()
        if rows.tell_missing():
            return []
        every = list(rows.rows())
        if not every and not self._spares(sheet):
            self.notebook.error(
                rows.title, None, text("this sheet has headings, but no rows."), text(sheet.purpose)
            )
        return [row for row in every if "name" in row.values]
