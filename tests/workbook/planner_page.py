"""The session on the page ``docs/planner.md``, played: what its tables say is typed, what it runs is run.

``python -m tests.workbook.planner_page --write`` plays the page in an empty folder and writes what the
commands print below each of them; a test compares. In the page's text

- "On `Sheet` of `file.xlsx`:", with a table below it, lets these be the rows of the sheet, or the values of
  Settings; "Add to `Sheet` of `file.xlsx`:" adds them below those that are there;
- "Empty `A`, `B` of `file.xlsx`." empties sheets;
- "In `file.xlsx`, on `Roster`, write `text` in the row of `Ann Lee` under `Wed`." is an edit by hand;
- a block that begins with ``$ staffcurve`` is a command with what it prints.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler.command_line.main import command_line

PAGE = Path(__file__).parents[2] / "docs" / "planner.md"
STEP = re.compile(
    r"^(?P<verb>On|Add to) `(?P<sheet>[\w ]+)` of `(?P<book>[\w.]+)`:\n\n(?P<table>(?:\|.*\n)+)"
    r"|^Empty (?P<emptied>.+) of `(?P<of>[\w.]+)`\.$"
    r"|^In `(?P<file>[\w.]+)`, on `(?P<grid>\w+)`, write `(?P<typed>[^`]+)`\s+in\s+the\s+row\s+of\s+"
    r"`(?P<row>[^`]+)`\s+under\s+`(?P<column>[^`]+)`\.$"
    r"|^```text\n\$ staffcurve (?P<command>.*)\n(?P<printed>(?:(?!```).*\n)*)```$",
    re.MULTILINE,
)
PASSING = re.compile(r"^(starting|preparing|looking|improving|proving|checking|writing)\b.* · ")
"""Lines of a log file, of which a terminal shows one that is gone in the end."""


def played(page: str) -> str:
    """The page with what its commands print, played in an empty folder."""
    with _in_an_empty_folder():
        return STEP.sub(_step, page)


def without_times(page: str) -> str:
    """The page without what differs from run to run: seconds, and what a repair comes to in its time."""
    page = re.sub(r"(\$ staffcurve (?:repair|compare) .*\n)(?:(?!```).*\n)*", r"\1", page)
    return re.sub(r"\d+(\.\d+)? s\b", "N s", page)


def _step(match: re.Match[str]) -> str:
    if match["table"]:
        _type_table(match["book"], match["sheet"], match["table"], is_more=match["verb"] == "Add to")
    elif match["emptied"]:
        for title in re.findall(r"`([\w ]+)`", match["emptied"]):
            _type_table(match["of"], title, "", is_more=False)
    elif match["typed"]:
        _edit(match["file"], match["grid"], match["row"], match["column"], match["typed"])
    else:
        return f"```text\n$ staffcurve {match['command']}\n{_printed(match['command'])}```"
    return match[0]


def _type_table(book_name: str, title: str, table: str, *, is_more: bool) -> None:
    book = load_workbook(book_name)
    sheet: Any = book[title]
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()]
    if title == "Settings":
        values = {row[0]: row[1] for row in rows[2:]}
        for line in sheet.iter_rows():
            if line[0].value in values:
                line[1].value = _value(values.pop(line[0].value))
        assert not values, f"no such lines on Settings: {values}"
    else:
        if not is_more:
            sheet.delete_rows(2, sheet.max_row)
        for at, heading in enumerate(rows[0] if rows else (), start=1):
            if title == "Demand":  # the columns of skills are named by the planner
                sheet.cell(1, at).value = heading
        column_of = {cell.value: cell.column for cell in sheet[1] if cell.value}
        free = next(row for row in range(2, 10_000) if not any(cell.value for cell in sheet[row]))
        for at, row in enumerate(rows[2:], start=free):
            for heading, cell in zip(rows[0], row, strict=True):
                sheet.cell(at, column_of[heading]).value = _value(cell)
    book.save(book_name)


def _value(cell: str) -> Any:
    """What a spreadsheet makes of something that is typed into it."""
    if not cell:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return datetime.combine(date.fromisoformat(cell), time())
    if re.fullmatch(r"\d\d:\d\d", cell):
        return time.fromisoformat(cell)
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell


def _edit(name: str, title: str, row: str, column: str, typed: str) -> None:
    book = load_workbook(name)
    sheet: Any = book[title]
    cells = [cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, (str, datetime))]
    at = next(cell.row for cell in cells if cell.value == row)
    under = next(cell.column for cell in cells if _heading(cell.value).startswith(column))
    sheet.cell(at, under).value = typed
    book.save(name)


def _heading(value: Any) -> str:
    return f"{value:%a %Y-%m-%d}" if isinstance(value, datetime) else str(value)


def _printed(command: str) -> str:
    """What a command prints and a terminal keeps."""
    words = re.findall(r'"[^"]*"|\S+', command)
    result = CliRunner().invoke(command_line, [word.strip('"') for word in words])
    lines = [line for line in result.output.splitlines() if not PASSING.match(line)]
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def _in_an_empty_folder() -> Iterator[None]:
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


if __name__ == "__main__":
    shown = played(PAGE.read_text("utf-8"))
    if "--write" in sys.argv:
        PAGE.write_text(shown, "utf-8")
    else:
        print(shown)
