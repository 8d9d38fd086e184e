"""Hours and pay as HR adds them up: time off was in neither, and a payroll taken from there underpaid."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler import read_json, read_workbook, verify, write_workbook
from scheduler.app import planning
from scheduler.app.results import documents
from scheduler.app.results import read_back as results
from scheduler.domain import BadInput, Outcome, Problem, Roster, TimeOff
from scheduler.model import RuleBook
from scheduler.model.calendar.absences import absent_days, paid_time_off, pay_for_time_off
from tests.workbook.sample import small_problem, small_roster

MONDAY = datetime(2024, 3, 4)
DAY = timedelta(days=1)
RULES = RuleBook()


def with_time_off(problem: Problem, *absences: TimeOff) -> Problem:
    """The small problem with time off for its last agent, who has no duty then."""
    *others, last = problem.agents
    return problem.model_copy(
        update={
            "agents": (*others, last.model_copy(update={"time_off": absences, "personnel_number": "00417"}))
        }
    )


@pytest.fixture(scope="module")
def problem() -> Problem:
    # three dates of 8 h are split as 160 minutes each; the first, a Friday, lies before the horizon
    over = TimeOff(start=MONDAY - 3 * DAY, end=MONDAY + 2 * DAY, paid_minutes=481)
    part = TimeOff(
        start=MONDAY + timedelta(days=2, hours=9), end=MONDAY + timedelta(days=2, hours=12), paid_minutes=100
    )
    return with_time_off(small_problem(), over, part)


@pytest.fixture(scope="module")
def outcome(problem: Problem) -> Outcome:
    busy = problem.agents[-1].name
    roster = Roster(duties=tuple(duty for duty in small_roster(problem).duties if duty.agent != busy))
    report = verify(problem, RULES, roster)
    return results._counted(problem, RULES, roster, None, report)


@pytest.fixture(scope="module")
def path(problem: Problem, outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pay") / "roster.xlsx"
    write_workbook(path, problem, RULES, outcome)
    return path


def rows_of(sheet: Any, heading_row: int = 4) -> list[dict[str, Any]]:
    headings = [cell.value for cell in sheet[heading_row]]
    return [
        dict(zip(headings, row, strict=True))
        for row in sheet.iter_rows(min_row=heading_row + 1, values_only=True)
        if row[0] is not None
    ]


def beside(sheet: Any, label: str) -> Any:
    """The first number to the right of a label."""
    row = next(row for row in sheet.iter_rows(values_only=True) if label in row)
    return next(cell for cell in row[row.index(label) + 1 :] if isinstance(cell, int | float))


def cents(amount: float) -> int:
    return round(100 * amount)


def test_time_off_is_spread_over_its_dates_and_those_outside_do_not_count(problem: Problem) -> None:
    agent = problem.agents[-1]
    days = list(absent_days(problem, agent))
    # 481 minutes over Sunday, Monday and Tuesday are 160, 160 and 161
    assert [(one.day, one.paid_minutes) for one in days] == [(0, 160), (1, 161), (2, 100)]
    assert [one.is_whole_day for one in days] == [True, True, False]
    assert paid_time_off(problem, agent) == 421
    assert pay_for_time_off(problem, agent) == 421 * problem.pay_of(agent)


def test_two_absences_of_one_date_are_one_and_sick_where_one_of_them_is(problem: Problem) -> None:
    noon = MONDAY + timedelta(hours=12)
    leave = TimeOff(start=MONDAY + timedelta(hours=8), end=noon, paid_minutes=240)
    ill = with_time_off(problem, leave, TimeOff(start=noon, end=MONDAY + DAY, kind="sick", paid_minutes=180))
    (one,) = absent_days(ill, ill.agents[-1])
    assert (one.kind, one.start, one.end, one.paid_minutes) == ("sick", leave.start, MONDAY + DAY, 420)


def test_a_day_of_time_off_is_a_row_on_duties(problem: Problem, path: Path) -> None:
    agent = problem.agents[-1]
    absent = [row for row in rows_of(load_workbook(path)["Duties"]) if row["Kind"] == "time off"]
    absent = [row for row in absent if row["Agent"] == agent.name]
    assert [row["Date"] for row in absent] == [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY]
    assert {(row["Agent"], row["Personnel no."], row["Shift"]) for row in absent} == {
        (agent.name, "00417", None)
    }
    assert [(row["Start"], row["End"]) for row in absent] == [(None, None), (None, None), (time(9), time(12))]
    assert [round(60 * row["Paid h"]) for row in absent] == [160, 161, 100]
    assert [cents(row["Cost"]) for row in absent] == [
        round(minutes * 1850 / 60) for minutes in (160, 161, 100)
    ]


def test_every_sum_is_the_same_to_the_cent_and_the_minute(
    problem: Problem, outcome: Outcome, path: Path
) -> None:
    book = load_workbook(path)
    duties, (*people, everybody) = rows_of(book["Duties"]), rows_of(book["Agent hours"])
    off = sum(paid_time_off(problem, agent) for agent in problem.agents)
    minutes = sum(duty.paid_minutes for duty in outcome.roster.duties) + off
    pay = outcome.cost.wages + sum(pay_for_time_off(problem, agent) for agent in problem.agents)
    assert off == 421 + 240  # and four hours of somebody else's
    for rows in (duties, people, [everybody]):
        assert round(60 * sum(row["Paid h"] for row in rows)) == minutes
    assert cents(sum(row["Cost"] for row in duties)) == round(pay / 60)
    for rows in (people, [everybody]):
        assert cents(sum(row["Pay"] for row in rows)) == round(pay / 60)
        assert cents(sum(row["Wages"] for row in rows)) == round(outcome.cost.wages / 60)
        assert round(60 * sum(row["Paid time off h"] or 0 for row in rows)) == off
    summary = book["Summary"]
    assert cents(beside(summary, "Wages and pay for time off")) == round(pay / 60)
    assert cents(beside(summary, "Wages")) == round(outcome.cost.wages / 60)
    by_day = [row for row in summary.iter_rows(values_only=True) if " March 2024" in str(row[1]) and row[4]]
    assert round(60 * sum(row[6] for row in by_day)) == minutes
    assert round(60 * beside_last(book["Roster"], "Paid hours")) == minutes
    document = documents.as_document(problem, RULES, outcome)
    assert round(60 * (document["paid_hours"] + document["paid_time_off_hours"])) == minutes
    assert cents(document["cost"]["wages"] + document["pay_for_time_off"]) == round(pay / 60)


def beside_last(sheet: Any, label: str) -> float:
    """The last number of the last row with a label in its first cell."""
    *_, row = (row for row in sheet.iter_rows(values_only=True) if row[0] == label)
    return [cell for cell in row if isinstance(cell, int | float)][-1]


def test_neither_cost_nor_bound_holds_time_off(problem: Problem, outcome: Outcome) -> None:
    without = with_time_off(problem)
    assert verify(without, RULES, outcome.roster).cost == outcome.cost


def test_a_written_roster_with_time_off_is_read_back_and_verified(
    problem: Problem, outcome: Outcome, path: Path
) -> None:
    assert results.read_roster(path, problem) == outcome.roster
    only_told = [
        one for one in results.verify_file(problem, RULES, path).mismatches if "Certificate" not in one
    ]
    assert [one for one in only_told if one.startswith(("Duties", "Agent hours", "Roster"))] == []


def edited(path: Path, tmp_path: Path, change: Callable[[Any, int, dict[str, int]], None]) -> Path:
    """A copy in which the last row of time off was changed."""
    book = load_workbook(path)
    sheet = book["Duties"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    *_, row = (
        cell.row
        for cell in sheet.iter_rows(min_col=columns["Kind"], max_col=columns["Kind"])
        for cell in cell
        if cell.value == "time off"
    )
    change(sheet, row, columns)
    copy = tmp_path / "edited.xlsx"
    book.save(copy)
    return copy


def put(heading: str, value: Any) -> Callable[[Any, int, dict[str, int]], None]:
    def change(sheet: Any, row: int, columns: dict[str, int]) -> None:
        sheet.cell(row, columns[heading]).value = value

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("Paid h", 40), "40 stands there"),
        (put("Cost", 5000), "5000 stands there"),
        (put("Date", datetime(2024, 3, 5)), "2024-03-05"),
        (put("Personnel no.", 417), "417 stands there"),
        (lambda sheet, row, columns: sheet.delete_rows(row), "time off, is gone; "),
    ],
)
def test_a_forged_row_of_time_off_is_named_at_its_cell(
    problem: Problem, path: Path, tmp_path: Path, change: Any, says: str
) -> None:
    mismatches = results.verify_file(problem, RULES, edited(path, tmp_path, change)).mismatches
    assert any(one.startswith("Duties") and says in one for one in mismatches), mismatches


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("Kind", "away"), '"away" is no kind of row'),
        (put("Kind", "duty"), "shift is missing"),
        (put("Shift", "Short"), 'a row of the kind "time off" has no shift'),
        (put("Agent", "Ada Byron"), "in the input Ada Byron is not away on Wed 06 Mar 2024"),
    ],
)
def test_a_row_that_is_neither_duty_nor_absence_is_a_finding(
    problem: Problem, path: Path, tmp_path: Path, change: Any, says: str
) -> None:
    with pytest.raises(BadInput) as refused:
        results.read_roster(edited(path, tmp_path, change), problem)
    assert says in str(refused.value.findings[0])


@pytest.mark.parametrize("word", ["leave", "Holiday", "请假", " Time off "])
def test_time_off_may_be_called_as_on_availability(
    problem: Problem, outcome: Outcome, path: Path, tmp_path: Path, word: str
) -> None:
    assert results.read_roster(edited(path, tmp_path, put("Kind", word)), problem) == outcome.roster


class TestPersonnelNumbers:
    """Text, unique, and kept as it is written."""

    def test_a_number_keeps_its_zeros_in_workbook_and_json(self, problem: Problem, tmp_path: Path) -> None:
        for name in ("week.xlsx", "week.json"):
            write_workbook(tmp_path / name, problem, RULES)
            again, _ = (read_json if name.endswith("json") else read_workbook)(tmp_path / name)
            assert again.agents[-1].personnel_number == "00417"
            assert again == problem

    @pytest.mark.parametrize("typed", ["00417", 417, "A-17/x"])
    def test_what_is_typed_is_text(self, problem: Problem, tmp_path: Path, typed: Any) -> None:
        book = self._book(problem, tmp_path, {2: typed})
        assert planning.read(book).problem.agents[0].personnel_number == str(typed)

    def test_two_agents_of_one_number_are_named(self, problem: Problem, tmp_path: Path) -> None:
        findings = planning.check(self._book(problem, tmp_path, {2: "7", 4: "7"}))
        (one,) = (finding for finding in findings if "is given to" in finding.message)
        assert str(one.place) == "Agents!K4"
        assert one.message == (
            f'the personnel number "7" is given to {problem.agents[2].name} and to {problem.agents[0].name}.'
        )

    def test_zeros_that_a_spreadsheet_took_are_asked_about(self, problem: Problem, tmp_path: Path) -> None:
        # 100 among 00101 and 00103 was the number of nobody in payroll, and nothing was said
        findings = planning.check(self._book(problem, tmp_path, {2: 416}))
        (one,) = (finding for finding in findings if "zeros" in finding.message)
        assert str(one.place) == "Agents!K2" and "Write it as text, such as 00416" in one.hint

    def _book(self, problem: Problem, folder: Path, numbers: dict[int, Any]) -> Path:
        path = folder / "week.xlsx"
        write_workbook(path, problem, RULES)
        book = load_workbook(path)
        column = next(cell.column for cell in book["Agents"][1] if cell.value == "Personnel no.")
        for row, number in numbers.items():
            book["Agents"].cell(row, column).value = number
        book.save(path)
        return path


def test_a_sick_call_is_not_called_time_off_on_summary(tmp_path: Path) -> None:
    # The hours of a sick call stood on Summary as "8.0 h time off", and their pay as "pay for time off".
    off = TimeOff(start=MONDAY, end=MONDAY + DAY, paid_minutes=480)
    sick = TimeOff(start=MONDAY + DAY, end=MONDAY + 2 * DAY, paid_minutes=300, kind="sick")
    problem = with_time_off(small_problem(), off, sick)
    roster = Roster(duties=tuple(duty for duty in small_roster(problem).duties if duty.agent != "Ada Byron"))
    outcome = results._counted(problem, RULES, roster, None, verify(problem, RULES, roster))
    write_workbook(tmp_path / "roster.xlsx", problem, RULES, outcome)
    book = load_workbook(tmp_path / "roster.xlsx")
    notes = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value]
    assert any("h time off, 5.0 h sick" in note for note in notes)
    pay = problem.pay_of(problem.agents[-1])
    assert cents(beside(book["Summary"], "Beside it: pay for sick calls")) == round(300 * pay / 60)
    assert "Wages and pay for absence" in notes
    assert ", 5.00 h sick" in str(book["Duties"]["A2"].value)
