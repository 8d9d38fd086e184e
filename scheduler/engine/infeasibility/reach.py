"""What single agents may and must work in a week by their totals: the figures that a planner adds up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, groupby
from typing import NamedTuple

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.words import counted, from_to_days, hours_words
from scheduler.engine.infeasibility.next_step import places_of
from scheduler.model import AgentRule, Rule, Run, Total
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import Free, PaidMinutes, Worked
from scheduler.texts import text


class Reach(NamedTuple):
    """What an agent may and must work in a week, each by itself a bound that no legal week is beyond.

    Parameters
    ----------
    least_minutes, most_minutes
        Paid ones.
    least_days, most_days
        Days with a duty.
    shortest_minutes, longest_minutes
        Paid ones of the shifts that the contract has in that week; 0 where it has none.
    """

    least_minutes: int
    most_minutes: int
    least_days: int
    most_days: int
    shortest_minutes: int
    longest_minutes: int

    @property
    def duties_needed(self) -> int:
        """Duties that it takes at least."""
        return max(
            self.least_days, -(-self.least_minutes // self.longest_minutes) if self.longest_minutes else 0
        )

    @property
    def duties_possible(self) -> int:
        """Duties that there may be at most."""
        return min(self.most_days, self.most_minutes // self.shortest_minutes) if self.shortest_minutes else 0


class Reaches:
    """The totals of rules that must be kept, by agent."""

    def __init__(self, problem: Problem, rules: Iterable[Rule]) -> None:
        self._problem = problem
        self._totals: dict[str, list[Total]] = defaultdict(list)
        for rule in rules:
            for limit in rule.limits(problem) if rule.is_must and isinstance(rule, AgentRule) else ():
                if isinstance(limit, Total) and limit.price is None and limit.on and not limit.on_any_of:
                    self._totals[limit.agent].append(limit)

    def of(self, agent: Agent, week: Sequence[int]) -> Reach:
        """What an agent may and must work in a week: a shift a day, and what the totals say of it."""
        contract, days = self._problem.contract_of(agent), list[int]()
        paid = list[int]()
        for day in week:
            shifts = self._problem.shifts_of(contract, day)
            of_day = [one.paid_minutes(length) for one in shifts for length in one.lengths]
            paid += of_day
            days.append(max(of_day, default=0))
        most, least, least_days, most_days = sum(days), 0, 0, sum(minutes > 0 for minutes in days)
        for limit in self._totals[agent.name]:
            if limit.at_most is not None and set(week) <= set(limit.on):
                left = max(0, limit.at_most - limit.carried_in)
                if limit.of == PaidMinutes():
                    most = min(most, left)
                elif limit.of == Worked():
                    most_days = min(most_days, left)
            if limit.at_least is not None and set(limit.on) <= set(week):
                left = limit.at_least - limit.carried_in
                if limit.of == PaidMinutes():
                    least = max(least, left)
                elif limit.of == Worked():
                    least_days = max(least_days, left)
        most = min(most, sum(sorted(days, reverse=True)[:most_days]))
        return Reach(least, most, least_days, most_days, min(paid, default=0), max(paid, default=0))


def hours_against_days(problem: Problem, agent: Agent, rules: Sequence[Rule]) -> str:
    """The sum of one agent's first week whose hours and days exclude each other, and what to change.

    Empty if none does. Of the days the week is looked at alone: which of them may be worked together by the
    limits on days of work and days off.
    """
    reaches, limits = Reaches(problem, rules), list(_limits_on_days(problem, agent, rules))
    of_hours = [rule for rule in rules if any(_of_hours(limit) for limit in rule.limits(problem))]
    of_days = [rule for rule in rules if any(_of_days(limit) for limit in rule.limits(problem))]
    for week in problem.weeks:
        reach, paid = reaches.of(agent, week), _paid_by_day(problem, agent, week)
        worked = [days for days in _subsets(paid) if all(_may_be(limit, week, days) for limit in limits)]
        if not worked or not of_hours or not of_days:
            continue
        when = from_to_days(problem.grid.date(week[0]), problem.grid.date(week[-1]))
        hours, days = places_of(of_hours), places_of(of_days)
        most = max(([max(paid[day]) for day in some] for some in worked), key=sum)
        if sum(most) < reach.least_minutes:
            return text(
                "{parts} is {sum} {when}, and at least {asked} must be paid. Ask for {sum} or less "
                "in {hours}, or let {days} allow more.",
                parts=_parts(most),
                sum=hours_words(sum(most)),
                asked=hours_words(reach.least_minutes),
                when=when,
                hours=hours,
                days=days,
            )
        fewest = min(([min(paid[day]) for day in some] for some in worked), key=sum)
        if sum(fewest) > reach.most_minutes:
            return text(
                "{parts} is {sum} {when}, and at most {asked} may be paid. Allow {sum} or more in "
                "{hours}, or let {days} ask for less.",
                parts=_parts(fewest),
                sum=hours_words(sum(fewest)),
                asked=hours_words(reach.most_minutes),
                when=when,
                hours=hours,
                days=days,
            )
    return ""


def _limits_on_days(problem: Problem, agent: Agent, rules: Iterable[Rule]) -> Iterator[Total | Run]:
    for rule in rules:
        for limit in rule.limits(problem) if isinstance(rule, AgentRule) else ():
            if isinstance(limit, Total | Run) and limit.agent == agent.name and _of_days(limit):
                yield limit


def _of_days(limit: Limit) -> bool:
    return isinstance(limit, Total | Run) and limit.price is None and limit.of in (Worked(), Free())


def _of_hours(limit: Limit) -> bool:
    return isinstance(limit, Total) and limit.price is None and limit.of == PaidMinutes()


def _paid_by_day(problem: Problem, agent: Agent, week: Sequence[int]) -> dict[int, list[int]]:
    """Paid minutes of the shifts of each day that has any."""
    contract = problem.contract_of(agent)
    of_days = {
        day: [one.paid_minutes(length) for one in problem.shifts_of(contract, day) for length in one.lengths]
        for day in week
    }
    return {day: paid for day, paid in of_days.items() if paid}


def _subsets(days: Iterable[int]) -> Iterator[frozenset[int]]:
    every = list(days)
    return map(frozenset, chain.from_iterable(combinations(every, size) for size in range(len(every) + 1)))


def _may_be(limit: Total | Run, week: Sequence[int], worked: frozenset[int]) -> bool:
    """Whether just these days of the week may be worked, as far as this limit says it of the week alone."""
    holds = worked if limit.of == Worked() else frozenset(week) - worked
    if isinstance(limit, Total):
        counted_in = limit.carried_in + len(holds.intersection(limit.on))
        counted_in += sum(not holds.isdisjoint(block) for block in limit.on_any_of)
        is_whole = set(week).issuperset(chain(limit.on, *limit.on_any_of))
        return (limit.at_most is None or counted_in <= limit.at_most) and (
            limit.at_least is None or not is_whole or counted_in >= limit.at_least
        )
    known = [block for block in limit.over if set(week).issuperset(block)]
    runs = [
        (held, [*run])
        for held, run in groupby(range(len(known)), key=lambda at: not holds.isdisjoint(known[at]))
    ]
    lengths = [(len(run), run[0] > 0 and run[-1] < len(known) - 1) for held, run in runs if held]
    if known and limit.over[0] == known[0] and limit.carried_in and runs[0][0]:
        lengths[0] = (lengths[0][0] + limit.carried_in, False)
    return all(
        (limit.at_most is None or length <= limit.at_most)
        and (limit.at_least is None or not is_inside or length >= limit.at_least)
        for length, is_inside in lengths
    )


def _parts(minutes: Sequence[int]) -> str:
    """The sum as a planner adds it up: ``8 h × 4 days + 6 h × 1 day``."""
    return " + ".join(
        text("{hours} × {days}", hours=hours_words(paid), days=counted(times, "day"))
        for paid, times in sorted(Counter(minutes).items(), reverse=True)
    ) or text("no day")
