"""Fewest agents on the queue that meet a goal, for many intervals at once, before shrinkage.

Where nobody hangs up and contacts are handled one by one, all intervals go through Erlang's recursion
together (:mod:`scheduler.demand.erlang` has it for one). Else each distinct interval is searched on its
own, from the number that the one before it needed, since service only gets better with every agent.
"""

from typing import Final

import numpy as np

from scheduler.demand.arrays import Floats, Whole
from scheduler.demand.goal import QueueGoal
from scheduler.texts import text

NO_WORK: Final = 1e-9
"""Erlangs that are nothing but the rounding of numbers."""
_HAIR: Final = 1e-9
_MOST_SPARE: Final = 4.0
"""Agents for an erlang that a search may begin with; quiet hours need more, and soon find it."""


def base_staff(erlangs: Floats, aht_seconds: Floats, goal: QueueGoal) -> Whole:
    """Fewest agents that meet the goal in each interval; 0 where there is no work.

    Parameters
    ----------
    erlangs, aht_seconds
        Workload and average handling time by interval; of chats those of one alone.

    Raises
    ------
    ValueError
        If no number of agents meets the goal.
    """
    if goal.service_level is not None and not 0 <= goal.service_level < 1:
        raise ValueError(
            text(
                "a service level of {service_level:g} cannot be staffed for; write a share below 1, such "
                "as 0.8",
                service_level=goal.service_level,
            )
        )
    if goal.occupancy is not None and not 0 < goal.occupancy <= 1:
        raise ValueError(text("an occupancy of {occupancy:g} is no share", occupancy=goal.occupancy))
    if goal.patience_seconds is None and goal.side_by_side == 1:
        return _patient(erlangs, aht_seconds, goal)
    known: dict[tuple[float, float], int] = {}
    needed, before = np.zeros(len(erlangs), np.int64), 1.0
    for at, (load, aht) in enumerate(zip(erlangs.tolist(), aht_seconds.tolist(), strict=True)):
        if load > NO_WORK:
            if (load, aht) not in known:
                known[load, aht] = fewest(load, aht, goal, round(min(before, _MOST_SPARE) * load))
            needed[at] = known[load, aht]
            before = needed[at] / load
    return needed


def fewest(erlangs: float, aht_seconds: float, goal: QueueGoal, guess: int = 1) -> int:
    """Fewest agents that meet the goal at one workload, at least one.

    Parameters
    ----------
    guess
        Where to begin; it only saves time.
    """

    def enough(agents: int) -> bool:
        return goal.is_met_by(goal.performance(agents, erlangs, aht_seconds))

    most = max(guess, 1)
    step = 1
    if enough(most):
        least = most - 1
        while least > 0 and enough(least):
            most, least, step = least, max(0, least - step), 2 * step
    else:
        least = most
        while not enough(most := least + step):
            least, step = most, 2 * step
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle, most)
    return most


def _patient(erlangs: Floats, aht_seconds: Floats, goal: QueueGoal) -> Whole:
    """Erlang C for all intervals, a step of the recursion for each further agent."""
    needed = np.zeros(len(erlangs), np.int64)
    loads, back = np.unique(np.stack([erlangs, aht_seconds], axis=1), axis=0, return_inverse=True)
    found = np.zeros(len(loads), np.int64)
    left = np.flatnonzero(loads[:, 0] > NO_WORK)
    load, aht = loads[left, 0], loads[left, 1]
    # below the load nothing is ever answered in time
    floor = np.maximum(1, np.floor(load).astype(np.int64) + 1)
    if goal.occupancy is not None:
        floor = np.maximum(floor, np.ceil(load / (goal.occupancy + _HAIR) - _HAIR).astype(np.int64))
    inverse_loss, agents = np.ones(len(left)), 0
    with np.errstate(over="ignore"):  # of very many idle agents: nobody waits, which is what 1 / inf says
        while len(left):
            agents += 1
            inverse_loss = 1 + agents / load * inverse_loss
            spare = agents - load
            ready = agents >= floor
            if not ready.any():
                continue
            waiting = agents / (np.where(ready, spare, 1.0) * inverse_loss + load)
            enough = ready.copy()
            if goal.service_level is not None:
                late = waiting * np.exp(-np.where(ready, spare, 0.0) * goal.threshold_seconds / aht)
                enough &= 1 - late >= goal.service_level - _HAIR
            if goal.asa_seconds is not None:
                enough &= waiting * aht / np.where(ready, spare, 1.0) <= goal.asa_seconds + _HAIR
            found[left[enough]] = agents
            stays = ~enough
            left, load, aht, floor = left[stays], load[stays], aht[stays], floor[stays]
            inverse_loss = inverse_loss[stays]
    needed[:] = found[back.reshape(-1)]
    return needed


def whole_up(numbers: Floats) -> Whole:
    """Numbers rounded up, where a hair above a whole number is that number."""
    return np.ceil(numbers - _HAIR).astype(np.int64)
