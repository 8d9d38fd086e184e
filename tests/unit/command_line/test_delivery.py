"""A roster that was found reaches a file, whatever becomes of the place asked for; and the last guard."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from typer.testing import CliRunner, Result

from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import BrokenOff, FailedVerification, Outcome
from scheduler.domain.results.breaches import Misfit
from tests.attacks.output_trials import script
from tests.attacks.trial import QUICK, ROOT, run
from tests.unit.tiny import tiny_problem, tiny_rules

PROBLEM, RULES = tiny_problem(), tiny_rules()


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """A week in the present folder, and what a search that takes no time finds for it."""
    monkeypatch.chdir(tmp_path)
    planning.write_workbook("week.json", PROBLEM, RULES)
    outcome = planning.solve(PROBLEM, RULES, stop=planning.Stop(seconds=None, rounds=1), workers=1)
    monkeypatch.setattr(planning, "solve", lambda *_, **__: outcome)
    return outcome


def solve(*words: str) -> Result:
    """Solve the week of the present folder."""
    return CliRunner().invoke(command_line, ["solve", "week.json", *words], catch_exceptions=False)


def passes(path: Path) -> bool:
    """Whether what was written there is verified."""
    return results.verify_file(PROBLEM, RULES, path).passed


@pytest.mark.usefixtures("found")
def test_json_is_written_wherever_a_workbook_is(tmp_path: Path) -> None:
    # "must end in .xlsx", against the README
    assert solve("-o", "roster.json").exit_code == Exit.DONE
    assert passes(tmp_path / "roster.json")


def vanishing(outcome: Outcome, folder: Path) -> Any:
    def search(*_: Any, **__: Any) -> Outcome:
        folder.rmdir()
        return outcome

    return search


def test_a_folder_that_vanishes_during_the_search_loses_nothing(
    found: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.setattr(planning, "solve", vanishing(found, tmp_path / "gone"))
    done = solve("-o", "gone/roster.xlsx")
    assert done.exit_code == Exit.NOT_WRITTEN
    assert 'the folder "gone" does not exist' in done.stderr
    assert f"Written instead: {tmp_path / 'roster.xlsx'}" in done.stderr
    assert passes(tmp_path / "roster.xlsx")


@pytest.mark.usefixtures("found")
def test_a_writer_that_raises_leaves_the_roster_as_json_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise IndexError("no such column")

    monkeypatch.setattr("scheduler.io.result.workbook_writer.write_roster", fail)
    done = solve("-o", "roster.xlsx")
    assert done.exit_code == Exit.NOT_WRITTEN
    assert "IndexError: no such column" in done.stderr and "Please report" in done.stderr
    assert f"Written instead: {tmp_path / 'roster.json'}" in done.stderr
    assert passes(tmp_path / "roster.json")
    assert not (tmp_path / "roster.xlsx").exists()


def test_the_best_roster_that_passes_is_written_with_the_fault_beside_it(
    found: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # "The roster failed verification; please report this", and no roster.
    broken = found.report.model_copy(
        update={"misfits": (Misfit(agent="Ada", sentence="Ada works twice on Monday."),)}
    )

    def fail(*_: Any, **__: Any) -> NoReturn:
        raise FailedVerification(broken, found)

    monkeypatch.setattr(planning, "solve", fail)
    done = solve("-o", "roster.xlsx")
    assert done.exit_code == Exit.VERIFY_FOUND_SOMETHING
    assert "Ada works twice on Monday." in done.stderr and "Written: roster.xlsx" in done.stderr
    assert passes(tmp_path / "roster.xlsx")


def test_a_fault_that_comes_with_a_roster_ends_with_70_and_the_roster(
    found: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise BrokenOff("ZeroDivisionError()", found) from ZeroDivisionError("by nothing")

    monkeypatch.setattr(planning, "solve", fail)
    done = solve("--json", "roster.json")
    assert done.exit_code == Exit.FAULT_OF_STAFFCURVE
    assert "ZeroDivisionError: by nothing" in done.stderr
    assert passes(tmp_path / "roster.json")


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "r.xlsx", "--json", "r.xlsx"),
        ("-o", "r.json", "--json", "./R.json"),
        ("--json", "r.xlsx"),  # no workbook would be in it
        ("-o", "week.json"),
        ("-o", "last.json", "--start", "last.json"),
    ],
)
def test_outputs_that_would_replace_each_other_or_an_input_are_refused(
    found: Outcome, tmp_path: Path, words: tuple[str, ...]
) -> None:
    # `-o r.xlsx --json r.xlsx` left the JSON alone, and said twice that it was written.
    planning.write_workbook("last.json", PROBLEM, RULES, found)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert solve(*words).exit_code == Exit.BAD_INPUT
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize("shell", ["> /dev/full 2> /dev/full", ">&-"])
def test_a_result_that_stdout_does_not_take_is_written_beside(tmp_path: Path, shell: str) -> None:
    # A traceback, and the result of the search was lost.
    planning.write_workbook(tmp_path / "week.json", PROBLEM, RULES)
    done = run(tmp_path, ("solve", "week.json", "--json", "-", *QUICK), shell=shell)
    assert done.returncode == Exit.NOT_WRITTEN, done.stderr
    assert "Traceback" not in done.stderr
    assert passes(tmp_path / "roster.json")


@pytest.mark.parametrize("encoding", ["ascii:strict"])
def test_json_on_stdout_is_utf_8_whatever_the_locale(tmp_path: Path, encoding: str) -> None:
    # UnicodeEncodeError on the first name that ASCII does not have, and the result was lost.
    planning.write_workbook(tmp_path / "week.json", tiny_problem(("Zoë 北京", "Bo")), RULES)
    done = run(tmp_path, ("solve", "week.json", "--json", "-", *QUICK), PYTHONIOENCODING=encoding)
    assert done.returncode == Exit.DONE, done.stderr
    assert "Zoë 北京" in done.stdout and "Traceback" not in done.stderr


def test_without_docstrings_everything_is_said_as_with_them(tmp_path: Path) -> None:
    # `python -OO -m scheduler new` was an IndexError, and rules were called by their kind.
    plain, stripped = (run(tmp_path, ("schema",), python=python) for python in ((), ("-OO",)))
    assert (stripped.returncode, stripped.stdout) == (plain.returncode, plain.stdout)
    assert run(tmp_path, ("new", "new.xlsx"), python=("-OO",)).returncode == Exit.DONE


AFTERWARDS = """
import atexit, os, sys
from scheduler.__main__ import main
atexit.register(os.kill, os.getpid(), 15)
sys.argv = ["staffcurve", "convert", "week.json", "again.json"]
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_a_signal_after_written_changes_nothing(tmp_path: Path) -> None:
    # The interpreter takes a while to end, puts signals back to their default first, and ended by -15.
    planning.write_workbook(tmp_path / "week.json", PROBLEM, RULES)
    done = subprocess.run(
        [sys.executable, "-c", AFTERWARDS],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (Exit.DONE, "Written: again.json\n")


WAITS_FOR_BOTH = """
    import time
    Path(f"ready-{os.getpid()}").touch()
    while len(list(Path(".").glob("ready-*"))) < 2:
        time.sleep(0.01)
"""


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be locked there")
def test_of_two_searches_into_one_file_the_later_one_is_told_and_lies_beside(tmp_path: Path) -> None:
    # The one that ended last replaced the roster of the other, and both said "Written".
    planning.write_workbook(tmp_path / "week.json", PROBLEM, RULES)
    both = [
        subprocess.Popen(
            [
                sys.executable,
                *script(before=WAITS_FOR_BOTH),
                "solve",
                "week.json",
                "-o",
                "roster.xlsx",
                *QUICK,
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = {running.communicate(timeout=120)[1]: running.returncode for running in both}
    assert sorted(said.values()) == [Exit.DONE, Exit.NOT_WRITTEN], said
    lost = next(words for words, code in said.items() if code == Exit.NOT_WRITTEN)
    assert "roster.xlsx  another program wrote this file while this command ran." in lost
    rosters = list(tmp_path.glob("roster*.xlsx"))
    assert len(rosters) == 2 and all(map(passes, rosters))


@pytest.mark.usefixtures("found")
def test_what_a_person_saved_during_the_search_is_not_replaced(
    found: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Edits were looked for before the search only; what was saved in its minutes was replaced in silence.
    def search(*_: Any, **__: Any) -> Outcome:
        (tmp_path / "roster.json").write_text("somebody's")
        return found

    monkeypatch.setattr(planning, "solve", search)
    result = solve("-o", "roster.json")
    assert result.exit_code == Exit.NOT_WRITTEN and "another program wrote this file" in result.stderr
    assert (tmp_path / "roster.json").read_text() == "somebody's"
    assert len([path for path in tmp_path.glob("roster-*.json") if passes(path)]) == 1
