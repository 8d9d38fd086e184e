"""Rotation: a cycle of days that are worked and free, counted from a date."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from scheduler.domain.facts.absence import dates_away, days_away
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import Name
from scheduler.model.calendar.patterns import verb_of
from scheduler.model.calendar.walks import dates_meant
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.rules.day_items import DayItem, day_item, unknown_shifts
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text

MOST_DAYS = 364
"""Days of the longest cycle: 52 weeks."""


def _without_weekdays(days: tuple[str, ...]) -> tuple[str, ...]:
    if any(day_item(day).weekday is not None for day in days):
        raise ValueError(text("the days count from the anchor; leave weekdays out"))
    return days


class WorkCycle(AgentRule):
    """Everyone works ``days`` in turn, over and over, and ``anchor`` is the first of them.

    Groups that are shifted against each other have a row each, with another anchor. The anchor may lie before
    the planned days or behind them. On a day away nothing is asked for but to be free.
    """

    kind: Literal["work_cycle"] = "work_cycle"
    days: Annotated[tuple[Name, ...], AfterValidator(_without_weekdays)] = Field(
        min_length=1,
        max_length=MOST_DAYS,
        examples=[["work", "work", "free"]],
        description="What the days of the cycle are, in order: a shift template (Late), one of several "
        "(Late/Night), another shift (not Night), work, free or any.",
    )
    anchor: Day = Field(
        examples=[date(2024, 3, 4)],
        description="A local date on which the cycle begins; any of them will do.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text(
            "Everyone works in turn from {anchor} on: {days}.", anchor=self.anchor, days=", ".join(self.days)
        )

    @property
    def items(self) -> tuple[DayItem, ...]:
        """The days of the cycle."""
        return tuple(map(day_item, self.days))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """Shifts that are not there."""
        return unknown_shifts(problem, self.items)

    def limits(self, problem: Problem) -> Iterator[Limit]:
        items = self.items
        verbs = [verb_of(problem, item) for item in items]
        shift = problem.grid.day_index(self.anchor)
        for agent in self.scope.covered_agents(problem):
            away = days_away(problem, agent)
            for day in self.scope.days(problem):
                place = (day - shift) % len(items)
                if items[place].what != "any" and not (day in away and items[place].what != "free"):
                    yield Total(agent.name, of=verbs[place], on=(day,), at_least=1)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        items = self.items
        for agent in self.scope.covered_agents(problem):
            away = dates_away(problem, agent)
            for on in dates_meant(problem, self.scope):
                place = (on - self.anchor).days % len(items)
                item = items[place]
                day = problem.grid.day_index(on)
                shifts = {duty.template for duty in roster.on(agent.name, day)}
                is_excused = on in away and item.what != "free"
                if not is_excused and not item.fits(bool(shifts), shifts):
                    yield self.violation(
                        1,
                        text(
                            "{agent} works {shifts} on {on}; the cycle asks for {asked}",
                            agent=agent.name,
                            shifts=", ".join(sorted(shifts)) or text("nothing"),
                            on=on,
                            asked=self.days[place],
                        ),
                        agent=agent.name,
                        days=(day,),
                    )
