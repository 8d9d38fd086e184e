"""Workbooks that LibreOffice has opened and saved: check, verify and refresh say of them what they said."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler import write_workbook
from scheduler.command_line.main import command_line
from tests.attacks.forgeries import Case, cases
from tests.workbook.filled_in import filled_in, told

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}"


def saved_again(path: Path, profile: str) -> Path:
    """The workbook as LibreOffice saves it, under its own name in a folder beside."""
    folder = path.parent / "again"
    convert = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*convert, folder, profile, path], check=True, capture_output=True)
    return folder / path.name


def said(*words: object) -> tuple[int, list[str]]:
    """The exit code, and the lines without the folder of the file.

    How many figures are old is left out: the library that types the edit here drops the values of formulas,
    which LibreOffice counts again.
    """
    done = CliRunner().invoke(command_line, [*map(str, words)], catch_exceptions=False)
    lines = [line.replace("/again/", "/") for line in done.output.splitlines()]
    return done.exit_code, [line for line in lines if "as it was written still stand" not in line]


def test_check_says_the_same_of_a_week(tmp_path: Path, profile: str) -> None:
    # Times past midnight, shares and dates come back from LibreOffice in other formats than before.
    path = filled_in(
        tmp_path,
        {
            "Agents!C2": "Suport",
            "Shifts!C2": 8,
            "Contracts!C2": "50 %",
            "Demand!A3": "22.12.",
            "Skills!B2": 0,
        },
    )
    before = told(path)
    assert len(before) > 3 and told(saved_again(path, profile)) == before


def test_a_sound_week_is_still_sound(centre: Case, tmp_path: Path, profile: str) -> None:
    path = tmp_path / "week.xlsx"
    write_workbook(path, centre.problem, centre.rules)
    assert said("check", saved_again(path, profile)) == said("check", path)


@pytest.mark.parametrize("typed", [None, "10:00-18:00"])
def test_verify_and_refresh_say_the_same_of_a_roster(
    centre: Case, tmp_path: Path, profile: str, typed: str | None
) -> None:
    week, roster = tmp_path / "week.xlsx", tmp_path / "roster.xlsx"
    write_workbook(week, centre.problem, centre.rules)
    book: Any = load_workbook(BytesIO(centre.written(".xlsx")))
    if typed:
        book["Roster"]["E7"].value = typed
    book.save(roster)
    again = saved_again(roster, profile)
    assert said("verify", week, again) == said("verify", week, roster)
    assert said("refresh", again) == said("refresh", roster)
    assert said("verify", week, again)[0] == 0
