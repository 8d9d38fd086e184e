"""Rules that are only reported: checked and told with amounts, not planned for, and without a cost."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints import DailyRest, MaxConsecutiveDays, PreferredDaysOff, Requirement, Seats
from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.command_line.output.terminal import summary
from scheduler.command_line.output.verdict import report_in_words
from scheduler.domain import Stop
from scheduler.model import Rule, RuleBook, Strength
from scheduler.verifier import recompute_bound, verify
from scheduler.verifier.recount.cost_granularity import cost_granularity
from tests.property.problems import small_case, ward_case
from tests.unit.tiny import tiny_problem, tiny_roster, tiny_rules

ONE_ROUND = Stop(seconds=None, rounds=1)


def reported(rule: type[Rule], **fields: Any) -> Rule:
    return rule(strength=Strength.REPORT, label=f"reported {rule.__name__}", **fields)


# Ada works both days; the roster is that of tests.unit.tiny
ONE_DAY = reported(MaxConsecutiveDays, days=1)
REST = reported(DailyRest, rest_minutes=1000)
BOOK = RuleBook(rules=(*tiny_rules().rules, ONE_DAY, REST))


def test_what_breaks_it_is_told_with_amounts_and_costs_nothing() -> None:
    report = verify(tiny_problem(), BOOK, tiny_roster())
    assert report.passed and report.broken == () and report.preferences_broken == ()
    # 17:00 to 09:00 are 960 minutes, 40 too few
    assert [(one.rule, one.amount, one.cost, one.must) for one in report.reported] == [
        (ONE_DAY.name, 1, 0, False),
        (REST.name, 40, 0, False),
    ]
    fared = {one.rule: (one.strength, one.broken, one.amount_in_words, one.cost) for one in report.rules}
    assert fared[ONE_DAY.name] == ("report", 1, "1 time", 0)
    assert fared[REST.name] == ("report", 1, "40 min", 0)
    assert set(report.cost.rules) == set()


def test_a_price_that_is_left_on_it_counts_nowhere() -> None:
    priced = ONE_DAY.model_copy(update={"price": 7})
    book = RuleBook(rules=(*tiny_rules().rules, priced))
    assert (
        verify(tiny_problem(), book, tiny_roster()).cost
        == verify(tiny_problem(), tiny_rules(), tiny_roster()).cost
    )
    assert cost_granularity(tiny_problem(), book, 60) == cost_granularity(tiny_problem(), tiny_rules(), 60)


@pytest.mark.parametrize("case", [small_case(10), small_case(39), ward_case(9), ward_case(39)])
def test_a_search_does_not_see_it(case: Any) -> None:
    problem, rules = case
    more = (
        reported(MaxConsecutiveDays, days=1),
        reported(DailyRest, rest_minutes=2000),
        reported(PreferredDaysOff),
        reported(Requirement),
        reported(Seats, at_most=1),
    )
    book = RuleBook(rules=(*more[:2], *rules.rules, *more[2:]))
    one = planning.solve(problem, rules, stop=ONE_ROUND, seed=3, workers=1)
    other = planning.solve(problem, book, stop=ONE_ROUND, seed=3, workers=1)
    assert (other.roster, other.cost, other.bound) == (one.roster, one.cost, one.bound)
    assert (other.certificate, other.status) == (one.certificate, one.status)
    assert other.report.passed and other.report.reported
    assert other.coverage == one.coverage


def test_a_requirement_that_is_only_reported_has_no_cost() -> None:
    book = RuleBook(rules=(reported(Requirement), *tiny_rules().rules[1:]))
    report = verify(tiny_problem(wanted=2), book, tiny_roster())
    # one agent is missing for eight hours on two days
    assert [one.amount for one in report.reported] == [480, 480]
    assert (report.cost.missing, report.cost.superfluous) == (0, 0)
    assert sum(map(sum, report.coverage.missing.values())) == 960


def test_a_proof_cannot_carry_it() -> None:
    # the bound would be one of other rosters than those that are planned
    problem = tiny_problem()
    outcome = planning.solve(problem, BOOK, stop=ONE_ROUND, workers=1)
    assert ONE_DAY.name not in outcome.certificate.carried_rules
    carried = (*outcome.certificate.carried_rules, ONE_DAY.name)
    forged = outcome.certificate.model_copy(update={"carried_rules": carried})
    with pytest.raises(ValueError, match=f'carried rule "{ONE_DAY.name}" is not in the input'):
        recompute_bound(problem, BOOK, forged)


def test_a_result_tells_it_in_every_form(tmp_path: Path) -> None:
    problem = tiny_problem(agents=("Ada",))
    outcome = planning.solve(problem, BOOK, stop=ONE_ROUND, workers=1)
    told = [
        "Reported: Nobody works more than 1 day in a row. Not kept: 1 time.",
        "Reported: Everyone rests at least 16 h 40 min between one duty and the next. "
        "Not kept: 1 time, 40 min in all.",
    ]
    assert [line for line in summary(problem, outcome, []) if "Reported" in line] == told
    assert [line for line in report_in_words(problem, outcome.report) if "Reported" in line] == told
    for suffix in (".xlsx", ".json"):
        path = tmp_path / f"roster{suffix}"
        planning.write_workbook(path, problem, BOOK, outcome)
        assert results.verify_file(problem, BOOK, path).passed
    rules = json.loads((tmp_path / "roster.json").read_text())["rules"]
    assert [(one["strength"], one["amount"]) for one in rules if "reported" in one["rule"]] == [
        ("report", 1),
        ("report", 40),
    ]
    book = load_workbook(tmp_path / "roster.xlsx")
    rows = {row[0]: row for row in book["Rules kept"].iter_rows(min_row=5, values_only=True)}
    assert rows[REST.name][3:10] == ("report", "no, only reported", "1 case", "not kept", 1, "40 min", None)
    findings = [row[:2] for row in book["Findings"].iter_rows(min_row=5, values_only=True)]
    assert ("reported", REST.name) in findings
    agents = list(book["Agent hours"].iter_rows(min_row=4, values_only=True))
    assert agents[1][agents[0].index("Preferences broken")] is None


def test_a_forged_amount_of_it_is_found(tmp_path: Path) -> None:
    problem = tiny_problem(agents=("Ada",))
    outcome = planning.solve(problem, BOOK, stop=ONE_ROUND, workers=1)
    path = tmp_path / "roster.xlsx"
    planning.write_workbook(path, problem, BOOK, outcome)
    book = load_workbook(path)
    (cell,) = [one for one in book["Rules kept"]["I"] if one.value == "40 min"]
    cell.value = "10 min"
    book.save(path)
    (fault,) = results.verify_file(problem, BOOK, path).mismatches
    assert "Rules kept" in fault and "10 min" in fault and "40 min" in fault


@pytest.mark.parametrize("word", ["report", "仅报告"])
def test_it_stands_in_a_workbook_and_in_json(tmp_path: Path, word: str) -> None:
    path = tmp_path / "week.xlsx"
    planning.write_workbook(path, tiny_problem(), BOOK)
    book = load_workbook(path)
    cells = [cell for cell in book["Rules"]["C"] if cell.value == "report"]
    assert len(cells) == 2
    for cell in cells:
        cell.value = word
    book.save(path)
    assert planning.read_workbook(path) == (tiny_problem(), BOOK)
    planning.write_workbook(tmp_path / "week.json", tiny_problem(), BOOK)
    assert planning.read_workbook(tmp_path / "week.json") == (tiny_problem(), BOOK)
