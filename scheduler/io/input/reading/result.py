"""The result of reading an input: problem and rules, if readable, and every finding with its cell."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.findings.finding import MOST_FINDINGS, Finding, Place, Severity
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.input.reading.kinds_of_findings import one_line_a_kind
from scheduler.model.rules.book import RuleBook
from scheduler.texts import text

_MOST_OF_A_SHEET = 2 * MOST_FINDINGS  # a sheet read by its rows ends long before

Cell = tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """What could be read of a problem that has errors; nothing is planned with it.

    Parameters
    ----------
    unsound
        Its facts that hold placeholders, as :func:`scheduler.domain.checks.sound_part.sound_part` takes them.
    """

    problem: Problem
    unsound: frozenset[FactPath] = frozenset()


@dataclass(frozen=True)
class Reading:
    """An input as it was read; bad content becomes ``findings`` and never raises.

    Parameters
    ----------
    problem, rules
        ``None`` where errors on their sheets stand against them.
    findings
        In the order of the sheets.
    cells
        Sheet and cell of each fact, by its path in the problem (``("agents", 3, "skills")``) or in the rules
        (``("rules", 5, "days")``). Empty for JSON, where the path itself is the place.
    sheet_order
        Titles of the sheets in the order in which findings are listed.
    place_of
        The place as the caller knows it, where the sheets are files or frames.
    ways
        How the input writes dates and amounts.
    sheets_beside
        Titles of sheets that hold something and are neither input nor of a roster; no copy has them.
    draft
        Where ``problem`` is ``None``, what could be read of it.
    requirement
        What the input shows as computed from its volumes, by skill and interval.
    """

    problem: Problem | None
    rules: RuleBook | None
    findings: tuple[Finding, ...] = ()
    cells: Mapping[FactPath, Cell] = field(default_factory=lambda: MappingProxyType({}))
    sheet_order: tuple[str, ...] = ()
    place_of: Callable[[Place], Place] | None = None
    ways: Conventions = UNSAID
    sheets_beside: tuple[str, ...] = ()
    draft: Draft | None = None
    requirement: Mapping[tuple[str, int], int] = field(default_factory=lambda: MappingProxyType({}))

    def placed(self, place_of: Callable[[Place], Place], more: Iterable[Finding] = ()) -> "Reading":
        """The reading with places as the caller knows them, and with findings on what is not read."""
        return replace(self, place_of=place_of, findings=(*more, *self.findings))

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings, each at the place that the caller knows."""
        return tuple(map(self._placed, self.findings))

    @property
    def has_errors(self) -> bool:
        """Whether anything stops the planning."""
        return any(finding.is_error for finding in self.findings)

    def with_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings of this reading and of later checks, each with its cell, sorted, none twice."""
        later = as_many_as_are_told(self._with_cell(finding) for finding in findings)
        located = [self._with_cell(finding) for finding in self.findings]
        return tuple(one_line_a_kind(in_sheet_order(dict.fromkeys([*located, *later]), self.sheet_order)))

    def located(self, finding: Finding) -> Finding:
        """A finding of a later check with its cell, as the caller knows it."""
        return self._placed(self._with_cell(finding))

    def _placed(self, finding: Finding) -> Finding:
        place = self._as_known(finding.place)
        return finding if place is finding.place else finding.model_copy(update={"place": place})

    def _as_known(self, place: Place) -> Place:
        """A place in the caller's words."""
        return place if self.place_of is None else self.place_of(place)

    def _with_cell(self, finding: Finding) -> Finding:
        place = _range_of([self._located(one) for one in (finding.place, *finding.also)])
        if finding.also:
            finding = finding.model_copy(update={"also": ()})
        if finding.beside is None:
            return finding if place is finding.place else finding.model_copy(update={"place": place})
        other = text("See also {place}.", place=self._as_known(self._located(finding.beside)).in_words)
        hint = f"{other} {finding.hint}".rstrip()
        return finding.model_copy(update={"place": place, "hint": hint, "beside": None})

    def _located(self, place: Place) -> Place:
        if place.sheet:
            return place
        path = self._said_at(place.path)
        for length in range(len(path), 0, -1):
            found = self.cells.get(path[:length])
            if found:
                return place.model_copy(update={"sheet": found[0], "cell": found[1]})
        return place if path is place.path else place.model_copy(update={"path": path})

    def _said_at(self, path: FactPath) -> FactPath:
        """Where a fact was said: a computed requirement nowhere but in the contacts that it comes from."""
        problem = self.problem
        match path:
            case ("demand", int(at), "required", int(interval)) if problem and at < len(problem.demand):
                one = problem.demand[at]
                skills = [volumes.skill for volumes in problem.volumes]
                if one.is_computed(interval) and one.skill in skills:
                    return "volumes", skills.index(one.skill), "contacts", interval
        return path


INTERVAL: FactPath = ("grid", "interval_minutes")
"""The length of an interval, on which the reading of Demand and Volumes depends."""


class Notebook:
    """Collects the findings and the cells of facts while a workbook is read.

    Parameters
    ----------
    cut_short
        Titles of sheets that were not read to their end, since they have too many findings.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.cells: dict[FactPath, Cell] = {}
        self.cut_short: set[str] = set()
        self.requirement: dict[tuple[str, int], int] = {}
        self._counted: Counter[tuple[str, Severity]] = Counter()

    def ends_before(self, sheet: str, number: int) -> bool:
        """Whether reading a sheet stops before this row because of the number of its findings."""
        if self._counted[sheet, Severity.ERROR] < MOST_FINDINGS:
            return False
        self.cut_short.add(sheet)
        message = text(
            "from here on nothing was read, since {most_findings:,} errors stand above.",
            most_findings=MOST_FINDINGS,
        )
        hint = text("Put them right and check again: the rest and the other sheets are told then.")
        self.findings.append(Finding(place=Place(sheet=sheet, cell=f"A{number}"), message=message, hint=hint))
        return True

    def is_sound(self, path: FactPath) -> bool:
        """Whether there is no error at the cell of a fact."""
        place = self.cells.get(path)
        return not any(one.is_error and (one.place.sheet, one.place.cell) == place for one in self.findings)

    def error(self, sheet: str, cell: str | None, message: str, hint: str = "") -> None:
        """Note an error."""
        self._note(Severity.ERROR, sheet, cell, message, hint)

    def warning(self, sheet: str, cell: str | None, message: str, hint: str = "") -> None:
        """Note a warning."""
        self._note(Severity.WARNING, sheet, cell, message, hint)

    def _note(self, severity: Severity, sheet: str, cell: str | None, message: str, hint: str) -> None:
        place = Place(sheet=sheet, cell=cell)
        finding = Finding(place=place, message=message, hint=hint, severity=severity)
        if self.findings[-1:] == [finding]:
            return  # a row that stands for many people, of whom each would have it
        self._counted[sheet, severity] += 1
        beyond = self._counted[sheet, severity] - _MOST_OF_A_SHEET
        if beyond == 1:
            cell, message, hint = None, _more(), ""
        if beyond <= 1:
            place = Place(sheet=sheet, cell=cell)
            self.findings.append(Finding(place=place, message=message, hint=hint, severity=severity))

    def has_errors(self, *, on: Iterable[str] | None = None) -> bool:
        """Whether anything stops the planning, on these sheets or at all."""
        sheets = None if on is None else set(on)
        return any(
            finding.is_error and (sheets is None or finding.place.sheet in sheets)
            for finding in self.findings
        )


def as_many_as_are_told(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first findings of each sheet or part of a document, and one line for the rest."""
    counted: Counter[tuple[str, Severity]] = Counter()
    for finding in findings:
        part = finding.place.sheet or str(next(iter(finding.place.path), ""))
        counted[part, finding.severity] += 1
        if counted[part, finding.severity] <= MOST_FINDINGS:
            yield finding
        elif counted[part, finding.severity] == MOST_FINDINGS + 1:
            place = finding.place.model_copy(update={"cell": None, "path": finding.place.path[:1]})
            yield finding.model_copy(update={"place": place, "message": _more(), "hint": ""})


def _range_of(places: list[Place]) -> Place:
    """The first place, with the cells from the first to the last where they stand below one another."""
    first = places[0]
    if not first.cell or len(places) == 1:
        return first
    of_column, corner = coordinate_from_string(first.cell)[0], first.cell
    rows = {coordinate_from_string(corner)[1]}
    for place in places[1:]:
        if place.sheet == first.sheet and place.cell:
            column, row = coordinate_from_string(place.cell)
            rows.update([row] if column == of_column else [])
    if len(rows) == 1:
        return first
    return first.model_copy(update={"cell": f"{of_column}{min(rows)}:{of_column}{max(rows)}"})


def _more() -> str:
    return text(
        "more than {most_findings:,} things are found here; the first of them are told, the rest later.",
        most_findings=MOST_FINDINGS,
    )


def in_sheet_order(findings: Iterable[Finding], sheet_order: tuple[str, ...]) -> tuple[Finding, ...]:
    """Errors before warnings, which may be their consequences; then by sheet, by row, and by column.

    Findings without a sheet come first, in their order; then errors of whole sheets, which are the cause of
    many others: one that is misspelt is not read.
    """
    rank = {title: position for position, title in enumerate(sheet_order)}

    def position(finding: Finding) -> tuple[bool, bool, int, int, int]:
        place = finding.place
        sheet = -1 if place.sheet is None else rank.get(place.sheet, len(rank))
        if not place.cell:
            is_behind = not finding.is_error and place.sheet is not None
            return not finding.is_error, is_behind, sheet, 0, 0
        letters, row = coordinate_from_string(place.cell.split(":")[0])
        return not finding.is_error, True, sheet, row, column_index_from_string(letters)

    return tuple(sorted(findings, key=position))
