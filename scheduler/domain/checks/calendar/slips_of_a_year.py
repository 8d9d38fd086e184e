"""A date with the year of last January: which one is meant, and how that is asked."""

from datetime import date

from scheduler.texts import text


def meant_year(on: date, first: date, last: date) -> date | None:
    """The same day in the year after or before, where it lies in these days; ``None`` where neither does."""
    for year in (on.year + 1, on.year - 1):
        if (on.month, on.day) == (2, 29):  # the years beside a leap year have no such day
            return None
        if first <= (meant := on.replace(year=year)) <= last:
            return meant
    return None


def ask_for_year(meant: date | None) -> str:
    """The question, with a space behind it; empty where no other year is likely."""
    return "" if meant is None else text("Did you mean {day}?", day=meant) + " "
