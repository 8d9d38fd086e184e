"""``python -m tests.benchmarks.speed NAME NAME --data FOLDER``: how many moves a second each case takes.

One worker searches each case in turns, several times. Seconds are those of the processor, which a busy
machine lengthens less; still, what tells is the ratio of a case to the first one, not the number. A case with
wishes against the same without says what they slow.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from time import thread_time
from typing import cast
from unittest import mock

from scheduler import Outcome, solve
from scheduler.domain import Stop
from scheduler.engine.local_search.roster_state import RosterState
from tests.benchmarks.case import Case
from tests.benchmarks.markdown import table
from tests.benchmarks.names import loader_of


@dataclass(frozen=True)
class Speed:
    """How fast one worker searched.

    Parameters
    ----------
    moves_a_second
        Tried, in a second of trying them.
    recount_share
        What recounting the true cost of rosters took, as a share of that and of the moves.
    """

    moves_a_second: float
    recount_share: float


def speed_of(
    case: Case, stop: Stop, seed: int, clock: Callable[[], float] = thread_time
) -> tuple[Speed, Outcome]:
    """How fast one worker searches a case, and what it came to."""
    tried, took = 0, {"moves": 0.0, "cost": 0.0}

    def timed(name: str) -> Callable[..., object]:
        method: Callable[..., object] = getattr(RosterState, name)

        @wraps(method)
        def timing(worker: RosterState, *how: object) -> object:
            nonlocal tried
            began = clock()
            result = method(worker, *how)
            took[name] += clock() - began
            if name == "moves":
                tried += cast(int, how[0])
            return result

        return timing

    with mock.patch.multiple(RosterState, **{name: timed(name) for name in took}):
        outcome = solve(case.problem, case.rules, stop=stop, seed=seed, workers=1)
    return Speed(tried / took["moves"], took["cost"] / sum(took.values())), outcome


def compared(
    names: Sequence[str],
    data: Path,
    stop: Stop,
    seeds: Sequence[int],
    clock: Callable[[], float] = thread_time,
) -> str:
    """Every case with every seed, in turns."""
    speeds: dict[str, list[Speed]] = {name: [] for name in names}
    gaps: dict[str, list[float]] = {name: [] for name in names}
    for seed in seeds:
        for name in names:
            speed, outcome = speed_of(loader_of(name)(data, seed), stop, seed, clock)
            speeds[name].append(speed)
            gaps[name].append(outcome.gap)
    rows = []
    for name in names:
        pairs = zip(speeds[name], speeds[names[0]], strict=True)
        ratio = statistics.median(one.moves_a_second / first.moves_a_second for one, first in pairs)
        moves = statistics.median(one.moves_a_second for one in speeds[name])
        recounts = statistics.median(one.recount_share for one in speeds[name])
        gap = statistics.median(gaps[name])
        rows.append([f"`{name}`", f"{moves:,.0f}", f"{ratio:.2f}", f"{recounts:.2%}", f"{gap:.2%}"])
    columns = ["case", "moves a second", "against the first", "recounting the true cost", "gap in the end"]
    return table(columns, rows)


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
