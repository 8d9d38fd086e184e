"""Work that nobody waits for on a line: mail and back office with a deadline, outbound calls as hours.

It is spread evenly over the open intervals until its deadline; it does not look for the troughs of other
work.
"""

from bisect import bisect_left

import numpy as np

from scheduler.demand.arrays import Bools, Floats, Whole
from scheduler.demand.base_staff import whole_up
from scheduler.demand.between_intervals import runs


def spread(erlangs: Floats, is_open: Bools, deadline_intervals: int) -> tuple[Floats, list[int]]:
    """The workload of each interval, shared evenly by the open ones from its own until the deadline.

    Returns
    -------
    tuple
        The workload, and the intervals whose work finds none open before its deadline or the end.
    """
    shared, nowhere = np.zeros(len(erlangs)), []
    opened = np.flatnonzero(is_open).tolist()
    for at in np.flatnonzero(erlangs > 0).tolist():
        first = bisect_left(opened, at)
        until = bisect_left(opened, at + max(1, deadline_intervals))
        if first == until:
            nowhere.append(at)
        else:
            shared[opened[first:until]] += erlangs[at] / (until - first)
    return shared, nowhere


def whole_staff(erlangs: Floats, is_open: Bools, occupancy: float) -> Whole:
    """Whole agents that have done the work of every run of open intervals in time, rounded up only once."""
    staff = np.zeros(len(erlangs), np.int64)
    for run in runs(is_open):
        done = whole_up(np.cumsum(erlangs[list(run)]) / occupancy)
        staff[list(run)] = np.diff(done, prepend=0)
    return staff
