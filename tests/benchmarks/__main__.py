"""``python -m tests.benchmarks NAME --data FOLDER`` measures one benchmark and prints its table row."""

import argparse
import sys
from pathlib import Path

from scheduler.domain import StaffcurveError, Stop
from tests.benchmarks.measure import Row, as_table, run, write_json
from tests.benchmarks.names import LISTED, MEASURED, loader_of


def main(arguments: list[str] | None = None) -> int:
    """Measure what is named; 0 when done, 1 without a roster, 2 for a wrong name or missing data."""
    options = _options(arguments)
    if options.list:
        print("\n".join(LISTED))
        return 0
    if not options.names:
        return _complain("no benchmark named; --list shows them")
    rows: list[Row] = []
    for name in options.names:
        try:
            rows.append(_measured(name, options))
        except (ValueError, FileNotFoundError) as wrong:
            return _complain(str(wrong))
        except (StaffcurveError, RuntimeError) as nothing:
            print(f"{name}: {nothing}", file=sys.stderr)
            return 1
    print(as_table(rows))
    if options.json:
        write_json(rows, options.json)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which to run; --list shows them all")
    parser.add_argument(
        "--data", type=Path, default=Path("benchmarks"), help="folder of the public data sets"
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="time for each search")
    parser.add_argument("--gap", type=float, default=0.0, help="stop a search once its gap is this small")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None, help="as many as there are cores if not given")
    parser.add_argument("--json", type=Path, default=None, help="write the rows to this file as well")
    parser.add_argument("--list", action="store_true", help="name every benchmark and do nothing else")
    return parser.parse_args(arguments)


def _measured(name: str, options: argparse.Namespace) -> Row:
    if name in MEASURED:
        return MEASURED[name](options.seed)
    case = loader_of(name)(options.data, options.seed)
    print(case.problem, file=sys.stderr)
    return run(case, Stop(seconds=options.seconds, gap=options.gap), options.seed, options.workers)


def _complain(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
