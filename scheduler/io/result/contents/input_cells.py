"""Where the copy of the input inside a roster workbook has each fact, so that findings name its cells."""

from collections.abc import Iterable
from dataclasses import replace

from openpyxl import Workbook

from scheduler.domain import Finding, Problem
from scheduler.io.files.workbook_file import RawSheet
from scheduler.io.input.workbook_reader import read_sheets
from scheduler.io.input.writing.workbook_writer import append_input_sheets
from scheduler.model import Rule, RuleBook


def at_cells(
    faults: Iterable[Finding], problem: Problem, rules: RuleBook, catalogue: tuple[type[Rule], ...]
) -> tuple[Finding, ...]:
    """The findings with the cells of that copy, those of one kind in one line."""
    reading = read_sheets(_Copy(problem, rules, catalogue), catalogue)
    return replace(reading, findings=(), problem=problem).with_findings(faults)


class _Copy:
    """The input sheets as they are written into a roster workbook."""

    hidden: frozenset[str] = frozenset()
    charts: tuple[str, ...] = ()

    def __init__(self, problem: Problem, rules: RuleBook, catalogue: tuple[type[Rule], ...]) -> None:
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self.titles = append_input_sheets(self._book, problem, rules, catalogue)

    def sheet(self, title: str) -> RawSheet:
        """One sheet."""
        return RawSheet(title=title, rows=tuple(self._book[title].iter_rows(values_only=True)))

    def is_filled(self, title: str) -> bool:
        """Nothing stands on a sheet that nobody reads."""
        return False
