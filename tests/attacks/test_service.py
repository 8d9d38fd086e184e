"""A short part of the attack on what a service does, the same every time: searches cancelled at a look."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scheduler import Outcome, Stop, solve
from tests.attacks.service import Canceller, cancelled
from tests.benchmarks.generated import case_of
from tests.property.problems import small_case

CASE = case_of("generated-20-different", Path(), 1)
COUNTED = Stop(seconds=None, rounds=3)


@pytest.mark.parametrize("at_look", [1, 2, 3, 4, 6, 8])
def test_a_cancelled_search_hands_out_what_it_had(at_look: int) -> None:
    canceller = Canceller(at_look=at_look)
    found = cancelled(CASE.problem, CASE.rules, canceller, stop=COUNTED, workers=1)
    assert found is not None
    assert not found.is_lost
    if found.outcome is not None:
        assert found.outcome.stopped_by == "user"


def test_two_searches_side_by_side_find_what_each_finds_alone() -> None:
    def search(seed: int) -> Outcome:
        return solve(*small_case(10), stop=Stop(seconds=None, rounds=3), seed=seed, workers=1)

    with ThreadPoolExecutor(2) as threads:
        side_by_side = list(threads.map(search, (1, 2)))
    assert [one.roster for one in side_by_side] == [search(seed).roster for seed in (1, 2)]
