"""Best weeks in their order against lists of all weeks, and against counts by definition; pools of them."""

import ctypes
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from constraints import DailyRest, MinConsecutiveDaysOff
from scheduler.domain import Certificate, Duty, Problem, Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound import pricing
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.pricing import RankedWeeks
from scheduler.engine.bound.pricing_classes import PricingClass
from scheduler.engine.columns.column_pool import WeekPool
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE, Snapshot, roster_of, snapshot_of
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.kernel.bindings import exports
from scheduler.model import Headcount as HeadcountLimit
from scheduler.model import RuleBook, Strength
from scheduler.model.limits.breaks import BreakLimit
from tests.engine.kernel.test_best_week import carried_only, prices_of, with_any_limits
from tests.engine.rosters import (
    Drawn,
    a_worker,
    charge,
    drawn,
    lagrangian_of,
    multi_day_limits,
    random_row,
    snapshot_of_rows,
)
from tests.property.test_best_week import duties_of_day, small_weeks
from tests.wards import Week, every_week, tiny_ward

EVERY = 10_000
"""More weeks than any of these cases has for one agent, or at least more than are looked at."""


def tiny(seed: int) -> Lagrangian:
    """Of a tiny ward; in every third a duty bars the whole next day and part of the one after."""
    problem, rules = tiny_ward(seed)
    more = (DailyRest(label="long rest", rest_minutes=1900),) if seed % 3 == 0 else ()
    more += (MinConsecutiveDaysOff(label="days off", days=2, strength=Strength.PREFER, price=700),)
    instance = compile_instance(problem, RuleBook(rules=(*rules.rules, *more)))
    return Lagrangian(instance, WeekAutomata.of(instance))


def whole_prices(lagrangian: Lagrangian, seed: int) -> Float64Array:
    """Any whole prices, nothing beside the horizon: sums of them are exact."""
    return np.asarray(np.rint(any_prices(lagrangian, seed)))


def any_prices(lagrangian: Lagrangian, seed: int) -> Float64Array:
    """Any prices, now and then far below zero and far above what anybody would pay."""
    low, high = lagrangian.box()
    prices = np.random.default_rng(seed).uniform(1.3 * low - 0.1 * high, 1.3 * high + 0.1 * low)
    staffing = lagrangian.shape.staffing(prices)
    staffing[:, : lagrangian.low] = staffing[:, lagrangian.high :] = 0.0
    return np.asarray(prices)


def best_week(lagrangian: Lagrangian, kind: PricingClass) -> tuple[float, list[int]]:
    """What ``best_weeks`` answers for a kind at the prices that were last looked at."""
    automata, agent = lagrangian.automata, np.array([kind.agent], np.int32)
    plan, state, ready = (of[agent] for of in (automata.addresses, automata.first_state, automata.ready))
    rows = np.array([lagrangian.pricing.earned[row].ctypes.data for row in kind.rows], np.uint64)
    scratch, value = np.zeros(automata.scratch), np.zeros(1)
    chosen = np.zeros(lagrangian.model.days, np.int32)
    arrays = (agent, plan, state, ready, rows, scratch, value, chosen)
    exports().best_weeks(ctypes.byref(lagrangian.model), 1, *(array.ctypes.data for array in arrays))
    return float(value[0]), chosen.tolist()


def as_lists(near: list[RankedWeeks]) -> list[list[list[int]]]:
    """Weeks of kinds that can be compared."""
    return [of_kind.weeks.tolist() for of_kind in near]


# Wards: every week that rules allow is listed, and valued hour by hour and day by day


def names_of(instance: Instance, week: Any) -> tuple[str | None, ...]:
    """The names of the shifts of a row of options."""
    return tuple(None if o == FREE else instance.options.template_of(o).name for o in week.tolist())


def value_of(lagrangian: Lagrangian, agent: int, week: Week, prices: Float64Array) -> int:
    """What a listed week earns at whole prices, less what it costs its agent."""
    instance, problem = lagrangian.instance, lagrangian.instance.problem
    assert instance.slots.minutes == 60
    hourly = lagrangian.shape.staffing(prices)[:, lagrangian.low : lagrangian.high]
    daily = lagrangian.shape.headcounts(prices)
    skills = problem.agents[agent].skills
    held = [k for k, skill in enumerate(problem.skills) if skill.name in skills]
    hours = [hour for hour in week.hours if hour < problem.grid.intervals] if held else []
    earned = sum(int(hourly[held, hour].max()) for hour in hours)
    for row, wanted in enumerate(problem.headcounts):
        days = [day for day, name in enumerate(week.shifts) if name == wanted.template]
        earned += sum(int(daily[row, day]) for day in days if wanted.skill in (None, *skills))
    return earned - week.own_cost


def listed(lagrangian: Lagrangian, agent: int, prices: Float64Array) -> dict[tuple[str | None, ...], int]:
    """All weeks under the carried rules, by the names of their shifts, with their values."""
    rules = carried_only(lagrangian.instance.rules, lagrangian.automata.carried_rules)
    problem = lagrangian.instance.problem
    weeks = every_week(problem, rules, problem.agents[agent])
    return {week.shifts: value_of(lagrangian, agent, week, prices) for week in weeks}


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_near_weeks_of_wards_are_all_weeks_in_their_order(seed: int) -> None:
    lagrangian = tiny(seed)
    for number in range(2):
        prices = whole_prices(lagrangian, 2 * seed + number)
        near = lagrangian.k_best_weeks(prices, EVERY, np.inf)
        assert len(near) == len(lagrangian.classes)
        for kind, (weeks, nets) in zip(lagrangian.classes, near, strict=True):
            for agent in kind.agents:
                expected = listed(lagrangian, agent, prices)
                found = [names_of(lagrangian.instance, week) for week in weeks]
                assert len(found) == len(set(found)) and set(found) == set(expected)
                assert [expected[one] for one in found] == sorted(expected.values(), reverse=True)
                assert nets.tolist() == pytest.approx([expected[one] for one in found])


@pytest.mark.parametrize("seed", range(1, 40, 5))
def test_so_many_weeks_and_none_worse_by_more_than_the_slack(seed: int) -> None:
    lagrangian = tiny(seed)
    prices = whole_prices(lagrangian, seed)
    for number, kind in enumerate(lagrangian.classes):
        value = listed(lagrangian, kind.agent, prices)
        values = sorted(value.values(), reverse=True)
        # slacks at which the third week is just in or just out, and both ends
        slacks = [0, *(values[0] - lesser + off for lesser in values[2:3] for off in (-1, 0)), np.inf]
        for most, slack in product((1, 4, EVERY), slacks):
            ((weeks, _),) = lagrangian.k_best_weeks(prices, most, slack, [number])
            found = [value[names_of(lagrangian.instance, week)] for week in weeks]
            assert found == [one for one in values if one >= values[0] - slack][:most]


# One agent with breaks, on any clock, under limits of any kind


def values_of_weeks(
    problem: Problem, rules: RuleBook, priced: Certificate
) -> dict[tuple[tuple[str, int, int] | None, ...], int]:
    """All weeks of the only agent as (shift, start, end) a day, their breaks laid as is worth most."""
    (agent,), grid = problem.agents, problem.grid
    best = [max(priced.prices[skill][t] for skill in agent.skills) for t in range(grid.intervals)]
    limits = [(rule, limit) for rule in rules.active() for limit in rule.limits(problem)]
    of_breaks = [(rule, limit) for rule, limit in limits if isinstance(limit, BreakLimit)]
    of_week = [one for one in limits if not isinstance(one[1], BreakLimit | HeadcountLimit)]
    counted = [wanted for wanted in problem.headcounts if wanted.skill in (None, *agent.skills)]
    if "shift_requirement" not in rules.named:
        counted = []

    def worth(duty: Duty) -> int:
        hours = [hour for start, end in duty.stretches() for hour in range(start // 60, end // 60)]
        earned = sum(best[hour] for hour in hours if 0 <= hour < grid.intervals)
        for wanted in counted:
            if wanted.template == duty.template:
                earned += priced.headcount_prices[wanted.row][duty.day]
        alone = Roster(duties=(duty,))
        return earned - sum(
            rule.cost_of(limit.excess(problem, alone)) for rule, limit in of_breaks if not rule.is_must
        )

    must = [limit for rule, limit in of_breaks if rule.is_must]
    choices: list[list[tuple[Duty | None, int]]] = []
    for day in range(grid.days):
        kept: dict[tuple[str, int], tuple[Duty, int]] = {}
        for duty in duties_of_day(problem, day, must):
            key = (duty.template, duty.start, duty.end)
            if key not in kept or worth(duty) > kept[key][1]:
                kept[key] = (duty, worth(duty))
        choices.append([(None, 0), *kept.values()])
    busy_until = max(
        (grid.instant(past.end, problem.zone_of(agent)) for past in agent.history), default=-9999
    )
    weeks = {}
    for chosen in product(*choices):
        duties = tuple(duty for duty, _ in chosen if duty is not None)
        ends = [busy_until, *(duty.end for duty in duties)]
        if any(duty.start < end for duty, end in zip(duties, ends, strict=False)):
            continue
        roster = Roster(duties=duties)
        value = sum(gain - problem.pay_of(agent) * duty.paid_minutes for duty, gain in chosen if duty)
        for rule, limit in of_week:
            excess = limit.excess(problem, roster)
            if excess and rule.is_must:
                break
            value -= charge(rule, limit, excess)
        else:
            weeks[tuple(duty and (duty.template, duty.start, duty.end) for duty, _ in chosen)] = value
    return weeks


@settings(max_examples=25)
@given(small_weeks(), st.integers(0, 2**16))
def test_near_weeks_with_breaks_are_all_weeks_in_their_order(
    week: tuple[Problem, RuleBook, Certificate], seed: int
) -> None:
    problem, rules, priced = week
    assume(not any(pin.break_starts for pin in problem.agents[0].pins))  # then one shift is two options
    rules = with_any_limits(problem, rules, seed)
    instance = compile_instance(problem, rules)
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    expected = values_of_weeks(problem, carried_only(rules, lagrangian.automata.carried_rules), priced)
    ((weeks, _),) = lagrangian.k_best_weeks(prices_of(instance, priced), 50, np.inf)
    assert len(weeks) == min(50, len(expected))
    found = [shifts_of(instance, week) for week in weeks]
    assert len(set(found)) == len(found)
    assert [expected[one] for one in found] == sorted(expected.values(), reverse=True)[:50]


def shifts_of(instance: Instance, week: Any) -> tuple[tuple[str, int, int] | None, ...]:
    """The only agent's row of options in the same words."""
    options, zone = instance.options, int(instance.zone[0])
    shifts: list[tuple[str, int, int] | None] = []
    for day, option in enumerate(week.tolist()):
        if option == FREE:
            shifts.append(None)
        else:
            start = int(options.start_instant[zone, day, option])
            name = options.template_of(option).name
            shifts.append((name, start, start + int(options.elapsed[option])))
    return tuple(shifts)


# Any case: agents of many kinds, clocks and pasts; each week is recounted by definition

CASES = drawn(range(0, 40, 4), range(0, 24, 3))


def by_definition(problem: Problem, rules: RuleBook, agent: int, roster: Roster) -> tuple[int, int]:
    """Wages and priced limits of an agent in a roster, and the excess of the hard ones."""
    who = problem.agents[agent]
    duties = roster.of(who.name)
    cost = sum(problem.pay_of(who) * duty.paid_minutes for duty in duties)
    past = max((problem.grid.instant(one.end, problem.zone_of(who)) for one in who.history), default=-9999)
    ends = [past, *(duty.end for duty in duties)]
    broken = sum(duty.start < end for duty, end in zip(duties, ends, strict=False))
    for rule, limit in multi_day_limits(problem, rules, who.name):
        excess = limit.excess(problem, roster)
        broken += excess if rule.is_must else 0
        cost += charge(rule, limit, excess)
    return cost, broken


def alone(instance: Instance, agent: int, week: Any) -> Snapshot:
    """A roster of one agent's week, breaks laid anyhow."""
    rows = [np.full(len(week), FREE, np.int32) for _ in instance.multi_day_limits]
    rows[agent] = week
    return snapshot_of_rows(instance, rows, Random(agent))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_near_weeks_are_legal_and_in_order_for_all_of_their_kind(case: Drawn) -> None:
    lagrangian = lagrangian_of(case)
    instance, carried = lagrangian.instance, lagrangian.automata.carried_rules
    prices, rules = whole_prices(lagrangian, case.seed), carried_only(instance.rules, carried)
    near = lagrangian.k_best_weeks(prices, 12, np.inf)
    for kind, (weeks, _) in zip(lagrangian.classes, near, strict=True):
        best, chosen = best_week(lagrangian, kind)
        if not len(weeks):
            assert best < -1e300
            continue
        assert len({week.tobytes() for week in weeks}) == len(weeks)
        for agent in (kind.agents[0], kind.agents[-1]):
            values = []
            for week in weeks:
                roster = roster_of(instance, alone(instance, agent, week))
                cost, broken = by_definition(instance.problem, rules, agent, roster)
                assert not broken
                worked = [(day, option) for day, option in enumerate(week.tolist()) if option != FREE]
                values.append(sum(lagrangian.pricing.earned[kind.rows[day], o] for day, o in worked) - cost)
            assert values == sorted(values, reverse=True)
            assert values[0] == best
            ties = [week.tolist() for week, value in zip(weeks, values, strict=True) if value == best]
            assert chosen in ties or len(ties) == len(weeks)


def test_kinds_are_answered_as_they_are_asked_for() -> None:
    lagrangian = lagrangian_of(Drawn(4, is_ward=True))
    prices = whole_prices(lagrangian, 1)
    every = as_lists(lagrangian.k_best_weeks(prices, 5, np.inf))
    assert len({str(weeks) for weeks in every}) > 3
    for asked in ([3], [1, 4], [4, 0, 2], []):
        assert as_lists(lagrangian.k_best_weeks(prices, 5, np.inf, asked)) == [every[i] for i in asked]


def test_weeks_are_the_same_side_by_side() -> None:
    for case in CASES[::3]:
        lagrangian = lagrangian_of(case)
        prices = any_prices(lagrangian, 3)
        with ThreadPoolExecutor(3) as threads:
            several = Lagrangian(lagrangian.instance, lagrangian.automata, threads, 3)
            assert as_lists(several.k_best_weeks(prices, 9, np.inf)) == as_lists(
                lagrangian.k_best_weeks(prices, 9, np.inf)
            )


def test_where_room_runs_out_the_weeks_are_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    lagrangian = tiny(2)
    prices = whole_prices(lagrangian, 2)
    every, counts = as_lists(lagrangian.k_best_weeks(prices, EVERY, np.inf)), set()
    for room in (1, 12, 20, 40, 60):
        monkeypatch.setattr(pricing, "POLICY", replace(pricing.POLICY, most_labels=room))
        few = as_lists(lagrangian.k_best_weeks(prices, EVERY, np.inf))
        assert all(one == other[: len(one)] for one, other in zip(few, every, strict=True))
        counts.add(sum(map(len, few)))
    assert 0 in counts and len(counts) > 2 and max(counts) < sum(map(len, every))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_best_week_is_near_whatever_the_prices(case: Drawn) -> None:
    # With prices that are not whole, a week's parts add up to another last digit forwards than backwards:
    # the best week was taken for worse than itself, and where no slack was allowed nobody had any week.
    lagrangian = lagrangian_of(case)
    for number in range(4):
        near = lagrangian.k_best_weeks(any_prices(lagrangian, 100 * case.seed + number), 1, 0.0)
        best = [best_week(lagrangian, kind)[0] for kind in lagrangian.classes]
        assert [len(weeks) for weeks, _ in near] == [int(value > -1e300) for value in best]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_best_weeks_are_the_same_forwards_and_backwards(case: Drawn) -> None:
    lagrangian = lagrangian_of(case)
    lagrangian.k_best_weeks(whole_prices(lagrangian, case.seed), 1, 0.0)
    both, automata = [], lagrangian.automata.structs
    before = [plan.few_starts for plan in automata]
    for way in (0, 1):
        for plan in automata:
            plan.few_starts = way
        both.append([best_week(lagrangian, kind) for kind in lagrangian.classes])
    for plan, way in zip(automata, before, strict=True):
        plan.few_starts = way
    earned = lagrangian.pricing.earned
    for kind, forwards, backwards in zip(lagrangian.classes, *both, strict=True):
        assert forwards[0] == pytest.approx(backwards[0])
        if forwards[0] > -1e300:  # weeks may differ where several are best, but not in what they earn
            for _, chosen in (forwards, backwards):
                worked = [(day, option) for day, option in enumerate(chosen) if option != FREE]
                assert all(earned[kind.rows[day], option] > -1e300 for day, option in worked)


# Pools


@pytest.mark.parametrize("case", drawn((), range(0, 12, 2)), ids=str)
def test_a_pool_takes_legal_weeks_once_and_counts_as_the_search_does(case: Drawn) -> None:
    lagrangian, random = lagrangian_of(case), Random(case.seed)
    instance, problem = lagrangian.instance, lagrangian.instance.problem
    pool, worker = WeekPool(lagrangian), a_worker(instance, lagrangian.automata)
    refused = 0
    for agent in range(instance.agents):
        for _ in range(12):
            row = random_row(instance, agent, random, busy=0.3)
            snapshot = alone(instance, agent, row)
            cost, broken = by_definition(problem, instance.rules, agent, roster_of(instance, snapshot))
            known = pool.number_of(agent, row)
            assert pool.add(agent, row) == (not broken and known is None)
            assert not pool.add(agent, row)
            number = pool.number_of(agent, row)
            assert (number is None) == bool(broken)
            refused += bool(broken)
            if number is None:
                continue
            week = pool.weeks[agent][number]
            worker.restore(snapshot)
            assert week.options.tolist() == row.tolist() and week.agent == agent
            assert week.cost == cost == worker.arrays["own"][agent]
            count = np.zeros((instance.heads.rows, problem.grid.days), np.int32)
            count.reshape(-1)[week.counts] += 1
            assert count.tolist() == worker.arrays["heads"][: instance.heads.rows].tolist()
    assert refused
    for mine in pool.weeks:
        assert len({week.options.tobytes() for week in mine}) == len(mine)
    assert pool.size == sum(map(len, pool.weeks))


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_a_pool_of_near_weeks_holds_every_legal_week(seed: int) -> None:
    lagrangian = tiny(seed)
    instance, problem = lagrangian.instance, lagrangian.instance.problem
    pool = WeekPool(lagrangian)
    new = pool.add_k_best(lagrangian.nothing(), EVERY)
    assert len(new) == pool.size and not pool.add_k_best(whole_prices(lagrangian, seed), EVERY)
    for mine, agent in zip(pool.weeks, problem.agents, strict=True):
        weeks = every_week(problem, instance.rules, agent)
        costs = {names_of(instance, week.options): week.cost for week in mine}
        assert costs == {week.shifts: week.own_cost for week in weeks}


def test_the_weeks_of_a_roster_join_a_pool() -> None:
    lagrangian = tiny(2)
    problem, rules = lagrangian.instance.problem, lagrangian.instance.rules
    weeks = [every_week(problem, rules, agent)[-1] for agent in problem.agents]
    roster = Roster(duties=tuple(duty for week in weeks for duty in week.duties))
    option = snapshot_of(lagrangian.instance, roster).option
    pool = WeekPool(lagrangian)
    assert pool.add_roster(option) == len(problem.agents) and pool.add_roster(option) == 0
    assert [mine[0].cost for mine in pool.weeks] == [week.own_cost for week in weeks]
