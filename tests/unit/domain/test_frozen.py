"""Copies of facts with a field changed."""

from datetime import date, datetime

from scheduler.domain import TimeGrid


def test_a_changed_copy_forgets_what_was_cached_of_the_original() -> None:
    # a copy with fewer days kept the minutes, the origin and the instants of the original
    grid = TimeGrid(first_day=date(2024, 3, 4), days=2)
    assert (grid.minutes, grid.instant(datetime(2024, 3, 5))) == (2880, 1440)
    assert grid.model_copy(update={"days": 1}).minutes == 1440
    assert grid.model_copy(update={"first_day": date(2024, 3, 5)}).instant(datetime(2024, 3, 5)) == 0
    assert (grid.minutes, grid.instant(datetime(2024, 3, 5))) == (2880, 1440)
