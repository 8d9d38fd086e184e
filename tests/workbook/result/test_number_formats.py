"""Number formats that put other words or digits before the reader than the cell holds."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scheduler import solve, verify_file, workbook_bytes
from scheduler.domain import Stop
from scheduler.io.files.cell_values import Padded
from scheduler.io.files.looks.number_formats import Shows, shows
from tests.unit.tiny import tiny_problem, tiny_rules

VALUE, OTHERWISE, ANOTHER = Shows.THE_VALUE, Shows.ROUNDED_OR_WITH_WORDS, Shows.ANOTHER_VALUE
MONEY, DAY, CLOCK, LENGTH = "#,##0.00", "ddd d mmm yyyy", "hh:mm", "[hh]:mm"


@pytest.mark.parametrize(
    ("seen", "due", "kind", "codes"),
    [
        (VALUE, MONEY, float, ["General", "@", "0.00", "#,##0.000", "0.0##", '#,##0.00;\\-#,##0.00;\\–',
         "#,##0.00_);[Red](#,##0.00)"]),
        (VALUE, MONEY, float, ['_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
         '_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-']),
        (VALUE, MONEY, int, ["0", "#,##0", "#,##0.0_);(#,##0.0)"]),
        (OTHERWISE, MONEY, float, ["0", "#,##0.0", "#,##0_);[Red](#,##0)", "000", "0000.00"]),
        (VALUE, "General", Padded, ["0", "General"]),
        (OTHERWISE, "General", Padded, ["00000", '"P"0']),
        (ANOTHER, "General", Padded, ['"9"0', "0\\-00", '0"0"']),
        (OTHERWISE, MONEY, float, ['#,##0.00\\ "kr"', "[$€-407] #,##0.00", '0" k"', "0;-0;;@", "0;;", ";;;",
         '" "']),
        (ANOTHER, MONEY, float, ['"1.00"', '"09:00"', "\\1\\0", '"optimal"', '0" and 5"', "0\u00b2",
         "[$5-407]0", '"-"']),
        (ANOTHER, MONEY, float, ["#,##0.00,", "0.0,,", "# ?/?", "0.0%", "d mmm yyyy", "[>1000000]0;;", "0;0",
         "-0;0"]),
        (ANOTHER, MONEY, float, ['0"."00', "0\\.00", "*90.00", '"-"0', '0"-"', "0.0.0", "[$-D000000]0",
         "(12)", "**"]),
        (ANOTHER, MONEY, float, ["#,##0;[Red]#,##0", "General;General;General"]),
        (VALUE, "0.0%", float, ["0.0%", "0.00 %", "General"]),
        (OTHERWISE, "0.0%", float, ["0%"]),  # a gap of 0.4 % reads 0 %
        (ANOTHER, "0.0%", float, ["0", '0"%"']),
        (VALUE, "General", str, ["@", "0.00", "yyyy-mm-dd;@", "_(* #,##0_);_(* (#,##0);_(* -_);_(@_)"]),
        (OTHERWISE, "General", str, ['"not "@', '@" not"', "0;-0;0;"]),
        (ANOTHER, "General", str, ["@@", 'General;General;General;"Cost 1.00 EUR"', '@"1"']),
        (VALUE, DAY, datetime, ["ddd\\ d\\ mmm\\ yyyy", "yyyy-mm-dd", 'dd"."mm"."yyyy', "m/d/yyyy",
         "mm-dd-yy", "d-mmm-yy"]),
        (VALUE, DAY, datetime, ["[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "yyyy-mm-dd hh:mm",
         'yyyy"年"m"月"d"日"', "d/m/yy;@"]),
        (OTHERWISE, DAY, datetime, ["d-mmm", "d/m;@", ";;;", "General"]),
        (ANOTHER, DAY, datetime, ["yyyy-dd-mm", "mmm yyyy", "d", "e", "bbbb", "dddd", "hh:mm", "0",
         "@"]),
        (VALUE, CLOCK, time, ["h:mm", "hh:mm:ss", "[h]:mm", "h:mm AM/PM", "[$-F400]h:mm:ss\\ AM/PM"]),
        (ANOTHER, CLOCK, time, ["mm:hh", "hh", "mm:ss", "hh:ss:mm", "0", '"09:00"', "d mmm yyyy"]),
        (VALUE, LENGTH, timedelta, ["[h]:mm", "[h]:mm:ss"]),
        (VALUE, LENGTH, time, ["h:mm"]),
        (ANOTHER, LENGTH, timedelta, ["h:mm", "[mm]:ss", "[h]"]),
        (ANOTHER, "yyyy-mm-dd hh:mm", datetime, ["yyyy-mm-dd", "hh:mm"]),
    ],
)  # fmt: skip
def test_only_a_format_that_is_known_to_show_the_value_is_passed_over(
    seen: Shows, due: str, kind: type, codes: list[str]
) -> None:
    # 161 agent-hours read 1.61 by 0"."00, and -161 by "-"0, and neither was said.
    assert {code: shows(code, due, kind) for code in codes} == dict.fromkeys(codes, seen)


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
