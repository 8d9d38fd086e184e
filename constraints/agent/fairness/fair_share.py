"""Fair shares of days, weekends, nights and unpopular shifts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import WEEKEND
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.faults import warning
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.fields import ClockMinute, Names, OneOrMore, People, Times
from scheduler.domain.values.words import WEEKDAYS, clock_words, either, together
from scheduler.model.calendar.night_walks import is_a_night
from scheduler.model.calendar.walks import dates_meant, numbers, wall_clock
from scheduler.model.fairness.deviation import is_carried_over, shown, steps_beyond, told_of, totals_near
from scheduler.model.fairness.shares import RelativeTo, Shared, points_after, shares_of
from scheduler.model.limits.agent_limits import Block
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import NEVER, Beyond, OfTemplate, StartsOutside, Verb, Worked
from scheduler.model.rules.nights import NightRule
from scheduler.texts import text

SATURDAY = 5


class FairShare(NightRule):
    """Everyone has their fair share of ``of``, by hours and by the days on which they may work.

    What is shared out is given, or else reckoned from what is asked for. The share of each is in proportion
    to the contract's hours and to the days on which they may have what is shared; nobody's is more than they
    can have. The whole numbers around it are free; one more than that counts 1, two more 1 and 2, up to
    ``steps`` at once, and too few likewise. As a must it is kept within ``within``. What somebody had too
    much before, their points by the rule's name, is taken off their share.
    """

    template_fields = ("templates",)
    carries_points = True
    asks_by_team = True

    kind: Literal["fair_share"] = "fair_share"
    of: Literal["days", "weekends", "nights", "shifts", "starts"] = Field(
        default="days",
        description="What is shared out: days of work, such as Sundays with Only days; weekends with any "
        "work; nights; shifts of templates; shifts that start between two times.",
    )
    templates: Names = Field(default=(), description="The shift templates that are meant by shifts.")
    earliest_start_clock: ClockMinute | None = Field(
        default=None, description="Earliest start that is meant by starts; null is any."
    )
    latest_start_clock: ClockMinute | None = Field(
        default=None, description="Latest start that is meant by starts, included; null is any."
    )
    together: People | None = Field(
        default=None, description="How many there are in all; null reckons it from what is asked for."
    )
    relative_to: RelativeTo = Field(
        default="hours",
        description="What shares are in proportion to: hours of the contract and days on which each may "
        "(hours), or the days alone (days).",
    )
    within: Times = Field(default=0, description="So many from the share are free of charge.")
    steps: OneOrMore = Field(
        default=3, description="Up to how many times the price rises with each further one."
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.relative_to == "days":
            return text(
                "Everyone has their fair share of {what}, by the days on which they may work.", what=self.what
            )
        return text(
            "Everyone has their fair share of {what}, by hours and by the days on which they may work.",
            what=self.what,
        )

    @property
    def what(self) -> str:
        """What is shared out, in words."""
        match self.of:
            case "days":
                return self._days_in_words()
            case "weekends":
                return text("weekends")
            case "nights":
                return text("nights")
            case "shifts" if self.templates:
                return text("{templates} shifts", templates=either(self.templates))
            case "shifts":
                return text("shifts")
            case _:
                return self._starts_in_words()

    def _days_in_words(self) -> str:
        if self.scope.dates or (self.scope.weekdays and self.scope.holidays):
            return text("the days that are meant")
        if self.scope.holidays:
            return text("public holidays")
        if not self.scope.weekdays:
            return text("days")
        return text("days on {weekdays}", weekdays=together([WEEKDAYS[one] for one in self.scope.weekdays]))

    def _starts_in_words(self) -> str:
        since, until = self.earliest_start_clock, self.latest_start_clock
        if until is None:
            return text("starts from {since} on", since=clock_words(since or 0))
        if since is None:
            return text("starts until {until}", until=clock_words(until))
        return text("starts from {since} to {until}", since=clock_words(since), until=clock_words(until))

    @property
    def counted(self) -> Verb:
        """What says whether a day counts."""
        match self.of:
            case "nights":
                return self.verb
            case "shifts":
                return OfTemplate(frozenset(self.templates))
            case "starts":
                until = NEVER if self.latest_start_clock is None else self.latest_start_clock
                return Beyond(StartsOutside(((self.earliest_start_clock or 0, until),)), 1, None)
            case _:
                return Worked()

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """Shifts without templates, and starts without times."""
        if self.of == "shifts" and not self.templates:
            yield Finding(
                place=Place(path=("templates",)),
                message=text('the rule "{rule}" shares out shifts, and names none.', rule=self.name),
                hint=text("Give the setting templates, a list of shifts."),
            )
        if self.of == "starts" and self.earliest_start_clock is None and self.latest_start_clock is None:
            yield self.bounds_nothing(
                "earliest_start_clock", text("Give the earliest start, the latest start, or both.")
            )
        days = self.scope.days(problem)
        dates = {*self.scope.dates, *(problem.public_holidays if self.scope.holidays else ())}
        named = {*self.scope.weekdays, *(on.weekday() for on in dates)}
        if self.of == "weekends" and named and not named & WEEKEND:
            yield warning(
                ("scope", "weekdays"),
                text('the rule "{rule}" shares out weekends, and holds on none of them.', rule=self.name),
                text("Let Only days have Sat or Sun, or leave it blank."),
            )
        most = len(days) * len(self._covered(problem))
        if self.together is not None and days and not 0 < self.together <= most:
            yield warning(
                ("together",),
                text(
                    'the rule "{rule}" shares out {together} in all, and the people and days that it is for '
                    "can have {most} at most.",
                    rule=self.name,
                    together=self.together,
                    most=most,
                )
                if self.together
                else text('the rule "{rule}" shares out 0 in all: nobody is to have any.', rule=self.name),
                text("Write how many there are in all, or leave it out to have it reckoned."),
            )

    def shares(self, problem: Problem) -> dict[str, Fraction]:
        """The fair share of each who is covered, by name, less what they had too much before."""
        every = shares_of(problem, replace(self._shared(problem), carried_by=self.name))
        return {agent.name: every[agent.name] for agent in self.scope.covered_agents(problem)}

    def _shared(self, problem: Problem) -> Shared:
        """What is shared out: by those who are covered where it is given, else by all who work."""
        days = self.scope.days(problem)
        among = () if self.together is None else self._covered(problem)
        blocks = self._blocks(problem, days)
        return Shared(self.counted, days, blocks, self.together, self.relative_to, among=among)

    def _covered(self, problem: Problem) -> tuple[str, ...]:
        return tuple(agent.name for agent in self.scope.covered_agents(problem))

    def _blocks(self, problem: Problem, days: tuple[int, ...]) -> tuple[Block, ...]:
        """The weekends by day number, where weekends are shared out."""
        if self.of != "weekends":
            return ()
        weekends: dict[int, Block] = {}
        for day in days:
            later = problem.grid.weekday(day) - SATURDAY
            if later >= 0:
                weekends[day - later] = (*weekends.get(day - later, ()), day)
        return tuple(weekends.values())

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = self.scope.days(problem)
        blocks = self._blocks(problem, days)
        on = () if self.of == "weekends" else days
        if not on and not blocks:
            return
        free = [self.within + step for step in range(self.steps)]
        shares = self.shares(problem)
        for agent in self.scope.covered_agents(problem):
            yield from totals_near(agent, self.counted, shares[agent.name], free, on=on, on_any_of=blocks)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = self._dates(problem)
        shares = self.shares(problem) if meant else {}
        for name, share in shares.items():
            had = self._had(problem, roster, meant, problem.agent_named[name])
            number = self._number(had)
            amount = steps_beyond(number, share, self.within, 1, self.steps)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "fair share of {what}: {share}; {agent} has {number}",
                        what=self.what,
                        share=shown(share),
                        agent=name,
                        number=number,
                    ),
                    agent=name,
                    days=numbers(problem, had),
                )

    def points_after(self, problem: Problem, roster: Roster) -> Mapping[str, Fraction]:
        meant = self._dates(problem)
        if not meant:
            return {}
        covered = self.scope.covered_agents(problem)
        had = {one.name: self._number(self._had(problem, roster, meant, one)) for one in covered}
        if not had:
            return {}
        shared = replace(self._shared(problem), together=sum(had.values()), among=tuple(had))
        return points_after(problem, had, shares_of(problem, shared), self.name)

    def told(self, problem: Problem, roster: Roster) -> str:
        meant = self._dates(problem)
        shares = self.shares(problem) if meant else {}
        had = {
            name: self._number(self._had(problem, roster, meant, problem.agent_named[name]))
            for name in shares
        }
        return told_of(had, shares, is_carried_over(problem, self.name))

    def _dates(self, problem: Problem) -> tuple[date, ...]:
        """The dates on which something is shared out."""
        meant = dates_meant(problem, self.scope)
        return tuple(on for on in meant if self.of != "weekends" or on.weekday() >= SATURDAY)

    def _had(self, problem: Problem, roster: Roster, meant: tuple[date, ...], agent: Agent) -> list[date]:
        """The dates of the duties that count."""
        duties = (duty for duty in roster.of(agent.name) if self._counts(problem, agent, duty))
        return [on for on in (problem.grid.date(duty.day) for duty in duties) if on in meant]

    def _number(self, had: list[date]) -> int:
        return len(_weekends(had)) if self.of == "weekends" else len(had)

    def _counts(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Whether a duty is one of those that are shared out, by the clock and by its template."""
        if self.of == "nights":
            return is_a_night(problem, agent, self, duty.start, duty.end)
        if self.of == "shifts":
            return duty.template in self.templates
        if self.of == "starts":
            clock = wall_clock(problem, agent, duty)
            too_early = self.earliest_start_clock is not None and clock < self.earliest_start_clock
            return not too_early and not (
                self.latest_start_clock is not None and clock > self.latest_start_clock
            )
        return True


def _weekends(dates: list[date]) -> set[date]:
    """The Saturdays of the weekends that hold these dates."""
    return {on - timedelta(on.weekday() - SATURDAY) for on in dates}
