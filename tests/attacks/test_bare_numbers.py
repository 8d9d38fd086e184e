"""A few of the values of ``python -m tests.attacks bare_numbers``."""

from tests.attacks import bare_numbers


def test_no_bare_number_is_misread_in_silence() -> None:
    told = list(bare_numbers.attack(count=21, seed=3))
    assert [one.made for one in told if one.is_silent] == []
    assert len(told) == 21
    assert sum(one.verdict == "read as meant" for one in told) > 3
