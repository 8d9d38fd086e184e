"""Frames and folders of CSV files hold what the workbook holds, and are read by the same reader."""

import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pandas import DataFrame
from typer.testing import CliRunner

from constraints import CATALOGUE
from scheduler import BadInput, check, frames, read_frames, read_workbook, write_folder, write_workbook
from scheduler.app.tables import DecimalSign
from scheduler.command_line.main import command_line
from scheduler.domain import Finding, Place, Problem
from scheduler.io.input.folder import read_folder
from scheduler.io.input.frames import input_frames
from scheduler.io.input.frames import read_frames as read_any_frames
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.templates.template import first_rules, worked_example
from scheduler.model import RuleBook
from scheduler.model.calendar.absences import paid_time_off, pay_for_time_off
from tests.property.problems import Case, small_cases
from tests.workbook.filled_in import MONDAY
from tests.workbook.input.test_input_round_trip import errors, every_rule, problems
from tests.workbook.result.test_output_wards import BOOK as WARD_RULES
from tests.workbook.result.test_output_wards import outcome_of as outcome_of_ward
from tests.workbook.result.test_output_wards import small_ward as ward
from tests.workbook.sample import small_outcome

EXAMPLE = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"
SIGNS = get_args(DecimalSign)


def through_a_folder(problem: Problem, rules: RuleBook, sign: DecimalSign = "point") -> Reading:
    with TemporaryDirectory() as folder:
        write_folder(Path(folder) / "week", problem, rules, decimal_sign=sign)
        return read_folder(Path(folder) / "week", CATALOGUE)


def through_frames(problem: Problem, rules: RuleBook) -> Reading:
    return read_any_frames(input_frames(problem, rules, CATALOGUE), CATALOGUE)


@given(problem=problems(), sign=st.sampled_from(SIGNS))
@settings(max_examples=15)
def test_any_problem_comes_back_from_a_folder(problem: Problem, sign: DecimalSign) -> None:
    reading = through_a_folder(problem, RuleBook(), sign)
    assert errors(reading) == [] and reading.problem is not None
    assert reading.problem.decimal_sign in (sign, None)
    assert reading.problem == problem.model_copy(update={"decimal_sign": reading.problem.decimal_sign})


@given(problem=problems())
@settings(max_examples=15)
def test_any_problem_comes_back_from_frames(problem: Problem) -> None:
    reading = through_frames(problem, RuleBook())
    assert errors(reading) == []
    assert reading.problem == problem


@given(case=small_cases())
@settings(max_examples=10)
def test_planned_problems_and_all_their_rules_come_back(case: Case) -> None:
    problem, rules = case
    for reading in (through_a_folder(problem, rules), through_frames(problem, rules)):
        assert errors(reading) == []
        assert (reading.problem, reading.rules) == (problem, rules)


def test_every_rule_comes_back() -> None:
    problem, book = worked_example(MONDAY), every_rule()
    for sign in SIGNS:
        assert through_a_folder(problem, book, sign).rules == book
    assert through_frames(problem, book).rules == book


@pytest.fixture(scope="module")
def example() -> tuple[Problem, RuleBook]:
    return read_workbook(EXAMPLE)


def test_the_example_comes_back_from_a_folder_and_from_frames(example: Any, tmp_path: Path) -> None:
    write_folder(tmp_path / "week", *example)
    assert read_workbook(tmp_path / "week") == example
    assert read_frames(frames(*example)) == example
    write_workbook(tmp_path / "again.xlsx", *read_workbook(tmp_path / "week"))
    assert read_workbook(tmp_path / "again.xlsx") == example


class TestFolders:
    """CSV files as people and their spreadsheets write them."""

    @pytest.fixture
    def week(self, tmp_path: Path) -> Path:
        write_folder(tmp_path / "week", worked_example(MONDAY), first_rules(CATALOGUE))
        return tmp_path / "week"

    @staticmethod
    def findings(week: Path) -> list[str]:
        return [str(finding) for finding in check(week)]

    @staticmethod
    def change(file: Path, old: str, new: str) -> None:
        written = file.read_text(encoding="utf-8-sig")
        assert old in written
        file.write_text(written.replace(old, new, 1), encoding="utf-8")

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("lines", ["\n", "\r\n"])
    def test_separators_marks_and_ends_of_lines(
        self, week: Path, separator: str, encoding: str, lines: str
    ) -> None:
        for file in week.glob("*.csv"):
            rows = list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
            with file.open("w", encoding=encoding, newline="") as stream:
                csv.writer(stream, delimiter=separator, lineterminator=lines).writerows(rows)
        assert read_workbook(week)[0] == worked_example(MONDAY)

    def test_a_line_may_say_the_separator(self, week: Path) -> None:
        self.change(week / "Skills.csv", "Skill,", "sep=,\r\nSkill,")
        assert read_workbook(week)[0] == worked_example(MONDAY)

    def test_people_with_skills_need_the_skills_where_people_are_asked_for_by_shift(self, week: Path) -> None:
        # Demand and skills of agents were dropped without a word where Headcounts had rows and Skills none.
        (week / "Skills.csv").unlink()
        assert [one for one in self.findings(week) if one.startswith("Skills.csv  this sheet is missing")]
        (week / "Demand.csv").unlink()
        assert [one for one in self.findings(week) if "there are no skills" in one]

    def test_a_mistake_is_named_with_its_file_row_and_column(self, week: Path) -> None:
        self.change(week / "Agents.csv", "English", "Engish")
        (finding,) = self.findings(week)
        assert finding.startswith('Agents.csv!C2  skill "Engish" is not on the Skills sheet. Did you mean')

    def test_every_command_names_a_place_alike(self, week: Path, tmp_path: Path) -> None:
        # "check" said Agents.csv!A2 and "solve" Agents!A2, of the same folder
        reading = read_folder(week, CATALOGUE)
        finding = Finding(
            place=Place(path=("agents", 0, "name")), message="m", beside=Place(path=("contracts", 0, "name"))
        )
        assert str(reading.located(finding)).startswith(
            "Agents.csv!A2  m See also cell A2 of the sheet Contracts.csv."
        )
        assert all(".csv" in str(one.place) for one in reading.told if one.place.sheet)
        example = worked_example(MONDAY)
        unpaid = tuple(one.model_copy(update={"pay_per_hour": 0}) for one in example.contracts)
        write_folder(
            week, example.model_copy(update={"contracts": unpaid}), first_rules(CATALOGUE), replace=True
        )
        said = []
        for command in (
            ("check", week),
            ("convert", week, tmp_path / "w.xlsx"),
            ("solve", week, "-o", tmp_path / "r.json", "--time-limit", "0.2", "--workers", "1"),
        ):
            done = CliRunner().invoke(command_line, [*map(str, command)], catch_exceptions=False)
            lines = f"{done.stdout}{done.stderr}".splitlines()
            said.append([line for line in lines if "!" in line.split(" ")[0] and "warning" in line])
        assert said[0] and said[0] == said[1] == said[2]

    def test_the_same_mistakes_are_found_as_in_the_workbook(self, week: Path, tmp_path: Path) -> None:
        write_workbook(tmp_path / "week.xlsx", worked_example(MONDAY), first_rules(CATALOGUE))
        book = load_workbook(tmp_path / "week.xlsx")
        spoilt = {("Agents", "B2"): "Ful time", ("Shifts", "C2"): "8", ("Availability", "B2"): "3/4/2026"}
        for (sheet, cell), value in spoilt.items():
            book[sheet][cell].value = value
            at = book[sheet][cell]
            file = week / f"{sheet}.csv"
            rows = list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
            rows[at.row - 1][at.column - 1] = value
            with file.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
        book.save(tmp_path / "week.xlsx")
        of_workbook = [str(one) for one in check(tmp_path / "week.xlsx")]
        assert len(of_workbook) >= 3
        assert [one.replace(".csv!", "!") for one in self.findings(week)] == of_workbook

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("Skill\nFrançais\n".encode("latin-1"), "line 2 is not UTF-8"),
            ("Skill\nEnglish\n".encode("utf-16"), "the file is UTF-16, not UTF-8"),
            ("Skill\nEnglish\n".encode("utf-16-le"), "the file is UTF-16, not UTF-8"),
            (b"PK\x03\x04 and so on", "this is a workbook, not a CSV file"),
            (b'Skill\n"English\n', "the file is no table that can be read"),
            (b"Skill\n" + 40_000 * b"x" + b"\n", "row 2 has a cell of more than 32,767 signs"),
            (b"x," * 20_000, "there are more than 16,384 columns"),
            (b"", "Skills.csv  this sheet is empty"),
        ],
    )
    def test_what_is_no_such_table_is_said(self, week: Path, content: bytes, says: str) -> None:
        (week / "Skills.csv").write_bytes(content)
        assert any(says in one and "Skills.csv" in one for one in self.findings(week)), self.findings(week)

    def test_every_file_that_cannot_be_read_is_named_at_once(self, week: Path) -> None:
        for name in ("Skills", "Agents"):
            (week / f"{name}.csv").write_bytes(b"\xff\xff\xff")
        assert len(self.findings(week)) == 2

    def test_a_decimal_comma_beside_a_comma_is_a_row_that_is_too_long(self, week: Path) -> None:
        # the cells behind it were read one column to the right
        file = week / "Contracts.csv"
        headings, first, *rest = file.read_text(encoding="utf-8-sig").splitlines()
        name, _, others = first.split(",", 2)
        file.write_text("\n".join([headings, f"{name},18,50,{others}", *rest]), encoding="utf-8")
        assert any("Contracts.csv!A2" in one and "stands in quotes" in one for one in self.findings(week))

    def test_a_file_that_nobody_knows_is_told_and_files_of_a_result_are_not(self, week: Path) -> None:
        for name in ("Absences.csv", "Duties.csv", "Agents.txt"):
            (week / name).write_text("Agent\nAda\n", encoding="utf-8")
        found = self.findings(week)
        assert any(one.startswith("Absences.csv  nobody knows this sheet") for one in found)
        assert any("Agents.txt" in one and "only CSV files are" in one for one in found)
        assert not any("Duties" in one for one in found)

    def test_an_empty_folder_says_what_belongs_there(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"no CSV file of an input.*Settings\.csv, Skills\.csv"):
            read_workbook(tmp_path)

    @pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@home", "'=x", "''-y", "'s-Hertogenbosch", "＝2"])
    def test_a_text_like_a_formula_is_written_as_text_and_comes_back(self, week: Path, name: str) -> None:
        problem = worked_example(MONDAY)
        agents = (problem.agents[0].model_copy(update={"team": name}), *problem.agents[1:])
        write_folder(week, problem.model_copy(update={"agents": agents}), RuleBook(), replace=True)
        with (week / "Agents.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = {cell for row in csv.reader(file) for cell in row}
        assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)
        assert read_workbook(week)[0].agents[0].team == name

    def test_files_are_replaced_only_if_that_is_said_and_all_or_none(
        self, week: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = {file.name: file.read_bytes() for file in week.iterdir()}
        other = worked_example(MONDAY).model_copy(update={"name": "Other"})
        with pytest.raises(BadInput, match="lie in this folder already"):
            write_folder(week, other, RuleBook())
        replaced, failed = Path.replace, list[Path]()

        def full(self: Path, target: Path) -> Path:
            if target.name == "Rules.csv" and not failed:
                failed.append(self)
                raise OSError(28, "No space left on device")
            return replaced(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            with pytest.raises(BadInput, match="No space left"):
                write_folder(week, other, RuleBook(), replace=True)
        assert {file.name: file.read_bytes() for file in week.iterdir()} == before
        write_folder(week, other, RuleBook(), replace=True)
        assert read_workbook(week)[0].name == "Other"
        assert {file.name for file in week.iterdir()} == set(before)

    def test_a_folder_that_cannot_be_made_is_said_and_none_is_left(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="does not exist"):
            write_folder(tmp_path / "not" / "there", worked_example(MONDAY), RuleBook())
        assert list(tmp_path.iterdir()) == []


class TestFrames:
    """Frames as engineers make them."""

    @pytest.fixture
    def week(self) -> dict[str, Any]:
        return dict(frames(worked_example(MONDAY), first_rules(CATALOGUE)))

    def test_columns_have_types(self, week: dict[str, Any]) -> None:
        types = {str(heading): str(type_) for heading, type_ in week["contracts"].dtypes.items()}
        assert types["Pay per hour"] == "float64"
        assert types["Min hours a week"].startswith("timedelta64")
        assert str(week["demand"].dtypes["Date"]) == "object"  # dates, and weekdays beside them
        assert "Int64" in set(map(str, week["demand"].dtypes))

    def test_lists_titles_mappings_and_named_indexes_are_understood(self, week: dict[str, Any]) -> None:
        first = week["agents"]["Agent"].iloc[0]
        week["agents"]["Skills"] = [one.split(", ") for one in week["agents"]["Skills"]]
        given = {
            "settings": dict(week["settings"].itertuples(index=False, name=None)),
            "Agents": week.pop("agents").set_index("Agent"),
            **{key: frame for key, frame in week.items() if key != "settings"},
        }
        problem, _ = read_frames(given)
        assert problem == worked_example(MONDAY)
        assert problem.agents[0].name == first

    def test_a_mistake_is_named_with_its_frame_row_and_column(self, week: dict[str, Any]) -> None:
        week["agents"].loc[0, "Skills"] = "Engish"
        with pytest.raises(BadInput) as refused:
            read_frames(week)
        (finding,) = refused.value.findings
        assert finding.place.path == ("agents", 0, "Skills")
        assert 'skill "Engish"' in finding.message

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ([], "where frames by their sheets belong"),
            ({"agents": 3}, "agents  this is a int, where a frame belongs."),
            ({"agnets": DataFrame({"Agent": ["Ada"]})}, "agnets"),
            ({}, "this sheet is missing"),
        ],
    )
    def test_what_is_no_week_is_said(self, given: Any, says: str) -> None:
        with pytest.raises(BadInput) as refused:
            read_frames(given)
        assert says in str(refused.value)


class TestResults:
    """What a result holds, as frames and as files."""

    def test_sums_in_frames_and_files_are_those_of_the_summary(self, tmp_path: Path) -> None:
        problem, rules, outcome = small_outcome()
        tables = frames(problem, rules, outcome)
        off = sum(paid_time_off(problem, agent) for agent in problem.agents)
        paid = sum(duty.paid_minutes for duty in outcome.roster.duties) + off
        pay = outcome.cost.wages + sum(pay_for_time_off(problem, agent) for agent in problem.agents)
        assert off > 0
        assert tables["duties"]["Paid min"].sum() == tables["agent_hours"]["Paid min"].sum() == paid
        assert round(100 * tables["duties"]["Cost"].sum()) == round(pay / 60)
        assert round(100 * tables["agent_hours"]["Pay"].sum()) == round(pay / 60)
        costs = tables["costs"]
        assert round(100 * costs[costs["Is in the cost"]]["Cost"].sum()) == round(outcome.cost.total / 60)
        write_folder(tmp_path / "out", problem, rules, outcome)
        for name, minutes, money in (("Duties", "Paid min", "Cost"), ("Agent hours", "Paid min", "Pay")):
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))  # the headings are the first row, and no title above them
            assert sum(int(row[minutes] or 0) for row in rows) == paid
            assert round(100 * sum(float(row[money]) for row in rows)) == round(pay / 60)

    def test_frames_have_every_duty_break_and_interval(self) -> None:
        problem, rules, outcome = small_outcome()
        tables = frames(problem, rules, outcome)
        duties = tables["duties"]
        night = duties[(duties["Agent"] == "Chen Wei") & (duties["Kind"] == "duty")].iloc[0]
        # 22:00 in Shanghai is 14:00 in UTC
        assert str(night["Start"]) == "2024-03-04 22:00:00"
        assert str(night["Start UTC"]) == "2024-03-04 14:00:00+00:00"
        assert (duties["Kind"] == "duty").sum() == len(outcome.roster.duties)
        assert len(tables["duty_breaks"]) == sum(len(duty.breaks) for duty in outcome.roster.duties)
        assert len(tables["coverage"]) == problem.grid.intervals * len(outcome.coverage.required)
        assert len(tables["violations"]) == len(outcome.report.violations)

    def test_tables_of_a_ward(self) -> None:
        problem = ward()
        outcome = outcome_of_ward(problem)
        table = frames(problem, WARD_RULES, outcome)["shift_coverage"]
        assert table["Missing"].sum() == 2
        assert table["Superfluous"].sum() == 1
        assert table["Required"].isna().sum() == 1


def test_no_pandas_is_imported_where_no_frame_is_made() -> None:
    # it took a good part of a second of every command
    code = "import sys; from scheduler import check; check(sys.argv[1]); print('pandas' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code, EXAMPLE], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
