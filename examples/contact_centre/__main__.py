"""Write the workbook and say what is in it."""

import sys
from pathlib import Path

from examples.contact_centre.week import build
from scheduler import write_workbook

WORKBOOK = Path(__file__).parents[1] / "contact_centre_week.xlsx"


def main(workbook: Path = WORKBOOK) -> None:
    """Write the workbook and say what is in it."""
    problem, rules = build()
    write_workbook(workbook, problem, rules)
    print(problem)
    print(rules)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
