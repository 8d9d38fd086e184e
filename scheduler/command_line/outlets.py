"""stdout and stderr that outlive a full disk, a reader that has gone, and an alphabet that is too small.

The command line writes to them from the middle of a search. A sign that a stream cannot take is written
with a backslash, and what cannot be written at all is dropped; the first failure is kept and told at the
end, when nothing can be lost by it any more. Installed by ``cli.run``; JSON goes out as UTF-8 always.
"""

import io
import sys
from typing import IO, Any


class _Drain(io.RawIOBase):
    """A raw stream that never raises; the first error that it met is in ``lost``."""

    def __init__(self, below: "IO[bytes] | None") -> None:
        self._below = below
        self.lost: OSError | None = None

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._below is not None and self._below.isatty()

    def fileno(self) -> int:
        if self._below is None:
            raise io.UnsupportedOperation("fileno")
        return self._below.fileno()

    def write(self, content: Any) -> int:
        if self.lost is None:
            try:
                if self._below is None:
                    raise OSError("it is closed")
                return self._below.write(content) or 0
            except OSError as error:
                self.lost = error
        return len(content)


class Outlet(io.TextIOWrapper):
    """A text stream on top of another, which it does not break when it fails."""

    def __init__(self, stream: "IO[str] | None") -> None:
        below: Any = getattr(stream, "buffer", None)
        self._drain = _Drain(getattr(below, "raw", below))
        super().__init__(
            io.BufferedWriter(self._drain),
            encoding=getattr(stream, "encoding", None) or "utf-8",
            errors="backslashreplace",
            line_buffering=self._drain.isatty() or stream is sys.stderr,
        )

    @property
    def lost(self) -> OSError | None:
        """Why something written here did not arrive."""
        self.flush()
        return self._drain.lost


def install() -> tuple[Outlet, Outlet]:
    """Put such streams in the place of stdout and stderr."""
    stdout, stderr = Outlet(sys.stdout), Outlet(sys.stderr)
    sys.stdout, sys.stderr = stdout, stderr
    return stdout, stderr


def write_document(text: str) -> None:
    """Write a JSON document to stdout, as UTF-8 whatever the locale is.

    Raises
    ------
    OSError
        If it did not arrive.
    """
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()
    lost = sys.stdout.lost if isinstance(sys.stdout, Outlet) else None
    if lost is not None:
        raise lost
