"""A problem and its rules as the input sheets of a workbook, such that reading them gives both back.

``append_input_sheets`` also adds them to a roster workbook, which can thus be edited, planned again and
verified by itself.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Language, Sheet
from scheduler.io.cells.render import cell_value, put
from scheduler.io.cells.rule_parameters import kind_of, parameters
from scheduler.io.cells.weekday_names import HOLIDAYS_WORD
from scheduler.io.files.streams import empty_workbook, save
from scheduler.io.input.sheets import (
    AGENTS,
    AVAILABILITY,
    BALANCES,
    BEFORE_SETTINGS,
    BREAKS,
    CALENDAR,
    CONTRACTS,
    DEMAND,
    FIXED,
    HEADCOUNTS,
    HISTORY,
    HOLIDAYS,
    IN_WORDS,
    INPUT_SUFFIX,
    PREMIUMS,
    REQUIREMENT,
    RULE_LIST_TITLE,
    RULES,
    SCENARIOS,
    SERVICE_GOALS,
    SETTING,
    SETTINGS,
    SHIFTS,
    SHRINKAGE,
    SKILLS,
    SOURCE,
    VALUE,
    VOLUMES,
    WISHES,
)
from scheduler.io.input.writing.demand_written import can_be_wide, long_rows, wide_headings, wide_rows
from scheduler.io.input.writing.headcounts_written import headcount_rows
from scheduler.io.input.writing.people_written import (
    agent_rows,
    availability_rows,
    balance_rows,
    fixed_rows,
    history_rows,
    premium_rows,
    wish_rows,
)
from scheduler.io.input.writing.repeated_rows import Facts
from scheduler.io.input.writing.scenarios_written import scenario_rows
from scheduler.io.input.writing.sheet_format import format_rule_columns, format_sheet, sheet_headings
from scheduler.io.input.writing.volumes_written import (
    goal_rows,
    requirement_rows,
    shrinkage_rows,
    volume_rows,
)
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.texts import text


def write_input(
    target: Path | IO[bytes],
    problem: Problem,
    rules: RuleBook,
    catalogue: tuple[type[Rule], ...],
    *,
    language: Language = "en",
    without: Collection[Sheet] = (),
    begun: Collection[Sheet] = (),
) -> None:
    """Write a workbook of input sheets alone, whole or not at all.

    Parameters
    ----------
    without
        Sheets that nobody needs; no other sheet may refer to them.
    begun
        Sheets that are there with their headings alone where they have no row: Premiums, Holidays, Balances.

    Raises
    ------
    BadInput
        If the folder or the file cannot be written.
    """
    book = empty_workbook()
    append_input_sheets(book, problem, rules, catalogue, language=language, without=without, begun=begun)
    save(book, target)


def append_input_sheets(
    book: Workbook,
    problem: Problem,
    rules: RuleBook,
    catalogue: tuple[type[Rule], ...],
    *,
    language: Language = "en",
    without: Collection[Sheet] = (),
    begun: Collection[Sheet] = (),
) -> tuple[str, ...]:
    """Append the input sheets to a workbook; one whose title is taken is called ``Agents (input)``.

    Returns
    -------
    tuple of str
        Titles of the sheets as they were given.
    """
    writer = _Writer(book, language)
    writer.settings(problem)
    writer.table(SKILLS, (dict(skill) for skill in problem.skills))
    if DEMAND not in without:
        writer.demand(problem.with_given_demand())
    writer.volumes(problem)
    writer.table(HEADCOUNTS, headcount_rows(problem))
    writer.table(SHIFTS, (dict(template) for template in problem.templates))
    writer.table(BREAKS, _break_rows(problem))
    writer.table(CONTRACTS, (dict(contract) for contract in problem.contracts))
    writer.pay(problem, begun)
    writer.table(AGENTS, agent_rows(problem))
    writer.table(AVAILABILITY, availability_rows(problem))
    writer.table(FIXED, fixed_rows(problem))
    writer.table(WISHES, wish_rows(problem))
    writer.table(HISTORY, history_rows(problem))
    if BALANCES in begun or any(agent.balances for agent in problem.agents):
        writer.table(BALANCES, balance_rows(problem))
    writer.rules(rules, catalogue)
    writer.rule_list(catalogue)
    writer.finish()
    return tuple(writer.titles.values())


def append_volumes(
    book: Workbook, problem: Problem, title: str, *, language: Language, with_calendar: bool
) -> None:
    """Append the sheet Volumes under a title, and Calendar where it is asked for; no other one."""
    writer = _Writer(book, language)
    writer.table(VOLUMES, volume_rows(problem))
    writer.sheets[0][1].title = title
    if with_calendar:
        writer.calendar(problem)
    for kind, sheet in writer.sheets:
        format_sheet(kind, sheet, {SKILLS.key: SKILLS.name(language)}, language)


class _Writer:
    """Writes the input sheets one after the other into one workbook."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self.book, self.language = book, language
        self.titles: dict[str, str] = {}
        self.sheets: list[tuple[Sheet, Worksheet]] = []
        self.taken = {title.casefold() for title in book.sheetnames}

    def settings(self, problem: Problem) -> None:
        """Write the sheet whose rows are the settings."""
        sheet = self._new(SETTINGS)
        facts = {**dict(problem), **dict(problem.grid)}
        for row, column in enumerate(SETTINGS.columns, start=1):
            put(sheet, row, 1, column.heading(self.language))
            self._put_fact(sheet, row, 2, column, facts.get(column.key))

    def table(self, kind: Sheet, rows: Iterable[Facts]) -> None:
        """Write a sheet with a row for each fact."""
        sheet = self._new(kind)
        sheet_headings(sheet, [column.heading(self.language) for column in kind.columns])
        for number, facts in enumerate(rows, start=2):
            for position, column in enumerate(kind.columns, start=1):
                self._put_fact(sheet, number, position, column, facts.get(column.key))

    def demand(self, problem: Problem) -> None:
        """Write the demand with a column for each skill, or a row where names or hours do not allow that."""
        if not can_be_wide(problem):
            self.table(DEMAND, long_rows(problem))
            return
        sheet = self._new(DEMAND)
        sheet_headings(sheet, wide_headings(problem, self.language))
        columns = DEMAND.column("date"), DEMAND.column("start")
        for row, (days, start, numbers) in enumerate(wide_rows(problem), start=2):
            self._put_fact(sheet, row, 1, columns[0], days)
            self._put_fact(sheet, row, 2, columns[1], start)
            for position, number in enumerate(numbers, start=3):
                if number is not None:
                    put(sheet, row, position, number)

    def volumes(self, problem: Problem) -> None:
        """Write the sheets from contacts to the requirement, where there are any."""
        if problem.volumes or problem.service_goals or problem.shrinkage:
            self.table(VOLUMES, volume_rows(problem))
            self.table(SERVICE_GOALS, goal_rows(problem))
            self.table(SHRINKAGE, shrinkage_rows(problem))
            self.table(REQUIREMENT, requirement_rows(problem))
        if problem.scenarios:
            self.table(SCENARIOS, scenario_rows(problem))
        if problem.volumes or problem.calendar:
            self.calendar(problem)

    def calendar(self, problem: Problem) -> None:
        """Write what is special about days."""
        self.table(CALENDAR, (dict(day) for day in problem.calendar))

    def pay(self, problem: Problem, begun: Collection[Sheet]) -> None:
        """Write what is paid on top, and holidays, where there are any or are asked for."""
        if problem.premiums or PREMIUMS in begun:
            self.table(PREMIUMS, premium_rows(problem))
        if problem.holidays or HOLIDAYS in begun:
            self.table(HOLIDAYS, (dict(one) for one in problem.holidays))

    def rules(self, rules: RuleBook, catalogue: tuple[type[Rule], ...]) -> None:
        """Write the rules, each parameter in a pair of cells behind the columns that all rules have."""
        pairs = max((len(parameters(rule)) for rule in catalogue), default=1)
        chinese = self.language == "zh"
        sheet = self._new(RULES)
        headings = [column.heading(self.language) for column in BEFORE_SETTINGS]
        for number in range(1, pairs + 1):
            headings += [f"{SETTING[chinese]} {number}", f"{VALUE[chinese]} {number}"]
        sheet_headings(sheet, [*headings, IN_WORDS[chinese], SOURCE.heading(self.language)])
        for row, rule in enumerate(rules.rules, start=2):
            facts = _rule_facts(rule)
            for position, column in enumerate(BEFORE_SETTINGS, start=1):
                self._put_fact(sheet, row, position, column, facts.get(column.key))
            at = len(BEFORE_SETTINGS) + 1
            for parameter in parameters(type(rule)):
                value = getattr(rule, parameter.key)
                if value == parameter.default and value in (None, ()):
                    continue
                put(sheet, row, at, parameter.title)
                put(sheet, row, at + 1, *parameter.written(value))
                at += 2
            put(sheet, row, len(headings) + 1, rule.sentence)
            self._put_fact(sheet, row, len(headings) + 2, SOURCE, facts.get(SOURCE.key))
        format_rule_columns(sheet, pairs)

    def rule_list(self, catalogue: tuple[type[Rule], ...]) -> None:
        """Write the sheet that explains every rule there is; it is not read."""
        if RULE_LIST_TITLE.casefold() in self.taken:
            return
        sheet = self.book.create_sheet(RULE_LIST_TITLE)
        sheet_headings(
            sheet,
            [
                text("Rule"),
                text("What it says"),
                text("Strength left blank, it is"),
                text("Price per"),
                text("Setting"),
                text("What may stand there"),
            ],
        )
        row = 2
        for rule in sorted(catalogue, key=kind_of):
            put(sheet, row, 1, kind_of(rule))
            put(sheet, row, 2, rule.first_line().replace("``", ""))
            put(sheet, row, 3, rule.model_fields["strength"].default.value)
            put(sheet, row, 4, text("hour") if rule.unit == "hour" else text("occurrence"))
            first = row
            for parameter in parameters(rule):
                put(sheet, row, 5, parameter.title)
                put(sheet, row, 6, parameter.explanation)
                row += 1
            row = max(row, first + 1)
        for letter, width in zip("ABCDEF", (28, 70, 14, 12, 20, 60), strict=True):
            sheet.column_dimensions[letter].width = width

    def finish(self) -> None:
        """Give every sheet its comments, lists to choose from, and looks, now that all titles are known."""
        for kind, sheet in self.sheets:
            format_sheet(kind, sheet, self.titles, self.language)

    def _new(self, kind: Sheet) -> Worksheet:
        title = kind.name(self.language)
        if title.casefold() in self.taken:
            title = f"{title}{INPUT_SUFFIX}"
        sheet: Worksheet = self.book.create_sheet(title)
        self.titles[kind.key] = sheet.title
        self.sheets.append((kind, sheet))
        return sheet

    @staticmethod
    def _put_fact(sheet: Worksheet, row: int, position: int, column: Column, value: Any) -> None:
        if value is None or (value == () and not column.needed and column.kind is not Kind.WEEKDAYS):
            return
        kind = Kind.CLOCK if column.kind is Kind.ANY else column.kind
        if column.key in ("earliest_start", "latest_start") and isinstance(value, _ClockMinute):
            kind = Kind.CLOCK
        put(sheet, row, position, *cell_value(kind, value))


def _rule_facts(rule: Rule) -> Facts:
    """What stands in the columns that all rules have; no price is said where there is one by default."""
    price_is_off = rule.price is None and type(rule).model_fields["price"].default is not None
    return {
        **dict(rule),
        **dict(rule.scope),
        "only_days": (
            *rule.scope.weekdays,
            *([HOLIDAYS_WORD] if rule.scope.holidays else ()),
            *rule.scope.dates,
        ),
        "instead_of": rule.instead_of or None,
        "source": rule.source or None,
        "strength": rule.strength.value,
        "label": rule.label or None,
        "price": "none" if price_is_off else rule.price,
    }


class _ClockMinute(int):
    """Minutes as a clock time in a column that mostly holds lengths of time."""


def _break_rows(problem: Problem) -> Iterator[Facts]:
    for template in problem.templates:
        for band in template.breaks:
            lengths = {
                "template": template.name,
                "min_shift_minutes": band.min_shift_minutes or None,
                "max_shift_minutes": None
                if band.max_shift_minutes == MINUTES_PER_DAY
                else band.max_shift_minutes,
            }
            for pause in band.breaks:
                facts = {**lengths, **dict(pause)}
                if pause.measured_from == "clock":
                    facts["earliest_start"] = _ClockMinute(pause.earliest_start)
                    facts["latest_start"] = _ClockMinute(pause.latest_start)
                yield facts
            if not band.breaks:
                yield lengths
