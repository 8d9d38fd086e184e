"""A file is written whole or not at all, and a folder that cannot be written is said in words."""

from pathlib import Path

import pytest

from scheduler.domain.findings.errors import BadInput
from scheduler.io.files.writing.write_whole import unwritable, write_text, written_whole


def test_what_was_written_takes_its_name_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "week.json"
    with written_whole(path) as draft:
        draft.write_text("new")
        assert not path.exists()
        assert draft.parent == tmp_path and draft.suffix == ".json"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_writer_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "week.json"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), written_whole(path) as draft:
        draft.write_text("half of the n")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "week.json"
    path.write_text("old")
    with pytest.raises(BadInput) as caught, written_whole(path):
        raise OSError(28, "No space left on device")
    assert str(caught.value.findings[0]).startswith(
        f"{path}  the file cannot be written: No space left on device."
    )
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none" / "week.json"
    with pytest.raises(BadInput) as caught:
        write_text(path, "text")
    told = f'{path}  the folder "{path.parent}" does not exist. Choose another folder or file name.'
    assert str(caught.value) == told
    assert str(unwritable(path)) == told


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    finding = unwritable(tmp_path / "file" / "week.json")
    assert finding is not None
    assert finding.message == f'"{tmp_path / "file"}" is not a folder.'


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "week.json").mkdir()
    finding = unwritable(tmp_path / "week.json")
    assert finding is not None
    assert finding.message == "this is a folder, not a file."
    with pytest.raises(BadInput, match="this is a folder, not a file"):
        write_text(tmp_path / "week.json", "text")
    assert list(tmp_path.iterdir()) == [tmp_path / "week.json"]


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as a user who may write anywhere, so the refusal is played.
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInput, match="cannot be written to, or the file is open in another program"):
        write_text(tmp_path / "week.json", "text")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_the_trial(tmp_path: Path) -> None:
    assert unwritable(tmp_path / "week.xlsx") is None
    assert list(tmp_path.iterdir()) == []


def test_the_file_gets_the_rights_of_any_new_file(tmp_path: Path) -> None:
    write_text(tmp_path / "one", "")
    (tmp_path / "other").write_text("")
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "other").stat().st_mode
