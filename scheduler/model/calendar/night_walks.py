"""How checks find nights in a finished roster: they cut each duty where the night begins and ends.

Called by the ``check`` of rules on nights; their ``limits`` ask with verbs instead.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.model.calendar.walks import spells
from scheduler.model.rules.nights import NightRule, NightWindowRule


def minutes_of_night(problem: Problem, agent: Agent, rule: NightWindowRule, start: int, end: int) -> int:
    """Minutes between two instants at which the agent's clock shows a time of the night."""
    grid, zone = problem.grid, problem.zone_of(agent)
    opens, closes = rule.since_clock % MINUTES_PER_DAY, rule.until_clock % MINUTES_PER_DAY
    days = range(grid.day_of(start, zone), grid.day_of(end, zone) + 1)
    turns = {grid.instant_on_day(day, clock, zone) for day in days for clock in (0, opens, closes)}
    parts = pairwise(sorted({start, end} | {turn for turn in turns if start < turn < end}))

    def is_night(clock: int) -> bool:
        return opens <= clock < closes if opens < closes else clock >= opens or clock < closes

    return sum(until - since for since, until in parts if is_night(grid.clock_minute(since, zone)))


def is_a_night(problem: Problem, agent: Agent, rule: NightRule, start: int, end: int) -> bool:
    """Whether a duty is a night."""
    return minutes_of_night(problem, agent, rule, start, end) >= rule.night_minutes


def nights_worked(problem: Problem, agent: Agent, roster: Roster, rule: NightRule) -> Iterator[date]:
    """The date of every duty that is a night, those before the horizon first; in order of time."""
    for start, end, on in spells(problem, agent, roster):
        if is_a_night(problem, agent, rule, start, end):
            yield on


def minutes_of_nights(
    problem: Problem, agent: Agent, roster: Roster, rule: NightWindowRule
) -> Iterator[tuple[date, int]]:
    """The date of every duty with its minutes of night, those before the horizon first."""
    for start, end, on in spells(problem, agent, roster):
        yield on, minutes_of_night(problem, agent, rule, start, end)
