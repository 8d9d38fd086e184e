"""Several files written into one folder: each as a single output is, and all of them or none."""

import os
import threading
from pathlib import Path

import pytest

from scheduler.domain import BadInput
from scheduler.io.files.writing.write_files import write_files
from scheduler.io.files.writing.write_whole import FileDraft

NEW = {"Agents.csv": b"new agents", "Breaks.csv": b"new breaks", "Skills.csv": b"new skills"}
on_posix = pytest.mark.skipif(os.name == "nt", reason="links, modes and pipes are not the same there")


def content(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, drafts included."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@on_posix
def test_a_link_among_them_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    # The link was replaced by a file, and what it leads to stayed old.
    folder, led_to = tmp_path / "d", tmp_path / "victim.csv"
    folder.mkdir()
    led_to.write_bytes(b"old")
    (folder / "Agents.csv").symlink_to("../victim.csv")
    write_files(folder, NEW, replace=True)
    assert (folder / "Agents.csv").is_symlink() and led_to.read_bytes() == NEW["Agents.csv"]


@on_posix
def test_a_device_and_a_pipe_among_them_are_written_through(tmp_path: Path) -> None:
    # mkfifo d/Agents.csv: the pipe was gone, and a regular file was there.
    (tmp_path / "Agents.csv").symlink_to("/dev/null")
    os.mkfifo(tmp_path / "Breaks.csv")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "Breaks.csv").read_bytes()))
    reader.start()
    write_files(tmp_path, NEW, replace=True)
    reader.join()
    assert read == [NEW["Breaks.csv"]] and (tmp_path / "Breaks.csv").is_fifo()
    assert (tmp_path / "Agents.csv").is_symlink() and Path("/dev/null").is_char_device()


@on_posix
def test_the_modes_of_what_is_replaced_are_kept(tmp_path: Path) -> None:
    # Each got the mode of a new file.
    (tmp_path / "Agents.csv").write_bytes(b"old")
    (tmp_path / "Agents.csv").chmod(0o640)
    write_files(tmp_path, NEW, replace=True)
    assert (tmp_path / "Agents.csv").stat().st_mode & 0o777 == 0o640


@on_posix
def test_all_that_cannot_be_replaced_is_named_at_once_beforehand(tmp_path: Path) -> None:
    # Only a part was looked at, and of what lay there already only the first was named.
    (tmp_path / "Agents.csv").mkdir()
    (tmp_path / "Breaks.csv").write_bytes(b"old")
    (tmp_path / "Breaks.csv").chmod(0o444)
    (tmp_path / "Skills.csv").symlink_to("Skills.csv")
    with pytest.raises(BadInput) as refused:
        write_files(tmp_path, NEW, replace=True)
    said = str(refused.value)
    assert len(refused.value.findings) == 3
    assert "a folder, not a file" in said and "read-only" in said and "in a circle" in said
    assert content(tmp_path) == {"Breaks.csv": b"old"}


@on_posix
def test_two_names_of_one_file_are_refused(tmp_path: Path) -> None:
    # The one written last was left.
    for name in ("Agents.csv", "Breaks.csv"):
        (tmp_path / name).symlink_to("one.csv")
    with pytest.raises(BadInput, match=r"Agents.csv, Breaks.csv lead to one and the same file"):
        write_files(tmp_path, NEW, replace=True)
    assert content(tmp_path) == {}


@pytest.mark.parametrize("fails", range(len(NEW)))
@pytest.mark.parametrize("has_links", [True, False])
def test_where_one_fails_all_are_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int, has_links: bool
) -> None:
    # A file that was not there before stays away; of one that was there no moment has only a part.
    old = {"Agents.csv": b"old agents", "Skills.csv": b"old skills"}
    for name, was in old.items():
        (tmp_path / name).write_bytes(was)
    if not has_links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError("no links here")))
    take_place, failing = FileDraft.take_place, list(NEW)[fails]

    def full(draft: FileDraft, **given: bool) -> None:
        take_place(draft, **given)
        if draft.wanted.name == failing:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileDraft, "take_place", full)
    with pytest.raises(BadInput, match="No space left on device"):
        write_files(tmp_path, NEW, replace=True)
    assert content(tmp_path) == old


def test_a_folder_that_was_made_for_them_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A disk that is full leaves no empty folder behind.
    def full(_: FileDraft) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileDraft, "finish", full)
    with pytest.raises(BadInput, match="No space left on device"):
        write_files(tmp_path / "d", NEW)
    assert not (tmp_path / "d").exists()
