"""Weeks in fractions, and the choice of weeks that fit together, against lists of all weeks of tiny wards."""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from ortools.math_opt.python import mathopt

from scheduler.domain import Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.columns.column_pool import PooledWeek, WeekPool
from scheduler.engine.columns.diving import Dive
from scheduler.engine.columns.restricted_master import Master
from scheduler.engine.columns.set_partitioning import Partition
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import Snapshot, snapshot_of
from tests.engine.rosters import a_worker
from tests.property.problems import Case
from tests.wards import Week, cost_of_team, every_week, tiny_ward

NEAR = 1e-6
"""Part of a cost by which two programmes in floats may differ."""
SEEDS = [seed for seed in range(60) if not tiny_ward(seed)[0].demand]


@dataclass(frozen=True, eq=False)
class Listed:
    """A tiny ward with all weeks of everybody: as its test counts them, and as the pool does."""

    case: Case
    lagrangian: Lagrangian
    weeks: list[list[Week]]
    pooled: list[list[PooledWeek]]

    def cost(self, numbers: tuple[int, ...]) -> int | None:
        """What it costs if everybody works the week of that number; ``None`` if it is not legal."""
        team = tuple(mine[number] for mine, number in zip(self.weeks, numbers, strict=True))
        return cost_of_team(*self.case, team)

    @property
    def dear(self) -> float:
        """What the search charges for one who must be there and is not."""
        return max(
            (float(piece.price) for piece in self.lagrangian.instance.heads.breakpoints if piece.hard),
            default=0.0,
        )

    def least(self, choices: list[list[int]]) -> int | None:
        """The least cost of all combinations of weeks out of some of each agent's."""
        costs = [self.cost(numbers) for numbers in product(*choices)]
        return min((cost for cost in costs if cost is not None), default=None)

    def everything(self) -> list[list[int]]:
        """The numbers of all weeks."""
        return [list(range(len(mine))) for mine in self.weeks]

    def some(self, random: Random) -> list[list[int]]:
        """The numbers of some weeks of everybody."""
        return [sorted(random.sample(range(len(m)), random.randint(1, min(len(m), 9)))) for m in self.weeks]

    def master(self, choices: list[list[int]]) -> Master:
        """The programme over some weeks."""
        made = Master(self.lagrangian.instance.heads, self.lagrangian.shape, range(len(self.weeks)))
        for mine, numbers in zip(self.pooled, choices, strict=True):
            for number in numbers:
                made.add(mine[number])
        return made


@lru_cache(maxsize=64)
def listed(seed: int) -> Listed:
    """The tiny ward of a seed."""
    problem, rules = tiny_ward(seed)
    instance = compile_instance(problem, rules)
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    weeks = [every_week(problem, rules, agent) for agent in problem.agents]
    pool = WeekPool(lagrangian)
    for agent, mine in enumerate(weeks):
        for week in mine:
            option = snapshot_of(instance, Roster(duties=week.duties)).option
            assert pool.add(agent, option[agent])
    return Listed((problem, rules), lagrangian, weeks, pool.weeks)


@lru_cache(maxsize=64)
def parts(seed: int) -> list[tuple[list[list[int]], int | None]]:
    """All weeks of a tiny ward and some parts of them, each with the least cost of its combinations."""
    ward_of_seed, random = listed(seed), Random(seed)
    chosen = [ward_of_seed.everything(), *(ward_of_seed.some(random) for _ in range(5))]
    return [(choices, ward_of_seed.least(choices)) for choices in chosen]


def plain_optimum(one: Listed, choices: list[list[int]], *, strict: bool = False) -> float | None:
    """Least cost of weeks in fractions, from a programme as the problem would be written down by hand.

    Who must be there is dear while missing, or, if ``strict``, never missing.
    """
    problem, rules = one.case
    is_must, room = rules.named["shift_requirement"].is_must, rules.named["shift_maximum"]
    model, costs, parts_of = mathopt.Model(), [], []
    for mine, numbers in zip(one.weeks, choices, strict=True):
        share = {number: model.add_variable(lb=0.0) for number in numbers}
        model.add_linear_constraint(sum(share.values()) == 1.0)
        costs += [mine[number].own_cost * x for number, x in share.items()]
        parts_of.append(share)

    def in_steps(prices: tuple[int, ...]) -> Any:
        """A number of people, each step of which has its price; the last goes on."""
        steps = [model.add_variable(lb=0.0, ub=1.0) for _ in prices[1:]] + [model.add_variable(lb=0.0)]
        costs.extend(60 * price * step for price, step in zip(prices, steps, strict=True))
        return sum(steps)

    for wanted in problem.headcounts:
        for day, required in enumerate(wanted.required):
            there = sum(
                x
                for agent, mine, share in zip(problem.agents, one.weeks, parts_of, strict=True)
                for number, x in share.items()
                if mine[number].shifts[day] == wanted.template and wanted.skill in (None, *agent.skills)
            )
            most = wanted.maximum[day] if wanted.maximum else None
            if most is not None:
                beyond = model.add_variable(lb=0.0, ub=0.0 if strict and room.is_must else math.inf)
                model.add_linear_constraint(there - beyond <= most)
                costs.append((one.dear if room.is_must else 60 * (room.price or 0)) * beyond)
            if required is None:
                continue
            superfluous = in_steps((wanted.superfluous_price, *wanted.further_superfluous_prices))
            if is_must:
                missing = model.add_variable(lb=0.0, ub=0.0 if strict else math.inf)
                costs.append(one.dear * missing)
            else:
                missing = in_steps((wanted.missing_price, *wanted.further_missing_prices))
            model.add_linear_constraint(there + missing - superfluous == required)
    model.minimize(sum(costs))
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    return float(result.objective_value())


def near(one: float, other: float) -> bool:
    """The same but for rounding."""
    return abs(one - other) <= NEAR * max(1.0, abs(one), abs(other)) + 1e-3


# The programme


@pytest.mark.parametrize("seed", SEEDS)
def test_the_programme_of_all_weeks_is_the_plain_one_and_proves_its_cost(seed: int) -> None:
    one = listed(seed)
    fractions = one.master(one.everything()).fractions()
    expected = plain_optimum(one, one.everything())
    strict = plain_optimum(one, one.everything(), strict=True)
    (_, least), *_ = parts(seed)
    assert fractions is not None and expected is not None
    assert near(fractions.cost, expected)
    bound = one.lagrangian.at(fractions.prices, with_subgradient=False).bound
    if least is not None:
        assert bound <= least + 1e-3 and fractions.cost <= least + 1e-3
    if not one.lagrangian.automata.left_out:
        assert bound >= fractions.cost - 1e-3
        if strict is not None and near(strict, expected):  # nobody is missing who must be there
            assert near(bound, fractions.cost)


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_a_programme_of_some_weeks_lies_between_its_bound_and_its_rosters(seed: int) -> None:
    one = listed(seed)
    of_all = plain_optimum(one, one.everything())
    of_all_strict = plain_optimum(one, one.everything(), strict=True)
    for choices, least in parts(seed)[1:]:
        fractions = one.master(choices).fractions()
        expected = plain_optimum(one, choices)
        assert fractions is not None and expected is not None and of_all is not None
        assert near(fractions.cost, expected)
        assert of_all <= fractions.cost + 1e-3
        assert least is None or fractions.cost <= least + 1e-3
        # prices of a part prove something about all weeks
        bound = one.lagrangian.at(fractions.prices, with_subgradient=False).bound
        assert of_all_strict is None or bound <= of_all_strict + 1e-3


def test_some_programmes_are_cheaper_than_any_roster_and_some_lack_people() -> None:
    # Where every optimum were whole, the tests above would not tell fractions from rosters.
    solved = []
    for seed in SEEDS:
        for choices, least in parts(seed):
            fractions = listed(seed).master(choices).fractions()
            assert fractions is not None
            solved.append((fractions.cost, least))
    assert any(least is None for _, least in solved)
    assert any(least is not None and cost < 0.999 * least for cost, least in solved)


def test_there_is_no_programme_where_somebody_has_no_week() -> None:
    one = listed(SEEDS[0])
    assert one.master([[], *one.everything()[1:]]).fractions() is None


@pytest.mark.parametrize("seed", SEEDS[1::3])
def test_nothing_that_is_chosen_loses_and_nothing_else_wins(seed: int) -> None:
    one = listed(seed)
    for choices, _ in parts(seed):
        master = one.master(choices)
        fractions = master.fractions()
        assert fractions is not None
        heads = one.lagrangian.shape.headcounts(fractions.prices).reshape(-1)
        for agent, shares in fractions.shares.items():
            lost = [fractions.reduced_cost(one.pooled[agent][number], heads) for number in choices[agent]]
            assert shares.sum() == pytest.approx(1.0) and shares.min() >= -1e-9
            assert min(lost) >= -1.0
            assert all(abs(less) <= 1.0 for less, share in zip(lost, shares, strict=True) if share > 1e-6)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_settling_a_week_is_as_if_there_were_no_other(seed: int) -> None:
    one, random = listed(seed), Random(seed)
    choices = one.everything()
    master = one.master(choices)
    before = master.fractions()
    for agent, mine in enumerate(choices):
        number = random.choice(mine)
        settled = [*choices[:agent], [number], *choices[agent + 1 :]]
        expected = plain_optimum(one, settled)
        master.settle(agent, number)
        then = master.fractions()
        assert expected is not None and then is not None and near(then.cost, expected)
        # what is taken back leaves nothing behind
        master.unsettle(agent, number)
        again = master.fractions()
        assert again is not None and before is not None and near(again.cost, before.cost)
        master.settle(agent, number)
        choices, before = settled, master.fractions()
        assert before is not None and near(before.cost, expected)
        assert before.shares[agent][number] == pytest.approx(1.0)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_prices_keep_near_others_until_they_are_let_go(seed: int) -> None:
    one = listed(seed)
    master = one.master(one.everything())
    freely = master.fractions()
    assert freely is not None and freely.strayed_heads == pytest.approx(0.0)
    heads = one.lagrangian.shape.headcounts
    centre, rng = one.lagrangian.nothing(), np.random.default_rng(seed)
    heads(centre)[...] = rng.uniform(-3000, 9000, heads(centre).shape)
    far, centre = centre, np.clip(centre, *one.lagrangian.box())
    mine = master.cells
    for reach in (0.0, 500.0, 1e9):
        master.keep_near(centre, reach)
        held = master.fractions()
        assert held is not None and held.cost <= freely.cost * (1 + NEAR) + 1
        away = np.abs(heads(held.prices) - heads(centre)).reshape(-1)[mine]
        assert away.max() <= reach + 1
        assert held.strayed_heads > 1e-6 or near(held.cost, freely.cost)
    assert near(held.cost, freely.cost)
    master.keep_near(far, 0.0)
    assert master.fractions() is not None
    master.keep_near(None)
    again = master.fractions()
    assert again is not None and near(again.cost, freely.cost)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_what_prices_prove_of_weeks_is_the_lagrangian_bound(seed: int) -> None:
    lagrangian = listed(seed).lagrangian
    pool = WeekPool(lagrangian)
    master = Master(lagrangian.instance.heads, lagrangian.shape, pool.agents)
    descent = Dive(pool, master, np.random.default_rng(1), lambda: False, 1.0)
    prices, heads = lagrangian.nothing(), lagrangian.shape.headcounts
    heads(prices)[...] = np.random.default_rng(seed).integers(-2000, 5000, heads(prices).shape)
    cells = np.zeros(heads(prices).size, bool)
    cells[master.cells] = True
    heads(prices)[...] = np.where(cells.reshape(heads(prices).shape), heads(prices), 0.0)
    nets = {agent: float(near.nets[0]) for agent, near in pool.k_best(prices, 1, pool.agents)}
    if lagrangian.automata.left_out or any(piece.hard for piece in lagrangian.instance.heads.breakpoints):
        return
    assert descent.proven(prices, nets) == pytest.approx(lagrangian.at(prices).bound, abs=1.0)


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_some_agents_and_days_are_chosen_as_if_the_others_were_fixed(seed: int) -> None:
    one, random = listed(seed), Random(seed)
    instance, choices = one.lagrangian.instance, one.everything()
    open_agents = random.sample(range(len(choices)), max(1, len(choices) - 1))
    fixed = {a: random.choice(choices[a]) for a in range(len(choices)) if a not in open_agents}
    given = np.zeros(instance.heads.rows * instance.heads.days, np.int64)
    for agent, number in fixed.items():
        given[one.pooled[agent][number].counts] += 1
    part = Master(instance.heads, one.lagrangian.shape, sorted(open_agents), given=given)
    for agent in open_agents:
        for number in choices[agent]:
            part.add(one.pooled[agent][number])
    whole = one.master([[fixed[a]] if a in fixed else mine for a, mine in enumerate(choices)])
    alone, together = part.fractions(), whole.fractions()
    assert alone is not None and together is not None
    settled = sum(one.pooled[agent][number].cost for agent, number in fixed.items())
    assert near(alone.cost + settled, together.cost)


# Choosing


@pytest.mark.parametrize("seed", SEEDS)
def test_the_weeks_chosen_together_are_the_best_that_fit(seed: int) -> None:
    one = listed(seed)
    for choices, least in parts(seed):
        weeks = {agent: [one.pooled[agent][n] for n in numbers] for agent, numbers in enumerate(choices)}
        partition = Partition(one.lagrangian.instance.heads, weeks)
        picked = partition.choose(mathopt.SolveParameters())
        assert picked is not None and picked.keys() == weeks.keys()
        assert all(week in weeks[agent] for agent, week in picked.items())
        if least is not None:
            assert partition.cost_of(picked) == least
        else:
            assert partition.cost_of(picked) >= one.dear


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_chosen_weeks_cost_what_the_search_counts(seed: int) -> None:
    one, random = listed(seed), Random(seed)
    instance, automata = one.lagrangian.instance, one.lagrangian.automata
    worker, costs = a_worker(instance, automata), set()
    partition = Partition(instance.heads, dict(enumerate(one.pooled)))
    for _ in range(20):
        numbers = tuple(random.randrange(len(mine)) for mine in one.weeks)
        picked = {
            agent: mine[number] for agent, (mine, number) in enumerate(zip(one.pooled, numbers, strict=True))
        }
        order, at = (np.zeros_like(worker.arrays[name]) for name in ("order", "at"))
        worker.restore(Snapshot(np.stack([week.options for week in picked.values()]), order, at))
        cost, expected = worker.cost(), one.cost(numbers)
        assert partition.cost_of(picked) == cost.total + cost.short
        assert cost.is_legal == (expected is not None) and (expected is None or cost.total == expected)
        costs.add(cost.total + cost.short)
    assert len(costs) > 1
