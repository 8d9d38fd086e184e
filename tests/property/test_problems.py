"""The generator of small cases reaches what it claims to reach; the promises tested on them rest on that."""

from constraints import CATALOGUE
from scheduler.domain.checks.problem import problem_faults
from scheduler.model.checks.rule_book import rule_faults
from tests.property.problems import FIELDS, OF_VOLUMES, REPORTED, small_case, ward_case

SEEDS = range(200)
CASES = [small_case(seed) for seed in SEEDS] + [ward_case(seed) for seed in SEEDS]


def test_a_seed_always_makes_the_same_case() -> None:
    assert [small_case(seed) for seed in range(5)] == CASES[:5]
    assert [ward_case(seed) for seed in range(5)] == CASES[200:205]


def test_every_rule_of_the_catalogue_can_be_drawn_both_ways() -> None:
    kinds = {rule.model_fields["kind"].default for rule in CATALOGUE} - OF_VOLUMES - REPORTED
    assert kinds >= set(FIELDS)
    assert {rule.kind for _, rules in CASES for rule in rules.rules} == kinds
    strengths = {(rule.kind, rule.strength.value) for _, rules in CASES for rule in rules.rules}
    assert {kind for kind, strength in strengths if strength == "must"} == kinds - {"requirement"}


def test_no_case_is_refused_as_input() -> None:
    for problem, rules in CASES:
        errors = [
            fault for fault in (*problem_faults(problem), *rule_faults(problem, rules)) if fault.is_error
        ]
        assert errors == []


def test_the_cases_hold_what_is_hard_to_get_right() -> None:
    problems = [problem for problem, _ in CASES]
    assert {len(problem.agents) for problem in problems} == set(range(2, 9))
    assert {problem.grid.days for problem in problems} == set(range(2, 8))
    assert {len(problem.skills) for problem in problems} == {1, 2, 3}
    assert {len(problem.templates) for problem in problems} == {1, 2, 3}
    # a day of 23 hours, one of 25, and clocks that differ within the team
    lengths = {problem.grid.minutes - 1440 * problem.grid.days for problem in problems}
    assert lengths == {-60, 0, 60}
    assert any(agent.time_zone for problem in problems for agent in problem.agents)
    pauses = [
        pause
        for problem in problems
        for template in problem.templates
        for length in template.lengths
        for pause in template.breaks_of(length)
    ]
    assert {pause.measured_from for pause in pauses} == {"start", "end", "clock"}
    assert {pause.paid for pause in pauses} == {True, False}
    agents = [agent for problem in problems for agent in problem.agents]
    for circumstance in ("available", "unavailable", "time_off", "pins", "history", "shift_wishes"):
        assert any(getattr(agent, circumstance) for agent in agents), circumstance
    # both worlds, alone and together
    assert {(bool(problem.demand), bool(problem.headcounts)) for problem in problems} == {
        (True, False),
        (True, True),
        (False, True),
    }
    assert any(wanted.skill for problem in problems for wanted in problem.headcounts)
