"""Deferred work in the Lagrangian: sums over windows, and a value that no place of the work undercuts."""

import numpy as np
import pytest

from scheduler.engine.bound.deferred_work import DeferredPrice, Windows
from scheduler.engine.instance.compile import compile_instance
from tests.demand.test_placed_work import both
from tests.unit.tiny import tiny_rules


@pytest.mark.parametrize("seed", range(20))
def test_windows_are_summed_as_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size, count = int(rng.integers(1, 30)), int(rng.integers(1, 20))
    first = rng.integers(0, size, count)
    last = np.array([int(rng.integers(begin, size)) for begin in first])
    weights = rng.normal(size=size) * rng.choice([1, 100, 10_000])
    amounts = rng.integers(1, 9, count).astype(np.float64)
    shared = np.zeros(size)
    for begin, end, amount in zip(first, last + 1, amounts, strict=True):
        part = np.exp(weights[begin:end] - weights[begin:end].max())
        shared[begin:end] += amount * part / part.sum()
    windows = Windows(first, last, size)
    assert np.allclose(windows.shared(weights, amounts), shared, atol=1e-9)
    least = [weights[begin:end].min() for begin, end in zip(first, last + 1, strict=True)]
    assert windows.least(weights).tolist() == least


def test_whole_and_real_prices_agree_and_portions_add_up() -> None:
    instance = compile_instance(both("placed"), tiny_rules().planned)
    (row,) = instance.deferred
    price, rng = DeferredPrice(row), np.random.default_rng(1)
    prices = rng.integers(-row.superfluous_price, row.missing_price, instance.slots.count)
    value, placed = price.at(prices.astype(np.float64))
    assert value == price.whole(prices)
    assert placed[row.at[:, 0]].sum() == pytest.approx(row.work.portions)
    # what attains nearly the least costs a little more
    assert (
        value <= (prices * placed).sum() <= value + 0.05 * row.missing_price * row.width * row.work.portions
    )
