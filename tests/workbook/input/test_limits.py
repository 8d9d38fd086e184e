"""What is too large, too deep or damaged ends in a sentence; what is merely odd loses nothing."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from scheduler.io.files import archive, sheet_pass, xml_pass
from scheduler.io.files.json_text import parse_json
from scheduler.io.files.limits import NotRead
from tests.workbook.filled_in import filled_in, read, told

Change = Callable[[bytes], bytes]


def changed(folder: Path, sheet: str, change: Change) -> Path:
    """A sound workbook in which the XML of one sheet is another."""
    path = filled_in(folder, {})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    titles = re.findall(r'<sheet [^>]*?name="([^"]*)"', parts["xl/workbook.xml"].decode())
    part = f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml"
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def after_headings(addition: bytes) -> Change:
    return lambda xml: xml.replace(b"</sheetData>", addition + b"</sheetData>", 1)


def test_rows_in_another_order_are_read_as_they_are_numbered(tmp_path: Path) -> None:
    # rows were counted as they came, and those that came late were lost

    def turned(xml: bytes) -> bytes:
        rows = re.findall(rb"<row .*?</row>", xml, re.DOTALL)
        return xml.replace(b"".join(rows), b"".join(reversed(rows)))

    (plain := tmp_path / "plain").mkdir()
    sound = read(filled_in(plain, {}))
    assert sound.problem is not None
    for sheet in ("Agents", "Demand", "Settings", "Shifts"):
        assert read(changed(tmp_path, sheet, turned)).problem == sound.problem


def test_a_cell_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    path = changed(tmp_path, "Agents", lambda xml: re.sub(rb'(<c r="A2".*?</c>)', rb"\1\1", xml, count=1))
    assert told(path)[0].startswith("Agents!A2  the workbook is damaged: this cell stands there twice.")


def test_a_sheet_whose_rows_are_missing_is_told(tmp_path: Path) -> None:
    # the sheet was passed over as if the workbook had never had it
    path = filled_in(tmp_path, {})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    titles = re.findall(r'<sheet [^>]*?name="([^"]*)"', parts["xl/workbook.xml"].decode())
    del parts[f"xl/worksheets/sheet{titles.index('Availability') + 1}.xml"]
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert told(path)[0].startswith(
        "Availability  the workbook is damaged: it lists this sheet, but its rows"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda xml: xml.replace(b'<row r="2"', b'<row r="9999999999"', 1), "a row is numbered 9999999999"),
        (after_headings(b'<row r="90"><c r="B91"/></row>'), 'the cell "B91" stands in row 90.'),
        (after_headings(b'<row r="90"><c r="ZZZZ90"/></row>'), '"ZZZZ" is no column.'),
        (lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml, "a part defines entities"),
        (after_headings(b"<x>" * 100), "more than 64 elements nested"),
        (after_headings(b'<x a="' + b"y" * 1_500_000 + b'"/>'), "more than 1,000,000 bytes in one tag"),
        (lambda xml: xml[:-200], "is no XML"),
    ],
)  # fmt: skip
def test_a_sheet_beyond_what_is_possible_is_told(tmp_path: Path, change: Change, message: str) -> None:
    # a row of that number took 4 GB, entities and depth whatever the file wanted
    [finding] = told(changed(tmp_path, "Agents", change))
    assert finding.startswith("Agents  ") and message in finding


@pytest.mark.parametrize(
    ("module", "name", "most", "message"),
    [
        (sheet_pass, "FILLED_CELLS", 100, "there are more than 100 filled cells in this workbook"),
        (sheet_pass, "SPANNED_CELLS", 100, "cells between the first column and the last filled one"),
        (sheet_pass, "MERGED_RANGES", 0, "more than 0 merged ranges"),
        (xml_pass, "XML_MARKUP", 500, "more than 500 elements in this workbook"),
        (xml_pass, "TEXT_SIGNS", 500, "more than 500 signs of text"),
        (archive, "UNPACKED_BYTES", 5_000, "more than 5,000 bytes in this workbook when it is unpacked"),
        (archive, "FILE_BYTES", 5_000, "more than 5,000 bytes in this file"),
        (archive, "DIRECTORY_BYTES", 100, "more than 100 bytes in the list of its parts"),
    ],
)
def test_each_limit_is_told_with_its_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str, most: int, message: str
) -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="A7:A8"/></mergeCells>'
    path = changed(tmp_path, "Agents", lambda xml: xml.replace(b"</sheetData>", merged))
    monkeypatch.setattr(module, name, most)
    [finding] = told(path)
    assert message in finding


def test_a_part_that_is_packed_too_closely_is_not_unpacked(tmp_path: Path) -> None:
    # a megabyte of packed white space was read as a gigabyte
    path = changed(tmp_path, "Agents", after_headings(b" " * 21_000_000))
    [finding] = told(path)
    assert "is packed more closely than 200 to 1, which is the limit." in finding


def test_a_wrong_checksum_and_parts_that_overlap_are_told(tmp_path: Path) -> None:
    content = filled_in(tmp_path, {}).read_bytes()
    directory = zipfile.ZipFile(BytesIO(content)).start_dir
    entries = [found.start() for found in re.finditer(b"PK\x01\x02", content) if found.start() >= directory]
    names = [content[at + 46 : at + 46 + content[at + 28]] for at in entries]
    entry = entries[names.index(b"xl/workbook.xml")]
    (wrong := tmp_path / "wrong.xlsx").write_bytes(content[: entry + 16] + bytes(4) + content[entry + 20 :])
    assert "Bad CRC-32" in told(wrong)[0]
    (over := tmp_path / "over.xlsx").write_bytes(content[: entry + 42] + bytes(4) + content[entry + 46 :])
    assert "overlaps another" in told(over)[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "more than 200 lists and objects are nested in line 1, column 202."),
        ('{"a": [1,\n ' + "9" * 5_000 + "]}", "a number has far more than 100 digits"),
        ('{"a": [1,\n ' + "9" * 400 + "]}", "a number has 400 digits and signs, the limit is 100; it"),
        ('{"a": NaN}', "NaN and Infinity are no numbers in JSON"),
        ('{"a": -Infinity}', "NaN and Infinity are no numbers in JSON"),
        ('{"a": 1e999}', "1e999 is larger than any number"),
        ('{"name": "Anna", "days": 1, "days": 2}', 'the field "days" of "Anna" is written twice'),
    ],
)  # fmt: skip
def test_json_that_cannot_be_kept_is_told_with_its_place(text: str, message: str) -> None:
    # the first two ended in tracebacks, NaN was a number, and the first of two fields was lost
    with pytest.raises(NotRead) as refused:
        parse_json(text)
    assert message in refused.value.finding.message


def test_a_sheet_with_a_thousand_errors_is_read_no_further(tmp_path: Path) -> None:
    # 66,000 wrong rows took 18 s and 600 MB, for a list that nobody reads
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>x</v></c></row>' for n in range(10, 3_000))
    findings = told(changed(tmp_path, "Shifts", after_headings(rows.encode())))
    assert len(findings) < 10  # one line for all of a kind
    assert any("since 1,000 errors stand above" in finding for finding in findings)
