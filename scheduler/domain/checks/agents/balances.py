"""Checks of balances: each is of a time before the horizon, and stands once.

Whether a rule counts what it says is checked with the rules, in :mod:`scheduler.model.checks.balances`.
"""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.faults import FactPath, error
from scheduler.domain.findings.finding import Finding
from scheduler.texts import text


def balance_faults(problem: Problem, path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Balances of planned days, and those of one rule that stand twice."""
    seen: set[str] = set()
    for at, balance in enumerate(agent.balances):
        if balance.as_of >= problem.grid.first_day:
            yield error(
                (*path, "balances", at, "as_of"),
                text(
                    "balance of {agent}: {day} is not before the first day {first_day}.",
                    agent=agent.name,
                    day=balance.as_of,
                    first_day=problem.grid.first_day,
                ),
                text("Write the last date that is counted in it."),
            )
        if balance.rule in seen:
            yield error(
                (*path, "balances", at, "rule"),
                text('balance of {agent}: "{rule}" stands here twice.', agent=agent.name, rule=balance.rule),
                text("Keep one of them."),
            )
        seen.add(balance.rule)
