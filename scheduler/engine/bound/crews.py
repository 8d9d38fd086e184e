"""Crews: where only few people can be at work at a time, who they are, and when.

A *crew* is whoever is at work on a skill in a period that only duties of one day reach, where few can be
there at once: at night, or with a rare skill at the edges of the day.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.verb_tables import amounts
from scheduler.engine.kernel.arrays import BoolArray, Int32Array, Int64Array
from scheduler.model.limits.verbs import MinutesWithin, Verb


@dataclass(frozen=True)
class CrewPolicy:
    """Parameters of which crews there are."""

    most_agents: int = 12
    """Agents who can be of a crew. Crews of at most 30 or 60 prove nothing: a duty is of one crew only, and
    the large ones take the place of the small (example week)."""
    most_crews: int = 40
    """Crews of a problem, those of the longest periods; each takes time of its own. More prove more of short
    periods and take time from the ascent."""


POLICY = CrewPolicy()


@dataclass(frozen=True, eq=False)
class Crew:
    """Those at work on a skill in a period.

    Parameters
    ----------
    day
        On which their duties begin.
    slots
        The padded slots of the period, in order.
    row
        Where they are counted among the headcounts of :func:`instance_with`: one row takes a crew of its
        skill a day.
    may
        Shape (agents, options): who may work which of the crew's duties.
    """

    skill: int
    day: int
    slots: Int64Array
    row: int
    may: BoolArray

    @property
    def most(self) -> int:
        """How many can be there."""
        return int(self.may.any(axis=1).sum())


def crews_of(instance: Instance) -> list[Crew]:
    """All crews, such that no duty belongs to two; none where nothing is asked for by the interval."""
    if not instance.staffing.breakpoints:
        return []
    taken = np.zeros(instance.menus.shape, bool)
    rows: dict[tuple[int, int], int] = {}  # by skill, and how many crews of it the day had before
    crews_on: Counter[tuple[int, int]] = Counter()
    crews: list[Crew] = []
    longest = sorted(_periods(instance), key=lambda one: one[2] - one[3])[: POLICY.most_crews]
    for skill, day, first, last in sorted(longest):
        may = instance.menus[:, day] & _holders(instance, skill)[:, None]
        may &= _overlapping(instance, day, first, last)[instance.zone]
        if (taken[:, day] & may).any():
            continue
        taken[:, day] |= may
        row = rows.setdefault((skill, crews_on[skill, day]), instance.heads.rows + len(rows))
        crews_on[skill, day] += 1
        crews.append(Crew(skill, day, np.arange(first, last), row, may))
    return crews


def instance_with(instance: Instance, crews: list[Crew]) -> Instance:
    """The instance with a headcount row for each row of crews, at no cost."""
    heads, slots = instance.heads, instance.slots
    names, verbs, counts = list(heads.names), list(heads.verbs), list(heads.counts)
    for row in sorted({crew.row for crew in crews}):
        mine = [crew for crew in crews if crew.row == row]
        spans = tuple(
            sorted(
                (slots.instant(int(crew.slots[0])), slots.instant(int(crew.slots[-1]) + 1)) for crew in mine
            )
        )
        names.append(f"crew {row}")
        verbs.append(MinutesWithin(spans))
        counts.append(np.any([crew.may.any(axis=1) for crew in mine], axis=0))
    every = replace(heads, names=tuple(names), verbs=tuple(verbs), counts=np.stack(counts))

    def amount(verb: Verb) -> Int32Array:
        if verb in instance.verbs:
            return np.asarray(instance.amount[instance.column(verb)], np.int32)
        zones, days = range(len(slots.zones)), range(instance.problem.grid.days)
        return np.array(
            [[amounts(instance.options, verb, zone, day) for day in days] for zone in zones], np.int32
        )

    return instance.with_heads(every, amount)


def _periods(instance: Instance) -> Iterator[tuple[int, int, int, int]]:
    """Where few can be, on duties of one day only: skill, day, first slot and the one after the last."""
    slots, staffing = instance.slots, instance.staffing
    whole_weeks = {row.skill for row in instance.services.rows} | {row.skill for row in instance.deferred}
    for skill in range(len(instance.problem.skills)):
        if skill in whole_weeks:  # what its staff costs hangs together over many slots
            continue
        able = _able(instance, skill)
        fits = (np.count_nonzero(able, axis=0) == 1) & (able.max(axis=0) <= POLICY.most_agents)
        fits[: slots.pad] = fits[slots.pad + slots.inside :] = False
        for group, first, last in staffing.given:
            if skill in staffing.groups[group][0]:
                fits[first:last] = False
        wanted = np.zeros(slots.count, bool)
        for one in staffing.breakpoints:
            if one.skill == skill and not one.over:
                wanted |= one.at > 0
        day_of = np.where(fits, able.argmax(axis=0), -1)
        edges = [0, *(np.flatnonzero(np.diff(day_of)) + 1).tolist(), len(day_of)]
        for first, last in pairwise(edges):
            if fits[first] and wanted[first:last].any():
                yield skill, int(day_of[first]), first, last


def _able(instance: Instance, skill: int) -> Int64Array:
    """How many agents can be at work on a skill in each slot with a duty of each day, shape (days, slots)."""
    options, slots = instance.options, instance.slots
    numbers, menus = instance.menu_numbers
    length = (options.elapsed // slots.minutes).astype(np.int64)
    able = np.zeros((instance.problem.grid.days, slots.count), np.int64)
    holders = np.flatnonzero(_holders(instance, skill))
    for day in range(len(able)):
        alike, counts = np.unique(
            np.stack([instance.zone[holders], numbers[holders, day]]), axis=1, return_counts=True
        )
        for (zone, menu), count in zip(alike.T.tolist(), counts.tolist(), strict=True):
            mine = np.flatnonzero(menus[menu])
            start = options.start_slot[zone, day, mine].astype(np.int64)
            change = np.zeros(slots.count + 1, np.int64)
            np.add.at(change, start, 1)
            np.add.at(change, start + length[mine], -1)
            able[day] += count * (np.cumsum(change)[:-1] > 0)
    return able


def _holders(instance: Instance, skill: int) -> BoolArray:
    """Who has a skill, shape (agents,)."""
    serves = np.array([skill in skills for skills, _ in instance.staffing.groups])
    return np.asarray(serves[instance.staffing.group], bool)


def _overlapping(instance: Instance, day: int, first: int, last: int) -> BoolArray:
    """Which options of a day overlap a range of slots, shape (zones, options)."""
    span = instance.slots.instant(first), instance.slots.instant(last)
    zones = range(len(instance.slots.zones))
    return np.stack([amounts(instance.options, MinutesWithin((span,)), zone, day) > 0 for zone in zones])
