"""A workbook with some sheets written anew, and all else as it was, byte by byte.

Reading a workbook and writing it again loses what the program does not know: values of formulas, pictures,
macros. Here the parts of the other sheets are copied, and only the rows of the sheet that is replaced, or a
sheet that is added, are new.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from scheduler.domain.findings.finding import Place
from scheduler.io.files.limits import NotRead
from scheduler.texts import text

Cell = str | float | int | date | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ROWS = re.compile(r"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>.*?</\1sheetData\s*>)", re.DOTALL)
_GONE = re.compile(
    r"<((?:\w+:)?)(?:dimension|mergeCells)\b[^>]*?(?:/>|>.*?</\1(?:mergeCells|dimension)\s*>)", re.DOTALL
)
_FILTER = re.compile(r'(<(?:\w+:)?autoFilter\b[^>]*?\bref=")[^"]*(")')
_STYLE = r'<(?:\w+:)?c\b(?=[^>]*\br="{cell}")[^>]*?\bs="(\d+)"'
_CHAIN = re.compile(r"<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain[^>]*/>")


@dataclass(frozen=True)
class NewRows:
    """What a sheet is to hold.

    Parameters
    ----------
    rows
        The headings first.
    widths
        Of its columns, for a sheet that is not there yet.
    """

    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()


def with_sheets(content: bytes, parts: Mapping[str, str], sheets: Mapping[str, NewRows]) -> bytes:
    """The workbook with these sheets.

    Parameters
    ----------
    parts
        The part of each sheet that it has, by title.

    Raises
    ------
    NotRead
        If a sheet is to be replaced that is an Excel table, or the workbook is not written as others are.
    """
    with ZipFile(BytesIO(content)) as old:
        files = {one.filename: old.read(one) for one in old.infolist()}
    looks = _heading_style(files, parts)
    for title, new in sheets.items():
        if title in parts:
            files[parts[title]] = _replaced(title, files[parts[title]].decode("utf-8"), new).encode("utf-8")
        else:
            _add(files, title, new, looks)
    chain = next((name for name in files if name.rpartition("/")[2] == "calcChain.xml"), None)
    if chain is not None:  # it lists cells with formulas; programs make it anew
        del files[chain]
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            files[name] = _CHAIN.sub("", files[name].decode("utf-8")).encode("utf-8")
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as book:
        for name, part in files.items():
            book.writestr(name, part)
    return written.getvalue()


def _replaced(title: str, markup: str, new: NewRows) -> str:
    if re.search(r"<(?:\w+:)?tablePart\b", markup):
        raise NotRead(
            text("this sheet is an Excel table, whose rows are not replaced."),
            text('Choose "Convert to range" in Excel.'),
            Place(sheet=title),
        )
    found = _ROWS.search(markup)
    if found is None:
        raise NotRead(text("the rows of this sheet are not found."), "", Place(sheet=title))
    prefix, width = found[1], max(map(len, new.rows), default=1)
    columns = [get_column_letter(at + 1) for at in range(width)]
    styles = [[_style_of(found[0], f"{column}{row}") for column in columns] for row in (1, 2)]
    markup = markup[: found.start()] + _sheet_data(new.rows, styles, prefix) + markup[found.end() :]
    markup = _GONE.sub("", markup)
    return _FILTER.sub(rf"\g<1>A1:{columns[-1]}{len(new.rows)}\g<2>", markup)


def _add(files: dict[str, bytes], title: str, new: NewRows, looks: str) -> None:
    """Add a sheet behind the last one."""
    number = next(n for n in range(1, 10_000) if f"xl/worksheets/sheet{n}.xml" not in files)
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(new.widths, start=1)
    )
    styles = [[looks] * max(map(len, new.rows), default=1), []]
    files[f"xl/worksheets/sheet{number}.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{_MAIN}">'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f"{f'<cols>{widths}</cols>' if widths else ''}{_sheet_data(new.rows, styles, '')}</worksheet>"
    ).encode()
    book = files["xl/workbook.xml"].decode("utf-8")
    relations = files["xl/_rels/workbook.xml.rels"].decode("utf-8")
    identity = next(f"rId{n}" for n in range(1, 10_000) if f'"rId{n}"' not in relations)
    taken = [int(found) for found in re.findall(r'\bsheetId="(\d+)"', book)]
    entry = re.search(r"</((?:\w+:)?)sheets\s*>", book)
    if entry is None:
        raise NotRead(
            text("the list of sheets is not found in this workbook."), text("Save it again in Excel.")
        )
    sheet = (
        f'<{entry[1]}sheet xmlns:r="{_RELATION}" name={quoteattr(title)} '
        f'sheetId="{max(taken, default=0) + 1}" r:id="{identity}"/>'
    )
    files["xl/workbook.xml"] = f"{book[: entry.start()]}{sheet}{book[entry.start() :]}".encode()
    files["xl/_rels/workbook.xml.rels"] = _before_end(
        relations,
        "Relationships",
        f'Relationship Id="{identity}" Type="{_RELATION}/worksheet" '
        f'Target="/xl/worksheets/sheet{number}.xml"',
    )
    files["[Content_Types].xml"] = _before_end(
        files["[Content_Types].xml"].decode("utf-8"),
        "Types",
        f'Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}"',
    )


def _before_end(markup: str, element: str, entry: str) -> bytes:
    """The markup with one more element inside of its outermost one."""
    end = re.search(rf"</((?:\w+:)?){element}\s*>\s*$", markup)
    assert end is not None
    return f"{markup[: end.start()]}<{end[1]}{entry}/>{markup[end.start() :]}".encode()


def _heading_style(files: Mapping[str, bytes], parts: Mapping[str, str]) -> str:
    """The style of the first heading that the workbook has, so that a new sheet looks like the others."""
    for part in parts.values():
        style = _style_of(files[part][:20_000].decode("utf-8", errors="replace"), "A1")
        if style:
            return style
    return ""


def _style_of(markup: str, cell: str) -> str:
    found = re.search(_STYLE.format(cell=cell), markup)
    return found[1] if found else ""


def _sheet_data(rows: Iterable[Sequence[Cell]], styles: Sequence[Sequence[str]], prefix: str) -> str:
    """The rows as markup; the first has the first styles, the others the second."""
    written = []
    for number, row in enumerate(rows, start=1):
        looks = styles[min(number, 2) - 1]
        cells = "".join(
            _cell(f"{get_column_letter(at + 1)}{number}", value, looks[at] if at < len(looks) else "", prefix)
            for at, value in enumerate(row)
        )
        written.append(f'<{prefix}row r="{number}">{cells}</{prefix}row>')
    return f"<{prefix}sheetData>{''.join(written)}</{prefix}sheetData>"


def _cell(name: str, value: Cell, style: str, prefix: str) -> str:
    look = f' s="{style}"' if style else ""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f'<{prefix}c r="{name}"{look}><{prefix}v>{value}</{prefix}v></{prefix}c>'
    shown = escape(value.isoformat() if isinstance(value, date) else value)
    said = f'<{prefix}is><{prefix}t xml:space="preserve">{shown}</{prefix}t></{prefix}is>'
    return f'<{prefix}c r="{name}"{look} t="inlineStr">{said}</{prefix}c>'
