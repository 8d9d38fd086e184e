"""What single agents may and must work in a week by their totals: the figures that a planner adds up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.words import counted, hours_words
from scheduler.model import AgentRule, Rule, Total
from scheduler.model.limits.verbs import PaidMinutes, Worked
from scheduler.texts import text


class Reach(NamedTuple):
    """What an agent may and must work in a week, each by itself a bound that no legal week is beyond.

    Parameters
    ----------
    least_minutes, most_minutes
        Paid ones.
    least_days, most_days
        Days with a duty.
    shortest_minutes, longest_minutes
        Paid ones of the shifts that the contract has in that week; 0 where it has none.
    """

    least_minutes: int
    most_minutes: int
    least_days: int
    most_days: int
    shortest_minutes: int
    longest_minutes: int

    @property
    def most_minutes_by_days(self) -> int:
        """Paid minutes of the longest shift on every day that may be worked."""
        return self.most_days * self.longest_minutes

    @property
    def duties_needed(self) -> int:
        """Duties that it takes at least."""
        return max(
            self.least_days, -(-self.least_minutes // self.longest_minutes) if self.longest_minutes else 0
        )

    @property
    def duties_possible(self) -> int:
        """Duties that there may be at most."""
        return min(self.most_days, self.most_minutes // self.shortest_minutes) if self.shortest_minutes else 0


class Reaches:
    """The totals of rules that must be kept, by agent."""

    def __init__(self, problem: Problem, rules: Iterable[Rule]) -> None:
        self._problem = problem
        self._totals: dict[str, list[Total]] = defaultdict(list)
        for rule in rules:
            for limit in rule.limits(problem) if rule.is_must and isinstance(rule, AgentRule) else ():
                if isinstance(limit, Total) and limit.price is None and limit.on and not limit.on_any_of:
                    self._totals[limit.agent].append(limit)

    def of(self, agent: Agent, week: Sequence[int]) -> Reach:
        """What an agent may and must work in a week: a shift a day, and what the totals say of it."""
        contract, days = self._problem.contract_of(agent), list[int]()
        paid = list[int]()
        for day in week:
            shifts = self._problem.shifts_of(contract, day)
            of_day = [one.paid_minutes(length) for one in shifts for length in one.lengths]
            paid += of_day
            days.append(max(of_day, default=0))
        most, least, least_days, most_days = sum(days), 0, 0, sum(minutes > 0 for minutes in days)
        for limit in self._totals[agent.name]:
            if limit.at_most is not None and set(week) <= set(limit.on):
                left = max(0, limit.at_most - limit.carried_in)
                if limit.of == PaidMinutes():
                    most = min(most, left)
                elif limit.of == Worked():
                    most_days = min(most_days, left)
            if limit.at_least is not None and set(limit.on) <= set(week):
                left = limit.at_least - limit.carried_in
                if limit.of == PaidMinutes():
                    least = max(least, left)
                elif limit.of == Worked():
                    least_days = max(least_days, left)
        most = min(most, sum(sorted(days, reverse=True)[:most_days]))
        return Reach(least, most, least_days, most_days, min(paid, default=0), max(paid, default=0))


def hours_against_days(problem: Problem, agent: Agent, rules: Sequence[Rule]) -> str:
    """The sum of one agent's first week whose hours and days exclude each other; empty if none does."""
    reaches = Reaches(problem, rules)
    for week in problem.weeks:
        reach = reaches.of(agent, week)
        if reach.least_minutes > reach.most_minutes_by_days:
            return text(
                "{first} to {last}: {days} × {hours} is {sum}, and at least {asked} must be paid.",
                days=counted(reach.most_days, "day"),
                hours=hours_words(reach.longest_minutes),
                sum=hours_words(reach.most_minutes_by_days),
                asked=hours_words(reach.least_minutes),
                first=problem.grid.date(week[0]),
                last=problem.grid.date(week[-1]),
            )
        if reach.least_days * reach.shortest_minutes > reach.most_minutes:
            return text(
                "{first} to {last}: {days} × {hours} is {sum}, and at most {asked} may be paid.",
                days=counted(reach.least_days, "day"),
                hours=hours_words(reach.shortest_minutes),
                sum=hours_words(reach.least_days * reach.shortest_minutes),
                asked=hours_words(reach.most_minutes),
                first=problem.grid.date(week[0]),
                last=problem.grid.date(week[-1]),
            )
    return ""
