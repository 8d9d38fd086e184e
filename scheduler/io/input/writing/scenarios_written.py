"""The rows of the sheet Scenarios, such that reading them gives the same again."""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import ScenarioChange
from scheduler.io.input.writing.repeated_rows import Facts


def scenario_rows(problem: Problem) -> Iterator[Facts]:
    """A row for each change, the weight in the first; a scenario that is as planned has one row."""
    for scenario in problem.scenarios:
        for at, change in enumerate(scenario.changes or (None,)):
            row: Facts = {} if change is None else _of(change)
            yield {**row, "name": scenario.name, "weight": None if at else scenario.weight}


def _of(change: ScenarioChange) -> Facts:
    fields = type(change).model_fields
    said = {key: value for key, value in change if value != fields[key].default}
    return {**said, "days": (*change.weekdays, *change.days) or None}
