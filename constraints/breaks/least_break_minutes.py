"""How much break a shift has at least, by the length of its work."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import PlacedBreak, Roster
from scheduler.domain.values.fields import Minutes, PositiveMinutes
from scheduler.model.calendar.walks import duties_meant
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import BreaksShort, WorkBasis
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.texts import text


class LeastBreakMinutes(AgentRule):
    """Whoever works more than ``over_minutes`` has breaks of at least ``at_least_minutes`` in all.

    With ``for_each_minutes`` that is due for each so many minutes of work: 5 min an hour. A break that is
    shorter than ``piece_at_least_minutes`` does not count; nor do two make one where they follow each other.
    Shifts of one day are looked at each by itself.
    """

    unit = "hour"

    kind: Literal["least_break_minutes"] = "least_break_minutes"
    over_minutes: Minutes = Field(
        default=360,
        description="Work beyond which breaks are due, in minutes; exactly so much has none. From 6 h on is "
        "over 5 h 59 min.",
    )
    at_least_minutes: PositiveMinutes = Field(
        default=30, description="Least minutes of break in all; exactly so much is enough."
    )
    piece_at_least_minutes: Minutes = Field(
        default=0, description="Least minutes of a break that counts; 0 counts all."
    )
    for_each_minutes: PositiveMinutes | None = Field(
        default=None,
        exclude_if=lambda said: said is None,
        description="Minutes of work for each of which at_least_minutes are due, such as 60; a part of them "
        "asks for none. Null asks once for all.",
    )
    counts: Literal["any", "paid", "unpaid"] = Field(
        default="any", description="Which breaks count: paid rests, unpaid meals, or any."
    )
    basis: WorkBasis = Field(
        default="work",
        description="How work is counted: work is minutes without any break, work_and_short_breaks those "
        "without the breaks that are long enough, paid is paid minutes, elapsed is from start to end.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        over, least = spoken("minutes", self.over_minutes), spoken("minutes", self.at_least_minutes)
        breaks = {"any": text("breaks"), "paid": text("paid breaks"), "unpaid": text("unpaid breaks")}
        if self.for_each_minutes:
            least = text(
                "{least} for each {work} of it", least=least, work=spoken("minutes", self.for_each_minutes)
            )
        if not self.piece_at_least_minutes:
            return text(
                "Whoever works more than {over} has {breaks} of at least {least} in all.",
                over=over,
                breaks=breaks[self.counts],
                least=least,
            )
        return text(
            "Whoever works more than {over} has {breaks} of at least {least} in all, each of {piece} or "
            "more.",
            over=over,
            breaks=breaks[self.counts],
            least=least,
            piece=spoken("minutes", self.piece_at_least_minutes),
        )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        paid = None if self.counts == "any" else self.counts == "paid"
        of = BreaksShort(
            self.over_minutes,
            self.at_least_minutes,
            self.piece_at_least_minutes,
            paid,
            self.basis,
            self.for_each_minutes or 0,
        )
        days = self.scope.days(problem)
        for agent in self.scope.covered_agents(problem):
            for day in days:
                yield Total(agent.name, of=of, on=(day,), at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        is_paid = self.counts == "paid"
        for agent, duty, on in duties_meant(problem, self.scope, roster):
            long_enough = [
                pause for pause in duty.breaks if pause.end - pause.start >= self.piece_at_least_minutes
            ]
            taken = _minutes(one for one in long_enough if self.counts == "any" or one.paid == is_paid)
            work = duty.end - duty.start
            if self.basis == "work":
                work -= _minutes(duty.breaks)
            elif self.basis == "work_and_short_breaks":
                work -= _minutes(long_enough)
            elif self.basis == "paid":
                work -= _minutes(pause for pause in duty.breaks if not pause.paid)
            times = work // self.for_each_minutes if self.for_each_minutes else 1
            least = times * self.at_least_minutes
            if work > self.over_minutes and taken < least:
                yield self.violation(
                    least - taken,
                    text(
                        "{agent} works {work} on {on}; {taken} of its breaks count, and {least} is the least",
                        agent=agent.name,
                        work=spoken("minutes", work),
                        on=on,
                        taken=spoken("minutes", taken),
                        least=spoken("minutes", least),
                    ),
                    agent=agent.name,
                    days=(duty.day,),
                )


def _minutes(breaks: Iterable[PlacedBreak]) -> int:
    return sum(pause.end - pause.start for pause in breaks)
