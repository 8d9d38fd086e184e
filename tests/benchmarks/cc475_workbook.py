"""The contact centre of 475 agents as a planner has it: a workbook of calls, people, shifts and rules.

    python -m tests.benchmarks.cc475_workbook WEEK.xlsx --data FOLDER [--month]

writes the input of ``cc475-week`` or ``cc475-month`` with ``Volumes`` and ``Service goals`` in place of
``Demand``, so that every command can be tried on it.
"""

import argparse
from pathlib import Path

from scheduler import write_workbook
from tests.benchmarks import cc475


def main() -> None:
    """Write the workbook."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--data", type=Path, default=Path("benchmarks"))
    parser.add_argument("--month", action="store_true")
    asked = parser.parse_args()
    case = (cc475.month if asked.month else cc475.week)(asked.data, 0)
    case = cc475.from_calls(asked.data, case)
    write_workbook(asked.path, case.problem, case.rules)


if __name__ == "__main__":
    main()
