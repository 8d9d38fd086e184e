"""The new workbook with some cells changed, for tests of what the reader says of them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook, load_workbook

from constraints import CATALOGUE
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.findings.finding import Finding
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.templates.template import first_rules, worked_example
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.input.writing.workbook_writer import write_input
from scheduler.model.checks.rule_book import rule_faults

MONDAY = date(2024, 3, 4)


def filled_in(folder: Path, changes: Mapping[str, Any], *, language: str = "en") -> Path:
    """A new workbook in which these cells (``"Agents!B2"``) hold something else."""
    book = new_book(language=language)
    for place, value in changes.items():
        sheet, cell = place.rsplit("!", 1)
        book[sheet][cell] = value
    return saved(book, folder)


def new_book(language: str = "en") -> Workbook:
    """A workbook with a worked row on every sheet, open for changes."""
    return load_workbook(BytesIO(_content(language)))


@cache
def _content(language: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "new.xlsx")
        example, rules = worked_example(MONDAY), first_rules(CATALOGUE)
        write_input(path, example, rules, CATALOGUE, language="zh" if language == "zh" else "en")
        return path.read_bytes()


def saved(book: Workbook, folder: Path) -> Path:
    """Where the workbook was saved."""
    path = folder / "week.xlsx"
    book.save(path)
    return path


def read(path: Path) -> Reading:
    """Read a workbook with the real rules."""
    return read_workbook(path, CATALOGUE)


def all_findings(path: Path) -> tuple[Finding, ...]:
    """Everything that ``check`` says of a workbook."""
    reading = read(path)
    later: list[Finding] = []
    if reading.draft is not None:
        later += problem_faults(reading.draft.problem, unsound=reading.draft.unsound)
    elif reading.problem is not None:
        later += problem_faults(reading.problem)
    if reading.problem is not None and reading.rules is not None and not any(one.is_error for one in later):
        later += rule_faults(reading.problem, reading.rules)
    return reading.with_findings(later)


def told(path: Path) -> list[str]:
    """The findings as a planner reads them."""
    return [str(finding) for finding in all_findings(path)]
