"""The curves of scenarios recounted from the input, sharing nothing with :mod:`scheduler.demand`.

Called by the verifier's report.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from scheduler.domain.checks.demand.volumes import skills_that_cannot_be_computed
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.values.words import counted
from scheduler.texts import text
from scheduler.verifier.recount.requirement import SkillRecount

_WHOLE = 10_000
"""Hundredths of a per cent."""


def curve_mismatches(problem: Problem) -> tuple[str, ...]:
    """Curves of scenarios that do not follow from the input, as sentences; counted once a problem."""
    if not (problem.scenarios or problem.scenario_curves):
        return ()
    if "scenarios" not in problem.requirement_recounted:
        problem.requirement_recounted["scenarios"] = tuple(_mismatches(problem))
    return problem.requirement_recounted["scenarios"]


def _mismatches(problem: Problem) -> Iterator[str]:
    expected = [(one.name, demand.skill) for one in problem.scenarios for demand in problem.demand]
    if sorted((one.scenario, one.skill) for one in problem.scenario_curves) != sorted(expected):
        yield text("the curves of the scenarios are not those of the scenarios and skills of the input.")
        return
    for scenario in problem.scenarios:
        for demand in problem.demand:
            skill = demand.skill
            said, found = problem.scenario_curve[scenario.name, skill], _curve(problem, scenario, skill)
            if found is None:
                yield text(
                    '{scenario}: the requirement of "{skill}" cannot be recounted from its volumes.',
                    scenario=scenario.name,
                    skill=skill,
                )
                continue
            other = [at for at, number in enumerate(found) if said[at : at + 1] != (number,)]
            if other:
                yield text(
                    "{scenario}: on {when} {said} of {skill} are planned with, but the input comes to "
                    "{found}; so in {intervals}.",
                    scenario=scenario.name,
                    when=f"{problem.grid.interval_start(other[0]):%Y-%m-%d %H:%M}",
                    said=counted(said[other[0]], "agent") if other[0] < len(said) else text("none"),
                    skill=skill,
                    found=found[other[0]],
                    intervals=counted(len(other), "interval"),
                )


def _curve(problem: Problem, scenario: Scenario, skill: str) -> list[int] | None:
    """What a scenario requires of a skill; ``None`` where its volumes cannot be computed with."""
    grid = problem.grid
    clock = [grid.interval_start(at).replace(tzinfo=None) for at in range(grid.intervals)]
    more = [0] * len(clock)
    for change in scenario.changes:
        if change.skill is None or change.skill == skill:
            spans = [*_spans(change, grid.date(-1), grid.days + 1)]
            for at, moment in enumerate(clock):
                is_changed = any(first <= moment < end for first, end in spans)
                more[at] += is_changed * round(change.percent * 100)
    demand = problem.demand_for[skill]
    given = [_rounded_up(number, by) for number, by in zip(demand.required, more, strict=True)]
    volumes = next((one for one in problem.volumes if one.skill == skill), None)
    if volumes is None or not any(demand.from_volumes):
        return given
    changed = volumes.model_copy(
        update={
            "contacts": tuple(
                None if number is None else number + number * by / _WHOLE
                for number, by in zip(volumes.contacts, more, strict=True)
            ),
            "override": tuple(
                None if number is None else _rounded_up(number, by)
                for number, by in zip(volumes.override, more, strict=bool(volumes.override))
            ),
        }
    )
    other = problem.model_copy(
        update={
            "volumes": (changed,),
            "demand": (demand.model_copy(update={"required": tuple(given)}),),
        }
    )
    if skill in skills_that_cannot_be_computed(other):
        return None
    required = _computed(other, changed, problem.scenario_curve[scenario.name, skill])
    override = changed.override or (None,) * len(clock)
    return [
        ((said if own is None else own) or 0) if demand.from_volumes[at] else given[at]
        for at, (said, own) in enumerate(zip(required, override, strict=True))
    ]


def _computed(problem: Problem, volumes: Volumes, stated: Sequence[int]) -> list[int | None]:
    recount = SkillRecount.behind(problem, volumes, stated)
    return recount.required(recount.base_staff())


def _spans(change: ScenarioChange, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """When a change holds, by the clock."""
    for step in range(days):
        on = first + timedelta(days=step)
        if on in change.days or on.weekday() in change.weekdays or not (change.days or change.weekdays):
            midnight = datetime.combine(on, datetime.min.time())
            yield midnight + timedelta(minutes=change.start), midnight + timedelta(minutes=change.end)


def _rounded_up(number: int, hundredths: int) -> int:
    changed, rest = divmod(number * (_WHOLE + hundredths), _WHOLE)
    return changed + (rest > 0)
