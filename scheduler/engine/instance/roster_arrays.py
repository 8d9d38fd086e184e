"""A roster as arrays over agents and days, what it costs, and the way from there to duties and back."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.engine.instance.break_layouts import MOST_BREAKS
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.shift_options import ABSENT
from scheduler.engine.kernel.arrays import Int32Array

FREE, OPEN = -1, -2
"""In place of an option: a day off, and a day of which nothing is fixed."""

Week = Int32Array
"""One agent's option on each day, shape (days,)."""
OptionTable = Int32Array
"""Everybody's option on each day, shape (agents, days)."""


@dataclass(frozen=True)
class Cost:
    """What a worker's roster costs.

    Parameters
    ----------
    total
        True cost of everything that has a price, in sixtieths of a cent.
    short
        Charge for broken hard staffing limits, in sixtieths of a cent; 0 in a legal roster.
    excess
        By how much agents' hard limits are broken, in units of the limits; 0 in a legal roster.
    """

    total: int
    short: int
    excess: int

    @property
    def is_legal(self) -> bool:
        """No hard limit is broken."""
        return self.short == 0 and self.excess == 0


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A roster as arrays: options, break orders and break starts of every agent and day."""

    option: Int32Array
    order: Int32Array
    at: Int32Array


Offer = Callable[[Cost, Callable[[], Snapshot]], object]
"""Takes the cost of a roster and a function that copies it, which is called if the roster is wanted."""


def roster_of(instance: Instance, snapshot: Snapshot) -> Roster:
    """A copy of the arrays as duties with their breaks."""
    slot, options = instance.slots.minutes, instance.options
    duties = []
    for agent, day in np.argwhere(snapshot.option != FREE).tolist():
        option = int(snapshot.option[agent, day])
        start = int(options.start_instant[instance.zone[agent], day, option])
        order = int(snapshot.order[agent, day])
        breaks = (
            tuple(
                PlacedBreak(
                    name=pause.name,
                    start=start + int(snapshot.at[agent, day, j]) * slot,
                    length_minutes=pause.length_minutes,
                    paid=pause.paid,
                )
                for j, pause in enumerate(instance.layouts.taken[order])
            )
            if instance.options.template_of(option).breaks_of(int(options.elapsed[option]))
            else ()
        )
        duties.append(
            Duty(
                agent=instance.problem.agents[agent].name,
                day=day,
                template=options.template_of(option).name,
                start=start,
                end=start + int(options.elapsed[option]),
                breaks=breaks,
            )
        )
    return Roster(duties=tuple(duties))


def snapshot_of(instance: Instance, roster: Roster) -> Snapshot:
    """A roster as arrays; duties that the instance does not know are left out."""
    agents, days = instance.agents, instance.problem.grid.days
    option = np.full((agents, days), FREE, np.int32)
    order = np.zeros((agents, days), np.int32)
    at = np.zeros((agents, days, MOST_BREAKS), np.int32)
    number = {agent.name: i for i, agent in enumerate(instance.problem.agents)}
    for duty in roster.duties:
        agent = number.get(duty.agent)
        if agent is None or not 0 <= duty.day < days:
            continue
        placed = _place(instance, agent, duty)
        if placed is not None:
            option[agent, duty.day], order[agent, duty.day] = placed[:2]
            at[agent, duty.day, : len(placed[2])] = placed[2]
    return Snapshot(option, order, at)


def _place(instance: Instance, agent: int, duty: Duty) -> tuple[int, int, list[int]] | None:
    options, zone = instance.options, int(instance.zone[agent])
    same = (
        (options.start_slot[zone, duty.day] != ABSENT)
        & (options.start_instant[zone, duty.day] == duty.start)
        & (options.elapsed == duty.elapsed_minutes)
        & instance.menus[agent, duty.day]
    )
    taken = tuple(sorted(duty.breaks, key=lambda pause: pause.start))
    row = int(instance.price_row[agent, duty.day])
    alike = np.nonzero(same)[0]
    # options of one shift differ in where breaks are wished for: the cheapest that fits comes first
    for o in (alike if row < 0 else alike[np.argsort(instance.price[row, alike], kind="stable")]).tolist():
        if options.template_of(o).name != duty.template:
            continue
        layout = int(instance.layout[instance.regime[agent, duty.day], zone, duty.day, o])
        for order in range(instance.layouts.from_[layout], instance.layouts.from_[layout + 1]):
            if [pause.name for pause in instance.layouts.taken[order]] == [pause.name for pause in taken]:
                places = [(pause.start - duty.start) // instance.slots.minutes for pause in taken]
                length = duty.elapsed_minutes // instance.slots.minutes
                if _is_legal(instance.layouts.variants[order][0], places, length):
                    return o, order, places
    return None


def _is_legal(variant: np.void, places: list[int], length: int) -> bool:
    """Whether breaks at these places keep every hard limit of their order."""
    worked_since = 0
    for j, place in enumerate(places):
        first, last, step = (int(variant[name][j]) for name in ("first", "last", "step"))
        gap = place - worked_since
        if not first <= place <= last or (place - first) % step or gap > variant["work_most"]:
            return False
        if j and not variant["gap_least"] <= gap <= variant["gap_most"]:
            return False
        worked_since = place + int(variant["length"][j])
    return bool(length - worked_since <= variant["work_most"])
