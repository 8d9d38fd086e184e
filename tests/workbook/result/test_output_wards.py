"""What the result of a ward shows: people by shift and day, beside the curve or instead of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints import CATALOGUE, OneShiftADay, Requirement, ShiftMaximum, ShiftRequirement, ShiftWishes
from scheduler.app.planning import verify, write_workbook
from scheduler.app.results.input_digest import input_hash
from scheduler.app.results.read_back import read_roster, verify_file
from scheduler.command_line.output.terminal import staffing_in_words
from scheduler.domain import Demand, Headcount, Outcome, Problem, Roster, ShiftWish, Status
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.result.documents.json_document import result_document, verify_document
from scheduler.io.result.documents.json_reader import read_result_json
from scheduler.io.result.workbook_writer import write_roster
from scheduler.model import RuleBook, Strength
from tests.unit.verifier.test_verify_headcounts import MONDAY, certificate, roster, ward

BOOK = RuleBook(rules=(ShiftRequirement(), ShiftWishes(), OneShiftADay()))
PLANNED = roster(Ann="EE", Bob="E.")
CURVE = Demand(skill="ward", required=((0,) * 6 + (1,) * 16 + (0,) * 2) * 2)


def small_ward(demand: tuple[Demand, ...] = ()) -> Problem:
    """Early: 1 and 2 wanted, 2 and 1 there. Late with theatre: nothing said, then 1 wanted, nobody there."""
    problem = ward(
        (
            Headcount(template="early", required=(1, 2)),
            Headcount(template="late", skill="theatre", required=(None, 1)),
        ),
        wishes=(
            (ShiftWish(day=MONDAY, template="early"), ShiftWish(day=MONDAY, template="late", wanted=False)),
            (ShiftWish(day=MONDAY, wanted=False, price=70),),
        ),
        pay=1000,
    )
    return problem.model_copy(update={"demand": demand})


def outcome_of(problem: Problem, rules: RuleBook = BOOK, planned: Roster = PLANNED) -> Outcome:
    prices = {"early": (6000, -60), "late, theatre": (0, 1)}
    priced = {wanted.row: prices.get(wanted.row, (0, 0)) for wanted in problem.headcounts}
    proof = certificate(problem, rules, headcount_prices=priced)
    report = verify(problem, rules, planned, certificate=proof)
    assert report.bound is not None
    proof = proof.model_copy(update={"bound": report.bound})
    return Outcome(
        status=Status.FEASIBLE, roster=planned, cost=report.cost, bound=report.bound, certificate=proof,
        report=verify(problem, rules, planned, certificate=proof), seed=1, workers=1, versions={},
        input_hash=input_hash(problem, rules), seconds_to_first_roster=0.1, seconds=1.0, stopped_by="time",
    )  # fmt: skip


def written(folder: Path, problem: Problem, rules: RuleBook = BOOK) -> Path:
    outcome = outcome_of(problem, rules)
    path = folder / "roster.xlsx"
    write_workbook(path, problem, rules, outcome)
    return path


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load_workbook(written(tmp_path_factory.mktemp("ward"), small_ward()))


def test_a_ward_has_shift_coverage_and_no_curve(book: Any) -> None:
    assert book.sheetnames[:8] == [
        "Summary", "Roster", "Duties", "Timeline", "Shift coverage", "Agent hours", "Rules kept", "Findings",
    ]  # fmt: skip
    assert "Coverage" not in book.sheetnames
    assert book["Summary"]._charts == []


def test_people_stand_by_shift_and_day(book: Any) -> None:
    rows = [list(row) for row in book["Shift coverage"].iter_rows(min_row=4, values_only=True)]
    assert [cell for cell in rows[0] if cell] == ["Day", "early", "late, theatre"]
    assert rows[1] == ["Date", "Weekday", *("Required", "Scheduled", "Over", "Under") * 2]
    assert [row[1:] for row in rows[2:4]] == [
        ["Monday", 1, 2, 1, 0, None, 0, 0, 0],
        ["Tuesday", 2, 1, 0, 1, 1, 0, 0, 1],
    ]
    assert rows[2][0].date() == MONDAY
    # of Monday's late shift nothing is said, so that nobody there counts
    assert rows[4] == ["All days", None, 3, 3, 1, 1, 1, 0, 0, 1]


def test_a_shift_with_a_maximum_shows_who_is_beyond_it(tmp_path: Path) -> None:
    problem = small_ward()
    early, late = problem.headcounts
    limited = problem.model_copy(
        update={"headcounts": (early.model_copy(update={"maximum": (1, None)}), late)}
    )
    rules = RuleBook(rules=(*BOOK.rules, ShiftMaximum(strength=Strength.PREFER, price=300)))
    rows = [
        *load_workbook(written(tmp_path, limited, rules))["Shift coverage"].iter_rows(
            min_row=4, values_only=True
        )
    ]
    assert [cell for cell in rows[0] if cell] == ["Day", "early", "late, theatre"]
    assert rows[1][2:8] == ("Required", "Scheduled", "Over", "Under", "At most", "Beyond")
    # Ann and Bob are early on Monday, where one may be
    assert [row[2:8] for row in rows[2:5]] == [
        (1, 2, 1, 0, 1, 1),
        (2, 1, 0, 1, None, 0),
        (3, 3, 1, 1, None, 1),
    ]
    assert rows[4][8:12] == (1, 0, 0, 1)
    (kept,) = (
        row
        for row in load_workbook(tmp_path / "roster.xlsx")["Rules kept"].iter_rows(
            min_row=5, values_only=True
        )
        if row[0] == "shift_maximum"
    )
    assert kept[9] == 3
    shown = outcome_of(limited, rules).report.headcounts
    assert (shown.maximum["early"], shown.beyond_maximum["early"]) == ((1, None), (1, 0))


def test_the_summary_speaks_of_people(book: Any) -> None:
    shown = texts(book["Summary"])
    assert "People in place" in shown
    assert "50.0 %" in shown  # 2 of 4 people are missing
    assert "2 people" in shown and "1 person" in shown
    assert "Of 4 people required on shifts 2 are missing; 1 is more than needed." in shown
    assert "early is short on Tue 6 Jan: 1 of 2 people missing." in shown
    assert not any("curve" in text.casefold() for text in shown)
    table = [
        [cell.value for cell in row if cell.value is not None]
        for row in book["Summary"].iter_rows(min_col=9, max_col=14)
    ]
    begin = table.index(["Staffing by shift, in people"])
    assert table[begin + 1 : begin + 5] == [
        ["Shift", "Required", "Scheduled", "Missing", "Superfl.", "In place"],
        ["early", 3, 3, 1, 1, 1 - 1 / 3],
        ["late, theatre", 1, 0, 1, 0, 0],
        ["All", 4, 3, 2, 1, 0.5],
    ]
    assert "Required" in shown and "Required h" not in shown


def test_rules_and_findings_say_what_it_costs(book: Any) -> None:
    rows = {row[0]: row for row in book["Rules kept"].iter_rows(min_row=5, values_only=True)}
    # two missing at 100.00, one too many at 10.00
    assert (rows["shift_requirement"][4], rows["shift_requirement"][9]) == ("yes, at its prices", 210)
    # Bob works on the day that he would rather have had free, at 0.70
    assert rows["shift_wishes"][4] == "yes, at 5.00 EUR per occurrence, or their own"
    assert rows["shift_wishes"][9] == 0.7
    assert (rows["shift_requirement"][8], rows["shift_wishes"][8]) == ("3 times", "1 time")
    found = texts(book["Findings"])
    assert "late, theatre is short on Tue 6 Jan: 1 of 1 person missing." in found
    hours = {row[0]: row for row in book["Agent hours"].iter_rows(min_row=5, values_only=True)}
    assert (hours["Ann"][21], hours["Bob"][21]) == ("2 of 2", "0 of 1")


def test_a_shortage_is_told_once_with_what_it_costs(tmp_path: Path) -> None:
    # Each was there twice, the second time as "Tue 6 Jan: "early" has 1 of 2 people on 2026-01-06".
    rules = RuleBook(rules=(Requirement(), ShiftRequirement(), ShiftWishes(), OneShiftADay()))
    path = written(tmp_path, small_ward((CURVE,)), rules)
    lines = list(load_workbook(path)["Findings"].iter_rows(min_row=5, values_only=True))
    short = {str(row[2]): row[3] for row in lines if row[0] == "short of staff"}
    assert short["early is short on Tue 6 Jan: 1 of 2 people missing."] == 100
    assert short["late, theatre is short on Tue 6 Jan: 1 of 1 person missing."] == 100
    said = [str(row[2]) for row in lines if row[0] == "requirement"]
    assert not any("lacks" in sentence or "1 of 2" in sentence for sentence in said)
    # too many are told by nobody else, and with their day once
    assert '"early" has 2 of 1 person on 2026-01-05' in said
    by_skill = [row for row in lines if row[1] == "ward" and row[0] == "short of staff"]
    assert by_skill and all(row[3] is not None for row in by_skill)
    assert {row[1] for row in lines if row[0] == "preference"} == {"Shift wishes (shift_wishes)"}


def test_one_of_a_thing_is_told_in_the_singular(tmp_path: Path) -> None:
    # nobody is wanted on Monday and one on Tuesday; Ann comes on Monday
    problem = ward((Headcount(template="early", required=(0, 1)),))
    rules = RuleBook(rules=(ShiftRequirement(), OneShiftADay()))
    outcome = outcome_of(problem, rules, roster(Ann="E."))
    path = tmp_path / "roster.xlsx"
    write_roster(path, problem, rules, outcome, outcome.report, CATALOGUE)
    book = load_workbook(path)
    shown = texts(book["Summary"])
    assert {"in 1 duty", "1 has no duty", "1 must-rule checked, 0 broken"} <= set(shown)
    assert "Of 1 person required on shifts 1 is missing; 1 is more than needed." in shown
    assert "early is short on Tue 6 Jan: 1 of 1 person missing." in shown
    assert "100.0 % of 1 person required on shifts" in shown
    assert any("2 agents  ·  2 skills" in text for text in shown)
    assert any(text.startswith("1 duty, 8.00 paid hours.") for text in texts(book["Duties"]))


@pytest.mark.parametrize("demand", [(), (CURVE,)])
def test_everything_comes_back_and_passes(tmp_path: Path, demand: tuple[Demand, ...]) -> None:
    problem = small_ward(demand)
    rules = RuleBook(rules=(*BOOK.rules, Requirement())) if demand else BOOK
    path = written(tmp_path, problem, rules)
    again = read_workbook(path, CATALOGUE)
    assert [finding for finding in again.findings if finding.is_error] == []
    assert (again.problem, again.rules) == (problem, rules)
    assert read_roster(path, problem) == PLANNED
    report = verify_file(problem, rules, path)
    assert list(report.faults()) == []
    assert report.bound == outcome_of(problem, rules).bound  # so the headcounts' prices came back


def test_both_worlds_are_shown_side_by_side(tmp_path: Path) -> None:
    rules = RuleBook(rules=(*BOOK.rules, Requirement()))
    book = load_workbook(written(tmp_path, small_ward((CURVE,)), rules))
    assert {"Coverage", "Shift coverage", "Headcounts", "Demand"} <= set(book.sheetnames)
    # the skill "theatre" has no curve
    assert [cell.value for cell in book["Coverage"][4] if cell.value][2:-2] == ["ward"]
    shown = texts(book["Summary"])
    # 32 agent-hours are required, 16 are there once and 8 twice
    assert "16.0 h, 2 people" in shown
    assert "8.0 h, 1 person" in shown
    assert "Staffing by skill, in agent-hours" in shown and "Staffing by shift, in people" in shown


def test_a_forged_figure_of_people_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, small_ward())
    book = load_workbook(path)
    cells = [cell for row in book["Summary"].iter_rows() for cell in row if cell.value == "Missing staff"]
    amount = book["Summary"].cell(cells[0].row, 5)
    assert amount.value == 200
    amount.value = 100
    book.save(path)
    assert verify_file(small_ward(), BOOK, path).mismatches == (
        f'Summary!{amount.coordinate} ("Missing staff"): 100 stands there, but a recount gives 200.',
    )


def test_the_json_has_every_day(tmp_path: Path) -> None:
    problem = small_ward()
    outcome = outcome_of(problem)
    document = result_document(problem, BOOK, outcome)
    assert document["headcounts"] == {
        "early": {
            "required": [1, 2],
            "scheduled": [2, 1],
            "missing": [0, 1],
            "superfluous": [1, 0],
            "maximum": [None, None],
            "beyond_maximum": [0, 0],
            "of_these": [False, False],
        },
        "late, theatre": {
            "required": [None, 1],
            "scheduled": [0, 0],
            "missing": [0, 1],
            "superfluous": [0, 0],
            "maximum": [None, None],
            "beyond_maximum": [0, 0],
            "of_these": [False, False],
        },
    }
    assert document["curve_fit"] is None
    assert document["cost"]["missing"] == 200
    assert verify_document(problem, outcome.report)["headcounts"] == document["headcounts"]
    path = tmp_path / "roster.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert read_result_json(path, problem).certificate == outcome.certificate
    del document["headcounts"], document["certificate"]["headcount_prices"]  # as older results are
    path.write_text(json.dumps(document), encoding="utf-8")
    assert read_result_json(path, problem).findings == ()


def test_the_terminal_and_the_outcome_speak_of_people() -> None:
    ward_alone, both = outcome_of(small_ward()), outcome_of(small_ward((CURVE,)))
    assert staffing_in_words(ward_alone) == "Staffing: 2 people missing on shifts, 1 superfluous."
    assert staffing_in_words(both) == (
        "Staffing: 16.0 agent-hours missing, 8.0 superfluous; curve fit 25.0%; 2 people missing on shifts, "
        "1 superfluous."
    )
    assert "2 people missing on shifts" in str(ward_alone)
    assert "curve fit" not in str(ward_alone)
    assert str(small_ward()).endswith("in intervals of 60 min, 4 people on shifts required")
    assert str(small_ward((CURVE,))).endswith("32 agent-hours and 4 people on shifts required")
