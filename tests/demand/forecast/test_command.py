"""The command: a new week, a week that is there and keeps all else, and what is refused."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
from typer.testing import CliRunner

from scheduler.command_line.main import command_line
from tests.demand.forecast.test_bad_input import rows

WEEK = Path(__file__).parents[3] / "examples" / "calls_week.xlsx"


def run(*words: object):
    return CliRunner().invoke(command_line, ["forecast", *map(str, words)])


def history(folder: Path, table: pd.DataFrame) -> Path:
    path = folder / "calls.csv"
    table.to_csv(path, index=False)
    return path


def test_a_new_week(tmp_path):
    week = tmp_path / "week.xlsx"
    done = run(history(tmp_path, rows()), "-o", week, "--time-zone", "Europe/Berlin")
    assert done.exit_code == 0, done.output
    assert "forecast" in done.stdout and "mean of the last four" in done.stdout
    book = openpyxl.load_workbook(week)
    volumes = list(book["Volumes"].iter_rows(values_only=True))
    assert len(volumes) == 1 + 28 and volumes[1][2:] == ("English", 10, 240)
    said = [str(row[0]) for row in book["Forecast"].iter_rows(values_only=True)]
    assert said[0] == "Forecast of 2026-03-23 to 2026-03-29" and "What was estimated" in said


def test_a_week_that_is_there_keeps_all_else(tmp_path):
    week = tmp_path / "week.xlsx"
    book = openpyxl.load_workbook(WEEK)
    book["Skills"]["F9"] = "=1+1"
    notes = book.create_sheet("Notes")
    notes["A1"] = "mine"
    del book["Calendar"]
    calendar = book.create_sheet("Calendar")
    calendar.append(["Date", "Factor"])
    calendar.append(["2026-06-16", 3])
    book.save(week)
    with ZipFile(week) as before:
        old = {name: before.read(name) for name in before.namelist()}
    table = rows(35, "2026-05-11").assign(**{"AHT (s)": 300})
    done = run(history(tmp_path, table), "-o", week)
    assert done.exit_code == 0, done.output
    with ZipFile(week) as after:
        new = {name: after.read(name) for name in after.namelist()}
    changed = {name for name in old if old[name] != new.get(name)}
    volumes = next(name for name in changed if "/sheets/" in name or "worksheets/sheet" in name)
    listed = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"}
    assert changed == {volumes, *listed}
    found = openpyxl.load_workbook(week)
    assert found["Notes"]["A1"].value == "mine" and found["Skills"]["F9"].value == "=1+1"
    read = pd.DataFrame(found["Volumes"].values).iloc[1:]
    tuesday = read[read[0].astype(str).str.startswith("2026-06-16")]
    assert tuesday[3].tolist() == [33] * 4  # 11 on an ordinary Tuesday, and the factor of the sheet Calendar
    again = run(history(tmp_path, table), "-o", week)
    assert again.exit_code == 0 and openpyxl.load_workbook(week).sheetnames == found.sheetnames
    asked = CliRunner().invoke(command_line, ["demand", str(week), "--day", "2026-06-16"])
    assert asked.exit_code == 0 and "33" in asked.stdout


def test_what_is_refused(tmp_path):
    week, table = tmp_path / "week.xlsx", history(tmp_path, rows())
    assert run(table, "-o", week).exit_code == 2  # no clock
    assert run(table, "-o", tmp_path / "week.csv", "--time-zone", "UTC").exit_code == 2
    week.write_bytes(WEEK.read_bytes())
    done = run(table, "-o", week, "--days", "3")
    assert done.exit_code == 2 and "Settings say days" in done.output
    bad = history(tmp_path, rows().assign(Contacts="many"))
    done = run(bad, "-o", week)
    assert done.exit_code == 2 and "calls.csv!D2" in done.output
    assert week.read_bytes() == WEEK.read_bytes()
