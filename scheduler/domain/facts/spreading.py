"""What comes again every week, laid over the days that are planned.

Called where a document says it by weekday alone, and for the next horizon.
"""

from typing import Any

from scheduler.domain.facts.agent import Agent, ShiftWish, TimeOff, Window
from scheduler.domain.facts.demand import Headcount
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.usual import dates_of
from scheduler.domain.values.grid import TimeGrid


def with_usual(problem: Problem) -> Problem:
    """The problem with all that comes again in its horizon, as far as it is not there already."""
    grid = problem.grid
    agents = tuple(
        agent.model_copy(update=_of_agent(agent, grid)) if _comes_again(agent) else agent
        for agent in problem.agents
    )
    return problem.model_copy(
        update={
            "demand": tuple(
                demand.spread(grid) if demand.usual and not demand.required else demand
                for demand in problem.demand
            ),
            "volumes": tuple(
                volumes.spread(grid) if volumes.usual and not volumes.contacts else volumes
                for volumes in problem.volumes
            ),
            "headcounts": tuple(_of_headcount(wanted, grid) for wanted in problem.headcounts),
            "agents": agents,
        }
    )


def _of_headcount(wanted: Headcount, grid: TimeGrid) -> Headcount:
    """The headcount with what its weekdays say, where nothing is said by date."""
    spread = wanted.spread(grid)
    silent = [key for key in ("required", "maximum") if not getattr(wanted, key)]
    return wanted.model_copy(update={key: getattr(spread, key) for key in silent})


def _comes_again(agent: Agent) -> bool:
    return bool(agent.usual_windows or agent.usual_wishes or agent.usual_days_off)


def _of_agent(agent: Agent, grid: TimeGrid) -> dict[str, Any]:
    found: dict[str, list[Any]] = {
        key: list(getattr(agent, key))
        for key in ("available", "unavailable", "time_off", "shift_wishes", "preferred_days_off")
    }
    for usual in agent.usual_windows:
        for start, end in usual.windows(grid):
            found[usual.kind].append(
                TimeOff(start=start, end=end, paid_minutes=usual.paid_minutes)
                if usual.kind == "time_off"
                else Window(start=start, end=end)
            )
    for wish in agent.usual_wishes:
        found["shift_wishes"] += [
            ShiftWish(day=on, template=wish.template, wanted=wish.wanted, price=wish.price)
            for on in dates_of(wish.weekdays, grid)
        ]
    found["preferred_days_off"] += dates_of(agent.usual_days_off, grid)
    return {key: tuple(dict.fromkeys(entries)) for key, entries in found.items()}
