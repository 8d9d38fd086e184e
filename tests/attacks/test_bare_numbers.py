"""A few of the values of ``python -m tests.attacks bare_numbers``."""

from tests.attacks import bare_numbers


def test_no_bare_number_is_misread_in_silence() -> None:
    said = bare_numbers.attack(count=21, seed=3)
    assert bare_numbers.wrong(said) == []
    assert said.total() == 21
    assert sum(times for what, times in said.items() if what.endswith("read as meant")) > 3
