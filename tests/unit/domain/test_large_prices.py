"""Prices so large that sums of them leave 64 bits are refused; what comes out would be another number."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain import Certificate, Finding, Headcount, Problem, ShiftWish
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.values.money import MOST_COST, MOST_PEOPLE, MOST_WORTH
from scheduler.model import RuleBook
from scheduler.model.checks.rule_book import rule_faults
from tests.unit.tiny import rule, tiny_problem

MINUTES, DAYS = 2880, 2
PER_HOUR = MOST_COST // MOST_PEOPLE // MINUTES
PER_DAY = MOST_COST // MOST_PEOPLE // (60 * DAYS)


def certificate(**prices: Any) -> Certificate:
    bare = {"slot_minutes": 60, "prices": {}, "carried_rules": (), "bound": 0, "unavoidable_wages": 0}
    return Certificate(**{**bare, **prices})


def errors_of(problem: Problem) -> list[Finding]:
    """What stands against planning; that nothing is paid, or too many are required, is a warning."""
    return [one for one in problem_faults(problem) if one.is_error]


@pytest.mark.parametrize("field", ["prices", "headcount_prices"])
def test_a_certificate_cannot_have_prices_that_leave_64_bits(field: str) -> None:
    # Ten people at 10^18 a slot came to -8,446,744,073,709,551,616, and with it the bound to some number
    # that nobody had proven, without a word.
    assert MOST_WORTH * MOST_PEOPLE < 2**62
    certificate(**{field: {"English": (MOST_WORTH - 1, 0, -1)}})
    for row in ((MOST_WORTH, 0, -1), (10**18,), (-(10**30),)):
        with pytest.raises(ValidationError, match='the prices of "English" are too large for the bound'):
            certificate(**{field: {"English": row}})


def changed(**changes: Any) -> Problem:
    return tiny_problem().model_copy(update=changes)


def with_prices(place: str, cents: int) -> Problem:
    """Two days with one price, or wage, of so many cents."""
    problem = tiny_problem()
    skill, contract, agent = problem.skills[0], problem.contracts[0], problem.agents[0]
    match place.split(".")[0]:
        case "skills":
            return changed(skills=(skill.model_copy(update={place.rsplit(".", 1)[1]: cents}),))
        case "headcounts":
            prices = {place.rsplit(".", 1)[1]: cents}
            return changed(headcounts=(Headcount(template="day", required=(1, None), **prices),))
        case "contracts":
            return changed(contracts=(contract.model_copy(update={"pay_per_hour": cents}),))
        case _:
            wish = ShiftWish(day=date(2026, 1, 5), price=cents if "price" in place else 0)
            facts = {"shift_wishes": (wish,), "pay_per_hour": cents if "pay" in place else 0}
            return changed(agents=(agent.model_copy(update=facts), problem.agents[1]))


@pytest.mark.parametrize(
    ("place", "most"),
    [
        ("skills.0.missing_price", PER_HOUR),
        ("skills.0.superfluous_price", PER_HOUR),
        ("headcounts.0.missing_price", PER_DAY),
        ("headcounts.0.superfluous_price", PER_DAY),
        ("contracts.0.pay_per_hour", PER_HOUR),
        ("agents.0.pay_per_hour", PER_HOUR),
        ("agents.0.shift_wishes.0.price", PER_DAY),
    ],
)
def test_a_price_is_refused_from_the_cent_on_that_could_leave_64_bits(place: str, most: int) -> None:
    assert errors_of(with_prices(place, most)) == []
    (fault,) = problem_faults(with_prices(place, most + 1))
    assert str(fault.place) == place
    assert f"{most / 100:,.2f} is the most" in fault.message


def test_more_people_may_cost_less_each() -> None:
    # twice as many as are reckoned with by themselves
    (demand,) = tiny_problem().demand
    crowd = demand.model_copy(update={"required": (2 * MOST_PEOPLE, *demand.required[1:])})
    problem = with_prices("skills.0.missing_price", PER_HOUR // 2)
    assert errors_of(problem.model_copy(update={"demand": (crowd,)})) == []
    problem = with_prices("skills.0.missing_price", PER_HOUR // 2 + 1)
    faults = problem_faults(problem.model_copy(update={"demand": (crowd,)}))
    (fault,) = (one for one in faults if one.is_error)
    assert str(fault.place) == "skills.0.missing_price"


@pytest.mark.parametrize(
    ("kind", "fields", "most"),
    [
        # every day a day's work and 11 h of rest can be short; every day one day, and the one that it names
        ("daily_rest", {}, MOST_WORTH // (DAYS * (1440 + 660))),
        ("max_consecutive_days", {"days": 1}, MOST_WORTH // (60 * DAYS * 2)),
    ],
)
def test_so_is_the_price_of_a_rule(kind: str, fields: dict[str, Any], most: int) -> None:
    def faults(cents: int) -> list[str]:
        book = RuleBook(rules=(rule(kind, strength="prefer", price=cents, **fields),))
        return [str(fault.place) for fault in rule_faults(tiny_problem(), book)]

    assert faults(most) == []
    assert faults(most + 1) == ["rules.0.price"]


def test_many_prices_are_refused_together_though_each_may_be() -> None:
    # one price was looked at at a time: five at their most left 64 bits together
    def told(many: int) -> list[str]:
        most = MOST_WORTH // (60 * DAYS * 2)
        book = RuleBook(
            rules=tuple(
                rule("max_consecutive_days", label=f"no {n}", strength="prefer", price=most, days=1)
                for n in range(many)
            )
        )
        return [str(fault) for fault in rule_faults(tiny_problem(), book) if fault.is_error]

    assert told(31) == []  # thirty-two at their most for one person, the skill's own prices among them
    (fault,) = told(32)
    assert fault.startswith('rules.0.price  the rule "no 0": the price of ')
    assert "is the dearest of prices that together" in fault
