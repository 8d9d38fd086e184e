"""Ctrl-C and SIGTERM before there is anything to keep: one line, the exit code 130, no file half written."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import IO, Any, NoReturn

import pytest
from typer.testing import CliRunner

from scheduler import early_stop
from scheduler.app import planning
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.command_line.output.terminal import interruptible
from scheduler.domain import Cancel
from scheduler.io.files.writing.write_whole import unwritable
from tests.unit.tiny import tiny_problem, tiny_rules

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Windows cannot send an interrupt to one process alone"
)
ROOT = Path(__file__).parents[3]
BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
NO_ROSTER = "Stopped before there was a roster; nothing was written.\n"
NOTHING = "Stopped; nothing was written.\n"

LOADING = """
import os, sys
from scheduler.__main__ import main

class Hit:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            try:
                os.kill(os.getpid(), {number})
            except BaseException:
                pass  # as libraries do that are written in C

sys.meta_path.insert(0, Hit())
sys.argv = ["staffcurve", "--version"]
main()
"""


def test_the_code_for_a_stop_is_the_same_before_anything_is_loaded() -> None:
    assert early_stop.STOPPED == Exit.STOPPED


@BOTH
def test_a_stop_while_the_command_is_being_loaded_is_a_line(number: signal.Signals) -> None:
    # For the first second it was a traceback from the middle of numpy or pandas.
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(number=int(number))],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (Exit.STOPPED, "")
    assert done.stderr == "Stopped; no file is half written.\n"


FIRST = """
import os, sys

class Hit:
    def find_spec(self, name, path=None, target=None):
        if name == "pathlib":
            os.kill(os.getpid(), {number})

sys.modules.pop("pathlib", None)
sys.meta_path.insert(0, Hit())
sys.argv = [{program!r}, "--version"]
import scheduler
"""


@BOTH
@pytest.mark.parametrize(("program", "ends"), [("/usr/bin/staffcurve", True), ("service.py", False)])
def test_a_stop_in_the_first_import_of_the_command_is_a_line(
    number: signal.Signals, program: str, ends: bool
) -> None:
    # Before the command's own module was loaded, it ended with the signal, or with a traceback.
    done = subprocess.run(
        [sys.executable, "-c", FIRST.format(number=int(number), program=program)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode == Exit.STOPPED) is ends
    assert (done.stderr == "Stopped; no file is half written.\n") is ends


def _opened_by(running: subprocess.Popen[str], pipe: Path) -> IO[bytes]:
    """The pipe, as soon as the command reads it; a command that ends before that fails the test."""
    while running.poll() is None:
        with suppress(OSError):  # nobody reads it yet
            return os.fdopen(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "wb")
        time.sleep(0.01)
    raise AssertionError(running.communicate())


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (signal.SIGINT, ["check", "PIPE"], NOTHING),
        (signal.SIGTERM, ["convert", "PIPE", "week.xlsx"], NOTHING),
        (signal.SIGINT, ["verify", "PIPE", "roster.xlsx", "--json", "report.json"], NOTHING),
        (signal.SIGTERM, ["solve", "PIPE", "-o", "roster.xlsx", "--json", "roster.json"], NO_ROSTER),
    ],
    ids=["check", "convert", "verify", "solve"],
)
def test_a_stop_while_the_input_is_read_ends_every_command(
    tmp_path: Path, number: signal.Signals, words: list[str], said: str
) -> None:
    # nobody writes to the pipe, so that the command is sure to be reading it; SIGTERM used to end it unheard
    pipe = tmp_path / "week.json"
    os.mkfifo(pipe)
    words = [str(pipe) if word == "PIPE" else word for word in words]
    running = subprocess.Popen(
        [sys.executable, "-m", "scheduler", *words],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=PIPE, stderr=PIPE, text=True,
    )  # fmt: skip
    with running, _opened_by(running, pipe):
        running.send_signal(number)
        out, errors = running.communicate()
    assert (running.returncode, out, errors) == (Exit.STOPPED, "", said)
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize(
    ("verb", "fault"),
    [
        ("load_search", ImportError("initialization failed")),
        ("solve", TypeError("Cannot compare structured arrays")),
    ],
)
def test_a_stop_that_a_library_turns_into_something_else_is_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, fault: Exception
) -> None:
    # Of the import of the solver it made a broken installation, and of a sort in numpy a traceback.
    planning.write_workbook(tmp_path / "week.json", tiny_problem(), tiny_rules())

    def library(*_: Any, **__: Any) -> NoReturn:
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        raise fault

    monkeypatch.setattr(planning, verb, library)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(
        command_line, ["solve", "week.json", "-o", "roster.xlsx"], catch_exceptions=False
    )
    assert (done.exit_code, done.stdout) == (Exit.STOPPED, "")
    assert done.stderr.endswith(NO_ROSTER)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["week.json"]


def test_a_fault_without_any_stop_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It was a traceback, and the exit code 1 of a broken installation.
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise TypeError("Cannot compare structured arrays")

    monkeypatch.setattr(planning, "check", fail)
    done = CliRunner().invoke(command_line, ["check", "week.json"], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (Exit.FAULT_OF_STAFFCURVE, "")
    said = " ".join(done.stderr.split())
    assert "fault of staffcurve, TypeError: Cannot compare structured arrays at inputs.py:" in said
    assert "Please report this line" in said


def test_a_signal_during_a_search_cancels_it_and_one_long_after_breaks_it_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cancel = Cancel()
    with interruptible() as interruption:
        interruption.cancels(cancel)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        assert cancel.is_cancelled
        monkeypatch.setattr(interruption, "_grace_seconds", 0.0)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        interruption.only_remember()
        os.kill(os.getpid(), signal.SIGINT)


def test_a_trial_that_is_broken_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def broken_off(path: Path, mode: str) -> NoReturn:
        opened(path, mode).close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "open", broken_off)
    with pytest.raises(KeyboardInterrupt):
        unwritable(tmp_path / "week.xlsx")
    assert list(tmp_path.iterdir()) == []
