"""A problem in which work costs nothing, so that only what a rule lacks or a breach has a price."""

from collections.abc import Sequence

from scheduler.domain.problem import Agent, Problem


def unpaid(problem: Problem, agents: Sequence[Agent]) -> Problem:
    """The problem with these agents, whose work costs nothing."""
    return problem.model_copy(
        update={
            "contracts": tuple(c.model_copy(update={"pay_per_hour": 0}) for c in problem.contracts),
            "agents": tuple(a.model_copy(update={"pay_per_hour": None}) for a in agents),
        }
    )
