"""One command of the command line in a folder of its own, and what should be there afterwards."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.domain import BadInput, Problem
from tests.unit.tiny import tiny_problem, tiny_rules

ROOT = Path(__file__).parents[2]
FOREIGN = ("Zoë 北京", "Bo")
"""Agents whose names ASCII does not have."""
QUICK = ("--time-limit", "0.3", "--workers", "1")
DONE, BAD_INPUT, FAULT, NOT_WRITTEN, STOPPED = 0, 2, 70, 74, 130
Prepare = Callable[[Path], None]
Kept = Callable[[Path], bool]


def run(
    folder: Path, words: Sequence[str], *, python: Sequence[str] = (), shell: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command there; ``shell`` is what a shell does with its streams."""
    module = () if "-c" in python else ("-m", "scheduler")
    command = [sys.executable, *python, *module, *words]
    around = ["bash", "-c", f'set -o pipefail; "$@" {shell}', "bash", *command] if shell else command
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(
        around,
        cwd=folder,
        env=surroundings,
        capture_output=True,
        check=False,
        timeout=120,
        encoding="utf-8",
        errors="replace",
    )


@dataclass(frozen=True)
class Trial:
    """One command in a folder that holds ``week.json``.

    Parameters
    ----------
    code
        The exit code that is right.
    prepare
        Makes what is there before.
    kept
        Whether what is there afterwards is right.
    """

    name: str
    words: tuple[str, ...]
    code: int
    prepare: Prepare = lambda _: None
    kept: Kept = lambda _: True
    python: tuple[str, ...] = ()
    shell: str = ""
    env: tuple[tuple[str, str], ...] = ()

    def fault(self, folder: Path) -> str:
        """What went wrong, in words; empty if nothing."""
        planning.write_workbook(folder / "week.json", tiny_problem(), tiny_rules())
        self.prepare(folder)
        done = run(folder, self.words, python=self.python, shell=self.shell, **dict(self.env))
        said = f"{done.stdout[-300:]}{done.stderr[-600:]}"
        if done.returncode != self.code:
            return f"exit code {done.returncode}, not {self.code}: {said}"
        if "Traceback" in done.stderr:
            return f"a traceback: {said}"
        if any(folder.glob(".staffcurve-*")):
            return "a draft is left behind"
        if not self.kept(folder):
            return f"what is there afterwards is wrong: {names_in(folder)}: {said}"
        return ""


def names_in(folder: Path) -> list[str]:
    """What lies there."""
    return sorted(path.name for path in folder.iterdir())


def is_result(path: Path) -> bool:
    """Whether a result lies there that can be read, as JSON or as a workbook."""
    return path.is_file() and any(
        passes(problem, path.resolve()) for problem in (tiny_problem(), tiny_problem(FOREIGN))
    )


def passes(problem: Problem, path: Path) -> bool:
    """Whether the verifier passes what lies there as a roster of that week."""
    try:
        return results.verify_file(problem, tiny_rules(), path).passed
    except BadInput:  # of the other week, or half of a file
        return False


def holds(name: str) -> Kept:
    """A result is there under that name."""
    return lambda folder: is_result(folder / name)


def same(name: str, content: str = "old") -> Kept:
    """A file is as it was."""
    return lambda folder: (folder / name).read_text() == content


def mode_is(name: str, kind: Callable[[int], bool]) -> Kept:
    """What is there is still of its kind."""
    return lambda folder: kind((folder / name).lstat().st_mode)


def every(*kept: Kept) -> Kept:
    """All of them."""
    return lambda folder: all(one(folder) for one in kept)


def some_roster(folder: Path) -> bool:
    """A result lies in the folder, whatever its name is."""
    return any(is_result(path) for path in folder.iterdir() if path.name.startswith("roster"))


def old(*names: str, mode: int = 0o640) -> Prepare:
    """Files with something in them."""

    def make(folder: Path) -> None:
        for name in names:
            (folder / name).write_text("old")
            (folder / name).chmod(mode)

    return make


def link(name: str, to: str, *, hard: bool = False, before: Prepare | None = None) -> Prepare:
    """A link, beside what it leads to."""

    def make(folder: Path) -> None:
        if before:
            before(folder)
        if hard:
            (folder / name).hardlink_to(folder / to)
        else:
            (folder / name).symlink_to(to)

    return make


def pipe(folder: Path) -> None:
    """A named pipe that somebody reads from into ``roster-read.json``."""
    os.mkfifo(folder / "pipe")
    Thread(
        target=lambda: (folder / "roster-read.json").write_bytes((folder / "pipe").read_bytes()), daemon=True
    ).start()


def socket_there(folder: Path) -> None:
    """A socket in the file system."""
    here = Path.cwd()
    os.chdir(folder)  # the whole path of a socket may have a hundred signs only
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
    os.chdir(here)


def solve(*words: str) -> tuple[str, ...]:
    """A quick solve of the week."""
    return ("solve", "week.json", *words, *QUICK)
