"""For whom and when a rule holds."""

from collections.abc import Iterator
from datetime import date

from scheduler.domain.frozen import Frozen
from scheduler.domain.problem import Agent, Name, Problem


class Scope(Frozen):
    """Whom a rule covers: every field that is given narrows it; an empty scope is everyone, always.

    Parameters
    ----------
    agents, contracts, teams, skills
        Names; an agent is covered when it matches one name of every list that is given.
    templates
        For rules about the inside of a shift: only shifts of these templates.
    first_day, last_day
        Local dates, both included.
    """

    agents: tuple[Name, ...] = ()
    contracts: tuple[Name, ...] = ()
    teams: tuple[Name, ...] = ()
    skills: tuple[Name, ...] = ()
    templates: tuple[Name, ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    def covers(self, agent: Agent) -> bool:
        """Whether the agent is meant."""
        return (
            (not self.agents or agent.name in self.agents)
            and (not self.contracts or agent.contract in self.contracts)
            and (not self.teams or agent.team in self.teams)
            and (not self.skills or any(skill in self.skills for skill in agent.skills))
        )

    def covered_agents(self, problem: Problem) -> Iterator[Agent]:
        """The agents that are meant, in the problem's order."""
        return (agent for agent in problem.agents if self.covers(agent))

    def covers_day(self, problem: Problem, day: int) -> bool:
        """Whether the local day lies in the date range."""
        on = problem.grid.date(day)
        return (self.first_day is None or on >= self.first_day) and (
            self.last_day is None or on <= self.last_day
        )

    def days(self, problem: Problem) -> tuple[int, ...]:
        """The days of the horizon that are meant."""
        return tuple(day for day in range(problem.grid.days) if self.covers_day(problem, day))

    def __str__(self) -> str:
        parts = [
            f"{label} {', '.join(names)}"
            for label, names in (
                ("agents", self.agents),
                ("contracts", self.contracts),
                ("teams", self.teams),
                ("skills", self.skills),
                ("shifts", self.templates),
            )
            if names
        ]
        if self.first_day:
            parts.append(f"from {self.first_day}")
        if self.last_day:
            parts.append(f"until {self.last_day}")
        return "; ".join(parts) or "everyone"
