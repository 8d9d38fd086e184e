"""For whom and when a rule holds: weekdays, dates, and rules that stand instead of a wider one."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints import (
    DailyRest,
    DaysPerWeek,
    DaysWorked,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    Requirement,
    RestEachDay,
    Seats,
    ShiftLength,
    SubstituteDayOff,
    WeeklyRest,
)
from scheduler import read_workbook, write_workbook
from scheduler.domain import Problem
from scheduler.domain.facts.contract import Holiday
from scheduler.model import Rule, RuleBook, Scope, Strength
from scheduler.model.checks.rule_book import rule_faults
from scheduler.rolling.next_week import _rules
from tests.rules.judged import excess, found
from tests.rules.worlds import roster, world

NAMES = ("Ann", "Bob", "Cid")


def three() -> Problem:
    return world(days=3, histories=dict.fromkeys(NAMES, ""))


def beyond(book: RuleBook, problem: Problem, weeks: str) -> dict[str, int]:
    """By rule the amount for a week that all three work; both sides say the same."""
    worked = roster(problem, dict.fromkeys(NAMES, weeks))
    amounts = {rule.name: found(problem, rule, worked) for rule in book.rules}
    assert amounts == {rule.name: excess(problem, rule.limits(problem), worked) for rule in book.rules}
    return amounts


ALL = DailyRest(label="all", rest_minutes=660)
AGREED = DailyRest(label="agreed", rest_minutes=540, scope=Scope(agents=("Bob",)), instead_of="all")


def test_two_rules_of_a_kind_hold_side_by_side() -> None:
    # 120 minutes from the night to the morning: 540 short for each of three, and 420 for Bob once more
    beside = AGREED.model_copy(update={"instead_of": ""})
    assert beyond(RuleBook(rules=(ALL, beside)), three(), "ND.") == {"all": 3 * 540, "agreed": 420}


@pytest.mark.parametrize("rules", [(ALL, AGREED), (AGREED, ALL)])
def test_a_narrower_rule_holds_instead_of_the_wider_one(rules: tuple[Rule, ...]) -> None:
    book = RuleBook(rules=rules)
    assert beyond(book, three(), "ND.") == {"all": 2 * 540, "agreed": 420}
    assert str(book.named["all"].scope) == "everyone; without agents Bob"
    assert str(book.named["agreed"].scope) == "agents Bob"


def test_a_third_rule_instead_of_the_second_leaves_the_first_as_it_is() -> None:
    many = AGREED.model_copy(update={"scope": Scope(agents=("Bob", "Cid"))})
    one = DailyRest(label="one", rest_minutes=300, scope=Scope(agents=("Cid",)), instead_of="agreed")
    amounts = beyond(RuleBook(rules=(one, many, ALL)), three(), "ND.")
    assert amounts == {"all": 540, "agreed": 420, "one": 180}


def test_a_rule_that_is_off_takes_no_place() -> None:
    off = AGREED.model_copy(update={"strength": Strength.OFF})
    assert beyond(RuleBook(rules=(ALL, off)), three(), "ND.")["all"] == 3 * 540


def test_one_that_is_only_reported_takes_the_place_also_of_what_is_planned() -> None:
    told = AGREED.model_copy(update={"strength": Strength.REPORT})
    planned = RuleBook(rules=(ALL, told)).planned
    assert [rule.name for rule in planned.rules] == ["all"]
    assert beyond(planned, three(), "ND.") == {"all": 2 * 540}


def faults(*rules: Rule) -> list[str]:
    return [finding.message for finding in rule_faults(three(), RuleBook(rules=rules))]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (AGREED, None),
        (AGREED.model_copy(update={"instead_of": "al"}), 'rule "al" is not on the Rules sheet.'),
        (AGREED.model_copy(update={"instead_of": "agreed"}), 'rule "agreed" is not on the Rules sheet.'),
        (
            DaysPerWeek(at_most=3, instead_of="all"),
            'the rule "days_per_week" cannot stand instead of "all".',
        ),
        (
            AGREED.model_copy(update={"scope": Scope(agents=("Bob",), weekdays=(0,))}),
            'the rule "agreed" leaves out days or shifts of "all", in whose place it stands.',
        ),
    ],
)
def test_what_cannot_stand_instead_is_named(rule: Rule, message: str | None) -> None:
    assert faults(ALL, rule) == ([] if message is None else [message])


def test_a_rule_of_the_team_has_no_place_to_take() -> None:
    seats = Seats(label="few", at_most=1, scope=Scope(agents=("Ann",)), instead_of="seats")
    assert faults(Seats(), seats) == ['the rule "few" cannot stand instead of "seats".']


@pytest.mark.parametrize("rule", [MaxConsecutiveDays(days=3), WeeklyRest()])
def test_rules_on_days_in_a_row_take_no_weekdays(rule: Rule) -> None:
    narrowed = rule.model_copy(update={"scope": Scope(weekdays=(0,))})
    assert faults(narrowed) == [f'the rule "{rule.kind}" looks at all days in a row.']


def test_a_scope_says_its_days() -> None:
    scope = Scope(weekdays=(6,), dates=(date(2024, 12, 25), date(2024, 12, 26)))
    assert str(scope) == "on Sunday, 2024-12-25, 2024-12-26"


def test_days_and_places_come_back_from_a_workbook(tmp_path: Path) -> None:
    scope = Scope(weekdays=(6, 0), dates=(date(2024, 3, 5), date(2024, 12, 25)))
    sundays = DaysPerWeek(at_most=1, scope=scope)
    book = RuleBook(rules=(Requirement(), ALL, AGREED, sundays))
    write_workbook(tmp_path / "week.xlsx", three(), book)
    assert read_workbook(tmp_path / "week.xlsx")[1] == book


def test_a_rule_whose_wider_one_has_ended_stands_for_itself() -> None:
    ended = ALL.model_copy(update={"scope": Scope(last_day=date(2024, 3, 5))})
    kept, gone = _rules(RuleBook(rules=(ended, AGREED)), set(NAMES), date(2024, 3, 6))
    assert gone == ["all"]
    assert [rule.instead_of for rule in kept.rules] == [""]


ON_HOLIDAYS = Scope(holidays=True)
EVERY_RULE_THERE = (
    DaysWorked(at_most=1, scope=ON_HOLIDAYS),
    DaysPerWeek(at_most=1, scope=ON_HOLIDAYS),
    DailyRest(rest_minutes=1440, scope=ON_HOLIDAYS),
    ForbiddenSuccession(first=("night",), then=("day",), scope=ON_HOLIDAYS),
    RestEachDay(rest_minutes=900, from_clock=720, scope=ON_HOLIDAYS),
    SubstituteDayOff(within_days=2, scope=ON_HOLIDAYS),
    ShiftLength(at_most_minutes=240, scope=ON_HOLIDAYS),
)


def with_holidays(problem: Problem) -> Problem:
    """A holiday on the second and the fourth day and on the eve, and a Saturday that is worked."""
    days = {-1: "public holiday", 1: "public holiday", 3: "public holiday", 5: "working day"}
    holidays = tuple(
        Holiday(day=problem.grid.date(day), name="Feast", kind=kind) for day, kind in days.items()
    )
    return problem.model_copy(update={"holidays": holidays})


@pytest.mark.parametrize("rule", EVERY_RULE_THERE, ids=lambda rule: rule.kind)
@pytest.mark.parametrize("week", ["DDDDDDD", ".DN.ND.", "N.D.D.D"])
def test_holidays_are_the_dates_of_the_sheet_on_both_sides_of_a_rule(rule: Rule, week: str) -> None:
    problem = with_holidays(world(histories={"Ann": "DN"}))
    dates = tuple(problem.grid.date(day) for day in (-1, 1, 3))
    worked = roster(problem, {"Ann": week})
    by_date = rule.model_copy(update={"scope": Scope(dates=dates)})
    amounts = [excess(problem, one.limits(problem), worked) for one in (rule, by_date)]
    assert amounts == [found(problem, one, worked) for one in (rule, by_date)]
    assert amounts[0] == amounts[1]


def test_holidays_come_back_from_a_workbook_and_follow_the_sheet(tmp_path: Path) -> None:
    scope = Scope(weekdays=(6,), holidays=True, dates=(date(2024, 3, 7),))
    book = RuleBook(rules=(Requirement(), DaysWorked(at_most=1, scope=scope)))
    write_workbook(tmp_path / "week.xlsx", with_holidays(world()), book)
    cells = [cell.value for cell in load_workbook(tmp_path / "week.xlsx")["Rules"][3]]
    assert "Sun, holidays, 2024-03-07" in cells
    assert read_workbook(tmp_path / "week.xlsx")[1] == book
    assert str(scope) == "on Sunday, public holidays, 2024-03-07"


def test_a_rule_about_holidays_of_which_there_are_none_is_told() -> None:
    rule = DaysWorked(at_most=1, scope=ON_HOLIDAYS)
    assert faults(rule) == ['the rule "days_worked" is about public holidays, of which there are none.']
    kept = rule_faults(with_holidays(world(first_day=date(2024, 12, 16))), RuleBook(rules=(rule,)))
    assert list(kept) == []


@pytest.mark.parametrize("rule", [MaxConsecutiveDays(days=3), WeeklyRest()])
def test_rules_on_days_in_a_row_take_no_holidays(rule: Rule) -> None:
    narrowed = rule.model_copy(update={"scope": ON_HOLIDAYS})
    problem = with_holidays(world())
    told = [finding.message for finding in rule_faults(problem, RuleBook(rules=(narrowed,)))]
    assert told == [f'the rule "{rule.kind}" looks at all days in a row.']


def test_every_copy_of_a_problem_keeps_its_holidays() -> None:
    problem = with_holidays(world())
    assert problem.unpriced().public_holidays == problem.public_holidays != frozenset()
