"""A roster workbook that somebody changed by hand: ``verify`` names what was changed, and exits with 5."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import (
    Agent,
    BadInput,
    Break,
    BreakBand,
    Contract,
    Demand,
    Outcome,
    Problem,
    ShiftTemplate,
    Skill,
    Stop,
    TimeGrid,
    TimeOff,
)
from scheduler.io.result.sheets.roster.duties import HEADING_ROW
from scheduler.model import RuleBook
from tests.unit.tiny import rule

MONDAY = date(2026, 1, 5)
ADA, CLEO = "Ada", "Cleo"
MONDAY_ROW, TUESDAY_ROW = HEADING_ROW + 1, HEADING_ROW + 2


def problem() -> Problem:
    """Somebody is wanted from 13:00 to 21:00 on two days, and as Cleo is off it can be only Ada."""
    day = (0,) * 13 + (1,) * 8 + (0,) * 3
    meal = Break(
        name="Meal", length_minutes=30, paid=False, earliest_start=180, latest_start=300, step_minutes=30
    )
    vacation = TimeOff(start=datetime(2026, 1, 5), end=datetime(2026, 1, 7))
    return Problem(
        name="two evenings",
        grid=TimeGrid(first_day=MONDAY, days=2, interval_minutes=60),
        skills=(Skill(name="English"),),
        demand=(Demand(skill="English", required=day * 2),),
        templates=(
            ShiftTemplate(
                name="Late",
                earliest_start=8 * 60,
                latest_start=13 * 60,
                start_step=60,
                min_length=480,
                max_length=480,
                breaks=(BreakBand(breaks=(meal,)),),
            ),
        ),
        contracts=(Contract(name="Full time", pay_per_hour=2000, templates=("Late",)),),
        agents=(
            Agent(name=ADA, contract="Full time", skills=("English",)),
            Agent(name=CLEO, contract="Full time", skills=("English",), time_off=(vacation,)),
        ),
    )


def rules() -> RuleBook:
    return RuleBook(
        rules=(
            rule("requirement", strength="prefer"),
            rule("entitlement"),
            rule("one_shift_a_day"),
            rule("availability"),
            rule("time_off"),
            rule("break_windows"),
            rule("daily_rest", rest_minutes=12 * 60),
        )
    )


class Solved(NamedTuple):
    """A week, its roster, and the workbook with it."""

    week: Path
    outcome: Outcome
    content: bytes


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """The one search of this file."""
    folder = tmp_path_factory.mktemp("two_evenings")
    outcome = planning.solve(problem(), rules(), workers=1, stop=Stop(seconds=3, gap=0.5))
    planning.write_workbook(folder / "week.xlsx", problem(), rules())
    planning.write_workbook(folder / "roster.xlsx", problem(), rules(), outcome)
    return Solved(folder / "week.xlsx", outcome, (folder / "roster.xlsx").read_bytes())


Edit = Callable[[Any], None]


def duty(row: int, **changes: object) -> Edit:
    """Change cells of a row of Duties; ``Break_1_start`` is the column "Break 1 start"."""

    def edit(book: Any) -> None:
        sheet = book["Duties"]
        columns = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
        for heading, value in changes.items():
            sheet.cell(row, columns[heading.replace("_", " ")]).value = value

    return edit


def figure(label: str, amount: float) -> Edit:
    """Write another amount beside a label of the Summary."""

    def edit(book: Any) -> None:
        sheet = book["Summary"]
        (at,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == label)
        (old,) = [cell for cell in sheet[at.row] if at.column < cell.column <= at.column + 3 and cell.value]
        old.value = amount

    return edit


def nothing(book: Any) -> None:
    """Save the workbook as it is."""


def verified(solved: Solved, folder: Path, edit: Edit) -> tuple[int, str, list[str]]:
    """Edit the roster workbook, save it, and verify it: exit code, verdict and what was found."""
    path = folder / "roster.xlsx"
    book = load_workbook(BytesIO(solved.content))
    edit(book)
    book.save(path)
    done = CliRunner().invoke(command_line, ["verify", str(solved.week), str(path)], catch_exceptions=False)
    lines = done.stdout.splitlines()
    verdict = " ".join(
        one.split(",")[0].split(". ")[0] for one in lines if one.startswith(("Legal", "Figures"))
    )
    found = [line.removeprefix("  - ") for line in lines if line.startswith("  - ")]
    return done.exit_code, verdict, found


def test_the_roster_is_what_these_tests_take_it_for(solved: Solved) -> None:
    duties = solved.outcome.roster.duties
    assert [(one.agent, one.day, one.start % 1440, one.end % 1440) for one in duties] == [
        (ADA, 0, 13 * 60, 21 * 60),
        (ADA, 1, 13 * 60, 21 * 60),
    ]
    # 2 x 7.5 paid hours at 20.00, and twice half an hour of the meal missing at 60.00 an hour
    assert solved.outcome.cost.total == (300_00 + 60_00) * 60


def sorted_by_date_backwards(book: Any) -> None:
    """As the filter of the sheet invites to."""
    sheet = book["Duties"]
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(MONDAY_ROW, column), sheet.cell(TUESDAY_ROW, column)
        one.value, other.value = other.value, one.value


def dressed_anew(book: Any) -> None:
    """Other columns' widths, no filters, and times that are shown as plain numbers."""
    for sheet in book.worksheets:
        sheet.auto_filter.ref = None
        sheet.column_dimensions["A"].width = 50
        for row in sheet.iter_rows():
            for cell in row:
                cell.style = "Normal"


@pytest.mark.parametrize("edit", [nothing, sorted_by_date_backwards, dressed_anew])
def test_a_workbook_that_says_the_same_passes(solved: Solved, tmp_path: Path, edit: Edit) -> None:
    assert verified(solved, tmp_path, edit) == (Exit.DONE, "Legal: yes Figures: as stated.", [])


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        pytest.param(
            # the meal starts between 16:00 and 18:00
            duty(MONDAY_ROW, Break_1_start=time(14), Break_1_end=time(14, 30)),
            'Break windows (break_windows): the break "Meal" of Ada on 2026-01-05 starts 2 h outside its '
            "window or off its step",
            id="a moved break",
        ),
        pytest.param(
            duty(MONDAY_ROW, Agent=CLEO),
            "Time off (time_off): Cleo has 8 h of the duty on 2026-01-05 off",
            id="a swapped agent",
        ),
        pytest.param(
            # from 21:00 to 08:00 are 11 hours; the meal moves with the duty
            duty(
                TUESDAY_ROW,
                Start=timedelta(hours=8),
                End=time(16),
                Break_1_start=time(12),
                Break_1_end=time(12, 30),
            ),
            "Daily rest (daily_rest): Ada has 11 h before the duty on 2026-01-06; the rule asks for 12 h",
            id="a shortened rest",
        ),
        pytest.param(
            figure("Total cost", 359.5),
            '("Total cost"): 359.5 stands there, but a recount gives 360.',
            id="a forged cost",
        ),
        pytest.param(
            figure("Wages", 299.5),
            '("Wages"): 299.5 stands there, but a recount gives 300.',
            id="forged wages",
        ),
        pytest.param(
            figure("Proven lower bound", 360.01),
            '("Proven lower bound"): 360.01 stands there, but a recount gives 322.',
            id="a bound above the cost",
        ),
    ],
)
def test_what_was_changed_by_hand_is_named(solved: Solved, tmp_path: Path, edit: Edit, sentence: str) -> None:
    code, verdict, found = verified(solved, tmp_path, edit)
    assert code == Exit.VERIFY_FOUND_SOMETHING
    assert verdict.startswith("Legal: yes Figures: wrong" if " stands there" in sentence else "Legal: no")
    assert any(one.endswith(sentence) for one in found), found


def test_a_forged_bound_is_named_however_little_was_added(solved: Solved, tmp_path: Path) -> None:
    cents = solved.outcome.bound // 60 + 1
    code, _, found = verified(solved, tmp_path, figure("Proven lower bound", cents / 100))
    assert code == Exit.VERIFY_FOUND_SOMETHING
    forged = f'("Proven lower bound"): {cents / 100:.15g} stands there, but a recount gives '
    assert [forged in one for one in found] == [True]


def test_a_remark_beyond_the_limits_is_not_unpacked(solved: Solved, tmp_path: Path) -> None:
    # remarks and charts were unpacked whole: 1.3 MB of a workbook took 2 GB of memory
    path = tmp_path / "roster.xlsx"
    with ZipFile(BytesIO(solved.content)) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            space = b" " * 30_000_000 if "comments" in part else b""
            target.writestr(part, source.read(part) + space)
    with pytest.raises(BadInput, match="is packed more closely than 200 to 1"):
        results.verify_file(problem(), rules(), path)


def test_charts_and_formulas_are_looked_for_in_the_workbook_that_cells_are_read_from(
    solved: Solved, tmp_path: Path
) -> None:
    # they were looked for in whatever was called workbook.xml first, which may list other sheets
    path, rels = tmp_path / "roster.xlsx", "_rels/.rels"
    with ZipFile(BytesIO(solved.content)) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != rels:
                target.writestr(part, source.read(part))
        other = b'<Relationship Id="other" Type="http://a.org/other" Target="a/workbook.xml"/><Relationship '
        target.writestr("a/workbook.xml", "<workbook/>")
        target.writestr(rels, source.read(rels).replace(b"<Relationship ", other, 1))
    assert results.verify_file(problem(), rules(), path).passed


def test_what_did_not_follow_a_moved_duty_is_one_line(solved: Solved, tmp_path: Path) -> None:
    # It was a line or two a sheet, in which the one broken rule could be overlooked.
    _, _, found = verified(solved, tmp_path, duty(MONDAY_ROW, Agent=CLEO))
    broken, gone, come, old = found
    assert broken.startswith("Duties!H5: Time off (time_off): Cleo")
    assert gone.endswith(": Ada, Mon 5 Jan: free instead of Late 13:00–21:00.")
    assert come == "Duties!H5: Cleo, Mon 5 Jan: Late 13:00–21:00 instead of time off."
    assert "of the roster as it was written still stand there, on Summary, Roster, " in old
