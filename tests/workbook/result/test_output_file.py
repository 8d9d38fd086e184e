"""The finished file: both halves in one workbook, whole or not at all, and safe to save again elsewhere."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.domain import BadInput
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.result.reading.workbook_reader import read_roster
from scheduler.io.result.workbook_writer import write_roster
from tests.workbook.sample import FewDays, small_outcome

RESAVED = Path(__file__).with_name("saved_by_libreoffice.xlsx")


def write_small(path: Path) -> None:
    problem, rules, outcome = small_outcome()
    write_roster(path, problem, rules, outcome, outcome.report, (FewDays,))


def test_the_input_is_there_again_and_the_summary_is_in_front(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    write_small(path)
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["Summary", "Roster"]
    assert {"Settings", "Skills", "Demand", "Shifts", "Contracts", "Agents", "Rules"} < set(book.sheetnames)
    assert book.active is book["Summary"]
    problem, rules, _ = small_outcome()
    reading = read_workbook(path, (FewDays,))
    assert [str(finding) for finding in reading.findings if finding.is_error] == []
    assert reading.problem == problem
    assert reading.rules == rules


def test_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        write_small(tmp_path / "nowhere" / "roster.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_while_writing_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"the old one")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.writestr", full_disk)
    with pytest.raises(BadInput, match="No space left on device"):
        write_small(path)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_roster_figures_and_certificate_survive_being_saved_by_libreoffice() -> None:
    """``saved_by_libreoffice.xlsx`` is the small result, opened and saved by LibreOffice 7.4 as .xlsx.

    After a change of the sheets that are read: write it anew with ``small_outcome``, and then
    ``soffice --headless --convert-to "xlsx:Calc MS Excel 2007 XML"``.
    """
    problem, _, outcome = small_outcome()
    reading = read_roster(RESAVED, problem)
    assert reading.findings == ()
    assert reading.roster is not None
    assert set(reading.roster.duties) == set(outcome.roster.duties)
    assert reading.certificate == outcome.certificate
    assert reading.input_hash == outcome.input_hash
