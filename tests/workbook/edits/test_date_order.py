"""Dates that are typed into a roster are read in the order that the Settings of its input say."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from scheduler import BadInput, Stop, solve, verify_file
from scheduler.app.planning import workbook_bytes
from tests.unit.tiny import tiny_problem, tiny_rules

ORDERED = tiny_problem().model_copy(update={"date_order": "day month year"})  # 5 and 6 January 2026


@pytest.fixture(scope="module")
def content() -> bytes:
    outcome = solve(ORDERED, tiny_rules(), stop=Stop(seconds=None, rounds=1), workers=1)
    return workbook_bytes(ORDERED, tiny_rules(), outcome)


def typed(content: bytes, date: str) -> bytes:
    book, changed = load_workbook(BytesIO(content)), BytesIO()
    book["Duties"]["F5"].value = date
    book.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize("date", ["05/01/2026", "5.1.26"])
def test_a_typed_date_follows_the_settings(content: bytes, date: str) -> None:
    # "can be read in two ways ... give the Date order on Settings", where it was given
    assert verify_file(ORDERED, tiny_rules(), typed(content, date)).passed


def test_without_an_order_it_is_asked_about(content: bytes) -> None:
    unsaid = ORDERED.model_copy(update={"date_order": None})
    with pytest.raises(BadInput, match="can be read in two ways"):
        verify_file(unsaid, tiny_rules(), typed(content, "05/01/2026"))
