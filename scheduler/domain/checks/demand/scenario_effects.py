"""What the changes of a scenario come to: nothing, or far more than their per cent.

Called by :mod:`scheduler.domain.checks.demand.scenarios` for a scenario that nothing stands against, once its
curves are computed.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.percent import HUNDREDTHS
from scheduler.texts import text

_MUCH = 10
"""Percentage points between a change and what whole people make of it, from which that is told. One person
more of twelve is 8 %; nearer than that hardly any small number comes."""


def effect_faults(problem: Problem, scenario: Scenario, index: int) -> Iterator[Finding]:
    """Changes at times at which nobody is planned, and the change that rounding alters most."""
    rounded: list[tuple[FactPath, _Rounded]] = []
    for at, change in enumerate(scenario.changes):
        path = ("scenarios", index, "changes", at)
        if not change.percent or _is_elsewhere(problem, change):
            continue
        here = list(_planned_at(problem, change))
        if not here:
            yield _in_vain(scenario, change, path)
        rounded += [
            (path, made)
            for skill in dict.fromkeys(skill for skill, _ in here)
            if (made := _rounded(problem, scenario, skill, [on for name, on in here if name == skill]))
        ]
    far = max(rounded, key=lambda one: abs(one[1].made - one[1].asked), default=None)
    if far and abs(far[1].made - far[1].asked) >= _MUCH:
        yield _told(scenario, *far)


def _is_elsewhere(problem: Problem, change: ScenarioChange) -> bool:
    """Whether all of it is of days that are not planned, which is told already."""
    grid = problem.grid
    return (
        bool(change.days)
        and not change.weekdays
        and not any(0 <= grid.day_index(on) < grid.days for on in change.days)
    )


def _planned_at(problem: Problem, change: ScenarioChange) -> Iterator[tuple[str, int]]:
    """Each skill and interval of a change at which somebody is required, or somebody calls."""
    numbers: list[tuple[str, Sequence[float]]] = [(one.skill, one.required) for one in problem.demand]
    numbers += [(one.skill, tuple(some or 0 for some in one.contacts)) for one in problem.volumes]
    for at in range(problem.grid.intervals):
        moment = problem.grid.interval_start(at)
        for skill, series in numbers:
            if any(series[at : at + 1]) and change.holds(skill, moment):
                yield skill, at


def _in_vain(scenario: Scenario, change: ScenarioChange, path: FactPath) -> Finding:
    has_days, has_times = bool(change.days or change.weekdays), "start" in change.model_fields_set
    return warning(
        (*path, "days" if has_days else "start" if has_times else "percent"),
        text("{scenario}: nobody is planned at these times, and so nothing changes.", scenario=scenario.name),
        text(
            "Name times that have numbers on Demand or Volumes; where it is closed, write 1 there, of which "
            "a scenario can make more."
        ),
    )


class _Rounded(NamedTuple):
    """What a scenario makes of the numbers on Demand of one skill, in per cent, and one of them."""

    skill: str
    asked: float
    made: float
    planned: int
    required: int


def _rounded(problem: Problem, scenario: Scenario, skill: str, intervals: list[int]) -> _Rounded | None:
    demand, curve = problem.demand_for.get(skill), problem.scenario_curve.get((scenario.name, skill))
    if demand is None or curve is None:
        return None
    given = [at for at in intervals if not demand.is_computed(at) and demand.required[at]]
    planned = sum(demand.required[at] for at in given)
    if not planned:
        return None
    hundredths = {at: scenario.hundredths(skill, problem.grid.interval_start(at)) for at in given}
    asked = sum(demand.required[at] * hundredths[at] for at in given) / planned / HUNDREDTHS
    made = 100 * sum(curve[at] - demand.required[at] for at in given) / planned

    def altered(at: int) -> float:
        """By how many per cent rounding is off the change that is asked for, in one interval."""
        return abs(100 * curve[at] / demand.required[at] - 100 - hundredths[at] / HUNDREDTHS)

    worst = max(given, key=altered)
    return _Rounded(skill, asked, made, demand.required[worst], curve[worst])


def _told(scenario: Scenario, path: FactPath, made: _Rounded) -> Finding:
    return warning(
        (*path, "percent"),
        text(
            '{scenario}: {asked:+.0f} % is {made:+.0f} % of "{skill}", as people are whole: {planned} '
            "becomes {required}.",
            scenario=scenario.name,
            asked=made.asked,
            made=made.made,
            skill=made.skill,
            planned=made.planned,
            required=made.required,
        )
        if made.planned != made.required
        else text(
            '{scenario}: {asked:+.0f} % is {made:+.0f} % of "{skill}", as people are whole: {planned} stays.',
            scenario=scenario.name,
            asked=made.asked,
            made=made.made,
            skill=made.skill,
            planned=made.planned,
        ),
        text("Contacts on Volumes change by the per cent, where there are any."),
    )
