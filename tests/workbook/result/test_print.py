"""How a roster prints: no sheet is cut into columns, and headings stand on every page."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.attacks.forgeries import cases

WITHOUT_TABLE = {"Summary", "Settings", "As written", "Certificate"}
"""Sheets of one page, of labels and values, or for programs."""


def test_every_sheet_fits_to_the_width_of_a_page_and_repeats_its_headings() -> None:
    # all of the example's workbook was 151 pages, 110 of them columns of the input cut apart
    book: Any = load_workbook(BytesIO(cases()[0].written(".xlsx")))
    for sheet in book:
        if sheet.sheet_state == "hidden":
            continue
        is_scaled = sheet.page_setup.scale is not None
        assert is_scaled or (sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth), (
            sheet
        )
        assert sheet.print_title_rows or sheet.title in WITHOUT_TABLE, sheet
