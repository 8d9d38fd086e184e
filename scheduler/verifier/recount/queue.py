"""A queue in balance, recounted: state by state from full house downwards and upwards, in plain floats.

:mod:`scheduler.demand.queue` computes the same from logarithms. Both are tested against one another and
against published figures. Source: A. Mandelbaum, S. Zeltyn, "The Palm/Erlang-A Queue" (2007), sections 3
and 6.
"""

from math import exp, expm1, inf, log

from scheduler.domain.facts.service_goals import ServiceGoal

_NEGLIGIBLE = 1e-18
_TOO_LARGE = 1e250


def meets(goal: ServiceGoal, agents: int, erlangs: float, aht_seconds: float, tolerance: float) -> bool:
    """Whether so many agents meet a goal, up to a tolerance of the shares and seconds."""
    level, asa_seconds, abandoned, occupancy = _measures(goal, agents, erlangs, aht_seconds)
    wanted = (
        (goal.service_level_percent, -level, -1),
        (goal.abandonment_percent, abandoned, 1),
        (goal.occupancy_percent, occupancy, 1),
    )
    return all(
        percent is None or found <= sign * percent / 100 + tolerance for percent, found, sign in wanted
    ) and (goal.asa_seconds is None or asa_seconds <= goal.asa_seconds + tolerance)


def finished(goal: ServiceGoal, agents: int, contacts: int) -> float:
    """Contacts that end per handling time with so many in service."""
    if goal.channel != "chats":
        return float(min(contacts, agents))
    contacts = min(contacts, agents * goal.side_by_side)
    fewer = contacts // agents
    with_one_more = contacts - fewer * agents

    def of_one(chats: int) -> float:
        return chats / (1 + goal.slower_percent / 100 * (chats - 1)) if chats else 0.0

    return with_one_more * of_one(fewer + 1) + (agents - with_one_more) * of_one(fewer)


def _measures(
    goal: ServiceGoal, agents: int, erlangs: float, aht_seconds: float
) -> tuple[float, float, float, float]:
    """Service level as the goal means it, ASA in seconds, share that hangs up, occupancy."""
    places = agents * (goal.side_by_side if goal.channel == "chats" else 1)
    full = finished(goal, agents, places)
    leaving = 0.0 if goal.patience_seconds is None else aht_seconds / goal.patience_seconds
    if not leaving and erlangs >= full:
        return 0.0, inf, 0.0, 1.0
    # weights against the state in which every place is taken and nobody waits
    below = busy = 0.0
    weight, at_full, state = 1.0, 1.0, places
    while state and weight > _NEGLIGIBLE * below:
        weight *= finished(goal, agents, state) / erlangs
        state -= 1
        below += weight
        busy += weight * min(state, agents) / agents
        if weight > _TOO_LARGE:
            below, busy, at_full, weight = (one / weight for one in (below, busy, at_full, weight))
    within = (goal.within_seconds or 0.0) / aht_seconds
    if not leaving:
        queue = at_full * full / (full - erlangs)
        waiting = queue / (below + queue)
        level = 1 - waiting * exp(-(full - erlangs) * within)
        occupancy = (busy + queue) / (below + queue)
        return level, waiting * aht_seconds / (full - erlangs), 0.0, occupancy
    return _with_patience(goal, erlangs, aht_seconds, full, leaving, within, below, busy, at_full)


def _with_patience(
    goal: ServiceGoal,
    erlangs: float,
    aht_seconds: float,
    full: float,
    leaving: float,
    within: float,
    below: float,
    busy: float,
    weight: float,
) -> tuple[float, float, float, float]:
    """The same where callers hang up, at the rate ``leaving`` per handling time."""
    at_once, ahead, stages = below, 0, 0.0
    queue = answered = in_time = waited = still_there = 0.0
    gone = log(-expm1(-leaving * within)) if within else -inf
    # the probability that so many of those ahead are gone is negative binomial
    first = -full * within
    terms = [first - leaving * within, first]
    sums = [0.0, 0.0]
    while weight > _NEGLIGIBLE * (queue + below) or erlangs > full + leaving * ahead:
        stages += 1 / (full + leaving * (ahead + 1))
        served = full / (full + leaving * (ahead + 1))
        sums = [total + exp(term) for total, term in zip(sums, terms, strict=True)]
        queue += weight
        answered += weight * served
        waited += weight * served * stages
        in_time += weight * served * (1 - min(1.0, sums[0])) if within else 0.0
        still_there += weight * min(1.0, sums[1]) * exp(-leaving * within)
        ahead += 1
        if within:
            terms = [
                term + gone + log((order + ahead - 1) / ahead)
                for term, order in zip(terms, (full / leaving + 1, full / leaving), strict=True)
            ]
        weight *= erlangs / (full + leaving * ahead)
        if weight > _TOO_LARGE:
            scale = 1 / weight
            queue, answered, waited, in_time, still_there, at_once, below, busy, weight = (
                scale * one
                for one in (queue, answered, waited, in_time, still_there, at_once, below, busy, weight)
            )
    total = below + queue
    abandoned = (queue - answered) / total
    offered = (at_once + in_time) / total
    gone_in_time = max(0.0, queue - in_time - still_there) / total
    level = {"offered": offered, "answered": offered / (1 - abandoned)}.get(
        goal.level_of, offered / (1 - gone_in_time)
    )
    return level, aht_seconds * waited / (total - total * abandoned), abandoned, (busy + queue) / total
