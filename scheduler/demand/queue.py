"""A queue in balance: who waits, who hangs up, how busy agents are.

The contacts of an interval arrive at random (Poisson) and are handled in an exponential time, first come
first served. Callers wait as long as it takes (Erlang C), or hang up after an exponential time, their
patience (Erlang A, Palm 1946). Chats are handled side by side. All three are one chain of births and deaths
over the number of contacts in the system, whose weights are kept as logarithms, so that nothing overflows.

Sources: C. Palm, "Etude des délais d'attente", Ericsson Technics 5 (1937); O. Garnett, A. Mandelbaum, M.
Reiman, "Designing a Call Center with Impatient Customers", M&SOM 4 (2002); the distribution of the wait
given the queue is that of a pure death process, see A. Mandelbaum, S. Zeltyn, "Service Engineering in
Action: The Palm/Erlang-A Queue" (2007), sections 3 and 6. Called by :mod:`scheduler.demand.base_staff`.
"""

from dataclasses import dataclass
from math import exp, inf, isfinite, log
from typing import Final

import numpy as np

from scheduler.demand.arrays import Floats, Whole
from scheduler.texts import text

_NEGLIGIBLE: Final = 50.0
"""Weights so far below the largest, as logarithms, are beyond double precision, all of them together."""
_CHUNK: Final = 256


@dataclass(frozen=True)
class Performance:
    """What callers and agents see of a queue in balance; shares are of all contacts offered, 0 to 1.

    Parameters
    ----------
    waiting
        Probability that a contact finds no agent free.
    answered_in_time, abandoned, abandoned_in_time
        Answered within the threshold; hung up at all, and within the threshold.
    mean_wait_seconds
        Over all contacts, those that hung up included.
    asa_seconds
        Average speed of answer, over those that were answered.
    occupancy
        Share of their time on the queue that agents handle contacts.
    """

    waiting: float
    answered_in_time: float
    abandoned: float
    abandoned_in_time: float
    mean_wait_seconds: float
    asa_seconds: float
    occupancy: float

    @property
    def service_level(self) -> float:
        """Answered in time, of the offered less those that hung up within the threshold; the default."""
        stayed = 1.0 - self.abandoned_in_time
        return self.answered_in_time / stayed if stayed > 0 else 1.0

    @property
    def of_offered(self) -> float:
        """Answered in time, of all that were offered."""
        return self.answered_in_time

    @property
    def of_answered(self) -> float:
        """Answered in time, of those that were answered."""
        answered = 1.0 - self.abandoned
        return self.answered_in_time / answered if answered > 0 else 0.0


NO_CONTACTS = Performance(0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Where nobody calls."""
_NEVER_ANSWERED = Performance(1.0, 0.0, 0.0, 0.0, inf, inf, 1.0)


def performance(
    agents: int,
    erlangs: float,
    aht_seconds: float,
    *,
    threshold_seconds: float = 20.0,
    patience_seconds: float | None = None,
    side_by_side: int = 1,
    slower: float = 0.0,
) -> Performance:
    """What so many agents give, where contacts come as they do for long enough.

    Parameters
    ----------
    agents
        On the queue.
    erlangs
        Workload: contacts per second times ``aht_seconds``.
    aht_seconds
        Average handling time; of chats that of one alone.
    threshold_seconds
        Within which an answer is in time.
    patience_seconds
        Mean time after which a caller who waits hangs up; ``None`` never.
    side_by_side
        Chats that an agent handles at once.
    slower
        By how much each chat takes longer for every further one beside it: with 0.3 two chats take 1.3 times
        as long each as one alone, so that an agent with two finishes 2 / 1.3 times as many.

    Raises
    ------
    ValueError
        If an argument makes no sense.

    Notes
    -----
    With ``x`` contacts in service, spread evenly over the agents, deaths come at the rate ``d(x)``; at most
    ``c = d(n k)``. A caller who finds ``j`` others waiting is served before her patience ends with
    probability ``c / (c + (j + 1) t)``, where ``t`` is the rate of hanging up; within ``T`` it is that times
    ``1 - I_y(c / t + 1, j + 1)`` with ``y = exp(-t T)`` and the regularised incomplete beta function ``I``.

    Examples
    --------
    >>> with_patience = performance(12, 10.0, 180.0, patience_seconds=120.0)
    >>> round(with_patience.of_offered, 4), round(with_patience.of_answered, 4)
    (0.8256, 0.8798)
    """
    _refuse_nonsense(agents, erlangs, aht_seconds, threshold_seconds, patience_seconds, side_by_side, slower)
    if erlangs == 0:
        return NO_CONTACTS
    if agents == 0:
        return _nobody_there(threshold_seconds, patience_seconds)
    deaths = death_rates(agents, side_by_side, slower)
    capacity = float(deaths[-1])
    # of 0, 1 ... s - 1 contacts in the system against s, where every place is taken
    below = np.cumsum(np.log(deaths[::-1] / erlangs))[::-1]
    at_work = np.minimum(np.arange(len(deaths)), agents) / agents
    threshold = threshold_seconds / aht_seconds
    if patience_seconds is None:
        if erlangs >= capacity:
            return _NEVER_ANSWERED
        queue = np.array([-log(1 - erlangs / capacity)])  # the geometric series of s, s + 1 ... contacts
    else:
        queue = _queue_weights(erlangs, capacity, aht_seconds / patience_seconds)
    largest = max(float(below.max()), float(queue.max()))
    below, queue = np.exp(below - largest), np.exp(queue - largest)
    total = float(below.sum() + queue.sum())
    below, queue = below / total, queue / total
    waiting = float(queue.sum())
    occupancy = float(below @ at_work) + waiting
    if patience_seconds is None:
        spare = capacity - erlangs
        late = waiting * exp(-spare * threshold)
        asa = waiting * aht_seconds / spare
        return Performance(waiting, 1 - late, 0.0, 0.0, asa, asa, occupancy)
    leaving = aht_seconds / patience_seconds
    served = capacity / (capacity + leaving * np.arange(1, len(queue) + 1))
    in_time, still_there = _served_and_waiting(capacity / leaving, leaving * threshold, len(queue))
    answered_waiting = float(queue @ (served * in_time))
    abandoned = float(queue @ (1 - served))
    in_queue = exp(-leaving * threshold) * float(queue @ still_there)
    stages = np.cumsum(1 / (capacity + leaving * np.arange(1, len(queue) + 1)))
    return Performance(
        waiting=waiting,
        answered_in_time=1 - waiting + answered_waiting,
        abandoned=abandoned,
        abandoned_in_time=max(0.0, waiting - answered_waiting - in_queue),
        mean_wait_seconds=abandoned * patience_seconds,  # those who wait hang up at the rate 1 / patience
        asa_seconds=aht_seconds * float(queue @ (served * stages)) / (1 - abandoned),
        occupancy=occupancy,
    )


def death_rates(agents: int, side_by_side: int = 1, slower: float = 0.0) -> Floats:
    """Contacts finished per handling time with 1, 2 ... in service, spread evenly over the agents."""
    in_service = np.arange(1, agents * side_by_side + 1)
    if side_by_side == 1:
        return in_service.astype(np.float64)
    each, more = np.divmod(in_service, agents)  # so many agents have one more than the others
    return more * _pace(each + 1, slower) + (agents - more) * _pace(each, slower)


def _pace(chats: Whole, slower: float) -> Floats:
    """Chats that one agent with so many at once finishes per handling time of one alone."""
    return chats / (1 + slower * np.maximum(chats - 1, 0))


def _queue_weights(erlangs: float, capacity: float, leaving: float) -> Floats:
    """Logarithms of the weights of 0, 1 ... waiting, against every place taken and nobody waiting."""
    chunks, reached, largest, first = [np.zeros(1)], 0.0, 0.0, 1
    while True:
        waiting = np.arange(first, first + max(_CHUNK, first))
        chunk = reached + np.cumsum(np.log(erlangs / (capacity + leaving * waiting)))
        chunks.append(chunk)
        reached, largest, first = float(chunk[-1]), max(largest, float(chunk.max())), first + len(chunk)
        falls = erlangs < capacity + leaving * first
        if falls and reached + log(first) < largest - _NEGLIGIBLE:
            return np.concatenate(chunks)


def _served_and_waiting(rate: float, threshold: float, states: int) -> tuple[Floats, Floats]:
    """By the number that waits before: served in time given served at all; would still wait if patient.

    Both are sums of a negative binomial distribution with ``y = exp(-threshold)``, where the threshold is
    given in mean patiences and ``rate`` is the capacity against the rate of hanging up.
    """
    if threshold == 0:
        return np.zeros(states), np.ones(states)
    ahead = np.arange(1, states)
    gone = np.log(-np.expm1(-threshold))

    def up_to(order: float) -> Floats:
        steps = np.concatenate([[-order * threshold], gone + np.log((order + ahead - 1) / ahead)])
        sums: Floats = np.minimum(1.0, np.cumsum(np.exp(np.cumsum(steps))))
        return sums

    return 1 - up_to(rate + 1), up_to(rate)


def _nobody_there(threshold_seconds: float, patience_seconds: float | None) -> Performance:
    """Without an agent every caller waits, and hangs up in the end where there is an end to patience."""
    if patience_seconds is None:
        return _NEVER_ANSWERED
    in_time = 1 - exp(-threshold_seconds / patience_seconds)
    return Performance(1.0, 0.0, 1.0, in_time, patience_seconds, inf, 1.0)


def _refuse_nonsense(
    agents: int,
    erlangs: float,
    aht_seconds: float,
    threshold_seconds: float,
    patience_seconds: float | None,
    side_by_side: int,
    slower: float,
) -> None:
    if agents < 0:
        raise ValueError(text("{agents} agents cannot be on the queue", agents=agents))
    for name, given, is_right in (
        ("erlangs", erlangs, erlangs >= 0),
        ("aht_seconds", aht_seconds, aht_seconds > 0 or (aht_seconds == 0 and erlangs == 0)),
        ("threshold_seconds", threshold_seconds, threshold_seconds >= 0),
        ("patience_seconds", patience_seconds, patience_seconds is None or patience_seconds > 0),
        ("side_by_side", side_by_side, side_by_side >= 1),
        ("slower", slower, slower >= 0),
    ):
        if not is_right or (given is not None and not isfinite(given)):
            raise ValueError(text("{name} cannot be {given:g}", name=name, given=given))
