"""What was said of an input that was made to be misread: the record that such attacks share."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Told(NamedTuple):
    """One made input.

    Parameters
    ----------
    kind
        What was done to it.
    verdict
        ``named``, ``read as meant``, ``refused with what to write`` or what is wrong.
    sentence
        What was said first, as a planner reads it; empty where nothing was.
    made
        The very change.
    """

    kind: str
    verdict: str
    sentence: str
    made: str

    @property
    def is_silent(self) -> bool:
        """Whether it was neither read as meant nor named."""
        return self.verdict.startswith(("silent", "WRONG"))


def printed(told: Iterable[Told]) -> int:
    """Print how often what was said and everything that was silent; returns an exit code."""
    every = list(told)
    for (kind, verdict), times in sorted(Counter((one.kind, one.verdict) for one in every).items()):
        print(f"{times:5d}  {kind}: {verdict}")
    silent = [one.made for one in every if one.is_silent]
    print(f"{len(silent):5d}  silent", *silent, sep="\n       ")
    return int(bool(silent))
