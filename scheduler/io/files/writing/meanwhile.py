"""Files that somebody else writes while a command is at work.

Seconds or minutes pass between the look at the place where a result goes and the writing. Whoever wrote
there meanwhile, a second search or a person who saved an edit, would be replaced without a word.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
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
    """What stood at some paths when the command looked there first.

    Parameters
    ----------
    signatures
        Of the regular file at each path; ``None`` where there was none.
    """

    signatures: Mapping[Path, _Signature]

    @classmethod
    def at(cls, *paths: Path) -> Self:
        """What stands there now."""
        return cls({path: _signature(path) for path in paths})

    @contextmanager
    def must_stand(self) -> Iterator[None]:
        """Around the writing, one such writer of a folder at a time.

        It is looked at now, before work is spent on it, and by :func:`check_before` again at the moment in
        which a file is replaced.

        Raises
        ------
        BadInput
            If something else stands there by then.
        """
        mine = {Path(os.path.realpath(path)).parent for path in self.signatures}
        taken = {folder for turn in _TURNS.get() for folder in turn.folders}
        with ExitStack() as turns:
            for folder in sorted(mine - taken):  # in one order, so that no two wait for each other
                turns.enter_context(_turn(folder))
            token = _TURNS.set((*_TURNS.get(), _Turn(self, frozenset(mine))))
            try:
                self.check()
                yield
            finally:
                _TURNS.reset(token)

    def check(self, *only: Path) -> None:
        """Raise ``BadInput`` if something else stands at one of the paths, or at one of ``only`` these."""
        changed = [
            path
            for path, signature in self.signatures.items()
            if (not only or path in only) and _signature(path) != signature
        ]
        if changed:
            message = text("another program wrote this file while this command ran.")
            hint = text("It was left as it is; look at both, and remove the one that is not wanted.")
            places = (Place(path=(str(path),)) for path in changed)
            raise BadInput(Finding(place=place, message=message, hint=hint) for place in places)


@dataclass(frozen=True)
class _Turn:
    """What must stand while this thread writes, and the folders whose locks it holds for that."""

    before: Before
    folders: frozenset[Path]


_TURNS: ContextVar[tuple[_Turn, ...]] = ContextVar("turns", default=())


def check_before(path: Path) -> None:
    """Called in the moment in which a file is replaced: raise unless there stands what must stand there.

    Raises
    ------
    BadInput
        As :meth:`Before.must_stand`.
    """
    for turn in _TURNS.get():
        if path in turn.before.signatures:
            turn.before.check(path)


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
