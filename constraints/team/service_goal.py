"""A service level over a day or a week: the plan itself decides where to be good."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Literal

from scheduler.domain.facts.goal_tables import THOUSAND, GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.words import counted
from scheduler.model.limits.kinds import Limit, Service
from scheduler.model.rules.rule import TeamRule
from scheduler.texts import marked, text


class ServiceGoalKept(TeamRule):
    """Where a service level is agreed over a day or a week, that share of all contacts is answered in time.

    It is for goals whose ``per`` is day or week; what is promised for every interval is kept by the
    requirement. An occurrence is a contact that is missing to the goal; one that is only begun counts.
    """

    scope_fields = ("skills",)
    heeds = (("service_goals.per", marked("service levels over a day or a week are")),)

    kind: Literal["service_goal"] = "service_goal"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        yield from (Service(table) for table in self._meant(problem))

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        for table in self._meant(problem):
            there = _minute_by_minute(problem, roster, table.skill)
            width = problem.grid.interval_minutes
            answered = 0
            for interval, fewest, numbers in zip(table.intervals, table.fewest, table.answered, strict=True):
                for agents in there[interval * width : (interval + 1) * width]:
                    if agents >= fewest:
                        answered += numbers[min(agents - fewest, len(numbers) - 1)]
            missing = table.asked * width - answered
            if missing > 0:
                contacts = -(-missing // (THOUSAND * width))
                yield self.violation(
                    contacts,
                    text(
                        '{contacts} of "{goal}" would have to be answered in time beside those that are',
                        contacts=counted(contacts, "contact"),
                        goal=table.name,
                    ),
                    days=table.days,
                )

    def _meant(self, problem: Problem) -> Iterator[GoalTable]:
        meant = self.scope.skills
        return (one for one in problem.goal_tables if not meant or one.skill in meant)


def _minute_by_minute(problem: Problem, roster: Roster, skill: str) -> list[int]:
    """How many of those who have a skill are at work in each minute of the horizon."""
    end_of_all = problem.grid.minutes
    changes = [0] * (end_of_all + 1)
    for agent in problem.agents:
        if skill in agent.skills:
            spans = [*problem.work_reaching_in(agent)]
            spans += [stretch for duty in roster.of(agent.name) for stretch in duty.stretches()]
            for start, end in spans:
                if max(0, start) < min(end, end_of_all):
                    changes[max(0, start)] += 1
                    changes[min(end, end_of_all)] -= 1
    return list(accumulate(changes))
