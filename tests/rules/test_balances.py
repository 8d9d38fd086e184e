"""The sheet Balances: read and written, checked against the rules, moved on, and planned by."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints import DaysInWindow, DaysWorked, Overtime, PaidHours, SubstituteDayOff
from scheduler import check, read_json, read_workbook, write_workbook
from scheduler.domain import Problem, Roster, RuleBalance, WorkedDuty
from scheduler.io.input.json_document import as_document, write_json
from scheduler.model import RuleBook, Scope
from scheduler.model.checks.rule_book import rule_faults
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
        ("Hours", 3, 12, "Balances!D3  Hours and Number are both filled. Write Hours for"),
        ("Hours", 2, None, "Balances!C2  Hours and Number are both blank. Write Hours for"),
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


def totals(problem: Problem, rule: PaidHours | Overtime | DaysWorked) -> list[Total]:
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


def test_what_next_writes_is_accepted_where_a_rule_has_ended() -> None:
    half = Overtime(label="overtime H1", at_most_minutes=600, scope=Scope(last_day=date(2026, 6, 30)))
    book = RuleBook(rules=(half, Overtime(label="overtime H2", at_most_minutes=600, per="quarter")))
    problem = of_june(RuleBalance(rule="overtime H1", minutes=60, as_of=EVE))
    moved = moved_on(problem, book, Roster(), date(2026, 7, 2))
    assert not [one for one in rule_faults(moved.problem, moved.rules) if one.is_error]
    assert {one.rule for agent in moved.problem.agents for one in agent.balances} == {"overtime H2"}


def test_a_least_of_a_quarter_that_began_long_before_is_held_against_nobody_and_told() -> None:
    rule = DaysWorked(per="quarter", at_least=40, at_most=50)
    problem = of_june(RuleBalance(rule="days_worked", times=5, as_of=EVE))
    grid = problem.grid.model_copy(update={"days": 16})  # to the end of June
    problem = problem.model_copy(update={"grid": grid})
    assert {(one.at_least, one.at_most) for one in totals(problem, rule)} == {(None, 50)}
    assert not list(rule.check(problem, Roster()))
    told = [str(one) for one in rule_faults(problem, RuleBook(rules=(rule,)))]
    assert any("is held against nobody in what began on 2026-04-01" in one for one in told)
    whole = problem.model_copy(
        update={"grid": grid.model_copy(update={"first_day": date(2026, 4, 1), "days": 91})}
    )
    assert {one.at_least for one in totals(whole, rule)} == {40}


def test_who_joined_in_the_quarter_is_known() -> None:
    joined = date(2026, 6, 10)
    past = WorkedDuty(
        day=joined, start=datetime(2026, 6, 10, 9), end=datetime(2026, 6, 10, 17), paid_minutes=480
    )
    problem = of_june()
    facts = {"starts_on": joined, "history": (past,)}
    agents = tuple(one.model_copy(update=facts) for one in problem.agents)
    problem = problem.model_copy(update={"agents": agents})
    assert not [one for one in rule_faults(problem, BOOK) if "nothing is known" in str(one)]


def test_digests_and_documents_are_as_they_were_before() -> None:
    problem, rules = (
        tiny_problem(),
        RuleBook(rules=(DaysInWindow(window_days=4, at_most=3), SubstituteDayOff(within_days=2))),
    )
    document = as_document(problem, rules)
    assert not {"balances", "wish_weight_percent"} & document["problem"]["agents"][0].keys()
    assert not {"anchor", "within_days_before"} & {key for rule in document["rules"] for key in rule}


def test_a_hole_between_balance_and_history_and_an_amount_beyond_the_most_are_told() -> None:
    past = WorkedDuty(
        day=date(2026, 6, 12), start=datetime(2026, 6, 12, 9), end=datetime(2026, 6, 12, 17), paid_minutes=480
    )
    rule = Overtime(label="overtime", at_most_minutes=600)

    def told(as_of: date, minutes: int) -> list[str]:
        problem = of_june(RuleBalance(rule="overtime", minutes=minutes, as_of=as_of))
        ada = problem.agents[0].model_copy(update={"history": (past,)})
        problem = problem.model_copy(update={"agents": (ada,)})
        return [str(one) for one in rule_faults(problem, RuleBook(rules=(rule,)))]

    assert told(date(2026, 6, 7), 600) == []
    assert "nothing is known of 1 person" in told(date(2026, 6, 1), 600)[0]
    assert "14 h are more than the rule" in told(date(2026, 6, 7), 840)[0]
