"""The whole search on rosters so small that CP-SAT, or a list of them all, says what the best one costs."""

from itertools import product
from random import Random

import pytest
from ortools.sat.python import cp_model

from constraints import DailyRest, DaysPerWeek, MaxConsecutiveDays, OneShiftADay, Requirement
from scheduler.domain import (
    Agent,
    Contract,
    Demand,
    Duty,
    Problem,
    Roster,
    ShiftTemplate,
    Skill,
    Status,
    Stop,
    TimeGrid,
)
from scheduler.engine import search
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.run.cost_granularity import cost_granularity
from scheduler.model import RuleBook, Strength
from scheduler.model.limits.kinds import AgentLimit
from scheduler.verifier import verify
from tests.engine.rosters import charge
from tests.property.problems import Case
from tests.rules.worlds import MONDAY
from tests.wards import cost_of_people, every_roster, every_week, tiny_ward

ROUNDS = Stop(seconds=None, rounds=2)
WARDS = range(188, 206)


class Choice:
    """CP-SAT choosing one of all weeks for every agent; what is not a week is added by the callers."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self.terms: list[cp_model.IntVar] = []
        self.weights: list[int] = []

    def one_of(self, costs: list[int]) -> list[cp_model.IntVar]:
        """A boolean for each of these, one of which is chosen at its cost."""
        chosen = [self.model.new_bool_var("") for _ in costs]
        self.model.add_exactly_one(chosen)
        self.terms += chosen
        self.weights += costs
        return chosen

    def count(
        self, those: list[cp_model.IntVar], required: int, missing_price: int, superfluous_price: int
    ) -> cp_model.IntVar:
        """Price who is missing and who is too many among those; answers how many are missing."""
        missing, superfluous = (self.model.new_int_var(0, 9, "") for _ in range(2))
        self.model.add(cp_model.LinearExpr.sum(those) + missing - superfluous == required)
        self.terms += [missing, superfluous]
        self.weights += [60 * missing_price, 60 * superfluous_price]
        return missing

    def least(self) -> int | None:
        """The least cost, or that there is none."""
        self.model.minimize(cp_model.LinearExpr.weighted_sum(self.terms, self.weights))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return round(solver.objective_value) if status == cp_model.OPTIMAL else None


# A curve: how many at work by the hour


def three_days(seed: int) -> Case:
    """Two or three agents, three days, three shifts without breaks: few enough weeks to list them all."""
    random = Random(seed)
    grid = TimeGrid(first_day=MONDAY, days=3, interval_minutes=60)
    starts = (420, 540, 780)
    template = ShiftTemplate(
        name="any",
        earliest_start=420,
        latest_start=780,
        start_step=random.choice((120, 180)),
        min_length=240,
        max_length=480,
        length_step=240,
    )
    required = [0] * grid.intervals
    for day in range(3):
        first = day * 24 + random.choice(starts) // 60
        for hour in range(first, first + random.randint(4, 9)):
            required[hour] = random.randint(1, 2)
    agents = tuple(
        Agent(name=f"agent {i}", contract="c", skills=("x",), pay_per_hour=random.choice((1500, 2500)))
        for i in range(random.randint(2, 3))
    )
    problem = Problem(
        grid=grid,
        skills=(Skill(name="x", missing_price=4000, superfluous_price=random.choice((0, 700))),),
        demand=(Demand(skill="x", required=tuple(required)),),
        templates=(template,),
        contracts=(Contract(name="c", pay_per_hour=2000, templates=("any",)),),
        agents=agents,
    )
    rules = (
        Requirement(strength=Strength.PREFER),
        OneShiftADay(),
        DailyRest(rest_minutes=random.choice((660, 960))),
        DaysPerWeek(at_least=1, at_most=2),
        MaxConsecutiveDays(days=1, strength=Strength.PREFER, price=random.choice((300, 3000))),
    )
    return problem, RuleBook(rules=rules)


def weeks_of_any_shift(problem: Problem, rules: RuleBook, agent: str) -> list[tuple[tuple[Duty, ...], int]]:
    """All legal weeks of an agent with their wages and wishes."""
    limits = [
        (rule, limit)
        for rule in rules.active()
        for limit in rule.limits(problem)
        if isinstance(limit, AgentLimit) and limit.agent == agent
    ]
    (template,) = problem.templates
    shifts = list(product(template.starts, template.lengths))
    weeks = []
    for chosen in product((None, *shifts), repeat=3):
        duties = tuple(
            Duty(agent=agent, day=day, template="any", start=day * 1440 + at, end=day * 1440 + at + length)
            for day, (at, length) in ((day, shift) for day, shift in enumerate(chosen) if shift is not None)
        )
        roster = Roster(duties=duties)
        cost = sum(problem.pay_of(problem.agent_named[agent]) * duty.paid_minutes for duty in duties)
        for rule, limit in limits:
            excess = limit.excess(problem, roster)
            if excess and rule.is_must:
                break
            cost += charge(rule, limit, excess)
        else:
            weeks.append((duties, cost))
    return weeks


def best_by_the_hour(problem: Problem, rules: RuleBook) -> int | None:
    """The least cost of all, by CP-SAT."""
    choice = Choice()
    (skill,), (demand,) = problem.skills, problem.demand
    at_work: list[list[cp_model.IntVar]] = [[] for _ in range(problem.grid.intervals)]
    for agent in problem.agents:
        weeks = weeks_of_any_shift(problem, rules, agent.name)
        for x, (duties, _) in zip(choice.one_of([cost for _, cost in weeks]), weeks, strict=True):
            for duty in duties:
                for interval in range(duty.start // 60, duty.end // 60):
                    at_work[interval].append(x)
    for those, required in zip(at_work, demand.required, strict=True):
        choice.count(those, required, skill.missing_price, skill.superfluous_price)
    return choice.least()


@pytest.mark.parametrize("seed", range(4))
def test_small_rosters_are_the_best_there_is(seed: int) -> None:
    problem, rules = three_days(seed)
    best = best_by_the_hour(problem, rules)
    end = search(problem, rules, stop=ROUNDS, seed=1, workers=1)
    assert best is not None and end.cost is not None
    assert end.bound <= best <= end.cost
    # a few rounds of some 1,500 moves an agent and day come within a shift's start or length of the best
    assert end.cost <= best * 1.05


# Wards: how many on each shift and day, with wishes, and now and then a curve besides


def best_by_the_shift(problem: Problem, rules: RuleBook) -> int | None:
    """The least cost of all, by CP-SAT; ``None`` where no roster is legal."""
    choice = Choice()
    on_shift: dict[tuple[str | None, int, str | None], list[cp_model.IntVar]] = {}
    at_care: dict[int, list[cp_model.IntVar]] = {}
    required_care = problem.demand[0].required if problem.demand else ()
    for agent in problem.agents:
        weeks = every_week(problem, rules, agent)
        if not weeks:
            return None
        working: dict[int, list[cp_model.IntVar]] = {}
        for x, week in zip(choice.one_of([week.own_cost for week in weeks]), weeks, strict=True):
            for day, name in enumerate(week.shifts):
                for skill in (None, *agent.skills):
                    on_shift.setdefault((name, day, skill), []).append(x)
            for hour in week.hours:
                working.setdefault(hour, []).append(x)
        for hour in range(len(required_care)):
            cares = choice.model.new_bool_var("")
            here = cp_model.LinearExpr.sum(working.get(hour, []))
            # whoever can do nothing but care does; who leads as well may
            choice.model.add(cares <= here if "lead" in agent.skills else cares == here)
            at_care.setdefault(hour, []).append(cares)
    for wanted in problem.headcounts:
        for day in range(problem.grid.days):
            there = on_shift.get((wanted.template, day, wanted.skill), [])
            costs = {people: cost_of_people(rules, wanted, day, people) for people in range(len(there) + 1)}
            legal = {people: cost for people, cost in costs.items() if cost is not None}
            if not legal:
                return None
            numbers = choice.one_of([*legal.values()])
            so_many = cp_model.LinearExpr.weighted_sum(numbers, [*legal])
            choice.model.add(cp_model.LinearExpr.sum(there) == so_many)
    care = problem.skill_named["care"]
    for hour, required in enumerate(required_care):
        choice.count(at_care[hour], required, care.missing_price, care.superfluous_price)
    return choice.least()


@pytest.mark.parametrize("seed", WARDS)
def test_tiny_wards_are_the_best_there_is(seed: int) -> None:
    problem, rules = tiny_ward(seed)
    best = min((cost for _, cost in every_roster(problem, rules)), default=None)
    assert best_by_the_shift(problem, rules) == best
    end = search(problem, rules, stop=ROUNDS, seed=1, workers=1)
    if best is None:
        assert end.roster is None and end.status in (Status.INFEASIBLE, Status.NOTHING_FOUND)
        return
    assert end.roster is not None
    assert end.bound <= best == end.cost
    assert (end.status is Status.OPTIMAL) == (
        best - end.bound < cost_granularity(compile_instance(problem, rules))
    )
    report = verify(problem, rules, end.roster, certificate=end.certificate, claimed=end.claimed)
    assert report.passed, report.faults()


def test_tiny_wards_are_of_every_kind() -> None:
    wards = [tiny_ward(seed) for seed in WARDS]
    assert {rules.named["shift_requirement"].is_must for _, rules in wards} == {True, False}
    assert {bool(problem.demand) for problem, _ in wards} == {True, False}
    assert any(best_by_the_shift(*ward) is None for ward in wards)
    assert sum(any(agent.shift_wishes for agent in problem.agents) for problem, _ in wards) > 12
