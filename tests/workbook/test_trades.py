"""A new workbook for a trade: it passes as it is, is planned at once, and asks for no more than is needed."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from constraints import CATALOGUE
from scheduler import check, solve
from scheduler.command_line.main import command_line
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem, Stop
from scheduler.io.input.templates.template import Trade, first_rules, new_workbook, worked
from scheduler.io.input.workbook_reader import read_workbook
from tests.workbook.filled_in import MONDAY

TRADES: tuple[Trade, ...] = ("centre", "calls", "shop", "ward")
SHORT = Stop(seconds=None, rounds=1)


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_passes_without_a_finding(tmp_path: Path, trade: Trade, language: str) -> None:
    path = tmp_path / "new.xlsx"
    new_workbook(path, CATALOGUE, first_day=MONDAY, language="zh" if language == "zh" else "en", trade=trade)
    assert [str(finding) for finding in check(path)] == []
    reading = read_workbook(path, CATALOGUE)
    problem = worked(trade, MONDAY)
    if trade == "centre":  # what its row of Headcounts shows asks for nobody
        problem = problem.model_copy(update={"headcounts": ()})
    assert (reading.problem, reading.rules) == (problem, first_rules(CATALOGUE, trade))


@pytest.mark.parametrize("trade", TRADES)
def test_it_is_planned_with_nobody_missing_who_is_asked_for_by_the_shift(trade: Trade) -> None:
    problem = with_requirement(worked(trade, MONDAY)) if trade == "calls" else worked(trade, MONDAY)
    outcome = solve(problem, first_rules(CATALOGUE, trade), stop=SHORT, seed=1, workers=1)
    assert outcome.report.passed
    assert outcome.bound <= outcome.cost.total
    assert outcome.report.headcounts.together().missing == 0


def test_the_row_of_headcounts_of_a_centre_is_harmless(tmp_path: Path) -> None:
    # It asked for one person a day: of sixty agents the others were superfluous at 10.00 each.
    path = tmp_path / "centre.xlsx"
    new_workbook(path, CATALOGUE, first_day=MONDAY)
    assert [cell.value for cell in load_workbook(path)["Headcounts"][2]][:4] == [
        "every day",
        "Day",
        None,
        "none",
    ]
    reading = read_workbook(path, CATALOGUE)
    assert reading.problem is not None and reading.rules is not None
    assert reading.problem.headcounts == ()
    outcome = solve(reading.problem, reading.rules, stop=SHORT, seed=1, workers=1)
    assert outcome.report.headcounts.required == {}


def test_a_ward_has_no_sheet_of_demand(tmp_path: Path) -> None:
    new_workbook(tmp_path / "ward.xlsx", CATALOGUE, first_day=MONDAY, trade="ward")
    assert "Demand" not in load_workbook(tmp_path / "ward.xlsx").sheetnames


def without_skills() -> Problem:
    """The ward where all can do the same."""
    problem = worked("ward", MONDAY)
    return problem.model_copy(
        update={
            "skills": (),
            "agents": tuple(agent.model_copy(update={"skills": ()}) for agent in problem.agents),
            "headcounts": tuple(one for one in problem.headcounts if one.skill is None),
        }
    )


def test_people_without_a_skill_are_planned() -> None:
    # The search could not send anybody to work who had no skill: "no legal roster was found".
    outcome = solve(without_skills(), first_rules(CATALOGUE, "ward"), stop=SHORT, seed=1, workers=1)
    assert outcome.report.passed
    assert outcome.report.headcounts.together().missing == 0


def test_where_nobody_needs_skills_there_need_be_no_sheet_of_them(tmp_path: Path) -> None:
    path = tmp_path / "ward.xlsx"
    new_workbook(path, CATALOGUE, first_day=MONDAY, trade="ward")
    book = load_workbook(path)
    del book["Skills"]
    book["Agents"].delete_cols(3)
    for row in range(book["Headcounts"].max_row, 1, -1):
        if book["Headcounts"].cell(row, 3).value is not None:
            book["Headcounts"].delete_rows(row)
    assert [cell.value for cell in book["Agents"][1]][:3] == ["Agent", "Contract", "Team"]
    book.save(path)
    assert [str(finding) for finding in check(path)] == []
    reading = read_workbook(path, CATALOGUE)
    assert reading.problem == without_skills()


def test_an_agent_without_a_skill_is_asked_about_where_demand_asks_for_skills(tmp_path: Path) -> None:
    path = tmp_path / "centre.xlsx"
    new_workbook(path, CATALOGUE, first_day=MONDAY)
    book = load_workbook(path)
    book["Agents"]["C2"] = None
    book.save(path)
    assert [str(finding) for finding in check(path) if "no skill" in str(finding)] == [
        'Agents!C2  agent "Ada Example" has no skill. Write what they can do, as on Skills; without '
        "it they count on no line of Demand."
    ]


def test_the_command_asks_for_whom(tmp_path: Path) -> None:
    path = tmp_path / "shop.xlsx"
    assert CliRunner().invoke(command_line, ["new", str(path), "--for", "shop"]).exit_code == 0
    names = [cell.value for cell in load_workbook(path)["Shifts"]["A"]]
    assert names == ["Shift", "Open", "Close", "Short"]
    refused = CliRunner().invoke(command_line, ["new", str(path), "--for", "bakery", "--force"])
    assert refused.exit_code == 2
