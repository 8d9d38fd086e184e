"""What a person reads in a roster workbook, though no cell holds it, is a fault or is named."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler import Report, solve, verify_file, workbook_bytes
from scheduler.domain import BadInput, Stop
from tests.attacks.forged_looks import EDITS
from tests.attacks.forged_parts import forged
from tests.unit.tiny import tiny_problem, tiny_rules
from tests.workbook.filled_in import new_book, saved, told

PROBLEM, RULES = tiny_problem(), tiny_rules()


@cache
def content() -> bytes:
    return workbook_bytes(PROBLEM, RULES, solve(PROBLEM, RULES, stop=Stop(seconds=None, rounds=1), workers=1))


def verified(edit: Callable[[Any], None]) -> Report:
    book = load_workbook(BytesIO(content()))
    edit(book)
    book.save(changed := BytesIO())
    return verify_file(PROBLEM, RULES, changed.getvalue())


def test_what_is_hidden_in_a_roster_is_named_and_verified_all_the_same() -> None:
    # A sheet, rows and columns that nobody sees passed without a word.
    def hide(book: Any) -> None:
        book["Findings"].sheet_state = "veryHidden"
        book["Duties"].row_dimensions[5].hidden = True
        book["Coverage"].column_dimensions["B"].hidden = True
        book["Agent hours"]["C5"].number_format = ";;;"

    report = verified(hide)
    assert report.passed
    assert [said for said in report.not_read if said.startswith("Hidden")] == [
        "Hidden, and verified all the same: rows on Duties; columns on Coverage; everything on Findings.",
        'Hidden, and verified all the same: cells of the number format ";;;".',
    ]


def test_nothing_is_said_of_a_roster_as_it_was_written() -> None:
    assert verified(lambda book: None).not_read == verify_file(PROBLEM, RULES, content()).not_read == ()


@pytest.mark.parametrize("code", ["#,##0.00,", "0.0%", "d mmm yyyy", "mm:ss"])
def test_a_number_that_reads_otherwise_is_a_fault(code: str) -> None:
    # 3619.68 in thousands read 3.62, and as a percentage a hundredfold; both were "Verified."
    def show(book: Any) -> None:
        sheet = book["Agent hours"]
        numbers = (one for row in sheet.iter_rows() for one in row if isinstance(one.value, int | float))
        next(one for one in numbers if one.value > 1).number_format = code

    assert not verified(show).passed


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("picture behind the cells", "a picture behind the cells on"),
        ("text box of the old kind", "text boxes of the old kind on"),
        ("embedded object", "embedded objects on"),
        ("threaded remark", "threads of remarks on"),
        ("bars in place of values", "signs or bars in place of values on"),
        ("message of a cell", "messages of cells on"),
        ("tip of a link", "tips of links on"),
        ("all merged", "cells under merged ones on"),
        ("shape in a choice", "text or pictures that are none of the roster's lie over it"),
        ("diagram over the cells", "text or pictures that are none of the roster's lie over it"),
        ("two values, the right one last", "this cell has two values"),
        ("foreign value beside another", ""),
    ],
)
def test_what_comes_up_beside_the_cells_is_named_or_a_fault(done: str, said: str) -> None:
    # Each of them passed; a person would have read "The true cost is 5." on the sheet.
    one = next(forged(content(), {done: EDITS[done]}, Random(1)))
    try:
        report = verify_file(PROBLEM, RULES, one.content)
    except BadInput as fault:
        assert said in str(fault)
    else:
        assert any(said in line for line in (*report.not_read, *report.mismatches))


def test_hidden_rows_and_columns_of_an_input_are_read_and_named(tmp_path: Path) -> None:
    # Who had filtered a sheet, or hidden last year's rows, planned with them unawares.
    book = new_book()
    book["Demand"].row_dimensions[5].hidden = True
    book["Agents"].column_dimensions["C"].hidden = True
    book["Agents"].column_dimensions["Z"].hidden = True
    said = told(saved(book, tmp_path))
    assert said == [
        "Demand  hidden rows are read all the same: 5. Show them and look through them, or remove them.",
        "Agents  hidden columns are read all the same: C. Show them and look through them, or remove them.",
    ]
