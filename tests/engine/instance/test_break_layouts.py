"""Breaks laid by the compiled core against every placement there is, on shifts short enough to list."""

import ctypes
from datetime import date
from itertools import product
from random import Random
from typing import Any, Literal

import numpy as np
import pytest

from constraints import BreakGaps, BreaksInOrder, BreakWindows, OneShiftADay, WorkWithoutBreak
from scheduler import solve
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Duty,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    Skill,
    Stop,
    TimeGrid,
)
from scheduler.domain.findings.errors import UnsupportedRule
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.engine.instance.shift_options import ABSENT
from scheduler.engine.kernel.bindings import exports
from scheduler.model import Rule, RuleBook, Scope, Strength
from scheduler.model.limits.breaks import BreakLimit
from tests.engine.rosters import a_worker, snapshot_of_rows
from tests.unit.tiny import tiny_problem, tiny_rules

NEVER = -1e300


def shift_breaks(random: Random, start: int, length: int, slot: int) -> tuple[Break, ...]:
    """Up to three breaks measured in any way; windows that a shift does not hold whole are among them."""
    made = []
    for number in range(random.randint(0, 3)):
        ways: tuple[Literal["start", "end", "clock"], ...] = ("start", "start", "end", "clock")
        measured_from = random.choice(ways)
        early = random.randrange(-slot if measured_from == "clock" else 0, length, slot)
        late = early + slot * random.randint(0, 4)
        if measured_from == "end":
            early, late = late, early
        elif measured_from == "clock":
            early, late = max(0, early + start), late + start
        cut = slot * random.randint(1, 2)
        made.append(
            Break(
                name=f"b{number}",
                length_minutes=cut,
                paid=random.random() < 0.5,
                measured_from=measured_from,
                earliest_start=early,
                latest_start=late,
                step_minutes=slot * random.choice((1, 1, 2)),
            )
        )
    return tuple(made)


def break_rules(random: Random, slot: int) -> list[Rule]:
    """Any of the rules inside a shift, each hard or at a price; bounds are whole slots."""

    def strength() -> dict[str, Any]:
        wish: dict[str, Any] = {"strength": Strength.PREFER, "price": random.choice((50, 400, 3000))}
        return wish if random.random() < 0.5 else {}

    scope = random.choice((Scope(), Scope(), Scope(templates=("early",))))
    least = slot * random.randint(0, 3)
    rules: list[Rule] = []
    if random.random() < 0.7:
        rules.append(BreakWindows(scope=scope, **strength()))
    if random.random() < 0.5:
        rules.append(BreaksInOrder(**strength()))
    if random.random() < 0.5:
        most = random.choice((None, least + slot * random.randint(0, 3)))
        rules.append(BreakGaps(at_least_minutes=least, at_most_minutes=most, **strength()))
    if random.random() < 0.4:
        rules.append(WorkWithoutBreak(at_most_minutes=slot * random.randint(2, 6), **strength()))
    return rules


def small_shifts(seed: int) -> tuple[Problem, RuleBook]:
    """Two short shifts of one agent on a day of 24 or 23 hours."""
    random = Random(seed)
    widths: tuple[Literal[15, 30], ...] = (15, 30)
    slot = random.choice(widths)
    zone, day = random.choice((("UTC", date(2025, 5, 5)), ("Europe/Berlin", date(2025, 3, 30))))
    templates = []
    for name in ("early", "late"):
        start = random.choice((0, 90, 480, 1380))  # 90 is before Berlin's change of clock
        length = slot * random.randint(5, 9)
        templates.append(
            ShiftTemplate(
                name=name,
                earliest_start=start,
                latest_start=start,
                min_length=length,
                max_length=length,
                breaks=(BreakBand(breaks=shift_breaks(random, start, length, slot)),),
            )
        )
    problem = Problem(
        grid=TimeGrid(first_day=day, days=1, interval_minutes=slot, time_zone=zone),
        skills=(Skill(name="x"),),
        demand=(),
        templates=tuple(templates),
        contracts=(Contract(name="c", pay_per_hour=0, templates=("early", "late")),),
        agents=(Agent(name="Ann", contract="c", skills=("x",)),),
    )
    return problem, RuleBook(rules=(OneShiftADay(), *break_rules(random, slot)))


def inside_limits(problem: Problem, rules: RuleBook) -> list[tuple[Rule, BreakLimit]]:
    return [
        (rule, limit)
        for rule in rules.active()
        for limit in rule.limits(problem)
        if isinstance(limit, BreakLimit)
    ]


def price_of(problem: Problem, rules: RuleBook, duty: Duty) -> int | None:
    """What the rules charge for where the breaks of a duty lie; ``None`` if a hard one is broken."""
    charged, alone = 0, Roster(duties=(duty,))
    for rule, limit in inside_limits(problem, rules):
        excess = limit.excess(problem, alone)
        if excess and rule.is_must:
            return None
        charged += rule.cost_of(excess)
    return charged


def placements(problem: Problem, template: ShiftTemplate, step: int) -> list[Duty]:
    """Every duty of a template with its breaks anywhere in it, apart from one another."""
    start = problem.grid.instant_on_day(0, template.earliest_start)
    end = start + template.min_length
    pauses = template.breaks_of(template.min_length)
    listed = []
    for starts in product(range(start, end, step), repeat=len(pauses)):
        placed = sorted(
            (
                PlacedBreak(name=pause.name, start=at, length_minutes=pause.length_minutes, paid=pause.paid)
                for pause, at in zip(pauses, starts, strict=True)
            ),
            key=lambda pause: pause.start,
        )
        ends = [start, *(pause.end for pause in placed)]
        if all(pause.start >= free for free, pause in zip(ends, placed, strict=False)) and ends[-1] <= end:
            listed.append(
                Duty(agent="Ann", day=0, template=template.name, start=start, end=end, breaks=tuple(placed))
            )
    return listed


@pytest.mark.parametrize("seed", range(60))
def test_the_best_layout_is_the_best_of_all_placements(seed: int) -> None:
    problem, rules = small_shifts(seed)
    instance = compile_instance(problem, rules)
    slots, slot = instance.slots, instance.slots.minutes
    worth = np.random.default_rng(seed).integers(-2_000, 20_000, slots.count).astype(float)
    sums = np.concatenate([[0.0], worth.cumsum()])
    earned = np.full(instance.options.count, 1.0)
    model = ctypes.byref(instance.struct)
    asked = np.ones(instance.options.count, np.uint8)
    arrays = asked, earned, earned
    exports().earnings(model, 0, 0, 0, sums.ctypes.data, 0, *(one.ctypes.data for one in arrays))
    for option in range(instance.options.count):
        template = instance.options.template_of(option)
        best = None
        for duty in placements(problem, template, slot):
            price = price_of(problem, rules, duty)
            if price is not None:
                gain = sum(sums[slots.slot(b)] - sums[slots.slot(a)] for a, b in duty.stretches()) - price
                best = gain if best is None else max(best, gain)
        if instance.options.start_slot[0, 0, option] == ABSENT:
            assert not problem.grid.clock_exists(0, template.earliest_start)
            continue
        assert (instance.layout[0, 0, 0, option] == ABSENT) == (best is None)
        assert bool(instance.menus[0, 0, option]) == (best is not None)
        assert (earned[option] if earned[option] > NEVER else None) == best


@pytest.mark.parametrize("seed", range(40))
def test_a_layout_is_charged_what_the_rules_say(seed: int) -> None:
    problem, rules = small_shifts(seed)
    instance = compile_instance(problem, rules)
    automata, random = WeekAutomata.of(instance), Random(seed)
    worker = a_worker(instance, automata)
    for option in np.nonzero(instance.menus[0, 0])[0].tolist():
        for _ in range(4):
            snapshot = snapshot_of_rows(instance, [np.array([option], np.int32)], random)
            worker.restore(snapshot)
            (duty,) = roster_of(instance, snapshot).duties
            assert worker.arrays["lay"][0, 0] == price_of(problem, rules, duty), duty


def test_the_cases_hold_what_is_hard_to_lay() -> None:
    cases = [small_shifts(seed) for seed in range(60)]
    pauses = [p for problem, _ in cases for t in problem.templates for p in t.breaks_of(t.min_length)]
    assert {pause.measured_from for pause in pauses} == {"start", "end", "clock"}
    kinds = {(rule.kind, rule.is_must) for _, rules in cases for rule in rules.rules}
    inside = {"break_windows", "break_order", "break_gaps", "work_without_break"}
    assert kinds >= {(kind, must) for kind in inside for must in (True, False)}
    absent = [bool((compile_instance(*case).layout == ABSENT).any()) for case in cases[:40]]
    assert 3 < sum(absent) < 37  # shifts whose breaks cannot be laid, and shifts whose can


def three_hours(*rules: Rule, other_minutes: int = 15) -> tuple[Instance, Problem, RuleBook]:
    """A shift of three hours with two breaks of a quarter of an hour, anywhere."""
    pause = Break(name="one", length_minutes=15, earliest_start=0, latest_start=150, step_minutes=15)
    problem, _ = small_shifts(0)
    other = pause.model_copy(update={"name": "other", "length_minutes": other_minutes})
    template = ShiftTemplate(
        name="early",
        earliest_start=480,
        latest_start=480,
        min_length=180,
        max_length=180,
        breaks=(BreakBand(breaks=(pause, other)),),
    )
    grid = TimeGrid(first_day=date(2025, 5, 5), days=1, interval_minutes=15)
    problem = problem.model_copy(update={"templates": (template,), "grid": grid})
    rules_of_all = RuleBook(rules=(OneShiftADay(), BreakWindows(), *rules))
    return compile_instance(problem, rules_of_all), problem, rules_of_all


@pytest.mark.parametrize(
    "rule",
    [
        BreakGaps(at_least_minutes=50, at_most_minutes=70, strength=Strength.PREFER, price=100),
        WorkWithoutBreak(at_most_minutes=50, strength=Strength.PREFER, price=100),
    ],
    ids=str,
)
def test_wishes_are_charged_by_the_minute(rule: Rule) -> None:
    # Bounds were rounded to slots: 50 min at slots of 15 became 60, and the verifier refused the cost.
    instance, problem, book = three_hours(rule)
    worker, random = a_worker(instance, WeekAutomata.of(instance)), Random(1)
    charged = set()
    for _ in range(60):
        snapshot = snapshot_of_rows(instance, [np.array([0], np.int32)], random)
        worker.restore(snapshot)
        (duty,) = roster_of(instance, snapshot).duties
        assert worker.arrays["lay"][0, 0] == price_of(problem, book, duty), duty
        charged.add(worker.arrays["lay"][0, 0])
    assert len(charged) > 3


@pytest.mark.parametrize(
    "rules",
    [
        (
            BreakGaps(label="a", at_least_minutes=30, strength=Strength.PREFER, price=100),
            BreakGaps(
                label="b", at_least_minutes=60, at_most_minutes=90, strength=Strength.PREFER, price=700
            ),
        ),
        (
            WorkWithoutBreak(label="a", at_most_minutes=45, strength=Strength.PREFER, price=100),
            WorkWithoutBreak(label="b", at_most_minutes=90, strength=Strength.PREFER, price=700),
        ),
    ],
    ids=["gaps", "stretches"],
)
def test_two_wishes_of_a_kind_for_one_shift_are_refused_and_not_mixed(rules: tuple[Rule, ...]) -> None:
    # The stricter bound was charged at the sum of both prices.
    with pytest.raises(UnsupportedRule, match=r'two preferred rules of the kind .* hold for shift "early"'):
        three_hours(*rules)
    # one of them may be a must
    hard = rules[1].model_copy(update={"strength": Strength.MUST})
    assert three_hours(rules[0], hard)[0].layouts.variants


def test_a_limit_between_two_slots_is_kept_to_the_minute() -> None:
    # Everything lies on whole hours but the 7:30 h without a break, which a shift of eight hours breaks. The
    # best week took it for 7 h, the verifier for 8 h, and what the search had proven was refused.
    rules = RuleBook(rules=(*tiny_rules().rules, WorkWithoutBreak(at_most_minutes=450)))
    outcome = solve(tiny_problem(), rules, stop=Stop(seconds=None, rounds=1), workers=1)
    assert outcome.roster.duties == ()
    # nobody can work: 16 agent-hours are missing at 60.00
    assert outcome.bound == outcome.cost.total == 16 * 6000 * 60


@pytest.mark.parametrize("rule", [WorkWithoutBreak(at_most_minutes=205), BreakGaps(at_least_minutes=190)])
def test_breaks_that_may_lie_anywhere_are_bounded_as_the_verifier_does(rule: Rule) -> None:
    pauses = tuple(
        Break(name=name, length_minutes=60, earliest_start=60, latest_start=360, step_minutes=60)
        for name in ("rest", "meal")
    )
    problem = tiny_problem()
    template = problem.templates[0].model_copy(update={"breaks": (BreakBand(breaks=pauses),)})
    problem = problem.model_copy(update={"templates": (template,)})
    outcome = solve(
        problem,
        RuleBook(rules=(*tiny_rules().rules, rule)),
        stop=Stop(seconds=None, rounds=1),
        workers=1,
    )
    assert outcome.report.passed


def test_the_same_wish_said_twice_is_charged_twice() -> None:
    # Equal wishes of two rules were taken for one, and the verifier refused the cost.
    twice = [BreaksInOrder(label=label, strength=Strength.PREFER, price=100) for label in ("a", "b")]
    instance, problem, book = three_hours(*twice, other_minutes=30)
    worker, random = a_worker(instance, WeekAutomata.of(instance)), Random(1)
    charged = set()
    for _ in range(30):
        snapshot = snapshot_of_rows(instance, [np.array([0], np.int32)], random)
        worker.restore(snapshot)
        (duty,) = roster_of(instance, snapshot).duties
        assert worker.arrays["lay"][0, 0] == price_of(problem, book, duty), duty
        charged.add(worker.arrays["lay"][0, 0])
    assert charged == {0.0, 2 * 100 * 60}
