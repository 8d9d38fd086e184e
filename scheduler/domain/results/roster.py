"""A finished roster: who works when, with every break placed."""

from collections.abc import Iterator
from functools import cached_property

from pydantic import Field

from scheduler.domain.values.fields import Name
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import counted
from scheduler.texts import text


class PlacedBreak(Frozen):
    """One break of a duty; ``start`` is an instant of the grid."""

    name: Name
    start: int
    length_minutes: int = Field(gt=0)
    paid: bool = True

    @property
    def end(self) -> int:
        """Instant at which work resumes."""
        return self.start + self.length_minutes


AgentDay = tuple[str, int]
"""An agent's name and a day's number."""


class Duty(Frozen):
    """One agent's shift on one day with its breaks.

    Parameters
    ----------
    day
        Local day number on which it starts; a night belongs to the day that it starts on.
    start, end
        Instants; ``end`` is exclusive.
    breaks
        In the order in which they are taken.
    """

    agent: Name
    day: int
    template: Name
    start: int
    end: int
    breaks: tuple[PlacedBreak, ...] = ()

    @property
    def elapsed_minutes(self) -> int:
        """From start to end."""
        return self.end - self.start

    @property
    def paid_minutes(self) -> int:
        """Elapsed time less unpaid breaks."""
        return self.elapsed_minutes - sum(pause.length_minutes for pause in self.breaks if not pause.paid)

    @property
    def worked_minutes(self) -> int:
        """Elapsed time less every break."""
        return self.elapsed_minutes - sum(pause.length_minutes for pause in self.breaks)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Stretches of work between breaks, as pairs of instants, breaks taken by the clock."""
        begin = self.start
        for pause in sorted(self.breaks, key=lambda pause: pause.start):
            if pause.start > begin:
                yield begin, pause.start
            begin = max(begin, pause.end)
        if self.end > begin:
            yield begin, self.end


class Roster(Frozen):
    """Every duty of the horizon. Days without a duty are free."""

    duties: tuple[Duty, ...] = ()

    @cached_property
    def by_agent(self) -> dict[str, tuple[Duty, ...]]:
        """Each agent's duties in order of time; agents without a duty are missing."""
        collected: dict[str, list[Duty]] = {}
        for duty in self.duties:
            collected.setdefault(duty.agent, []).append(duty)
        return {
            agent: tuple(sorted(duties, key=lambda duty: (duty.start, duty.end)))
            for agent, duties in collected.items()
        }

    def of(self, agent: str) -> tuple[Duty, ...]:
        """An agent's duties in order of time."""
        return self.by_agent.get(agent, ())

    @cached_property
    def by_agent_and_day(self) -> dict[tuple[str, int], list[Duty]]:
        """The same by the day of the start as well; days without a duty are missing."""
        collected: dict[tuple[str, int], list[Duty]] = {}
        for agent, duties in self.by_agent.items():
            for duty in duties:
                collected.setdefault((agent, duty.day), []).append(duty)
        return collected

    def on(self, agent: str, day: int) -> tuple[Duty, ...]:
        """An agent's duties that start on a day, in order of time."""
        return tuple(self.by_agent_and_day.get((agent, day), ()))

    def day_of(self, agent: str, day: int) -> Duty | None:
        """An agent's first duty that starts on a day; ``None`` where the day is free."""
        return next(iter(self.by_agent_and_day.get((agent, day), ())), None)

    def __str__(self) -> str:
        hours = sum(duty.paid_minutes for duty in self.duties) / MINUTES_PER_HOUR
        duties, agents = counted(len(self.duties), "duty", "duties"), counted(len(self.by_agent), "agent")
        return text(
            "Roster: {duties} of {agents}, {hours:,.1f} paid hours in duties",
            duties=duties,
            agents=agents,
            hours=hours,
        )
