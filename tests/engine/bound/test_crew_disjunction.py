"""Whole people: bounds with crews stay below every legal roster, whatever their prices are."""

from functools import lru_cache

import numpy as np
import pytest

from scheduler import read_workbook
from scheduler.domain import Certificate, CrewPrices
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.crew_disjunction import CrewBound, CrewPace
from scheduler.engine.bound.crew_period import CrewPeriod
from scheduler.engine.bound.crews import crews_of
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent, first_prices
from scheduler.engine.instance.compile import compile_instance
from scheduler.verifier import recompute_bound
from tests.benchmarks.example import WORKBOOK
from tests.engine.bound.test_lagrangian import CURVES, legal_costs, random_prices
from tests.engine.rosters import Drawn, lagrangian_of, prepared

WITH_CREWS = [case for case in CURVES if crews_of(prepared(case)[0])]


@lru_cache(maxsize=32)
def crew_bound_of(case: Drawn) -> CrewBound:
    return CrewBound(*prepared(case))


def with_any_crews(case: Drawn, seed: int) -> Certificate:
    """A certificate at any prices, and any prices of its crews and premiums."""
    lagrangian, random = lagrangian_of(case), np.random.default_rng(seed)
    certificate = certify(lagrangian, random_prices(lagrangian, seed, negative=seed % 2 == 1))
    skills, dearest = lagrangian.instance.problem.skills, int(lagrangian.box()[1].max()) + 1
    crews = []
    for crew in crew_bound_of(case).crews:
        own = np.array(certificate.prices[skills[crew.skill].name])[crew.slots - lagrangian.low]
        other = own + random.integers(-dearest, dearest, (crew.most, len(own))) // random.choice([1, 10, 100])
        crews.append(
            CrewPrices(
                skill=skills[crew.skill].name,
                day=crew.day,
                first_slot=int(crew.slots[0]) - lagrangian.low,
                premium=int(random.integers(-dearest, dearest)) * int(random.integers(0, 5)),
                prices=tuple(map(tuple, other[: int(random.integers(1, crew.most + 1))].tolist())),
            )
        )
    return certificate.model_copy(update={"crews": tuple(crews)})


def test_many_cases_have_crews() -> None:
    assert len(WITH_CREWS) > 10
    assert sum(bool(legal_costs(case)) for case in WITH_CREWS) > 8


@pytest.mark.parametrize("case", WITH_CREWS, ids=str)
def test_no_legal_roster_costs_less_whatever_crews_are_paid(case: Drawn) -> None:
    problem, rules = case.case()
    least = min(legal_costs(case), default=None)
    for seed in range(6):
        bound = recompute_bound(problem, rules, with_any_crews(case, seed))
        assert least is None or bound <= least


FEWER_CAN = ("curve-10",)
"""Where hours worked before leave no room for any shift of a crew: the verifier counts one person less."""


@pytest.mark.parametrize("case", WITH_CREWS, ids=str)
def test_crews_prove_no_less_and_the_verifier_agrees_to_the_unit(case: Drawn) -> None:
    (problem, rules), lagrangian = case.case(), lagrangian_of(case)
    if not np.isfinite(lagrangian.at(lagrangian.nothing()).bound):
        return
    ascent = SubgradientAscent.start(lagrangian, first_prices(lagrangian))
    ascent.ascend_iterations(40)
    plain = certify(lagrangian, ascent.prices)
    certificate = crew_bound_of(case).certificate(plain, ascent.prices, CrewPace.counted(30))
    assert certificate.bound >= plain.bound
    recount = recompute_bound(problem, rules, certificate)
    assert recount == certificate.bound or (str(case) in FEWER_CAN and recount > certificate.bound)
    least = min(legal_costs(case), default=None)
    assert least is None or certificate.bound <= least


@pytest.mark.parametrize("case", WITH_CREWS[:6], ids=str)
def test_numbers_side_by_side_cost_what_each_costs_alone_and_subgradients_bound_them(case: Drawn) -> None:
    lagrangian, random = crew_bound_of(case).lagrangian, np.random.default_rng(3)
    prices = lagrangian.nothing()
    lagrangian.shape.staffing(prices)[...] = random.integers(0, 500, lagrangian.shape.staffing(prices).shape)
    for crew in lagrangian.crews:
        period = CrewPeriod(lagrangian, crew, prices)
        numbers = np.arange(1, crew.most + 1)
        there, other = (random.uniform(-100.0, 600.0, (crew.most, len(crew.slots))) for _ in range(2))
        bounds, subgradients = period.bounds(numbers, there)
        for n in numbers.tolist():
            alone, _ = period.bounds(np.array([n]), there[n - 1 : n])
            assert alone[0] == pytest.approx(bounds[n - 1])
        assert period.bounds(numbers, np.tile(period.here, (crew.most, 1)))[0] == pytest.approx(
            [period.staffing_cost(n) for n in numbers.tolist()]
        )
        steps = ((other - there) * subgradients).sum(axis=1)  # concave: no price earns more than its slope
        assert (period.bounds(numbers, other)[0] <= bounds + steps + 1e-6).all()


def test_some_bounds_rise() -> None:
    rises = 0
    for case in WITH_CREWS:
        lagrangian = lagrangian_of(case)
        ascent = SubgradientAscent.start(lagrangian, first_prices(lagrangian))
        ascent.ascend_iterations(40)
        plain = certify(lagrangian, ascent.prices)
        rises += (
            crew_bound_of(case).certificate(plain, ascent.prices, CrewPace.counted(30)).bound > plain.bound
        )
    assert rises > 3


def test_nights_of_the_example_cost_more_than_fractions_of_people() -> None:
    # Of a gap of 1,020 six hundred lay in the hotline at night, where two are wanted and fractions send 2.3.
    problem, rules = read_workbook(WORKBOOK)
    instance = compile_instance(problem, rules)
    automata = WeekAutomata.of(instance)
    lagrangian = Lagrangian(instance, automata)
    ascent = SubgradientAscent.start(lagrangian, first_prices(lagrangian))
    ascent.ascend_iterations(150)
    plain = certify(lagrangian, ascent.prices)
    certificate = CrewBound(instance, automata).certificate(plain, ascent.prices, CrewPace.counted(60))
    assert certificate.bound > 1.005 * plain.bound
    assert recompute_bound(problem, rules, certificate) == certificate.bound


def test_it_stops_at_once() -> None:
    case = WITH_CREWS[0]
    lagrangian = lagrangian_of(case)
    prices = first_prices(lagrangian)
    plain = certify(lagrangian, prices)
    assert crew_bound_of(case).certificate(plain, prices, CrewPace.counted(1), lambda: True) is plain


@pytest.mark.parametrize("case", WITH_CREWS, ids=str)
def test_only_duties_of_a_crew_reach_its_stretch(case: Drawn) -> None:
    instance = prepared(case)[0]
    options, of_two = instance.options, np.zeros(instance.menus.shape, int)
    length = options.elapsed // instance.slots.minutes
    for crew in crews_of(instance):
        for agent, day, option in np.argwhere(instance.menus).tolist():
            start = int(options.start_slot[instance.zone[agent], day, option])
            is_there = start <= crew.slots[-1] and start + int(length[option]) > crew.slots[0]
            has_skill = crew.skill in instance.staffing.groups[instance.staffing.group[agent]][0]
            is_of_crew = day == crew.day and bool(crew.may[agent, option])
            assert is_of_crew == (is_there and has_skill)
            of_two[agent, day, option] += is_of_crew
    assert of_two.max() == 1
