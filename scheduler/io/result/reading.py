"""The sources of a result that are believed when it is read back: its roster and its certificate."""

from dataclasses import dataclass

from scheduler.domain import Certificate, Finding, Roster


@dataclass(frozen=True)
class RosterReading:
    """The sources that were read from a result file.

    Parameters
    ----------
    roster
        ``None`` where it could not be read whole; ``findings`` then says why.
    certificate
        The bound's; ``None`` if the file has none.
    input_hash
        Of the input that the roster was made from, if the file states it.
    findings
        Everything that is wrong with the file, each with its cell.
    """

    roster: Roster | None
    certificate: Certificate | None = None
    input_hash: str | None = None
    findings: tuple[Finding, ...] = ()
