"""A plain count of staffing for tests with one skill: every quarter-hour on its own, no allocation.

It stands in for the verifier's count, so that the rules of the team are tried alone.
"""

from collections.abc import Callable, Sequence

from scheduler.domain import Coverage, Problem, Roster

STEP = 15
"""Every time in the small worlds is a multiple of this."""


def at_work(problem: Problem, roster: Roster, agents: Sequence[str]) -> list[int]:
    """How many of these agents are at work, by quarter-hour."""
    spans = [span for duty in roster.duties if duty.agent in agents for span in duty.stretches()]
    for agent in problem.agents:
        zone = problem.zone_of(agent)
        spans += [
            (problem.grid.instant(past.start, zone), problem.grid.instant(past.end, zone))
            for past in agent.history
            if agent.name in agents
        ]
    return [
        sum(start <= minute < end for start, end in spans) for minute in range(0, problem.grid.minutes, STEP)
    ]


def beyond(problem: Problem, counted: list[int], far: Callable[[int, int], int]) -> tuple[int, ...]:
    """Agent-minutes by interval; ``far(agents, interval)`` says how many agents are too few or too many."""
    width = problem.grid.interval_minutes
    sums = [0] * problem.grid.intervals
    for place, agents in enumerate(counted):
        interval = place * STEP // width
        sums[interval] += far(agents, interval) * STEP
    return tuple(sums)


def coverage(problem: Problem, roster: Roster) -> Coverage:
    """The coverage of a problem with the one skill English that everyone holds."""
    demand = problem.demand_for["English"]
    counted = at_work(problem, roster, [agent.name for agent in problem.agents])
    width = problem.grid.interval_minutes

    def sums(far: Callable[[int, int], int]) -> dict[str, tuple[int, ...]]:
        return {"English": beyond(problem, counted, far)}

    return Coverage(
        interval_minutes=width,
        required={"English": tuple(number * width for number in demand.required)},
        scheduled=sums(lambda agents, _: agents),
        missing=sums(lambda agents, i: max(0, demand.required[i] - agents)),
        superfluous=sums(lambda agents, i: max(0, agents - demand.required[i])),
        below_minimum=sums(lambda agents, i: max(0, demand.minimum[i] - agents) if demand.minimum else 0),
        above_maximum=sums(lambda agents, i: max(0, agents - ceiling(demand.maximum, i, agents))),
    )


def ceiling(numbers: Sequence[int | None], interval: int, agents: int) -> int:
    """The upper bound of an interval; where there is none, what is there."""
    number = numbers[interval] if numbers else None
    return agents if number is None else number
