"""Rules that are not in the catalogue: on limits that no search plans by, and with nothing to plan by."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import Literal

from pydantic import Field

from scheduler.domain import Coverage, Problem, Roster, Violation
from scheduler.model import AgentRule, Limit, OfTemplate, Range, Share, Staffing, TeamRule, Worked
from scheduler.model.calendar.staffing import masked
from scheduler.model.calendar.walks import beyond_at_once, changes_of, dates_meant, numbers


class FewOnBreak(TeamRule):
    """At most ``at_most`` agents are on a break at once."""

    unit = "hour"
    kind: Literal["few_on_break"] = "few_on_break"
    at_most: int = Field(description="Most agents on a break.", examples=[1])

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in self.scope.covered_agents(problem))
        everywhere = masked(problem, self.scope, (self.at_most,) * problem.grid.intervals, None)
        yield Staffing(agents=names, at_most=everywhere, counted="on break")

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        duties = [duty for agent in self.scope.covered_agents(problem) for duty in roster.of(agent.name)]
        changes = changes_of((pause.start, pause.end) for duty in duties for pause in duty.breaks)
        for on in dates_meant(problem, self.scope):
            (day,) = numbers(problem, [on])
            begin, end = problem.grid.day_start(day), problem.grid.day_start(day + 1)
            amount = beyond_at_once(changes, self.at_most, begin, end)
            if amount:
                yield self.violation(amount, f"too many are on a break on {on}", days=(day,))


class EvenNights(TeamRule):
    """Nobody works more than ``apart`` nights more than another."""

    kind: Literal["even_nights"] = "even_nights"
    apart: int = Field(description="Most nights between the one with most and the one with fewest.", ge=0)

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in self.scope.covered_agents(problem))
        if names:
            night = OfTemplate(frozenset({"night"}))
            yield Range(names, of=night, on=self.scope.days(problem), at_most=self.apart)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        nights = Counter(
            duty.agent
            for duty in roster.duties
            if duty.template == "night" and problem.grid.date(duty.day) in meant
        )
        each = sorted(nights[agent.name] for agent in self.scope.covered_agents(problem))
        if each and each[-1] - each[0] > self.apart:
            amount = each[-1] - each[0] - self.apart
            yield self.violation(amount, f"nights differ by {each[-1] - each[0]}")


class FairShare(TeamRule):
    """Everyone's days of work are near the share that is due."""

    kind: Literal["fair_share"] = "fair_share"
    weights: tuple[int, ...] = ()
    at_most: int = 0
    step: int = 1

    def limits(self, problem: Problem) -> Iterator[Limit]:
        names = tuple(agent.name for agent in problem.agents)
        days = self.scope.days(problem)
        yield Share(names, Worked(), days, weights=self.weights, at_most=self.at_most, step=self.step)

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        dates = {(duty.agent, problem.grid.date(duty.day)) for duty in roster.duties}
        worked = Counter(agent for agent, on in dates if on in meant)
        weights = self.weights or (1,) * len(problem.agents)
        for agent, weight in zip(problem.agents, weights, strict=True):
            due = Fraction(sum(worked.values()) * weight, sum(weights))
            steps = ceil((abs(worked[agent.name] - due) - self.at_most) / self.step)
            if steps > 0:
                yield self.violation(steps, f"{agent.name} works {worked[agent.name]}", agent=agent.name)


class Sundays(AgentRule):
    """Nobody works on a Sunday."""

    kind: Literal["sundays"] = "sundays"

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent in self.scope.covered_agents(problem):
            for duty in roster.of(agent.name):
                if problem.grid.date(duty.day).isoweekday() == 7:
                    said = f"{agent.name} works on a Sunday"
                    yield self.violation(1, said, agent=agent.name, days=(duty.day,))


class ForgetfulSundays(Sundays):
    """Nobody works on a Sunday, it says, and demands it only where nobody works anyway."""

    kind: Literal["forgetful_sundays"] = "forgetful_sundays"  # type: ignore[assignment]

    def limits(self, problem: Problem) -> Iterator[Limit]:
        yield from ()
