"""Local clocks and instants on the two nights in which the clock is changed."""

from datetime import date, datetime

import pytest

from scheduler.domain import TimeGrid

TWICE = datetime(2024, 10, 27, 2, 30)  # Berlin has the hour from 02:00 twice


@pytest.mark.parametrize("folds", [(0, 1), (1, 0)])
def test_an_hour_that_comes_twice_is_told_apart_by_its_fold(folds: tuple[int, int]) -> None:
    # Naive times that differ in their fold alone are equal: both once gave the instant of the first one.
    grid = TimeGrid(first_day=date(2024, 10, 27), days=1, time_zone="Europe/Berlin")
    found = {fold: grid.instant(TWICE.replace(fold=fold)) for fold in folds}
    assert found == {0: 150, 1: 210}
    assert {fold: grid.local(instant).fold for fold, instant in found.items()} == {0: 0, 1: 1}


@pytest.mark.parametrize(
    "first_day, minutes, shown",
    [
        (date(2024, 3, 31), 23 * 60, False),  # 02:30 is skipped
        (date(2024, 10, 27), 25 * 60, True),
        (date(2024, 6, 15), 24 * 60, True),
    ],
)
def test_a_day_is_as_long_as_its_clock_says(first_day: date, minutes: int, shown: bool) -> None:
    grid = TimeGrid(first_day=first_day, days=1, time_zone="Europe/Berlin")
    assert grid.minutes == grid.day_start(1) == minutes
    assert grid.intervals == minutes // 15
    assert grid.clock_exists(0, 150) is shown


def test_a_time_that_is_skipped_is_read_as_if_the_clock_had_not_changed_yet() -> None:
    grid = TimeGrid(first_day=date(2024, 3, 31), days=1, time_zone="Europe/Berlin")
    assert grid.instant_on_day(0, 150) == 150
    assert grid.local(150).hour == 3  # it is 03:30 then
