"""One wrong cell hides nothing that can be found without it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduler.app.planning import check
from tests.workbook.filled_in import filled_in

WRONG = {
    "Skills!B2": "much",
    "Demand!C20": "many",
    "Shifts!C2": "noon",
    "Breaks!E2": "long",
    "Contracts!B2": "plenty",
    "Agents!B2": "Ful time",
    "Availability!B2": "some day",
    "Fixed!E2": "early",
    "Wishes!B2": "some day",
    "History!B2": "long ago",
    "Headcounts!D2": "many",
}
"""A cell of each sheet that cannot be read."""

FAULTS: dict[str, Any] = {
    "Contracts!A3": "Part time", "Contracts!B3": 18, "Contracts!C3": 60, "Contracts!D3": 60,
    "Contracts!E3": "Day",
    "Agents!A3": "Ben", "Agents!B3": "Part time", "Agents!C3": "English",
    "Availability!A3": "Ben", "Availability!B3": date(2024, 3, 5), "Availability!F3": "time off",
    "Availability!G3": 8,
    "Fixed!A3": "Ben", "Fixed!B3": date(2024, 3, 5), "Fixed!D3": "Day",
    "Rules!F2": "Nightly",
}  # fmt: skip
"""An impossible contract, a shift fixed on a day of leave, and a rule for a contract that there is not."""
FOUND = {"Contracts!C3", "Fixed!B3", "Rules!F2"}
WAITING = {"Shifts!C2": {"Contracts!C3", "Fixed!B3"}, "Breaks!E2": {"Contracts!C3", "Fixed!B3"}}
"""What cannot be found before the wrong cell is right: these three are of the shift that it spoils."""


@pytest.mark.parametrize("cell", WRONG)
def test_a_wrong_cell_hides_nothing_that_can_be_found_without_it(cell: str, tmp_path: Path) -> None:
    """A cell that could not be read on any sheet but Rules hid all that compares cells, but for contracts."""
    told = {
        f"{one.place.sheet}!{one.place.cell}"
        for one in check(filled_in(tmp_path, FAULTS | {cell: WRONG[cell]}))
    }
    assert cell in told
    assert FOUND - told == WAITING.get(cell, set())


def test_findings_of_a_part_name_the_fact_of_the_whole(tmp_path: Path) -> None:
    """The first agent is left out of the part: the second one's fault must not be told of the first."""
    changes = FAULTS | {"Agents!B2": "Ful time"}
    told = [str(one) for one in check(filled_in(tmp_path, changes)) if one.place.cell == "B3"]
    assert len(told) == 1 and told[0].startswith("Fixed!B3  Ben on 2024-03-05")
