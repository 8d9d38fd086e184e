"""The exit codes 3, 4 and 130 out of real searches, with nothing played."""

import errno
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from subprocess import PIPE
from typing import NoReturn

import pytest
from typer.testing import CliRunner

from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Pin,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
)
from scheduler.model import RuleBook
from tests.test_examples import EXAMPLES, loaded
from tests.unit.tiny import rule, tiny_problem, tiny_rules

IN_TIME_SECONDS = 60


def test_a_contradiction_exits_with_3_and_names_the_agent_and_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, rules = tiny_problem(), tiny_rules()
    pins = tuple(Pin(day=date(2026, 1, day), template="day") for day in (5, 6))
    stuck = problem.agents[0].model_copy(update={"pins": pins})
    problem = problem.model_copy(update={"agents": (stuck, problem.agents[1])})
    # pinned on two days, and allowed one
    book = RuleBook(rules=(*rules.rules, rule("pins"), rule("days_per_week", at_most=1)))
    monkeypatch.chdir(tmp_path)
    planning.write_workbook(tmp_path / "week.json", problem, book)
    done = CliRunner().invoke(
        command_line, ["solve", "week.json", "-o", "roster.xlsx", "--time-limit", "3"], catch_exceptions=False
    )
    assert (done.exit_code, done.stdout) == (Exit.NO_LEGAL_ROSTER, "")
    for name in ("Ada", "pins", "days_per_week"):
        assert name in done.stderr
    assert "Bo" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["week.json"]


def odd_triangle() -> tuple[Problem, RuleBook]:
    """A day without a legal roster that only the whole numbers rule out, which the search does not prove.

    Three hours of the morning need five agents each, and three of the afternoon. Of each two of the three
    hours there are five agents who take them, in the morning or in the afternoon. Half of each five in the
    morning would do, which five cannot be divided into. Crews, who are whole people, are smaller.
    """
    pairs = {"first two": (0, 120, ()), "last two": (60, 120, ()), "outer two": (0, 180, (away(),))}
    templates = tuple(
        ShiftTemplate(
            name=f"{half}, {name}",
            earliest_start=begins + start,
            latest_start=begins + start,
            min_length=length,
            max_length=length,
            breaks=(BreakBand(breaks=breaks),) if breaks else (),
        )
        for half, begins in (("morning", 480), ("afternoon", 840))
        for name, (start, length, breaks) in pairs.items()
    )
    needed = tuple(5 * int(8 <= hour < 11 or 14 <= hour < 17) for hour in range(24))
    problem = Problem(
        grid=TimeGrid(first_day=date(2026, 1, 5), days=1, interval_minutes=60),
        skills=(Skill(name="English"),),
        demand=(Demand(skill="English", required=needed, minimum=needed),),
        templates=templates,
        contracts=tuple(
            Contract(name=name, pay_per_hour=2000, templates=(f"morning, {name}", f"afternoon, {name}"))
            for name in pairs
        ),
        agents=tuple(
            Agent(name=f"{name} {number}", contract=name, skills=("English",))
            for name in pairs
            for number in range(5)
        ),
    )
    kinds = ("entitlement", "one_shift_a_day", "break_windows", "minimum_staff")
    return problem, RuleBook(rules=(rule("requirement", strength="prefer"), *(rule(kind) for kind in kinds)))


def away() -> Break:
    """An hour after the first that is not worked."""
    return Break(name="Away", length_minutes=60, paid=False, earliest_start=60, latest_start=60)


def test_a_roster_not_found_in_time_exits_with_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    planning.write_workbook(tmp_path / "week.json", *odd_triangle())
    done = CliRunner().invoke(
        command_line,
        ["solve", "week.json", "-o", "roster.xlsx", "--time-limit", "1", "--workers", "1"],
        catch_exceptions=False,
    )
    assert (done.exit_code, done.stdout) == (Exit.NONE_IN_TIME, ""), done.stderr
    assert "No legal roster was found in 1 s, and none was ruled out" in " ".join(done.stderr.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["week.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "words",
    [
        ["new", "full.xlsx", "--force"],
        ["convert", "week.json", "full.xlsx"],
        ["verify", "week.json", "roster.json", "--json", "full.json"],
    ],
)
def test_what_a_full_disk_does_not_take_exits_with_74(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # all but solve said 2, as if the input were wrong
    monkeypatch.chdir(tmp_path)
    problem, rules = tiny_problem(), tiny_rules()
    planning.write_workbook("week.json", problem, rules)
    if "verify" in words:
        outcome = planning.solve(problem, rules, stop=planning.Stop(seconds=None, rounds=1), workers=1)
        planning.write_workbook("roster.json", problem, rules, outcome)
    for name in ("full.xlsx", "full.json"):
        (tmp_path / name).symlink_to("/dev/full")
    done = CliRunner().invoke(command_line, words, catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (Exit.NOT_WRITTEN, "")
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send an interrupt to one process alone")
def test_ctrl_c_during_the_search_writes_the_best_roster_and_exits_with_130(tmp_path: Path) -> None:
    problem, rules = loaded(EXAMPLES / "02_skills_nights_and_wishes.py").build()
    week, roster = tmp_path / "week.json", tmp_path / "roster.xlsx"
    planning.write_workbook(week, problem, rules)
    words = ["solve", str(week), "-o", str(roster), "--time-limit", str(IN_TIME_SECONDS), "--workers", "1"]
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "scheduler", *words], stdout=PIPE, stderr=PIPE, text=True
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        said: list[str] = []
        for line in running.stderr:
            said.append(line)
            if " · cost " in line:  # there is a roster, and the search goes on
                running.send_signal(signal.SIGINT)
                break
        said += running.stderr.readlines()
        assert running.stdout.read() == ""
    assert running.returncode == Exit.STOPPED, said
    assert time.monotonic() - began < IN_TIME_SECONDS
    assert "Stopped before the time was up; this is the best roster until then." in " ".join(said)
    assert results.verify_file(problem, rules, roster).passed
    assert sorted(tmp_path.iterdir()) == [roster, week]


@pytest.mark.parametrize(
    "error, code",
    [
        (OSError(errno.ENOSPC, "No space left on device", "/tmp/draft"), Exit.NOT_WRITTEN),
        (OSError(errno.EMFILE, "Too many open files"), Exit.FAULT_OF_STAFFCURVE),
    ],
    ids=str,
)
def test_an_error_of_the_system_is_no_fault_of_the_input(
    error: OSError, code: Exit, monkeypatch: pytest.MonkeyPatch
) -> None:
    # both said 2, as if the input were wrong
    def fail(_: Path) -> NoReturn:
        raise error

    monkeypatch.setattr(planning, "check", fail)
    done = CliRunner().invoke(command_line, ["check", "week.json"], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (code, "")
    assert str(error.strerror) in done.stderr


def test_new_in_a_place_that_cannot_be_looked_at_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(command_line, ["new", str(tmp_path / ("w" * 300 + ".xlsx"))])
    assert (done.exit_code, done.stdout) == (Exit.BAD_INPUT, "")
