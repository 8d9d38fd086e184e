"""For whom and when a rule holds."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field, PrivateAttr

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.calendar_fields import Day, LastDay
from scheduler.domain.values.fields import EACH_ONCE, Names, Weekdays
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.words import WEEKDAYS, listed
from scheduler.texts import text

_DATES_SHOWN = 4


ON_DAYS = ("weekdays", "dates", "holidays")
"""Fields of a scope that name single days."""
WHEN = ("first_day", "last_day", *ON_DAYS)
"""Fields of a scope that say when a rule holds."""


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

    weekdays: Weekdays = Field(
        default=(),
        description="Weekdays on which the rule holds, 0 for Monday to 6 for Sunday, beside the dates; "
        "where neither is given it holds on every day.",
    )
    dates: Annotated[tuple[Day, ...], EACH_ONCE] = Field(
        default=(),
        description="Dates on which the rule holds, such as public holidays, beside the weekdays; where "
        "neither is given it holds on every day.",
    )
    holidays: bool = Field(
        default=False,
        exclude_if=lambda said: not said,
        description="Whether the rule holds on the public holidays of the problem, beside the weekdays and "
        "the dates; where neither is given it holds on them alone.",
    )
    _but_not: tuple["Scope", ...] = PrivateAttr(default=())

    @property
    def but_not(self) -> tuple["Scope", ...]:
        """Scopes of rules that stand instead of this one: whom they cover is not covered here."""
        return self._but_not

    def without(self, other: "Scope") -> "Scope":
        """The scope without the agents whom another covers, whoever is taken out of that one."""
        taken_out = Scope(**dict(other))
        if taken_out in self._but_not:
            return self
        narrowed = self.model_copy()
        narrowed._but_not = (*self._but_not, taken_out)
        return narrowed

    def covers(self, agent: Agent) -> bool:
        """Whether the agent is covered."""
        return self._names(agent) and not any(other._names(agent) for other in self._but_not)

    def _names(self, agent: Agent) -> bool:
        """Whether the fields name the agent, or nobody."""
        return (
            (not self.agents or agent.name in self.agents)
            and (not self.contracts or agent.contract in self.contracts)
            and (not self.teams or agent.team in self.teams)
            and (not self.skills or any(skill in self.skills for skill in agent.skills))
        )

    def covered_agents(self, problem: Problem) -> Iterator[Agent]:
        """The covered agents, in the problem's order."""
        return (agent for agent in problem.agents if self.covers(agent))

    @property
    def names_days(self) -> bool:
        """Whether the rule holds on some days only: by weekday, by date or as public holidays."""
        return bool(self.weekdays or self.dates or self.holidays)

    def selects(self, problem: Problem, on: date) -> bool:
        """Whether this date is one of those that are named; all are meant where none are."""
        is_holiday = self.holidays and on in problem.public_holidays
        return not self.names_days or is_holiday or on.weekday() in self.weekdays or on in self.dates

    def reaches_back(self, problem: Problem) -> bool:
        """Whether the date range holds the first day that is planned, so that the history counts."""
        return self.first_day is None or self.first_day <= problem.grid.first_day

    def covers_day(self, problem: Problem, day: int) -> bool:
        """Whether the local day lies in the date range and is one of those that are named."""
        on = problem.grid.date(day)
        return (
            (self.first_day is None or on >= self.first_day)
            and (self.last_day is None or on <= self.last_day)
            and self.selects(problem, on)
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
        weekdays = [WEEKDAYS[one] for one in self.weekdays]
        holidays = [text("public holidays")] if self.holidays else []
        if days := [*weekdays, *holidays, *map(str, self.dates)]:
            shown = _DATES_SHOWN + len(weekdays) + len(holidays)
            parts.append(text("on {days}", days=listed(days, shown)))
        named = "; ".join(parts) or text("everyone")
        for other in self._but_not:
            named = text("{named}; without {others}", named=named, others=str(other).replace("; ", ", "))
        return named
