"""What programs read in different ways: each of these was verified as one thing and shown as another."""

import io
import struct
import zipfile
from datetime import datetime, time
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook
from openpyxl.chart import AreaChart, LineChart, Reference

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import Archive
from scheduler.io.files.cell_styles import CellStyles, NumberKind
from scheduler.io.files.cell_values import CellValues, NoValue
from scheduler.io.files.limits import NotRead
from scheduler.io.files.looks.charts import Chart, chart_of
from scheduler.io.files.looks.number_formats import Shows, shows
from scheduler.io.files.xml_pass import Spent, Text, number_of, pass_over
from scheduler.io.result.differences.in_charts import _says
from scheduler.io.result.differences.values import same


def archive_of(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("code", "due", "kind"),
    [
        ("_x003B__x003B__x003B__x0022_No_x0022_", "General", str),  # ;;;"No" for programs that decode it
        ("[$-407]#,##0.000", "#,##0.00", float),  # 120,000 for 120.00
        ("[$-F800]hh:mm", "hh:mm", float),  # the day for a time
        ("[$-F400]#,##0.00", "#,##0.00", float),
        ("[$-x-sysdate]#,##0.00", "#,##0.00", float),
        ("#,##0.00" + ' ;"5.00"' * 40, "#,##0.00", float),  # longer than any that Excel takes
        ("0" * 256, "0", str),
    ],
)
def test_formats_that_programs_read_otherwise_show_another_value(code: str, due: str, kind: type) -> None:
    assert shows(code, due, kind) is Shows.ANOTHER_VALUE


@pytest.mark.parametrize(
    ("code", "due", "kind"),
    [
        ("[$-407]#,##0.00", "#,##0.00", float),
        ("[$-F800]dddd, mmmm dd, yyyy", "ddd d mmm yyyy", float),
        ("[$-F400]h:mm:ss am/pm", "hh:mm", float),
        ("[$-409]#,##0.000", "#,##0.00", float),
    ],
)
def test_what_a_program_writes_for_its_readers_is_no_other_value(code: str, due: str, kind: type) -> None:
    assert shows(code, due, kind) is not Shows.ANOTHER_VALUE


@pytest.mark.parametrize("written", ["300x", "300.0", "4294967300", "", "-1"])
def test_ids_that_are_no_numbers_are_refused(written: str) -> None:
    with pytest.raises(NotRead, match="which is no number of anything"):
        number_of({"numFmtId": written}, "numFmtId", "0")
    assert number_of({}, "numFmtId", "7") == 7


@pytest.mark.parametrize("written", ["PT9H30X", "PT9H30.5M", "P", "PT", "1899-12-31T09:00:00"])
def test_moments_as_text_have_one_meaning(written: str) -> None:
    values = CellValues([], CellStyles(), None)  # type: ignore[arg-type]
    with pytest.raises(NoValue):
        values.understood("d", written, None)


@pytest.mark.parametrize(("early", "is_same"), [(5e-9, False), (5e-10, True), (0, True), (-5e-9, True)])
def test_a_time_that_is_shown_a_minute_early_is_another_one(early: float, is_same: bool) -> None:
    styles = CellStyles((NumberKind.DATE,), (("hh:mm",),))
    value = CellValues([], styles, datetime(1899, 12, 30)).understood("n", f"{17.5 / 24 - early:.15f}", 0)
    assert same(value, time(17, 30)) is is_same


def test_an_archive_with_two_lists_of_parts_is_refused() -> None:
    content = archive_of(part=b"honest")
    end = content.rindex(b"PK\x05\x06")
    begins, length = (
        struct.unpack_from("<L", content, end + 16)[0],
        struct.unpack_from("<L", content, end + 12)[0],
    )
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, length, begins)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    with pytest.raises(NotRead, match="two lists of its parts"):
        Archive(io.BytesIO(content[:end] + record + locator + content[end:]))


def test_names_of_parts_that_are_read_in_several_ways_are_refused() -> None:
    content = archive_of(**{"shéet": b"honest"})
    with pytest.raises(NotRead, match="is read in several ways"):
        Archive(io.BytesIO(_without_flag(content)))
    assert "shéet" in Archive(io.BytesIO(content))


def _without_flag(content: bytes) -> bytes:
    """The same with names in no said encoding."""
    at = content.rindex(b"PK\x01\x02") + 8
    return content[:at] + b"\0\0" + content[at + 2 :]


def test_encodings_that_not_every_program_reads_are_refused() -> None:
    sheet = b'<?xml version="1.0" encoding="mac-iceland"?><worksheet/>'
    with pytest.raises(NotRead, match='is written in "mac-iceland"'):
        pass_over(Archive(io.BytesIO(archive_of(part=sheet))), "part", Place(), Spent(), Text(), {}, {})


def test_what_charts_keep_of_blank_labels_is_blank_in_every_spelling() -> None:
    # openpyxl keeps "None" for a label that LibreOffice keeps as blank: "it keeps None for a cell"
    assert [_says(kept, value) for kept in ("", "None") for value in (None, "")] == [True] * 4
    assert not _says("None", "Mon") and not _says("", "Mon")


def drawn(axis: int) -> Chart:
    """An area and a line, which has that axis of values."""
    sheet = Workbook().create_sheet("Coverage")
    area, line = AreaChart(), LineChart()
    for chart in (area, line):
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=3))
    line.y_axis.axId = axis
    area += line
    return chart_of(ElementTree.fromstring(ElementTree.tostring(area._write())))


def test_a_second_scale_in_a_chart_is_named() -> None:
    one_scale, two_scales = drawn(axis=100), drawn(axis=200)
    assert "a series on a scale of its own" in two_scales.more_than([one_scale])
    assert one_scale.more_than([one_scale]) == []
