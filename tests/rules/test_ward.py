"""What headcounts and wishes cost, and what is said of facts that no rule looks at."""

from collections.abc import Iterator
from itertools import product

import pytest
from pydantic import ValidationError

from constraints import (
    CATALOGUE,
    BreaksInOrder,
    BreakWindows,
    Entitlement,
    MinimumStaff,
    PaidHours,
    Requirement,
    ShiftMaximum,
    ShiftRequirement,
    ShiftWishes,
)
from scheduler.domain import Headcount, Problem
from scheduler.model import Headcount as HeadcountLimit
from scheduler.model import OfTemplate, Rule, RuleBook, Scope, Strength, Total, Worked
from scheduler.model.checks.left_out import unheeded_facts
from scheduler.verifier import count_cost
from tests.rules.cases import wanted, wish
from tests.rules.judged import excess, violations
from tests.rules.worlds import MONDAY, facts_of_ann, roster, world

OF_TRADE = (Entitlement(), PaidHours(), BreakWindows(), BreaksInOrder())
"""Rules that heed the contracts and breaks of these worlds, in whatever world."""


def test_the_shift_requirement_asks_from_both_sides_at_the_prices_of_the_headcount() -> None:
    headcount = Headcount(template="day", required=(2, None), missing_price=7, superfluous_price=3)
    problem = world(days=2, headcounts=[headcount], histories={"Ann": "", "Bob": ""})
    day = OfTemplate(frozenset({"day"}))
    assert list(ShiftRequirement().limits(problem)) == [
        HeadcountLimit("day", ("Ann", "Bob"), day, at_least=(2, None), price=7),
        HeadcountLimit("day", ("Ann", "Bob"), day, at_most=(2, None), price=3),
    ]


RISING = Headcount(
    template="day",
    required=(3, 0),
    missing_price=100,
    further_missing_prices=(150, 150, 250),
    superfluous_price=10,
    further_superfluous_prices=(40,),
)


def test_prices_that_rise_are_one_limit_a_step() -> None:
    problem = world(days=2, headcounts=[RISING])
    day = OfTemplate(frozenset({"day"}))
    below = [
        (limit.at_least, limit.price) for limit in _limits(problem, ShiftRequirement()) if limit.at_least
    ]
    # 100 for the first, 50 more from the second, 100 more from the fourth; 0 people are never too few
    assert below == [((3, 0), 100), ((2, 0), 50), ((0, 0), 100)]
    over = [(limit.at_most, limit.price) for limit in _limits(problem, ShiftRequirement()) if limit.at_most]
    assert over == [((3, 0), 10), ((4, 1), 30)]
    must = list(_limits(problem, ShiftRequirement(strength=Strength.MUST)))
    assert must[0] == HeadcountLimit("day", ("Ann",), day, at_least=(3, 0), price=100)
    assert [limit.at_least for limit in must] == [(3, 0), None, None]


def _limits(problem: Problem, rule: Rule) -> Iterator[HeadcountLimit]:
    for limit in rule.limits(problem):
        assert isinstance(limit, HeadcountLimit)
        yield limit


def test_limits_and_check_agree_on_what_rising_prices_cost() -> None:
    names = ("Ann", "Bob", "Cid", "Dan")
    wanted_twice = (
        RISING,
        RISING.model_copy(update={"template": "night", "required": (1, None), "missing_price": 120}),
    )
    problem, rule = (
        world(days=2, headcounts=wanted_twice, histories=dict.fromkeys(names, "")),
        ShiftRequirement(),
    )
    limits = list(_limits(problem, rule))
    costs = set()
    for weeks in product(("..", "DN", "ND", "DD"), repeat=len(names)):
        planned = roster(problem, dict(zip(names, weeks, strict=True)))
        expected = sum(rule.cost_of(limit.excess(problem, planned), limit.price) for limit in limits)
        assert sum(found.cost for found in violations(problem, rule, planned)) == expected
        cost = count_cost(problem, RuleBook(rules=(rule,)), planned)
        assert cost.missing + cost.superfluous == expected
        costs.add(expected)
    # three of three missing on Monday and one at night: 100 + 150 + 150 + 120, in sixtieths
    assert 520 * 60 in costs
    assert len(costs) > 10


def test_people_beyond_a_maximum_are_a_must_or_have_their_price() -> None:
    crowded = Headcount(template="day", required=(None, 1), maximum=(1, 1))
    problem = world(days=2, headcounts=[crowded], histories=dict.fromkeys(("Ann", "Bob", "Cid"), ""))
    planned = roster(problem, {"Ann": "DD", "Bob": "D.", "Cid": "D."})
    (found,) = violations(problem, ShiftMaximum(), planned)
    assert (found.amount, found.must, found.days) == (2, True, (0,))
    assert found.sentence == '"day" has 3 people on 2024-03-04, but 1 at most'
    (priced,) = violations(problem, ShiftMaximum(strength=Strength.PREFER, price=70), planned)
    assert (priced.cost, priced.must) == (2 * 70 * 60, False)
    assert violations(problem, ShiftMaximum(scope=Scope(templates=("night",))), planned) == []


def test_people_who_must_not_be_missing_may_be_too_many() -> None:
    must = ShiftRequirement(strength=Strength.MUST)
    problem = world(days=2, **wanted(0, 1))
    (too_many, missing) = violations(problem, must, roster(problem, {"Ann": "D."}))
    assert (too_many.amount, too_many.must, too_many.days) == (1, False, (0,))
    assert (missing.amount, missing.must, missing.days) == (1, True, (1,))
    assert too_many.sentence == '"day" has 1 of 0 people on 2024-03-04'


def test_a_missing_person_tells_what_it_costs() -> None:
    # findings showed a cost of 0; a missing person costs 480.00, in sixtieths of a cent
    problem = world(days=1, **wanted(1))
    seen = violations(problem, ShiftRequirement(), roster(problem, {"Ann": "."}))
    assert [violation.cost for violation in seen] == [480_00 * 60]
    with pytest.raises(ValidationError, match="give it to the headcounts"):
        ShiftRequirement(price=100)


def test_a_wish_has_its_own_price_or_the_rules() -> None:
    rule = ShiftWishes(price=500)
    day, night = OfTemplate(frozenset({"day"})), OfTemplate(frozenset({"night"}))
    wishes = [
        {"day": MONDAY, "template": "day", "price": 70},
        {"day": MONDAY, "template": "night", "wanted": False},
        {"day": MONDAY, "price": 0},
    ]
    problem = world(days=1, facts={"shift_wishes": wishes})
    limits = list(rule.limits(problem))
    assert limits == [
        Total("Ann", of=day, on=(0,), at_least=1, price=70),
        Total("Ann", of=night, on=(0,), at_most=0),
        Total("Ann", of=Worked(), on=(0,), at_least=1, price=0),
    ]
    off, night_worked = roster(problem, {"Ann": "."}), roster(problem, {"Ann": "N"})
    # 70 cents for no day shift, and nothing for no shift at all
    assert [violation.cost for violation in violations(problem, rule, off)] == [70 * 60, 0]
    # 70 for no day shift, 500 for the night
    assert [violation.cost for violation in violations(problem, rule, night_worked)] == [70 * 60, 500 * 60]
    must = ShiftWishes(strength=Strength.MUST)
    assert [violation.cost for violation in violations(problem, must, night_worked)] == [0, 0]


@pytest.mark.parametrize("letters", ["....", "DNDN", "NDND", "D..N", "LLLL", ".N.D"])
def test_costs_are_the_excess_of_each_limit_at_its_price(letters: str) -> None:
    wishes = facts_of_ann(MONDAY)["shift_wishes"]
    priced = [{**one, "price": 11 * place or None} for place, one in enumerate(wishes)]
    problem = world(days=4, facts={"shift_wishes": priced})
    rule, planned = ShiftWishes(price=300), roster(problem, {"Ann": letters})
    expected = sum(
        rule.cost_of(excess(problem, [limit], planned), limit.price)
        for limit in rule.limits(problem)
        if isinstance(limit, Total)
    )
    assert sum(violation.cost for violation in violations(problem, rule, planned)) == expected


def test_facts_without_their_rule_are_told_once_a_kind() -> None:
    problem = world(days=4, minimum=1, maximum=2, facts=facts_of_ann(MONDAY), **wanted(1, 1, 1, 1))
    told = unheeded_facts(problem, RuleBook(rules=OF_TRADE), CATALOGUE)
    assert [(str(finding.place), finding.is_error) for finding in told] == [
        ("demand.0.required", False),
        ("demand.0.minimum", False),
        ("demand.0.maximum", False),
        ("headcounts.0", False),
        ("agents.0.available.0", False),
        ("agents.0.time_off.0", False),
        ("agents.0.pins.0", False),
        ("agents.0.preferred_starts.0", False),
        ("agents.0.preferred_days_off.0", False),
        ("agents.0.shift_wishes.0", False),
    ]
    assert told[3].message == "headcounts are not heeded: there is no rule shift_requirement in the book."
    # with the rules named in the book, nothing is left; so each message names a rule that there is
    named = {finding.message.split()[-4] for finding in told}
    book = [rule() for rule in CATALOGUE if rule.model_fields["kind"].default in named]
    assert unheeded_facts(problem, RuleBook(rules=(*OF_TRADE, *book)), CATALOGUE) == []


def test_a_maximum_without_the_rule_that_keeps_it_is_told() -> None:
    problem = world(
        days=1, required=0, headcounts=[Headcount(template="day", required=(None,), maximum=(1,))]
    )
    (told,) = unheeded_facts(problem, RuleBook(rules=OF_TRADE), CATALOGUE)
    assert told.message == (
        "maximum people on shifts are not heeded: there is no rule shift_maximum in the book."
    )
    assert str(told.place) == "headcounts.0.maximum"


@pytest.mark.parametrize("rules", [(Requirement(), ShiftRequirement(strength=Strength.OFF))])
def test_a_rule_that_is_off_was_left_out_on_purpose(rules: tuple[Rule, ...]) -> None:
    problem = world(**wanted(*(1,) * 7))
    assert unheeded_facts(problem, RuleBook(rules=(*OF_TRADE, *rules)), CATALOGUE) == []
    assert len(unheeded_facts(problem, RuleBook(rules=(*OF_TRADE, MinimumStaff())), CATALOGUE)) == 2
    assert unheeded_facts(world(required=0, facts=wish()), RuleBook(rules=OF_TRADE), CATALOGUE)[
        0
    ].message.startswith("wishes for")
