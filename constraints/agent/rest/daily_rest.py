"""Rest between one duty and the next."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import PositiveMinutes
from scheduler.model.calendar.history import last_end, last_start
from scheduler.model.calendar.walks import dates_meant, numbers, spells
from scheduler.model.limits.kinds import Gap, Limit
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.model.rules.words import apart_words
from scheduler.texts import text


class DailyRest(AgentRule):
    """Everyone rests at least ``rest_minutes`` between one duty and the next.

    Between duties any time counts, that of an absence too: nobody worked in it.
    """

    unit = "hour"
    rests_between = True
    breaks_for_good = "times"

    kind: Literal["daily_rest"] = "daily_rest"
    rest_minutes: PositiveMinutes = Field(
        default=660, description="Least rest in minutes; exactly so much is enough."
    )
    between: Literal["end_to_start", "start_to_start"] = Field(
        default="end_to_start",
        description="What is measured: end_to_start is rest, start_to_start the distance between two starts.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.between == "start_to_start":
            return text(
                "From one start to the next are at least {rest_minutes}.",
                rest_minutes=spoken("minutes", self.rest_minutes),
            )
        return super().sentence

    def limits(self, problem: Problem) -> Iterator[Limit]:
        on = self.scope.days(problem)
        since: Literal["end", "start"] = "end" if self.between == "end_to_start" else "start"
        last = last_end if since == "end" else last_start
        for agent in self.scope.covered_agents(problem) if on else ():
            yield Gap(
                agent.name,
                at_least=self.rest_minutes,
                on=on,
                since=since,
                carried_in=last(problem, agent),
            )

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            for (start, end, _), (next_start, _, on) in pairwise(spells(problem, agent, roster)):
                had = next_start - (end if self.between == "end_to_start" else start)
                if on in meant and had < self.rest_minutes:
                    yield self.violation(
                        self.rest_minutes - had,
                        text(
                            "{agent} has {says} before the duty on {on}; the rule asks for {rest_minutes}",
                            agent=agent.name,
                            says=apart_words(had),
                            on=on,
                            rest_minutes=spoken("minutes", self.rest_minutes),
                        ),
                        agent=agent.name,
                        days=numbers(problem, [on]),
                    )
