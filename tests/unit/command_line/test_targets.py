"""What is there where a file is wanted: what is replaced, what is written through, what is refused.

Each was once a regular file in the place of what had been there, a refusal without need, or a lost result.
"""

import os
import socket
import stat
from pathlib import Path
from threading import Thread

import pytest

from scheduler.domain.findings.errors import BadInput
from scheduler.io.files.writing import write_whole
from scheduler.io.files.writing.write_whole import are_one, reserved, unwritable, write_text

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, modes and links of another kind")


def refused(path: Path) -> str:
    """Why nothing is written there, which is the same beforehand and while writing."""
    finding = unwritable(path)
    assert finding is not None
    with pytest.raises(BadInput) as caught:
        write_text(path, "new")
    assert str(caught.value) == str(finding)
    return finding.message


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    # It became a regular file, and what it led to stayed as it was.
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_link_to_what_is_not_there_yet_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "new"
    (tmp_path / "astray").symlink_to("none/real")
    assert refused(tmp_path / "astray") == f'the folder "{tmp_path / "none"}" does not exist.'
    (tmp_path / "circle").symlink_to("circle")
    assert refused(tmp_path / "circle") == "the link leads in a circle."


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_of_what_is_replaced_is_kept(tmp_path: Path, mode: int) -> None:
    # A roster that only HR could read was readable by everybody after the next run.
    path = tmp_path / "roster.json"
    path.write_text("old")
    path.chmod(mode)
    write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_of_what_is_replaced_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    path.write_text("old")
    os.chown(path, 12345, 12345)
    write_text(path, "new")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12345)


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    # It became a regular file, and whoever read from it waited for ever.
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    assert unwritable(pipe) is None
    reader = Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_text(pipe, "new")
    reader.join()
    assert read == ["new"] and pipe.is_fifo()


def test_a_pipe_that_nobody_reads_from_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Opened as usual it waits for ever, and no signal ends that.
    monkeypatch.setattr(write_whole, "READER_COMES_SECONDS", 0.0)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="a pipe that nobody reads from"):
        write_text(tmp_path / "pipe", "new")


def test_a_device_is_written_through() -> None:
    # As root `--json /dev/null` made a file of it, and nothing on the machine could discard output any more.
    write_text(Path("/dev/null"), "new")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(BadInput, match="No space left on device"):
        write_text(Path("/dev/full"), "new")
    assert Path("/dev/full").is_char_device()


def test_an_open_file_of_this_process_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    # /dev/stdout is a link to such a path.
    with (tmp_path / "log").open("w+b") as log:
        log.write(b"before, ")
        log.flush()
        (tmp_path / "stdout").symlink_to(f"/dev/fd/{log.fileno()}")
        write_text(tmp_path / "stdout", "new")
        log.seek(0)
        assert log.read() == b"before, new"
    assert (tmp_path / "stdout").is_symlink()


def test_what_is_no_place_for_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as there:
        there.bind("socket")
    assert refused(tmp_path / "socket") == "this is a socket, not a file."
    (tmp_path / "sheet").write_text("old")
    (tmp_path / "sheet").chmod(0o444)
    assert refused(tmp_path / "sheet") == "the file is read-only."
    assert (tmp_path / "sheet").read_text() == "old"


@pytest.mark.parametrize("lock", ["~$roster.xlsx", ".~lock.roster.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_not_replaced(tmp_path: Path, lock: str) -> None:
    # Whoever had it open saved the old roster over the new one.
    (tmp_path / lock).touch()
    assert unwritable(tmp_path / "roster.xlsx") is None  # left behind by a file that is gone
    (tmp_path / "roster.xlsx").touch()
    assert "open in another program" in refused(tmp_path / "roster.xlsx")


@pytest.mark.parametrize("name", ["r" * 249 + ".xlsx", "r" * 250 + ".json", "r." + "s" * 253])
def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path, name: str) -> None:
    # The draft had a longer name, and was refused.
    write_text(tmp_path / name, "new")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_longer_name_is_told(tmp_path: Path) -> None:
    assert "name too long" in refused(tmp_path / ("r" * 256)).casefold()


def test_paths_to_one_file_are_known(tmp_path: Path) -> None:
    # `-o r.xlsx --json r.xlsx` left the JSON alone, and said twice that it was written.
    real = tmp_path / "real"
    real.touch()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "hard").hardlink_to(real)
    for other in (tmp_path / "link", tmp_path / "hard", tmp_path / "x" / ".." / "real", tmp_path / "REAL"):
        assert are_one(other, real), other
    assert are_one(tmp_path / "none.json", tmp_path / "." / "NONE.json")
    assert not are_one(real, tmp_path / "none.json")


@pytest.mark.parametrize("name", ["a:b.xlsx", "what?.json", "con.xlsx", "LPT1", "roster.", "a\nb"])
def test_names_that_windows_keeps_for_itself(name: str) -> None:
    # NTFS takes a colon for a stream inside of another file, where nobody finds it.
    assert reserved(name)
    assert not reserved("console.xlsx") and not reserved("roster.xlsx")
