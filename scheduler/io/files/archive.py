"""The archive that a workbook is: its parts by name, unpacked in chunks within the limits.

An archive may come from anybody. The sizes in its directory are checked against the limits before anything is
unpacked, no more is unpacked than they say, and each part is checked against its checksum.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from typing import BinaryIO, Self

from scheduler.io.files.limits import (
    DIRECTORY_BYTES,
    FILE_BYTES,
    RATIO,
    RATIO_FROM_BYTES,
    UNPACKED_BYTES,
    NotRead,
    beyond,
)
from scheduler.texts import marked, text

CHUNK_BYTES = 1 << 16
SAVE_AGAIN = marked("Open it in Excel and save it again.")
_LOCAL_HEADER = 30  # bytes of the header before each part, without its name
_FLAG_ENCRYPTED, _FLAG_UTF_8 = 0x1, 0x800
_END, _END_64, _END_BYTES, _END_COMMENT = b"PK\x05\x06", b"PK\x06\x07", 22, 1 << 16
_OTHER_NAME = 0x7075  # number of the field with a name in Unicode beside the plain one
_FIELD = struct.Struct("<2H")
_DIRECTORY = struct.Struct("<2H2L")  # numbers of parts, size and place of the directory
_ALL_ONES = (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAILURES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError)


class Archive:
    """An open archive.

    Parameters
    ----------
    file
        Open for reading; stays the caller's to close.

    Raises
    ------
    NotRead
        If its directory is damaged or beyond the limits.
    """

    def __init__(self, file: BinaryIO) -> None:
        size = file.seek(0, 2)
        if size > FILE_BYTES:
            raise beyond(
                text("bytes in this file"), FILE_BYTES, text("Remove the sheets that are not needed.")
            )
        _must_have_one_directory(file, size)
        try:
            self._zip = zipfile.ZipFile(_WithShortDirectory(file))
        except (*_FAILURES, ValueError):
            raise NotRead(
                text("this is not an Excel workbook, or it breaks off before its end."),
                text("Save it as .xlsx."),
            ) from None
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self.respelt: set[str] = set()  # parts that were asked for by a name in other letters
        for part in self._zip.infolist():
            if _key(part.filename) in self._parts:
                raise NotRead(
                    text(
                        'the workbook is damaged: the part "{filename}" is in it twice.',
                        filename=part.filename,
                    ),
                    text(SAVE_AGAIN),
                )
            is_plain = part.filename.isascii() or part.flag_bits & _FLAG_UTF_8
            if not is_plain or _OTHER_NAME in _fields_of(part.extra):
                raise NotRead(
                    text(
                        'the workbook is damaged: the name of its part "{filename}" is read in several ways.',
                        filename=part.filename,
                    ),
                    text(SAVE_AGAIN),
                )
            self._parts[_key(part.filename)] = part
        self._must_lie_apart()
        self._left = UNPACKED_BYTES

    def afresh(self) -> Self:
        """The same archive for another pass: the bytes that it unpacks count from zero again."""
        again = copy(self)
        again._left = UNPACKED_BYTES
        return again

    @property
    def names(self) -> list[str]:
        """Names of the parts, in the order of the directory."""
        return self._zip.namelist()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def size(self, name: str) -> int:
        """Bytes of a part when it is unpacked, as the directory says."""
        return self._parts[_key(name)].file_size

    def unpacked(self, name: str) -> Iterator[bytes]:
        """A part, in chunks.

        Raises
        ------
        NotRead
            If it is missing, damaged, protected or beyond the limits.
        """
        part = self._parts.get(_key(name))
        if part is None:
            raise NotRead(
                text('the workbook is damaged: the part "{name}" is missing.', name=name), text(SAVE_AGAIN)
            )
        if part.filename != name:
            self.respelt.add(part.filename)
        self._must_be_within(part)
        try:
            with self._zip.open(part) as file:
                while chunk := file.read(CHUNK_BYTES):
                    yield chunk
        except _FAILURES as error:
            raise damaged_by(error) from None

    def read(self, name: str) -> bytes:
        """A part as a whole.

        Raises
        ------
        NotRead
            As for :meth:`unpacked`.
        """
        return b"".join(self.unpacked(name))

    def _must_be_within(self, part: zipfile.ZipInfo) -> None:
        if part.flag_bits & _FLAG_ENCRYPTED:
            raise NotRead(
                text("the workbook is protected with a password."), text("Save a copy without one.")
            )
        if part.compress_type not in _METHODS:
            raise NotRead(
                text('the part "{filename}" is packed in a way that is not read.', filename=part.filename),
                text(SAVE_AGAIN),
            )
        self._left -= part.file_size
        if self._left < 0:
            raise beyond(
                text(
                    'bytes in this workbook when it is unpacked, up to its part "{filename}"',
                    filename=part.filename,
                ),
                UNPACKED_BYTES,
                text("Clear the rows and columns that hold no data, or remove sheets that are not needed."),
            )
        if part.file_size > RATIO_FROM_BYTES and part.file_size > RATIO * max(1, part.compress_size):
            raise NotRead(
                text(
                    'the part "{filename}" is packed more closely than {ratio} to 1, which is the limit.',
                    filename=part.filename,
                    ratio=RATIO,
                ),
                text("Clear the rows and columns that hold no data, then save it again."),
            )

    def _must_lie_apart(self) -> None:
        """Overlapping parts let a small file unpack to a large one many times over."""
        end = 0
        for part in sorted(self._parts.values(), key=lambda part: part.header_offset):
            if part.header_offset < end:
                raise NotRead(
                    text(
                        'the workbook is damaged: the part "{filename}" overlaps another.',
                        filename=part.filename,
                    ),
                    text(SAVE_AGAIN),
                )
            end = part.header_offset + _LOCAL_HEADER + part.compress_size


class _WithShortDirectory:
    """A file that refuses to read an archive directory beyond the limit.

    ``zipfile`` reads the whole directory at once and makes an object of each entry.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > DIRECTORY_BYTES:
            raise beyond(text("bytes in the list of its parts"), DIRECTORY_BYTES, text(SAVE_AGAIN))
        return self._file.read(size)


def _fields_of(extra: bytes) -> Iterator[int]:
    """The numbers of the fields that a part has beside its name."""
    at = 0
    while at + _FIELD.size <= len(extra):
        number, length = _FIELD.unpack_from(extra, at)
        yield number
        at += _FIELD.size + length


def _must_have_one_directory(file: BinaryIO, size: int) -> None:
    """Refuse a list of parts for large archives beside a short one that says something.

    Programs differ in which of the two they read, so that each could show another workbook.
    """
    file.seek(max(0, size - _END_BYTES - _END_COMMENT))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or _END_64 not in tail[:at] or len(tail) < at + _END_BYTES:
        return
    if _DIRECTORY.unpack_from(tail, at + 8)[1:] != _ALL_ONES:
        raise NotRead(
            text(
                "the workbook is damaged: it has two lists of its parts, and programs differ in which they "
                "read."
            ),
            text(SAVE_AGAIN),
        )


def damaged_by(error: Exception) -> NotRead:
    """The refusal of a file on which reading ended with an error."""
    return NotRead(
        text("the workbook is damaged ({name}: {error}).", name=type(error).__name__, error=error),
        text(SAVE_AGAIN),
    )


def _key(name: str) -> str:
    # names of parts do not depend on case, and some programs write them with a backslash
    return name.replace("\\", "/").lstrip("/").casefold()
