"""Weekends: how many are worked, how many in a row, and whether both days are."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import dates_away, days_away
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import OneOrMore, Times, Weekdays
from scheduler.domain.values.words import counted
from scheduler.model.calendar.history import days_worked, templates_worked
from scheduler.model.calendar.walks import ONE_DAY, beyond, dates_meant, numbers, past_dates, worked_dates
from scheduler.model.limits.kinds import Block, Limit, Pair, Run, Total
from scheduler.model.limits.verbs import Free, OfTemplate, Worked
from scheduler.model.rules.rule import EVERY_DAY_SCOPE, AgentRule
from scheduler.texts import text


class Weekends(AgentRule):
    """At most ``at_most`` weekends are worked, ``in_a_row`` in a row; whole: ``whole``; alike: ``alike``.

    A weekend that began before the horizon and was worked there counts as worked. What was
    worked before it is held against nobody. A day away is no work, and a day beside one is exempt from
    ``whole``: who is sick on Sunday need not be off on Saturday.
    """

    scope_fields = EVERY_DAY_SCOPE

    kind: Literal["weekends"] = "weekends"
    weekend_days: Weekdays = Field(
        default=(5, 6),
        min_length=1,
        max_length=6,
        description="Weekdays in a row that make a weekend, 0 for Monday to 6 for Sunday.",
    )
    at_most: Times | None = Field(
        default=None,
        examples=[2],
        description="Most weekends with any work that the horizon may hold; null is no limit.",
    )
    in_a_row: OneOrMore | None = Field(
        default=None,
        description="Most weekends with any work in a row, those before the "
        "horizon included; null is no limit.",
    )
    at_least_in_a_row: OneOrMore | None = Field(
        default=None,
        description="Least weekends with any work in a row, once there is one; those at the edges of what is "
        "known may be more than are seen. null is no limit.",
    )
    whole: bool = Field(
        default=False,
        description="Whether both days of a weekend are worked or neither; each "
        "change between two neighbouring days counts.",
    )
    alike: bool = Field(
        default=False,
        description="Whether neighbouring days of a weekend that are both worked have shifts of one "
        "template; each change between two of them counts.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        parts = [
            text("at most {at_most} worked in all", at_most=self.at_most) if self.at_most is not None else "",
            text("at most {in_a_row} in a row", in_a_row=self.in_a_row) if self.in_a_row is not None else "",
            text("at least {least} in a row", least=self.at_least_in_a_row)
            if self.at_least_in_a_row is not None
            else "",
            text("all days or none") if self.whole else "",
            text("one shift on all days") if self.alike else "",
        ]
        return text(
            "Weekends: {parts}.", parts=", ".join(part for part in parts if part) or text("as they come")
        )

    @property
    def looks_back_days(self) -> int:
        return super().looks_back_days * (1 + max(self.in_a_row or 0, self.at_least_in_a_row or 0))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A rule that asks for nothing."""
        bounds = (self.at_most, self.in_a_row, self.at_least_in_a_row)
        if bounds == (None, None, None) and not self.whole and not self.alike:
            yield self.bounds_nothing("at_most", text("Give at_most, in_a_row, whole, or alike."))

    def limits(self, problem: Problem) -> Iterator[Limit]:
        grid, days = problem.grid, self.scope.days(problem)
        blocks = _blocks([day for day in days if grid.weekday(day) in self.weekend_days])
        began_before = bool(blocks) and blocks[0][0] == 0 and self._in_weekend(problem, -1)
        for agent in self.scope.covered_agents(problem):
            past = days_worked(problem, agent) if days and days[0] == 0 else frozenset()
            before = self._blocks_before(problem, past)
            open_blocks, carried_in = blocks, 0
            if began_before and before and before[-1][-1] == -1:
                cut = before.pop()
                if not past.isdisjoint(cut):
                    open_blocks, carried_in = blocks[1:], 1
            if self.at_most is not None and open_blocks:
                at_most = max(self.at_most, carried_in)
                yield Total(
                    agent.name, of=Worked(), on_any_of=open_blocks, at_most=at_most, carried_in=carried_in
                )
            if (self.in_a_row, self.at_least_in_a_row) != (None, None) and open_blocks:
                for block in reversed(before):
                    if past.isdisjoint(block):
                        break
                    carried_in += 1
                yield Run(
                    agent.name,
                    of=Worked(),
                    over=open_blocks,
                    at_least=self.at_least_in_a_row,
                    at_most=self.in_a_row,
                    carried_in=carried_in if past else None,
                )
            if self.whole:
                away = days_away(problem, agent)
                yield from self._whole(agent, blocks, past, began_before, away)
            if self.alike:
                yield from _alike(problem, agent, blocks, began_before)

    def _in_weekend(self, problem: Problem, day: int) -> bool:
        return problem.grid.weekday(day) in self.weekend_days

    def _blocks_before(self, problem: Problem, past: frozenset[int]) -> list[Block]:
        """Weekends before the horizon, as far back as the history reaches."""
        known = range(min(past) - 6, 0) if past else ()
        return list(_blocks([day for day in known if self._in_weekend(problem, day)]))

    def _whole(
        self,
        agent: Agent,
        blocks: tuple[Block, ...],
        past: frozenset[int],
        began_before: bool,
        away: frozenset[int],
    ) -> Iterator[Limit]:
        for block in blocks:
            for day, following in pairwise(block):
                if away.isdisjoint((day, following)):
                    yield Pair(agent.name, Worked(), day, Free(), following)
                    yield Pair(agent.name, Free(), day, Worked(), following)
        if began_before and past and away.isdisjoint((-1, 0)):
            if -1 in past:
                yield Total(agent.name, of=Worked(), on=(0,), at_least=1)
            else:
                yield Total(agent.name, of=Worked(), on=(0,), at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        weekends = self._by_first_date(meant)
        if not weekends:
            return
        for agent in self.scope.covered_agents(problem):
            past = past_dates(problem, agent, meant)
            worked = worked_dates(problem, agent, roster, meant)
            first_dates = set(self._by_first_date(tuple(worked)))
            known = {first for first in self._by_first_date(tuple(past)) if first in weekends}
            planned = (first_dates & set(weekends)) - known
            amount = beyond(len(known), len(planned), None, self.at_most)
            if amount:
                how_many = counted(len(known | planned), "weekend")
                yield self.violation(
                    amount,
                    text(
                        "{agent} works {how_many}; the rule allows at most {at_most}",
                        agent=agent.name,
                        how_many=how_many,
                        at_most=self.at_most,
                    ),
                    agent=agent.name,
                    days=numbers(problem, sorted(planned)),
                )
            yield from self._check_rows(problem, agent, first_dates, planned)
            yield from self._check_short_rows(problem, agent, first_dates, weekends, bool(past))
            if self.whole:
                yield from self._check_whole(problem, agent, weekends, past, set(worked))
            if self.alike:
                yield from self._check_alike(problem, agent, weekends, roster)

    def _check_rows(
        self, problem: Problem, agent: Agent, first_dates: set[date], planned: set[date]
    ) -> Iterator[Violation]:
        """Weekends worked in a row: each row is walked from its first weekend."""
        for first in sorted(first_dates):
            if self.in_a_row is None or self._next_weekend(first, -1) in first_dates:
                continue
            row = [first]
            while (following := self._next_weekend(row[-1], 1)) in first_dates:
                row.append(following)
            if len(row) > self.in_a_row and not planned.isdisjoint(row):
                yield self.violation(
                    len(row) - self.in_a_row,
                    text(
                        "{agent} works {number} weekends in a row from {first}; the rule allows at most "
                        "{in_a_row}",
                        agent=agent.name,
                        number=len(row),
                        first=row[0],
                        in_a_row=self.in_a_row,
                    ),
                    agent=agent.name,
                    days=numbers(problem, row),
                )

    def _check_short_rows(
        self,
        problem: Problem,
        agent: Agent,
        first_dates: set[date],
        weekends: dict[date, list[date]],
        past_is_known: bool,
    ) -> Iterator[Violation]:
        """Rows of weekends that are too short, each walked back from the first one that is off."""
        for free in sorted(set(weekends) - first_dates):
            row: list[date] = []
            while (before := self._next_weekend(row[0] if row else free, -1)) in first_dates:
                row.insert(0, before)
            lacking = (self.at_least_in_a_row or 0) - len(row)
            if row and lacking > 0 and (past_is_known or row[0] > min(weekends)):
                yield self.violation(
                    lacking,
                    text(
                        "{agent} works only {weekends} in a row from {first}; the rule asks for at least "
                        "{least}",
                        agent=agent.name,
                        weekends=counted(len(row), "weekend"),
                        first=row[0],
                        least=self.at_least_in_a_row,
                    ),
                    agent=agent.name,
                    days=numbers(problem, row),
                )

    def _check_whole(
        self,
        problem: Problem,
        agent: Agent,
        weekends: dict[date, list[date]],
        past: list[date],
        worked: set[date],
    ) -> Iterator[Violation]:
        """Changes between work and no work inside a weekend, on its known days."""
        away = dates_away(problem, agent)
        for first, dates in weekends.items():
            seen = dates
            if past and first < problem.grid.first_day:
                seen = [problem.grid.first_day - ONE_DAY, *dates]
            changes = [
                later
                for day, later in pairwise(seen)
                if (day in worked) != (later in worked) and away.isdisjoint((day, later))
            ]
            if changes:
                yield self.violation(
                    len(changes),
                    text(
                        "{agent} works only a part of the weekend of {first}", agent=agent.name, first=first
                    ),
                    agent=agent.name,
                    days=numbers(problem, dates),
                )

    def _check_alike(
        self, problem: Problem, agent: Agent, weekends: dict[date, list[date]], roster: Roster
    ) -> Iterator[Violation]:
        """Neighbouring days of a weekend with different shifts."""
        first_planned = problem.grid.first_day
        shifts = {problem.grid.date(duty.day): duty.template for duty in roster.of(agent.name)}
        if first_planned in (on for dates in weekends.values() for on in dates):
            shifts |= {
                past.day: past.template
                for past in agent.history
                if past.day < first_planned and past.template
            }
        for dates in weekends.values():
            changes = [
                on
                for on in dates
                if (on - ONE_DAY).weekday() in self.weekend_days
                and (on - ONE_DAY in dates or on == first_planned)
                and len({shifts[day] for day in (on - ONE_DAY, on) if day in shifts}) > 1
            ]
            if changes:
                yield self.violation(
                    len(changes),
                    text(
                        "{agent} works different shifts on the weekend of {first}",
                        agent=agent.name,
                        first=dates[0],
                    ),
                    agent=agent.name,
                    days=numbers(problem, dates),
                )

    def _by_first_date(self, dates: tuple[date, ...]) -> dict[date, list[date]]:
        """Weekend dates by the date that their weekend begins on."""
        weekends: dict[date, list[date]] = {}
        for on in dates:
            if on.weekday() in self.weekend_days:
                first = on
                while (first - ONE_DAY).weekday() in self.weekend_days:
                    first -= ONE_DAY
                weekends.setdefault(first, []).append(on)
        return weekends

    def _next_weekend(self, first: date, step: int) -> date:
        """The first date of the next weekend, or of the one before where ``step`` is -1."""
        on = first + step * ONE_DAY
        while on.weekday() not in self.weekend_days or (on - ONE_DAY).weekday() in self.weekend_days:
            on += step * ONE_DAY
        return on


def _alike(problem: Problem, agent: Agent, blocks: tuple[Block, ...], began_before: bool) -> Iterator[Limit]:
    """One shift bars all others on the next day of the weekend."""
    names = frozenset(problem.template_named)
    for name in problem.template_named if len(names) > 1 else ():
        one, others = OfTemplate(frozenset((name,))), OfTemplate(names - {name})
        for block in blocks:
            for day, following in pairwise(block):
                yield Pair(agent.name, one, day, others, following)
        if began_before and (-1, name) in templates_worked(problem, agent):
            yield Total(agent.name, of=others, on=(0,), at_most=0)


def _blocks(days: list[int]) -> tuple[Block, ...]:
    """Day numbers in order, cut where one is missing."""
    runs = groupby(enumerate(days), key=lambda placed: placed[1] - placed[0])
    return tuple(tuple(day for _, day in run) for _, run in runs)
