"""Writing a file whole or not at all, and saying in words why a folder cannot be written to.

Everything that staffcurve writes goes through here: first into a file beside the wanted one, which then
takes its name in one step, so that nobody ever sees half of it.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.domain.errors import BadInput
from scheduler.domain.findings import Finding, Place


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Hand out a path to write to, and give what was written the name ``path`` at the end.

    Parameters
    ----------
    path
        Where the file is wanted; a file that is already there is replaced only at the end.

    Yields
    ------
    Path
        A path in the same folder, with the same suffix.

    Raises
    ------
    BadInput
        If the folder or the file cannot be written; nothing is left behind.
    """
    draft = _draft_of(path)
    try:
        draft.open("xb").close()
        yield draft
        draft.replace(path)
    except OSError as error:
        raise BadInput([_unwritable(path, error)]) from error
    finally:
        if draft.exists():
            draft.unlink()


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
    draft = _draft_of(path)
    try:
        draft.open("xb").close()
    except OSError as error:
        return _unwritable(path, error)
    finally:
        if draft.exists():
            draft.unlink()
    return _unwritable(path, IsADirectoryError()) if path.is_dir() else None


def _draft_of(path: Path) -> Path:
    return path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")


def _unwritable(path: Path, error: OSError) -> Finding:
    folder = path.parent
    if not folder.exists():
        message = f'the folder "{folder}" does not exist.'
    elif not folder.is_dir():
        message = f'"{folder}" is not a folder.'
    elif path.is_dir():
        message = "this is a folder, not a file."
    elif isinstance(error, PermissionError):
        message = f'the folder "{folder}" cannot be written to, or the file is open in another program.'
    else:
        message = f"the file cannot be written: {error.strerror or error}."
    hint = "Choose another folder or file name."
    return Finding(place=Place(path=(str(path),)), message=message, hint=hint)
