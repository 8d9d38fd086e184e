"""On random problems, rules and rosters the limits of a rule and its check say the same.

The stages of ``tests/rules`` try every roster of a few small worlds; here worlds differ in time zones, nights
of clock changes, histories, absences and shifts. ``python -m tests.property.test_rules_at_random 10000 [KIND
...]`` tries so many rosters of every rule, or of some.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

import pytest

from constraints import CATALOGUE
from scheduler.domain import Duty, Problem, Roster
from scheduler.model import AgentRule, Rule, Scope
from scheduler.model.limits.breaks import with_earliest_breaks
from tests.property.problems import fields_of, small_problem
from tests.rules.judged import excess, found

AGENT_RULES: Sequence[type[Rule]] = tuple(
    rule for rule in CATALOGUE if issubclass(rule, AgentRule) and not rule.is_inherent
)
ROSTERS_OF_A_PROBLEM = 5


def random_roster(problem: Problem, random: Random) -> Roster:
    """A duty or a free day for everybody on every day, whatever rules say; at times the same one in a row."""
    duties = []
    for agent in problem.agents:
        zone, template = problem.zone_of(agent), random.choice(problem.templates)
        for day in range(problem.grid.days):
            if random.random() < 0.35:
                continue
            if random.random() < 0.4:
                template = random.choice(problem.templates)
            start = problem.grid.instant_on_day(day, random.choice(template.starts), zone)
            end = start + random.choice(template.lengths)
            duty = Duty(agent=agent.name, day=day, template=template.name, start=start, end=end)
            duties.append(with_earliest_breaks(problem, agent, duty))
    return Roster(duties=tuple(duties))


def random_scope(problem: Problem, rule: type[Rule], random: Random) -> Scope:
    """Everyone on every day, or from some day on, or on some weekdays and dates."""
    days = problem.grid.days
    given: dict[str, object] = {}
    if random.random() < 0.2:
        given["first_day"] = problem.grid.date(random.randrange(days))
    if random.random() < 0.2:
        given["last_day"] = problem.grid.date(random.randrange(days))
    if "weekdays" in rule.scope_fields and random.random() < 0.3:
        given["weekdays"] = tuple(random.sample(range(7), random.randint(0, 3)))
        given["dates"] = tuple(
            problem.grid.first_day + timedelta(random.randrange(-5, days))
            for _ in range(random.randint(0, 2))
        )
    return Scope.model_validate(given)


def tried(rule: type[Rule], seeds: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """What limits and check say of each roster, and which it was."""
    kind = rule.model_fields["kind"].default
    for seed in seeds:
        random = Random(f"{kind} {seed}")
        problem = small_problem(random)
        fields = fields_of(rule, problem, random)
        one = rule(**fields, scope=random_scope(problem, rule, random))
        limits = list(one.limits(problem))
        for number in range(ROSTERS_OF_A_PROBLEM):
            roster = random_roster(problem, random)
            yield excess(problem, limits, roster), found(problem, one, roster), f"{kind} {seed} {number}"


@pytest.mark.parametrize("rule", AGENT_RULES, ids=lambda rule: rule.__name__)
def test_limits_and_check_say_the_same(rule: type[Rule]) -> None:
    for demanded, checked, which in tried(rule, range(12)):
        assert demanded == checked, which


if __name__ == "__main__":
    rosters = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for rule in AGENT_RULES:
        if sys.argv[2:] and rule.model_fields["kind"].default not in sys.argv[2:]:
            continue
        said: Counter[str] = Counter()
        for demanded, checked, which in tried(rule, range(-(-rosters // ROSTERS_OF_A_PROBLEM))):
            said["rosters"] += 1
            said["broken"] += checked > 0
            if demanded != checked:
                said["differ"] += 1
                print(f"  {which}: limits say {demanded}, the check {checked}")
        print(f"{rule.model_fields['kind'].default:26}{dict(said)}", flush=True)
