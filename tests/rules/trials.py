"""Every trial of a rule: a problem, its rosters, and what the check finds in each.

Agreement and mutants look at the same trials, so the rosters and the checks' findings are kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache, cached_property
from itertools import product
from typing import Any

from constraints import (
    CATALOGUE,
    Accompanied,
    BreakGaps,
    BreaksAtOnce,
    BreaksInOrder,
    BreakWindows,
    FairHours,
    FairShare,
    MinimumStaff,
    PeopleOnShift,
    Requirement,
    Seats,
    ServiceGoalKept,
    ShiftMaximum,
    ShiftRequirement,
    StaffPresent,
    WorkWithoutBreak,
)
from scheduler.domain import Headcount, Problem, Roster, Window
from scheduler.model import Rule, Scope, Strength, TeamRule
from tests.rules.judged import found
from tests.rules.variants import EARLY, VARIANTS, is_inside_shifts
from tests.rules.worlds import STAGES, duty, goal, roster, world


@dataclass(frozen=True, eq=False)
class Trial:
    """One rule on all rosters of one problem."""

    rule: Rule
    problem: Problem
    rosters: tuple[Roster, ...]
    about: str

    @cached_property
    def found(self) -> tuple[int, ...]:
        """What the rule's check finds in each roster."""
        return tuple(found(self.problem, self.rule, roster) for roster in self.rosters)

    def __str__(self) -> str:
        return self.about


@cache
def _staged(stage: str, history: str) -> tuple[Problem, tuple[Roster, ...]]:
    problem = STAGES[stage].problem(history)
    return problem, tuple(STAGES[stage].rosters(problem))


def _of_days() -> Iterator[Trial]:
    """Rules on one agent's days, on all rosters of small stages."""
    for variant in VARIANTS:
        for stage in variant.stages:
            for history in STAGES[stage].histories:
                problem, rosters = _staged(stage, history)
                yield Trial(variant.rule, problem, rosters, f"{variant}-{stage}-{history or 'unknown'}")


@cache
def _with_breaks() -> tuple[Problem, tuple[Roster, ...]]:
    """Days and nights with their breaks in all kinds of places, out of window, step and order too."""
    problem = world(days=2)
    by_day = [
        {"meal": meal, "rest": rest}
        for meal, rest in product(
            (0, 165, 180, 187, 240, 285, 300, 316, 450), (30, 270, 345, 360, 367, 405, 421)
        )
    ]
    layouts: list[dict[str, Any]] = [{"day": {}, "night": {}}]
    layouts += [
        {"day": placed, "night": {"coffee": coffee}} for placed, coffee in product(by_day, (55, 60, 63, 185))
    ]
    return problem, tuple(
        Roster(
            duties=(
                duty(problem, "Ann", 0, "day", 480, layout["day"]),
                duty(problem, "Ann", 1, "night", 1320, layout["night"]),
            )
        )
        for layout in layouts
    )


def _examples_beside(rules: Sequence[Rule], is_meant: Callable[[type[Rule]], bool]) -> Iterator[Rule]:
    """Examples of the rules of the catalogue that are meant, none of which is tried yet."""
    for rule in CATALOGUE:
        if is_meant(rule) and not rule.is_inherent and all(type(tried) is not rule for tried in rules):
            yield rule.example(("day", "night"))


def _of_breaks() -> Iterator[Trial]:
    only_days = Scope(templates=("day",))
    rules: tuple[Rule, ...] = (
        BreakWindows(),
        BreakWindows(scope=only_days),
        BreaksInOrder(),
        BreaksInOrder(scope=EARLY),
        BreakGaps(at_least_minutes=60, at_most_minutes=120),
        BreakGaps(at_most_minutes=15, scope=only_days),
        BreakGaps(at_most_minutes=15, scope=Scope(templates=("night",))),  # nights have one break
        BreakGaps(at_least_minutes=45, scope=EARLY),
        WorkWithoutBreak(at_most_minutes=200),
        WorkWithoutBreak(at_most_minutes=301, scope=only_days),
        WorkWithoutBreak(),
    )
    problem, rosters = _with_breaks()
    for place, rule in enumerate((*rules, *_examples_beside(rules, is_inside_shifts))):
        yield Trial(rule, problem, rosters, f"{rule.kind}-{place}-breaks")


@cache
def _team(required: int, history: str) -> tuple[Problem, tuple[Roster, ...]]:
    """Three agents on two days, one of them after a night; a floor of one and two seats."""
    histories = {"Ann": history, "Bob": "", "Cid": ""}
    problem = world(days=2, histories=histories, required=required, minimum=1, maximum=2)
    weeks = ("..", "D.", "LD", "NN")
    return problem, tuple(
        roster(problem, dict(zip(histories, chosen, strict=True))) for chosen in product(weeks, repeat=3)
    )


def _of_the_team() -> Iterator[Trial]:
    monday = Scope(last_day=_team(0, "")[0].grid.first_day)
    rules: tuple[Rule, ...] = (
        Requirement(),
        Requirement(scope=monday),
        MinimumStaff(),
        MinimumStaff(scope=monday),
        Seats(),
        Seats(at_most=1, scope=Scope(agents=("Ann", "Cid"))),
        Seats(at_most=2, scope=monday),
        PeopleOnShift(at_least=1, at_most=1, templates=("day", "night")),
        PeopleOnShift(at_least=1, at_most=2, templates=("day", "night"), counted="together", scope=monday),
        PeopleOnShift(at_most=1, scope=Scope(agents=("Ann", "Cid"))),
        StaffPresent(at_least=1),
        StaffPresent(at_least=2, scope=monday),
        Accompanied(by=("Bob",)),
        Accompanied(by=("Bob", "Cid"), at_least=2, scope=monday),
        BreaksAtOnce(at_most=1),
        BreaksAtOnce(at_most_percent=33, scope=monday),
    )
    others = _examples_beside((*rules, *OF_THE_WARD, *GOALS), lambda rule: issubclass(rule, TeamRule))
    for place, rule in enumerate((*rules, *others)):
        more = ((0, ""),) if isinstance(rule, StaffPresent) else ()
        for required, history in ((1, ""), (2, "N"), *more):
            problem, rosters = _team(required, history)
            yield Trial(rule, problem, rosters, f"{rule.kind}-{place}-{required}-{history or 'unknown'}")


@cache
def _unlike() -> tuple[Problem, tuple[Roster, ...]]:
    """Three agents on two days: Ann has twice the hours of the others, and Bob cannot come on Monday."""
    names = ("Ann", "Bob", "Cid")
    problem = world(days=2, histories=dict.fromkeys(names, ""))
    both = {"templates": ("day", "night")}
    half = problem.contracts[0].model_copy(update={**both, "name": "half"})
    full = half.model_copy(update={"name": "full", "min_paid_minutes": 2250, "max_paid_minutes": 2250})
    midnight = datetime.combine(problem.grid.first_day, time())
    monday = (Window(start=midnight, end=midnight + timedelta(days=1)),)
    ann, bob, cid = problem.agents
    bob, cid = (one.model_copy(update={"contract": "half"}) for one in (bob, cid))
    agents = (ann, bob.model_copy(update={"unavailable": monday}), cid)
    problem = problem.model_copy(update={"agents": agents, "contracts": (full, half)})
    return problem, tuple(
        roster(problem, dict(zip(names, chosen, strict=True)))
        for chosen in product(("..", "D.", "LD", "NN"), repeat=3)
    )


def _of_fairness() -> Iterator[Trial]:
    problem, rosters = _unlike()
    rules: tuple[Rule, ...] = (
        FairShare(),
        FairShare(together=3),
        FairShare(together=2, relative_to="days"),
        FairShare(together=0, steps=1),
        FairShare(of="shifts", templates=("night",), together=2),
        FairShare(of="starts", earliest_start_clock=480, latest_start_clock=719, together=3),
        FairHours(together_minutes=1800, within_minutes=0),
        FairHours(together_minutes=0, within_minutes=0, step_minutes=450, steps=1),
        FairHours(within_minutes=480),
    )
    for place, rule in enumerate(rules):
        yield Trial(rule, problem, rosters, f"{rule.kind}-{place}-unlike")


@cache
def _of_goals() -> tuple[Problem, tuple[Roster, ...]]:
    """Three agents on two days, each of which has a goal."""
    histories = {"Ann": "N", "Bob": "", "Cid": ""}
    problem = world(days=2, histories=histories, goal_tables=(goal(60), goal(65, day=1)))
    weeks = ("..", "D.", "LD", "NN")
    return problem, tuple(
        roster(problem, dict(zip(histories, chosen, strict=True))) for chosen in product(weeks, repeat=3)
    )


def _with_goals() -> Iterator[Trial]:
    problem, rosters = _of_goals()
    for place, rule in enumerate(GOALS):
        yield Trial(rule, problem, rosters, f"{rule.kind}-{place}")


@cache
def _ward() -> tuple[Problem, tuple[Roster, ...]]:
    """Three agents on two days, two of them with another skill; days asked for by shift, nights by both."""
    histories = {"Ann": "N", "Bob": "", "Cid": ""}
    problem = world(
        days=2,
        histories=histories,
        headcounts=(
            Headcount(template="day", required=(1, 2), maximum=(1, 2)),
            Headcount(template="night", required=(None, 0), maximum=(1, None)),
            Headcount(template="night", skill="French", required=(2, 1)),
        ),
    )
    ann, bob, cid = problem.agents
    both = {"skills": ("English", "French")}
    agents = (ann.model_copy(update=both), bob, cid.model_copy(update=both))
    problem = problem.model_copy(update={"agents": agents})
    weeks = ("..", "D.", "LD", "NN", "2N")
    return problem, tuple(
        roster(problem, dict(zip(histories, chosen, strict=True))) for chosen in product(weeks, repeat=3)
    )


def _of_the_ward() -> Iterator[Trial]:
    problem, rosters = _ward()
    for place, rule in enumerate(OF_THE_WARD):
        yield Trial(rule, problem, rosters, f"{rule.kind}-{place}")


GOALS: tuple[Rule, ...] = (ServiceGoalKept(), ServiceGoalKept(strength=Strength.PREFER, price=300))
OF_THE_WARD: tuple[Rule, ...] = (
    ShiftRequirement(),
    ShiftRequirement(scope=Scope(last_day=_ward()[0].grid.first_day)),
    ShiftMaximum(),
    ShiftMaximum(scope=Scope(templates=("night",))),
    ShiftMaximum(scope=Scope(last_day=_ward()[0].grid.first_day)),
)
TRIALS: tuple[Trial, ...] = (
    *_of_days(),
    *_of_fairness(),
    *_of_breaks(),
    *_of_the_team(),
    *_with_goals(),
    *_of_the_ward(),
)
