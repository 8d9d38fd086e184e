"""Rosters that were edited by hand: read from both sheets, judged apart from their figures, written anew."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler import BadInput, read_workbook, refresh, verify_file
from scheduler.app import overwriting, planning
from scheduler.app.results import read_back as results
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.io.result.reading.typed_shifts import typed_shifts
from tests.attacks.edits_meant import roster_cell, span, with_any_breaks
from tests.attacks.forgeries import Case, cases
from tests.attacks.hand_edits import EDITS, forged_weeks, trials

EXAMPLES = Path(__file__).parents[3] / "examples"
Edit = Callable[[Any], None]
START = "H5"
"""The start of the first duty on Duties."""


@pytest.fixture(scope="module")
def centre() -> Case:
    return cases()[0]


@pytest.fixture(scope="module")
def content(centre: Case) -> bytes:
    return centre.written(".xlsx")


def edited(content: bytes, folder: Path, edit: Edit) -> Path:
    book, path = load_workbook(BytesIO(content)), folder / "roster.xlsx"
    edit(book)
    book.save(path)
    return path


def run(*words: object) -> Any:
    return CliRunner().invoke(command_line, [*map(str, words)], catch_exceptions=False)


def put(cell: str, value: Any) -> Edit:
    sheet, _, place = cell.partition("!")

    def edit(book: Any) -> None:
        book[sheet][place].value = value

    return edit


def seven_minutes_late(book: Any) -> None:
    """Begin the first duty when no shift does."""
    book["Duties"][START].value += timedelta(minutes=7)


def a_moved_duty(centre: Case, content: bytes) -> tuple[str, str]:
    """The cell of a duty on Roster, and other times of its shift that are legal there."""
    book = load_workbook(BytesIO(content))
    problem, rules = centre.problem, centre.rules
    for duty in centre.outcome.roster.duties:
        template = problem.template_named[duty.template]
        others = [one for one in centre.outcome.roster.duties if one != duty]
        for shift in (-60, 60):
            new = duty.model_copy(update={"start": duty.start + shift, "end": duty.end + shift})
            if new.elapsed_minutes not in template.lengths:
                continue
            for placed in with_any_breaks(centre, new):
                roster = centre.outcome.roster.model_copy(update={"duties": (*others, placed)})
                if planning.verify(problem, rules, roster).is_legal:
                    return roster_cell(centre, book, duty), span(centre, new)
    raise AssertionError("no duty of the centre can be moved")


def test_a_legal_edit_on_roster_is_read_and_exits_with_6(
    centre: Case, content: bytes, tmp_path: Path
) -> None:
    # It was ignored: "Verified", and the edit was lost.
    cell, times = a_moved_duty(centre, content)
    path = edited(content, tmp_path, put(cell, times))
    planning.write_workbook(tmp_path / "week.xlsx", centre.problem, centre.rules)
    done = run("verify", tmp_path / "week.xlsx", path)
    assert done.exit_code == Exit.FIGURES_ARE_OLD, done.stdout
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Legal: yes. ")
    assert lines[1] == "Edited since it was written: 1 duty."
    assert lines[2].startswith(f"  - {cell}: ") and "with breaks placed, Break " in lines[2]
    assert lines[3].startswith("Figures: changed by ")
    assert "still stand there, on Summary, Roster, Duties, " in lines[4]


@pytest.mark.parametrize(("heading", "minutes"), [("Break 1 start", -15), ("End", 60), ("Start", 60)])
def test_an_edit_on_duties_is_told_at_the_very_cell(
    centre: Case, content: bytes, tmp_path: Path, heading: str, minutes: int
) -> None:
    # A break whose start alone was moved was told at the start of its shift.
    book = load_workbook(BytesIO(content))
    headings = next(row for row in book["Duties"].iter_rows(max_row=9) if row[0].value == "Agent")
    cell = book["Duties"].cell(5, [one.value for one in headings].index(heading) + 1).coordinate

    def later(book: Any) -> None:
        was = book["Duties"][cell].value
        at = was if isinstance(was, timedelta) else timedelta(hours=was.hour, minutes=was.minute)
        book["Duties"][cell].value = at + timedelta(minutes=minutes)

    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, later))
    assert [one.cell for one in report.edits] == [f"Duties!{cell}"]


def test_both_sheets_edited_and_in_disagreement_is_a_question(content: bytes, tmp_path: Path) -> None:
    def both(book: Any) -> None:
        duties = book["Duties"]
        duties[START].value += timedelta(minutes=60)
        name, day = duties["A5"].value, (duties["F5"].value.date() - cases()[0].problem.grid.first_day).days
        heading = next(row for row in range(1, 40) if book["Roster"].cell(row, 1).value == "Agent")
        row = next(row for row in range(heading, 40) if book["Roster"].cell(row, 1).value == name)
        book["Roster"].cell(row, 4 + day).value = "off"

    with pytest.raises(BadInput, match=r"Roster!\w+  \"off\" stands here, and .* in Duties!H5"):
        verify_file(cases()[0].problem, cases()[0].rules, edited(content, tmp_path, both))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("7:00-15:30", 420, 930),
        ("07:00–15:30", 420, 930),
        ("22 - 6", 1320, 1800),
        ("22:00–06:00 +1", 1320, 1800),
        ("+1 01:00–09:00", 1500, 1980),
        ("Night 22:00", 1320, None),
        ("07:00-15:30 Day", 420, 930),
        ("● 07:00–15:30", 420, 930),
        ("7:00 to 15:30", 420, 930),
    ],
)
def test_times_are_read_as_people_write_them(words: str, start: int, end: int | None) -> None:
    (shift,) = typed_shifts(words, cases()[0].problem)
    assert (shift.start, shift.end) == (start, end)


@pytest.mark.parametrize("words", ["off", "–", "-", "", None, "Time off", " "])
def test_a_day_off_is_read_as_people_write_it(words: str | None) -> None:
    assert typed_shifts(words, cases()[0].problem) == ()


@pytest.mark.parametrize(
    ("words", "hint"),
    [("Nigth", 'Did you mean "Night"?'), ("7", "07:00"), ("7:00-", "with times or without"), ("?", "or off")],
)
def test_what_is_no_shift_is_named_with_what_to_write(
    words: str, hint: str, content: bytes, tmp_path: Path
) -> None:
    cell = roster_cell(cases()[0], load_workbook(BytesIO(content)), cases()[0].outcome.roster.duties[0])
    with pytest.raises(BadInput) as refused:
        verify_file(cases()[0].problem, cases()[0].rules, edited(content, tmp_path, put(cell, words)))
    (finding,) = refused.value.findings
    assert str(finding.place) == cell and hint in finding.hint


def test_a_time_typed_as_text_is_that_time(centre: Case, content: bytes, tmp_path: Path) -> None:
    # "8:30" was read, and then told as a fault: "a recount gives 8:30:00".
    def as_text(book: Any) -> None:
        for cell in ("H5", "J5", "P5"):
            value = book["Duties"][cell].value
            seconds = (
                value.total_seconds()
                if isinstance(value, timedelta)
                else value.hour * 3600 + value.minute * 60
            )
            book["Duties"][cell].value = f"{int(seconds // 3600)}:{int(seconds // 60 % 60):02d}"

    assert verify_file(centre.problem, centre.rules, edited(content, tmp_path, as_text)).passed


def test_a_forged_figure_beside_an_edit_is_still_told(centre: Case, content: bytes, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Duties"][START].value += timedelta(minutes=60)
        (at,) = (cell for row in book["Summary"].iter_rows() for cell in row if cell.value == "Total cost")
        book["Summary"].cell(at.row, at.column + 3).value = 1

    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, edit))
    assert ["1 stands there" in fault for fault in report.mismatches] == [True]
    assert len(report.outdated) == 1 and len(report.edits) == 1


def test_a_row_removed_on_duties_and_a_shift_written_on_roster_forge_nothing(
    centre: Case, content: bytes, tmp_path: Path
) -> None:
    # Each alone was an edit; together the last row of Duties was called forged, as nothing stood there.
    duty, other = centre.outcome.roster.duties[0], centre.outcome.roster.duties[-1]
    free = next(
        day
        for day in range(centre.problem.grid.days)
        if all(one.day != day for one in centre.outcome.roster.of(other.agent))
    )

    def edit(book: Any) -> None:
        cell = roster_cell(centre, book, duty)
        names = {row[0].value: row[0].row for row in book["Duties"].iter_rows(min_row=5)}
        book["Duties"].delete_rows(names[duty.agent])
        column = {one.day: roster_cell(centre, book, one) for one in centre.outcome.roster.duties}
        written = roster_cell(centre, book, other).partition("!")[2]
        of_day = column.get(free, cell).partition("!")[2].rstrip("0123456789")
        book["Roster"][of_day + written.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")].value = span(centre, other)

    report = verify_file(centre.problem, centre.rules, edited(content, tmp_path, edit))
    assert len(report.edits) == 2, report.edits
    assert report.mismatches == () and len(report.outdated) == 1


def test_refresh_writes_every_sheet_anew_and_keeps_what_is_not_the_rosters(
    centre: Case, content: bytes, tmp_path: Path
) -> None:
    cell, times = a_moved_duty(centre, content)

    def edit(book: Any) -> None:
        put(cell, times)(book)
        book["Duties"]["Z4"].value, book["Duties"]["Z7"].value = "Remark", "swapped with Bruno"
        notes = book.create_sheet("My notes")
        notes["A1"], notes["A2"] = 20, "=A1*2"

    path = edited(content, tmp_path, edit)
    anew = refresh(path, tmp_path / "new.xlsx")
    assert [edit.cell for edit in anew.edits] == [cell]
    assert any("My notes" in note for note in anew.notes) and any("Duties" in note for note in anew.notes)
    book = load_workbook(tmp_path / "new.xlsx")
    assert book["My notes"]["A2"].value == "=A1*2"
    assert book["Duties"]["Z4"].value == "Remark"
    old, keys = load_workbook(path)["Duties"], ("A", "F")
    (row,) = [row for row in range(5, 60) if book["Duties"][f"Z{row}"].value]
    assert [book["Duties"][f"{key}{row}"].value for key in keys] == [old[f"{key}7"].value for key in keys]
    del book["My notes"]
    book["Duties"]["Z4"].value = book["Duties"][f"Z{row}"].value = None
    book.save(tmp_path / "plain.xlsx")
    report = verify_file(centre.problem, centre.rules, tmp_path / "plain.xlsx")
    assert report.passed and not report.edits, list(report.faults())
    assert report.bound == centre.outcome.bound


def test_an_illegal_roster_is_refreshed_too_with_exit_5(content: bytes, tmp_path: Path) -> None:
    path = edited(content, tmp_path, seven_minutes_late)
    done = run("refresh", path)
    assert done.exit_code == Exit.VERIFY_FOUND_SOMETHING
    assert done.stdout.startswith("Legal: no, ")
    problem, rules = read_workbook(path)
    report = verify_file(problem, rules, path)
    assert not report.is_legal and not report.mismatches and not report.outdated


def test_an_edited_input_inside_is_told_with_what_to_run(content: bytes, tmp_path: Path) -> None:
    path = edited(content, tmp_path, put("Skills!B2", 41))
    done = run("refresh", path, "-o", tmp_path / "new.xlsx")
    assert done.exit_code == Exit.DONE, done.output
    assert "the proof of the search no longer holds" in done.stderr
    assert f"staffcurve solve {tmp_path / 'new.xlsx'} --start {tmp_path / 'new.xlsx'}" in done.stderr
    problem, rules = read_workbook(tmp_path / "new.xlsx")
    assert verify_file(problem, rules, tmp_path / "new.xlsx").passed


def test_an_old_proof_is_not_kept_as_somebodys_own(centre: Case, content: bytes, tmp_path: Path) -> None:
    # Gap and unavoidable wages of the legal roster stood on beside "Not legal", as "what you wrote".
    def sick(book: Any) -> None:
        duty = centre.outcome.roster.duties[0]
        sheet = book["Availability"]
        row = sheet.max_row + 1
        headings = [cell.value for cell in sheet[1]]
        for heading, value in {
            "Agent": duty.agent, "Day": centre.problem.grid.date(duty.day), "Kind": "time off",
        }.items():  # fmt: skip
            sheet.cell(row, headings.index(heading) + 1, value)

    path = edited(content, tmp_path, sick)
    done = run("refresh", path)
    assert done.exit_code == Exit.VERIFY_FOUND_SOMETHING, done.output
    assert "figures differ because of that, on " in done.stdout
    assert "Kept: what you wrote" not in done.stderr and "Not kept: what the input" in done.stderr
    report = verify_file(*read_workbook(path), path)
    assert not report.is_legal and not report.mismatches and not report.outdated


def test_a_duty_added_below_the_others_is_the_rosters(centre: Case, content: bytes, tmp_path: Path) -> None:
    # "Not kept, something of the roster stands there now", of the cells of a duty that was taken.
    first = centre.outcome.roster.duties[0]
    free = next(
        agent.name for agent in centre.problem.agents if not centre.outcome.roster.on(agent.name, first.day)
    )

    def added(book: Any) -> None:
        sheet = book["Duties"]
        rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value == first.agent]
        for cell in next(row for row in rows if row[4].value == "duty"):
            sheet.cell(
                sheet.max_row + (cell.column == 1), cell.column, free if cell.column == 1 else cell.value
            )

    done = run("refresh", edited(content, tmp_path, added))
    assert f"{free}, " in done.stdout and "Not kept" not in done.stderr, done.output


def test_a_result_as_json_is_not_refreshed(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    path.write_bytes(cases()[0].written(".json"))
    with pytest.raises(BadInput, match="holds no copy of its input"):
        refresh(path)


def test_duties_edited_in_json_are_one_line(centre: Case, tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    path.write_text(centre.written(".json").decode().replace('"Zoë"', '"Esra"'))
    report = verify_file(centre.problem, centre.rules, path)
    assert len(report.outdated) == 1 and not report.mismatches


@pytest.mark.parametrize(
    "command", ["repair", "scenarios", "next", "convert", "refresh", "demand", "capacity"]
)
def test_no_command_replaces_an_edited_roster_unless_told_so(
    command: str, centre: Case, content: bytes, tmp_path: Path
) -> None:
    # Only "solve" refused: the edits of a morning were gone without a word where another command wrote there.
    path = edited(content, tmp_path, lambda book: book["Duties"].delete_rows(5))
    before = path.read_bytes()
    week, roster = tmp_path / "week.xlsx", tmp_path / "other.xlsx"
    planning.write_workbook(week, centre.problem, centre.rules)
    roster.write_bytes(content)
    words: dict[str, tuple[object, ...]] = {
        "repair": (week, roster, "-o", path, "--time-limit", 0.5, "--workers", 1),
        "scenarios": (week, "--worst", path),
        "next": (week, roster, "-o", path),
        "convert": (week, path),
        "refresh": (roster, "-o", path),
        "capacity": (EXAMPLES / "capacity_year.xlsx", "-o", path, "--time-limit", 0.5),
        "demand": (EXAMPLES / "calls_week.xlsx", "-o", path),
    }
    done = run(command, *words[command])
    assert (done.exit_code, path.read_bytes()) == (Exit.BAD_INPUT, before)
    assert "was edited since it was written (1 duty, the first at Roster!" in done.stderr
    assert "--force" in done.stderr
    if command not in ("repair", "scenarios", "capacity"):  # which search
        assert run(command, *words[command], "--force").exit_code == Exit.DONE
        assert path.read_bytes() != before


class TestSolve:
    """``solve`` and rosters that are there already."""

    def test_it_does_not_replace_an_edited_roster(
        self, centre: Case, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The edits of a morning were gone without a word.
        path = edited(content, tmp_path, lambda book: book["Duties"].delete_rows(5))
        before = path.read_bytes()
        planning.write_workbook(tmp_path / "week.xlsx", centre.problem, centre.rules)
        monkeypatch.setattr(planning, "solve", lambda *_, **__: pytest.fail("it searched"))
        done = run("solve", tmp_path / "week.xlsx", "-o", path)
        assert done.exit_code == Exit.BAD_INPUT and path.read_bytes() == before
        assert "was edited since it was written (1 duty, the first at Roster!" in done.stderr
        assert "--force" in done.stderr

    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            (lambda book: None, ()),
            (put("Skills!B2", 41), ("the copy of the input inside",)),
            (put("Summary!B1", "Mine"), ()),
        ],
    )
    def test_what_counts_as_edited(
        self, centre: Case, content: bytes, tmp_path: Path, edit: Edit, said: tuple[str, ...]
    ) -> None:
        path = edited(content, tmp_path, edit)
        assert overwriting.edits_in(path, centre.problem, centre.rules) == said

    def test_json_counts_too(self, centre: Case, tmp_path: Path) -> None:
        path = tmp_path / "roster.json"
        path.write_bytes(centre.written(".json"))
        assert overwriting.edits_in(path, centre.problem, centre.rules) == ()
        path.write_text(path.read_text().replace('"Zoë"', '"Esra"'))
        assert overwriting.edits_in(path, centre.problem, centre.rules) == ("its duties",)

    def test_duties_of_a_week_that_is_a_roster_are_not_used_and_that_is_said(
        self, content: bytes, tmp_path: Path
    ) -> None:
        path = edited(content, tmp_path, lambda book: None)
        done = run("solve", path, "-o", tmp_path / "new.xlsx", "--time-limit", 0.2, "--workers", 1)
        assert f"{path} holds a roster: its duties are not used, only its input." in done.stderr
        assert f"--start {path}" in done.stderr

    def test_an_illegal_start_is_told(self, centre: Case, content: bytes, tmp_path: Path) -> None:
        path = edited(content, tmp_path, seven_minutes_late)
        report = results.read_start(path, centre.problem, centre.rules).report
        assert not report.is_legal
        words = ("--start", path, "-o", tmp_path / "new.xlsx", "--time-limit", 0.2, "--workers", 1)
        done = run("solve", path, *words)
        assert f"{path} is not legal: " in done.stderr and "Duties!H5" in done.stderr


def test_hand_edits_of_every_kind_are_right() -> None:
    tried = list(islice(trials(forged_weeks(), seed=3), len(EDITS)))
    assert [one for one in tried if one.wrong] == []
