"""The page on scenarios: its table is a sheet that can be read, and the command shows what stands there."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler import write_workbook
from scheduler.command_line.main import command_line
from tests.demand.scenario_weeks import scenario_week
from tests.docs.test_docs import ROOT, blocks, page
from tests.unit.tiny import tiny_rules

WEEK = ROOT / "examples" / "contact_centre_week.xlsx"


def rows_of_the_page() -> list[list[str]]:
    """The cells of the first table, headings first."""
    table = re.findall(r"^\| (?:Scenario \||as planned|rain|campaign).*\|$", page("scenarios"), re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example week with the sheet of the page."""
    book = load_workbook(WEEK)
    sheet = book.create_sheet("Scenarios")
    headings, *rows = rows_of_the_page()
    sheet.append(headings)
    for row in rows:
        sheet.append([float(cell) if re.fullmatch(r"-?\d+", cell) else cell or None for cell in row])
    book.save(tmp_path / "week.xlsx")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "week.xlsx"


def test_the_command_shows_what_the_page_shows(week: Path) -> None:
    run = CliRunner().invoke(command_line, ["scenarios", "week.xlsx"])
    assert run.exit_code == 0, run.output
    ((_, shown),) = blocks(page("scenarios"), "text")
    command, *expected = shown.splitlines()
    assert command == "$ staffcurve scenarios week.xlsx"
    printed = [line.rstrip() for line in run.stdout.splitlines()]
    assert [line for line in expected if line.rstrip() not in printed] == [], run.stdout


def test_a_day_is_shown_by_the_interval(week: Path) -> None:
    run = CliRunner().invoke(command_line, ["scenarios", "week.xlsx", "--day", "2026-06-17"])
    assert run.exit_code == 0
    (line,) = [one for one in run.stdout.splitlines() if one.startswith("2026-06-17 10:00  Hotline")]
    planned, same, rain, campaign = map(int, line.split()[3:])
    assert planned == same == rain
    assert campaign == -(-planned * 140 // 100)


def test_a_week_without_scenarios_and_another_day_are_refused(week: Path) -> None:
    run = CliRunner().invoke(command_line, ["scenarios", str(WEEK)])
    assert run.exit_code == 2 and "there are no scenarios." in run.stderr
    run = CliRunner().invoke(command_line, ["scenarios", "week.xlsx", "--day", "2027-01-01"])
    assert run.exit_code == 2 and '"2027-01-01" is not one of the planned days' in run.stderr


@pytest.mark.parametrize("command", ["scenarios", "demand"])
def test_a_day_is_asked_for_as_in_every_command(command: str, tmp_path: Path) -> None:
    # --day Mon was "'Mon' does not match the formats '%Y-%m-%d'", and who and swap took it
    calls = tmp_path / "calls.xlsx"
    write_workbook(calls, scenario_week(), tiny_rules())
    by_name, by_date = (
        CliRunner().invoke(command_line, [command, str(calls), "--day", day]) for day in ("tue", "2026-01-06")
    )
    assert by_name.exit_code == by_date.exit_code == 0, by_name.output
    assert by_name.stdout == by_date.stdout
    assert "2026-01-06 10:00" in by_name.stdout
