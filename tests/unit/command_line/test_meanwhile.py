"""Files that somebody else writes while a command runs: what they saved stays, whatever the command."""

import os
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from scheduler import refresh, write_workbook
from scheduler.app import refreshing
from scheduler.app.results import read_back
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import BadInput
from scheduler.io.files.writing import meanwhile
from scheduler.io.files.writing.write_whole import FileDraft
from tests.demand.weeks import bare
from tests.unit.tiny import tiny_outcome, tiny_problem, tiny_roster, tiny_rules

THEIRS = "edited by somebody"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    outcome = tiny_outcome(tiny_problem(), wages=0, missing=0, bound=0)
    write_workbook(folder / "week.xlsx", tiny_problem(), tiny_rules())
    roster = outcome.model_copy(update={"roster": tiny_roster()})
    for name in ("roster.xlsx", "other.xlsx"):
        write_workbook(folder / name, tiny_problem(), tiny_rules(), roster)
    write_workbook(folder / "calls.json", bare(), tiny_rules())
    return folder


@pytest.fixture(autouse=True)
def present(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copytree(written, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def somebody_saves_before_the_end(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Write to the path when all is computed and written, and only the last step is to come."""
    finish = FileDraft.finish

    def finished(draft: FileDraft) -> None:
        finish(draft)
        path.parent.mkdir(exist_ok=True)
        path.write_text(THEIRS)

    monkeypatch.setattr(FileDraft, "finish", finished)


@pytest.mark.parametrize(
    ("words", "output"),
    [
        ("refresh roster.xlsx", "roster.xlsx"),
        ("refresh roster.xlsx -o out.xlsx", "out.xlsx"),
        ("convert week.xlsx out.json", "out.json"),
        ("convert week.xlsx out --force", "out/Agents.csv"),
        ("convert week.xlsx out", "out/Agents.csv"),
        ("next week.xlsx roster.xlsx -o out.xlsx", "out.xlsx"),
        ("demand calls.json -o out.xlsx", "out.xlsx"),
        ("new out.xlsx --force", "out.xlsx"),
        ("verify week.xlsx roster.xlsx --json out.json", "out.json"),
        ("compare roster.xlsx roster.xlsx --json out.json", "out.json"),
        ("solve week.xlsx -o out.xlsx --time-limit 0.1 --workers 1", "out.xlsx"),
        ("repair week.xlsx roster.xlsx -o out.xlsx --time-limit 0.1 --workers 1", "out.xlsx"),
    ],
    ids=lambda value: value.split()[0] if " " in value else "",
)
def test_what_somebody_saved_meanwhile_is_left_by_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, output: str
) -> None:
    # Only solve looked again; refresh in place wrote over an edit and said "Written", exit code 0.
    path = tmp_path / output
    if "--force" in words:
        path.parent.mkdir(exist_ok=True)
        path.write_text("old")
    somebody_saves_before_the_end(monkeypatch, path)
    done = CliRunner().invoke(command_line, words.split(), catch_exceptions=False)
    assert (done.exit_code, path.read_text()) == (Exit.NOT_WRITTEN, THEIRS)
    assert f"{output}  another program wrote this file while this command ran." in done.stderr
    assert not list(tmp_path.rglob(".staffcurve*"))


def test_refresh_from_python_leaves_what_was_saved_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It wrote over it.
    path = tmp_path / "roster.xlsx"
    somebody_saves_before_the_end(monkeypatch, path)
    with pytest.raises(BadInput, match="another program wrote this file"):
        refresh(path)
    assert path.read_text() == THEIRS


@pytest.mark.parametrize("becomes", ["gone", "cut"])
@pytest.mark.parametrize(
    "words",
    [
        "refresh roster.xlsx -o out.xlsx",
        "verify week.xlsx roster.xlsx",
        "convert roster.xlsx out",
        "compare roster.xlsx other.xlsx",
        "repair week.xlsx roster.xlsx -o out.xlsx --time-limit 0.1 --workers 1",
        "solve week.xlsx -o out.xlsx --start roster.xlsx --time-limit 0.1 --workers 1",
    ],
    ids=lambda words: words.split()[0],
)
def test_a_file_that_changes_while_it_is_read_is_that_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, becomes: str
) -> None:
    # "This is a fault of staffcurve, NotRead: the workbook is damaged", exit code 70, where its first
    # sheets were old and its others new; repair read it once more after the search, and lost the roster.
    path = tmp_path / "roster.xlsx"
    content = path.read_bytes()

    def change() -> None:
        if becomes == "gone":
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content[: len(content) // 2])

    for room in (read_back, refreshing):  # when the duties are known, and all the rest is not
        counted = room.recount_of
        monkeypatch.setattr(room, "recount_of", lambda *given, of=counted: (change(), of(*given))[1])
    monkeypatch.setattr(read_back, "settled", lambda *given, of=read_back.settled: (change(), of(*given))[1])
    done = CliRunner().invoke(command_line, words.split(), catch_exceptions=False)
    assert done.exit_code in (Exit.DONE, Exit.VERIFY_FOUND_SOMETHING, Exit.FIGURES_ARE_OLD), done.stderr
    assert "damaged" not in done.output + done.stderr


def test_a_sheet_of_the_result_that_is_damaged_is_told_by_refresh(tmp_path: Path) -> None:
    # Where the input and the duties were whole, refresh called it a fault of staffcurve, exit code 70.
    path = tmp_path / "roster.xlsx"
    cut_part(path, "xl/worksheets/sheet1.xml")
    done = CliRunner().invoke(command_line, ["refresh", "roster.xlsx"], catch_exceptions=False)
    assert done.exit_code == Exit.BAD_INPUT
    assert "damaged" in done.stderr


def cut_part(path: Path, part: str) -> None:
    """Leave half of one part of a workbook."""
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = parts[part][: len(parts[part]) // 2]
    with ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no locks on folders")
def test_a_folder_that_is_locked_by_the_writer_itself_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One command's writer of several files takes the turn that the command has already.
    monkeypatch.setattr(meanwhile.time, "sleep", lambda _: pytest.fail("waited for itself"))
    one, two = (meanwhile.Before.at(tmp_path / name) for name in ("one", "two"))
    with one.must_stand(), two.must_stand():
        pass
