"""A short part of the attack with lookalikes and stale rows."""

import pytest

from tests.attacks.lookalikes import LOOKALIKES, STALE, attack


@pytest.mark.parametrize(("makers", "count"), [(LOOKALIKES, 15), (STALE, 8)])
def test_nothing_made_is_silent(makers, count) -> None:
    told = list(attack(makers, count, seed=2))
    assert len(told) == count
    assert [one.made for one in told if one.is_silent] == []
