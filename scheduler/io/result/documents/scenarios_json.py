"""What a roster costs in each scenario, as part of a JSON document."""

from typing import Annotated

from pydantic import Field

from scheduler.domain import Report
from scheduler.io.result.contents.scenario_figures import FIGURES
from scheduler.io.result.documents.document import Document


class ScenarioDocument(Document):
    """What a roster comes to if one scenario comes."""

    name: str = Field(description="Name of the scenario.")
    share: float = Field(description="Its weight over the sum of all weights.")
    cost: float = Field(
        description="All that the roster costs then, in currency, with people on the skills that are best in "
        "this scenario."
    )
    missing_cost: float = Field(description="Price of the staff below the requirement of it, in currency.")
    superfluous_cost: float = Field(
        description="Price of the staff above the requirement of it, in currency."
    )
    missing_agent_hours: float = Field(description="Agent-hours below what the scenario requires.")
    superfluous_agent_hours: float = Field(description="Agent-hours above what the scenario requires.")
    cost_as_allocated: float = Field(
        description="All that it costs where people stay on the skills that are best on average, in "
        "currency; the average of these is what is made least, up to whole cents of prices."
    )


Scenarios = Annotated[
    list[ScenarioDocument],
    Field(default_factory=list, description="Every scenario of the input; 'cost' is their average."),
]


def scenario_documents(report: Report) -> list[ScenarioDocument]:
    """Every scenario with its figures."""
    return [
        ScenarioDocument(name=one.name, **{figure.key: figure.of(one) for figure in FIGURES})
        for one in report.scenarios
    ]
