"""The real contact centre of 475 agents, to the yardstick that the data's description states.

Required is Erlang C at the service goal without shrinkage; 20.00 per paid hour, 60.00 per missing and
5.00 per superfluous agent-hour; at least 11 h of rest; nothing is known of the time before. Starts are
on the agent's clock, and breaks start on the quarter-hour, as the published figures have them.
Runs of days on and off that touch an edge of the horizon are exempt from their minimum.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final

from constraints import (
    BreakGaps,
    BreaksInOrder,
    BreakWindows,
    DailyRest,
    Entitlement,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    PaidHours,
    Requirement,
    Skills,
)
from scheduler import with_requirement
from scheduler.demand import agents_needed
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
)
from scheduler.domain.facts.service_goals import ServiceGoal
from scheduler.domain.facts.volumes import Volumes
from scheduler.model import Rule, RuleBook, Scope
from tests.benchmarks.case import Case

CAMPAIGN_ZONE = "UTC+3"
INTERVAL_MINUTES: Final = 15
PAY_PER_HOUR, MISSING_PRICE, SUPERFLUOUS_PRICE = 2000, 6000, 500
REST_MINUTES = 11 * 60
WEEK_MINUTES = (32 * 60, 48 * 60)
SKILL = "calls"


def week(folder: Path, seed: int) -> Case:
    """Monday 4 to Sunday 10 March 2024, 32 to 48 paid hours each; nothing is drawn, the seed is unused."""
    grid = _grid(date(2024, 3, 4), 7)
    problem = _problem(folder / "cc475", "cc475-week", grid, WEEK_MINUTES)
    hours = PaidHours(label="32 to 48 h a week")
    return Case("cc475-week", problem, RuleBook(rules=(*_rules(folder / "cc475"), hours)))


def month(folder: Path, seed: int) -> Case:
    """All of March 2024, exactly the hours that the data states for the month; the seed is unused."""
    folder = folder / "cc475"
    problem = _problem(folder, "cc475-month", _grid(date(2024, 3, 1), 31), None)
    least, most = _hours_of_the_month(folder)
    hours = PaidHours(label="hours of the month", per="horizon", at_least_minutes=least, at_most_minutes=most)
    return Case("cc475-month", problem, RuleBook(rules=(*_rules(folder), hours)))


def from_calls(folder: Path, case: Case) -> Case:
    """The same with the calls and what callers are promised, in place of the agents that they come to."""
    folder, grid = folder / "cc475", case.problem.grid
    row = _rows(folder / "volumes_15min.csv")[0]
    goal = ServiceGoal(
        skill=SKILL,
        service_level_percent=float(row["service_level_percent"]),
        within_seconds=float(row["threshold_seconds"]),
    )
    brought = _by_interval(folder, grid)
    volumes = Volumes(
        skill=SKILL,
        contacts=tuple(float(brought[interval]["calls"]) for interval in range(grid.intervals)),
        aht_seconds=tuple(float(brought[interval]["aht_seconds"]) for interval in range(grid.intervals)),
    )
    update = {"demand": (), "volumes": (volumes,), "service_goals": (goal,)}
    return Case(case.name, with_requirement(case.problem.model_copy(update=update)), case.rules)


def _grid(first_day: date, days: int) -> TimeGrid:
    return TimeGrid(
        first_day=first_day, days=days, interval_minutes=INTERVAL_MINUTES, time_zone=CAMPAIGN_ZONE
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _hours_of_the_month(folder: Path) -> tuple[int, int]:
    stated = {(row["min_hours_month"], row["max_hours_month"]) for row in _rows(folder / "employees.csv")}
    if len(stated) != 1:
        raise ValueError(f"employees.csv states several hours a month: {sorted(stated)}; one was expected")
    least, most = stated.pop()
    return int(least) * 60, int(most) * 60


def _problem(folder: Path, name: str, grid: TimeGrid, week_minutes: tuple[int, int] | None) -> Problem:
    least, most = week_minutes or (None, None)
    return Problem(
        name=name,
        grid=grid,
        skills=(Skill(name=SKILL, missing_price=MISSING_PRICE, superfluous_price=SUPERFLUOUS_PRICE),),
        demand=(Demand(skill=SKILL, required=_required(folder, grid)),),
        templates=tuple(_templates(folder)),
        contracts=tuple(
            Contract(
                name=row["pattern"],
                pay_per_hour=PAY_PER_HOUR,
                min_paid_minutes=least,
                max_paid_minutes=most,
                templates=(row["shift"],),
            )
            for row in _rows(folder / "patterns.csv")
        ),
        agents=tuple(
            Agent(
                name=row["employee"],
                contract=row["pattern"],
                skills=(SKILL,),
                time_zone=f"UTC{int(row['utc_offset_hours']):+d}",
            )
            for row in _rows(folder / "employees.csv")
        ),
    )


def _required(folder: Path, grid: TimeGrid) -> tuple[int, ...]:
    brought = _by_interval(folder, grid)
    return tuple(
        agents_needed(
            calls=float(row["calls"]),
            aht_seconds=float(row["aht_seconds"]),
            interval_minutes=INTERVAL_MINUTES,
            service_level=int(row["service_level_percent"]) / 100,
            threshold_seconds=float(row["threshold_seconds"]),
        )
        for row in (brought[interval] for interval in range(grid.intervals))
    )


def _by_interval(folder: Path, grid: TimeGrid) -> dict[int, dict[str, str]]:
    """The rows of the calls that lie in the horizon, each interval's once."""
    brought: dict[int, dict[str, str]] = {}
    for row in _rows(folder / "volumes_15min.csv"):
        instant = grid.instant(datetime.fromisoformat(row["start"]))
        if 0 <= instant < grid.minutes:
            brought[instant // INTERVAL_MINUTES] = row
    missing = [interval for interval in range(grid.intervals) if interval not in brought]
    if missing:
        raise ValueError(
            f"volumes_15min.csv lacks {len(missing)} intervals, first {grid.interval_start(missing[0])}"
        )
    return brought


def _clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _templates(folder: Path) -> Iterator[ShiftTemplate]:
    for row in _rows(folder / "shifts.csv"):
        length = int(row["elapsed_minutes"])
        pauses = tuple(
            Break(
                name=pause["break"],
                length_minutes=int(pause["length_minutes"]),
                paid=pause["paid"] == "yes",
                earliest_start=int(pause["earliest_start_after_shift_start_minutes"]),
                latest_start=int(pause["latest_start_after_shift_start_minutes"]),
                step_minutes=INTERVAL_MINUTES,
            )
            for pause in _rows(folder / "breaks.csv")
            if pause["shift"] == row["shift"]
        )
        yield ShiftTemplate(
            name=row["shift"],
            earliest_start=_clock(row["earliest_start"]),
            latest_start=_clock(row["latest_start"]),
            start_step=int(row["start_step_minutes"]),
            min_length=length,
            max_length=length,
            breaks=(BreakBand(breaks=pauses),),
        )


def _rules(folder: Path) -> Iterator[Rule]:
    yield Requirement()
    yield Skills()
    yield Entitlement()
    yield OneShiftADay()
    yield DailyRest(rest_minutes=REST_MINUTES)
    yield BreakWindows()
    yield BreaksInOrder()
    for row in _rows(folder / "shifts.csv"):
        yield BreakGaps(
            label=f"break gaps of {row['shift']}",
            at_least_minutes=int(row["min_gap_between_breaks_minutes"]),
            at_most_minutes=int(row["max_gap_between_breaks_minutes"]),
            scope=Scope(templates=(row["shift"],)),
        )
    for row in _rows(folder / "patterns.csv"):
        pattern, scope = row["pattern"], Scope(contracts=(row["pattern"],))
        yield MaxConsecutiveDays(label=f"days on of {pattern}", days=int(row["max_days_on"]), scope=scope)
        yield MaxConsecutiveDaysOff(
            label=f"days off of {pattern}", days=int(row["max_days_off"]), scope=scope
        )
        if int(row["min_days_on"]) > 1:  # 1 says nothing
            yield MinConsecutiveDays(
                label=f"fewest days on of {pattern}", days=int(row["min_days_on"]), scope=scope
            )
        if int(row["min_days_off"]) > 1:
            yield MinConsecutiveDaysOff(
                label=f"fewest days off of {pattern}", days=int(row["min_days_off"]), scope=scope
            )
