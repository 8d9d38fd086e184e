"""Solves interrupted at random moments: is a roster lost, does one fail its verification?

``python -m tests.attacks interrupts --count 500 --seed 1``. The command line solves the examples and
generated problems, each run with a seed of its own, and gets one or two of Ctrl-C, SIGTERM and the SIGHUP of
a terminal that was closed: so many seconds after its start, or in a phase that it tells of. A roster is lost
where the progress had a cost, or the exit code says that all is done, and no file holds it; what was written
is verified.
"""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from scheduler import read_frames
from scheduler.app import planning
from scheduler.app.arguments.interruption import ENDING_SIGNALS
from scheduler.app.results import read_back as results
from scheduler.domain import Problem
from scheduler.model import RuleBook
from tests.engine.rosters import drawn
from tests.test_examples import EXAMPLES, loaded

ROOT = Path(__file__).parents[2]
GENERATED = 40
DONE, BROKEN, NO_LEGAL, NONE_IN_TIME, STOPPED = 0, 1, 3, 4, 130
PHASES = (
    *("preparing", "looking for a first roster", "proving", "improving", "checking everything"),
    *("writing", "Written"),
)
"""Beginnings of the lines that a run tells, on each of which it may be interrupted."""
LONGEST_SECONDS = 120.0
"""After so long without an end a run hangs."""


@dataclass(frozen=True)
class Case:
    """An input on the disk, and what it holds."""

    path: Path
    problem: Problem
    rules: RuleBook


def cases(folder: Path, examples: bool = True, generated: int = GENERATED) -> list[Case]:
    """The examples and generated problems, as files."""
    found = []
    if examples:
        found += [Case(path, *planning.read_workbook(path)) for path in sorted(EXAMPLES.glob("*_week.xlsx"))]
        weeks = ((script.stem, _week_of(script)) for script in sorted(EXAMPLES.glob("0*.py")))
        found += [_saved(folder, name, *week) for name, week in weeks if week is not None]
    for number, case in enumerate(drawn(range(generated // 2), range(generated - generated // 2))):
        found.append(_saved(folder, f"generated-{number}", *case.case()))
    return found


def _week_of(script: Path) -> tuple[Problem, RuleBook] | None:
    """The week that an example builds, or makes of frames; ``None`` where it plans none."""
    example = loaded(script)
    if hasattr(example, "build"):
        found: tuple[Problem, RuleBook] = example.build()
        return found
    return read_frames(example.week()) if hasattr(example, "week") else None


def _saved(folder: Path, name: str, problem: Problem, rules: RuleBook) -> Case:
    path = folder / f"{name}.json"
    planning.write_workbook(path, problem, rules)
    return Case(path, problem, rules)


@dataclass(frozen=True)
class Interrupt:
    """When a run is interrupted, and by what: in a phase (and so much later), or after so long."""

    phase: str
    later_seconds: float
    numbers: tuple[signal.Signals, ...]

    @classmethod
    def drawn(cls, dice: Random) -> "Interrupt":
        """A moment out of all of them; every fourth run gets two signals."""
        numbers = tuple(dice.choice(ENDING_SIGNALS) for _ in range(dice.choice((1, 1, 1, 2))))
        return cls(dice.choice(("", "", *PHASES)), dice.choice((0.0, dice.uniform(0, 3.0))), numbers)

    def __str__(self) -> str:
        names = "+".join(one.name for one in self.numbers)
        return f"{names} {self.later_seconds:.2f} s after {self.phase or 'start'}"


@dataclass
class Interrupts:
    """The runs so far."""

    runs: int = 0
    ends: Counter[int] = field(default_factory=Counter)
    written: int = 0
    too_early: int = 0
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    def of(self, case: Case, interrupt: Interrupt, seed: int, seconds: float) -> None:
        """Interrupt one solve, and look at what it leaves."""
        with TemporaryDirectory() as name:
            roster = Path(name, f"roster{'.xlsx' if seed % 2 else '.json'}")
            code, said = _run(case, interrupt, roster, seed, seconds)
            here = f"{case.path.name}, seed {seed}, {interrupt}: exit code {code}: {said[-400:]}"
            self.runs += 1
            self.ends[code] += 1
            if "failed verification" in said:
                self.failed.append(here)
            came_too_early = -code in interrupt.numbers or (
                code == BROKEN and "Traceback" in said and str(ROOT / "scheduler") not in said
            )
            is_unseen = not roster.exists() and not any(phase in said for phase in PHASES)
            if came_too_early and is_unseen:
                self.too_early += 1  # Python itself was still being loaded
            elif code not in (DONE, NO_LEGAL, NONE_IN_TIME, STOPPED) or "Traceback" in said:
                self.odd.append(here)
            if roster.exists():
                self.written += 1
                if not results.verify_file(case.problem, case.rules, roster).passed:
                    self.failed.append(f"what was written: {here}")
            elif " · cost " in said or "Written" in said or code == DONE:
                self.lost.append(here)
            if [path for path in Path(name).iterdir() if path != roster]:
                self.odd.append(f"a draft is left: {here}")

    @property
    def is_broken(self) -> bool:
        """Whether any promise was."""
        return bool(self.lost or self.failed or self.odd)


def _run(case: Case, interrupt: Interrupt, roster: Path, seed: int, seconds: float) -> tuple[int, str]:
    words = ["solve", str(case.path), "-o", str(roster), "--time-limit", str(seconds), "--seed", str(seed)]
    running = subprocess.Popen(
        [sys.executable, "-m", "scheduler", *words, "--workers", str(1 + seed % 2)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert running.stderr is not None
    said: list[str] = []
    if interrupt.phase:
        for line in running.stderr:
            said.append(line)
            if line.startswith(interrupt.phase):
                break
    time.sleep(interrupt.later_seconds)
    for number in interrupt.numbers:
        running.send_signal(number)
    try:
        _, rest = running.communicate(timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        rest = "it hung\n" + running.communicate()[1]
    return running.returncode, "".join(said) + rest


def draws(found: list[Case], count: int, seed: int) -> Iterator[tuple[Case, Interrupt, int, float]]:
    """So many interrupted runs."""
    dice = Random(seed)
    for _ in range(count):
        yield (
            dice.choice(found),
            Interrupt.drawn(dice),
            dice.randrange(10**6),
            dice.choice((0.3, 0.5, 1.0, 2.0)),
        )


def main(words: list[str]) -> int:
    """Interrupt so many solves."""
    parser = ArgumentParser(prog="python -m tests.attacks interrupts", description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="interrupted solves")
    parser.add_argument("--seed", type=int, default=1, help="of the draws")
    asked = parser.parse_args(words)
    interrupts = Interrupts()
    with TemporaryDirectory() as folder:
        for drawn_run in draws(cases(Path(folder)), asked.count, asked.seed):
            interrupts.of(*drawn_run)
            if interrupts.runs % 25 == 0:
                print(
                    _counts(interrupts),
                    *interrupts.lost,
                    *interrupts.failed,
                    *interrupts.odd,
                    sep="\n",
                    flush=True,
                )
    print(_counts(interrupts), *interrupts.lost, *interrupts.failed, *interrupts.odd, sep="\n")
    return 1 if interrupts.is_broken else 0


def _counts(interrupts: Interrupts) -> str:
    ends = ", ".join(f"{count} ended with {code}" for code, count in sorted(interrupts.ends.items()))
    return (
        f"{interrupts.runs} interrupted solves ({ends}), {interrupts.too_early} before the program began, "
        f"{interrupts.written} rosters written; "
        f"{len(interrupts.lost)} lost, {len(interrupts.failed)} failed verification, "
        f"{len(interrupts.odd)} odd"
    )
