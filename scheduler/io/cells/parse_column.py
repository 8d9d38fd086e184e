"""What a column asks of a cell beyond its kind: no time of the day, no fraction of a per cent."""

import re
from datetime import time

from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.io.cells.columns import Column
from scheduler.io.cells.parse import Unreadable, plain, shown
from scheduler.io.cells.parse_times import clock
from scheduler.texts import text

_LIKE_A_CLOCK = re.compile(r"\d{1,2}:[0-5]\d")


def refuse_clock(column: Column, value: object) -> None:
    """Ask about a length of time that is written as a time of the day is: 16:00.

    Raises
    ------
    Unreadable
        With how to write the length.
    """
    is_written = isinstance(value, str) and _LIKE_A_CLOCK.fullmatch(plain(value))
    if not column.is_no_clock or not (is_written or isinstance(value, time)):
        return
    at = clock(value)
    if at < MINUTES_PER_DAY:
        raise Unreadable(
            text("{at} may be a time of the day, or a length of time.", at=clock_words(at)),
            text(
                "Write {hours} for the length; a time of the day cannot be said here.", hours=hours_words(at)
            ),
        )


def without_fraction(column: Column, found: object) -> object:
    """A share in whole per cent where the column asks for it; 1.5 may be meant for one and a half times.

    Raises
    ------
    Unreadable
        With both ways to write it.
    """
    if not column.is_whole or not isinstance(found, float):
        return found
    if found.is_integer():
        return int(found)
    raise Unreadable(
        text("{value} is no whole number of per cent.", value=shown(found)),
        text(
            "Write {times:g} for {share:g} times, or {near:g} %.",
            times=100 * found,
            share=found,
            near=round(found),
        ),
    )
