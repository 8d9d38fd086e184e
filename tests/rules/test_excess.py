"""Each kind of limit says how far a roster is beyond it, and rules that count by it find the same."""

from collections.abc import Iterator
from itertools import product

import pytest

from constraints import MinimumStaff, Requirement, Seats
from scheduler.domain import Problem, Roster, Skill
from scheduler.model import (
    AgentLimit,
    Balance,
    Headcount,
    Range,
    RuleBook,
    Scope,
    Share,
    Staffing,
    TeamRule,
    Worked,
)
from scheduler.model.limits.breaks import BreakLimit
from scheduler.verifier.recount.coverage import count_staffing
from tests.rules.disagreement import disagreement
from tests.rules.judged import excess, found
from tests.rules.toys import EvenNights, FairShare, FewOnBreak
from tests.rules.worlds import MONDAY, duty, roster, world

MONDAY_ALONE = Scope(last_day=MONDAY)


def kinds(of: type) -> Iterator[type]:
    """The kinds of limit below a class that has none of its own."""
    below = of.__subclasses__()
    for kind in below:
        yield from kinds(kind)
    if not below:
        yield of


KINDS = [*kinds(AgentLimit), *kinds(Balance), Staffing, Headcount]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_limit_says_how_far_a_roster_is_beyond_it(kind: type) -> None:
    # Staffing had no excess: who wrote a rule on it could not hold its two sides against each other
    says = "excess_of" if issubclass(kind, BreakLimit) else "excess"
    assert says in vars(kind)


# Staffing with agents of several skills


def two_skills() -> Problem:
    """Ann speaks both languages, Bob and Cid one each; one is wanted on each, and one seat is there."""
    problem = world(days=2, histories={"Ann": "N", "Bob": "", "Cid": ""}, minimum=1, maximum=1)
    english, french = ("English",), ("French",)
    ann, bob, cid = (
        agent.model_copy(update={"skills": skills})
        for agent, skills in zip(problem.agents, (english + french, english, french), strict=True)
    )
    (demand,) = problem.demand
    return problem.model_copy(
        update={
            "agents": (ann, bob, cid),
            "skills": (Skill(name="English"), Skill(name="French", missing_price=9000)),
            "demand": (demand, demand.model_copy(update={"skill": "French"})),
        }
    )


def rosters(problem: Problem, weeks: tuple[str, ...] = ("..", "D.", "LD", "NN", "2D")) -> Iterator[Roster]:
    names = [agent.name for agent in problem.agents]
    for chosen in product(weeks, repeat=len(names)):
        yield roster(problem, dict(zip(names, chosen, strict=True)))


@pytest.mark.parametrize(
    "rule",
    [
        Requirement(),
        Requirement(scope=MONDAY_ALONE),
        MinimumStaff(),
        Seats(),
        Seats(at_most=2),
        Seats(at_most=1, scope=Scope(agents=("Ann", "Cid"), last_day=MONDAY)),
    ],
    ids=lambda rule: rule.kind,
)
def test_staffing_is_beyond_its_limits_by_what_the_checks_find(rule: TeamRule) -> None:
    problem = two_skills()
    book = RuleBook(rules=(Requirement(), *(() if isinstance(rule, Requirement) else (rule,))))
    limits = list(rule.limits(problem))
    beyond = []
    for planned in rosters(problem):
        counted = count_staffing(problem, book, planned)
        assert all(isinstance(limit, Staffing) for limit in limits)
        beyond.append(sum(limit.excess(problem, planned, counted.allocated) for limit in limits))
        amounts = [one.amount for one in rule.check(problem, planned, counted.coverage)]
        assert beyond[-1] == sum(amounts), planned
    assert len(set(beyond)) > 1


def test_who_serves_which_skill_must_be_said_where_agents_have_a_choice() -> None:
    problem = two_skills()
    with pytest.raises(ValueError, match='several skills hold "English"; say who is allocated'):
        Staffing("English", at_least=(1,) * 48).excess(problem, Roster())
    # for agents on whatever skill there is no choice: 2 x 1440 minutes, less Ann's night until 06:00
    assert Staffing(agents=("Ann",), at_least=(1,) * 48).excess(problem, Roster()) == 2520


# Agents on a break at once


def with_meals(*starts: int | None) -> tuple[Problem, Roster]:
    """Agents on the day shift of one Monday, each with a meal so many minutes after 08:00, or with none."""
    names = ["Ann", "Bob", "Cid"][: len(starts)]
    problem = world(days=1, histories=dict.fromkeys(names, ""))
    return problem, Roster(
        duties=tuple(
            duty(problem, name, 0, "day", 480, {} if start is None else {"meal": start})
            for name, start in zip(names, starts, strict=True)
        )
    )


@pytest.mark.parametrize(
    ("at_most", "starts", "amount"),
    [
        (1, (180, 210), 0),  # one meal ends when the other begins
        (1, (180, 209), 1),  # a minute together
        (1, (180, 180), 30),
        (1, (180, 180, 180), 60),  # two too many for half an hour
        (2, (180, 180, 180), 30),
        (1, (180, 195, 205), 35),  # 15 min of two, 5 of three, 10 of two: 195-205, 205-210, 210-225
        (0, (180, None), 30),
        (0, (None, None), 0),
        (1, (225, 240), 15),  # across an edge of an interval
    ],
)
def test_agents_on_a_break_at_once(at_most: int, starts: tuple[int | None, ...], amount: int) -> None:
    problem, planned = with_meals(*starts)
    rule = FewOnBreak(at_most=at_most)
    assert excess(problem, rule.limits(problem), planned) == amount
    assert found(problem, rule, planned) == amount


def test_limits_and_check_agree_on_breaks_of_every_small_roster() -> None:
    amounts = set()
    for starts in product((None, 180, 190, 215, 240), repeat=3):
        problem, planned = with_meals(*starts)
        for rule in (FewOnBreak(at_most=0), FewOnBreak(at_most=1, scope=Scope(agents=("Ann", "Cid")))):
            beyond = excess(problem, rule.limits(problem), planned)
            assert beyond == found(problem, rule, planned), disagreement(problem, rule, planned)
            amounts.add(beyond)
    assert {0, 30, 90} <= amounts


def test_nobody_on_a_break_serves_a_skill() -> None:
    with pytest.raises(ValueError, match="serves no skill"):
        Staffing("English", at_most=(1,), counted="on break")


# Balance between agents


@pytest.mark.parametrize(
    "rule",
    [
        EvenNights(apart=0),
        EvenNights(apart=0, scope=MONDAY_ALONE),
        EvenNights(apart=1, scope=Scope(agents=("Ann", "Cid"))),
        FairShare(),
        FairShare(at_most=1),
        FairShare(step=2),
        FairShare(weights=(2, 1, 0)),
        FairShare(weights=(1, 2, 4), at_most=1, step=2, scope=MONDAY_ALONE),
    ],
    ids=lambda rule: rule.kind,
)
def test_limits_and_check_agree_on_balance_of_every_small_roster(rule: TeamRule) -> None:
    problem = world(days=3, histories={"Ann": "NN", "Bob": "", "Cid": ""})
    amounts = set()
    for planned in rosters(problem, ("...", "D..", "NN.", "N.N", "DDD", "NDN", "NNN")):
        beyond = excess(problem, rule.limits(problem), planned)
        assert beyond == found(problem, rule, planned), disagreement(problem, rule, planned)
        amounts.add(beyond)
    assert 0 in amounts and len(amounts) > 1


@pytest.mark.parametrize(
    ("limit", "amount"),
    [
        # Ann works 3 days, Bob 1, Cid none
        (Range(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2), at_most=3), 0),
        (Range(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2), at_most=2), 1),
        (Range(("Bob", "Cid"), Worked(), (0, 1, 2), at_most=0), 1),
        # Cid brings three along: 3, 1 and 3
        (Range(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2), carried_in=(0, 0, 3)), 2),
        # the share of each is 4/3: 5/3, 1/3 and 4/3 away, which are 2, 1 and 2 begun steps
        (Share(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2)), 5),
        # one is free: 2/3 and 1/3 are left, a begun step each
        (Share(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2), at_most=1), 2),
        (Share(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2), step=2), 3),
        # due are 3, 1 and 0 of 4
        (Share(("Ann", "Bob", "Cid"), Worked(), (0, 1, 2), weights=(3, 1, 0)), 0),
        (Share(("Ann",), Worked(), (0, 1, 2)), 0),
    ],
)
def test_a_balance_in_numbers(limit: Balance, amount: int) -> None:
    problem = world(days=3, histories={"Ann": "", "Bob": "", "Cid": ""})
    planned = roster(problem, {"Ann": "DDD", "Bob": "D..", "Cid": "..."})
    assert limit.excess(problem, planned) == amount
