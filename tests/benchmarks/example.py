"""The example workbook, read as a user's would be."""

from pathlib import Path

from scheduler import read_workbook
from tests.benchmarks.case import Case

WORKBOOK = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"


def week(folder: Path, seed: int) -> Case:
    """The contact centre's week; nothing is drawn, the seed is unused."""
    problem, rules = read_workbook(WORKBOOK)
    return Case("example", problem, rules)
