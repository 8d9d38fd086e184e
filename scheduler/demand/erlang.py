"""Erlang C: how many agents answer so many calls within so many seconds, where nobody hangs up.

The queue is M/M/n: calls come at random at a constant rate within the interval, handling times are
exponential around their mean (the AHT), callers wait as long as it takes and are answered in turn.
With a workload of ``A`` erlangs and ``n > A`` agents

* a call has to wait with probability ``C = n B / (n - A (1 - B))``,
* where ``B`` is Erlang's loss formula by its recursion ``1 / B(n) = 1 + n / A * 1 / B(n - 1)``,
  ``B(0) = 1``, in which nothing can overflow or cancel,
* it is answered within ``T`` seconds with probability ``1 - C exp(-(n - A) T / AHT)``,
* and waits ``C * AHT / (n - A)`` seconds on average (the ASA).

Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
automatic telephone exchanges" (1917); R. B. Cooper, "Introduction to Queueing Theory", 2nd ed. (1981),
sections 3.3 and 3.4; for call centres N. Gans, G. Koole, A. Mandelbaum, "Telephone Call Centers:
Tutorial, Review, and Research Prospects", M&SOM 5 (2003), section 3.1.
"""

from collections.abc import Iterator
from math import exp, inf, isfinite

from scheduler.texts import text

SECONDS_PER_MINUTE = 60


def workload(calls: float, aht_seconds: float, interval_minutes: float) -> float:
    """Workload in erlangs: the mean number of agents busy at once if nobody ever had to wait.

    Parameters
    ----------
    calls
        Calls that arrive in the interval.
    aht_seconds
        Average handling time: talk, hold and after-call work.
    interval_minutes
        Length of the interval.

    Raises
    ------
    ValueError
        If an argument is not finite, the calls or the AHT are negative, or the interval has no length.

    Examples
    --------
    >>> workload(360, 240, 30)
    48.0
    """
    if not (isfinite(calls) and isfinite(aht_seconds) and isfinite(interval_minutes)):
        raise ValueError(text("calls, AHT and interval must be finite numbers"))
    if calls < 0 or aht_seconds < 0:
        raise ValueError(
            text(
                "calls and AHT cannot be negative, but are {calls:g} and {aht_seconds:g} s",
                calls=calls,
                aht_seconds=aht_seconds,
            )
        )
    if interval_minutes <= 0:
        raise ValueError(
            text("an interval of {interval_minutes:g} min has no length", interval_minutes=interval_minutes)
        )
    return calls * aht_seconds / (interval_minutes * SECONDS_PER_MINUTE)


def waiting_probability(agents: int, erlangs: float) -> float:
    """Probability that a call has to wait (Erlang C); 1.0 where the agents cannot keep up.

    Examples
    --------
    >>> round(waiting_probability(55, 48.0), 3)
    0.239
    """
    _refuse_negative(agents)
    if erlangs <= 0:
        return 0.0
    if agents <= erlangs:
        return 1.0
    for staffed, probability in _waiting_probabilities(erlangs):
        if staffed == agents:
            return probability
    raise AssertionError("the recursion passes every number of agents above the workload")


def service_level(
    agents: int, calls: float, aht_seconds: float, interval_minutes: float, threshold_seconds: float
) -> float:
    """Share of the calls answered within the threshold, 0 to 1; 0 where the agents cannot keep up.

    Examples
    --------
    >>> round(service_level(14, 100, 180, 30, 20), 4)
    0.8884
    """
    _refuse_negative(agents)
    erlangs = workload(calls, aht_seconds, interval_minutes)
    if erlangs == 0:
        return 1.0
    if agents <= erlangs:
        return 0.0
    return _answered_in_time(
        agents, erlangs, waiting_probability(agents, erlangs), threshold_seconds / aht_seconds
    )


def asa(agents: int, calls: float, aht_seconds: float, interval_minutes: float) -> float:
    """Average speed of answer in seconds, over all calls; infinite where the agents cannot keep up.

    Examples
    --------
    >>> round(asa(55, 360, 240, 30), 1)
    8.2
    """
    _refuse_negative(agents)
    erlangs = workload(calls, aht_seconds, interval_minutes)
    if erlangs == 0:
        return 0.0
    if agents <= erlangs:
        return inf
    return waiting_probability(agents, erlangs) * aht_seconds / (agents - erlangs)


def occupancy(agents: int, calls: float, aht_seconds: float, interval_minutes: float) -> float:
    """Share of their time on the queue that agents are handling calls; at most 1.

    Examples
    --------
    >>> round(occupancy(55, 360, 240, 30), 3)
    0.873
    """
    _refuse_negative(agents)
    erlangs = workload(calls, aht_seconds, interval_minutes)
    if erlangs == 0:
        return 0.0
    return 1.0 if agents <= erlangs else erlangs / agents


def agents_needed(
    calls: float,
    aht_seconds: float,
    interval_minutes: float,
    service_level: float,
    threshold_seconds: float,
) -> int:
    """Fewest agents that answer the wanted share of calls within the threshold, before shrinkage.

    Parameters
    ----------
    calls
        Calls that arrive in the interval.
    aht_seconds
        Average handling time.
    interval_minutes
        Length of the interval.
    service_level
        Wanted share, 0 up to but not including 1; reaching it exactly is enough.
    threshold_seconds
        Within which a call counts as answered in time.

    Returns
    -------
    int
        Agents on the queue; 0 where there is no work.

    Raises
    ------
    ValueError
        If the goal is not a share below 1, or the workload makes no sense.

    Examples
    --------
    >>> agents_needed(100, 180, 30, 0.80, 20)
    14
    """
    if not 0 <= service_level < 1:
        raise ValueError(
            text(
                "a service level of {service_level:g} cannot be staffed for; write a share below 1, such "
                "as 0.8",
                service_level=service_level,
            )
        )
    if not (isfinite(threshold_seconds) and threshold_seconds >= 0):
        raise ValueError(
            text(
                "a threshold of {threshold_seconds:g} s makes no sense; write 0 or more seconds",
                threshold_seconds=threshold_seconds,
            )
        )
    erlangs = workload(calls, aht_seconds, interval_minutes)
    if erlangs == 0:
        return 0
    handling_times = threshold_seconds / aht_seconds
    for agents, probability in _waiting_probabilities(erlangs):
        if _answered_in_time(agents, erlangs, probability, handling_times) >= service_level:
            return agents
    raise AssertionError("enough agents answer any share below 1")


def _waiting_probabilities(erlangs: float) -> Iterator[tuple[int, float]]:
    """Number of agents and Erlang C, for every number above the workload, without end.

    A workload is positive here. The inverse of the loss probability grows without bound, so that it
    passes through infinity at worst, where the waiting probability is rightly 0.
    """
    agents, inverse_loss = 0, 1.0
    while True:
        agents += 1
        inverse_loss = 1.0 + agents / erlangs * inverse_loss
        if agents > erlangs:
            # n B / (n - A (1 - B)), numerator and denominator divided by B
            yield agents, agents / ((agents - erlangs) * inverse_loss + erlangs)


def _answered_in_time(agents: int, erlangs: float, probability: float, handling_times: float) -> float:
    """Share answered within a threshold that is given in multiples of the handling time."""
    return 1.0 - probability * exp(-(agents - erlangs) * handling_times)


def _refuse_negative(agents: int) -> None:
    if agents < 0:
        raise ValueError(text("{agents} agents cannot be on the queue", agents=agents))
