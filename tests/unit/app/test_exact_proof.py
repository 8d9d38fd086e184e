"""The bound is recounted exactly, however large the numbers are: what leaves 64 bits would prove anything."""

from collections.abc import Sequence
from typing import Any

import pytest

from scheduler import solve
from scheduler.domain import (
    Certificate,
    Claimed,
    Demand,
    Duty,
    Headcount,
    Problem,
    Roster,
    ShiftTemplate,
    Skill,
    Stop,
    TimeGrid,
)
from scheduler.domain.facts.problem import Agent, Contract
from scheduler.domain.findings.errors import UnsupportedRule
from scheduler.engine.instance.compile import compile_instance
from scheduler.model import RuleBook, Strength
from scheduler.verifier import count_cost, recompute_bound, verify
from tests.unit.tiny import rule, tiny_problem, tiny_roster, tiny_rules

HUGE = (2**17, 10_000_000, 2**31, 2**53, 10**18, 10**30)
"""Far beyond what an input may hold, some of them: the arithmetic does not rely on who called it."""


def certificate(problem: Problem, rules: RuleBook, **prices: Any) -> Certificate:
    carried = tuple(one.name for one in rules.active())
    return Certificate(
        **{
            "slot_minutes": 60,
            "prices": {},
            "carried_rules": carried,
            "bound": 0,
            "unavoidable_wages": 0,
            **prices,
        }
    )


def hours(problem: Problem, **at: int) -> tuple[int, ...]:
    """A row of prices that are 0 but at the hours given."""
    return tuple(at.get(f"h{hour}", 0) for hour in range(problem.grid.intervals))


@pytest.mark.parametrize("wanted", HUGE)
@pytest.mark.parametrize("price", [1, 2**31, 10**13, 10**20])
def test_missing_agents_are_counted_exactly(wanted: int, price: int) -> None:
    problem, rules = tiny_problem(), tiny_rules()
    (demand,), (skill,) = problem.demand, problem.skills
    at_night = tuple(wanted if hour == 3 else 0 for hour in range(problem.grid.intervals))
    changed = problem.model_copy(
        update={
            "demand": (demand.model_copy(update={"required": at_night}),),
            "skills": (skill.model_copy(update={"missing_price": price}),),
        }
    )
    # nobody can be there at 03:00, but at no price the bound counts on the two agents; at a price they are
    # bought, and cannot be sold
    assert recompute_bound(changed, rules, certificate(changed, rules)) == 60 * price * max(0, wanted - 2)
    paid = certificate(changed, rules, prices={"English": hours(changed, h3=min(60 * price, 2**46))})
    worth = min(60 * price, 2**46)
    assert recompute_bound(changed, rules, paid) == 60 * price * (wanted - 2) + 2 * worth
    assert count_cost(changed, rules, Roster()).missing == 60 * price * wanted


@pytest.mark.parametrize("wanted", HUGE)
@pytest.mark.parametrize("price", [1, 2**31, 10**13, 10**20])
def test_missing_heads_are_counted_exactly(wanted: int, price: int) -> None:
    problem = tiny_problem().model_copy(
        update={
            "demand": (),
            "headcounts": (
                Headcount(template="day", required=(0, None)).model_copy(
                    update={"required": (wanted, None), "missing_price": price}
                ),
            ),
        }
    )
    rules = RuleBook(rules=(*tiny_rules().rules, rule("shift_requirement")))
    bare = certificate(problem, rules)
    assert recompute_bound(problem, rules, bare) == 60 * price * (wanted - 2)
    # a head that is worth nothing may be there for nothing; both cost their wages where they are paid for
    worth = min(60 * price, 2**46)
    paid = certificate(problem, rules, headcount_prices={"day": (worth, 0)})
    wages = 8 * 60 * 2000
    expected = 60 * price * (wanted - 2) + 2 * worth - 2 * max(0, worth - wages)
    assert recompute_bound(problem, rules, paid) == expected


@pytest.mark.parametrize("cents", [2**53, 2**62, 10**18, 10**30])
@pytest.mark.parametrize("what", ["pay", "price"])
def test_a_week_that_does_not_fit_is_refused(cents: int, what: str) -> None:
    # wages of 10^18 an hour wrapped round in 64 bits, and the week was worth some number or other
    problem, rules = tiny_problem(), tiny_rules()
    if what == "pay":
        (contract,) = problem.contracts
        problem = problem.model_copy(
            update={"contracts": (contract.model_copy(update={"pay_per_hour": cents}),)}
        )
    else:
        off = rule("days_per_week", at_most=1, strength="prefer", price=1)
        rules = RuleBook(rules=(*rules.rules, off.model_copy(update={"price": cents * 1000})))
    with pytest.raises(ValueError, match="is the most that is counted exactly"):
        recompute_bound(problem, rules, certificate(problem, rules))
    report = verify(problem, rules, tiny_roster(), certificate=certificate(problem, rules))
    assert not report.passed and report.bound is None


def test_a_must_is_kept_however_dear_the_rest_is() -> None:
    # A broken must weighed 10^12 cents while agents were allocated: where a missing agent cost more than that
    # an hour, who should have kept the floor of one skill was sent to the other, and the roster was illegal.
    problem = two_skills(missing=10**13)
    rules = RuleBook(rules=(rule("requirement"), rule("minimum_staff"), rule("one_shift_a_day")))
    roster = Roster(duties=(Duty(agent="Ada", day=0, template="day", start=540, end=1020),))
    report = verify(problem, rules, roster)
    assert report.is_legal, report.faults()
    assert report.cost.missing == 8 * 60 * 10**13


def two_skills(missing: int) -> Problem:
    """One agent of two skills: one has a floor, in the other a missing agent is dear."""
    day: Sequence[int] = (0,) * 9 + (1,) * 8 + (0,) * 7
    return Problem(
        grid=TimeGrid(first_day=tiny_problem().grid.first_day, days=1, interval_minutes=60),
        skills=(Skill(name="floor", missing_price=0), Skill(name="dear", missing_price=missing)),
        demand=(
            Demand(skill="floor", required=(0,) * 24, minimum=tuple(day)),
            Demand(skill="dear", required=tuple(day)),
        ),
        templates=(
            ShiftTemplate(name="day", earliest_start=540, latest_start=540, min_length=480, max_length=480),
        ),
        contracts=(Contract(name="full", pay_per_hour=2000, templates=("day",)),),
        agents=(Agent(name="Ada", contract="full", skills=("floor", "dear")),),
    )


def test_the_rules_here_are_as_hard_as_they_are_meant() -> None:
    assert rule("seats").strength is rule("minimum_staff").strength is Strength.MUST


@pytest.mark.parametrize(
    "kept", [{"strength": Strength.OFF}, {"strength": "prefer", "price": 1}, {"scope": {"agents": ("Ada",)}}]
)
def test_a_bound_on_one_duty_a_day_needs_a_rule_that_asks_for_it(kept: dict[str, Any]) -> None:
    # two duties of Bo on one day were legal, and cheaper than what one a day was "proven" to cost
    problem = tiny_problem()
    rules = RuleBook(rules=(*tiny_rules().rules[:2], rule("one_shift_a_day", **kept)))
    with pytest.raises(ValueError, match="one duty a day"):
        recompute_bound(problem, rules, certificate(problem, rules))
    with pytest.raises(UnsupportedRule, match="for all and every day"):
        compile_instance(problem, rules)


@pytest.mark.parametrize("checked", ["full", "partial"])
def test_a_claim_beyond_a_whole_recount_is_found_whatever_was_checked_before(checked: Any) -> None:
    # a certificate that called itself partial let any claimed bound pass
    problem, rules = tiny_problem(), tiny_rules()
    proven = certificate(problem, rules, proof_checked=checked)
    cost = count_cost(problem, rules, tiny_roster()).total
    claimed = Claimed(bound=cost)
    report = verify(problem, rules, tiny_roster(), certificate=proven, claimed=claimed)
    assert not report.passed and "the certificate proves only" in report.mismatches[0]


def test_what_planning_can_influence_looks_no_better_for_a_proof_checked_in_part() -> None:
    # fewer wages proven to be unavoidable made the gap half of what it was
    problem, rules = tiny_problem(), tiny_rules()
    outcome = solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
    part = outcome.certificate.model_copy(
        update={"bound": 1, "unavoidable_wages": 0, "proof_checked": "partial"}
    )
    in_part = outcome.model_copy(update={"certificate": part, "bound": 1})
    assert in_part.gap_controllable == 1.0
