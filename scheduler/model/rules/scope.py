"""For whom and when a rule holds."""

from collections.abc import Iterator

from pydantic import Field

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.calendar_fields import Day, LastDay
from scheduler.domain.values.fields import Names
from scheduler.domain.values.frozen import Frozen
from scheduler.texts import text


class Scope(Frozen):
    """Whom a rule covers: every field that is given narrows it; an empty scope is everyone, always."""

    agents: Names = Field(default=(), description="Names of the agents who are covered; empty is everyone.")
    contracts: Names = Field(
        default=(),
        description="Names of contracts: only agents who have one of them are "
        "covered; empty is every contract.",
    )
    teams: Names = Field(
        default=(),
        description="Names of teams: only their members are covered; empty is everyone.",
    )
    skills: Names = Field(
        default=(),
        description="Names of skills: only agents who hold one of them are covered; empty is everyone.",
    )
    templates: Names = Field(
        default=(),
        description="Names of shift templates, for rules about the inside of a shift: "
        "only these shifts are meant; empty is all.",
    )
    first_day: Day | None = Field(
        default=None,
        description="First local date on which the rule holds; null is the first that is planned.",
    )
    last_day: LastDay | None = Field(
        default=None,
        description="Last local date on which the rule holds, included; null is the last that is planned.",
    )

    def covers(self, agent: Agent) -> bool:
        """Whether the agent is covered."""
        return (
            (not self.agents or agent.name in self.agents)
            and (not self.contracts or agent.contract in self.contracts)
            and (not self.teams or agent.team in self.teams)
            and (not self.skills or any(skill in self.skills for skill in agent.skills))
        )

    def covered_agents(self, problem: Problem) -> Iterator[Agent]:
        """The covered agents, in the problem's order."""
        return (agent for agent in problem.agents if self.covers(agent))

    def covers_day(self, problem: Problem, day: int) -> bool:
        """Whether the local day lies in the date range."""
        on = problem.grid.date(day)
        return (self.first_day is None or on >= self.first_day) and (
            self.last_day is None or on <= self.last_day
        )

    def days(self, problem: Problem) -> tuple[int, ...]:
        """The covered days of the horizon."""
        return tuple(day for day in range(problem.grid.days) if self.covers_day(problem, day))

    def __str__(self) -> str:
        parts = [
            f"{label} {', '.join(names)}"
            for label, names in (
                (text("agents"), self.agents),
                (text("contracts"), self.contracts),
                (text("teams"), self.teams),
                (text("skills"), self.skills),
                (text("shifts"), self.templates),
            )
            if names
        ]
        if self.first_day:
            parts.append(text("from {first_day}", first_day=self.first_day))
        if self.last_day:
            parts.append(text("until {last_day}", last_day=self.last_day))
        return "; ".join(parts) or text("everyone")
