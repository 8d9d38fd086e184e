"""What is answered in time over days and weeks, as part of a JSON document."""

from typing import Annotated

from pydantic import Field

from scheduler.domain import Report
from scheduler.domain.facts.goal_tables import THOUSAND
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.io.result.documents.document import Document


class GoalDocument(Document):
    """A service level over a day or a week, and what the roster reaches."""

    name: str = Field(description="Skill and dates.")
    skill: str = Field(description="The skill whose contacts it is promised to.")
    percent: float = Field(description="Share that is agreed to be answered in time, in per cent.")
    within_seconds: float = Field(description="Within how many seconds an answer is in time.")
    contacts: float = Field(description="Contacts that come.")
    contacts_asked: float = Field(description="How many of them are to be answered in time.")
    contacts_in_time: float = Field(description="How many of them are, to the thousandth, rounded down.")
    agent_hours: float = Field(description="Agent-hours on the line while there are contacts.")
    agent_hours_in_every_interval: float = Field(
        description="Agent-hours that the same share would ask for if it were agreed for every interval."
    )


Goals = Annotated[
    list[GoalDocument],
    Field(default_factory=list, description="Every service level that is agreed over a day or a week."),
]


def goal_documents(report: Report) -> list[GoalDocument]:
    """Every goal with its figures."""
    return [
        GoalDocument(
            name=one.name,
            skill=one.skill,
            percent=one.percent,
            within_seconds=one.within_seconds,
            contacts=one.offered / THOUSAND,
            contacts_asked=one.asked / THOUSAND,
            contacts_in_time=one.in_time / THOUSAND,
            agent_hours=one.scheduled / MINUTES_PER_HOUR,
            agent_hours_in_every_interval=one.in_every_interval / MINUTES_PER_HOUR,
        )
        for one in report.goals
    ]
