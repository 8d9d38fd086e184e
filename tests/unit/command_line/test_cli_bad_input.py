"""Bad input at the command line: the message with its cell, exit code 2, and no file left half written."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from scheduler.app import planning
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from tests.unit.tiny import tiny_problem, tiny_rules
from tests.workbook.filled_in import filled_in, new_book, saved

COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
PROTECTED = COMPOUND_FILE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")


class Said(NamedTuple):
    """The output of a command."""

    code: int
    stdout: str
    stderr: str

    @property
    def words(self) -> str:
        """All that was said, with the lines as they were wrapped put together again."""
        return " ".join((self.stdout + self.stderr).split())


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder, where a search that begins all the same fails the test."""

    def refuse_to_search(*_: object, **__: object) -> None:
        raise AssertionError("the search began although the command could not end well")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(planning, "solve", refuse_to_search)

    def command(*words: object) -> Said:
        done = CliRunner().invoke(command_line, [str(word) for word in words], catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    return command


def changed(**cells: Any) -> Callable[[Path], Path]:
    """A new workbook in which these cells (``Agents_B2``) hold something else."""
    changes = {place.replace("_", "!"): value for place, value in cells.items()}
    return lambda folder: filled_in(folder, changes)


def emptied(folder: Path) -> Path:
    """A new workbook with nothing on the sheet Agents."""
    book = new_book()
    book["Agents"].delete_rows(1, 2)
    return saved(book, folder)


def content(data: bytes) -> Callable[[Path], Path]:
    """A file that is a workbook only by its name."""

    def write(folder: Path) -> Path:
        path = folder / "week.xlsx"
        path.write_bytes(data)
        return path

    return write


BAD: Mapping[str, tuple[Callable[[Path], Path], str]] = {
    "a wrong skill name": (
        changed(Agents_C2="Engish"),
        'Agents!C2 skill "Engish" is not on the Skills sheet. Did you mean "English"? Known: English.',
    ),
    "an unknown contract": (
        changed(Agents_B2="Ful time"),
        'Agents!B2 contract "Ful time" is not on the Contracts sheet. Did you mean "Full time"? '
        "Known: Full time.",
    ),
    "a shift longer than the day": (
        changed(Shifts_G2=25),
        "Shifts!G2 Longest (h): 25 is longer than a day (24 h).",
    ),
    "a break window outside its shift": (
        # the shift lasts 8.5 h, and the window begins after 9 h
        changed(Breaks_H2=540, Breaks_I2=560),
        'Breaks!H2 break "Meal": its window 9 h to 9 h 20 min after the start lies outside shift "Day" of '
        "8 h 30 min. A break must begin and end inside the shift: 8 h after its start at the latest. Mend "
        "the window, or lengthen the shift.",
    ),
    "minimum hours that cannot fit the availability": (
        # Monday is left, and a Friday off that is paid 8 h, where 32 h are agreed
        changed(
            Availability_A3="Ada Example",
            Availability_B3="Tue-Thu, Sat, Sun",
            Availability_F3="unavailable",
        ),
        "Agents!A2 Ada Example: 32 h to 40 h in the week from 2024-03-04 do not fit: availability, time off "
        "and days off leave at most 8 h (8 h × 1 day) and 8 h of paid time off.",
    ),
    "a duplicate agent": (
        changed(Agents_A3="Ada Example", Agents_B3="Full time", Agents_C3="English"),
        'Agents!A3 agent "Ada Example" is given twice. Give each its own name.',
    ),
    "text where a number belongs": (
        changed(Contracts_B2="twenty"),
        'Contracts!B2 Pay per hour: "twenty" is not a number. Write an amount such as 20 or 20.50.',
    ),
    "an empty sheet": (emptied, "Agents this sheet is empty. The people to be rostered."),
    "a file that is not a workbook": (
        content(b"date;start;required\n2024-03-04;09:00;3\n"),
        "week.xlsx this is not an Excel workbook. Save it as .xlsx.",
    ),
    "a workbook with a password": (
        content(PROTECTED),
        "week.xlsx the workbook is protected with a password. Save a copy without one.",
    ),
}


@pytest.mark.parametrize(("make", "message"), BAD.values(), ids=BAD)
def test_check_tells_bad_input_on_stdout(run: Run, tmp_path: Path, make: Any, message: str) -> None:
    week = make(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    said = run("check", week.name)
    assert said.code == Exit.BAD_INPUT
    assert message in " ".join(said.stdout.split())
    assert "1 error" in said.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(("make", "message"), BAD.values(), ids=BAD)
def test_solve_tells_bad_input_on_stderr_and_writes_nothing(
    run: Run, tmp_path: Path, make: Any, message: str
) -> None:
    week = make(tmp_path)
    (tmp_path / "roster.xlsx").write_bytes(b"last week's roster")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    said = run("solve", week.name, "-o", "roster.xlsx", "--json", "roster.json")
    assert (said.code, said.stdout) == (Exit.BAD_INPUT, "")
    assert message in said.words
    assert "1 error to put right first; nothing was written." in said.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.fixture
def closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that cannot be written to, whoever runs the tests: to root the refusal is played."""
    folder = tmp_path / "closed"
    folder.mkdir()
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if path.parent == folder and mode.startswith(("w", "x", "a")):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode, *rest, **more)

    folder.chmod(0o555)
    if os.geteuid() == 0:
        monkeypatch.setattr(Path, "open", refuse)
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize(
    "words",
    [
        ("solve", "week.json", "-o", "{}/roster.xlsx"),
        ("solve", "week.json", "--json", "{}/roster.json"),
        ("convert", "week.json", "{}/week.xlsx"),
        ("new", "{}/week.xlsx"),
    ],
    ids=lambda words: " ".join(words[:1]) + Path(words[-1]).suffix,
)
def test_a_folder_that_cannot_be_written_is_told_before_any_search(
    run: Run, tmp_path: Path, closed_folder: Path, words: tuple[str, ...]
) -> None:
    planning.write_workbook(tmp_path / "week.json", tiny_problem(), tiny_rules())
    before = sorted(tmp_path.rglob("*"))
    target = words[-1].format(closed_folder)
    said = run(*words[:-1], target)
    assert (said.code, said.stdout) == (Exit.BAD_INPUT, "")
    assert f'{target} the folder "{closed_folder}" cannot be written to' in said.words
    assert sorted(tmp_path.rglob("*")) == before


def test_a_roster_that_is_no_workbook_is_told(run: Run, tmp_path: Path) -> None:
    planning.write_workbook(tmp_path / "week.json", tiny_problem(), tiny_rules())
    (tmp_path / "roster.xlsx").write_bytes(PROTECTED)
    said = run("verify", "week.json", "roster.xlsx", "--json", "report.json")
    assert (said.code, said.stdout) == (Exit.BAD_INPUT, "")
    assert "roster.xlsx the workbook is protected with a password." in said.words
    assert not (tmp_path / "report.json").exists()
