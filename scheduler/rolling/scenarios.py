"""The scenarios of the next horizon: those that may still come."""

from datetime import date

from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from scheduler.domain.values.words import counted, listed
from scheduler.texts import text

_SHOWN = 5


def still_to_come(scenarios: tuple[Scenario, ...], first_day: date) -> tuple[tuple[Scenario, ...], list[str]]:
    """The scenarios without what lay before a day, and sentences on what is left out.

    One of which nothing is left is left out whole: without its changes it would be another one, as planned.
    """
    kept, gone = [], []
    for scenario in scenarios:
        changes = tuple(one for one in scenario.changes if not _is_past(one, first_day))
        if changes or not scenario.changes:
            kept.append(scenario.model_copy(update={"changes": changes}))
        else:
            gone.append(scenario.name)
    if not gone:
        return tuple(kept), []
    note = text(
        "{scenarios} changed nothing but days that are past, and is left out: {names}.",
        scenarios=counted(len(gone), "scenario"),
        names=listed(gone, _SHOWN),
    )
    return tuple(kept), [note]


def _is_past(change: ScenarioChange, first_day: date) -> bool:
    return bool(change.days) and not change.weekdays and max(change.days) < first_day
