"""How short and how long a shift may be."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import MinutesOfDay
from scheduler.domain.values.words import hours_words
from scheduler.model.calendar.basis import Basis, basis_words, minutes_of, verb_of
from scheduler.model.calendar.walks import duties_meant, numbers
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import Beyond
from scheduler.model.rules.rule import AgentRule
from scheduler.model.rules.words import bounds
from scheduler.texts import text


class ShiftLength(AgentRule):
    """Every shift has ``at_least_minutes`` to ``at_most_minutes``.

    A free day has no shift, and is none that is too short.
    """

    unit = "hour"

    kind: Literal["shift_length"] = "shift_length"
    at_least_minutes: MinutesOfDay | None = Field(
        default=None, description="Least minutes of a shift; null is no limit."
    )
    at_most_minutes: MinutesOfDay | None = Field(
        default=None, examples=[465], description="Most minutes of a shift; null is no limit."
    )
    basis: Basis = Field(
        default="elapsed",
        description="What is counted: paid is paid minutes, work is minutes without any break, elapsed is "
        "from start to end.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Every shift has {asked} ({what}).",
            asked=bounds(self.at_least_minutes, self.at_most_minutes, "minutes"),
            what=basis_words(self.basis),
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least_minutes is None and self.at_most_minutes is None:
            yield self.bounds_nothing(
                "at_most_minutes", text("Give at_least_minutes, at_most_minutes, or both.")
            )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        of = Beyond(verb_of(self.basis), self.at_least_minutes, self.at_most_minutes)
        days = [(day,) for day in self.scope.days(problem)]
        for agent in self.scope.covered_agents(problem):
            for day in days:
                yield Total(agent.name, of=of, on=day, at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            minutes = minutes_of(problem, agent, duty, self.basis)
            short = (self.at_least_minutes or 0) - minutes
            long = minutes - self.at_most_minutes if self.at_most_minutes is not None else 0
            if short > 0 or long > 0:
                yield self.violation(
                    max(short, 0) + max(long, 0),
                    text(
                        "{agent} has a shift of {length} on {on}; the rule asks for {asked}",
                        agent=agent.name,
                        length=hours_words(minutes),
                        on=on,
                        asked=bounds(self.at_least_minutes, self.at_most_minutes, "minutes"),
                    ),
                    agent=agent.name,
                    days=numbers(problem, [on]),
                )
