"""Deferrable work that the roster places: whole portions, each with the intervals in which it may be done.

Called by :mod:`scheduler.demand.requirement`. A portion is what one agent on the roster does in one
interval. Work is packed into portions in the order of its arrival, also work of several intervals into one.
Such a portion may be begun when the last part of it is there and is due with the first, so that portions
are due in the order in which they arrive. Then a number of portions by interval keeps every deadline
exactly if its running sum lies between what is due and what has arrived: earliest deadline first loses
nothing (Jackson 1955).
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from scheduler.demand.arrays import Bools, Floats, Whole
from scheduler.domain.facts.volumes import DeferredWork
from scheduler.domain.values.percent import WHOLE

_PARTS = 1_000_000
"""Parts of a portion, in which work is added up."""
_HAIR = 1e-3
"""Of a part: rounding of numbers, and no work."""


def portions_of(
    skill: str, work: Floats, taken: Whole, is_open: Bools, deadline_intervals: int
) -> DeferredWork:
    """The portions of a skill.

    What meets no open interval before its deadline is left out; a check tells of it.

    Parameters
    ----------
    work
        Agents on the queue that the work of each interval occupies for one interval.
    taken
        Share of paid time that is spent elsewhere, in hundredths of a per cent. Of the intervals in which
        some work may be done the greatest counts, so that its deadline is kept wherever it is placed.
    """
    opened = np.flatnonzero(is_open).tolist()
    arrived, due = np.zeros(len(opened), np.int64), np.zeros(len(opened), np.int64)
    filled, from_, until = 0, 0, 0  # of the portion that is not full yet
    for at in np.flatnonzero(work > 0).tolist():
        first, behind = bisect_left(opened, at), bisect_left(opened, at + max(1, deadline_intervals))
        if first == behind:
            continue
        left_of_time = WHOLE - int(taken[opened[first:behind]].max())
        parts = int(np.ceil(work[at] * _PARTS * WHOLE / left_of_time - _HAIR))
        if filled and first >= until:  # due before this work is there
            arrived[from_] += 1
            due[until - 1] += 1
            filled = 0
        if filled:
            if parts < _PARTS - filled:
                filled, from_ = filled + parts, first
                continue
            arrived[first] += 1
            due[until - 1] += 1
            parts, filled = parts - (_PARTS - filled), 0
        full, filled = divmod(parts, _PARTS)
        arrived[first] += full
        due[behind - 1] += full
        from_, until = first, behind
    if filled:
        arrived[from_] += 1
        due[until - 1] += 1
    return DeferredWork(
        skill=skill,
        intervals=tuple(opened),
        arrived=tuple(np.cumsum(arrived).tolist()),
        due=tuple(np.cumsum(due).tolist()),
    )


def placed_evenly(work: DeferredWork, loads: Sequence[float], intervals: int) -> Whole:
    """Portions by interval that keep every deadline, and follow the loads as near as whole ones can.

    Parameters
    ----------
    loads
        By interval, in agents on the roster.
    intervals
        How many there are, open or not.
    """
    staff = np.zeros(intervals, np.int64)
    opened = list(work.intervals)
    so_far = np.rint(np.cumsum(np.asarray(loads, np.float64)[opened])).astype(np.int64)
    done = np.clip(so_far, work.due, work.arrived) if opened else so_far
    staff[opened] = np.diff(done, prepend=0)
    return staff
