"""Service levels over a day or a week, recounted: what agents answer in time, and what a roster reaches.

Erlang C from the Poisson distribution: with ``A`` erlangs and ``n`` agents a caller waits with probability
``p(n) / (p(n) + (1 - A / n) P(n - 1))``, where ``p`` and ``P`` are its probabilities, single and summed up
(Cooper, Introduction to Queueing Theory, 1981, section 3.5). :mod:`scheduler.demand` has a recursion instead.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, exp, floor, lgamma, log

from scheduler.domain.facts.goal_tables import THOUSAND, GoalTable
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.reached import GoalService
from scheduler.model.limits.kinds import Allocated, Level
from scheduler.texts import text
from scheduler.verifier.recount.requirement import SkillRecount

_HAIR = 1e-7
"""Thousandths of a contact, of each contact, by which two ways of computing may differ."""
_NO_WORK = 1e-9


def goal_table_mismatches(problem: Problem) -> tuple[str, ...]:
    """What is stated of answers in time and does not follow from the volumes; counted once a problem."""
    if not any(goal.is_together for goal in problem.service_goals) and not problem.goal_tables:
        return ()
    if "goals" not in problem.requirement_recounted:
        problem.requirement_recounted["goals"] = tuple(_mismatches(problem))
    return problem.requirement_recounted["goals"]


def _mismatches(problem: Problem) -> Iterator[str]:
    volumes = {one.skill: one for one in problem.volumes}
    stated = {(one.goal, one.days): one for one in problem.goal_tables}
    expected = set()
    for row, goal in enumerate(problem.service_goals):
        if not goal.is_together or goal.skill not in volumes:
            continue
        recount = SkillRecount(problem, volumes[goal.skill], ())
        by_period: dict[tuple[int, ...], list[int]] = {}
        for days in problem.weeks if goal.per == "week" else [(day,) for day in range(problem.grid.days)]:
            for at, contacts in enumerate(recount.contacts):
                if (
                    contacts
                    and recount.goals[at] is goal
                    and problem.grid.day_of(at * problem.grid.interval_minutes) in days
                ):
                    by_period.setdefault(tuple(days), []).append(at)
        for days, intervals in by_period.items():
            expected.add((row, days))
            table = stated.get((row, days))
            if table is None or not _is_right(table, recount, intervals):
                yield text(
                    'what agents answer in time for "{skill}" from {first} on is stated otherwise than its '
                    "volumes come to.",
                    skill=goal.skill,
                    first=problem.grid.date(days[0]),
                )
    unknown = [one.name for key, one in stated.items() if key not in expected]
    if unknown or len(stated) < len(problem.goal_tables):
        yield text(
            'there is no service goal that "{name}" could be.',
            name=(unknown or [problem.goal_tables[0].name])[0],
        )


def _is_right(table: GoalTable, recount: SkillRecount, intervals: list[int]) -> bool:
    """Whether all that a table states follows from the volumes."""
    goal = recount.problem.service_goals[table.goal]
    offered = sum(Fraction(recount.contacts[at]) for at in intervals) * 1000
    share = Fraction(round((goal.service_level_percent or 0) * 100), 10_000)
    if (list(table.intervals), table.skill) != (intervals, goal.skill):
        return False
    if (table.offered, table.asked) != (ceil(offered), ceil(offered * share)):
        return False
    if not len(intervals) == len(table.fewest) == len(table.answered):
        return False
    known: set[tuple[float, float, int, int, tuple[int, ...]]] = set()
    for at, fewest, numbers in zip(intervals, table.fewest, table.answered, strict=True):
        key = recount.contacts[at], recount.aht[at], recount.hundredths[at], fewest, numbers
        if key not in known and not _interval_is_right(
            *key, seconds=recount.minutes * 60, within=goal.within_seconds or 0.0
        ):
            return False
        known.add(key)
    return True


def _interval_is_right(
    contacts: float,
    aht: float,
    taken: int,
    fewest: int,
    numbers: tuple[int, ...],
    *,
    seconds: float,
    within: float,
) -> bool:
    """Whether the numbers of one interval are those of Erlang C, rounded down."""
    erlangs = contacts * aht / seconds
    if not numbers:
        return False
    if erlangs <= _NO_WORK:
        return fewest == 0 and numbers == (floor(Fraction(contacts) * 1000),)
    left = 10_000 - taken
    if not (fewest - 1) * left < (floor(erlangs) + 1) * 10_000 <= fewest * left:
        return False
    levels = _levels(erlangs, within / aht, (fewest + len(numbers)) * left // 10_000 + 1)
    hair = _HAIR * max(1.0, contacts)
    for agents, stated in enumerate(numbers, start=fewest):
        whole, part = divmod(agents * left, 10_000)
        level = (levels[whole] * (10_000 - part) + levels[whole + 1] * part) / 10_000
        exact = max(0.0, 1000 * contacts * level)
        if not exact - 1 - hair < stated <= exact + hair:
            return False
    return numbers[-1] >= floor(Fraction(contacts) * 1000) - 1


def _levels(erlangs: float, handling_times: float, most: int) -> list[float]:
    """The service level of 0, 1, .. most agents."""
    levels, fewer = [], 0.0
    for agents in range(most + 1):
        single = exp(agents * log(erlangs) - erlangs - lgamma(agents + 1))
        if agents <= erlangs:
            levels.append(0.0)
        else:
            idle = (1 - erlangs / agents) * fewer
            waiting = single / (single + idle) if single else 0.0
            levels.append(1 - waiting * exp(-(agents - erlangs) * handling_times))
        fewer += single
    return levels


def count_goals(problem: Problem, allocated: Allocated) -> tuple[GoalService, ...]:
    """Each goal with what is reached."""
    return tuple(_count(problem, table, list(allocated[table.skill])) for table in problem.goal_tables)


def _count(problem: Problem, table: GoalTable, levels: list[Level]) -> GoalService:
    goal, width = problem.service_goals[table.goal], problem.grid.interval_minutes
    position = {interval: number for number, interval in enumerate(table.intervals)}
    answered = scheduled = 0
    for interval, minutes, agents in _by_interval(levels, width):
        if interval in position:
            scheduled += agents * minutes
            answered += minutes * _in_time(table, position[interval], agents)
    return GoalService(
        name=table.name,
        skill=table.skill,
        percent=goal.service_level_percent or 0.0,
        within_seconds=goal.within_seconds or 0.0,
        offered=table.offered,
        asked=table.asked,
        in_time=answered // width,
        scheduled=scheduled,
        in_every_interval=width * sum(_everywhere(problem, table)),
    )


def _by_interval(levels: list[Level], width: int) -> Iterator[tuple[int, int, int]]:
    """Interval, minutes and agents; nobody comes or goes in between."""
    for start, end, agents in levels:
        at = start
        while at < end:
            until = min(end, (at // width + 1) * width)
            yield at // width, until - at, agents
            at = until


def _in_time(table: GoalTable, position: int, agents: int) -> int:
    numbers, fewest = table.answered[position], table.fewest[position]
    return numbers[min(agents - fewest, len(numbers) - 1)] if agents >= fewest else 0


def _everywhere(problem: Problem, table: GoalTable) -> Iterator[int]:
    """Fewest agents in each interval who answer the agreed share of its own contacts."""
    share = (problem.service_goals[table.goal].service_level_percent or 0.0) / 100
    contacts = next(one.contacts for one in problem.volumes if one.skill == table.skill)
    for interval, fewest, numbers in zip(table.intervals, table.fewest, table.answered, strict=True):
        wanted = share * THOUSAND * (contacts[interval] or 0.0)
        # a table is rounded down to whole thousandths
        enough = next((more for more, number in enumerate(numbers) if number + 1 > wanted), len(numbers))
        yield fewest + enough
