"""The aggregated programme: its prices prove its optimum, and how long it is thought to take."""

from itertools import pairwise

import pytest
from ortools.math_opt.python import mathopt

from scheduler.engine.bound.aggregated_lp import POLICY, _Relaxation, aggregated_prices, seconds_for
from scheduler.engine.bound.subgradient_adam import first_prices
from tests.engine.rosters import Drawn, drawn, generated, lagrangian_of

ENOUGH_SECONDS = 600.0
"""Each takes less than one."""


@pytest.mark.parametrize("case", drawn([1, 2, 4, 5, 6], [3, 5, 6, 8]), ids=str)
def test_its_prices_prove_its_optimum(case: Drawn) -> None:
    # When it returned no prices at all, no test failed.
    lagrangian = lagrangian_of(case)
    optimum = _Relaxation(lagrangian).solved(mathopt.SolveParameters()).objective_value()
    prices = aggregated_prices(lagrangian, ENOUGH_SECONDS)
    assert prices is not None
    # At optimal duals the Lagrangian is at least the optimum, by duality: it relaxes less than the programme.
    assert lagrangian.at(prices, with_subgradient=False).bound >= optimum * (1 - 1e-5)
    assert lagrangian.at(first_prices(lagrangian), with_subgradient=False).bound < 0.7 * optimum


def test_without_time_there_are_no_prices() -> None:
    assert aggregated_prices(lagrangian_of(Drawn(0)), 1e-6) is None


def test_more_weeks_and_more_skills_take_longer() -> None:
    names = ("30-alike-1skill", "100-alike-1skill-4weeks", "100-alike-4weeks", "100-alike-5skills-4weeks")
    needed = [seconds_for(generated(f"generated-{name}")) for name in names]
    assert needed[0] == POLICY.least_seconds and needed[-1] > 150
    assert all(fewer < more for fewer, more in pairwise(needed))


def test_more_agents_of_the_same_kinds_do_not() -> None:
    few, many = (seconds_for(generated(f"generated-{n}-alike-1skill")) for n in (30, 300))
    assert few == many
