"""Who is on a shift together: at least so many of some people, or at most."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Names, People
from scheduler.domain.values.words import counted, either
from scheduler.model.calendar.walks import dates_meant, numbers
from scheduler.model.limits.kinds import Headcount, Limit
from scheduler.model.limits.verbs import OfTemplate, Verb, Worked
from scheduler.model.rules.rule import TeamRule
from scheduler.model.rules.words import bounds
from scheduler.texts import text


class PeopleOnShift(TeamRule):
    """Of those who are covered, ``at_least`` to ``at_most`` work each shift of ``templates`` on a day.

    So a senior is on every late shift, a key is there, and two people never work one shift.
    """

    kind: Literal["people_on_shift"] = "people_on_shift"
    templates: Names = Field(
        default=(), description="The shift templates that are meant; empty is any, all of them together."
    )
    counted: Literal["each", "together"] = Field(
        default="each", description="Whether each template has its own number, or all of them one together."
    )
    at_least: People | None = Field(default=None, description="Least of them; null is no limit.")
    at_most: People | None = Field(default=None, examples=[1], description="Most of them; null is no limit.")

    template_fields = ("templates",)

    @property
    def sentence(self) -> str:
        """The rule in words."""
        people = bounds(self.at_least, self.at_most)
        if not self.templates:
            return text("Of those who are covered {people} work on a day.", people=people)
        shifts = either(self.templates)
        if self.counted == "together":
            return text(
                "Of those who are covered {people} work {shifts} on a day.", people=people, shifts=shifts
            )
        return text(
            "Of those who are covered {people} work each shift of {shifts} on a day.",
            people=people,
            shifts=shifts,
        )

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule with neither bound."""
        if self.at_least is None and self.at_most is None:
            yield self.bounds_nothing("at_most", text("Give the fewest people, the most people, or both."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        agents = tuple(agent.name for agent in self.scope.covered_agents(problem))
        days = set(self.scope.days(problem))
        if not agents or not days or (self.at_least, self.at_most) == (None, None):
            return

        def on_days(bound: int | None) -> tuple[int | None, ...] | None:
            meant = tuple(bound if day in days else None for day in range(problem.grid.days))
            return None if bound is None else meant

        for shifts in self._groups():
            verb: Verb = OfTemplate(frozenset(shifts)) if shifts else Worked()
            row = " / ".join((self.name, *(shifts or ("any",))))
            yield Headcount(row, agents, verb, at_least=on_days(self.at_least), at_most=on_days(self.at_most))

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        covered = {agent.name for agent in self.scope.covered_agents(problem)}
        there: dict[tuple[date, str], set[str]] = {}
        for duty in roster.duties:
            if duty.agent in covered:
                there.setdefault((problem.grid.date(duty.day), duty.template), set()).add(duty.agent)
        for shifts in self._groups() if covered else ():
            for on in dates_meant(problem, self.scope):
                names = [
                    who for (day, shift), who in there.items() if day == on and shift in (shifts or (shift,))
                ]
                people = len(set().union(*names))
                short = max(0, (self.at_least or 0) - people)
                over = 0 if self.at_most is None else max(0, people - self.at_most)
                if short + over:
                    yield self.violation(
                        short + over,
                        text(
                            "{people} work {shifts} on {on}; the rule asks for {asked}",
                            people=counted(people, "person", "people"),
                            shifts=either(shifts) if shifts else text("any shift"),
                            on=on,
                            asked=bounds(self.at_least, self.at_most),
                        ),
                        days=numbers(problem, [on]),
                    )

    def _groups(self) -> tuple[tuple[str, ...], ...]:
        """The templates that are counted as one; empty is any."""
        if self.counted == "together" or not self.templates:
            return (self.templates,)
        return tuple((name,) for name in self.templates)
