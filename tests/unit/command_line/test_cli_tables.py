"""``convert`` to folders of CSV files, and folders as inputs of every command."""

import pytest
from typer.testing import CliRunner

from scheduler import read_workbook, write_workbook
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Roster
from scheduler.model import RuleBook
from tests.unit.tiny import rule, tiny_outcome, tiny_problem, tiny_roster, tiny_rules


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_workbook("week.xlsx", tiny_problem(), tiny_rules())

    def command(*words):
        return CliRunner().invoke(command_line, list(words), catch_exceptions=False)

    return command


def write_roster(roster, *more):
    outcome = tiny_outcome(tiny_problem(), wages=0, missing=0, bound=0)
    rules = RuleBook(rules=(*tiny_rules().rules, *more))
    write_workbook("roster.xlsx", tiny_problem(), rules, outcome.model_copy(update={"roster": roster}))


def test_a_workbook_becomes_a_folder_and_a_workbook_again(run, tmp_path):
    assert run("convert", "week.xlsx", "folder").exit_code == Exit.DONE
    assert run("check", "folder").exit_code == Exit.DONE
    assert run("convert", "folder", "again.xlsx").exit_code == Exit.DONE
    assert read_workbook(tmp_path / "again.xlsx") == (tiny_problem(), tiny_rules())


def test_files_that_are_there_are_replaced_only_with_force(run, tmp_path):
    run("convert", "week.xlsx", "folder")
    (tmp_path / "folder" / "Agents.csv").write_text("mine")
    refused = run("convert", "week.xlsx", "folder")
    assert refused.exit_code == Exit.BAD_INPUT
    assert "folder  Settings.csv, Skills.csv" in refused.stderr
    assert "more lie in this folder already." in refused.stderr
    assert (tmp_path / "folder" / "Agents.csv").read_text() == "mine"
    assert run("convert", "week.xlsx", "folder", "--force").exit_code == Exit.DONE
    assert (tmp_path / "folder" / "Agents.csv").read_text() != "mine"


def test_a_roster_gives_duties_and_hours_too(run, tmp_path):
    write_roster(tiny_roster())
    assert run("convert", "roster.xlsx", "folder").exit_code == Exit.DONE
    names = {file.stem for file in (tmp_path / "folder").iterdir()}
    assert {"Agents", "Duties", "Duty breaks", "Coverage", "Agent hours", "Costs", "Violations"} <= names
    headings, *rows = (tmp_path / "folder" / "Duties.csv").read_text("utf-8-sig").splitlines()
    assert headings.startswith("Agent,Personnel no.,")
    assert len(rows) == len(tiny_roster().duties)


def test_what_was_worked_goes_out_with_what_is_not_legal_at_its_cell(run, tmp_path):
    # one break of last Monday out of its window kept a whole week from payroll, and no cell was named
    write_roster(tiny_roster(), rule("max_consecutive_days", days=1))
    done = run("convert", "roster.xlsx", "folder")
    assert done.exit_code == Exit.DONE and (tmp_path / "folder" / "Duties.csv").exists()
    assert "Duties!H5  warning: not legal, and written as it stands: " in done.stderr


def test_a_duty_that_cannot_be_is_refused(run, tmp_path):
    duties = tiny_roster().duties
    write_roster(Roster(duties=(*duties, duties[0])))
    done = run("convert", "roster.xlsx", "folder")
    assert (done.exit_code, "Ada" in done.stderr) == (Exit.BAD_INPUT, True)
    assert not (tmp_path / "folder").exists()


def test_a_decimal_comma_on_settings_is_written_too(run, tmp_path):
    run("convert", "week.xlsx", "folder")
    settings = tmp_path / "folder" / "Settings.csv"
    lines = settings.read_text("utf-8-sig").splitlines()
    others = [line for line in lines if not line.startswith("Decimal sign")]
    settings.write_text("\n".join([*others, "Decimal sign,comma", ""]), "utf-8")
    assert run("convert", "folder", "other").exit_code == Exit.DONE
    contracts = (tmp_path / "other" / "Contracts.csv").read_text("utf-8-sig")
    assert contracts.startswith("Contract;Pay per hour;")
    with_comma = tiny_problem().model_copy(update={"decimal_sign": "comma"})
    assert read_workbook(tmp_path / "other") == (with_comma, tiny_rules())


def test_a_bad_folder_is_named_at_its_cell_and_nothing_is_written(run, tmp_path):
    run("convert", "week.xlsx", "folder")
    agents = tmp_path / "folder" / "Agents.csv"
    agents.write_text(agents.read_text("utf-8-sig").replace("English", "Engish", 1), "utf-8")
    for words in (("check", "folder"), ("convert", "folder", "again.xlsx"), ("convert", "folder", "other")):
        done = run(*words)
        assert done.exit_code == Exit.BAD_INPUT
        assert "Agents.csv!C2" in done.stdout + done.stderr
    assert not (tmp_path / "again.xlsx").exists() and not (tmp_path / "other").exists()
