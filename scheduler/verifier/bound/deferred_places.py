"""Deferred work in the bound: what placing it costs at least, at a price in each slot.

Portions are done in the order of their arrival, so that the number ``n`` may be done from the interval on
in which ``n`` have arrived until the one in which ``n`` are due. Each costs its cheapest interval at least.
"""

from collections import deque
from collections.abc import Sequence

from scheduler.domain.facts.problem import DeferredWork


def cheapest_places(work: DeferredWork, prices: Sequence[int], interval_slots: int) -> int:
    """The least cost of all portions at the prices of slots, each as if it were alone.

    Parameters
    ----------
    interval_slots
        Slots of an interval.
    """
    each = [
        sum(prices[interval * interval_slots : (interval + 1) * interval_slots])
        for interval in work.intervals
    ]
    total, behind = 0, 0
    least: deque[int] = deque()  # positions of rising prices: the first is the cheapest of the window
    before = 0
    for first, arrived in enumerate(work.arrived):
        number = before
        while number < arrived:
            number += 1
            last = first
            while work.due[last] < number:
                last += 1
            same = min(arrived, work.due[last]) - number + 1  # as many have this window
            while behind <= last:
                while least and each[least[-1]] >= each[behind]:
                    least.pop()
                least.append(behind)
                behind += 1
            while least[0] < first:
                least.popleft()
            total += same * each[least[0]]
            number += same - 1
        before = arrived
    return total
