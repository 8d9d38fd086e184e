"""A rule looks at each day once: four times the horizon is four times the work, whatever the machine does."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from scheduler.domain import Coverage, Duty, Problem, Roster
from scheduler.model import AgentRule, Rule, TeamRule
from scheduler.verifier.recount.coverage import count_coverage
from tests.benchmarks import generated, generated_ward
from tests.benchmarks.case import Case

FEW, MANY = 8, 32
DRAWN: dict[str, Callable[[str, Path, int], Case]] = {
    "generated-2-different-wishes": generated.case_of,
    "ward-2": generated_ward.case_of,
}


@cache
def case_of(name: str, weeks: int) -> tuple[Case, Roster, Coverage]:
    """Two people with something of their own on every day, who work five days a week."""
    case = DRAWN[name](f"{name}-{weeks}weeks", Path(), 1)
    roster = Roster(duties=tuple(duties(case.problem)))
    return case, roster, count_coverage(case.problem, case.rules, roster)


def rules_of(name: str, weeks: int) -> dict[str, Rule]:
    """One rule of each kind."""
    return {rule.kind: rule for rule in case_of(name, weeks)[0].rules.active()}


def duties(problem: Problem) -> list[Duty]:
    """The first five days of each week, as early as the contract's shift may start, without breaks."""
    found = []
    for agent in problem.agents:
        template = problem.template_named[problem.contract_of(agent).templates[0]]
        for day in (day for day in range(problem.grid.days) if day % 7 < 5):
            start = problem.grid.instant_on_day(day, template.earliest_start)
            span = {"start": start, "end": start + template.min_length}
            found.append(Duty(agent=agent.name, day=day, template=template.name, **span))
    return found


def steps(name: str, kind: str, weeks: int) -> int:
    """Instructions of the interpreter that limits and check of a rule take."""
    case, roster, coverage = case_of(name, weeks)
    rule = rules_of(name, weeks)[kind]
    count = 0

    def counted(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        for _ in rule.limits(case.problem):
            pass
        match rule:
            case AgentRule():
                list(rule.check(case.problem, roster))
            case TeamRule():
                list(rule.check(case.problem, roster, coverage))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name, kind", [(name, kind) for name in DRAWN for kind in rules_of(name, FEW)])
def test_four_times_the_horizon_is_four_times_the_work(name: str, kind: str) -> None:
    # every window and every duty of half a year was looked at for each day and each week of it, which was
    # seven to nine times the work; other people are drawn for each horizon, so that it varies a little
    few, many = steps(name, kind, FEW), steps(name, kind, MANY)
    assert many < 6 * few, many / few
