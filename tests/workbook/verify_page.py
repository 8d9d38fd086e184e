"""The sample of ``verify`` on the page ``docs/command_line.md``, played: one duty edited by hand.

``python -m tests.workbook.verify_page --write`` writes what ``verify`` prints below its command; a test
compares.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler import write_workbook
from scheduler.command_line.main import command_line
from tests.attacks.forgeries import cases

PAGE = Path(__file__).parents[2] / "docs" / "command_line.md"
SAMPLE = re.compile(
    r"^(\$ staffcurve verify week\.xlsx roster\.xlsx\n)(?:.*\n)*?(\$ echo \$\?\n)\d+$", re.MULTILINE
)
EDITED, TYPED = "E7", "10:00-18:00"  # Ada, on Tuesday, in place of 9 to 17


def played(page: str) -> str:
    """The page with what ``verify`` prints on a roster with one edit, and its exit code."""
    case = cases()[0]
    with TemporaryDirectory() as folder:
        week, roster = (Path(folder) / name for name in ("week.xlsx", "roster.xlsx"))
        write_workbook(week, case.problem, case.rules)
        write_workbook(roster, case.problem, case.rules, case.outcome)
        book = load_workbook(roster)
        sheet: Any = book["Roster"]
        sheet[EDITED] = TYPED
        book.save(roster)
        result = CliRunner().invoke(command_line, ["verify", str(week), str(roster)])
    said = result.stdout.replace(str(roster), roster.name)
    return SAMPLE.sub(lambda sample: f"{sample[1]}{said}{sample[2]}{result.exit_code}", page)


if __name__ == "__main__":
    shown = played(PAGE.read_text("utf-8"))
    if "--write" in sys.argv:
        PAGE.write_text(shown, "utf-8")
    else:
        print(shown)
