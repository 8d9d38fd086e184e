"""Rules whose settings are left out on the sheet: each is read and checked, and what is said has its row.

``fair_share`` of shifts without any named ended ``check`` with a crash: its sentence named the shifts.
"""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import openpyxl
import pytest
from pydantic import ValidationError

from constraints import CATALOGUE
from scheduler.app import planning
from scheduler.domain import Roster
from scheduler.io.cells.rule_parameters import Parameter, kind_of, parameters
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.model import Rule
from tests.workbook.filled_in import filled_in

SHIFTS = ("Day",)  # of the workbook that is filled in
FIRST_ROW = 2
LABEL, STRENGTH, FIRST_SETTING = 2, 3, 14
NO_SHIFTS = 'Rules!A{row}  the rule "{rule}" shares out shifts, and names none.'


def meant(parameter: Parameter, example: Rule) -> Iterator[Any]:
    """What a planner may say for a setting while the others are left out."""
    if get_origin(parameter.type_) is Literal:
        yield from get_args(parameter.type_)
    elif isinstance(parameter.type_, type) and issubclass(parameter.type_, Enum):
        yield from parameter.type_
    else:
        yield getattr(example, parameter.key)
    if parameter.may_be_none:
        yield None


def sparse(rule: type[Rule]) -> Iterator[dict[str, Any]]:
    """Settings of a rule: those that it needs alone, then each of the others beside them."""
    example = rule.example(SHIFTS)
    needed = {one.key: getattr(example, one.key) for one in parameters(rule) if one.is_needed}
    yield needed
    for parameter in parameters(rule):
        for value in meant(parameter, example):
            yield {**needed, parameter.key: value}


def rows() -> Iterator[tuple[type[Rule], dict[str, Any]]]:
    """Every rule of the catalogue in its sparse settings, as far as they make a rule."""
    for rule in CATALOGUE:
        for settings in sparse(rule):
            try:
                rule(**settings)
            except ValidationError:
                continue
            yield rule, settings


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = filled_in(tmp_path_factory.mktemp("sparse"), {})
    book = openpyxl.load_workbook(path)
    sheet = book["Rules"]
    sheet.delete_rows(FIRST_ROW, sheet.max_row)
    for number, (rule, settings) in enumerate(rows(), FIRST_ROW):
        sheet.cell(number, 1, kind_of(rule))
        sheet.cell(number, LABEL, f"rule {number}")
        sheet.cell(number, STRENGTH, "must")
        shown = {one.key: one for one in parameters(rule)}
        for at, (key, value) in enumerate(settings.items()):
            sheet.cell(number, FIRST_SETTING + 2 * at, shown[key].title)
            cell = sheet.cell(number, FIRST_SETTING + 2 * at + 1)
            cell.value, cell.number_format = shown[key].written(value)
    book.save(path)
    return path


def test_every_rule_is_read_and_what_is_said_of_it_stands_at_a_cell(week: Path) -> None:
    found = planning.check(week)
    assert [str(one) for one in found if one.place.sheet is None or not one.place.cell] == []
    numbers = [at for at, (_, given) in enumerate(rows(), FIRST_ROW) if given == {"of": "shifts"}]
    without = [NO_SHIFTS.format(row=number, rule=f"rule {number}") for number in numbers]
    assert len(without) == 1
    assert without[0] in [str(one).split(" Give")[0] for one in found]


def test_every_rule_without_its_settings_can_be_told(week: Path) -> None:
    reading = read_workbook(week, CATALOGUE)
    assert reading.problem is not None
    assert reading.rules is not None
    told = {rule.name: (rule.sentence, rule.told(reading.problem, Roster())) for rule in reading.rules.rules}
    assert len(told) == len([*rows()])
    assert not [name for name, (sentence, _) in told.items() if not sentence]
