"""A file that somebody else writes while a long search is under way.

A search takes minutes between the look at the place where its roster goes and the writing. Whoever wrote
there meanwhile, a second search or a person who saved an edit, would be replaced without a word.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Self

from scheduler.domain.findings.errors import BadInput
from scheduler.domain.findings.finding import Finding, Place
from scheduler.texts import text

try:
    import fcntl
except ImportError:  # Windows: two that write in the same instant are not told apart there
    fcntl = None  # type: ignore[assignment]

TURN_COMES_SECONDS = 20.0
"""How long to wait for another one who writes into the same folder: a large workbook takes some."""
GLANCE_SECONDS = 0.05
"""Between two attempts."""

_Signature = tuple[int, int, int] | None


@dataclass(frozen=True)
class Before:
    """What stood at a path when the command looked there first.

    Parameters
    ----------
    signature
        Of the regular file there; ``None`` where there was none.
    """

    path: Path
    signature: _Signature

    @classmethod
    def at(cls, path: Path) -> Self:
        """What stands there now."""
        return cls(path, _signature(path))

    @contextmanager
    def must_stand(self) -> Iterator[None]:
        """Around the writing, one such writer of a folder at a time.

        Raises
        ------
        BadInput
            If something else stands there by now.
        """
        with _turn(Path(os.path.realpath(self.path)).parent):
            if _signature(self.path) != self.signature:
                message = text("another program wrote this file while this command ran.")
                hint = text("It was left as it is; look at both, and remove the one that is not wanted.")
                raise BadInput([Finding(place=Place(path=(str(self.path),)), message=message, hint=hint)])
            yield


def _signature(path: Path) -> _Signature:
    with suppress(OSError):
        found = path.stat()
        if S_ISREG(found.st_mode):
            return found.st_ino, found.st_mtime_ns, found.st_size
    return None


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """A lock on a folder, which goes with the process that holds it; none where the disk knows no locks."""
    descriptor = None
    if fcntl is not None:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
    try:
        if descriptor is not None:
            _wait(descriptor)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _wait(descriptor: int) -> None:
    until = time.monotonic() + TURN_COMES_SECONDS
    while time.monotonic() < until:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(GLANCE_SECONDS)
        except OSError:
            return
        else:
            return
