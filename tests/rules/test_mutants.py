"""A rule with one thing wrong is noticed: its two sides no longer agree on the trials."""

import pytest

from constraints import CATALOGUE
from tests.rules.judged import excess, found
from tests.rules.mutants import LIMIT_MUTATIONS, mutated_rules
from tests.rules.trials import TRIALS, Trial

KINDS = sorted(rule.model_fields["kind"].default for rule in CATALOGUE)
TRIALS_OF = {kind: [trial for trial in TRIALS if trial.rule.kind == kind] for kind in KINDS}


def applies(trial: Trial, mutation: str) -> bool:
    limits = list(trial.rule.limits(trial.problem))
    return LIMIT_MUTATIONS[mutation](limits) != limits


LIMIT_MUTANTS = [
    (kind, mutation)
    for kind in KINDS
    for mutation in LIMIT_MUTATIONS
    if any(applies(trial, mutation) for trial in TRIALS_OF[kind])
]
FIELD_MUTANTS = sorted(
    {(kind, name) for kind in KINDS for trial in TRIALS_OF[kind] for name, _ in mutated_rules(trial.rule)}
)


@pytest.mark.parametrize(("kind", "mutation"), LIMIT_MUTANTS)
def test_limits_with_something_wrong_are_noticed(kind: str, mutation: str) -> None:
    def notices(trial: Trial) -> bool:
        limits = LIMIT_MUTATIONS[mutation](list(trial.rule.limits(trial.problem)))
        return any(
            excess(trial.problem, limits, roster) != expected
            for roster, expected in zip(trial.rosters, trial.found, strict=True)
        )

    assert any(notices(trial) for trial in TRIALS_OF[kind] if applies(trial, mutation))


@pytest.mark.parametrize(("kind", "name"), FIELD_MUTANTS)
def test_a_check_that_misreads_a_field_is_noticed(kind: str, name: str) -> None:
    def notices(trial: Trial) -> bool:
        return any(
            found(trial.problem, mutant, roster) != expected
            for changed, mutant in mutated_rules(trial.rule)
            if changed == name
            for roster, expected in zip(trial.rosters, trial.found, strict=True)
        )

    assert any(notices(trial) for trial in TRIALS_OF[kind])


def test_every_rule_with_limits_has_mutants() -> None:
    assert {kind for kind, _ in LIMIT_MUTANTS} == set(KINDS) - {
        rule.model_fields["kind"].default for rule in CATALOGUE if rule.is_inherent
    }
