"""What agents answer in time in each interval, where a service level is agreed over a day or a week.

Computed from volumes and service goals by :mod:`scheduler.demand`; the rule ``service_goal`` holds rosters to
it, and the verifier computes it again in its own way.
"""

from pydantic import Field, model_validator

from scheduler.domain.values.fields import Name, People
from scheduler.domain.values.frozen import Frozen
from scheduler.texts import text

THOUSAND = 1000
"""Contacts are counted in thousandths."""


class GoalTable(Frozen):
    """One goal over one day or week: what is asked in all, and what so many agents give in each interval.

    Numbers of contacts are thousandths of a contact. With fewer agents than ``fewest`` nothing is answered in
    time, and with more than the last number of ``answered`` as much as with that.
    """

    name: Name = Field(description="Skill and dates; what reports and certificates call it.")
    skill: Name = Field(description="Name of the skill.")
    goal: int = Field(ge=0, description="Which row of service_goals it is, from 0.")
    days: tuple[int, ...] = Field(description="The days of the horizon that it is agreed over.")
    offered: int = Field(ge=0, description="Contacts of all its intervals.")
    asked: int = Field(ge=0, description="How many of them are to be answered in time.")
    intervals: tuple[int, ...] = Field(description="Intervals with contacts.")
    fewest: tuple[People, ...] = Field(
        description="Of each, the fewest agents on the roster who are more than the workload."
    )
    answered: tuple[tuple[int, ...], ...] = Field(
        description="Of each, contacts that as many agents, one more and so on answer in time, rounded down."
    )

    @model_validator(mode="after")
    def _has_a_row_for_every_interval(self) -> "GoalTable":
        if not len(self.intervals) == len(self.fewest) == len(self.answered) or not all(self.answered):
            raise ValueError(
                text('"{name}" does not say for every interval what is answered', name=self.name)
            )
        return self

    def in_time(self, position: int, agents: int) -> int:
        """What so many agents answer in time in the interval at a position, if they are there all along."""
        more = agents - self.fewest[position]
        numbers = self.answered[position]
        return 0 if more < 0 else numbers[min(more, len(numbers) - 1)]
