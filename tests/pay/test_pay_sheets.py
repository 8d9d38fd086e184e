"""Premiums and holidays in workbooks and documents: read, found fault with, and shown."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler import (
    Stop,
    as_json,
    check,
    frames,
    read_json,
    read_workbook,
    solve,
    verify_file,
    write_workbook,
)
from scheduler.app.planning import new_workbook
from scheduler.app.results.documents import as_document
from scheduler.domain import BadInput, Problem
from scheduler.domain.checks.premiums import premium_faults
from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.domain.values.money import in_currency
from tests.unit.tiny import tiny_problem, tiny_rules

PREMIUMS = (
    PayPremium(name="Night", start=1320, end=360, percent="33 1/3", weekdays=(6,), dates=(date(2026, 1, 6),)),
    PayPremium(name="half", percent="0.5", meets="highest wins", on_holidays=True, contracts=("full",)),
    PayPremium(
        name="late", start=960, end=1440, money_per_hour=155, templates=("day",), agents=("Ada", "Bo")
    ),
    PayPremium(
        name="fortnight", over_period_minutes=4800, period_days=14, period_from=date(2025, 12, 29),
        counts_once=True, percent="25",
    ),
    PayPremium(name="month", over_period_minutes=10_000, period="month", percent="25", contracts=("full",)),
    PayPremium(name="rest day", over_minutes=0, weekdays=(5,), percent="25"),
    PayPremium(name="short shift", least_minutes=180),
    PayPremium(name="log-in on Sunday", log_in_minutes=10, weekdays=(6,), percent="50"),
)  # fmt: skip
HOLIDAYS = (
    Holiday(day=date(2026, 1, 6), name="Epiphany", multiple="1.5"),
    Holiday(day=date(2026, 1, 11), name="moved", kind="working day"),
)


def paid_problem() -> Problem:
    return tiny_problem().model_copy(update={"premiums": PREMIUMS, "holidays": HOLIDAYS})


def test_a_workbook_and_a_document_give_both_back(tmp_path: Path) -> None:
    problem = paid_problem()
    write_workbook(tmp_path / "week.xlsx", problem, tiny_rules())
    read, rules = read_workbook(tmp_path / "week.xlsx")
    assert (read.premiums, read.holidays) == (PREMIUMS, HOLIDAYS)
    document = as_document(problem, rules)
    (tmp_path / "week.json").write_text(json.dumps(document))
    assert read_json(tmp_path / "week.json")[0].premiums == PREMIUMS
    assert not {"premiums", "holidays"} & as_document(tiny_problem(), rules)["problem"].keys()


def filled(tmp_path: Path, sheet: str, column: str, value: object) -> list[str]:
    """What check says of a workbook of which one cell of the second row is another."""
    write_workbook(tmp_path / "week.xlsx", paid_problem(), tiny_rules())
    book = load_workbook(tmp_path / "week.xlsx")
    at = [cell.value for cell in book[sheet][1]].index(column) + 1
    book[sheet].cell(2, at).value = value
    book[sheet].cell(2, at).number_format = "General"
    book.save(tmp_path / "week.xlsx")
    cell = f"{sheet}!{book[sheet].cell(2, at).coordinate}"
    return [str(one) for one in check(tmp_path / "week.xlsx") if cell in str(one)]


@pytest.mark.parametrize(
    ("sheet", "column", "value", "said"),
    [
        ("Premiums", "Percent", None, "not said how much"),
        ("Premiums", "Percent", 0, "pays nothing"),
        ("Premiums", "Percent", 0.25, "a share of one, or of a hundred"),
        ("Premiums", "Percent", "1/7/3", "neither a number with at most two decimals nor a fraction"),
        ("Premiums", "Percent", 12.345, "neither a number with at most two decimals nor a fraction"),
        ("Premiums", "Percent", 2500, "more than"),
        ("Premiums", "Amount per hour", 2, "a per cent and an amount per hour"),
        ("Premiums", "Over (h a day)", 8, "overtime of the day, and has hours of the clock"),
        ("Premiums", "Over in a period (h)", 40, "overtime of a period, and is narrowed"),
        ("Premiums", "Not counted twice", "yes", "a period, and no hours beyond which it is paid"),
        ("Premiums", "Log-in (min a shift)", 10, "pays whole shifts for more minutes, and has hours"),
        ("Premiums", "Contracts", "ful", 'Did you mean "full"'),
        ("Premiums", "Premium", "half", "given twice"),
        ("Premiums", "Premium", " Basic  Pay", "is what pay lines call something else"),
        ("Premiums", "Premium", "sick", "is what pay lines call something else"),
        ("Premiums", "From", "06:00", "nothing, or 24 h?"),
        ("Premiums", "From", "48:00", "is not on the day after either"),
        ("Premiums", "Amount per hour", 0, "pays nothing"),
        ("Holidays", "Holiday", "late", "is the name of a premium as well"),
        ("Holidays", "Holiday", "time off", "is what pay lines call something else"),
        ("Holidays", "Date", date(2026, 1, 11), "given twice"),
        ("Holidays", "Kind", "working day", "a working day as it is"),
        ("Holidays", "Date", date(2025, 1, 6), "Did you mean 2026-01-06?"),
        ("Holidays", "Multiple", 0.5, "less than an ordinary hour's pay"),
        ("Holidays", "Multiple", 150, "more than"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_cell(
    tmp_path: Path, sheet: str, column: str, value: object, said: str
) -> None:
    found = filled(tmp_path, sheet, column, value)
    if said == "given twice":  # told at the second of the two
        found = [str(one) for one in check(tmp_path / "week.xlsx")]
    assert any(said in one for one in found), found


def test_a_result_shows_and_verifies_pay_lines(tmp_path: Path) -> None:
    problem, rules = paid_problem(), tiny_rules()
    found = solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
    # one of the two works on each day: 2 * 160.00, 1 hour of late * 1.55 * 2, half on the 6th
    assert in_currency(found.cost.wages) == 320 + 2 * 1.55 + 80
    roster = tmp_path / "roster.xlsx"
    write_workbook(roster, problem, rules, found)
    assert verify_file(problem, rules, roster).passed
    book = load_workbook(roster)
    rows = list(book["Pay lines"].iter_rows(min_row=5, min_col=4, max_col=6, values_only=True))
    assert rows[-1][2] == pytest.approx(403.1)
    summary = {row[1]: row[4] for row in book["Summary"].iter_rows(values_only=True) if row[1]}
    assert summary["Pay lines of duties, rounded"] == pytest.approx(403.1)
    assert summary["Rounding difference"] == 0 and summary["Of the wages: premiums"] == pytest.approx(83.1)
    # a figure that was changed is found
    book["Pay lines"].cell(5, 6).value = 1.0
    book.save(roster)
    assert any("Pay lines" in one for one in verify_file(problem, rules, roster).faults())


def test_documents_and_frames_have_pay_lines_where_there_are_premiums() -> None:
    for problem in (paid_problem(), tiny_problem()):
        found = solve(problem, tiny_rules(), stop=Stop(seconds=None, rounds=1), workers=1)
        document = json.loads(as_json(problem, tiny_rules(), found))
        tables = frames(problem, tiny_rules(), found)
        assert ("pay" in document) == ("pay_lines" in tables) == bool(problem.premiums)
        if problem.premiums:
            assert sum(line["amount"] for line in document["pay"]) == pytest.approx(403.1)
            assert tables["pay_lines"]["Pay"].sum() == pytest.approx(403.1)
        assert tables["duties"]["Cost"].sum() == pytest.approx(document["cost"]["wages"])
        assert tables["agent_hours"]["Wages"].sum() == pytest.approx(document["cost"]["wages"])


def test_a_new_workbook_has_the_holidays_of_a_region(tmp_path: Path) -> None:
    new_workbook(tmp_path / "week.xlsx", holidays_of="de-by")
    named = {one.name for one in read_workbook(tmp_path / "week.xlsx")[0].holidays}
    assert {"Epiphany", "Good Friday", "Christmas Day"} <= named
    for region, said in (("DE-ZZ", "no region"), ("XX", "no public holidays are known")):
        with pytest.raises(BadInput, match=said):
            new_workbook(tmp_path / "other.xlsx", holidays_of=region)
    assert not (tmp_path / "other.xlsx").exists()


def test_what_makes_no_sense_of_a_period_is_told() -> None:
    of_week = PayPremium(name="week", over_period_minutes=2400, percent="25")
    for update, said in (
        ({"weekdays": (6,)}, "narrowed to some days"),
        ({"templates": ("day",)}, "narrowed to some days"),
        ({"meets": "highest wins"}, "paid on top"),
        ({"period_days": 14}, "half said"),
        ({"period_from": date(2026, 1, 5)}, "half said"),
        ({"log_in_minutes": 10}, "several numbers of minutes"),
    ):
        problem = tiny_problem().model_copy(update={"premiums": (of_week.model_copy(update=update),)})
        assert [said in one.message for one in premium_faults(problem)] == [True], update


def test_a_rule_has_another_name_than_overtime_of_a_week() -> None:
    of_week = PayPremium(name="requirement", over_period_minutes=2400, percent="25")
    problem = tiny_problem().model_copy(update={"premiums": (of_week,)})
    with pytest.raises(BadInput, match="has the name of a premium"):
        solve(problem, tiny_rules(), stop=Stop(seconds=None, rounds=1), workers=1)
