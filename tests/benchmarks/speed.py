"""``python -m tests.benchmarks.speed NAME NAME --data FOLDER``: how many moves a second each case takes.

One worker searches each case in turns, several times. Seconds are those of the processor, which a busy
machine lengthens less; still, what tells is the ratio of a case to the first one, not the number. A case with
wishes against the same without says what they slow.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from time import thread_time
from unittest import mock

from scheduler import Outcome, solve
from scheduler.domain import Stop
from scheduler.engine.local_search.roster_state import RosterState
from tests.benchmarks.case import Case
from tests.benchmarks.markdown import table
from tests.benchmarks.names import loader_of


def moves_a_second(
    case: Case, stop: Stop, seed: int, clock: Callable[[], float] = thread_time
) -> tuple[float, Outcome]:
    """Moves that one worker tries in a second of trying them, and what it came to."""
    tried, took = 0, 0.0

    def counted(moves: Callable[..., int]) -> Callable[..., int]:
        @wraps(moves)
        def moving(worker: RosterState, count: int, *how: object) -> int:
            nonlocal tried, took
            began = clock()
            taken = moves(worker, count, *how)
            tried, took = tried + count, took + clock() - began
            return taken

        return moving

    with mock.patch.object(RosterState, "moves", counted(RosterState.moves)):
        outcome = solve(case.problem, case.rules, stop=stop, seed=seed, workers=1)
    return tried / took, outcome


def compared(
    names: Sequence[str],
    data: Path,
    stop: Stop,
    seeds: Sequence[int],
    clock: Callable[[], float] = thread_time,
) -> str:
    """Every case with every seed, in turns."""
    speeds: dict[str, list[float]] = {name: [] for name in names}
    gaps: dict[str, list[float]] = {name: [] for name in names}
    for seed in seeds:
        for name in names:
            speed, outcome = moves_a_second(loader_of(name)(data, seed), stop, seed, clock)
            speeds[name].append(speed)
            gaps[name].append(outcome.gap)
    rows = []
    for name in names:
        ratio = statistics.median(a / b for a, b in zip(speeds[name], speeds[names[0]], strict=True))
        each = [f"{statistics.median(speeds[name]):,.0f}", f"{ratio:.2f}"]
        rows.append([f"`{name}`", *each, f"{statistics.median(gaps[name]):.2%}"])
    return table(["case", "moves a second", "against the first", "gap in the end"], rows)


def main(arguments: list[str] | None = None) -> int:
    """Print the comparison; 2 for a wrong name or missing data."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.speed", description="How many moves a second each case takes."
    )
    parser.add_argument("names", metavar="NAME", nargs="+")
    parser.add_argument(
        "--data", type=Path, default=Path("benchmarks"), help="folder of the public data sets"
    )
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    asked = parser.parse_args(arguments)
    try:
        print(compared(asked.names, asked.data, Stop(seconds=asked.seconds), asked.seeds))
    except (ValueError, FileNotFoundError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
