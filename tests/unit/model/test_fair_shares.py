"""Fair shares: what is due to each of what all have together, and how much that is reckoned to be."""

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from constraints import FairHours, FairShare
from scheduler.domain import Contract, Headcount, Problem, TimeOff
from scheduler.model import RuleBook, Scope
from scheduler.model.checks.rule_book import rule_faults
from scheduler.model.fairness.deviation import steps_beyond
from scheduler.model.fairness.shares import Claim, apportioned, shares_of_hours
from scheduler.verifier.report import verify
from tests.rules.worlds import MONDAY, roster, world

NAMES = ("Ann", "Bob", "Cid")
SUNDAYS = Scope(weekdays=(6,))


@pytest.mark.parametrize(
    ("together", "claims", "shares"),
    [
        (6, [(1, 0, 9), (1, 0, 9), (1, 0, 9)], [2, 2, 2]),
        (6, [(2, 0, 9), (1, 0, 9), (1, 0, 9)], [3, Fraction(3, 2), Fraction(3, 2)]),
        # two is the most of the first: the other four are shared by weight, 1 to 1
        (6, [(2, 0, 2), (1, 0, 9), (1, 0, 9)], [2, 2, 2]),
        # the last cannot avoid four, so that two are left
        (6, [(1, 0, 9), (1, 0, 9), (1, 4, 9)], [1, 1, 4]),
        (9, [(1, 0, 2), (1, 0, 2), (1, 0, 2)], [2, 2, 2]),  # more than all can have
        (2, [(1, 0, 2), (1, 1, 2), (1, 3, 3)], [0, Fraction(1, 2), Fraction(3, 2)]),  # 4 cannot be avoided
        (6, [(1, 0, 9, Fraction(1)), (1, 0, 9, Fraction(-1)), (1, 0, 9)], [1, 3, 2]),
        (2, [(1, 0, 9, Fraction(4)), (1, 0, 9), (1, 0, 9)], [0, 1, 1]),  # far ahead: nothing is due
    ],
)
def test_all_get_the_same_multiple_of_their_weight_as_far_as_they_can(
    together: int, claims: list[tuple[Any, ...]], shares: list[int | Fraction]
) -> None:
    by_name = {name: Claim(*claim) for name, claim in zip(NAMES, claims, strict=True)}
    assert list(apportioned(Fraction(together), by_name).values()) == shares


@pytest.mark.parametrize(
    ("number", "within", "steps", "beyond"),
    [
        (3, 0, 3, 0),  # 3.4 is between three and four
        (4, 0, 3, 0),
        (7, 0, 3, 6),  # 3 + 2 + 1
        (7, 0, 2, 5),  # 3 + 2
        (1, 0, 3, 3),  # two too few are 2 + 1
        (7, 2, 3, 1),
    ],
)
def test_each_further_one_counts_once_more(number: int, within: int, steps: int, beyond: int) -> None:
    assert steps_beyond(number, Fraction(17, 5), within, 1, steps) == beyond


def four_weeks(**facts: object) -> Problem:
    """Three people of whom Cid has half the hours; one of each shift is asked for on every day."""
    asked = [Headcount(template=name, required=(1,) * 28) for name in ("day", "night")]
    problem = world(days=28, histories=dict.fromkeys(NAMES, ""), facts=facts, required=0, headcounts=asked)
    full = Contract(
        name="full", pay_per_hour=1, min_paid_minutes=2250, max_paid_minutes=2250, templates=("day", "night")
    )
    half = full.model_copy(update={"name": "half", "min_paid_minutes": 1125, "max_paid_minutes": 1125})
    agents = [
        one.model_copy(update={"contract": "half"} if one.name == "Cid" else {}) for one in problem.agents
    ]
    return problem.model_copy(update={"contracts": (full, half), "agents": tuple(agents)})


def test_part_timers_have_their_part_of_what_headcounts_ask_for() -> None:
    # 28 days of 450 paid minutes and 28 nights of 480 are asked for, and contracts have 4 x 5,625 = 22,500 of
    # these 26,040. Four Sundays with a night each, made fewer in that proportion, are shared by 2 : 2 : 1
    rule = FairShare(of="nights", scope=SUNDAYS)
    nights = 4 * Fraction(22_500, 28 * 450 + 28 * 480)
    assert list(rule.shares(four_weeks()).values()) == [nights * 2 / 5, nights * 2 / 5, nights / 5]
    given = FairShare(of="nights", scope=SUNDAYS, together=5)
    assert list(given.shares(four_weeks()).values()) == [2, 2, 1]


def test_who_is_away_on_half_of_the_days_has_half_of_the_share() -> None:
    midnight = datetime.combine(MONDAY, datetime.min.time())
    away = TimeOff(start=midnight, end=midnight.replace(day=18), paid_minutes=4500)
    rule = FairShare(of="nights", scope=SUNDAYS, together=4)
    # open Sundays times hours: 2 x 2, 4 x 2, 4 x 1
    assert list(rule.shares(four_weeks(time_off=[away])).values()) == [1, 2, 1]
    by_days = FairShare(of="nights", scope=SUNDAYS, together=5, relative_to="days")
    assert list(by_days.shares(four_weeks(time_off=[away])).values()) == [1, 2, 2]


def test_what_is_shared_out_is_told_in_words() -> None:
    rule = FairShare(scope=Scope(weekdays=(5, 6)), together=0)
    (found, *_) = rule.check(four_weeks(), roster(four_weeks(), {"Ann": 6 * "D"}))
    assert found.sentence == "fair share of days on Saturday and Sunday: 0; Ann has 1"
    assert rule.sentence == (
        "Everyone has their fair share of days on Saturday and Sunday, by hours and by the days on which "
        "they may work."
    )


def test_who_may_not_work_nights_has_no_share_of_them() -> None:
    problem = four_weeks()
    only_days = problem.contracts[1].model_copy(update={"templates": ("day",)})
    problem = problem.model_copy(update={"contracts": (problem.contracts[0], only_days)})
    rule = FairShare(of="nights", scope=SUNDAYS, together=4)
    assert list(rule.shares(problem).values()) == [2, 2, 0]


def test_what_is_given_is_shared_out_among_those_who_are_covered() -> None:
    # People whom the rule does not cover took their part of a number that was meant for the others alone.
    rule = FairShare(of="nights", scope=Scope(weekdays=(6,), agents=("Ann", "Cid")), together=3)
    assert rule.shares(four_weeks()) == {"Ann": 2, "Cid": 1}
    alone = FairHours(scope=Scope(agents=("Ann",)), together_minutes=600)
    assert alone.told(four_weeks(), roster(four_weeks(), {})).startswith("0 in all, 10 shared out;")


def test_what_is_reckoned_is_what_all_have_together() -> None:
    everybody = FairShare(of="nights", scope=SUNDAYS).shares(four_weeks())
    mine = FairShare(of="nights", scope=Scope(weekdays=(6,), agents=("Ann",))).shares(four_weeks())
    assert mine == {"Ann": everybody["Ann"]}


def test_points_are_shared_among_those_who_are_covered() -> None:
    # What others had more than their share was no merit of those whom the rule covers.
    rule = FairShare(label="nights", of="nights", scope=Scope(weekdays=(6,), agents=("Ann", "Cid")))
    worked = roster(four_weeks(), {"Ann": 6 * "." + "N", "Bob": 6 * "." + "N"})
    assert rule.points_after(four_weeks(), worked) == {"Ann": Fraction(1, 3), "Cid": Fraction(-1, 3)}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (FairShare(together=0), "shares out 0 in all: nobody is to have any."),
        (FairShare(together=85), "and the people and days that it is for can have 84 at most."),  # 3 × 28
        (FairShare(together=84), ""),
        (
            FairShare(of="weekends", scope=Scope(weekdays=(0,))),
            "shares out weekends, and holds on none of them.",
        ),
    ],
)
def test_a_share_that_means_nothing_is_warned_of(rule: FairShare, said: str) -> None:
    warned = [one.message for one in rule_faults(four_weeks(), RuleBook(rules=(rule,)))]
    assert [one.endswith(said) for one in warned] == [True] * bool(said)


def test_points_by_a_name_that_is_nearly_known_and_twice() -> None:
    problem = four_weeks(fair_points=(("nights", 100), ("nights", 200)))
    found = rule_faults(problem, RuleBook(rules=(FairShare(label="Nights", of="nights"),)))
    told = [f"{one.message} {one.hint}" for one in found if one.place.path[:2] == ("agents", 0)]
    assert told == [
        'no rule on fairness is called "nights": these points count nothing. Did you mean "Nights"? Known: '
        "Nights.",
        'the points of "nights" stand here twice. Keep one of them.',
    ]


def test_points_from_before_are_taken_off_the_share() -> None:
    rule = FairShare(label="Sunday nights", of="nights", scope=SUNDAYS, together=5)
    points = {"Ann": (("Sunday nights", 150),), "Bob": (("Sunday nights", -150),), "Cid": (("other", 400),)}
    problem = four_weeks()
    agents = tuple(one.model_copy(update={"fair_points": points[one.name]}) for one in problem.agents)
    problem = problem.model_copy(update={"agents": agents})
    assert rule.shares(problem) == {"Ann": Fraction(1, 2), "Bob": Fraction(7, 2), "Cid": 1}
    # the first Sunday is day 6; of three nights 1.2, 1.2 and 0.6 are due
    worked = roster(problem, {"Ann": 6 * "." + "N", "Bob": 6 * "." + "N", "Cid": 6 * "." + "N"})
    after = rule.points_after(problem, worked)
    assert after == {"Ann": Fraction(13, 10), "Bob": Fraction(-17, 10), "Cid": Fraction(2, 5)}
    assert rule.told(problem, worked) == (
        "3 in all, 5 shared out; from -2.5 (Bob) to 0.5 (Ann) beside the share, 3 apart."
    )
    (fared,) = verify(problem, RuleBook(rules=(rule,)), worked).rules
    assert fared.told == rule.told(problem, worked)
    warned = rule_faults(problem, RuleBook(rules=(rule,)))
    assert [str(one.place) for one in warned] == ["agents.2.fair_points.0"]


def test_points_of_hours_are_hours() -> None:
    # contracts of 150, 150 and 75 h leave nothing open: of 75 h in all 30, 30 and 15 are due
    rule = FairHours(label="hours")
    problem = four_weeks(fair_points=(("hours", 200),))
    worked = roster(problem, {"Ann": "DDDDD", "Bob": "DDDD", "Cid": "D"})  # 37.5, 30 and 7.5 h
    assert list(shares_of_hours(problem, range(28), None, "hours").values()) == [9000, 9000, 4500]
    after = rule.points_after(problem, worked)
    assert {name: float(points) for name, points in after.items()} == {
        "Ann": 2 + 37.5 - 30,  # two hours too much before
        "Bob": 0,
        "Cid": 7.5 - 15,
    }


def test_the_curve_is_reckoned_as_duties() -> None:
    # one agent all day for a week is 10,080 minutes; a duty has 435 (day) or 465 (night) of them at work, so
    # that it takes about 22 duties, some of which would end behind the week; contracts do not bound it here
    problem = world(days=7, histories=dict.fromkeys(NAMES, ""))
    most = problem.contracts[0].model_copy(
        update={"min_paid_minutes": None, "max_paid_minutes": None, "templates": ("day", "night")}
    )
    problem = problem.model_copy(update={"contracts": (most,)})
    days = sum(FairShare(relative_to="days").shares(problem).values())
    assert 17 < days <= 21  # three people on seven days
