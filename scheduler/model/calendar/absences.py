"""Approved absences by the day, with what is paid for them.

The pay for an absence is the same in every roster, so that neither cost nor bound holds it; who reads hours
and pay adds it to those of the duties.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.calendar_fields import at_clock
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.money import hourly
from scheduler.model.calendar.history import paid_time_off_on

AbsenceKind = Literal["time off", "sick"]
"""In the words of the sheet Availability."""


@dataclass(frozen=True)
class AbsentDay:
    """One date of an agent's absence.

    Parameters
    ----------
    day
        Day number of the horizon.
    start, end
        Local times on the agent's clock; ``end`` is not included.
    paid_minutes
        What the date is credited with, see :func:`scheduler.domain.facts.absence.paid_absence`.
    """

    agent: str
    day: int
    kind: AbsenceKind
    start: datetime
    end: datetime
    paid_minutes: int

    @property
    def is_whole_day(self) -> bool:
        """Whether it lasts from midnight to midnight."""
        return self.end - self.start == timedelta(days=1)


def absent_days(problem: Problem, agent: Agent) -> Iterator[AbsentDay]:
    """Every planned date on which an agent is absent; several absences of one date are one."""
    grid, paid = problem.grid, paid_absence(problem, agent)
    for day in range(grid.days if agent.time_off else 0):
        on = grid.date(day)
        windows = [one for one in agent.time_off if one.start.date() <= on <= one.last_day]
        if not agent.is_employed_on(on):
            continue
        if windows:
            yield AbsentDay(
                agent=agent.name,
                day=day,
                kind="sick" if any(one.kind == "sick" for one in windows) else "time off",
                start=max(at_clock(on, 0), min(one.start for one in windows)),
                end=min(at_clock(on, MINUTES_PER_DAY), max(one.end for one in windows)),
                paid_minutes=paid.get(day, 0),
            )


def paid_time_off(problem: Problem, agent: Agent) -> int:
    """Paid minutes of an agent's absences on the planned days."""
    return paid_time_off_on(problem, agent, range(problem.grid.days))


def pay_for_time_off(problem: Problem, agent: Agent) -> int:
    """What an agent's absences on the planned days are paid, in sixtieths of a cent."""
    return hourly(problem.pay_of(agent), paid_time_off(problem, agent))
