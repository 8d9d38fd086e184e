"""What is not to be worked on days in a row."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from scheduler.domain.facts.absence import dates_away, days_away
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Name
from scheduler.model.calendar.history import days_worked, templates_worked
from scheduler.model.calendar.patterns import barred, verb_of
from scheduler.model.calendar.walks import ONE_DAY, dates_meant, numbers
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Free
from scheduler.model.rules.day_items import DayItem, day_item, first_weekday, unknown_shifts
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text

MOST_DAYS = 28


def _fit_together(days: tuple[str, ...]) -> tuple[str, ...]:
    items = [day_item(day) for day in days]
    first_weekday(items)
    if "any" in (items[0].what, items[-1].what):
        raise ValueError(text("the first and the last day must be something"))
    return days


class UnwantedPattern(AgentRule):
    """Nobody works ``days`` on days in a row.

    The rule is held against the last of these days; those before it may lie before the horizon, where the
    history is known. A day away is neither free nor worked.
    """

    kind: Literal["unwanted_pattern"] = "unwanted_pattern"
    days: Annotated[tuple[Name, ...], AfterValidator(_fit_together)] = Field(
        min_length=1,
        max_length=MOST_DAYS,
        examples=[["work", "free", "work"]],
        description="What the days are, in order: a shift template (Late), one of several (Late/Night), "
        "another shift (not Night), work, free or any; a weekday may stand behind it (free Fri, work Sat).",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text("Nobody works on days in a row: {days}.", days=", ".join(self.days))

    @property
    def items(self) -> tuple[DayItem, ...]:
        """The days of the pattern."""
        return tuple(map(day_item, self.days))

    @property
    def looks_back_days(self) -> int:
        return max(super().looks_back_days, len(self.days))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """Shifts that are not there."""
        return unknown_shifts(problem, self.items)

    def limits(self, problem: Problem) -> Iterator[Limit]:
        items, length = self.items, len(self.days)
        verbs = [verb_of(problem, item) for item in items]
        weekday = first_weekday(items)
        lasts = [
            last
            for last in self.scope.days(problem)
            if weekday is None or problem.grid.weekday(last - length + 1) == weekday
        ]
        for agent in self.scope.covered_agents(problem):
            away = days_away(problem, agent)
            for last in lasts:
                first = last - length + 1
                is_away = any(
                    isinstance(verb, Free) and first + place in away for place, verb in enumerate(verbs)
                )
                if is_away or not self._past_fits(problem, agent, items, first):
                    continue
                yield from barred(agent, verbs[max(0, -first) :], max(0, first))

    def _past_fits(self, problem: Problem, agent: Agent, items: Sequence[DayItem], first: int) -> bool:
        """Whether the days before the horizon are as the pattern begins."""
        if first >= 0:
            return True
        worked = days_worked(problem, agent)
        templates = templates_worked(problem, agent)
        return bool(worked) and all(
            item.fits(first + place in worked, {name for day, name in templates if day == first + place})
            for place, item in enumerate(items)
            if first + place < 0
        )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        weekday = first_weekday(self.items)
        for agent in self.scope.covered_agents(problem):
            shifts: dict[date, set[str]] = {}
            for past in agent.history:
                if past.day < problem.grid.first_day:
                    shifts.setdefault(past.day, set()).update({past.template} if past.template else ())
            begins = date.min if shifts else problem.grid.first_day
            for duty in roster.of(agent.name):
                shifts.setdefault(problem.grid.date(duty.day), set()).add(duty.template)
            away = dates_away(problem, agent)
            for last in dates_meant(problem, self.scope):
                dates = [last - back * ONE_DAY for back in reversed(range(len(self.days)))]
                if dates[0] < begins or weekday not in (None, dates[0].weekday()):
                    continue
                days = [*zip(self.items, dates, strict=True)]
                if any(item.what == "free" and on in away for item, on in days):
                    continue
                if all(item.fits(on in shifts, shifts.get(on, set())) for item, on in days):
                    yield self.violation(
                        1,
                        text(
                            "{agent} works {days} from {first} to {last}",
                            agent=agent.name,
                            days=", ".join(self.days),
                            first=dates[0],
                            last=last,
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )
