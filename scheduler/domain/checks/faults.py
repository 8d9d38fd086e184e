"""How the checks of a problem say what is wrong: a path to the fact, a sentence, a hint."""

from collections.abc import Iterator

from scheduler.domain.findings import Finding, Place, Severity
from scheduler.domain.words import clock_words, hours_words

GRAIN_MINUTES = 5
"""Every start, length and step of a shift or break is a multiple of this, and whatever breaks are laid by.

Time is planned in slots that all of these fall on. A minute between two of them would not be refused by
the arithmetic: it would cut everything into slots of one minute, and make the search many times slower.
"""

Path = tuple[str | int, ...]


def error(path: Path, message: str, hint: str = "") -> Finding:
    """A fault that stands against planning."""
    return Finding(place=Place(path=path), message=message, hint=hint)


def warning(path: Path, message: str, hint: str = "") -> Finding:
    """A fault that is planned with, and shown."""
    return Finding(place=Place(path=path), message=message, hint=hint, severity=Severity.WARNING)


def off_grain(path: Path, what: str, minutes: int, *, is_clock: bool = False) -> Iterator[Finding]:
    """A fault where minutes are no multiple of ``GRAIN_MINUTES``, with the nearest that are.

    Parameters
    ----------
    what
        What lasts so long, or is then: ``shift "Day": the earliest start``.
    is_clock
        Whether the minutes are a time of day.
    """
    beyond = minutes % GRAIN_MINUTES
    if not beyond:
        return
    in_words = clock_words if is_clock else hours_words
    near = [minutes - beyond, minutes - beyond + GRAIN_MINUTES]
    yield error(
        path,
        f"{what} of {in_words(minutes)} is not a multiple of {GRAIN_MINUTES} minutes.",
        f"Write {' or '.join(in_words(one) for one in near if one or is_clock)}.",
    )
