"""The very first run: a fresh process with no compiled Python at hand, to the first roster.

What is measured runs from before the process starts until the first legal roster of the example is
reported. Python's bytecode cache is pointed at an empty folder, so that everything is compiled again, the
libraries too: not every installer does that beforehand. Run as a program this module is that process.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from scheduler import solve
from scheduler.domain import Progress, Stop
from tests.benchmarks import example
from tests.benchmarks.measure import Row, peak_memory_mib

FOUND = "first roster"
SEARCH_SECONDS = 20.0
PROJECT = Path(__file__).parents[2]


def measure(seed: int) -> Row:
    """Seconds from the process's start to the first roster of the example, and to its end.

    Raises
    ------
    RuntimeError
        If the process fails, or ends without a roster.
    """
    with tempfile.TemporaryDirectory() as nothing_compiled_yet:
        began = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.first_run", str(seed)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPYCACHEPREFIX": nothing_compiled_yet},
            stdout=subprocess.PIPE,
            text=True,
        )
        first_seen = None
        with process:
            assert process.stdout is not None  # it is a pipe
            for line in process.stdout:
                if line.strip() == FOUND and first_seen is None:
                    first_seen = perf_counter() - began
        if process.returncode != 0:
            raise RuntimeError(f"the first run failed with exit code {process.returncode}; see above")
        if first_seen is None:
            raise RuntimeError("the first run ended without a word of a roster")
        seconds = perf_counter() - began
    return Row(
        name="first-run",
        first_roster_seconds=first_seen,
        seconds=seconds,
        peak_memory_mib=peak_memory_mib(),
        seed=seed,
    )


def _solve_the_example(seed: int) -> None:
    def tell(progress: Progress) -> None:
        if progress.cost is not None:
            sys.stdout.write(f"{FOUND}\n")
            sys.stdout.flush()

    case = example.week(PROJECT, seed)
    solve(case.problem, case.rules, stop=Stop(seconds=SEARCH_SECONDS), seed=seed, progress=tell)


if __name__ == "__main__":
    _solve_the_example(int(sys.argv[1]))
