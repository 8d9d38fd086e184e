"""A short part of the attack with headings, and what once went unsaid."""

from random import Random

import pytest

from tests.attacks.headings import WAYS, attack, places, read, trial
from tests.workbook.filled_in import new_book


def test_no_heading_that_was_changed_is_silent() -> None:
    told = list(attack(count=18, seed=2))
    assert len(told) == 18
    assert [one.made for one in told if one.is_silent] == []


@pytest.mark.parametrize("way", WAYS)
def test_the_first_row_of_settings_is_named_like_any_other(way) -> None:
    """A slip in the first label was taken for a heading, and the setting was lost."""
    first = next(cell for sheet, cell in places() if sheet == "Settings")
    one = trial("Settings", first, way, read(new_book()), Random(1))
    assert one.verdict == "named" and f"Settings!{first}" in one.sentence
