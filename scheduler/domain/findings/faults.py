"""How checks report what is wrong: a path to the fact, a sentence, a hint."""

from collections.abc import Iterator

from scheduler.domain.findings.finding import Finding, Place, Severity
from scheduler.domain.values.words import clock_words, either, hours_words
from scheduler.texts import text

GRAIN_MINUTES = 5
"""Starts of shifts and all times of breaks are multiples of it, and so are rules' minutes on breaks.

Time is planned in slots whose length divides all of these, and how long shifts are, which is said to the
minute: 7:48 is a fifth of 39 h. Beside starts on the quarter of an hour it makes slots of three minutes.
"""

FactPath = tuple[str | int, ...]
"""Where in the facts something stands: names of fields and positions, from the problem down."""


def error(path: FactPath, message: str, hint: str = "") -> Finding:
    """A finding that stops the planning."""
    return Finding(place=Place(path=path), message=message, hint=hint)


def warning(path: FactPath, message: str, hint: str = "") -> Finding:
    """A finding that is shown and does not stop the planning."""
    return Finding(place=Place(path=path), message=message, hint=hint, severity=Severity.WARNING)


def off_grain(path: FactPath, what: str, minutes: int, *, is_clock: bool = False) -> Iterator[Finding]:
    """A fault where minutes are no multiple of ``GRAIN_MINUTES``, with the nearest that are.

    Parameters
    ----------
    what
        What has these minutes: ``shift "Day": the earliest start``.
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
        text(
            "{what} of {minutes} is not a multiple of {grain_minutes} minutes.",
            what=what,
            minutes=in_words(minutes),
            grain_minutes=GRAIN_MINUTES,
        ),
        text("Write {near}.", near=either([in_words(one) for one in near if one or is_clock])),
    )


def as_warning(finding: Finding) -> Finding:
    """The same, said without standing against anything."""
    return finding.model_copy(update={"severity": Severity.WARNING})
