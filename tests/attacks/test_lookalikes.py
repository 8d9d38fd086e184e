"""A short part of the attack with lookalikes and stale rows."""

import pytest

from tests.attacks.lookalikes import LOOKALIKES, STALE, trials


@pytest.mark.parametrize(("makers", "count"), [(LOOKALIKES, 15), (STALE, 8)])
def test_nothing_made_is_silent(makers, count) -> None:
    _, silent = trials(makers, count, seed=2)
    assert silent == []
