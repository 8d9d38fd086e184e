"""What a person reads in a roster workbook, though no cell holds it, is a fault or is named."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from scheduler import Report, read_workbook, solve, verify_file, workbook_bytes
from scheduler.domain import BadInput, Stop
from scheduler.io.result.differences.looks import hide_something
from tests.attacks import (
    forged_charts,
    forged_formats,
    forged_markup,
    forged_places,
    forged_readings,
    forged_sight,
    forged_wrappers,
)
from tests.attacks.forged_looks import EDITS
from tests.attacks.forged_parts import forged, in_workbook
from tests.attacks.mutant_workbooks import packed, unpacked
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
        book["Agent hours"]["H5"].number_format = ";;;"

    report = verified(hide)
    assert report.passed
    assert list(report.not_read) == [
        "Hidden, and verified all the same: rows on Duties; columns on Coverage; everything on Findings.",
        "Shown rounded, with words or zeros beside it, or not at all, by the number format "
        '";;;" (Agent hours!H5).',
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
        ("text box of the old kind", "text boxes of the old kind, or remarks that stay in sight on"),
        ("embedded object", "embedded objects on"),
        ("threaded remark", "threads of remarks on"),
        ("bars in place of values", "conditional formats on"),
        ("message of a cell", "messages of cells on"),
        ("tip of a link", "tips of links on"),
        ("a view of its own", "views of their own, which may hide rows on"),
        ("a picture as the cell's value", "pictures or data types in place of values on"),
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


@pytest.mark.parametrize(
    ("done", "title"),
    [("chart's axis with digits of its own", "Coverage"), ("number as boolean", "Coverage")],
)
def test_a_chart_or_a_cell_that_reads_otherwise_is_a_fault(done: str, title: str) -> None:
    # An axis of nothing but sevens passed, and TRUE where a recount gives 1.
    of_sheet = [one for one in forged(content(), {done: EDITS[done]}, Random(1)) if one.sheet == title]
    assert of_sheet
    assert not any(verify_file(PROBLEM, RULES, one.content).passed for one in of_sheet)


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


def test_formats_of_peoples_own_columns_and_sheets_are_their_own() -> None:
    # A format anywhere in the file was a fault, with no place, also one for months on a sheet of their own.
    def add(book: Any) -> None:
        own = book.create_sheet("My notes")
        own["A1"], own["A2"] = 46_000, 3_619.68
        own["A1"].number_format, own["A2"].number_format = "mmm yyyy", "#,##0.0,"
        sheet = book["Duties"]
        heading = int(sheet.auto_filter.ref.split(":")[0].strip("A"))
        column = sheet.max_column + 1
        sheet.cell(heading, column, "Seen"), sheet.cell(heading + 1, column, 46_000)
        sheet.cell(heading + 1, column).number_format = "mmm yyyy"

    report = verified(add)
    assert report.passed
    assert len(report.not_read) == 2 and not any("mmm" in line for line in report.not_read)


def test_a_format_that_shows_another_figure_is_named_with_its_cell() -> None:
    def show(book: Any) -> None:
        book["Agent hours"]["H5"].number_format = '"1.00"'

    assert 'Agent hours!H5: the number format ""1.00"" shows something else than the cell\'s value.' in (
        verified(show).mismatches
    )


def test_many_ranges_one_over_another_are_told_without_a_search_of_them_all() -> None:
    rows = {row: {3: "beside"} for row in range(1, 1_601)}
    merged = [(1, 1, last, 2) for last in range(500, 1_601)]
    assert hide_something(merged[:2], rows) is False
    assert hide_something(merged, rows) is True


def test_another_spelling_name_or_mark_is_a_fault_or_named() -> None:
    # Of 86 legal spellings, names of parts and marks in charts 62 passed; each showed something else.
    kinds = forged_markup.EDITS | forged_charts.EDITS | forged_formats.SPELT | forged_places.EDITS
    first = {one.done: one for one in reversed(list(forged(content(), kinds, Random(1))))}
    assert first.keys() == kinds.keys()
    assert [done for done, one in first.items() if is_silent(one.content)] == []


def test_what_is_there_and_not_seen_or_seen_otherwise_is_a_fault_or_named() -> None:
    # A figure under a merge, in folded or low rows, in part struck, or of another calendar passed.
    first = {one.done: one for one in reversed(list(forged(content(), forged_sight.EDITS, Random(1))))}
    assert first.keys() == forged_sight.EDITS.keys()
    assert [done for done, one in first.items() if is_silent(one.content)] == []


def test_what_programs_read_in_different_ways_is_a_fault_or_named() -> None:
    # Truth values in words, digits of other scripts, elements twice and formulas over ranges passed.
    first = {one.done: one for one in reversed(list(forged(content(), forged_readings.EDITS, Random(1))))}
    assert first.keys() == forged_readings.EDITS.keys()
    assert [done for done, one in first.items() if is_silent(one.content)] == []


def test_what_some_programs_read_and_others_pass_over_is_refused() -> None:
    # Sheets and styles in a wrapper that spreadsheets skip were verified in place of those they show.
    silent = []
    for done, edit in forged_wrappers.EDITS.items():
        one = next(forged(content(), {done: edit}, Random(1)))
        with pytest.raises(BadInput) as refused:
            verify_file(PROBLEM, RULES, one.content)
        silent += [done] if "damaged" not in str(refused.value) else []
    assert silent == []


def test_a_wrapper_around_nothing_that_is_read_is_no_fault() -> None:
    note = in_workbook(b"<bookViews>", forged_wrappers.HONEST + b"<bookViews>")
    one = next(forged(content(), {"where it was saved": note}, Random(1)))
    report = verify_file(PROBLEM, RULES, one.content)
    assert report.passed and report.not_read == ()


def test_an_input_in_a_wrapper_is_refused(tmp_path: Path) -> None:
    # The rows of an input were read there, though no spreadsheet shows them.
    new_book().save(made := BytesIO())
    edit = forged_wrappers.in_a_wrapper(forged_wrappers.WRAPPERS["junk"], b"row")
    parts = unpacked(made.getvalue())
    edit(parts, "xl/worksheets/sheet1.xml", Random(1))
    with pytest.raises(BadInput, match="stands where some programs read it and others do not"):
        read_workbook(BytesIO(packed(parts)))


def is_silent(changed: bytes) -> bool:
    try:
        report = verify_file(PROBLEM, RULES, changed)
    except BadInput:
        return False
    return report.passed and not report.not_read


def test_formats_and_marks_that_planners_and_programs_set_are_passed_over() -> None:
    def dress(book: Any) -> None:
        duties, hours = book["Duties"], book["Agent hours"]
        day = next(one for row in duties.iter_rows() for one in row if one.number_format.startswith("ddd"))
        day.number_format = "dd\\.mm\\.yyyy;@"
        hours["H5"].number_format = "#,##0.00_);[Red](#,##0.00)"
        duties.freeze_panes = "C5"
        duties.auto_filter.add_filter_column(0, ["A"])
        hours["A5"].fill = PatternFill("solid", fgColor="FFFF00")

    assert verified(dress).not_read == ()


def test_a_conditional_format_of_another_figure_is_a_fault_and_any_other_is_named() -> None:
    def rule(style: DifferentialStyle) -> Callable[[Any], None]:
        made = Rule(type="expression", formula=["TRUE"], dxf=style)
        return lambda book: book["Summary"].conditional_formatting.add("A1:Z99", made)

    digits = verified(rule(DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='"5"'))))
    assert ['number format ""5""' in said for said in digits.mismatches] == [True]
    white = verified(rule(DifferentialStyle(font=Font(color="FFFFFF"))))
    assert white.passed and white.not_read == ("Not read: conditional formats on Summary.",)
