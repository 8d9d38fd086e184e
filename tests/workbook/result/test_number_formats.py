"""Number formats that put other words or digits before the reader than the cell holds."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from scheduler import solve, verify_file, workbook_bytes
from scheduler.domain import Stop
from scheduler.io.files.number_formats import shows_nothing, speaks_for_itself
from tests.unit.tiny import tiny_problem, tiny_rules


@pytest.mark.parametrize(
    ("code", "speaks"),
    [
        ("General", False),
        ("#,##0.00", False),
        ('#,##0.00\\ "kr"', False),  # a currency behind the value
        ('_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-', False),
        ("yyyy-mm-dd hh:mm", False),
        ("[h]:mm", False),
        ('0;-0;;@', False),
        (';;;', False),  # shows nothing, which is said otherwise
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', False),
        ("#,##0;[Red]#,##0", False),
        ("h:mm AM/PM", False),
        ("[mm]:ss", False),
        ("d mmm yyyy", False),
        ("#,##0.00,", True),  # in thousands
        ("0.0,,", True),
        ("# ?/?", True),  # 3.68 as 3 2/3
        ("mm:hh", True),
        ("hh", True),
        ("mm:ss", True),  # of 8:30, the length of a shift, 30:00
        ("mmm yyyy", True),
        ("0.00;0.00", True),
        ("-0.00;0.00", True),
        ("[>1000000]0;;", True),
        ("0\u00b2", True),
        ("[$5-407]0", True),
        ('dd"."mm"."yyyy', False),
        ('"1.00"', True),
        ('"09:00"', True),
        ('General;General;General;"Cost 1.00 EUR"', True),
        ('\\1\\0', True),
        ('"optimal"', True),
        ('0" and 5"', True),
    ],
)  # fmt: skip
def test_a_format_with_digits_of_its_own_or_without_the_value_is_told(code: str, speaks: bool) -> None:
    assert speaks_for_itself(code) == speaks


@pytest.mark.parametrize(
    ("code", "hides"),
    [(";;;", True), ('"-"', True), ("0;;", True), ("0;-0;;@", False), ("General", False), ("@", False)],
)
def test_a_format_that_shows_nothing_of_a_number(code: str, hides: bool) -> None:
    assert shows_nothing(code) == hides


def test_a_workbook_that_shows_other_figures_than_its_cells_hold_is_not_verified() -> None:
    # It was "Verified.": the values were right, and Excel showed and printed the formats.
    problem, rules = tiny_problem(), tiny_rules()
    outcome = solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
    content = workbook_bytes(problem, rules, outcome)
    assert verify_file(problem, rules, content).passed
    book = load_workbook(BytesIO(content))
    cell = next(one for row in book["Duties"].iter_rows() for one in row if one.is_date)
    cell.number_format = '"09:00"'
    book.save(forged := BytesIO())
    report = verify_file(problem, rules, forged.getvalue())
    assert not report.passed and ["09:00" in said for said in report.mismatches] == [True]
