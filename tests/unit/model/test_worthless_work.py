"""``check`` says where nobody is sent because a missing person is cheaper than one who works."""

from datetime import date

import pytest

from constraints import OneShiftADay, Requirement, ShiftRequirement
from scheduler.app.input_checks.faults import faults_of
from scheduler.app.planning import solve
from scheduler.domain import Demand, Headcount, Problem, Skill, Stop
from scheduler.domain.facts.demand import LaterHeadcount
from scheduler.model import Rule, RuleBook, Strength
from tests.unit.verifier.test_verify_headcounts import ward

SHOP = RuleBook(rules=(ShiftRequirement(), OneShiftADay()))
ONE_HOUR = (0,) * 8 + (1,) + (0,) * 15


def shop(*headcounts: Headcount, pay: int = 2000) -> Problem:
    """Ann and Bob at 20.00 an hour: a shift of 8 hours costs 160.00."""
    return ward((), pay=pay).model_copy(update={"headcounts": headcounts})


def warned(problem: Problem, rules: RuleBook = SHOP) -> list[str]:
    return [str(one) for one in faults_of(problem, rules) if "cheaper" in one.message]


def test_a_shop_stayed_closed_and_that_was_proven_to_be_best() -> None:
    """By default a missing person cost 100.00, less than the 160.00 of the shift, and nothing was said."""
    wanted = Headcount(template="early", required=(1, 1))
    assert warned(shop(wanted)) == []
    outcome = solve(shop(wanted), SHOP, stop=Stop(seconds=None, rounds=1), workers=1, seed=1)
    assert len(outcome.roster.duties) == 2
    closed = shop(wanted.model_copy(update={"missing_price": 10000}))
    (warning,) = warned(closed)
    assert "early on 2026-01-05: 100.00, and Ann costs 160.00" in warning
    empty = solve(closed, SHOP, stop=Stop(seconds=None, rounds=1), workers=1, seed=1)
    assert empty.roster.duties == ()


@pytest.mark.parametrize(
    ("price", "told"),
    [(15999, 1), (16000, 0)],  # 8 h at 20.00 are 160.00
)
def test_the_price_of_the_shift_itself_is_enough(price: int, told: int) -> None:
    assert len(warned(shop(Headcount(template="early", required=(1, 1), missing_price=price)))) == told


def test_many_shifts_are_one_line() -> None:
    cheap = [Headcount(template=name, required=(1, 0), missing_price=100) for name in ("early", "late")]
    (warning,) = warned(shop(*cheap))
    assert "on 2 shifts" in warning


def test_headcounts_of_one_shift_are_worth_what_they_are_together() -> None:
    """Whoever comes is one of the two wanted, and the one with the skill: 90.00 and 90.00."""
    both = [
        Headcount(template="early", skill=skill, required=(1, 1), missing_price=9000)
        for skill in (None, "ward")
    ]
    assert warned(shop(*both)) == []


def test_nothing_is_said_where_nobody_may_be_missing_or_nobody_is_wanted() -> None:
    must = RuleBook(rules=(ShiftRequirement(strength=Strength.MUST), OneShiftADay()))
    assert warned(shop(Headcount(template="early", required=(1, 1), missing_price=1)), must) == []
    assert warned(shop(Headcount(template="early", required=(0, None), missing_price=1))) == []


def test_an_hour_of_a_centre_is_held_against_the_dearest_agent() -> None:
    rules: tuple[Rule, ...] = (Requirement(), OneShiftADay())
    problem = shop().model_copy(
        update={
            "skills": (Skill(name="ward", missing_price=1999),),
            "demand": (Demand(skill="ward", required=ONE_HOUR * 2),),
        }
    )
    (warning,) = warned(problem, RuleBook(rules=rules))
    assert "ward: 19.99, and an hour of Ann costs 20.00" in warning


def test_a_price_is_judged_for_days_that_come_later_too() -> None:
    """The week in which the shift was asked for had the warning, and the week before it had none."""
    later = LaterHeadcount(day=date(2026, 1, 8), required=1)
    wanted = Headcount(template="early", required=(0, 0), missing_price=10000, later=(later,))
    (warning,) = warned(shop(wanted))
    assert "early on 2026-01-08: 100.00, and Ann costs 160.00" in warning
    assert warned(shop(wanted.model_copy(update={"later": ()}))) == []
