"""Scale comes from what decides between good rosters: a penalty that is never paid changes nothing."""

import pytest

from scheduler.domain import Stop
from scheduler.engine import search
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent, first_prices
from scheduler.engine.columns.diving_restarts import FullDives
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.price_scale import dearest_worth, scale_of_changes
from scheduler.engine.run.watch import Watch
from tests.demand.scenario_weeks import PLANNED, QUIET, scenario_week
from tests.engine.wished_ward import WISH, wished_ward
from tests.unit.tiny import tiny_rules

UNIT = 60 * WISH
"""What a wish costs, in sixtieths of a cent."""
PRICES = (20, 1_000, 100_000, 0)
"""What a head costs, in wishes; without a price nobody may be missing."""


def ascended(head_price: int, steps: int) -> SubgradientAscent:
    """So many steps from the first prices of the ward."""
    instance = compile_instance(*wished_ward(1, head_price=head_price))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    ascent = SubgradientAscent.start(lagrangian, first_prices(lagrangian))
    ascent.ascend_iterations(steps)
    return ascent


@pytest.mark.parametrize("head_price", PRICES)
def test_temperatures_do_not_follow_a_penalty_that_is_never_paid(head_price: int) -> None:
    # Temperatures were measured by the price of a missing head: with 1,000 where wishes cost 1 annealing
    # boiled, and ten nurses and four weeks ended at 140 where 51 is the optimum.
    ascent = ascended(head_price, 60)
    scale = scale_of_changes(ascent.lagrangian.instance, ascent.mean)
    assert 0.5 * UNIT <= scale <= 5 * UNIT


@pytest.mark.parametrize("head_price", PRICES)
def test_a_climb_proves_as_much_whatever_a_missing_head_costs(head_price: int) -> None:
    # First steps were an eighth of the price of a head, so that of 50.9 no more than 42.5 was proven.
    usual, other = ascended(20, 120), ascended(head_price, 120)
    assert other.bound >= 0.8 * usual.bound > 0
    assert dearest_worth(other.prices) <= 2 * dearest_worth(usual.prices)


@pytest.mark.parametrize("head_price", PRICES)
def test_the_first_programme_begins_near_known_prices(head_price: int) -> None:
    # Its prices lay anywhere at first, and then in a box as wide as a part of the dearest penalty: with
    # heads at 1,000 it stood at the first roster's cost for all of its forty looks.
    ascent = ascended(head_price, 60)
    watch = Watch(Stop(seconds=None, rounds=1))
    dives = FullDives(ascent.lagrangian, 1, ascent.prices, lambda: False, watch)
    descent = dives.begin(4)
    assert descent._proven == pytest.approx(ascent.bound, abs=1.0)
    fractions = descent.generated()
    assert fractions is not None
    assert descent._proven > ascent.bound
    assert fractions.cost - descent._proven < 0.02 * fractions.cost


def test_a_search_ends_alike_whatever_a_missing_head_costs_and_where_nobody_may_be_missing() -> None:
    # With heads at 20, ten nurses and four weeks came to 54; with heads at 1,000 to 150.
    costs = {}
    for head_price in PRICES:
        found = search(
            *wished_ward(1, head_price=head_price, days=14),
            stop=Stop(seconds=None, rounds=2),
            seed=1,
            workers=1,
        )
        assert found.claimed is not None
        costs[head_price] = found.claimed.cost
    least = min(costs.values())
    assert max(costs.values()) <= 1.02 * least, costs


def test_temperatures_do_not_fall_because_scenarios_share_a_price() -> None:
    # The dearest share of a price was taken for the price: temperatures fell with the number of scenarios.
    scales = []
    for scenarios in ((PLANNED,), (PLANNED, QUIET.model_copy(update={"weight": 60}))):
        instance = compile_instance(scenario_week(*scenarios), tiny_rules())
        prices = instance.shape.nothing()
        prices[:] = 10**9
        scales.append(scale_of_changes(instance, prices))
    assert scales[0] == scales[1] == 6000 * 60
