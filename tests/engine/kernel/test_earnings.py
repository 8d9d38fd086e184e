"""What options earn: laid side by side as each alone, and worked out where somebody may choose them only."""

import ctypes

import numpy as np
import pytest

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.pricing import ALMOST_NEVER
from scheduler.engine.kernel.bindings import exports
from tests.engine.rosters import Drawn, generated, prepared


def of_generated(name: str) -> Lagrangian:
    """Of a generated contact centre."""
    instance = generated(name)
    return Lagrangian(instance, WeekAutomata.of(instance))


GENERATED = ["generated-20-alike-3skills", "generated-12-different-strict", "generated-10-alike-1skill"]
DRAWN = [Drawn(seed, is_ward=is_ward) for seed in range(8) for is_ward in (False, True)]


@pytest.mark.parametrize("case", [*GENERATED, *DRAWN], ids=str)
def test_options_side_by_side_earn_what_each_earns_alone(case: str | Drawn) -> None:
    lagrangian = Lagrangian(*prepared(case)) if isinstance(case, Drawn) else of_generated(case)
    weeks, rng = lagrangian.pricing, np.random.default_rng(1)
    low, high = lagrangian.box(hard=False)
    sums, on_heads = lagrangian._running_worth(rng.uniform(low, np.maximum(low, high)))
    model, earned = ctypes.byref(lagrangian.model), np.zeros(weeks.earned.shape[1])
    weeks._earn(sums, on_heads)
    for (group, regime, zone, day, heads), row in weeks._row_keys.items():

        def earn(
            asked: np.ndarray[tuple[int], np.dtype[np.uint8]],
            place: tuple[int, ...] = (regime, zone, day, sums[group].ctypes.data, heads),
        ) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
            arrays = asked, on_heads, earned
            exports().earnings(model, *place, *(one.ctypes.data for one in arrays))
            return earned.copy()

        together = earn(np.ones_like(weeks._asked[row]))
        alone = [earn(asked)[option] for option, asked in enumerate(np.eye(len(earned), dtype=np.uint8))]
        assert (together == alone).all()
        assert (together > ALMOST_NEVER).any()
        asked = weeks._asked[row] > 0
        assert (weeks.earned[row][asked] == together[asked]).all()  # all rows in one call


@pytest.mark.parametrize("name", GENERATED)
def test_options_are_asked_for_that_somebody_may_choose(name: str) -> None:
    lagrangian = of_generated(name)
    instance, weeks = lagrangian.instance, lagrangian.pricing
    may = np.zeros(weeks.earned.shape, bool)
    for kind in lagrangian.classes:
        for agent in kind.agents:
            for day, row in enumerate(kind.rows):
                may[row] |= instance.menus[agent, day]
    assert (weeks._asked.astype(bool) == may).all()
    lagrangian.at(lagrangian.nothing())
    assert (weeks.earned[~may] <= ALMOST_NEVER).all() and (weeks.earned[may] > ALMOST_NEVER).all()


@pytest.mark.parametrize("case", DRAWN, ids=str)
def test_what_is_not_worked_out_again_is_what_it_would_be(case: Drawn) -> None:
    lagrangian, rng = Lagrangian(*prepared(case)), np.random.default_rng(case.seed)
    low, high = lagrangian.box(hard=False)
    prices = rng.uniform(low, np.maximum(low, high))
    for change in ("everything", "some heads", "nothing", "wages", "some heads", "staffing", "some heads"):
        other = rng.uniform(low, np.maximum(low, high))
        if change == "everything":
            prices = other
        if change == "staffing":
            lagrangian.shape.staffing(prices)[...] = lagrangian.shape.staffing(other)
        if change == "some heads":
            day = int(rng.integers(lagrangian.shape.days))
            lagrangian.shape.headcounts(prices)[:, day] = lagrangian.shape.headcounts(other)[:, day]
        if change == "wages":
            assert lagrangian.unavoidable_wages == Lagrangian(*prepared(case)).unavoidable_wages
        fresh = Lagrangian(*prepared(case))
        assert lagrangian.at(prices).bound == fresh.at(prices).bound, change
        assert (lagrangian.pricing.earned == fresh.pricing.earned).all(), change
