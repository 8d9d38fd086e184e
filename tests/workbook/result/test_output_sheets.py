"""What the result sheets show: figures that can be worked out by hand from the small sample."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler.domain import Demand, Finding, Place, Severity, Skill
from scheduler.io.files.styles import template_fills
from scheduler.io.result.sheets.roster.duties import HEADING_ROW
from scheduler.io.result.sheets.words import plain_words, shortages
from scheduler.io.result.workbook_writer import result_sheets
from tests.workbook.sample import outcome_of, small_outcome, small_problem, small_roster, small_rules


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    problem, rules, outcome = small_outcome()
    path = tmp_path_factory.mktemp("sheets") / "roster.xlsx"
    warning = Finding(
        place=Place(sheet="Agents", cell="C4"), message="no history.", severity=Severity.WARNING
    )
    result_sheets(problem, rules, outcome, outcome.report, findings=(warning,)).book.save(path)
    return load_workbook(path)


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table(sheet: Any, heading_row: int) -> list[dict[str, Any]]:
    headings = [cell.value for cell in sheet[heading_row]]
    return [
        dict(zip(headings, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=heading_row + 1)
    ]


def test_the_sheets_and_their_order(book: Any) -> None:
    assert book.sheetnames == [
        "Summary",
        "Roster",
        "Duties",
        "Timeline",
        "Coverage",
        "Agent hours",
        "Rules kept",
        "Findings",
        "Certificate",
        "As written",
    ]
    for sheet in book.worksheets[:-2]:
        assert sheet.print_area, sheet.title
        assert sheet.page_setup.fitToWidth or sheet.page_setup.scale, sheet.title


def test_a_duty_is_real_dates_and_times_on_the_agents_clock(book: Any) -> None:
    rows = table(book["Duties"], HEADING_ROW)
    night = next(row for row in rows if row["Agent"] == "Chen Wei")
    # 22:00 to 06:00 in Shanghai, whatever the clock in Berlin says
    assert night["Date"] == datetime(2024, 3, 4)
    assert night["Start"] in (time(22), timedelta(hours=22))
    assert night["End date"] == datetime(2024, 3, 5)
    assert night["End"] == time(6)
    # 8 h elapsed less half an hour of unpaid lunch, at 20.00 an hour
    assert (night["Elapsed h"], night["Paid h"], night["Unpaid h"], night["Cost"]) == (8, 7.5, 0.5, 150)
    assert (night["Break 2"], night["Break 2 start"], night["Break 2 paid"]) == ("Lunch", time(1), "unpaid")


def test_a_start_after_midnight_is_shown_past_24_hours(book: Any) -> None:
    late = [row for row in table(book["Duties"], HEADING_ROW) if row["Agent"] == "1004"][1]
    assert late["Date"] == datetime(2024, 3, 5)
    assert late["Start"] == timedelta(hours=25)
    assert late["End date"] == datetime(2024, 3, 6)
    assert late["End"] == time(9)


def test_the_roster_grid_shows_times_time_off_and_pins(book: Any) -> None:
    sheet = book["Roster"]
    heading = next(cell.row for cell in sheet["A"] if cell.value == "Agent")
    rows = {row["Agent"]: row for row in table(sheet, heading)}
    assert rows["Ada Byron"]["Mon 4 Mar"] == "E 07:00–15:30"
    assert rows["Chen Wei"]["Mon 4 Mar"] == "N 22:00–06:00 +1"
    assert rows["1004"]["Tue 5 Mar"] == "N +1 01:00–09:00"
    assert rows["Blaise Pascal"]["Mon 4 Mar"] == "● L 12:30–21:00"
    assert rows["Fatima Zahra"]["Wed 6 Mar"] == "● off"
    assert rows["Élodie O'Brien-Ng"]["Mon 4 Mar"] == "time off"
    # The absence ends at midnight, so Tuesday is worked: 09:00 for four hours.
    assert rows["Élodie O'Brien-Ng"]["Tue 5 Mar"] == "S 09:00–13:00"
    # three early shifts of 8.5 h with half an hour unpaid
    assert (rows["Ada Byron"]["Paid hours"], rows["Ada Byron"]["Days"]) == (24, 3)


def test_the_cell_has_its_templates_colour(book: Any) -> None:
    sheet = book["Roster"]
    fills = template_fills(small_problem())
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "E 07:00–15:30")
    assert cell.fill.fgColor.rgb.endswith(fills["Early"])
    assert len(set(fills.values())) == len(fills)


def test_the_timeline_shows_work_and_breaks(book: Any) -> None:
    sheet = book["Timeline"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Ada Byron")
    # A column is a quarter of an hour from column B on; 07:00 is column 2 + 28.
    letters = {cell.column: cell.value for cell in sheet[row][1:97] if cell.value}
    # the shift's letter, pauses at 08:00 and 13:00, lunch from 10:00 to 10:30
    assert letters == {2 + 28: "E", 2 + 32: "B", 2 + 40: "M", 2 + 41: "M", 2 + 52: "B"}
    assert sheet.cell(row, 2 + 27).fill.fill_type is None
    assert sheet.cell(row, 2 + 28).fill.fill_type == "solid"
    assert sheet.cell(row, 2 + 61).fill.fill_type == "solid"
    assert sheet.cell(row, 2 + 62).fill.fill_type is None


def test_coverage_keeps_over_and_under_apart_and_has_charts(book: Any) -> None:
    sheet = book["Coverage"]
    first = next(cell.column for cell in sheet[5] if cell.value == "Day")
    headings = [cell.value for cell in sheet[5][first - 1 :]]
    figures = ["Required", "Scheduled", "Over", "Under"] * 3
    assert headings == ["Day", "From", "Start", *figures, "hours", "days"]
    # Monday 08:00, the 17th half-hour: English 2 required; Ada works until her pause at 08:00 to 08:15,
    # so one agent half of the time: 0.5 scheduled, 1.5 under. French 2 required, nobody there.
    row = [cell.value for cell in sheet[6 + 16][first - 1 :]]
    assert row[:3] == ["Mon 4 Mar", "08:00", datetime(2024, 3, 4, 8)]
    english, french = row[7:11], row[11:15]
    assert english == [2, 0.5, 0, 1.5]
    assert french == [2, 0, 0, 2]
    assert row[3:7] == [4, 0.5, 0, 3.5]
    # all skills, two skills, and one for each of three days
    assert len(sheet._charts) == 6
    # a day was named as often as its name fitted
    days = [cell.value for cell in sheet[sheet.cell(5, first + len(headings) - 1).column_letter][5:]]
    assert days[:48] == ["Mon 4 Mar"] * 16 + [None] * 32


def test_charts_say_what_they_count(book: Any) -> None:
    # an axis of 0 to 40 said nowhere of what; a title of its own would be lost where openpyxl saves a chart
    assert book["Coverage"]["A4"].value == "Agents required (line) and scheduled (area)"
    titles = ["".join(run.t for run in one.title.tx.rich.p[0].r) for one in book["Summary"]._charts]
    assert "Agents required (line) and scheduled (area), all skills" in titles


def test_agents_have_their_hours_nights_and_wishes(book: Any) -> None:
    rows = {row["Agent"]: row for row in table(book["Agent hours"], 4)}
    ada, night_owl = rows["Ada Byron"], rows["1004"]
    assert (ada["Duties"], ada["Paid h"], ada["Nights"], ada["Wages"]) == (3, 24, 0, 480)
    # She wished Tuesday off and works it; she likes to start from 07:00 to 08:00 and does so three times.
    assert (ada["Days off as wished"], ada["Starts as wished"]) == ("0 of 1", "3 of 3")
    # 22:00–06:00 and 01:00–09:00 have seven and five hours between 23:00 and 06:00.
    assert night_owl["Nights"] == 2
    assert rows["Élodie O'Brien-Ng"]["Paid time off h"] == 4
    assert rows["All"]["Duties"] == 13


def test_rules_say_whether_they_were_enforced_checked_and_kept(book: Any) -> None:
    rows = {row["Rule"]: row for row in table(book["Rules kept"], 4)}
    kept, wish, off = rows["few_days"], rows["two days are enough"], rows["nobody at all"]
    assert (kept["Enforced"], kept["Checked"], kept["Result"]) == ("yes, never broken", "6 cases", "kept")
    assert kept["In words"] == "Nobody works more than 3 days in the horizon."
    # Ada works three days, one more than two, at 15.00.
    assert (wish["Result"], wish["Broken"], wish["Cost (EUR)"]) == ("partly kept", 1, 15)
    assert wish["Where"] == "Ada Byron works 3 days"
    assert (off["Enforced"], off["Checked"], off["Result"]) == ("no, it is off", "no", "not looked at")


def test_a_rule_that_nobody_checked_is_shouted_about() -> None:
    problem, rules, outcome = small_outcome()
    report = outcome.report.model_copy(update={"rules": ()})
    sheet: Any = result_sheets(problem, rules, outcome, report).book["Rules kept"]
    assert "NOT CHECKED" in texts(sheet)


def test_findings_list_input_warnings_shortages_and_wishes(book: Any) -> None:
    kinds = [row["Kind"] for row in table(book["Findings"], 4)]
    assert set(kinds) == {"input", "short of staff", "preference"}
    assert "Agents!C4" in texts(book["Findings"])


def test_an_illegal_roster_says_so_everywhere() -> None:
    problem, rules = small_problem(), small_rules()
    outcome = outcome_of(problem, rules, small_roster(problem), legal=False)
    sheets: Any = result_sheets(problem, rules, outcome, outcome.report).book
    assert "Not legal" in texts(sheets["Summary"])
    assert any("NOT legal" in text for text in texts(sheets["Summary"]))
    assert "a break lies outside the shift" in " ".join(texts(sheets["Findings"]))


def test_the_summary_speaks_plainly() -> None:
    problem, _, outcome = small_outcome()
    words = " ".join(plain_words(problem, outcome, outcome.report))
    # 48,982,500 sixtieths of a cent are 8,163.75; the bound is 98.5 % of it, 8,041.29, and 122.46 below.
    assert "It costs 8,164 EUR" in words
    assert "costs less than 8,041 EUR" in words
    assert "could save 122 EUR more (1.50 %) at the very most" in words


def test_a_proven_optimum_is_called_one() -> None:
    problem, _, outcome = small_outcome()
    best = outcome.model_copy(update={"bound": outcome.cost.total})
    assert "it is proven that no legal roster can cost less" in " ".join(
        plain_words(problem, best, best.report)
    )


def test_shortages_are_stretches_with_the_largest_first() -> None:
    problem, _, outcome = small_outcome()
    found = shortages(problem, outcome.report)
    missing = outcome.report.coverage.missing
    assert sum(one.missing_minutes for one in found) == sum(map(sum, missing.values()))
    amounts = [one.missing_minutes for one in found]
    assert amounts == sorted(amounts, reverse=True)


def test_a_problem_of_one_skill_has_no_chart_of_all() -> None:
    problem = small_problem()
    agents = tuple(agent.model_copy(update={"skills": ("English",)}) for agent in problem.agents)
    problem = problem.model_copy(
        update={
            "skills": (Skill(name="English"),),
            "demand": (Demand(skill="English", required=problem.demand[0].required),),
            "agents": agents,
        }
    )
    rules = small_rules()
    outcome = outcome_of(problem, rules, small_roster(problem))
    sheet: Any = result_sheets(problem, rules, outcome, outcome.report).book["Coverage"]
    assert "All skills" not in texts(sheet)
    assert len(sheet._charts) == 4


def test_a_team_too_large_for_the_timeline_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.io.result.sheets.coverage.timeline.MOST_AGENTS", 5)
    problem, rules, outcome = small_outcome()
    assert "Timeline" not in result_sheets(problem, rules, outcome, outcome.report).book.sheetnames


def test_the_file_is_small_enough_to_mail(tmp_path: Path) -> None:
    problem, rules, outcome = small_outcome()
    path = tmp_path / "roster.xlsx"
    result_sheets(problem, rules, outcome, outcome.report).book.save(path)
    assert path.stat().st_size < 100_000
