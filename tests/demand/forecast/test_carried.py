"""What stands beside volumes goes on with every command, or is named as left out."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from scheduler import read_frames, read_workbook
from scheduler.app.results.input_digest import input_hash
from scheduler.app.tables import frames
from scheduler.command_line.main import command_line
from scheduler.domain.results.digest import digest
from tests.demand.forecast.test_bad_input import rows

WEEK = Path(__file__).parents[3] / "examples" / "calls_week.xlsx"
DAYS = [("2026-06-16", None, "Invoices", None, 1.5), ("2026-12-25", "Christmas", None, "snow", None)]
FORECAST = "The sheet Forecast is not copied"
OWN = "Sheets of your own are not copied: Notes."


def run(*words: object):
    return CliRunner().invoke(command_line, list(map(str, words)))


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week with a forecast in it, a calendar and a sheet of the planner's own."""
    folder = tmp_path_factory.mktemp("week")
    path, history = folder / "week.xlsx", folder / "calls.csv"
    book = openpyxl.load_workbook(WEEK)
    sheet = book["Calendar"] if "Calendar" in book.sheetnames else book.create_sheet("Calendar")
    for column, heading in enumerate(("Date", "Holiday", "Event", "Weather", "Factor"), start=1):
        sheet.cell(1, column, heading)
    for day in DAYS:
        sheet.append(day)
    book["Settings"]["B8"] = "Notes"
    book.create_sheet("Notes")["A1"] = "mine"
    book.save(path)
    rows(35, "2026-05-11").assign(**{"AHT (s)": 300}).to_csv(history, index=False)
    done = run("forecast", history, "-o", path)
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture(scope="module")
def roster(week: Path) -> Path:
    path = week.parent / "roster.xlsx"
    done = run("solve", week, "-o", path, "--time-limit", 2, "--workers", 1)
    assert done.exit_code == 0, done.output
    assert FORECAST in done.output and OWN in done.output
    return path


def calendar_of(path: Path) -> list[tuple[object, ...]]:
    problem, _ = read_workbook(path)
    return [(str(one.day), one.holiday, one.event, one.weather, one.factor) for one in problem.calendar]


def test_the_week_has_it(week):
    assert calendar_of(week) == DAYS
    assert "Forecast" in openpyxl.load_workbook(week).sheetnames
    assert run("check", week).exit_code == 0


@pytest.mark.parametrize("name", ["new.xlsx", "new.json", "folder"])
def test_convert(week, tmp_path, name):
    done = run("convert", week, tmp_path / name)
    assert done.exit_code == 0 and FORECAST in done.output and OWN in done.output
    assert calendar_of(tmp_path / name) == DAYS


def test_demand(week, tmp_path):
    done = run("demand", week, "-o", tmp_path / "new.xlsx")
    assert done.exit_code == 0 and FORECAST in done.output and OWN in done.output
    assert calendar_of(tmp_path / "new.xlsx") == DAYS
    assert FORECAST not in run("demand", week).output  # nothing is written, so that nothing is left out


def test_a_roster_has_it_in_its_copy_and_it_goes_on(week, roster, tmp_path):
    assert calendar_of(roster) == DAYS
    done = run("next", week, roster, "-o", tmp_path / "next.xlsx")
    assert done.exit_code == 0 and FORECAST in done.output and OWN in done.output
    assert calendar_of(tmp_path / "next.xlsx") == DAYS
    done = run("refresh", roster, "-o", tmp_path / "anew.xlsx")
    assert done.exit_code == 0, done.output
    assert calendar_of(tmp_path / "anew.xlsx") == DAYS
    done = run("repair", week, roster, "-o", tmp_path / "repaired.xlsx", "--time-limit", 2, "--workers", 1)
    assert done.exit_code == 0 and FORECAST in done.output and OWN in done.output, done.output
    assert calendar_of(tmp_path / "repaired.xlsx") == DAYS
    for command in (
        ["convert", roster, tmp_path / "input.xlsx"],
        ["demand", roster, "-o", tmp_path / "in.xlsx"],
    ):
        done = run(*command)
        assert done.exit_code == 0 and "holds a roster: only its input is copied." in done.output


def test_frames_and_json_have_it(week):
    problem, rules = read_workbook(week)
    tables = frames(problem, rules)
    assert tables["calendar"]["Factor"].iloc[0] == 1.5
    assert read_frames(tables)[0].calendar == problem.calendar
    assert json.loads(problem.model_dump_json())["calendar"][0]["event"] == "Invoices"


def test_a_problem_without_days_keeps_the_digest_it_had_before_there_were_any():
    problem, rules = read_workbook(WEEK)
    special = pd.DataFrame({"Date": ["2026-06-16"], "Event": ["Invoices"]})
    other, _ = read_frames({**frames(problem, rules), "calendar": special})
    assert input_hash(other, rules) != input_hash(problem, rules)
    document = problem.model_dump(mode="json")
    for later in ("calendar", "scenarios", "scenario_curves", "premiums", "holidays"):
        del document[later]
    for goal in document["service_goals"]:
        del goal["per"]
    book = rules.model_dump(mode="json")
    for rule in book["rules"]:
        del rule["source"]
    assert input_hash(problem, rules) == digest({"problem": document, "rules": book})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2026-06-16", None, None, None, 0), "Calendar!E4  a factor of 0 says that nobody calls."),
        (("2026-06-16", None, None, None, 2), "Calendar!E4  2026-06-16 has the factor 1.5 already."),
        (("2026-06-16", None, None, None, -1), "Calendar!E4  Factor: -1 is less than 0."),
        (("3/4/2026", None, None, None, 1), "Calendar!A4  Date:"),
        ((None, "Easter", None, None, None), "Calendar!A4  Date: this cell is blank."),
    ],
)
def test_bad_days_are_named_by_check_and_by_forecast(week, tmp_path, row, said):
    path = tmp_path / "week.xlsx"
    book = openpyxl.load_workbook(week)
    for column, value in enumerate(row, start=1):
        book["Calendar"].cell(4, column, value)
    book.save(path)
    assert said in run("check", path).output
    again = run("forecast", week.parent / "calls.csv", "-o", path)
    assert again.exit_code == 2 and said in again.output
