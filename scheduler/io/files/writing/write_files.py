"""Writing several files into one folder: all of them, or none."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from secrets import token_hex

from scheduler.domain.findings.errors import BadInput, refused
from scheduler.io.files.writing.write_whole import unwritable
from scheduler.texts import text


def write_files(folder: Path, contents: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Write files into a folder, which is made if it is not there.

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
    wanted = {folder / name: content for name, content in contents.items()}
    there = [path for path in wanted if path.exists() or path.is_symlink()]
    if there and not replace:
        raise refused(
            folder,
            text('"{name}" lies in this folder already.', name=there[0].name),
            text("Choose another folder, or replace its files with --force (replace=True)."),
        )
    draft_of = {path: folder / f".staffcurve-{token_hex(8)}" for path in wanted}
    kept_of = {path: folder / f".staffcurve-kept-{token_hex(8)}" for path in there}
    done: list[Path] = []
    made = [one for one in dict.fromkeys((folder, *(path.parent for path in wanted))) if not one.exists()]
    try:
        for one in made:
            one.mkdir()
        if faults := [fault for path in wanted if (fault := unwritable(path))]:
            raise BadInput(faults)
        for path, content in wanted.items():
            draft_of[path].write_bytes(content)
        for path in wanted:
            if path in kept_of:
                path.replace(kept_of[path])
            done.append(path)
            draft_of[path].replace(path)
    except BaseException as error:
        for path in done:
            path.unlink(missing_ok=True)
            if path in kept_of:
                kept_of[path].replace(path)
        _remove(draft_of.values())
        for one in reversed(made):
            if one.is_dir():
                one.rmdir()
        if isinstance(error, OSError):
            said = text("the files cannot be written: {error}.", error=error.strerror or error)
            raise refused(folder, said) from error
        raise
    _remove(kept_of.values())


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
