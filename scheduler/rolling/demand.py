"""How many people are wanted in the next horizon: by the date where it has rows, else by its weekday.

Called by :mod:`scheduler.rolling.next_week`. Nothing is made up: a weekday of which nothing is known is
closed, and told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from scheduler.domain.facts.demand import NOTHING_WANTED, Demand, Headcount, LaterDemand
from scheduler.domain.facts.volumes import NO_VOLUMES, LaterVolumes, Volumes
from scheduler.domain.values.grid import TimeGrid


@dataclass(frozen=True)
class Moved:
    """Demand, headcounts and volumes of the next horizon.

    Parameters
    ----------
    unknown
        Dates without numbers of their own, and of a weekday that the old horizon does not have.
    exceptions
        Dates of the old horizon that had numbers of their own, which do not come again.
    alone
        Those of them of whose weekday nothing is said.
    closed
        Dates of the next horizon that are of such a weekday, and have no numbers of their own.
    own
        Skills and shifts, each with how many dates of the next horizon have numbers of their own.
    kept
        Dates behind the next horizon whose numbers wait.
    skipped
        Dates before the next horizon whose numbers nobody planned with.
    overridden
        Dates of the old horizon whose requirement was overridden, which does not come again.
    """

    demand: tuple[Demand, ...]
    headcounts: tuple[Headcount, ...]
    volumes: tuple[Volumes, ...]
    unknown: tuple[date, ...]
    exceptions: tuple[date, ...]
    alone: tuple[date, ...]
    closed: tuple[date, ...]
    own: tuple[tuple[str, int], ...]
    kept: tuple[date, ...]
    skipped: tuple[date, ...]
    overridden: tuple[date, ...]


def moved(
    demand: tuple[Demand, ...],
    headcounts: tuple[Headcount, ...],
    volumes: tuple[Volumes, ...],
    old: TimeGrid,
    new: TimeGrid,
) -> Moved:
    """What is wanted in the next horizon; of demand what is given, and not computed from volumes."""
    model = _model_days(old, new)
    intervals = _model_intervals(old, new, model) if demand or volumes else ()
    dates = {new.date(day) for day in range(new.days)}
    again = {old.date(day) for day in range(old.days)} & dates
    rows: tuple[Demand | Headcount | Volumes, ...] = (*demand, *headcounts, *volumes)
    own = [again | {later.day for later in one.later} & dates for one in rows]
    unmodelled = {new.date(day) for day in range(new.days) if day not in model}
    unknown = {on for one, days in zip(rows, own, strict=True) if not one.usual for on in unmodelled - days}
    by_date = [_exceptions(one, old) if one.usual else set[date]() for one in rows]
    exceptions = set[date]().union(*by_date)
    alone = [
        {on for on in days if not _is_said(one, on.weekday())}
        for one, days in zip(rows, by_date, strict=True)
    ]
    closed = {
        on
        for gone, days in zip(alone, own, strict=True)
        for on in dates - days
        if on.weekday() in {other.weekday() for other in gone}
    }
    to_come = {later.day for one in rows for later in one.later}
    return Moved(
        demand=tuple(_demand(one, old, new, intervals) for one in demand),
        volumes=tuple(_volumes(one, old, new, intervals) for one in volumes),
        overridden=tuple(sorted(_overridden(volumes, old) - dates)),
        headcounts=tuple(_headcount(wanted, old, new, model) for wanted in headcounts),
        unknown=tuple(sorted(unknown)),
        exceptions=tuple(sorted(exceptions - dates)),
        alone=tuple(sorted(set().union(*alone) - dates)),
        closed=tuple(sorted(closed)),
        own=tuple(
            (one.row if isinstance(one, Headcount) else one.skill, len(days))
            for one, days in zip(rows, own, strict=True)
        ),
        kept=tuple(sorted(on for on in to_come if on > new.date(new.days - 1))),
        skipped=tuple(sorted(on for on in to_come if on < new.first_day)),
    )


def _exceptions(one: Demand | Headcount | Volumes, old: TimeGrid) -> set[date]:
    """Dates on which something else was wanted than on their weekday."""
    if isinstance(one, Headcount):
        people = one.spread(old)
        return {
            old.date(day)
            for day in range(old.days)
            if (one.required[day], one.most_on(day)) != (people.required[day], people.most_on(day))
        }
    main = "contacts" if isinstance(one, Volumes) else "required"
    wanted = zip(getattr(one, main), getattr(one.spread(old), main), strict=True)
    differing = [
        interval
        for interval, (said, usual) in enumerate(wanted)
        if said != usual and not (isinstance(one, Demand) and one.is_computed(interval))
    ]
    return {old.interval_start(interval).date() for interval in differing}


def _is_said(one: Demand | Headcount | Volumes, weekday: int) -> bool:
    """Whether anything is said of what is usual on a weekday."""
    if isinstance(one, Headcount):
        return one.usual[weekday] is not None
    return any(weekday in usual.weekdays for usual in one.usual)


def _model_days(old: TimeGrid, new: TimeGrid) -> Mapping[int, int]:
    """For each new day the old one that it follows: the same date, or the last one of its weekday."""
    of_weekday = {old.weekday(day): day for day in range(old.days)}
    same = {day: old.day_index(new.date(day)) for day in range(new.days)}
    return {
        day: same[day] if same[day] in range(old.days) else of_weekday[new.weekday(day)]
        for day in range(new.days)
        if new.weekday(day) in of_weekday
    }


def _model_intervals(old: TimeGrid, new: TimeGrid, model: Mapping[int, int]) -> tuple[int | None, ...]:
    """For each new interval the old one of its model's day and clock time, or the one before it.

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


def _demand(demand: Demand, old: TimeGrid, new: TimeGrid, model: tuple[int | None, ...]) -> Demand:
    """A skill's numbers: of the date, where it has any; else of its weekday, or of its model's day."""
    usual = demand.spread(new) if demand.usual else _copied(demand, NOTHING_WANTED, model)
    series, computed = _moved(demand, usual, NOTHING_WANTED, old, new, model)
    marks = (
        {"from_volumes": tuple(computed)} if demand.from_volumes and any(computed) else {"from_volumes": ()}
    )
    return demand.model_copy(update={**series, **marks})


def _volumes(volumes: Volumes, old: TimeGrid, new: TimeGrid, model: tuple[int | None, ...]) -> Volumes:
    """A skill's contacts, likewise; what overrides a date goes with it."""
    usual = volumes.spread(new) if volumes.usual else _copied(volumes, NO_VOLUMES, model)
    series, _ = _moved(volumes, usual, NO_VOLUMES, old, new, model)
    same = [
        volumes.override[at] if at is not None and volumes.override and _is_same(old, new, at, to) else None
        for to, at in enumerate(model)
    ]
    override = tuple(same) if any(number is not None for number in same) else ()
    return volumes.model_copy(update={**series, "override": override})


def _moved(
    one: Demand | Volumes,
    usual: Demand | Volumes,
    nothing: Mapping[str, int | None],
    old: TimeGrid,
    new: TimeGrid,
    model: tuple[int | None, ...],
) -> tuple[dict[str, tuple[Any, ...]], list[bool]]:
    """The numbers of the next horizon by measure, and of which intervals none are given."""
    main = next(iter(nothing))
    modelled, last = _copied(one, nothing, model), new.date(new.days - 1)
    later: dict[date, LaterDemand | LaterVolumes] = {
        other.day: other for other in one.later if new.first_day <= other.day <= last
    }
    series: dict[str, list[Any]] = {key: [] for key in nothing}
    silent: list[bool] = []
    given = {key for key in nothing if any(getattr(part, key) for part in (usual, *later.values()))}
    for day in range(new.days):
        on = new.date(day)
        is_known = old.day_index(on) in range(old.days)
        if is_known:
            given |= {key for key in nothing if getattr(modelled, key)}
        for at, interval in enumerate(new.intervals_of(day)):
            source: Any = modelled if is_known else usual
            if on in later:
                is_said = getattr(later[on], main)[at] is not None
                source, interval = (later[on], at) if is_said else (usual if one.usual else None, interval)
            silent.append(source is None or (isinstance(source, Demand) and source.is_computed(interval)))
            for key, default in nothing.items():
                numbers: tuple[Any, ...] = getattr(source, key, ())
                number = numbers[interval] if numbers else None
                series[key].append(default if number is None else number)
    moved_on: dict[str, tuple[Any, ...]] = {
        key: tuple(numbers) if key in given else () for key, numbers in series.items()
    }
    return moved_on | {"later": tuple(other for other in one.later if other.day > last)}, silent


def _copied(
    one: Demand | Volumes, nothing: Mapping[str, int | None], model: tuple[int | None, ...]
) -> Demand | Volumes:
    """The numbers of each interval's model."""
    copied: dict[str, tuple[Any, ...]] = {
        key: tuple(default if at is None else getattr(one, key)[at] for at in model)
        for key, default in nothing.items()
        if getattr(one, key)
    }
    if isinstance(one, Demand) and one.from_volumes:
        copied["from_volumes"] = tuple(at is None or one.from_volumes[at] for at in model)
    return one.model_copy(update=copied)


def _is_same(old: TimeGrid, new: TimeGrid, before: int, now: int) -> bool:
    """Whether an interval of the old horizon is one of the new one."""
    return old.interval_start(before) == new.interval_start(now)


def _overridden(volumes: tuple[Volumes, ...], old: TimeGrid) -> set[date]:
    return {
        old.interval_start(at).date()
        for one in volumes
        for at, number in enumerate(one.override)
        if number is not None
    }


def _headcount(wanted: Headcount, old: TimeGrid, new: TimeGrid, model: Mapping[int, int]) -> Headcount:
    """A shift's numbers, likewise."""
    later = {one.day: one for one in wanted.later}

    def of(on: date, at: int | None, key: str, usual: tuple[int | None, ...]) -> int | None:
        if on in later:
            number: int | None = getattr(later[on], key)
            return number
        if usual and old.day_index(on) not in range(old.days):
            return usual[on.weekday()]
        by_day: tuple[int | None, ...] = getattr(wanted, key)
        return None if at is None or not by_day else by_day[at]

    days = [(new.date(day), model.get(day)) for day in range(new.days)]
    required = [of(on, at, "required", wanted.usual) for on, at in days]
    most = [of(on, at, "maximum", wanted.usual_maximum) for on, at in days]
    last = new.date(new.days - 1)
    return wanted.model_copy(
        update={
            "required": tuple(required),
            "maximum": tuple(most) if any(number is not None for number in most) else (),
            "later": tuple(one for one in wanted.later if one.day > last),
        }
    )
