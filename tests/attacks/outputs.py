"""Every kind of place to write to, of stream, locale and signal, against the command line as it is run.

``python -m tests.attacks outputs``. Each trial runs a command in a folder of its own and holds what is there
afterwards against what should be: the exit code, no traceback, nothing replaced but regular files, the
roster in a file or on stdout, no draft left behind.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.app import planning
from tests.attacks.output_trials import TABLES
from tests.attacks.trial import DONE, NOT_WRITTEN, ROOT, Trial, is_result, names_in, solve
from tests.unit.tiny import tiny_problem, tiny_rules


@dataclass
class Outputs:
    """The trials so far, and what went wrong in them."""

    trials: int = 0
    wrong: list[str] = field(default_factory=list)

    def of(self, trial: Trial) -> None:
        """Run one in a folder of its own."""
        with TemporaryDirectory() as folder:
            fault = trial.fault(Path(folder))
        self.trials += 1
        if fault:
            self.wrong.append(f"{trial.name}: {fault}")
            print(self.wrong[-1], flush=True)

    def side_by_side(self, runs: int) -> None:
        """Several writers of one file at a time: each roster is there, whole, the later ones beside it."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            planning.write_workbook(folder / "week.json", tiny_problem(), tiny_rules())
            command = [sys.executable, "-m", "scheduler", *solve("-o", "roster.xlsx")]
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            running = [
                subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.DEVNULL) for _ in range(runs)
            ]
            codes = [one.wait() for one in running]
            self.trials += runs
            rosters = sorted(folder.glob("roster*.xlsx"))
            beside = sum(code == NOT_WRITTEN for code in codes)
            are_told = set(codes) <= {DONE, NOT_WRITTEN} and len(rosters) == 1 + beside
            if not are_told or not all(map(is_result, rosters)) or len(names_in(folder)) != 1 + len(rosters):
                self.wrong.append(f"side by side: {codes}, {names_in(folder)}")
                print(self.wrong[-1], flush=True)


def main(words: list[str]) -> int:
    """Run the whole table, or the part of it whose names hold a word."""
    parser = ArgumentParser(prog="python -m tests.attacks outputs", description=__doc__)
    parser.add_argument("--only", default="", help="trials whose table and name hold this")
    parser.add_argument("--count", type=int, default=0, help="the first so many of each table; 0 is all")
    parser.add_argument("--seed", type=int, default=1, help="not used: nothing is drawn")
    asked = parser.parse_args(words)
    outputs = Outputs()
    for table in TABLES:
        before, faults = outputs.trials, len(outputs.wrong)
        trials = [trial for trial in table() if asked.only in f"{table.__name__}: {trial.name}"]
        for trial in trials[: asked.count or None]:
            outputs.of(trial)
        print(
            f"{table.__name__:12} {outputs.trials - before:4} trials, {len(outputs.wrong) - faults} wrong",
            flush=True,
        )
    if not asked.only:
        outputs.side_by_side(4)
    print(f"{outputs.trials} trials, {len(outputs.wrong)} wrong")
    return 1 if outputs.wrong else 0
