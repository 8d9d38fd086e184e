"""Whether a change that should change nothing did: digests of what counted rounds of search come to.

``python -m tests.benchmarks.identity --data FOLDER [NAME:ROUNDS ...]`` prints a line for each case, searched
by one worker with a fixed seed. Run it before and after, and compare the lines.
"""

import argparse
import hashlib
from pathlib import Path

from scheduler import Stop, solve
from tests.benchmarks.names import loader_of

CASES = ("example:6", "generated-30-different:6", "nrp24-1:2", "inrc-sprint01:1")
SEED = 5


def line_of(name: str, rounds: int, data: Path) -> str:
    """What a search comes to: its cost, its bound, and digests of its roster and its certificate."""
    case = loader_of(name)(data, 1)
    found = solve(
        case.problem, case.rules, stop=Stop(seconds=None, rounds=rounds), seed=SEED, workers=1, proof="full"
    )
    roster, certificate = (_digest(repr(found.roster)), _digest(found.certificate.model_dump_json()))
    proven = f"bound {found.bound} certificate {certificate}"
    return f"{name}:{rounds} cost {found.cost.total} roster {roster} {proven}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.identity", description=__doc__)
    parser.add_argument("cases", nargs="*", default=CASES, metavar="NAME:ROUNDS")
    parser.add_argument("--data", type=Path, default=Path())
    asked = parser.parse_args()
    for case in asked.cases:
        name, _, rounds = case.rpartition(":")
        print(line_of(name, int(rounds), asked.data), flush=True)


if __name__ == "__main__":
    main()
