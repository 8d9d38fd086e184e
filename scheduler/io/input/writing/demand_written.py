"""The rows of a Demand sheet, such that reading them gives the same demand again.

Where weekdays have numbers, these are rows of weekdays, and only what differs on a date is a row of that
date. Dates behind the horizon follow. The table is wide, with a column for each skill, where every row then
has a number for each of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from scheduler.domain.facts.demand import NOTHING_WANTED, Demand, LaterDemand, UsualDemand, slot_of
from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR, TimeGrid
from scheduler.io.cells.columns import Language, normalised
from scheduler.io.input.sheets import DEMAND

Numbers = tuple[int | str | None, ...]
WideRow = tuple[tuple[date | int, ...], int, Numbers]
"""The days of a row, its clock minute, and its cells."""


def can_be_wide(problem: Problem) -> bool:
    """Whether every column named after a skill would be taken for what it is, and every cell has a number."""
    names = [normalised(skill.name) for skill in problem.skills]
    columns = {spelling for column in DEMAND.columns for spelling in column.spellings}
    tails = {
        spelling for key in ("required", "minimum", "maximum") for spelling in DEMAND.column(key).spellings
    }
    return (
        all(names)
        and len(set(names)) == len(names)
        and not any(name in columns or name + tail in names for name in names for tail in tails)
        and all(demand.skill in problem.skill_named for demand in problem.demand)
        and not any(demand.from_volumes for demand in problem.demand)
        and len({_open_times(demand) for demand in problem.demand}) <= 1
    )


def wide_headings(problem: Problem, language: Language) -> list[str]:
    """The headings of the wide table."""
    headings = [DEMAND.column(key).heading(language) for key in ("date", "start")]
    for demand in problem.demand:
        for measure in _measures(demand):
            tail = f" {DEMAND.column(measure).heading(language).lower()}"
            headings.append(demand.skill + ("" if measure == "required" else tail))
    return headings


def wide_rows(problem: Problem) -> Iterator[WideRow]:
    """The rows of the wide table: weekdays first, then dates."""
    grid = problem.grid
    slots = MINUTES_PER_DAY // grid.interval_minutes
    weeks = [_by_weekday(demand) for demand in problem.demand]
    alike: dict[tuple[UsualDemand | None, ...], list[int]] = {}
    for weekday in range(DAYS_PER_WEEK):
        days = tuple(week.get(weekday) for week in weeks)
        if any(days):
            alike.setdefault(days, []).append(weekday)
    for days, weekdays in alike.items():
        for slot in range(slots):
            cells = [
                _cell(demand, usual, measure, slot)
                for demand, usual in zip(problem.demand, days, strict=True)
                for measure in _measures(demand)
            ]
            if any(cell is not None for cell in cells):
                yield tuple(weekdays), slot * grid.interval_minutes, tuple(cells)
    for interval in _dated(grid, problem.demand):
        moment = grid.interval_start(interval)
        yield (
            (moment.date(),),
            moment.hour * MINUTES_PER_HOUR + moment.minute,
            tuple(
                _planned(demand, measure, interval)
                for demand in problem.demand
                for measure in _measures(demand)
            ),
        )
    yield from _later_rows(grid, problem.demand)


def _later_rows(grid: TimeGrid, demands: Sequence[Demand]) -> Iterator[WideRow]:
    """The rows of dates behind the horizon."""
    later = [{one.day: one for one in demand.later} for demand in demands]
    for on in sorted({day for days in later for day in days}):
        said = [days.get(on) for days in later]
        for at, interval in enumerate(grid.intervals_of(grid.day_index(on))):
            cells = [
                _cell(demand, one, measure, at)
                for demand, one in zip(demands, said, strict=True)
                for measure in _measures(demand)
            ]
            if any(cell is not None for cell in cells):
                moment = grid.interval_start(interval)
                yield (on,), moment.hour * MINUTES_PER_HOUR + moment.minute, tuple(cells)


def long_rows(problem: Problem) -> Iterator[Mapping[str, Any]]:
    """The rows of a table with one for each time and skill."""
    for demand in problem.demand:
        alone = problem.model_copy(update={"demand": (demand,)})
        for days, start, cells in wide_rows(alone):
            numbers = dict(zip(_measures(demand), cells, strict=True))
            yield {"date": days, "start": start, "skill": demand.skill, **numbers}


def _measures(demand: Demand) -> list[str]:
    given = {
        measure
        for one in (demand, *demand.usual, *demand.later)
        for measure in ("minimum", "maximum")
        if getattr(one, measure)
    }
    return ["required", *sorted(given, reverse=True)]


def _by_weekday(demand: Demand) -> dict[int, UsualDemand]:
    return {weekday: usual for usual in demand.usual for weekday in usual.weekdays}


def _open_times(demand: Demand) -> frozenset[tuple[int | date, int]]:
    days: list[tuple[int | date, UsualDemand | LaterDemand]] = [*_by_weekday(demand).items()]
    days += [(one.day, one) for one in demand.later]
    return frozenset(
        (day, slot) for day, said in days for slot, number in enumerate(said.required) if number is not None
    )


def _cell(
    demand: Demand, usual: UsualDemand | LaterDemand | None, measure: str, slot: int
) -> int | str | None:
    if usual is None or usual.required[slot] is None:
        return None
    numbers: tuple[int | None, ...] = getattr(usual, measure)
    return numbers[slot] if numbers else _nothing(demand, measure)


def _planned(demand: Demand, measure: str, interval: int) -> int | str | None:
    numbers: tuple[int | None, ...] = getattr(demand, measure)
    if measure == "maximum" and not any(seats is not None for seats in numbers):
        return _nothing(demand, measure)
    return numbers[interval] if numbers else None


def _nothing(demand: Demand, measure: str) -> str | None:
    """The word "none" where no interval has seats and that is said; a blank cell everywhere else."""
    is_said = measure == "maximum" and demand.maximum and not any(one is not None for one in demand.maximum)
    return "none" if is_said else None


def _dated(grid: TimeGrid, demands: Iterable[Demand]) -> Iterator[int]:
    """The intervals that need a row by date; of an hour that comes twice, both or neither."""
    differing = set()
    for demand in demands:
        usual = demand.spread(grid) if demand.usual else None
        for interval in range(len(demand.required)):
            if demand.is_computed(interval):
                continue
            if usual is None or any(
                (getattr(demand, key) or (nothing,) * grid.intervals)[interval]
                != (getattr(usual, key) or (nothing,) * grid.intervals)[interval]
                for key, nothing in NOTHING_WANTED.items()
            ):
                differing.add(interval)
    starts = ((interval, grid.interval_start(interval)) for interval in range(grid.intervals))
    for _, same in groupby(
        sorted(starts, key=lambda one: one[1].replace(tzinfo=None, fold=0)),
        key=lambda one: (one[1].date(), slot_of(one[1], grid.interval_minutes)),
    ):
        together = [interval for interval, _ in same]  # of one clock time, in order
        if differing.intersection(together):
            yield from together
