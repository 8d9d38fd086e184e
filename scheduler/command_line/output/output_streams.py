"""stdout and stderr that survive a full disk, a closed pipe, and an encoding without some characters.

The command line writes to them in the middle of a search. A character that the encoding lacks is written as a
backslash escape, and output that cannot be written is dropped; the first error is kept and reported at the
end, when it can do no more harm. Installed by ``commands.run``. JSON is always UTF-8.
"""

import io
import sys
from typing import IO, Any

from scheduler.texts import text


class _Drain(io.RawIOBase):
    """A raw stream that never raises; ``lost`` is its first error."""

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
                    raise OSError(text("it is closed"))
                return self._below.write(content) or 0
            except OSError as error:
                self.lost = error
        return len(content)


class OutputStream(io.TextIOWrapper):
    """A text stream over another one, whose failures it keeps to itself."""

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
        """The first error, if something that was written did not arrive."""
        self.flush()
        return self._drain.lost


def install() -> tuple[OutputStream, OutputStream]:
    """Replace stdout and stderr by such streams."""
    stdout, stderr = OutputStream(sys.stdout), OutputStream(sys.stderr)
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
    lost = sys.stdout.lost if isinstance(sys.stdout, OutputStream) else None
    if lost is not None:
        raise lost
