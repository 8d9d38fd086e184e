"""The dual ascent from a guess that is far too low, as that of heads is wherever few are missing at first."""

import pytest

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent, first_prices
from scheduler.engine.instance.compile import compile_instance
from tests.engine.wished_ward import wished_ward


@pytest.mark.parametrize(("head_price", "nurses"), [(20, 4), (20, 5), (100, 4), (100, 5), (1000, 6)])
def test_an_ascent_from_a_hundredth_of_the_prices_is_soon_as_high(head_price: int, nurses: int) -> None:
    # Steps were a part of the prices of the first guess: on nrp24 10, which begins at a hundredth of what
    # heads are worth, sixty iterations proved 133 of 4,631, and annealing was led by prices of next to
    # nothing. Of these five a fifth to a half was proven.
    instance = compile_instance(*wished_ward(1, head_price=head_price, nurses=nurses))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    long = SubgradientAscent.start(lagrangian, first_prices(lagrangian))
    long.ascend_iterations(600)
    short = SubgradientAscent.start(lagrangian, long.prices / 100)
    assert short.bound < 0.1 * long.bound
    short.ascend_iterations(60)
    assert short.bound > 0.85 * long.bound
