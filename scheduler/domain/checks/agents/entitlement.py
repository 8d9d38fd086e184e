"""Shifts that stand in the input and that nobody may work."""

from collections.abc import Iterator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import listed
from scheduler.texts import text, text_n

_SHOWN = 6


def shifts_of_nobody(problem: Problem) -> Iterator[Finding]:
    """Templates that are in no contract that somebody has, one finding for all of them."""
    held = {agent.contract for agent in problem.agents}
    worked = {name for one in problem.contracts if one.name in held for name in one.templates}
    unused = [(index, one.name) for index, one in enumerate(problem.templates) if one.name not in worked]
    if problem.agents and unused:
        yield warning(
            ("templates", unused[0][0]),
            text_n(
                "nobody may work the shift {shifts}: it is in no contract that an agent has.",
                "nobody may work {number} shifts: {shifts}; they are in no contract that an agent has.",
                len(unused),
                number=len(unused),
                shifts=listed([f'"{name}"' for _, name in unused], _SHOWN),
            ),
            text("Add it under Shifts on Contracts, or remove its row."),
        )
