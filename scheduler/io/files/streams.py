"""What a caller may pass to be read from or written to: a path, bytes, text, or an open file.

Readers take a :data:`Source`, a path or something that is opened like one, so that they need not know where
the content lies. Nothing is written to a disk on the way.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import IO, Any, BinaryIO

from openpyxl import Workbook
from pydantic_core import PydanticSerializationError, to_json

from scheduler.domain.findings.errors import refused
from scheduler.domain.values.words import shown
from scheduler.io.files.limits import FILE_BYTES, NotRead
from scheduler.io.files.writing.save_workbook import save_workbook
from scheduler.io.files.writing.write_whole import written_whole
from scheduler.texts import text

AnyPath = str | PathLike[str]
Document = str | bytes | IO[bytes] | IO[str] | Mapping[str, Any] | Sequence[Any] | PathLike[str]
Target = AnyPath | IO[bytes]

WORKBOOK, JSON = ".xlsx", ".json"
"""Suffixes of the names of files that are read and written."""
_JSON_BEGINS = (b"{", b"[", b"\xef\xbb\xbf")
_WHITE = b" \t\r\n"
_LONGEST_PATH = 4096
"""Signs; no system has longer ones."""


@dataclass(frozen=True)
class InMemory:
    """Content that is opened like the file at a path; findings call it by ``name``.

    Parameters
    ----------
    path
        Where it was read, whose name says then what it is.
    """

    content: bytes = field(repr=False)
    name: str = "input"
    path: Path | None = None

    def open(self, mode: str = "rb") -> BinaryIO:
        """The content as a file of its own, open for reading."""
        return BytesIO(self.content)

    @property
    def suffix(self) -> str:
        """Of the name of the file; without one, ``.json`` for what begins like JSON, else ``.xlsx``."""
        if self.path is not None:
            return self.path.suffix
        return JSON if self.content.lstrip(_WHITE).startswith(_JSON_BEGINS) else WORKBOOK

    def __str__(self) -> str:
        return self.name


Source = Path | InMemory
Readable = AnyPath | bytes | IO[bytes] | IO[str] | InMemory


def is_json(file: Source) -> bool:
    """Whether a file is, or is to be, JSON instead of a workbook; its name says so."""
    return file.suffix.lower() == JSON


def at_one_moment(given: Readable) -> Source:
    """What is to be read, held as it is now, for what looks into it more than once.

    A folder, and what cannot be read, is only named; whoever opens it says why.

    Raises
    ------
    BadInput
        As :func:`source_of`.
    """
    source = source_of(given)
    if isinstance(source, Path):
        with suppress(OSError), source.open("rb") as file:
            return InMemory(file.read(FILE_BYTES + 1), str(source), source)
    return source


def unopened(error: OSError, wanted: str = "file") -> NotRead:
    """Why a file cannot be read; ``wanted`` is what a folder is not."""
    if isinstance(error, FileNotFoundError):
        return NotRead(text("there is no such file."))
    if isinstance(error, IsADirectoryError):
        return NotRead(text("this is a folder, not a {wanted}.", wanted=wanted))
    return NotRead(text("the file cannot be read: {error}.", error=error.strerror or error))


def source_of(given: Readable, argument: str = "path") -> Source:
    """What is to be read; a ``str`` is a path.

    Raises
    ------
    BadInput
        If it is none of what can be read, with the name of the ``argument``.
    """
    if isinstance(given, str) and given.strip()[:1] + given.strip()[-1:] in ("{}", "[]"):
        raise refused(
            argument, text("this is the text of a JSON document, no path."), text("Read it with read_json.")
        )
    if isinstance(given, InMemory):
        return given
    if isinstance(given, str | PathLike):
        return path_of(given, argument)
    if isinstance(given, Mapping | list | tuple):
        raise refused(
            argument,
            text("{value} is not a path.", value=shown(given)),
            text("Read plain data with read_json."),
        )
    return _content_of(given, argument, text("a path, bytes, or a file that is open for reading"))


def document_of(given: Document, argument: str = "document") -> Source:
    """The JSON document that is to be read; a ``str`` is its text.

    Raises
    ------
    BadInput
        If it is none of what can be read, with the name of the ``argument``.
    """
    if isinstance(given, str):
        return InMemory(given.encode("utf-8", errors="surrogatepass"), argument)
    if isinstance(given, PathLike):
        return path_of(given, argument)
    if isinstance(given, Mapping | list | tuple):
        try:
            return InMemory(to_json(given, inf_nan_mode="constants"), argument)
        except (PydanticSerializationError, ValueError) as error:
            raise refused(argument, text("this cannot be said in JSON: {error}.", error=error)) from None
    return _content_of(given, argument, text("JSON as text, bytes, plain data, an open file, or a Path"))


def path_of(given: object, argument: str = "path") -> Path:
    """A path that a file could have.

    Raises
    ------
    BadInput
        If it is none, with the name of the ``argument``.
    """
    if not isinstance(given, str | PathLike):
        raise refused(
            argument,
            text("{value} is not a path.", value=shown(given)),
            text("Give a str or a pathlib.Path."),
        )
    try:
        path = Path(given)
        os.fsencode(path)
    except (TypeError, UnicodeEncodeError):  # a path of bytes, or half a sign
        raise refused(
            argument, text("{value} is not a path of text.", value=shown(given)), text("Give a str.")
        ) from None
    if "\0" in str(path) or len(str(path)) > _LONGEST_PATH:
        raise refused(
            argument, text("{value} is not a path.", value=shown(given)), text("Give the name of a file.")
        )
    if not path.name:
        raise refused(
            argument, text('"{path}" is a folder, not a file.', path=path), text("Give the name of a file.")
        )
    return path


def target_of(given: Target, argument: str = "path") -> "Path | IO[bytes]":
    """Where something is to be written to: a path, or an open file.

    Raises
    ------
    BadInput
        If it is neither.
    """
    if hasattr(given, "write") and not isinstance(given, str | PathLike):
        return given
    return path_of(given, argument)


def empty_workbook() -> Workbook:
    """A workbook in memory without any sheet."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    return book


def save(book: Workbook, target: "Path | IO[bytes]") -> None:
    """Write a workbook, whole or not at all.

    Raises
    ------
    BadInput
        If the file cannot be written.
    """
    if isinstance(target, Path):
        with written_whole(target) as draft:
            save_workbook(book, draft)
        return
    content = BytesIO()
    save_workbook(book, content)
    try:
        target.write(content.getvalue())
    except TypeError:
        raise refused("path", text("the file is open for text."), text('Open it with mode "wb".')) from None
    except (OSError, ValueError) as error:
        raise refused("path", text("the file cannot be written: {error}.", error=error)) from None


def _content_of(given: object, argument: str, wanted: str) -> InMemory:
    if isinstance(given, bytes | bytearray | memoryview):
        content: Any = bytes(given)
    elif hasattr(given, "read") and not isinstance(given, type):
        try:
            content = given.read()
        except UnicodeDecodeError:
            raise refused(
                argument, text("the file is open as text, but is none."), text('Open it with "rb".')
            ) from None
        except (OSError, ValueError) as error:
            raise refused(argument, text("the file cannot be read: {error}.", error=error)) from None
    else:
        raise refused(
            argument,
            text("{value} cannot be read.", value=shown(given)),
            text("Give {wanted}.", wanted=wanted),
        )
    if isinstance(content, str):
        content = content.encode("utf-8", errors="surrogatepass")
    if not isinstance(content, bytes):
        raise refused(
            argument,
            text("{value} cannot be read.", value=shown(given)),
            text("Give {wanted}.", wanted=wanted),
        )
    if not content:
        raise refused(
            argument,
            text("there is nothing to read."),
            text("A file that was just written to is read after seek(0)."),
        )
    return InMemory(content, argument)
