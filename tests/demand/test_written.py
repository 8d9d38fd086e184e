"""Volumes written and read again: as a workbook, a folder of CSV files, frames and JSON."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

import scheduler
from scheduler import Stop, read_json, read_workbook, solve, write_folder, write_workbook
from scheduler.app.planning import read
from scheduler.domain import Problem
from tests.demand.weeks import CALLS, many_skills, one_skill
from tests.unit.tiny import tiny_rules

WEEKS = {"one skill": one_skill(), "many skills": many_skills()}


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("form", ["week.xlsx", "week.json", "folder", "frames"])
def test_what_is_written_is_read(week: str, form: str, tmp_path: Path) -> None:
    problem, rules = WEEKS[week], tiny_rules()
    path = tmp_path / form
    if form == "frames":
        again, _ = scheduler.read_frames(scheduler.frames(problem, rules))
    elif form == "folder":
        write_folder(path, problem, rules)
        again, _ = read_workbook(path)
    else:
        write_workbook(path, problem, rules)
        again, _ = read_workbook(path)
        assert [finding for finding in read(path).findings if "Requirement" in str(finding)] == []
    # weekdays without numbers are no entry
    assert again == problem


def test_the_steps_stand_on_a_sheet(tmp_path: Path) -> None:
    write_workbook(tmp_path / "week.xlsx", one_skill(), tiny_rules())
    sheet = load_workbook(tmp_path / "week.xlsx")["Requirement"]
    headings, first, *_ = sheet.iter_rows(values_only=True)
    assert headings == (
        *("Date", "Start", "Skill", "Contacts", "Workload (erlangs)", "Base staff", "Shrinkage (%)"),
        *("Requirement", "Override"),
    )
    # 30 calls of 240 s in an hour are 2 erlangs: four agents answer 80 % within 20 s
    assert first[2:] == ("English", 30, 2, 4, 0, 4, None)


def test_an_override_is_kept_and_another_number_told(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    write_workbook(path, one_skill(), tiny_rules())
    book = load_workbook(path)
    book["Requirement"]["I3"] = 9
    book["Requirement"]["H4"] = 50  # where nothing is read
    book["Volumes"]["D2"] = 31  # another volume, which changes nothing in whole agents
    book.save(path)
    reading = read(path)
    (told,) = [str(finding) for finding in reading.findings if "Requirement!" in str(finding)]
    assert told.startswith(
        "Requirement!H4  English: another requirement is shown than the volumes come to now"
    )
    assert "50 stands there, 9 is planned" in told
    problem = reading.problem
    assert problem is not None and problem.demand[0].required[9:12] == (4, 9, 9)
    write_workbook(path, problem, tiny_rules())
    assert read_workbook(path)[0].demand[0].required[9:12] == (4, 9, 9)


def test_a_document_may_leave_out_what_is_computed() -> None:
    problem = one_skill()
    document = scheduler.as_document(problem, tiny_rules())
    document["problem"]["demand"] = []
    del document["problem"]["requirement"]
    assert read_json(document)[0] == problem
    document["problem"] = problem.model_dump(mode="json")
    document["problem"]["demand"][0]["required"][10] = 3
    read_again = read_json(document)[0]
    assert read_again == problem


def test_a_week_without_volumes_has_none_of_the_sheets(tmp_path: Path) -> None:
    from tests.unit.tiny import tiny_problem

    write_workbook(tmp_path / "week.xlsx", tiny_problem(), tiny_rules())
    assert not {"Volumes", "Requirement"} & set(load_workbook(tmp_path / "week.xlsx").sheetnames)
    assert isinstance(read_workbook(tmp_path / "week.xlsx")[0], Problem)


def test_a_roster_says_at_the_calls_that_more_are_required_than_there_are(tmp_path: Path) -> None:
    # the copy inside had no computed requirement, and the finding's place "demand.0" no end
    problem, rules = one_skill((9000.0, *CALLS[1:])), tiny_rules()
    outcome = solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
    write_workbook(tmp_path / "roster.xlsx", problem, rules, outcome)
    book = load_workbook(tmp_path / "roster.xlsx")
    said = [str(cell) for row in book["Findings"].iter_rows(values_only=True) for cell in row if cell]
    assert any(one.startswith("Volumes!D2") for one in said), said
