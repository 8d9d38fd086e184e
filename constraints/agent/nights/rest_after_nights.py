"""A longer rest behind nights in a row."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore, PositiveMinutes
from scheduler.domain.values.words import counted
from scheduler.model.calendar.history import days_worked, in_a_row, last_end
from scheduler.model.calendar.night_walks import nights_worked
from scheduler.model.calendar.nights import days_of_nights
from scheduler.model.calendar.walks import dates_meant, numbers, runs, spells
from scheduler.model.limits.kinds import Gap, Limit
from scheduler.model.rules.nights import NightRule
from scheduler.model.rules.rule import spoken
from scheduler.model.rules.words import apart_words
from scheduler.texts import text, text_n


class RestAfterNights(NightRule):
    """After ``nights`` nights in a row, or more, everyone rests at least ``rest_minutes``.

    The rest begins where the row ends: one more night on the next day belongs to it. The rule is held against
    the day of the next duty; nights before the horizon, or the date range, count.
    """

    unit = "hour"
    breaks_for_good = "times"
    days_back_field = "nights"

    kind: Literal["rest_after_nights"] = "rest_after_nights"
    nights: OneOrMore = Field(default=1, description="How many nights in a row ask for the rest.")
    rest_minutes: PositiveMinutes = Field(
        default=2880, description="Least rest in minutes; exactly so much is enough."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return text_n(
            "After a night everyone rests at least {rest} ({night}).",
            "After {number} nights in a row, or more, everyone rests at least {rest} ({night}).",
            self.nights,
            number=self.nights,
            rest=spoken("minutes", self.rest_minutes),
            night=self.night_words,
        )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        on = self.scope.days(problem)
        for agent in self.scope.covered_agents(problem) if on else ():
            before = days_of_nights(problem, agent, self.verb)
            last = max(days_worked(problem, agent), default=0)
            row = in_a_row({day - last - 1 for day in before})
            yield Gap(
                agent.name,
                at_least=self.rest_minutes,
                on=on,
                after=self.verb,
                carried_in=last_end(problem, agent) if row >= self.nights else None,
                in_a_row=self.nights,
                in_a_row_before=row if last == -1 else 0,
            )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            worked = spells(problem, agent, roster)
            nights = sorted(set(nights_worked(problem, agent, roster, self)))
            for run in runs(nights):
                behind = [(start, on) for start, _, on in worked if on > run[-1]]
                if len(run) < self.nights or not behind:
                    continue
                (start, on), end = behind[0], max(end for _, end, of in worked if of == run[-1])
                if on in meant and start - end < self.rest_minutes:
                    yield self.violation(
                        self.rest_minutes - (start - end),
                        text(
                            "{agent} has {rest} before the duty on {on}, after {nights} in a row; the rule "
                            "asks for {rest_minutes}",
                            agent=agent.name,
                            rest=apart_words(start - end),
                            on=on,
                            nights=counted(len(run), "night"),
                            rest_minutes=spoken("minutes", self.rest_minutes),
                        ),
                        agent=agent.name,
                        days=numbers(problem, [on]),
                    )
