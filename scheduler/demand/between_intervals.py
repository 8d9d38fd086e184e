"""What one interval leaves to the next: work in hand, and callers who still wait.

A stationary formula takes each interval as if it had been so for ever. Where demand changes within a
handling time that asks for too many agents while it rises and for too few while it falls.

``lagged`` moves the work to when it is done: the contacts of an interval occupy agents one handling time
later on average (Green, Kolesar, Soares, "Improving the SIPP Approach for Staffing Service Systems That
Have Cyclic Demands", Operations Research 49, 2001). ``fluid`` follows the number ``X`` of contacts in the
system as a fluid, ``X' = A / h - min(X, n) / h - (X - n)+ / p`` with workload ``A``, handling time ``h``,
``n`` agents and patience ``p``: work in hand as in Jennings, Mandelbaum, Massey, Whitt, "Server Staffing to
Meet Time-Varying Demand", Management Science 42 (1996), and a backlog where there are too few, as in
Mandelbaum, Massey, Reiman, "Strong Approximations for Markovian Service Networks", Queueing Systems 30
(1998). Both begin anew when the lines open.
"""

from collections.abc import Callable, Iterator
from math import exp, log
from typing import Final

import numpy as np

from scheduler.demand.arrays import Bools, Floats, Whole
from scheduler.domain.values.spans import neighbours

_FADED: Final = 0.01
"""Erlangs of earlier work that are no reason to keep an agent on where nobody calls any more."""
_SETTLED: Final = 1e-10


def runs(is_open: Bools) -> Iterator[range]:
    """The runs of open intervals."""
    for first, last in neighbours(np.flatnonzero(is_open).tolist()):
        yield range(first, last + 1)


def lagged(
    contacts: Floats, aht_seconds: Floats, is_open: Bools, interval_seconds: float
) -> tuple[Floats, Floats]:
    """Workload in erlangs and mean handling time by interval, one handling time later.

    What would fall behind closing time stays in the last open interval.
    """
    number, seconds = np.zeros(len(contacts)), np.zeros(len(contacts))
    for run in runs(is_open):
        for at in run:
            if contacts[at] <= 0:
                continue
            later, part = divmod(aht_seconds[at] / interval_seconds, 1.0)
            for to, share in ((at + int(later), 1 - part), (at + int(later) + 1, part)):
                number[min(to, run[-1])] += share * contacts[at]
                seconds[min(to, run[-1])] += share * contacts[at] * aht_seconds[at]
    return seconds / interval_seconds, np.divide(
        seconds, number, out=np.array(aht_seconds, np.float64), where=number > 0
    )


def fluid(
    erlangs: Floats,
    aht_seconds: Floats,
    is_open: Bools,
    interval_seconds: float,
    needed: Callable[[Floats, Floats], Whole],
    capacity: Callable[[Whole], Floats],
    fixed: Whole,
    patience_seconds: float | None,
) -> tuple[Floats, Whole]:
    """Workload with what earlier intervals left, and the agents that it needs.

    Parameters
    ----------
    needed
        Fewest agents, from workload and handling time.
    capacity
        Contacts that so many agents finish per handling time.
    fixed
        Agents that will be there whatever is needed; -1 where that is open.
    """
    staff = np.zeros(len(erlangs), np.int64)

    def followed(there: Floats) -> Floats:
        """The workload of every interval, with so much capacity."""
        found = np.zeros(len(erlangs))
        for run in runs(is_open):
            in_system = 0.0 if run[0] else erlangs[0]  # what is open at the very start has been before
            for at in run:
                length = interval_seconds / aht_seconds[at] if aht_seconds[at] else 0.0
                mean = _mean(in_system, erlangs[at], length)
                found[at] = 0.0 if erlangs[at] == 0 and mean < _FADED else mean
                patience = None if patience_seconds is None else patience_seconds / aht_seconds[at]
                in_system = _after(in_system, erlangs[at], length, float(there[at]), patience)
        return found

    loads, changed = followed(np.full(len(erlangs), np.inf)), is_open
    while changed.any():  # causal: each pass settles at least one further interval of every run
        staff[changed] = needed(loads[changed], aht_seconds[changed])
        before, loads = loads, followed(capacity(np.where(fixed >= 0, fixed, staff)))
        changed = is_open & (np.abs(loads - before) > _SETTLED)
    return loads, staff


def _mean(in_system: float, erlangs: float, length: float) -> float:
    """The mean number that would be in service over an interval if there were agents enough."""
    return erlangs if length == 0 else erlangs + (in_system - erlangs) * (1 - exp(-length)) / length


def _after(in_system: float, erlangs: float, left: float, capacity: float, patience: float | None) -> float:
    """The number in the system at the end of an interval; times in handling times."""
    if in_system <= capacity:
        if erlangs <= capacity or in_system + (erlangs - in_system) * (1 - exp(-left)) <= capacity:
            return erlangs + (in_system - erlangs) * exp(-left)
        left -= log((erlangs - in_system) / (erlangs - capacity))
        in_system = capacity
    backlog, growth = in_system - capacity, erlangs - capacity
    if patience is None:
        if backlog + growth * left >= 0:
            return capacity + backlog + growth * left
        left += backlog / growth
    else:
        settled = growth * patience
        remains = settled + (backlog - settled) * exp(-left / patience)
        if remains >= 0:
            return capacity + remains
        left -= patience * log((backlog - settled) / -settled)
    return erlangs + (capacity - erlangs) * exp(-left)
