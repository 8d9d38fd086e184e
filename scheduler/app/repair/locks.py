"""Which locks stand in the way where a repair finds no legal roster.

A lock is a day that a planner holds: edited by hand, named with ``--lock``, or on Fixed. It is no rule, and
what it makes impossible is told as a lock, with its cell and with what to write so that it holds no longer.
"""

from collections.abc import Iterator, Mapping

from constraints.change.pins import Pins
from constraints.change.stands_still import LONG_AGO, StandsStill
from scheduler.app.repair.search import RepairSearch
from scheduler.app.repair.search_policy import REPAIR
from scheduler.changes.repair.auxiliary_problems import only_locks
from scheduler.domain import (
    Agent,
    Contradiction,
    Finding,
    NothingFound,
    Outcome,
    Problem,
    UnsupportedRule,
)
from scheduler.domain.findings.faults import warning
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.values.words import spoken_date
from scheduler.texts import text


def locks_in_the_way(run: RepairSearch, why: Mapping[AgentDay, Finding]) -> tuple[Finding, ...]:
    """Locks without which a legal roster was found, as few as were found; empty where that is not known.

    Parameters
    ----------
    why
        What is known of the locks of agents and days.
    """
    days = run.locked - run.at_moment.stays_free
    has_pins = any(isinstance(rule, Pins) and rule.is_must for rule in run.ahead_rules.rules)
    if not run.has_time or not (days or (has_pins and any(agent.pins for agent in run.problem.agents))):
        return ()
    locks = StandsStill(label=text("what is locked"), since=LONG_AGO, was=run.base, locked=days)
    held = run.held().model_copy(update={"locked": run.at_moment.stays_free, "label": text("what has begun")})
    question = only_locks(run.ahead_problem, run.ahead_rules, held, locks, REPAIR.unit // 60)
    stop = run.stop_after(min(run.remaining(), REPAIR.nearest_seconds))
    try:
        found = run.solved(*question, stop, run.base, text("which locks stand in the way"), is_in_money=False)
    except (Contradiction, NothingFound, UnsupportedRule):
        return ()
    return tuple(_freed(run, found, locks, why))


def _freed(
    run: RepairSearch, found: Outcome, locks: StandsStill, why: Mapping[AgentDay, Finding]
) -> Iterator[Finding]:
    """The locks that the roster does not keep."""
    problem = run.ahead_problem
    for violation in locks.check(problem, found.roster):
        name, (day,) = violation.agent or "", violation.days
        on = spoken_date(problem.grid.date(day))
        yield why.get((name, day)) or warning(
            ("locked",), text("{agent}, {day}, is locked.", agent=name, day=on)
        )
    for rule in run.ahead_rules.rules:
        if isinstance(rule, Pins) and rule.is_must:
            broken = list(rule.check(problem, found.roster))
            for number, agent in enumerate(problem.agents):
                days = {day for one in broken if one.agent == agent.name for day in one.days}
                yield from _pins(problem, number, agent, days)


def _pins(problem: Problem, number: int, agent: Agent, days: set[int]) -> Iterator[Finding]:
    """What is fixed for the agent on these days."""
    for at, pin in enumerate(agent.pins):
        if problem.grid.day_index(pin.day) in days:
            yield warning(
                ("agents", number, "pins", at, "day"),
                text(
                    "{agent}, {day}, is locked by its row on Fixed.",
                    agent=agent.name,
                    day=spoken_date(pin.day),
                ),
                text("Remove the row to let the day change."),
            )
