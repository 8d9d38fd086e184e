"""Checks of headcounts and of wishes for shifts."""

from collections.abc import Iterator

from scheduler.domain.agent import Agent, ShiftWish
from scheduler.domain.checks.clock import Clock, has_no_start
from scheduler.domain.checks.faults import Path, error, warning
from scheduler.domain.findings import Finding
from scheduler.domain.problem import Headcount, Problem
from scheduler.domain.words import counted


def headcount_faults(problem: Problem) -> Iterator[Finding]:
    """Headcounts that do not have a number for every day."""
    days = problem.grid.days
    for index, wanted in enumerate(problem.headcounts):
        if len(wanted.required) != days:
            yield error(
                ("headcounts", index, "required"),
                f'the headcount of "{wanted.row}" has {counted(len(wanted.required), "number")}, '
                f"but the horizon has {counted(days, 'day')}.",
            )


def headcount_supply_faults(problem: Problem) -> Iterator[Finding]:
    """People who are asked for and do not exist, reported once per headcount."""
    for index, wanted in enumerate(problem.headcounts):
        template = problem.template_named[wanted.template]
        asked = [(day, number) for day, number in enumerate(wanted.required) if number]
        idle = [day for day, _ in asked if problem.grid.weekday(day) not in template.weekdays]
        path = ("headcounts", index, "required")
        if idle:
            yield warning(
                (*path, idle[0]),
                f'"{wanted.row}": people are asked for on {problem.grid.date(idle[0])}, but shift '
                f'"{template.name}" may not start on that weekday.',
            )
        can = sum(_can_count(problem, agent, wanted) for agent in problem.agents)
        short = [(day, number) for day, number in asked if number > can]
        if short:
            day, number = short[0]
            on = problem.grid.date(day)
            yield warning(
                (*path, day), f'"{wanted.row}": {number} asked for on {on}, but only {can} can work it.'
            )


def wish_faults(problem: Problem, path: Path, agent: Agent) -> Iterator[Finding]:
    """Wishes of one agent that make no sense, or cannot be granted."""
    grid = problem.grid
    seen: set[tuple[object, ...]] = set()
    for at, wish in enumerate(agent.shift_wishes):
        where, shift = (*path, "shift_wishes", at), wish.template or "any shift"
        who = f"{agent.name} on {wish.day}"
        if (wish.day, wish.template, wish.wanted) in seen:
            yield error((*where, "day"), f"{who}: the wish about {shift} stands here twice.", "Remove one.")
        elif (wish.day, wish.template, not wish.wanted) in seen:
            yield warning((*where, "wanted"), f"{who}: {shift} is wished for and wished against.")
        seen.add((wish.day, wish.template, wish.wanted))
        if not 0 <= grid.day_index(wish.day) < grid.days:
            last = grid.date(grid.days - 1)
            yield warning(
                (*where, "day"), f"{who}: this day is outside {grid.first_day} to {last} and is not planned."
            )
        yield from _wished_at_a_change(problem, where, agent, wish)
        contract = problem.contract_named.get(agent.contract)
        is_known = contract is not None and wish.template in problem.template_named
        if contract and is_known and wish.wanted and wish.template not in contract.templates:
            yield warning(
                (*where, "template"),
                f'{who}: contract "{contract.name}" does not entitle to shift "{wish.template}", so that '
                "the wish cannot be granted.",
            )


def _wished_at_a_change(problem: Problem, path: Path, agent: Agent, wish: ShiftWish) -> Iterator[Finding]:
    """A wish for a shift on a day on which the agent's clock skips every start of it."""
    template = problem.template_named.get(wish.template or "")
    clock = Clock(problem.grid, problem.zone_of(agent))
    if not wish.wanted or template is None or clock.is_even(wish.day):
        return
    if template.starts and has_no_start(clock, problem.grid.day_index(wish.day), template):
        yield warning(
            (*path, "day"),
            f'{agent.name} on {wish.day}: no start of shift "{template.name}" exists then, as the clock is '
            "put forward, so that the wish cannot be granted.",
        )


def _can_count(problem: Problem, agent: Agent, wanted: Headcount) -> bool:
    entitled = wanted.template in problem.contract_of(agent).templates
    return entitled and (wanted.skill is None or wanted.skill in agent.skills)
