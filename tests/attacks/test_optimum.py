"""A few of the problems of ``python -m tests.attacks optimum``."""

from constraints import CATALOGUE
from tests.attacks import optimum


def test_bound_optimum_and_cost_of_a_few_problems() -> None:
    said, wrong = optimum.attack(count=8, seed=2)
    assert not wrong
    assert said["bound <= optimum <= cost"] >= 5
    assert said["forged: true"] >= 12


def test_the_problems_have_every_rule() -> None:
    kinds = {rule.kind for seed in range(100) for rule in optimum.case(seed)[1].active()}
    assert kinds == {rule.model_fields["kind"].default for rule in CATALOGUE}
