"""The sheet Balances: read and written, checked against the rules, moved on, and planned by."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints import DaysWorked, Overtime, PaidHours
from scheduler import check, read_json, read_workbook, write_workbook
from scheduler.domain import Problem, Roster, RuleBalance
from scheduler.io.input.json_document import write_json
from scheduler.model import RuleBook, Scope
from scheduler.model.limits.kinds import Total
from scheduler.rolling.next_week import moved_on
from tests.unit.tiny import tiny_problem, tiny_roster, tiny_rules

EVE = date(2026, 6, 14)
YEAR = PaidHours(label="hours of the year", per="year", at_most_minutes=60_000)
SUNDAYS = DaysWorked(label="free Sundays", per="quarter", at_most=9, scope=Scope(weekdays=(6,)))
MORE = Overtime(label="overtime", at_most_minutes=2760)
BOOK = RuleBook(rules=(*tiny_rules().rules, YEAR, SUNDAYS, MORE))
OF_ADA = (
    RuleBalance(rule="hours of the year", minutes=54_321, as_of=EVE),
    RuleBalance(rule="free Sundays", times=7, as_of=EVE),
    RuleBalance(rule="overtime", minutes=2700, as_of=date(2026, 6, 12)),
)


def of_june(*balances: RuleBalance) -> Problem:
    """The tiny problem in the middle of a month, with Ada's balances."""
    problem = tiny_problem()
    first, *others = problem.agents
    grid = problem.grid.model_copy(update={"first_day": date(2026, 6, 15)})
    agents = (first.model_copy(update={"balances": balances, "history": ()}), *others)
    return problem.model_copy(update={"grid": grid, "agents": agents})


def test_a_workbook_and_a_document_give_them_back(tmp_path: Path) -> None:
    write_workbook(tmp_path / "week.xlsx", of_june(*OF_ADA), BOOK)
    assert read_workbook(tmp_path / "week.xlsx")[0].agents[0].balances == OF_ADA
    write_json(tmp_path / "week.json", of_june(*OF_ADA), BOOK)
    assert read_json(tmp_path / "week.json")[0].agents[0].balances == OF_ADA


def test_who_has_none_is_written_as_before_there_were_any(tmp_path: Path) -> None:
    write_workbook(tmp_path / "week.xlsx", of_june(), BOOK)
    write_json(tmp_path / "week.json", of_june(), BOOK)
    assert "Balances" not in load_workbook(tmp_path / "week.xlsx").sheetnames
    assert "balances" not in (tmp_path / "week.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("column", "row", "value", "said"),
    [
        ("Agent", 2, "Adda", 'Did you mean "Ada"'),
        ("Rule", 2, "hours of the yaer", 'Did you mean "hours of the year"'),
        ("Rule", 2, "what nobody counts", "This balance counts nothing"),
        ("Rule", 3, "hours of the year", "stands here twice"),
        ("Hours", 3, 12, "minutes or times, and not both"),
        ("Hours", 2, None, "minutes or times, and not both"),
        ("Hours", 4, 0.5, "does not say its unit"),
        ("Counted until", 2, date(2026, 6, 15), "is not before the first day 2026-06-15"),
        ("Counted until", 4, date(2026, 5, 31), "began anew on 2026-06-01"),
        ("Rule", 4, "free Sundays", "stands here twice"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_cell(
    tmp_path: Path, column: str, row: int, value: Any, said: str
) -> None:
    write_workbook(tmp_path / "week.xlsx", of_june(*OF_ADA), BOOK)
    book = load_workbook(tmp_path / "week.xlsx")
    sheet = book["Balances"]
    at = [cell.value for cell in sheet[1]].index(column) + 1
    sheet.cell(row, at).value = value
    if column == "Hours":
        sheet.cell(row, at).number_format = "General"
    book.save(tmp_path / "week.xlsx")
    found = [str(one) for one in check(tmp_path / "week.xlsx") if one.place.sheet == "Balances"]
    assert found and said in found[0], found


def test_hours_of_a_rule_that_counts_days_are_an_error(tmp_path: Path) -> None:
    problem = of_june(RuleBalance(rule="free Sundays", minutes=600, as_of=EVE))
    write_workbook(tmp_path / "week.xlsx", problem, BOOK)
    found = [str(one) for one in check(tmp_path / "week.xlsx") if one.place.sheet == "Balances"]
    assert found == [
        'Balances!C2  the rule "free Sundays" counts days, nights or shifts: no hours. Write it under Number.'
    ]


def test_what_nobody_knows_is_told_once_a_rule(tmp_path: Path) -> None:
    write_workbook(tmp_path / "week.xlsx", of_june(*OF_ADA[:2]), BOOK)
    found = [str(one) for one in check(tmp_path / "week.xlsx") if "nothing is known" in str(one)]
    assert [line.partition("  ")[2].partition(" counts")[0] for line in found] == [
        'the rule "hours of the year"',
        'the rule "free Sundays"',
        'the rule "overtime"',
    ]
    assert "1 person before 2026-06-15: Bo" in found[0] and "2 people" in found[2]


def totals(problem: Problem, rule: PaidHours | Overtime) -> list[Total]:
    return [one for one in rule.limits(problem) if isinstance(one, Total) and one.agent == "Ada"]


def test_what_is_left_is_what_may_be_planned() -> None:
    (hours,) = totals(of_june(*OF_ADA), YEAR)
    assert (hours.carried_in, hours.at_most) == (54_321, 60_000)
    assert [one.carried_in for one in totals(of_june(), YEAR)] == [0]
    of_last_month = of_june(RuleBalance(rule="overtime", minutes=2700, as_of=date(2026, 5, 31)))
    assert [one.carried_in for one in totals(of_last_month, MORE)] == [0]


def test_the_next_week_goes_on_from_them_until_a_part_is_over() -> None:
    problem = of_june(*OF_ADA)
    worked = Roster(duties=tiny_roster().duties[:1])
    then = moved_on(problem, BOOK, worked, date(2026, 6, 22)).problem.agents[0].balances
    paid = worked.duties[0].paid_minutes
    assert {one.rule: one.amount for one in then} == {
        "hours of the year": 54_321 + paid,
        "free Sundays": 7,
        "overtime": 2700,
    }
    assert {one.as_of for one in then} == {date(2026, 6, 21)}
    anew = moved_on(problem, BOOK, worked, date(2026, 7, 1)).problem.agents[0].balances
    assert [one.rule for one in anew] == ["hours of the year"]


def test_a_rule_of_the_year_counts_for_everybody_from_the_first_week_on() -> None:
    problem = of_june()
    then = moved_on(problem, BOOK, Roster(), date(2026, 6, 22)).problem
    assert [[one.rule for one in agent.balances] for agent in then.agents] == [
        ["hours of the year", "free Sundays"]
    ] * len(problem.agents)
