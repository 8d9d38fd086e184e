"""A short part of the fuzzer: the same mutants every time."""

from collections import Counter

from tests.attacks.fuzz import tried


def test_no_mutant_ends_in_a_traceback() -> None:
    # time is not judged here: on a busy machine it says nothing
    trials = [trial for number in range(40) for trial in tried(1, number)]
    outcomes = ("accepted", "refused", "found something")
    assert [trial for trial in trials if trial.outcome not in outcomes] == []
    assert max(trial.megabytes for trial in trials) < 1_000
    assert len(Counter(trial.kind for trial in trials)) > 8
