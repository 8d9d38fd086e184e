"""Checks of handling times, of volumes and of goals: that they are seconds, and times at all."""

from collections.abc import Iterator

from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.texts import text

LEAST_AHT, MOST_AHT = 20, 4 * 3600
"""Seconds between which a handling time is one; below it is most likely in minutes."""


def handling_faults(
    place: FactPath, skill: str, seconds: float, *, may_be_long: bool = False
) -> Iterator[Finding]:
    """What is wrong with a handling time of contacts, or looks wrong.

    Parameters
    ----------
    may_be_long
        Whether it is of work that takes hours at times, as in a back office.
    """
    if seconds == 0:
        yield error(
            place,
            text("{skill}: contacts with a handling time of 0 s take no work.", skill=skill),
            text("Write AHT in seconds, or clear the cell where it is not known."),
        )
    elif seconds < LEAST_AHT:
        yield error(
            place,
            text("{skill}: a handling time of {seconds:g} s looks like minutes.", skill=skill,
                 seconds=seconds),
            text("AHT is in seconds: write {seconds:g}, or {minutes:g} min.", seconds=60 * seconds,
                 minutes=seconds),
        )  # fmt: skip
    elif seconds > MOST_AHT and not may_be_long:
        yield warning(
            place,
            text("{skill}: a handling time of {hours:.1f} h is hardly meant.", skill=skill,
                 hours=seconds / 3600),
            text("AHT is in seconds."),
        )  # fmt: skip
