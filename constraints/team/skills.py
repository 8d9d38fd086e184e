"""Agents count only for skills that they hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import dates_meant, intervals_by_date, numbers, spells
from scheduler.model.rules.rule import TeamRule, spoken
from scheduler.model.rules.scope import WHEN
from scheduler.texts import text

Holders = frozenset[str]
"""The skills that some agents hold in common."""


class Skills(TeamRule):
    """Agents count only for skills that they hold, and each only once.

    It has no limits: a staffing limit counts agents *allocated* to a skill, and nobody can be allocated
    to a skill that they do not hold. What the finished roster claims is checked all the same, in
    agent-minutes per interval, by Hall's condition: no set of skills may have more staff scheduled than
    agents at work who hold any of them.
    """

    unit = "hour"
    is_inherent = True
    scope_fields = WHEN
    may_give_way = False

    kind: Literal["skills"] = "skills"

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        at_work = _minutes_at_work(problem, roster)
        for on, intervals in intervals_by_date(problem, dates_meant(problem, self.scope)).items():
            beyond = 0
            for interval in intervals:
                scheduled = {skill: minutes[interval] for skill, minutes in coverage.scheduled.items()}
                supply = {held: minutes.get(interval, 0) for held, minutes in at_work.items()}
                beyond += sum(scheduled.values()) - _carried(supply, scheduled)
            if beyond:
                yield self.violation(
                    beyond,
                    text(
                        "{beyond} of work on {on} are counted for skills that nobody at work holds or has "
                        "time for",
                        beyond=spoken("minutes", beyond),
                        on=on,
                    ),
                    days=numbers(problem, [on]),
                )


def _minutes_at_work(problem: Problem, roster: Roster) -> Mapping[Holders, Mapping[int, int]]:
    """Agent-minutes at work in each interval, by the skills held."""
    at_work: dict[Holders, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    width, horizon = problem.grid.interval_minutes, problem.grid.minutes
    for agent in problem.agents:
        minutes = at_work[frozenset(agent.skills)]
        for start, end in _stretches(problem, agent, roster):
            first, last = max(0, start), min(end, horizon)
            for interval in range(first // width, -(-last // width)):
                minutes[interval] += min(last, (interval + 1) * width) - max(first, interval * width)
    return at_work


def _stretches(problem: Problem, agent: Agent, roster: Roster) -> Iterator[tuple[int, int]]:
    """Stretches of work; a duty from before the horizon is taken to have no breaks inside it."""
    for start, end, on in spells(problem, agent, roster):
        if on < problem.grid.first_day:
            yield start, end
    for duty in roster.of(agent.name):
        yield from duty.stretches()


def _carried(supply: Mapping[Holders, int], wanted: Mapping[str, int]) -> int:
    """The most minutes that holders can work on skills they hold: a maximum flow by augmenting paths."""
    left, need = dict(supply), {skill: minutes for skill, minutes in wanted.items() if minutes > 0}
    given: dict[tuple[Holders, str], int] = defaultdict(int)
    carried = 0
    for skill in need:
        while need[skill] > 0:
            path = _augmenting(skill, left, given)
            if path is None:
                break
            room = min([need[skill], left[path[-1][0]], *(given[held, to] for held, to in _moved(path))])
            for held, to in path:
                given[held, to] += room
            for held, to in _moved(path):
                given[held, to] -= room
            left[path[-1][0]] -= room
            need[skill] -= room
            carried += room
    return carried


def _moved(path: list[tuple[Holders, str]]) -> list[tuple[Holders, str]]:
    """The skill that each holder of a path gives up and the next one takes over."""
    return [(held, path[place + 1][1]) for place, (held, _) in enumerate(path[:-1])]


def _augmenting(
    skill: str, left: Mapping[Holders, int], given: Mapping[tuple[Holders, str], int]
) -> list[tuple[Holders, str]] | None:
    """A chain of holders: the first takes ``skill``, each next one what the one before gives up."""
    paths: list[list[tuple[Holders, str]]] = [[(held, skill)] for held in left if skill in held]
    seen = {path[-1][0] for path in paths}
    for path in paths:
        giver = path[-1][0]
        if left[giver] > 0:
            return path
        for (held, other), minutes in given.items():
            if held == giver and minutes > 0:
                for taker in left:
                    if other in taker and taker not in seen:
                        seen.add(taker)
                        paths.append([*path, (taker, other)])
    return None
