"""The verifier's parts against slow second opinions, and its bound against rosters that are legal."""

from dataclasses import dataclass
from itertools import pairwise, permutations, product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints import MinimumStaff, Requirement, Seats, Skills
from scheduler.domain import Certificate, Demand, Duty, Problem, Roster
from scheduler.model import RuleBook, Total, Verb, Worked
from scheduler.verifier import recompute_bound, unavoidable_wages, verify
from scheduler.verifier.bound.pricing.break_placement import NO_LAYOUT, BreakSlots, Spacing, least_loss
from scheduler.verifier.bound.pricing.resources import TotalResource
from scheduler.verifier.recount.allocation.skills import Situation, allocate
from tests.property.test_best_week import duties_of_day, small_weeks

COST_TERMS = st.lists(
    st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 4), st.integers(0, 50)),
    max_size=2,
).map(tuple)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[list[tuple[int, ...]], list[int], Situation]:
    skills = draw(st.integers(1, 3))
    sets = st.sets(st.integers(0, skills - 1), min_size=1).map(lambda held: tuple(sorted(held)))
    groups = draw(st.lists(sets, min_size=1, max_size=3, unique=True))
    counts = [draw(st.integers(0, 2)) for _ in groups]
    terms = tuple(draw(COST_TERMS) for _ in range(skills))
    return groups, counts, Situation(terms, tuple(draw(st.integers(0, 4)) for _ in range(skills)))


def staffing_cost(situation: Situation, staff: tuple[int, ...]) -> int:
    total = 0
    for terms, number in zip(situation.terms, staff, strict=True):
        for at_least, at_most, price in terms:
            total += price * max(0, (at_least or 0) - number)
            total += price * (0 if at_most is None else max(0, number - at_most))
    return total


@given(stretches())
def test_no_allocation_is_cheaper(case: tuple[list[tuple[int, ...]], list[int], Situation]) -> None:
    groups, counts, situation = case
    people = [skills for skills, count in zip(groups, counts, strict=True) for _ in range(count)]
    possible = {
        tuple(chosen.count(skill) for skill in range(len(situation.required))) for chosen in product(*people)
    }
    staff = allocate(groups, counts, situation)
    assert staff in possible  # everyone is on exactly one of their skills
    assert staffing_cost(situation, staff) == min(staffing_cost(situation, one) for one in possible)


@given(stretches(), st.integers(1, 40))
def test_agents_who_enter_together_go_where_they_would_one_by_one(
    case: tuple[list[tuple[int, ...]], list[int], Situation], times: int
) -> None:
    groups, counts, situation = case
    crowd = [count * times for count in counts]
    queue = [skills for skills, count in zip(groups, crowd, strict=True) for _ in range(count)]
    assert allocate(groups, crowd, situation) == allocate(queue, [1] * len(queue), situation)


@dataclass
class OneDay:
    """What a resource needs of a day: a verb's amounts for some shifts, and for the free day."""

    day: int
    said: tuple[int, ...]

    def amounts(self, verb: Verb) -> tuple[np.ndarray, int]:
        return np.array(self.said, dtype=np.int64), 0


@st.composite
def totals(draw: st.DrawFn) -> tuple[Total, list[OneDay], list[int]]:
    """A total over days and blocks, what the days offer, and which shift is worked (-1 is none)."""
    days = draw(st.integers(2, 9))
    some = st.lists(st.integers(0, days - 1), min_size=1, max_size=4, unique=True).map(tuple)
    limit = Total(
        agent="",
        of=Worked(),
        on=draw(some),
        on_any_of=tuple(draw(st.lists(some, max_size=6))),
        at_least=draw(st.none() | st.integers(0, 12)),
        at_most=draw(st.none() | st.integers(0, 12)),
        carried_in=draw(st.integers(0, 3)),
    )
    offered = [
        OneDay(day, tuple(draw(st.lists(st.integers(0, 3), min_size=1, max_size=3)))) for day in range(days)
    ]
    return limit, offered, [draw(st.integers(-1, len(day.said) - 1)) for day in offered]


def charged(limit: Total, days: list[OneDay], worked: list[int], unit_price: int | None) -> int | None:
    """The price of a week by the resource of a total; ``None`` if it is not legal."""
    resource = TotalResource(limit, len(days), unit_price)
    shown = [resource.symbols(day) for day in days]
    resource.foresee([(min(*symbols, free), max(*symbols, free)) for symbols, free in shown])
    states, price = np.array([resource.start], dtype=np.int64), 0
    for day in range(resource.first, resource.last + 1):
        symbols, free = shown[day]
        symbol = free if worked[day] < 0 else symbols[worked[day]]
        transition = resource.transition(day, states, np.array([symbol], dtype=np.int64))
        if not transition.legal[0]:
            return None
        states, price = transition.states, price + int(transition.price[0])
    return price


@given(totals())
def test_the_resource_of_a_total_charges_its_excess(case: tuple[Total, list[OneDay], list[int]]) -> None:
    limit, days, worked = case
    said = [0 if shift < 0 else day.said[shift] for day, shift in zip(days, worked, strict=True)]
    total = limit.carried_in + sum(said[day] for day in limit.on)
    total += sum(any(said[day] for day in block) for block in limit.on_any_of)
    beyond = 0 if limit.at_least is None else max(0, limit.at_least - total)
    beyond += 0 if limit.at_most is None else max(0, total - limit.at_most)
    assert charged(limit, days, worked, 7) == 7 * beyond
    assert charged(limit, days, worked, None) == (None if beyond else 0)


def test_a_total_over_more_blocks_than_a_number_has_bits() -> None:
    # a year of rolling pairs of days, each counting once: every second day touches two of them
    days = [OneDay(day, (1,)) for day in range(365)]
    pairs = tuple((day, day + 1) for day in range(364))
    limit = Total(agent="", of=Worked(), on_any_of=pairs, at_most=360)
    every_second = [0 if day % 2 else -1 for day in range(365)]
    assert charged(limit, days, every_second, 1) == 364 - 360
    assert TotalResource(limit, 365, 1).symbols(days[100])[0].max() < 2**10


@st.composite
def shifts(draw: st.DrawFn) -> tuple[np.ndarray, list[BreakSlots], Spacing]:
    length, rows = draw(st.integers(2, 7)), 2
    slots = st.lists(st.integers(-5, 20), min_size=length, max_size=length)
    worth = np.array([np.concatenate([[0], np.cumsum(draw(slots))]) for _ in range(rows)], dtype=np.int64)
    breaks = []
    for _ in range(draw(st.integers(0, 3))):
        first = np.array([draw(st.integers(-2, length)) for _ in range(rows)], dtype=np.int64)
        last = first + draw(st.integers(-1, length))
        at = (np.array([1, 2]), np.array([3, 3])) if draw(st.integers(0, 5)) == 0 else None
        breaks.append(BreakSlots(draw(st.integers(1, 3)), first, last, draw(st.integers(1, 3)), at))
    some = st.none() | st.integers(0, 4)
    return worth, breaks, Spacing(draw(st.booleans()), draw(st.integers(0, 3)), draw(some), draw(some))


def cheapest_layout(row: int, worth: np.ndarray, breaks: list[BreakSlots], spacing: Spacing) -> int:
    """By trying every start of every break, in every order."""
    length, best = worth.shape[1] - 1, NO_LAYOUT
    for starts in product(range(length + 1), repeat=len(breaks)):
        allowed = all(
            pause.first[row] <= start <= pause.last[row]
            and (start - pause.first[row]) % pause.step == 0
            and (pause.at is None or start in [at[row] for at in pause.at])
            for pause, start in zip(breaks, starts, strict=True)
        )
        orders = permutations(range(len(breaks)))
        if not allowed or not any(
            follow(length, [(starts[n], starts[n] + breaks[n].length) for n in order], spacing)
            for order in orders
            if not spacing.in_order or list(order) == sorted(order)
        ):
            continue
        lost = sum(
            int(worth[row, start + pause.length] - worth[row, start])
            for pause, start in zip(breaks, starts, strict=True)
        )
        best = min(best, lost)
    return best


def follow(length: int, taken: list[tuple[int, int]], spacing: Spacing) -> bool:
    """Whether breaks follow one another as wanted."""
    longest = length if spacing.stretch_at_most is None else spacing.stretch_at_most
    widest = length if spacing.gap_at_most is None else spacing.gap_at_most
    edges = [(0, 0), *taken, (length, length)]
    for place, ((_, end), (start, _)) in enumerate(pairwise(edges)):
        between = 0 < place < len(edges) - 2
        if not 0 <= start - end <= longest:
            return False
        if between and not spacing.gap_at_least <= start - end <= widest:
            return False
    return True


@settings(max_examples=80)
@given(shifts())
def test_no_layout_of_breaks_loses_less(case: tuple[np.ndarray, list[BreakSlots], Spacing]) -> None:
    worth, breaks, spacing = case
    losses = least_loss(worth, breaks, spacing)
    for row in range(len(worth)):
        assert losses[row] == cheapest_layout(row, worth, breaks, spacing)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Problem, RuleBook, Roster, Certificate]:
    """Three agents who work something, under those of some random rules that this happens to keep."""
    problem, rules, certificate = draw(small_weeks())
    random = Random(draw(st.integers(0, 2**32 - 1)))
    ann = problem.agents[0]
    agents = tuple(
        ann.model_copy(update={"name": name, "skills": skills, "pay_per_hour": pay})
        for name, skills, pay in (("Ann", ann.skills, None), ("Bo", ("y",), 900), ("Cy", ("x", "y"), None))
    )
    intervals = problem.grid.intervals

    def numbers(most: int) -> tuple[int, ...]:
        return tuple(random.randint(0, most) for _ in range(intervals))

    demand = tuple(
        Demand(
            skill=name,
            required=numbers(2),
            minimum=tuple(random.random() < 0.05 for _ in range(intervals)) if random.random() < 0.3 else (),
            maximum=numbers(3) if random.random() < 0.3 else (),
        )
        for name in ("x", "y")
    )
    problem = problem.model_copy(update={"agents": agents, "demand": demand})
    problem = Problem.model_validate(problem.model_dump())
    ways = [list(duties_of_day(problem, day, [])) for day in range(problem.grid.days)]
    duties: list[Duty] = []
    for agent in agents:
        for day_ways in ways:
            if day_ways and random.random() < 0.6:
                duties.append(random.choice(day_ways).model_copy(update={"agent": agent.name}))
    softer = {"strength": "prefer", "price": 1500} if random.random() < 0.5 else {}
    book = RuleBook(
        rules=(
            *rules.rules,
            Requirement(),
            Skills(),
            MinimumStaff(),
            Seats(at_most=random.randint(1, 3), **softer),
        )
    )
    roster = Roster(duties=tuple(duties))
    impossible = verify(problem, RuleBook(), roster).misfits
    if impossible:  # two duties of one agent overlap; a free roster is always possible
        roster = Roster()
    broken = {found.rule for found in verify(problem, book, roster).broken}
    book = RuleBook(rules=tuple(rule for rule in book.rules if rule.name not in broken))
    kept = [rule.name for rule in book.rules if random.random() < 0.8]
    certificate = certificate.model_copy(
        update={
            "carried_rules": tuple(kept),
            "headcount_prices": {} if "shift_requirement" in broken else certificate.headcount_prices,
        }
    )
    return problem, book, roster, certificate


@settings(max_examples=60)
@given(rosters())
def test_no_legal_roster_costs_less_than_the_bound(
    case: tuple[Problem, RuleBook, Roster, Certificate],
) -> None:
    problem, rules, roster, certificate = case
    report = verify(problem, rules, roster)
    assert report.is_legal
    assert recompute_bound(problem, rules, certificate) <= report.cost.total
    assert unavoidable_wages(problem, rules, certificate) <= report.cost.wages
