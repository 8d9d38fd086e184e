"""The kind of limit on what callers get: how many are answered in time over many intervals together."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.facts.goal_tables import THOUSAND, GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.model.limits.team_limits import Allocated, Level, Staffing


@dataclass(frozen=True, slots=True)
class Service:
    """Of all contacts of a goal's intervals, as many are answered in time as it asks for.

    In an interval the table of the goal says how many that are with so many agents there; agents who are
    there for a part of it count for that part. Nobody who has the skill may have another one.

    Parameters
    ----------
    table
        The goal: what is asked, and what is answered in time in each interval.
    price
        Cents per contact that is missing to it, where it is not the rule's.
    """

    table: GoalTable
    price: int | None = None

    @property
    def skill(self) -> str:
        """Counted are the agents at work on this skill."""
        return self.table.skill

    def excess(self, problem: Problem, roster: Roster, allocated: Allocated | None = None) -> int:
        """Contacts that are missing to the goal; one that is only begun counts as well."""
        if allocated is None:
            levels: Iterable[Level] = Staffing(self.skill).levels(problem, roster)
        else:
            levels = allocated[self.skill]
        short = self.table.asked * problem.grid.interval_minutes - self.in_time(problem, levels)
        return max(0, -(-short // (THOUSAND * problem.grid.interval_minutes)))

    def in_time(self, problem: Problem, levels: Iterable[Level]) -> int:
        """What is answered in time, in thousandths of a contact times the minutes of an interval."""
        width = problem.grid.interval_minutes
        position = {at: number for number, at in enumerate(self.table.intervals)}
        return sum(
            self.table.in_time(position[interval], agents)
            * (min(end, (interval + 1) * width) - max(start, interval * width))
            for start, end, agents in levels
            for interval in range(start // width, -(-end // width))
            if interval in position
        )
