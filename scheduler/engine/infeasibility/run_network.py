"""Runs of days at work and days off as a flow through a network: what CP-SAT sees of them at once.

Each window of a run is a weak inequality, and together they let fractions of days through that no week has.
The same runs as a path of unit flow, a node for each length of the present run, have no fractions between (a
network matrix is totally unimodular), so that the linear relaxation says what is out of reach of a sum. It is
stated beside the limits, and takes nothing from them. The longest path through the same network is the most
that the runs let through, exactly and at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from ortools.sat.python import cp_model

from scheduler.engine.instance.instance import Instance
from scheduler.model import Run, Total
from scheduler.model.limits.verbs import Free, Verb, Worked


@dataclass(frozen=True)
class _Bounds:
    """How long runs may be and must be; ``carried`` days of one lie before the horizon, if that is known."""

    at_least: int
    at_most: float
    carried: int | None


@dataclass(frozen=True)
class _Node:
    """The present run: of days off or not, how long, and whether its beginning is known."""

    is_off: bool
    days: int
    is_judged: bool


def add_run_network(model: cp_model.CpModel, free: Sequence[cp_model.IntVar], runs: Iterable[Run]) -> None:
    """State the runs of whole days, at work and off, as a flow.

    Parameters
    ----------
    free
        Whether each day is off.
    runs
        Hard limits; those over other days than all, or of anything else, are left to others.
    """
    mine = _over_every_day(len(free), runs)
    if not mine:
        return
    bounds = {False: _bounds(mine, Worked()), True: _bounds(mine, Free())}
    reached: dict[_Node | None, list[cp_model.IntVar]] = {_first(bounds): []}
    for day, is_free in enumerate(free):
        after: dict[_Node | None, list[cp_model.IntVar]] = {}
        all_off: list[cp_model.IntVar] = []
        for node, flow_in in reached.items():
            flow_out = []
            for is_off in (False, True):
                then = _next(bounds, node, is_off)
                if then is None:
                    continue
                arc = model.new_bool_var(f"day {day} {node} {is_off}")
                flow_out.append(arc)
                after.setdefault(then, []).append(arc)
                all_off += [arc] * is_off
            model.add(cp_model.LinearExpr.sum(flow_out) == (cp_model.LinearExpr.sum(flow_in) if day else 1))
        model.add(cp_model.LinearExpr.sum(all_off) == is_free)
        reached = after


def most_over_runs(
    worked: Sequence[int | None], off: Sequence[int | None], runs: Iterable[Run]
) -> int | None:
    """The largest sum over all days that the runs let through; ``None`` where they let nothing through.

    Parameters
    ----------
    worked, off
        What each day adds where it is worked, and where it is off; ``None`` where it may not be.
    runs
        Hard limits; those over other days than all, or of anything else, are left out.
    """
    mine = _over_every_day(len(worked), runs)
    bounds = {False: _bounds(mine, Worked()), True: _bounds(mine, Free())}
    reached: dict[_Node | None, int] = {_first(bounds): 0}
    for day in zip(worked, off, strict=True):
        after: dict[_Node | None, int] = {}
        for node, before in reached.items():
            for is_off, added in enumerate(day):
                then = None if added is None else _next(bounds, node, bool(is_off))
                if added is not None and then is not None:
                    after[then] = max(after.get(then, before + added), before + added)
        reached = after
    return max(reached.values(), default=None)


def sum_beyond_runs(instance: Instance) -> tuple[Total, int] | None:
    """A sum of the first agent that runs of days exclude by themselves, and how far they let it come.

    CP-SAT takes 10 s for that over half a year, a path through the network of runs none.
    """
    hard = [one.limit for one in instance.multi_day_limits[0] if one.price is None]
    runs = [one for one in hard if isinstance(one, Run)]
    for limit in hard:
        if not isinstance(limit, Total) or limit.on_any_of:
            continue
        for bound, sign in ((limit.at_least, 1), (limit.at_most, -1)):
            if bound is None:
                continue
            most = most_over_runs(*_amounts_by_day(instance, limit, sign), runs)
            if most is None or most < sign * (bound - limit.carried_in):
                return limit, limit.carried_in + sign * (most or 0)
    return None


def _amounts_by_day(instance: Instance, limit: Total, sign: int) -> tuple[list[int | None], list[int | None]]:
    """The most of ``sign`` times what each day adds, worked and off; ``None`` where it may not be."""
    amount, on = instance.amount[instance.column(limit.of), instance.zone[0]], {*limit.on}
    free = int(instance.struct.kept["free_amount"][instance.column(limit.of)])
    worked: list[int | None] = []
    off: list[int | None] = []
    for day, menu in enumerate(instance.menus[0]):
        counts = int(day in on)
        worked.append(counts * int((sign * amount[day, menu]).max()) if menu.any() else None)
        off.append(counts * sign * free if instance.may_be_free[0, day] else None)
    return worked, off


def _over_every_day(days: int, runs: Iterable[Run]) -> list[Run]:
    """The runs of whole days at work or off over the horizon."""
    every_day = tuple((day,) for day in range(days))
    return [one for one in runs if one.over == every_day and one.of in (Worked(), Free())]


def _bounds(runs: Iterable[Run], verb: Verb) -> _Bounds:
    mine = [one for one in runs if one.of == verb]
    carried = [one.carried_in for one in mine]
    known = [days for days in carried if days is not None]
    return _Bounds(
        at_least=max((one.at_least or 0 for one in mine), default=0),
        at_most=min((one.at_most for one in mine if one.at_most is not None), default=inf),
        carried=None if len(known) < len(carried) else min(known, default=0),
    )


def _first(bounds: dict[bool, _Bounds]) -> _Node | None:
    """The run that reaches into the horizon, if any does."""
    for is_off, one in bounds.items():
        if one.carried:
            return _Node(is_off, one.carried, True)
    return None


def _next(bounds: dict[bool, _Bounds], node: _Node | None, is_off: bool) -> _Node | None:
    """The run after one more day; ``None`` where it may not be."""
    into = bounds[is_off]
    longest = max(into.at_least, 0 if into.at_most == inf else int(into.at_most), 1)
    if node is not None and node.is_off == is_off:
        if node.days + 1 > into.at_most:
            return None
        return _Node(is_off, min(node.days + 1, longest), node.is_judged)
    if node is not None and node.is_judged and node.days < bounds[node.is_off].at_least:
        return None
    return None if into.at_most < 1 else _Node(is_off, 1, node is not None or into.carried is not None)
