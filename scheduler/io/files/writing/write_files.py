"""Writing several files into one folder: all of them, or none."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from scheduler.domain.findings.errors import BadInput, refused
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.values.words import listed
from scheduler.io.files.writing.meanwhile import Before
from scheduler.io.files.writing.write_whole import FileDraft, plain_name, told_of, unwritable
from scheduler.texts import text

_MOST_NAMED = 4


def write_files(folder: Path, contents: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Write files into a folder, which is made if it is not there, each as a single output is written.

    Parameters
    ----------
    contents
        By the name of the file, with a folder in front where it has one: ``calendars/Ann.ics``.
    replace
        Whether files of these names may be there already, and are replaced.

    Raises
    ------
    BadInput
        If one of them cannot be written, or is there and may not be replaced; what was there is as before.
    """
    before = Before.at(*(folder / name for name in contents))
    made: list[Path] = []
    try:
        for one in dict.fromkeys((folder, *((folder / name).parent for name in contents))):
            if not one.exists():
                with told_of(one):
                    one.mkdir()
                made.append(one)
        if faults := not_writable(folder, contents, replace=replace):
            raise BadInput(faults)
        with before.must_stand():
            _write_all({folder / name: content for name, content in contents.items()})
    except BaseException:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir()
        raise


def not_writable(folder: Path, names: Iterable[str], *, replace: bool = False) -> list[Finding]:
    """Why these files could not be written into a folder, found out beforehand, all of it."""
    paths = [folder / name for name in names]
    if not folder.exists():
        fault = unwritable(folder)
        return [] if fault is None else [fault]
    there = [str(path.relative_to(folder)) for path in paths if path.exists() or path.is_symlink()]
    if there and not replace:
        lie = (
            text('"{name}" lies in this folder already.', name=there[0])
            if len(there) == 1
            else text("{names} lie in this folder already.", names=listed(there, _MOST_NAMED))
        )
        hint = text("Choose another folder, or replace its files with --force.")
        return [*refused(folder, lie, hint).findings]
    faults = [(path, fault) for path in paths if (fault := unwritable(path))]
    return [*_by_kind(folder, faults, len(paths)), *_of_one_place(folder, paths)]


def _by_kind(folder: Path, faults: Iterable[tuple[Path, Finding]], number: int) -> Iterator[Finding]:
    """One finding for all files with the same fault; where it is that of all, it is the folder's."""
    kinds: dict[str, list[tuple[Path, Finding]]] = {}
    for path, fault in faults:
        kinds.setdefault(fault.message, []).append((path, fault))
    for message, found in kinds.items():
        first = found[0][1]
        names = listed([str(path.relative_to(folder)) for path, _ in found], _MOST_NAMED)
        said = message if len(found) == number else f"{names}: {message}"
        about_all = {"place": Place(path=(str(folder),)), "message": said}
        yield first if len(found) == 1 else first.model_copy(update=about_all)


def _of_one_place(folder: Path, paths: Iterable[Path]) -> Iterator[Finding]:
    """Names that lead to one file, of which only the last would be left."""
    places: dict[str, list[str]] = {}
    for path in paths:
        with suppress(OSError):  # told of already
            places.setdefault(plain_name(path), []).append(str(path.relative_to(folder)))
    for names in places.values():
        if len(names) > 1:
            message = text("{names} lead to one and the same file.", names=listed(names, _MOST_NAMED))
            yield from refused(folder, message, text("Remove the links.")).findings


def _write_all(contents: Mapping[Path, bytes]) -> None:
    with ExitStack() as kept:
        drafts = []
        for path, content in contents.items():
            with told_of(path):
                draft = kept.enter_context(FileDraft(path))
                draft.path.write_bytes(content)
                draft.finish()
                drafts.append(draft)
        try:
            # what went through a pipe cannot be taken back, but may be what fails
            for draft in sorted(drafts, key=lambda draft: not draft.is_stream):
                with told_of(draft.wanted):
                    draft.take_place(can_return=True)
        except BaseException:
            for draft in drafts:
                with suppress(OSError):
                    draft.give_back()
            raise
