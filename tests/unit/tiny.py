"""The smallest week there is, for tests of what surrounds the planning: two agents, one skill, two days."""

from datetime import date
from typing import Any

from constraints import CATALOGUE
from scheduler.domain import (
    Agent,
    Certificate,
    Contract,
    CostBreakdown,
    Coverage,
    Demand,
    Duty,
    Outcome,
    Problem,
    Report,
    Roster,
    ShiftTemplate,
    Skill,
    Status,
    TimeGrid,
)
from scheduler.model import Rule, RuleBook

MIDNIGHT_TO_NINE, NINE_TO_FIVE, FIVE_TO_MIDNIGHT = 9, 8, 7


def tiny_problem(agents: tuple[str, ...] = ("Ada", "Bo"), wanted: int = 1) -> Problem:
    """Two days of hours, ``wanted`` agents from 09:00 to 17:00; the only shift is just that."""
    day = (0,) * MIDNIGHT_TO_NINE + (wanted,) * NINE_TO_FIVE + (0,) * FIVE_TO_MIDNIGHT
    return Problem(
        name="tiny",
        grid=TimeGrid(first_day=date(2026, 1, 5), days=2, interval_minutes=60),
        skills=(Skill(name="English"),),
        demand=(Demand(skill="English", required=day * 2),),
        templates=(
            ShiftTemplate(name="day", earliest_start=540, latest_start=540, min_length=480, max_length=480),
        ),
        contracts=(Contract(name="full", pay_per_hour=2000, templates=("day",)),),
        agents=tuple(Agent(name=name, contract="full", skills=("English",)) for name in agents),
    )


def rule(kind: str, **fields: Any) -> Rule:
    """A rule of the catalogue by its kind."""
    (found,) = (one for one in CATALOGUE if one.model_fields["kind"].default == kind)
    return found(**fields)


def tiny_rules() -> RuleBook:
    """What every planning task has: the requirement, and one shift a day."""
    return RuleBook(
        rules=(rule("requirement", strength="prefer"), rule("entitlement"), rule("one_shift_a_day"))
    )


def tiny_roster() -> Roster:
    """The agent Ada on both days, which covers the requirement exactly."""
    return Roster(
        duties=tuple(
            Duty(agent="Ada", day=day, template="day", start=day * 1440 + 540, end=day * 1440 + 1020)
            for day in (0, 1)
        )
    )


def tiny_outcome(problem: Problem, *, wages: int, missing: int, bound: int) -> Outcome:
    """An outcome with these figures in sixtieths of a cent; its roster is ``tiny_roster``."""
    cost = CostBreakdown(wages=wages, missing=missing)
    intervals = (0,) * problem.grid.intervals
    demand = {one.skill: tuple(60 * number for number in one.required) for one in problem.demand}
    zeros = {one.skill: intervals for one in problem.demand}
    coverage = Coverage(
        interval_minutes=60, required=demand, scheduled=demand, missing=zeros, superfluous=zeros
    )
    return Outcome(
        status=Status.FEASIBLE,
        roster=tiny_roster(),
        cost=cost,
        bound=bound,
        certificate=Certificate(
            slot_minutes=60, prices=zeros, carried_rules=(), bound=bound, unavoidable_wages=0
        ),
        report=Report(cost=cost, coverage=coverage, bound=bound),
        seed=1,
        workers=1,
        versions={},
        input_hash="0" * 64,
        seconds_to_first_roster=0.1,
        seconds=1.0,
        stopped_by="time",
    )
