"""A year's workbook: each mistake at its cell, plans read back, and what other commands say of its sheets."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

import scheduler
from scheduler import BadInput
from scheduler.app.capacity import new_capacity, planned, read_year
from scheduler.command_line.main import command_line
from scheduler.domain.facts.capacity import PERSON
from scheduler.io.input.sheets.capacity import CAPACITY, CAPACITY_SHEETS, HIRING_PLAN

FIRST = date(2026, 1, 5)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    path = tmp_path / "year.xlsx"
    new_capacity(path, first_week=FIRST)
    return path


def with_cells(path: Path, sheet: str, **cells: object) -> Path:
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)
    return path


def told(path: Path) -> list[str]:
    """Findings of a year, errors and warnings."""
    try:
        return [str(one) for one in read_year(path).findings]
    except BadInput as refused:
        return [str(one) for one in refused.findings]


@pytest.mark.parametrize(
    ("sheet", "cells", "expected"),
    [
        ("Weekly volumes", {"A4": date(2026, 1, 20)}, "Weekly volumes!A4  2026-01-20 is no first day"),
        ("Weekly volumes", {"A4": date(2026, 1, 5)}, "A4  English has a row for this week already"),
        ("Weekly volumes", {"A4": date(2026, 1, 5)}, "English has no row for the weeks of 2026-01-19"),
        ("Weekly volumes", {"C5": -3}, "Weekly volumes!C5  Contacts: -3 is less than 0."),
        ("Weekly volumes", {"C5": None}, "!C5  this week says neither contacts nor Hours of work."),
        ("Weekly volumes", {"E5": 100}, "Weekly volumes!E5  this row says both contacts and Hours of work."),
        ("Weekly volumes", {"D5": 0}, "Weekly volumes!D5  English: contacts with a handling time of 0 s"),
        ("Weekly volumes", {"D5": 5}, "!D5  English: a handling time of 5 s looks like minutes."),
        ("Weekly volumes", {"D5": None}, "Weekly volumes!D5  contacts without a handling time."),
        ("Weekly volumes", {"B5": "Engish"}, 'Weekly volumes!B5  skill "Engish" is not on'),
        ("Weekly volumes", {"C5": 10**6, "D5": 86_000}, "Weekly volumes!C5  English: "),
        ("Weekly volumes", {"A60": date(2036, 1, 7)}, "the weeks are from 2026-01-05 to 2036-01-07"),
        ("Year staffing", {"D2": None}, "Year staffing!D2  Occupancy (%): this cell is blank."),
        ("Year staffing", {"D2": 0.82}, "Year staffing!D2  Occupancy (%): 0.82 may be a share of one"),
        ("Year staffing", {"E2": None}, "neither this week nor Year staffing says the shrinkage."),
        ("Year staffing", {"F2": 80}, "Year staffing!F2  Attrition a week (%): 80 is more than 50."),
        ("Year staffing", {"A3": "English"}, "!A3  English has a row already, in line 2."),
        (
            "Year staffing",
            {"A4": "Mail", "B4": 9, "C4": 38, "D4": 90, "F4": 2, "G4": 20, "H4": 50},
            "Hiring classes  Mail has no row here.",
        ),
        ("Hiring classes", {"C2": "60; 120"}, "!C2  120 % is no share of full productivity."),
        ("Hiring classes", {"C2": "60; soon"}, "!C2  Learning curve (%): "),
        ("Hiring classes", {"D2": 20}, "Hiring classes!E2  14 is less than Class at least, 20."),
        ("Hiring classes", {"G2": 2}, "!G2  2 is less than the 4 weeks of the learning curve"),
        ("Hiring classes", {"B2": 0}, "Hiring classes!B2  Training weeks: 0 is less than 1."),
        ("Joiners and leavers", {"A2": date(2027, 3, 1)}, "!A2  2027-03-01 is not planned"),
        ("Joiners and leavers", {"C2": "some"}, 'Joiners and leavers!C2  People: "some" is not a number'),
        ("Training rooms", {"B3": date(2026, 1, 5)}, "Training rooms!B3  this week is before the first one"),
        ("Training rooms", {"D3": None}, "Training rooms!C3  this row says neither"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_cell(
    year: Path, sheet: str, cells: dict[str, object], expected: str
) -> None:
    assert any(expected in one for one in told(with_cells(year, sheet, **cells))), told(year)


@pytest.mark.parametrize("title", ["Weekly volumes", "Year staffing", "Hiring classes"])
def test_a_sheet_that_is_missing_is_named(year: Path, title: str) -> None:
    book = load_workbook(year)
    del book[title]
    book.save(year)
    assert any(one.startswith(f"{title}  this sheet is missing.") for one in told(year))


def test_a_workbook_of_a_week_is_no_year(tmp_path: Path) -> None:
    scheduler.app.planning.new_workbook(tmp_path / "week.xlsx")
    assert "none of the sheets of a year" in told(tmp_path / "week.xlsx")[0]


def test_contacts_become_people(year: Path) -> None:
    # 820 hours of work at 82 % are 1,000 on duty; a person is on duty for 38.5 × 0.7 of 38.5 paid hours
    with_cells(year, "Weekly volumes", C2=9840, D2=300)
    assert read_year(year).year.skills[0].needed[0] == round(PERSON * 1000 / (38.5 * 0.7))


def test_a_plan_is_read_back_and_planned_again(year: Path, tmp_path: Path) -> None:
    first = planned(read_year(year))
    assert first.write(tmp_path / "plan.xlsx") == ()
    again = read_year(tmp_path / "plan.xlsx")
    assert again.year == first.shown.year and again.findings == () and again.not_copied == ()
    book = load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == [HIRING_PLAN, CAPACITY, *(one.title for one in CAPACITY_SHEETS)]
    assert len(book[HIRING_PLAN]._charts) == 3  # all skills, and each of two
    shown = [row for row in book[HIRING_PLAN].iter_rows(min_row=7, max_col=4, values_only=True) if row[2]]
    assert [(row[0], row[3]) for row in shown] == [(one.skill, one.people) for one in first.plan.starts]
    assert list(first.classes["People"]) == [one.people for one in first.plan.starts]
    assert first.by_week["Cost of the gap"].sum() == pytest.approx(first.shown.costs.missing / 10_000)


def test_what_is_left_out_of_a_plan_is_said(year: Path, tmp_path: Path) -> None:
    book = load_workbook(year)
    book.create_sheet("My notes")["A1"] = "call Ann"
    book["Year staffing"].insert_rows(1)
    book["Year staffing"]["A1"] = "Our people"
    book.save(year)
    done = CliRunner().invoke(command_line, ["capacity", str(year), "-o", str(tmp_path / "plan.xlsx")])
    assert done.exit_code == 0, done.output
    assert "no part of a year are not copied: My notes." in done.output
    assert "Year staffing: 1 line above its headings are not copied." in done.output


def test_other_commands_say_that_a_year_is_not_theirs(year: Path) -> None:
    book = load_workbook(Path("examples/contact_centre_week.xlsx"))
    book.create_sheet("Year staffing")["A1"] = "Skill"
    book.save(year)
    found = [str(one) for one in scheduler.check(year)]
    assert any(one.startswith("Year staffing  this sheet is of a year") for one in found)
    done = CliRunner().invoke(command_line, ["convert", str(year), str(year.with_suffix(".json"))])
    assert (
        "Sheets of a year, which `staffcurve capacity` reads, are not copied: Year staffing." in done.output
    )


def test_frames_are_planned_as_sheets_are(year: Path) -> None:
    sheets = pd.read_excel(year, sheet_name=None)
    volumes, staffing, hiring, joiners, rooms = (sheets[one.title] for one in CAPACITY_SHEETS)
    made = scheduler.capacity(volumes, staffing, hiring, joiners=joiners, rooms=rooms)
    assert made.shown.year == read_year(year).year and made.cost == made.bound
    with pytest.raises(BadInput, match="Hiring classes!B2  Training weeks: 0 is less than 1"):
        scheduler.capacity(volumes, staffing, hiring.assign(**{"Training weeks": 0}))
