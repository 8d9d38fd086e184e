"""A short part of the attack with weeks that are moved on, and every example."""

from tests.attacks.next_weeks import broken, drawn, examples, trials


def test_nothing_is_found_in_the_week_after_an_example() -> None:
    for problem, rules in examples():
        assert trials(problem, rules, planned=0) == ["nothing new"] * 3


def test_nothing_is_found_in_weeks_that_are_moved_on() -> None:
    said = [what for number in (1000, 1001, 1007, 1012) for what in trials(*drawn(number), planned=1)]
    assert len(said) == 12 and not broken(said)
