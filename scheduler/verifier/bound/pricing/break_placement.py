"""The cheapest placement of a shift's breaks, for many shifts of one length at once.

Dynamic programming over subsets (Held and Karp 1962) and slots: breaks are placed in order of time, and the
next one depends on the earlier ones only through their set and the end of the last. So the state is the set
of breaks already placed and the end of the last one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.verifier.recount.exact import Ints

NO_LAYOUT = 2**60
"""Loss of a shift without a legal placement; sums of it stay far from overflow."""


@dataclass(frozen=True)
class BreakSlots:
    """One break to place.

    Parameters
    ----------
    first, last
        Shape (shifts,): window of its start in slots after each shift's start.
    step
        Slots between two starts, counted from ``first``.
    at
        If given, the only allowed starts; each of shape (shifts,).
    charge
        Shape (shifts, positions): cost of each start by preferences; ``None`` is none.
    since
        If given, no start lies before it; shape (shifts,).
    """

    length: int
    first: Ints
    last: Ints
    step: int = 1
    at: tuple[Ints, ...] | None = None
    charge: Ints | None = None
    since: Ints | None = None


@dataclass(frozen=True)
class Spacing:
    """Limits between breaks, in slots; ``None`` is no limit.

    Parameters
    ----------
    in_order
        They are taken in the order listed; otherwise in any order.
    gap_at_least, gap_at_most
        From the end of one to the start of the next.
    stretch_at_most
        Work without a break, from the shift's start and to its end too.
    """

    in_order: bool
    gap_at_least: int = 0
    gap_at_most: int | None = None
    stretch_at_most: int | None = None


@dataclass(frozen=True)
class Charges:
    """Costs of spacing that is only preferred.

    Parameters
    ----------
    gap, stretch
        Shape (length + 1,): cost of a gap between two breaks, of a stretch of work, by its slots.
    out_of_order
        Cost of each break that is taken before its predecessor in the list.
    """

    gap: Ints
    stretch: Ints
    out_of_order: int


def least_loss(
    worth: Ints, breaks: Sequence[BreakSlots], spacing: Spacing, charges: Charges | None = None
) -> Ints:
    """The least loss of worth by the breaks of each shift; ``NO_LAYOUT`` if they cannot be placed.

    Parameters
    ----------
    worth
        Shape (shifts, length + 1): worth of the shift's slots up to each position, summed.
    breaks
        In the order of the break set.
    """
    shifts, length = worth.shape[0], worth.shape[1] - 1
    longest = length if spacing.stretch_at_most is None else spacing.stretch_at_most
    most = longest if spacing.gap_at_most is None else min(longest, spacing.gap_at_most)
    losses = [_loss(worth, pause) for pause in breaks]
    everything = (1 << len(breaks)) - 1
    begin = np.full((shifts, length + 1), NO_LAYOUT, dtype=np.int64)
    begin[:, 0] = 0
    by_end: dict[int, Ints] = {0: begin}  # set of breaks laid -> least loss by end of the last of them
    for laid in range(everything):
        if laid not in by_end:
            continue  # not reached when breaks are taken in order
        fewest = spacing.gap_at_least if laid else 0
        ended = by_end.pop(laid)
        if charges is None:
            before = _least_within(ended, fewest, most if laid else longest)
        else:
            cost = charges.stretch + charges.gap if laid else charges.stretch
            before = _least_charged(ended, fewest, most if laid else longest, cost)
        for number, pause in enumerate(breaks):
            if laid >> number & 1:
                continue
            if pause.length <= length:
                then = before[:, : length + 1 - pause.length] + losses[number]
                if charges is not None and laid >> (number + 1) & 1:
                    then = then + charges.out_of_order
                ends = by_end.setdefault(
                    laid | 1 << number, np.full((shifts, length + 1), NO_LAYOUT, dtype=np.int64)
                )
                np.minimum(ends[:, pause.length :], then, out=ends[:, pause.length :])
            if spacing.in_order:
                break
    if everything not in by_end:
        return np.full(shifts, NO_LAYOUT, dtype=np.int64)
    tail = by_end[everything]
    if charges is not None:
        tail = tail + charges.stretch[::-1]
    least: Ints = tail[:, max(0, length - longest) :].min(axis=1)
    return np.where(least >= NO_LAYOUT // 2, NO_LAYOUT, least)


def _loss(worth: Ints, pause: BreakSlots) -> Ints:
    """The loss by the break at each position; shape (shifts, positions)."""
    if pause.length >= worth.shape[1]:
        return np.empty((worth.shape[0], 0), dtype=np.int64)
    lost = worth[:, pause.length :] - worth[:, : worth.shape[1] - pause.length]
    after = np.arange(lost.shape[1])[None, :] - pause.first[:, None]
    allowed = (after >= 0) & (after <= (pause.last - pause.first)[:, None]) & (after % pause.step == 0)
    if pause.at is not None:
        position = np.arange(lost.shape[1])[None, :]
        pinned = [position == start[:, None] for start in pause.at]
        allowed &= np.any(pinned, axis=0) if pinned else False
    if pause.since is not None:
        allowed &= np.arange(lost.shape[1])[None, :] >= pause.since[:, None]
    if pause.charge is not None:
        lost = lost + pause.charge
    return np.where(allowed, lost, NO_LAYOUT)


def _least_within(loss: Ints, fewest: int, most: int) -> Ints:
    """At each position the least loss ending ``fewest`` to ``most`` slots before: a sliding minimum."""
    shifts, positions = loss.shape
    result = np.full((shifts, positions), NO_LAYOUT, dtype=np.int64)
    if most < fewest or fewest >= positions:
        return result
    if most >= positions - 1:
        result[:, fewest:] = np.minimum.accumulate(loss, axis=1)[:, : positions - fewest]
        return result
    window, width = loss.copy(), 1  # window[p] = min of loss[p - width + 1 .. p]
    while width < most - fewest + 1:
        reach = min(width, most - fewest + 1 - width)
        window[:, reach:] = np.minimum(window[:, reach:], window[:, : positions - reach].copy())
        width += reach
    result[:, fewest:] = window[:, : positions - fewest]
    return result


def _least_charged(loss: Ints, fewest: int, most: int, cost: Ints) -> Ints:
    """The same with a cost for each distance; every distance is tried."""
    positions = loss.shape[1]
    result = np.full_like(loss, NO_LAYOUT)
    for apart in range(fewest, min(most, positions - 1) + 1):
        reached = result[:, apart:]
        np.minimum(reached, loss[:, : positions - apart] + cost[apart], out=reached)
    return result
