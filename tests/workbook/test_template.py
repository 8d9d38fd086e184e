"""The new workbook can be filled in: it passes as it is, explains itself, and offers what may be chosen."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints import CATALOGUE
from scheduler import workbook_bytes
from scheduler.domain import RuleBalance
from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.facts.special_days import SpecialDay
from scheduler.io.input.sheets import (
    BALANCES,
    CALENDAR,
    HOLIDAYS,
    PREMIUMS,
    REQUIREMENT,
    SCENARIOS,
    SERVICE_GOALS,
    SETTINGS,
    SHEETS,
    SHRINKAGE,
    VOLUMES,
)
from scheduler.io.input.templates.template import new_workbook
from tests.demand.scenario_weeks import many_changes
from tests.unit.tiny import tiny_rules
from tests.workbook.filled_in import MONDAY, new_book, saved, told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_workbook_passes_without_a_finding(tmp_path: Path, language: str) -> None:
    assert told(saved(new_book(language), tmp_path)) == []


OF_VOLUMES = (
    VOLUMES,
    SERVICE_GOALS,
    SHRINKAGE,
    REQUIREMENT,
    SCENARIOS,
    CALENDAR,
    PREMIUMS,
    HOLIDAYS,
    BALANCES,
)
"""Sheets that a workbook has where it has volumes, scenarios, premiums or balances, and no other one."""


@pytest.mark.parametrize("has_volumes", [False, True])
def test_every_sheet_has_a_worked_row_and_a_comment_on_every_heading(has_volumes: bool) -> None:
    first = SpecialDay(day=MONDAY, event="Invoices")
    pay = {
        "premiums": (PayPremium(name="Night", percent="25"),),
        "holidays": (Holiday(day=MONDAY, name="A"),),
    }
    week = many_changes()
    balance = RuleBalance(rule="hours", minutes=600, as_of=week.grid.date(-1))
    agents = tuple(one.model_copy(update={"balances": (balance,)}) for one in week.agents)
    week = week.model_copy(update={"calendar": (first,), "agents": agents, **pay})
    book = load_workbook(BytesIO(workbook_bytes(week, tiny_rules()))) if has_volumes else new_book()
    assert all((sheet.title in book.sheetnames) == has_volumes for sheet in OF_VOLUMES)
    for sheet in OF_VOLUMES if has_volumes else [one for one in SHEETS if one not in OF_VOLUMES]:
        page = book[sheet.title]
        assert page.max_row >= 2, sheet.title
        headings = [row[0] for row in page.iter_rows()] if sheet is SETTINGS else page[1]
        without = [cell.value for cell in headings if cell.comment is None]
        # settings and values of rules come in pairs of which the first is explained
        assert [title for title in without if not str(title).startswith(("Setting ", "Value "))] == [], (
            sheet.title
        )


def test_lists_offer_the_names_of_other_sheets_and_the_rules() -> None:
    book = new_book()
    offered = {
        (title, str(rule.sqref)): rule.formula1
        for title in ("Agents", "Availability", "Rules", "Breaks")
        for rule in book[title].data_validations.dataValidation
    }
    assert offered["Agents", "B2:B5000"] == "'Contracts'!$A$2:$A$5000"
    assert offered["Availability", "F2:F5000"] == '"available,unavailable,time off,sick"'
    assert offered["Rules", "A2:A5000"] == "'Rule list'!$A$2:$A$300"
    assert offered["Breaks", "F2:F5000"] == '"yes,no"'


def test_the_rule_list_explains_every_rule_of_the_catalogue() -> None:
    listed = {
        row[0] for row in new_book()["Rule list"].iter_rows(min_row=2, max_col=1, values_only=True) if row[0]
    }
    assert listed == {rule.model_fields["kind"].default for rule in CATALOGUE}


def test_the_week_begins_on_the_day_that_is_asked_for(tmp_path: Path) -> None:
    new_workbook(tmp_path / "new.xlsx", CATALOGUE, first_day=MONDAY)
    book = load_workbook(tmp_path / "new.xlsx")
    assert book["Settings"]["B2"].value.date() == MONDAY
    assert [book[title].max_row for title in ("Premiums", "Holidays")] == [1, 1]  # to be found, and filled in


def test_a_week_begins_on_a_coming_monday_otherwise(tmp_path: Path) -> None:
    new_workbook(tmp_path / "new.xlsx", CATALOGUE)
    first_day = load_workbook(tmp_path / "new.xlsx")["Settings"]["B2"].value.date()
    assert first_day.weekday() == 0
    assert 0 <= (first_day - date.today()).days <= 7
