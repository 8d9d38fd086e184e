"""A rule's limits and its check, written in two shapes, agree on every small roster."""

import pytest

from constraints import CATALOGUE
from tests.rules.disagreement import disagreement
from tests.rules.judged import excess
from tests.rules.trials import TRIALS, Trial


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_limits_and_check_agree_on_every_roster(trial: Trial) -> None:
    limits = list(trial.rule.limits(trial.problem))
    for roster, found in zip(trial.rosters, trial.found, strict=True):
        assert excess(trial.problem, limits, roster) == found, disagreement(trial.problem, trial.rule, roster)


def test_every_rule_is_tried_and_finds_something() -> None:
    # a rule that never finds anything agrees with everybody
    busy = {trial.rule.kind for trial in TRIALS if any(trial.found) and not all(trial.found)}
    calm = {trial.rule.kind for trial in TRIALS if not all(trial.found)}
    kinds = {rule.model_fields["kind"].default for rule in CATALOGUE if not rule.is_inherent}
    always_short = {
        "requirement",
        "minimum_staff",
        "staff_present",
    }  # 24 hours of demand, 22 hours of work at best
    assert calm | always_short >= kinds
    assert {trial.rule.kind for trial in TRIALS if any(trial.found)} == kinds
    assert busy | always_short == kinds
