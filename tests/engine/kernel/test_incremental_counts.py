"""What moves keep up to date against what is counted from nothing: own costs, totals, headcounts, staff."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from constraints import OneShiftADay, ShiftRequirement
from scheduler.domain import Headcount as Wanted
from scheduler.domain import TimeGrid
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.local_search.roster_state import MOVES, RosterState
from scheduler.model import Headcount, RuleBook, Run, Strength, Total
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Worked
from tests.engine.demanded import KINDS, Demanded, DemandedOfTeam, random_limit
from tests.engine.rosters import ALL_KINDS, Drawn, a_worker, by_kind, drawn, own_cost, prepared, random_roster
from tests.property.problems import Case, small_case

KEPT = ("own", "violation", "total", "heads", "staffed", "present", "lay")


def assert_counted_from_nothing(worker: RosterState, about: object = None) -> None:
    """What the worker keeps is what its roster says, counted by the core again and by definition here."""
    kept = {name: worker.arrays[name].copy() for name in KEPT}
    worker.restore(worker.snapshot())
    for name in KEPT:
        if name != "staffed":  # which of two like allocations was kept may differ; see test_staffing
            assert np.array_equal(kept[name], worker.arrays[name]), (about, name)
    assert kept["staffed"].sum() == worker.arrays["staffed"].sum()

    instance = worker.instance
    problem, roster = instance.problem, roster_of(instance, worker.snapshot())
    on = {(duty.agent, duty.day): duty for duty in roster.duties}
    for row, verb in enumerate(instance.heads.verbs):
        counted = [agent for i, agent in enumerate(problem.agents) if instance.heads.counts[row, i]]
        for day in range(problem.grid.days):
            people = sum(verb.amount(problem, agent, on.get((agent.name, day))) > 0 for agent in counted)
            assert kept["heads"][row, day] == people, (about, row, day)
    number = 0
    for i, (agent, held) in enumerate(zip(problem.agents, instance.multi_day_limits, strict=True)):
        for one in held:
            if isinstance(one.limit, Total):
                duties = [on.get((agent.name, day)) for day in range(problem.grid.days)]
                said = [one.limit.of.amount(problem, agent, duty) for duty in duties]
                total = one.limit.carried_in + sum(said[day] for day in one.limit.on)
                total += sum(any(said[day] > 0 for day in block) for block in one.limit.on_any_of)
                assert kept["total"][number] == total, (about, one.limit)
            number += 1
        assert (kept["own"][i], kept["violation"][i]) == own_cost(instance, i, worker.arrays["option"][i])


@pytest.mark.parametrize("case", drawn(range(25), range(25)), ids=str)
def test_nothing_drifts_while_rosters_change(case: Drawn) -> None:
    worker = a_worker(*prepared(case), seed=case.seed)
    for agent in range(worker.instance.agents):
        worker.improve_week(agent, only_better=False)
    taken = 0
    for temperature in (1e7, 3e5, 1e4):
        taken += worker.moves(400, temperature, ALL_KINDS)
        assert_counted_from_nothing(worker, case)
    assert taken or not worker.instance.menus.any()


def long_case(seed: int) -> Case:
    """Three weeks, people wanted on each shift, and limits of every kind on every agent, two of them hard."""
    problem, _ = small_case(seed)
    random = Random(f"long {seed}")
    days = 21
    agent = problem.agents[0].model_copy(update={"pins": (), "time_off": ()})
    agents = tuple(agent.model_copy(update={"name": name}) for name in ("Ann", "Bob", "Cid"))
    facts = {
        "grid": TimeGrid(**{**problem.grid.model_dump(), "days": days}),
        "demand": (),
        "headcounts": tuple(
            Wanted(template=template.name, required=tuple(random.randint(0, 2) for _ in range(days)))
            for template in problem.templates
        ),
        "templates": tuple(template.model_copy(update={"breaks": ()}) for template in problem.templates),
        "agents": agents,
    }
    problem = problem.model_copy(update=facts)
    hard = random.sample(KINDS, 2)
    demanded = [
        Demanded(
            label=kind,
            strength=Strength.MUST if kind in hard else Strength.PREFER,
            price=random.choice((100, 900)),
            demanded=tuple(random_limit(problem, one.name, kind, random) for one in agents for _ in range(2)),
        )
        for kind in KINDS
    ]
    # Ann and Bob are alike, but where she counts he does not
    at_most = tuple(random.choice((None, 0, 1)) for _ in range(days))
    alone = DemandedOfTeam(
        strength=Strength.PREFER, price=300, demanded=(Headcount("Ann", ("Ann",), Worked(), at_most=at_most),)
    )
    return problem, RuleBook(rules=(OneShiftADay(), ShiftRequirement(), alone, *demanded))


def test_nothing_drifts_over_three_weeks_whatever_is_demanded() -> None:
    taken: Counter[str] = Counter()
    for seed in range(8):
        instance = compile_instance(*long_case(seed))
        worker = a_worker(instance, WeekAutomata.of(instance), seed=seed)
        # from a roster that breaks a lot: whatever does not break more may be taken
        worker.restore(random_roster(instance, Random(seed))[0])
        for only, share in (("all", ALL_KINDS), *map(by_kind, range(len(MOVES)))):
            before, worker.state.drift = worker.cost(), 0.0
            taken[only] += worker.moves(300, 1e6, share)
            assert_counted_from_nothing(worker, (seed, only))
            after = worker.cost()
            assert worker.state.drift == after.total + after.short - before.total - before.short, (seed, only)
    assert all(taken[kind] for kind in MOVES if kind != "break"), taken  # there are no breaks to move


@pytest.mark.parametrize(
    "limit",
    [
        Total("Ann", Worked(), on=(0, 1), on_any_of=((0, 1, 2), (2, 3)), at_most=1),
        Run("Ann", Worked(), over=((0, 1), (1, 2), (2, 3), (3, 4)), at_most=2),
    ],
)
def test_a_day_in_several_blocks_of_one_limit_is_counted_in_each(limit: AgentLimit) -> None:
    problem, _ = long_case(1)
    wish = Demanded(strength=Strength.PREFER, price=100, demanded=(limit,))
    instance = compile_instance(problem, RuleBook(rules=(OneShiftADay(), wish)))
    worker = a_worker(instance, WeekAutomata.of(instance))
    for _ in range(20):
        worker.moves(50, 1e6, ALL_KINDS)
        assert_counted_from_nothing(worker)
