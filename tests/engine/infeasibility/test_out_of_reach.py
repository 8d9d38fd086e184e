"""One person's sums over a long time that no automaton carries: proven out of reach, with both figures."""

from dataclasses import replace
from itertools import groupby, product
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.domain import Problem
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.size_budget import Budget
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.infeasibility import cp_sat_check, out_of_reach
from scheduler.engine.infeasibility.out_of_reach import sums_out_of_reach
from scheduler.engine.infeasibility.run_network import add_run_network, most_over_runs, sum_beyond_runs
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.model import Rule, RuleBook, Run
from scheduler.model.limits.verbs import Free, Worked
from tests.unit.tiny import rule, tiny_problem, tiny_rules

SMALL = Budget(pricing_nanoseconds=1.0, week_nanoseconds=1.0, transitions=20_000)
"""Nearly nothing: runs fit in, a sum over eight weeks does not."""
TWO_ON, FOUR_OFF = rule("max_consecutive_days", days=2), rule("min_consecutive_days_off", days=4)


def weeks(days: int) -> Problem:
    week = tiny_problem()
    demand = tuple(one.model_copy(update={"required": one.required[:24] * days}) for one in week.demand)
    return week.model_copy(update={"grid": week.grid.model_copy(update={"days": days}), "demand": demand})


def with_rules(*rules: Rule) -> RuleBook:
    book = tiny_rules()
    return book.model_copy(update={"rules": (*book.rules, *rules)})


def reasons(days: int, *rules: Rule) -> tuple[str, ...]:
    instance = compile_instance(weeks(days), with_rules(*rules))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance, SMALL))
    assert any("shifts" in name for name in lagrangian.automata.left_out)
    return sums_out_of_reach(lagrangian, [0, 1])


def shifts(**limits: int) -> Rule:
    return rule("shift_count", templates=("day",), per="horizon", label="shifts owed", **limits)


def test_a_sum_that_the_runs_exclude_is_proven_with_both_figures() -> None:
    # Over half a year one person might work 62 shifts and owed 66: nothing was found in 119 s, and nothing
    # was ruled out. Here two days of six are 18 in 54, and the last two are 20.
    (said,) = reasons(56, TWO_ON, FOUR_OFF, shifts(at_least=21))
    assert said.startswith(
        'Ada, Bo have no legal week: "max_consecutive_days", "min_consecutive_days_off", "shifts owed" '
        "cannot be kept together. At most 20 shifts are possible from 2026-01-05 to 2026-03-01, and "
        '"shifts owed" asks for at least 21 shifts. Change '
    )
    assert reasons(56, TWO_ON, FOUR_OFF, shifts(at_least=20)) == ()


def test_sums_are_not_looked_at_beyond_the_time_of_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each rule that no automaton carries took its seconds, whatever the time limit was.
    monkeypatch.setattr(out_of_reach, "POLICY", replace(out_of_reach.POLICY, grace_seconds=0.0))
    figures: list[object] = []
    monkeypatch.setattr(out_of_reach, "_figure", lambda *given: figures.append(given))
    instance = compile_instance(weeks(56), with_rules(TWO_ON, FOUR_OFF, shifts(at_least=21)))
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance, SMALL))
    assert sums_out_of_reach(lagrangian, [0, 1], -1.0) == ()
    assert figures == []


def test_a_sum_that_cannot_be_kept_as_small_is_proven_too() -> None:
    # at most two days off in a row: of 56 days 18 are worked, each third one
    off = rule("max_consecutive_days_off", days=2)
    (said,) = reasons(56, off, shifts(at_most=17))
    assert 'At least 18 shifts are worked from 2026-01-05 to 2026-03-01, and "shifts owed" allows' in said
    assert '"max_consecutive_days_off", "shifts owed" cannot be kept together' in said
    assert reasons(56, off, shifts(at_most=18)) == ()


def test_a_sum_that_runs_exclude_by_themselves_needs_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    # CP-SAT took all of its 20 s over half a year, and what it does not decide is not called a contradiction.
    monkeypatch.setattr(cp_sat_check.cp_model, "CpSolver", None)

    def instance(**limits: int) -> Instance:
        return compile_instance(weeks(182), with_rules(TWO_ON, FOUR_OFF, shifts(**limits)))

    # two of six days: 60 in 180, and both of the last two
    beyond = sum_beyond_runs(instance(at_least=63))
    assert beyond is not None and beyond[1] == 62
    assert cp_sat_check.legal_week(instance(at_least=63)) is cp_sat_check.LegalWeek.EXCLUDED
    assert sum_beyond_runs(instance(at_least=62)) is None
    assert sum_beyond_runs(instance(at_most=0)) is None


def test_only_the_rules_that_it_takes_are_named() -> None:
    others = rule("daily_rest", rest_minutes=660), rule("weekends", at_most=8)
    (said,) = reasons(56, *others, TWO_ON, FOUR_OFF, shifts(at_least=21))
    assert "daily_rest" not in said and "weekends" not in said


@pytest.mark.parametrize("seed", range(6))
def test_the_network_of_runs_lets_through_what_the_limits_do(seed: int) -> None:
    random = Random(seed)
    length = 7

    def run(verb: Worked | Free) -> Run:
        return Run(
            agent="Ada", of=verb, over=tuple((day,) for day in range(length)),
            at_least=random.choice((None, 1, 2, 3)), at_most=random.choice((None, 3, 4)),
            carried_in=random.choice((None, 0, 0)),
        )  # fmt: skip

    runs = [run(Worked()), run(Free())]
    carried = random.choice((0, 0, 1, 2))
    if carried:  # one kind of run only reaches into the horizon
        other = random.randrange(2)
        runs = [
            Run(
                agent="Ada", of=one.of, over=one.over, at_least=one.at_least, at_most=one.at_most,
                carried_in=carried if number == other else 0,
            )
            for number, one in enumerate(runs)
        ]  # fmt: skip
    kept = [offs for offs in product((False, True), repeat=length) if all(is_kept(one, offs) for one in runs)]
    worth = [random.randrange(-3, 9) for _ in range(length)]
    sums = [sum(day for day, off in zip(worth, offs, strict=True) if not off) for offs in kept]
    assert most_over_runs(worth, [0] * length, runs) == max(sums, default=None)
    for offs in product((False, True), repeat=length):
        model = cp_model.CpModel()
        free = [model.new_bool_var(f"free {day}") for day in range(length)]
        add_run_network(model, free, runs)
        for variable, off in zip(free, offs, strict=True):
            model.add(variable == int(off))
        is_let_through = cp_model.CpSolver().solve(model) != cp_model.INFEASIBLE
        assert is_let_through == (offs in kept), (runs, offs)


def is_kept(limit: Run, offs: tuple[bool, ...]) -> bool:
    """The limit by the definition of a run, day by day."""
    held = [off == (limit.of == Free()) for off in offs]
    line = [True] * (limit.carried_in or 0) + held
    at = 0
    for is_run, days in groupby(line):
        count = len(list(days))
        first, at = at, at + count
        if not is_run:
            continue
        is_in_sight = at < len(line)  # its end
        is_known = first > 0 or limit.carried_in is not None  # its beginning
        if limit.at_most is not None and count > limit.at_most and at > (limit.carried_in or 0):
            return False
        if limit.at_least is not None and is_in_sight and is_known and count < limit.at_least:
            return False
    return True
