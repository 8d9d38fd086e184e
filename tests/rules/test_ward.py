"""What headcounts and wishes cost, and what is said of facts that no rule looks at."""

import pytest
from pydantic import ValidationError

from constraints import CATALOGUE, MinimumStaff, Requirement, ShiftRequirement, ShiftWishes
from scheduler.domain import Headcount
from scheduler.model import Headcount as HeadcountLimit
from scheduler.model import OfTemplate, Rule, RuleBook, Strength, Total, Worked
from scheduler.model.checks import unheeded_facts
from tests.rules.cases import wanted, wish
from tests.rules.judged import excess, violations
from tests.rules.worlds import MONDAY, facts_of_ann, roster, world


def test_the_shift_requirement_asks_from_both_sides_at_the_prices_of_the_headcount() -> None:
    headcount = Headcount(template="day", required=(2, None), missing_price=7, superfluous_price=3)
    problem = world(days=2, headcounts=[headcount], histories={"Ann": "", "Bob": ""})
    day = OfTemplate(frozenset({"day"}))
    assert list(ShiftRequirement().limits(problem)) == [
        HeadcountLimit("day", ("Ann", "Bob"), day, at_least=(2, None), price=7),
        HeadcountLimit("day", ("Ann", "Bob"), day, at_most=(2, None), price=3),
    ]


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
    told = unheeded_facts(problem, RuleBook(), CATALOGUE)
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
    book = [rule for rule in CATALOGUE if rule.model_fields["kind"].default in named]
    assert unheeded_facts(problem, RuleBook(rules=tuple(rule() for rule in book)), CATALOGUE) == []


@pytest.mark.parametrize("rules", [(Requirement(), ShiftRequirement(strength=Strength.OFF))])
def test_a_rule_that_is_off_was_left_out_on_purpose(rules: tuple[Rule, ...]) -> None:
    problem = world(**wanted(*(1,) * 7))
    assert unheeded_facts(problem, RuleBook(rules=rules), CATALOGUE) == []
    assert len(unheeded_facts(problem, RuleBook(rules=(MinimumStaff(),)), CATALOGUE)) == 2
    assert unheeded_facts(world(required=0, facts=wish()), RuleBook(), CATALOGUE)[0].message.startswith(
        "wishes for"
    )
