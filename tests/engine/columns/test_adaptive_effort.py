"""Which effort is taken next: the one that pays, now and then one beside it, never one far away."""

import numpy as np
import pytest

from scheduler.engine.columns.adaptive_effort import POLICY, Ladder


def drawn_after(pays: list[float], work: list[float], tries: int = 400, seed: int = 1) -> list[int]:
    """Rungs that are drawn where each always wins the same for its work."""
    ladder, rng, drawn = Ladder(len(pays)), np.random.default_rng(seed), []
    for _ in range(tries):
        rung = ladder.draw(rng)
        ladder.record(rung, pays[rung] * work[rung], work[rung])
        drawn.append(rung)
    return drawn


@pytest.mark.parametrize("pays", [[9.0, 2.0, 1.0], [1.0, 2.0, 9.0], [1.0, 9.0, 2.0]])
def test_the_rung_that_pays_best_is_taken_most_often(pays: list[float]) -> None:
    drawn = drawn_after(pays, [1.0, 1.0, 1.0])
    assert np.bincount(drawn, minlength=3).argmax() == np.argmax(pays)


def test_no_rung_is_skipped_on_the_way_up() -> None:
    drawn = drawn_after([0.0, 0.0, 0.0, 1.0], [1.0, 2.0, 4.0, 8.0])
    first = [drawn.index(rung) for rung in range(4)]
    assert first == sorted(first)


def test_where_nothing_is_won_more_effort_is_made() -> None:
    drawn = drawn_after([0.0, 0.0, 0.0], [1.0, 3.0, 9.0])
    assert np.mean(drawn[-100:]) > 1.5


def test_a_dear_rung_is_seldom_tried_in_vain() -> None:
    drawn = drawn_after([5.0, 0.0], [1.0, 40.0], tries=2000)
    # a quarter of the draws would go there, and forty times the work with them
    assert 1 <= drawn.count(1) < 2000 / 40


def test_what_paid_once_is_forgotten() -> None:
    ladder = Ladder(2)
    ladder.record(0, 1000.0, 1.0)
    ladder.record(1, 5.0, 1.0)
    for _ in range(20):
        ladder.record(0, 0.0, 1.0)
    assert ladder.best == 1


def test_a_try_may_take_so_many_times_what_usual_ones_take() -> None:
    ladder = Ladder(2)
    assert ladder.most_work == np.inf  # nothing is known yet
    ladder.record(0, 1.0, 3.0)
    ladder.record(0, 1.0, 3.0)
    assert ladder.most_work == pytest.approx(3.0 * POLICY.most_work_factor)
