"""How long the aggregated programme is thought to take: it is asked for where there is time for it."""

from itertools import pairwise

from scheduler.engine.bound.aggregated_lp import POLICY, seconds_for
from tests.engine.rosters import generated


def test_more_weeks_and_more_skills_take_longer() -> None:
    names = ("30-alike-1skill", "100-alike-1skill-4weeks", "100-alike-4weeks", "100-alike-5skills-4weeks")
    needed = [seconds_for(generated(f"generated-{name}")) for name in names]
    assert needed[0] == POLICY.least_seconds and needed[-1] > 150
    assert all(fewer < more for fewer, more in pairwise(needed))


def test_more_agents_of_the_same_kinds_do_not() -> None:
    few, many = (seconds_for(generated(f"generated-{n}-alike-1skill")) for n in (30, 300))
    assert few == many
