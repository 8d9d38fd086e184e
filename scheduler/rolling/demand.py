"""How many people are wanted in the next horizon: what its weekdays want, or last wanted.

Called by :mod:`scheduler.rolling.next_week`. Nothing is made up: a weekday of which nothing is known is
closed, and told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from scheduler.domain.demand import Demand, Headcount
from scheduler.domain.grid import TimeGrid


@dataclass(frozen=True)
class Moved:
    """Demand and headcounts of the next horizon.

    Parameters
    ----------
    unknown
        Dates of a weekday that the old horizon does not have.
    exceptions
        Dates of the old horizon that had numbers of their own, which do not come again.
    """

    demand: tuple[Demand, ...]
    headcounts: tuple[Headcount, ...]
    unknown: tuple[date, ...]
    exceptions: tuple[date, ...]


def moved(
    demand: tuple[Demand, ...], headcounts: tuple[Headcount, ...], old: TimeGrid, new: TimeGrid
) -> Moved:
    """What is wanted in the next horizon."""
    model = _model_days(old, new)
    needs_model = any(not one.usual for one in demand) or any(not wanted.usual for wanted in headcounts)
    model_intervals = _model_intervals(old, new, model) if demand else ()
    exceptions = {
        old.interval_start(interval).date()
        for one in demand
        if one.usual
        for interval, (number, usual) in enumerate(zip(one.required, one.spread(old).required, strict=True))
        if number != usual
    }
    exceptions |= {
        old.date(day)
        for wanted in headcounts
        if wanted.usual
        for day, (number, usual) in enumerate(zip(wanted.required, wanted.spread(old).required, strict=True))
        if number != usual
    }
    return Moved(
        demand=tuple(one.spread(new) if one.usual else _copied(one, model_intervals) for one in demand),
        headcounts=tuple(
            wanted.spread(new)
            if wanted.usual
            else wanted.model_copy(
                update={
                    "required": tuple(
                        None if at is None else wanted.required[at] for at in map(model.get, range(new.days))
                    )
                }
            )
            for wanted in headcounts
        ),
        unknown=tuple(new.date(day) for day in range(new.days) if needs_model and day not in model),
        exceptions=tuple(sorted(exceptions)),
    )


def _model_days(old: TimeGrid, new: TimeGrid) -> Mapping[int, int]:
    """For each new day the last old one of its weekday."""
    of_weekday = {old.weekday(day): day for day in range(old.days)}
    return {day: of_weekday[new.weekday(day)] for day in range(new.days) if new.weekday(day) in of_weekday}


def _model_intervals(old: TimeGrid, new: TimeGrid, model: Mapping[int, int]) -> tuple[int | None, ...]:
    """For each new interval the old one of its weekday and clock time, or the one before it.

    An hour that comes twice is wanted twice, and one that the old day's clock skipped as the one before.
    """
    at: dict[tuple[date, time, int], int] = {}
    for interval in range(old.intervals):
        moment = old.interval_start(interval)
        at[moment.date(), moment.time(), moment.fold] = interval
    found: list[int | None] = []
    for interval in range(new.intervals):
        moment = new.interval_start(interval)
        day = model.get(new.day_index(moment.date()))
        if day is None:
            found.append(None)
            continue
        on, clock = old.date(day), moment.time()
        found.append(at.get((on, clock, moment.fold), at.get((on, clock, 0), found[-1] if found else None)))
    return tuple(found)


def _copied(demand: Demand, model: tuple[int | None, ...]) -> Demand:
    closed = {"required": 0, "minimum": 0, "maximum": None}
    return demand.model_copy(
        update={
            key: tuple(nothing if at is None else getattr(demand, key)[at] for at in model)
            for key, nothing in closed.items()
            if getattr(demand, key)
        }
    )
