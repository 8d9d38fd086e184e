"""Times of an agent's day that were read, and may have been meant otherwise."""

from scheduler.domain.facts.problem import Window
from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.io.cells.parse_times import is_far_and_typed, typed_in_days
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row
from scheduler.texts import text

_LONGEST_NIGHT = 12 * MINUTES_PER_HOUR
"""Minutes from an evening to the morning after; what is longer could be an earlier end and a later begin."""


def tell_typed_in_days(notebook: Notebook, row: Row) -> None:
    """Note a time that is days away and looks like a bare number that was typed into its cell."""
    for key in ("start", "end"):
        minutes = row.values.get(key, 0)
        if is_far_and_typed(minutes) and not isinstance(row.raw[row.columns[key]], str):
            days = minutes / MINUTES_PER_DAY
            notebook.warning(
                row.sheet,
                row.cell(key),
                text("this is read as {time}, {days:g} days on.", time=clock_words(minutes), days=days),
                typed_in_days(days).hint,
            )


def tell_midnight(notebook: Notebook, row: Row, windows: list[Window]) -> None:
    """Note that an end at 23:59 was taken for midnight, which decides whether a shift to 24:00 fits."""
    if windows:
        notebook.warning(
            row.sheet,
            row.cell("end"),
            text("23:59 is read as midnight: until {end:%Y-%m-%d %H:%M}.", end=windows[0].end),
            text("Write 24:00 to say so."),
        )


def tell_overnight(notebook: Notebook, row: Row, start: int, end: int) -> None:
    """Note an end that was taken for the next day, where the two could be the wrong way round."""
    before = end - MINUTES_PER_DAY
    if end - start > _LONGEST_NIGHT and before:  # until midnight is plain
        notebook.warning(
            row.sheet,
            row.cell("end"),
            text(
                "{start} to {before} is read as {length}, until {before} of the day after.",
                start=clock_words(start),
                before=clock_words(before),
                length=hours_words(end - start),
            ),
            text(
                "Write {end} as the end to say so, or {before} to {start} where the two are swapped.",
                start=clock_words(start),
                before=clock_words(before),
                end=clock_words(end),
            ),
        )
