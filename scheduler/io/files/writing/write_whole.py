"""Writing a file whole or not at all, and saying in words why it cannot be written.

Everything that staffcurve writes goes through here: into a draft beside the wanted file, which then takes its
name in one atomic rename, so that nobody ever sees half a file. Only regular files are replaced, and keep
their mode and owner; a link stays, its target is replaced. A pipe, ``/dev/null`` or a shell's ``/dev/stdout``
is written to directly; a disk device or a socket is refused.
"""

import errno
import os
import shutil
import stat
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Self

from scheduler.domain.findings.errors import BadInput
from scheduler.domain.findings.finding import Finding, Place
from scheduler.io.files.writing.meanwhile import check_before
from scheduler.texts import marked, text

ANOTHER = marked("Choose another folder or file name.")
LONGEST_SUFFIX = 8
"""Signs of a suffix that a draft keeps, so that its name fits wherever the wanted one does."""
LOCKS = ("~${}", ".~lock.{}#")
"""Lock files that Excel and LibreOffice put beside an open file."""
HARMLESS_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/console", "/dev/pts/")
"""Prefixes of devices on which nothing can be overwritten."""
READER_COMES_SECONDS = 20.0
"""How long to wait for a reader of a named pipe: long enough to start one by hand."""
GLANCE_SECONDS = 0.05
"""Between two looks at whether it is there."""
RESERVED_SIGNS = frozenset('<>:"|?*')
RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""On Windows: learn.microsoft.com, "Naming Files, Paths, and Namespaces"."""


@dataclass(frozen=True)
class _Target:
    """Where writing to a path ends up.

    Parameters
    ----------
    path
        With all links followed.
    before
        What is there already.
    descriptor
        The open file of this process that the path stands for, as ``/dev/stdout`` does.
    """

    path: Path
    before: os.stat_result | None = None
    descriptor: int | None = None

    @property
    def is_stream(self) -> bool:
        """Whether it is written through instead of replaced."""
        return self.descriptor is not None or (
            self.before is not None and not stat.S_ISREG(self.before.st_mode)
        )


class _RefusedError(Exception):
    """Nothing is written there, for the reason told."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint or text(ANOTHER)
        super().__init__(message)


class FileDraft:
    """A file that is written beside the wanted one, to take its place at the end; a context manager.

    Parameters
    ----------
    wanted
        Where it is to be; a file that is already there is replaced only at the end, and keeps its mode and,
        where that is allowed, its owner.

    Raises
    ------
    OSError
        If it cannot be written there, as from every method; :func:`told_of` says it in words.
    """

    def __init__(self, wanted: Path) -> None:
        self.wanted = wanted
        self._target = _target_of(wanted)
        self._kept: Path | None = None
        self._folder: TemporaryDirectory[str] | None = None
        if self.is_stream:
            self._folder = TemporaryDirectory(prefix="staffcurve-")
            self.path = Path(self._folder.name) / f"draft{wanted.suffix[:LONGEST_SUFFIX]}"
        else:
            self.path = _draft_of(self._target.path)
            try:
                self.path.open("xb").close()
            except BaseException:  # also a signal, before there is anybody who clears up
                self.path.unlink(missing_ok=True)
                raise

    @property
    def is_stream(self) -> bool:
        """Whether what is written goes through, as to a pipe, and replaces nothing."""
        return self._target.is_stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for left in (self.path, self._kept):
            if left is not None:
                with suppress(OSError):
                    left.unlink(missing_ok=True)
        if self._folder is not None:
            self._folder.cleanup()

    def finish(self) -> None:
        """What was written is whole: give it the rights of what it replaces, and bring it to the disk."""
        if not self.is_stream:
            _safe_on_disk(self.path)
            if self._target.before is not None:
                _take_rights(self.path, self._target.before)

    def take_place(self, *, can_return: bool = False) -> None:
        """Replace the wanted file, which is kept for :meth:`give_back` if it ``can_return``.

        Raises
        ------
        BadInput
            If another program wrote there meanwhile, see :mod:`scheduler.io.files.writing.meanwhile`.
        """
        if self.is_stream:
            _write_through(self.path, self._target)
            return
        check_before(self.wanted)
        if can_return and self._target.before is not None:
            self._kept = _draft_of(self._target.path)
            try:
                os.link(self._target.path, self._kept)
            except OSError:  # a disk without links of this kind
                self._target.path.replace(self._kept)
        self.path.replace(self._target.path)

    def give_back(self) -> None:
        """Undo :meth:`take_place`, as far as it went."""
        kept, self._kept = self._kept, None  # where this fails it is the only copy, and stays
        if kept is not None and kept.exists():
            kept.replace(self._target.path)
            kept.unlink(missing_ok=True)  # of two links to one file none is replaced
        elif self._target.before is None and not self.path.exists():
            self._target.path.unlink(missing_ok=True)


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn what the system says of a file that is written into words.

    Raises
    ------
    BadInput
        With the finding at ``path``.
    """
    try:
        yield
    except OSError as error:
        raise BadInput([_unwritable(path, error)]) from error
    except _RefusedError as refused:
        raise BadInput([_finding(path, refused.message, refused.hint)]) from None


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Hand out a path to write to, and bring what was written to ``path`` at the end.

    Parameters
    ----------
    path
        Where it is wanted, see :class:`FileDraft`.

    Yields
    ------
    Path
        A path in the same folder, with the same suffix; for a pipe or a device, in a folder of its own.

    Raises
    ------
    BadInput
        If it cannot be written there; nothing is left behind, and what was there is as before.
    """
    with told_of(path), FileDraft(path) as draft:
        yield draft.path
        draft.finish()
        draft.take_place()


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8, whole or not at all.

    Raises
    ------
    BadInput
        If the folder or the file cannot be written.
    """
    with written_whole(path) as draft:
        draft.write_text(text, encoding="utf-8")


def unwritable(path: Path) -> Finding | None:
    """Why a file could not be written there, found out beforehand; ``None`` if it could."""
    try:
        with told_of(path), FileDraft(path):
            return None
    except BadInput as refused:
        return refused.findings[0]


def are_one(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, or would where names in other letters are the same name."""
    with suppress(OSError):
        if one.samefile(other):
            return True
    with suppress(OSError):
        return plain_name(one) == plain_name(other)
    return False


def plain_name(path: Path) -> str:
    """What names that lead to one file have in common, also where capitals do not count."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def reserved(name: str) -> str:
    """What Windows keeps for itself in the name of a file; empty if nothing."""
    signs = sorted(RESERVED_SIGNS & set(name)) + [sign for sign in name if ord(sign) < 32]
    if signs:
        return text("the sign {first!r} cannot be part of the name of a file.", first=signs[0])
    if name.split(".")[0].rstrip().casefold() in RESERVED_NAMES or name.endswith((".", " ")):
        return text('"{name}" cannot be the name of a file.', name=name)
    return ""


def _target_of(path: Path) -> _Target:
    """Where writing would end up; raises where nothing may be written."""
    if os.name == "nt" and (fault := reserved(path.name)):
        raise _RefusedError(fault)
    descriptor = _own_descriptor(path)
    if descriptor is not None:
        return _Target(path, os.fstat(descriptor), descriptor)
    real = Path(os.path.realpath(path))
    if real.is_symlink():
        raise _RefusedError(text("the link leads in a circle."))
    try:
        before = real.stat()
    except FileNotFoundError:
        if not real.parent.is_dir():
            raise
        return _Target(real)
    _must_take(real, before.st_mode)
    return _Target(real, before)


def _own_descriptor(path: Path) -> int | None:
    """The number of the open file of this process that a path such as ``/dev/stdout`` stands for."""
    own = {os.path.realpath(folder) for folder in ("/proc/self/fd", "/dev/fd")}
    for _ in range(40):  # as many links as Linux follows
        folder = os.path.realpath(path.parent)
        if folder in own and path.name.isdigit():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = Path(folder, path.readlink())
    return None


def _must_take(real: Path, mode: int) -> None:
    """Raise unless what is there may be replaced, or be written through."""
    if stat.S_ISDIR(mode):
        raise _RefusedError(text("this is a folder, not a file."))
    if stat.S_ISSOCK(mode):
        raise _RefusedError(text("this is a socket, not a file."))
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not str(real).startswith(HARMLESS_DEVICES)):
        raise _RefusedError(text("this is a device, not a file."))
    if not stat.S_ISREG(mode):
        return
    if not mode & 0o222 or not os.access(real, os.W_OK):  # root may write whatever the mode says
        raise _RefusedError(
            text("the file is read-only."), text("Choose another name, or allow writing to it.")
        )
    for lock in (real.with_name(pattern.format(real.name)) for pattern in LOCKS):
        if os.path.lexists(lock):
            raise _RefusedError(
                text('the file is open in another program ("{lock}" lies beside it).', lock=lock.name),
                text("Close it there, or choose another name; delete that file if it was left behind."),
            )


def _draft_of(path: Path) -> Path:
    return path.with_name(f".staffcurve-{token_hex(8)}{path.suffix[:LONGEST_SUFFIX]}")


def _safe_on_disk(draft: Path) -> None:
    """Flush it to the disk before it replaces anything; some disks report only now that they are full."""
    with draft.open("rb+") as written:
        os.fsync(written.fileno())


def _take_rights(draft: Path, before: os.stat_result) -> None:
    """Give the draft owner, group and mode of what it replaces; each where that is allowed."""
    if hasattr(os, "chown"):
        for owner, group in ((before.st_uid, -1), (-1, before.st_gid)):
            with suppress(OSError):
                os.chown(draft, owner, group)
    draft.chmod(stat.S_IMODE(before.st_mode))  # last, since changing the owner clears bits


def _write_through(draft: Path, target: _Target) -> None:
    with draft.open("rb") as content, os.fdopen(_opened(target), "wb") as stream:
        shutil.copyfileobj(content, stream)


def _opened(target: _Target) -> int:
    if target.descriptor is not None:
        return os.dup(target.descriptor)
    assert target.before is not None
    if not stat.S_ISFIFO(target.before.st_mode):
        return os.open(target.path, os.O_WRONLY)
    until = time.monotonic() + READER_COMES_SECONDS
    while True:  # a blocking open would wait for ever, deaf to signals
        try:
            descriptor = os.open(target.path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > until:
                raise _RefusedError(text("this is a pipe that nobody reads from.")) from None
            time.sleep(GLANCE_SECONDS)
        else:
            os.set_blocking(descriptor, True)
            return descriptor


def _unwritable(path: Path, error: OSError) -> Finding:
    try:
        folder = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
        is_there, is_folder = folder.exists(), folder.is_dir()
    except OSError:  # a name that is too long to be looked for
        folder, is_there, is_folder = path.parent, True, True
    if not is_there:
        message = text('the folder "{folder}" does not exist.', folder=folder)
    elif not is_folder:
        message = text('"{folder}" is not a folder.', folder=folder)
    elif isinstance(error, PermissionError):
        message = text(
            'the folder "{folder}" cannot be written to, or the file is open in another program.',
            folder=folder,
        )
    elif isinstance(error, BrokenPipeError):
        message = text("what reads from it has closed it.")
    else:
        message = text("the file cannot be written: {error}.", error=error.strerror or error)
    return _finding(path, message, text(ANOTHER))


def _finding(path: Path, message: str, hint: str) -> Finding:
    return Finding(place=Place(path=(str(path),)), message=message, hint=hint)
