"""The figures of a scenario: the one table behind the sheet, the frame and the document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from scheduler.domain.results.outcome import ScenarioCost
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency


@dataclass(frozen=True)
class ScenarioFigure:
    """One figure.

    Parameters
    ----------
    key
        Its field in a document.
    title
        Its heading.
    of
        Its value, in the unit.
    """

    key: str
    title: str
    unit: Literal["share", "money", "hours"]
    of: Callable[[ScenarioCost], float]


FIGURES: Final = (
    ScenarioFigure("share", "Share", "share", lambda one: one.share),
    ScenarioFigure("cost", "Cost", "money", lambda one: in_currency(one.cost)),
    ScenarioFigure("missing_cost", "Missing staff", "money", lambda one: in_currency(one.missing_cost)),
    ScenarioFigure(
        "superfluous_cost", "Superfluous staff", "money", lambda one: in_currency(one.superfluous_cost)
    ),
    ScenarioFigure(
        "missing_agent_hours", "Missing hours", "hours", lambda one: one.missing / MINUTES_PER_HOUR
    ),
    ScenarioFigure(
        "superfluous_agent_hours",
        "Superfluous hours",
        "hours",
        lambda one: one.superfluous / MINUTES_PER_HOUR,
    ),
    ScenarioFigure(
        "cost_as_allocated",
        "As allocated",
        "money",
        lambda one: in_currency(one.cost_as_allocated),
    ),
)


def on_average(figure: ScenarioFigure, scenarios: Sequence[ScenarioCost]) -> float:
    """A figure on average over the scenarios, by their shares; the shares themselves are added."""
    if figure.unit == "share":
        return sum(map(figure.of, scenarios))
    return sum(one.share * figure.of(one) for one in scenarios)


def dearest(scenarios: Sequence[ScenarioCost]) -> ScenarioCost:
    """The dearest scenario, with people on the skills that are best for it; of equal ones the first."""
    return max(scenarios, key=lambda one: one.cost)
