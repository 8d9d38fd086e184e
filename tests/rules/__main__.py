"""Lists every rule with how often it is tried: ``python -m tests.rules``."""

from constraints import CATALOGUE
from tests.rules.cases import CASES
from tests.rules.mutants import LIMIT_MUTATIONS, mutated_rules
from tests.rules.trials import TRIALS


def main() -> None:
    print(f"{'rule':26}{'cases':>7}{'settings':>10}{'rosters':>9}{'mutants':>9}")
    sums = [0, 0, 0, 0]
    for rule in CATALOGUE:
        kind = rule.model_fields["kind"].default
        trials = [trial for trial in TRIALS if trial.rule.kind == kind]
        mutations = {
            name
            for name, mutate in LIMIT_MUTATIONS.items()
            for trial in trials
            if mutate(limits := list(trial.rule.limits(trial.problem))) != limits
        }
        misread = {name for trial in trials for name, _ in mutated_rules(trial.rule)}
        row = [
            sum(case.rule.kind == kind for case in CASES),
            len({trial.rule.model_dump_json() for trial in trials}),
            sum(len(trial.rosters) for trial in trials),
            len(mutations) + len(misread),
        ]
        sums = [total + number for total, number in zip(sums, row, strict=True)]
        print(f"{kind:26}{row[0]:7}{row[1]:10}{row[2]:9}{row[3]:9}")
    print(f"{f'{len(CATALOGUE)} rules':26}{sums[0]:7}{sums[1]:10}{sums[2]:9}{sums[3]:9}")


if __name__ == "__main__":
    main()
