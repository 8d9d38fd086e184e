"""The exact best week of the compiled core against every week there is, on weeks small enough to list."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain import Certificate, Problem
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.model import AgentRule, RuleBook, Strength
from scheduler.verifier.bound.lagrangian import NO_ROSTER
from scheduler.verifier.recount.impossible_duties import misfits
from tests.engine.demanded import KINDS, Demanded, random_limit
from tests.engine.rosters import a_worker
from tests.property.test_best_week import cheapest_heads, listed, small_weeks

Week = tuple[Problem, RuleBook, Certificate]


def with_any_limits(problem: Problem, rules: RuleBook, seed: int) -> RuleBook:
    """The same rules and a few more, each of one limit of any kind."""
    random = Random(seed)
    more = [
        Demanded(
            label=f"demanded {number}",
            strength=random.choice((Strength.MUST, Strength.PREFER)),
            price=random.choice((100, 900)),
            demanded=(random_limit(problem, "Ann", random.choice(KINDS), random),),
        )
        for number in range(random.randint(0, 3))
    ]
    return RuleBook(rules=(*rules.rules, *more))


def prices_of(instance: Instance, certificate: Certificate) -> Float64Array:
    """The prices of a certificate as a vector, the skills' over the padded line."""
    prices = instance.shape.nothing()
    staffing, headcounts = instance.shape.staffing(prices), instance.shape.headcounts(prices)
    inside = slice(instance.slots.pad, instance.slots.pad + instance.slots.inside)
    for k, skill in enumerate(instance.problem.skills):
        staffing[k, inside] = certificate.prices[skill.name]
    for row, name in enumerate(instance.heads.names):
        headcounts[row] = certificate.headcount_prices[name]
    return prices


def carried_only(rules: RuleBook, carried: tuple[str, ...]) -> RuleBook:
    return RuleBook(rules=tuple(rule for rule in rules.active() if rule.name in carried))


@settings(max_examples=80)
@given(small_weeks(), st.integers(0, 2**16))
def test_the_best_week_is_the_best_of_all_weeks(week: Week, seed: int) -> None:
    problem, rules, priced = week
    rules = with_any_limits(problem, rules, seed)
    instance = compile_instance(problem, rules)
    automata = WeekAutomata.of(instance)
    lagrangian = Lagrangian(instance, automata)
    prices = prices_of(instance, priced)
    certificate = certify(lagrangian, prices)
    carried = carried_only(rules, automata.carried_rules)
    bound, wages = listed(problem, carried, priced)
    asks_for_people = "shift_requirement" in rules.named
    bought = cheapest_heads(problem, carried, priced) if asks_for_people else 0
    stuck = lagrangian.at(prices).stuck
    assert lagrangian.unreachable == (bought is None)
    assert bool(stuck or lagrangian.unreachable) == (bound == NO_ROSTER)
    if bound == NO_ROSTER or bought is None:
        return
    # No skill requires anybody, so at prices of 0 or more the staffing part is 0, and the bound is the week's
    # and what the cheapest people cost who could be on each shift.
    assert certificate.bound == bound
    assert certificate.unavoidable_wages == wages

    # The week itself, not only its value: searching by these prices alone, it is what the agent is given.
    worker = a_worker(instance, automata)
    worker.guide_by(prices, 0.0)
    worker.improve_week(0, only_better=False)
    roster = roster_of(instance, worker.snapshot())
    assert not list(misfits(problem, roster))
    left_out = [rule for rule in rules.active() if rule.name not in automata.carried_rules]
    for rule in rules.active():
        if rule.is_must and rule not in left_out and isinstance(rule, AgentRule):
            assert not list(rule.check(problem, roster)), rule
    if left_out:
        return
    earned = float((worker.arrays["staffed"].T * instance.shape.staffing(prices)).sum())
    held = (None, *problem.agents[0].skills)
    for wanted in problem.headcounts if asks_for_people else ():
        days = [duty.day for duty in roster.duties if duty.template == wanted.template]
        earned += sum(priced.headcount_prices[wanted.row][day] for day in days if wanted.skill in held)
    value = worker.arrays["own"][0] + worker.arrays["lay"].sum() - earned + bought
    if asks_for_people and rules.named["shift_requirement"].is_must:
        assert value >= bound  # no shift that must be worked is left empty, whatever else would earn
    else:
        assert value == bound
