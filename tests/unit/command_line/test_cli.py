"""The command line: exit codes, what goes to stdout and what to stderr, and no file left half written."""

import json
import os
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from scheduler import __version__, engine
from scheduler.app import planning
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Contradiction, FailedVerification, NothingFound, Report
from scheduler.domain.results.breaches import Misfit
from tests.unit.tiny import tiny_outcome, tiny_problem, tiny_roster, tiny_rules

QUICK = ("--time-limit", "5", "--gap", "0.5", "--workers", "1")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*words):
        return CliRunner().invoke(command_line, [str(word) for word in words], catch_exceptions=False)

    return command


@pytest.fixture
def week(tmp_path):
    """A good input as JSON."""
    planning.write_workbook(tmp_path / "week.json", tiny_problem(), tiny_rules())
    return tmp_path / "week.json"


@pytest.fixture
def bad_week(tmp_path, week):
    """The same, with a skill that does not exist."""
    content = json.loads(week.read_text())
    content["problem"]["agents"][0]["skills"] = ["Engish"]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(content))
    return bad


def refuse_to_search(*_, **__):
    raise AssertionError("the search began although the command could not end well")


def test_the_version_is_all_that_stdout_holds(run):
    done = run("--version")
    assert (done.exit_code, done.stdout, done.stderr) == (Exit.DONE, f"staffcurve {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-verb",),
        ("solve",),
        ("solve", "week.xlsx", "--time-limit", "0"),
        ("solve", "week.xlsx", "--gap", "2"),
        ("solve", "week.xlsx", "-o", "roster.xlsx", "--seed", "first"),
        ("solve", "week.xlsx"),  # says not where the roster goes
        ("solve", "week.xlsx", "-o", "roster.docx"),
        ("new", "week.csv"),
        ("check", "missing.xlsx"),
        ("check", "missing.json"),
        ("convert", "week.xlsx", "week.txt"),
    ],
)
def test_wrong_use_exits_with_2_and_an_explanation(run, words):
    done = run(*words)
    assert done.exit_code == Exit.BAD_INPUT
    # findings are what `check` was asked for; all else is said on stderr
    assert len(done.stderr if words[0] != "check" else done.stdout) > 20
    assert "Traceback" not in done.stderr


def test_new_makes_a_workbook_without_errors_and_replaces_none(run, tmp_path):
    first = run("new", "week.xlsx")
    assert (first.exit_code, first.stdout) == (Exit.DONE, "")
    assert run("check", "week.xlsx").exit_code == Exit.DONE
    content = (tmp_path / "week.xlsx").read_bytes()
    second = run("new", "week.xlsx")
    assert second.exit_code == Exit.BAD_INPUT
    assert "exists already" in second.stderr
    assert (tmp_path / "week.xlsx").read_bytes() == content
    assert run("new", "week.xlsx", "--force").exit_code == Exit.DONE


def test_check_prints_findings_on_stdout(run, week, bad_week):
    good, bad = run("check", week), run("check", bad_week)
    assert (good.exit_code, good.stdout) == (Exit.DONE, "")
    assert bad.exit_code == Exit.BAD_INPUT
    (finding,) = [line for line in bad.stdout.splitlines() if "Engish" in line]
    assert 'Did you mean "English"?' in finding
    assert "1 error" in bad.stderr


def test_solve_with_bad_input_says_why_and_writes_nothing(run, bad_week, tmp_path):
    done = run("solve", bad_week, "-o", "roster.xlsx", *QUICK)
    assert (done.exit_code, done.stdout) == (Exit.BAD_INPUT, "")
    assert "Engish" in done.stderr
    assert not (tmp_path / "roster.xlsx").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "no/such/folder/roster.xlsx"),
        ("-o", "file/roster.xlsx"),
        ("--json", "no/such/folder/roster.json"),
        ("-o", "folder.xlsx"),
        ("--json", "week.json"),  # the input itself
    ],
)
def test_a_place_that_cannot_be_written_is_found_before_the_search(run, week, tmp_path, monkeypatch, options):
    monkeypatch.setattr(planning, "solve", refuse_to_search)
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "folder.xlsx").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = run("solve", week, *options)
    assert done.exit_code == Exit.BAD_INPUT
    assert options[1].split("/")[0] in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "fault, code, words",
    [
        (Contradiction(["Ada cannot reach 40 h: max_days allows 3 days"]), 3, "Ada cannot reach 40 h"),
        (NothingFound("no legal roster was found in 5 s, and none was ruled out"), 4, "none was ruled out"),
        (
            FailedVerification(
                Report(
                    misfits=(Misfit(agent="Ada", sentence="Ada works twice on Monday."),),
                    cost=tiny_outcome(tiny_problem(), wages=1, missing=0, bound=1).cost,
                    coverage=tiny_outcome(tiny_problem(), wages=1, missing=0, bound=1).coverage,
                )
            ),
            5,
            "Ada works twice on Monday.",
        ),
        (
            ImportError("the compiled core is missing. Install staffcurve again"),
            1,
            "Install staffcurve again",
        ),
        (KeyboardInterrupt(), 130, "nothing was written"),
    ],
)
def test_each_way_to_end_has_its_code_and_its_words(run, week, tmp_path, monkeypatch, fault, code, words):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(planning, "solve", fail)
    done = run("solve", week, "-o", "roster.xlsx")
    assert (done.exit_code, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "roster.xlsx").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_search_writes_its_best_roster_and_exits_with_130(run, week, tmp_path, monkeypatch, number):
    searched = engine.search

    def stopped_search(*args, **kwargs):
        found = searched(*args, **kwargs)
        os.kill(os.getpid(), number)
        return found

    monkeypatch.setattr(engine, "search", stopped_search)
    done = run("solve", week, "-o", "roster.xlsx", *QUICK)
    assert done.exit_code == Exit.STOPPED
    assert "the best roster until then" in done.stderr
    monkeypatch.undo()
    assert run("verify", week, tmp_path / "roster.xlsx").exit_code == Exit.DONE


def test_solve_then_verify(run, week, tmp_path):
    solved = run("solve", week, "-o", "roster.xlsx", "--json", "roster.json", *QUICK)
    assert (solved.exit_code, solved.stdout) == (Exit.DONE, "")
    # Two days of 8 h at 20.00 for one of the two agents: 320.00, with nothing missing or superfluous.
    assert "Cost 320.00 EUR: wages 320.00 EUR" in solved.stderr
    assert "Written: roster.xlsx" in solved.stderr
    verified = run("verify", week, "roster.xlsx")
    assert verified.exit_code == Exit.DONE, verified.stdout
    assert "320.00 EUR" in verified.stdout
    report = run("verify", week, "roster.xlsx", "--json", "-")
    assert json.loads(report.stdout)["passed"] is True


def test_json_on_stdout_is_nothing_but_json(run, week):
    done = run("solve", week, "--json", "-", *QUICK)
    assert done.exit_code == Exit.DONE
    result = json.loads(done.stdout)
    assert (result["cost"]["total"], len(result["duties"])) == (320.0, 2)


def test_verify_finds_what_is_wrong(run, week, tmp_path):
    problem, rules = tiny_problem(), tiny_rules()
    roster = tiny_roster()
    moved = roster.duties[0].model_copy(
        update={"start": 600, "end": 1080}
    )  # 10:00; the shift starts at 09:00
    outcome = planning.solve(problem, rules, workers=1, stop=planning.Stop(seconds=5, gap=0.5))
    forged = outcome.model_copy(
        update={"roster": roster.model_copy(update={"duties": (moved, roster.duties[1])})}
    )
    planning.write_workbook(tmp_path / "roster.xlsx", problem, rules, forged)
    done = run("verify", week, "roster.xlsx")
    assert done.exit_code == Exit.VERIFY_FOUND_SOMETHING
    assert "Ada" in done.stdout


def test_convert_there_and_back_changes_nothing(run, week, tmp_path):
    assert run("convert", week, "week.xlsx").exit_code == Exit.DONE
    assert run("convert", "week.xlsx", "again.json").exit_code == Exit.DONE
    assert planning.read_workbook(tmp_path / "again.json") == planning.read_workbook(week)


def test_the_schema_is_json_on_stdout(run):
    done = run("schema")
    assert done.exit_code == Exit.DONE
    assert {"problem", "rules"} <= set(json.loads(done.stdout)["properties"])


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scheduler", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"staffcurve {__version__}\n")
