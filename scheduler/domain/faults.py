"""How the checks of a problem say what is wrong: a path to the fact, a sentence, a hint."""

from scheduler.domain.findings import Finding, Place, Severity

GRAIN_MINUTES = 5
"""Every start, length and step of a shift or break is a multiple of this."""

Path = tuple[str | int, ...]


def error(path: Path, message: str, hint: str = "") -> Finding:
    """A fault that stands against planning."""
    return Finding(place=Place(path=path), message=message, hint=hint)


def warning(path: Path, message: str, hint: str = "") -> Finding:
    """A fault that is planned with, and shown."""
    return Finding(place=Place(path=path), message=message, hint=hint, severity=Severity.WARNING)


def clock_words(minutes: int) -> str:
    """A clock time: 1530 is ``25:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def hours_words(minutes: int) -> str:
    """A length of time: 510 is ``8.5 h``, 500 is ``8 h 20 min``.

    >>> hours_words(510), hours_words(480), hours_words(500), hours_words(45)
    ('8.5 h', '8 h', '8 h 20 min', '45 min')
    """
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return f"{hours} h"
    if hours == 0:
        return f"{rest} min"
    return f"{hours}.{rest // 6} h" if rest % 6 == 0 else f"{hours} h {rest} min"
