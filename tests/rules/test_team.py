"""What the rules of the team say beyond what one skill can show."""

from itertools import chain, combinations

import pytest

from constraints import MinimumStaff, Requirement, Seats, Skills
from scheduler.domain import Coverage, Problem, Roster
from scheduler.model import Scope, Staffing, Strength
from tests.rules.counting import coverage
from tests.rules.judged import violations
from tests.rules.worlds import roster, world

SKILLS = ("English", "French", "Dutch")


def two_skills(*held: tuple[str, ...]) -> tuple[Problem, Roster]:
    """Agents with these skills, all on the day shift of one Monday."""
    names = ["Ann", "Bob", "Cid", "Dan"][: len(held)]
    problem = world(days=1, histories=dict.fromkeys(names, ""))
    agents = [
        agent.model_copy(update={"skills": skills})
        for agent, skills in zip(problem.agents, held, strict=True)
    ]
    problem = problem.model_copy(update={"agents": tuple(agents)})
    return problem, roster(problem, dict.fromkeys(names, "D"), breaks={})


def claimed(problem: Problem, **minutes: int) -> Coverage:
    """Coverage that claims so many agent-minutes by skill between 08:00 and 09:00, and none elsewhere."""
    nothing: tuple[int, ...] = (0,) * 24
    scheduled = {skill: (*nothing[:8], amount, *nothing[9:]) for skill, amount in minutes.items()}
    return Coverage(
        interval_minutes=60,
        required=dict.fromkeys(minutes, nothing),
        scheduled=scheduled,
        missing=dict.fromkeys(minutes, nothing),
        superfluous=dict.fromkeys(minutes, nothing),
    )


@pytest.mark.parametrize(
    ("held", "minutes", "beyond"),
    [
        # Ann has 60 minutes in the hour, for English only
        ([("English",)], {"English": 60}, 0),
        ([("English",)], {"English": 61}, 1),
        ([("English",)], {"French": 5}, 5),
        # two agents with both skills are two, not four: 20 short in a field of 10 each, the peers' mistake
        ([("English", "French")] * 2, {"English": 60, "French": 60}, 0),
        ([("English", "French")] * 2, {"English": 120, "French": 120}, 120),
        # a chain: English can only come from Ann, so French must come from Bob and Dutch from Cid
        (
            [("English", "French"), ("French", "Dutch"), ("Dutch",)],
            {"English": 60, "French": 60, "Dutch": 60},
            0,
        ),
        (
            [("English", "French"), ("French", "Dutch"), ("Dutch",)],
            {"English": 90, "French": 60, "Dutch": 30},
            30,
        ),
    ],
)
def test_agents_count_once_and_only_for_skills_that_they_hold(
    held: list[tuple[str, ...]], minutes: dict[str, int], beyond: int
) -> None:
    problem, everyone = two_skills(*held)
    found = list(Skills().check(problem, everyone, claimed(problem, **minutes)))
    assert sum(violation.amount for violation in found) == beyond


@pytest.mark.parametrize("seed", range(60))
def test_what_is_beyond_is_what_hall_says(seed: int) -> None:
    # four agents and three skills, chosen by the digits of the seed
    sets = [skills for size in (1, 2, 3) for skills in combinations(SKILLS, size)]
    held = [sets[(seed * step + step) % len(sets)] for step in (1, 2, 3, 5)]
    minutes = {skill: 15 * ((seed * (place + 2)) % 9) for place, skill in enumerate(SKILLS)}
    problem, everyone = two_skills(*held)
    subsets = chain.from_iterable(combinations(SKILLS, size) for size in range(4))
    # the worst set of skills: scheduled for them, less 60 minutes of each agent who holds any of them
    worst = max(
        sum(minutes[skill] for skill in chosen) - 60 * sum(not set(chosen).isdisjoint(own) for own in held)
        for chosen in subsets
    )
    found = list(Skills().check(problem, everyone, claimed(problem, **minutes)))
    assert sum(violation.amount for violation in found) == worst


def test_the_requirement_asks_from_both_sides_at_the_prices_of_the_skill() -> None:
    problem = world(days=1, required=2)
    missing, superfluous = Requirement().limits(problem)
    assert isinstance(missing, Staffing)
    assert isinstance(superfluous, Staffing)
    assert (missing.at_least, missing.at_most, missing.price) == ((2,) * 24, None, 6000)
    assert (superfluous.at_least, superfluous.at_most, superfluous.price) == (None, (2,) * 24, 500)


def test_a_requirement_that_must_be_met_never_forbids_superfluous_staff() -> None:
    problem = world(days=1, required=0)
    seen = violations(problem, Requirement(strength=Strength.MUST), roster(problem, {"Ann": "D"}))
    assert [(violation.amount, violation.must) for violation in seen] == [(435, False)]
    short = world(days=1, required=1)
    seen = violations(short, Requirement(strength=Strength.MUST), roster(short, {"Ann": "."}))
    assert [(violation.amount, violation.must) for violation in seen] == [(1440, True)]


def test_an_unmet_requirement_tells_what_it_costs() -> None:
    # findings showed a cost of 0; 16.75 h are missing at 60.00 each, in sixtieths of a cent
    problem = world(days=1)
    seen = violations(problem, Requirement(), roster(problem, {"Ann": "D"}))
    assert [violation.cost for violation in seen] == [1005_00 * 60]


def test_floors_and_seats_that_nobody_gave_are_no_limits() -> None:
    problem = world()
    assert list(MinimumStaff().limits(problem)) == []
    assert list(Seats().limits(problem)) == []
    assert list(Skills().limits(problem)) == []


def test_seats_for_some_agents_leave_the_maxima_of_the_skills_alone() -> None:
    problem = world(maximum=1)
    (limit,) = Seats(at_most=3, scope=Scope(agents=("Ann",))).limits(problem)
    assert limit == Staffing(agents=("Ann",), at_most=(3,) * problem.grid.intervals)


def test_skills_outside_the_scope_are_not_looked_at() -> None:
    problem = world(days=1, minimum=1, maximum=1)
    french = Scope(skills=("French",))
    seen = coverage(problem, Roster())
    for rule in (Requirement(scope=french), MinimumStaff(scope=french), Seats(scope=french)):
        assert list(rule.limits(problem)) == []
        assert list(rule.check(problem, Roster(), seen)) == []
