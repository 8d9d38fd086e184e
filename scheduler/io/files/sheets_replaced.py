"""A workbook with some sheets written anew, and all else as it was, byte by byte.

Reading a workbook and writing it again loses what the program does not know: values of formulas, pictures,
macros. Here the parts of the other sheets are copied, and only the rows of the sheet that is replaced, or a
sheet that is added, are new. Their looks are put behind those that the workbook has.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from scheduler.domain.findings.finding import Place
from scheduler.io.files.limits import NotRead
from scheduler.texts import text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK, _RELATIONS, _TYPES, _STYLES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "xl/styles.xml",
)
_ROWS = re.compile(r"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>.*?</\1sheetData\s*>)", re.DOTALL)
_GONE = re.compile(
    r"<((?:\w+:)?)(?:dimension|mergeCells)\b[^>]*?(?:/>|>.*?</\1(?:mergeCells|dimension)\s*>)", re.DOTALL
)
_FILTER = re.compile(r'(<(?:\w+:)?autoFilter\b[^>]*?\bref=")[^"]*(")')
_CHAIN = re.compile(r"<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain[^>]*/>")
_STYLED = re.compile(r'(<(?:c|row)\b[^>]*?\bs=")(\d+)(")')
_LOOKS = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
"""Lists of the part with the styles, and what they are lists of."""
_FIRST_OWN_FORMAT = 164
"""Numbers of formats below it are those that every program knows."""


def with_sheets(content: bytes, parts: Mapping[str, str], new: Workbook) -> bytes:
    """The workbook with these sheets.

    Parameters
    ----------
    parts
        The part of each sheet that it has, by title.
    new
        The sheets: of one that the workbook has the rows are taken, any other is added. Remarks on cells are
        left out.

    Raises
    ------
    NotRead
        If a sheet is to be replaced that is an Excel table, or the workbook is not written as others are.
    """
    with ZipFile(BytesIO(content)) as old:
        files = {one.filename: old.read(one) for one in old.infolist()}
    if re.search(r'\bdate1904="(?:1|true)"', files[_BOOK].decode("utf-8")):
        new.epoch = CALENDAR_MAC_1904
    written = BytesIO()
    new.save(written)
    with ZipFile(written) as book:
        sheets = [
            book.read(f"xl/worksheets/sheet{at}.xml").decode("utf-8")
            for at in range(1, len(new.sheetnames) + 1)
        ]
        offset = _add_looks(files, book.read(_STYLES).decode("utf-8"))
    for title, markup in zip(new.sheetnames, sheets, strict=True):
        looks = _with_looks(markup, offset)
        if title in parts:
            old_markup = files[parts[title]].decode("utf-8")
            files[parts[title]] = _replaced(title, old_markup, looks, new[title].dimensions).encode("utf-8")
        else:
            _add(files, title, looks)
    _forget_calculation_order(files)
    changed = BytesIO()
    with ZipFile(changed, "w", ZIP_DEFLATED) as book:
        for name, part in files.items():
            book.writestr(name, part)
    return changed.getvalue()


def _replaced(title: str, markup: str, new: str, area: str) -> str:
    """The markup of a sheet with the rows of another one."""
    if re.search(r"<(?:\w+:)?tablePart\b", markup):
        raise NotRead(
            text("this sheet is an Excel table, whose rows are not replaced."),
            text('Choose "Convert to range" in Excel.'),
            Place(sheet=title),
        )
    found, rows = _ROWS.search(markup), _ROWS.search(new)
    if found is None or rows is None:
        raise NotRead(text("the rows of this sheet are not found."), "", Place(sheet=title))
    own = rows[0].replace("<sheetData", f'<sheetData xmlns="{_MAIN}"', 1) if found[1] else rows[0]
    markup = _GONE.sub("", markup[: found.start()] + own + markup[found.end() :])
    return _FILTER.sub(rf"\g<1>{area}\g<2>", markup)


def _add(files: dict[str, bytes], title: str, markup: str) -> None:
    """Add a sheet behind the last one."""
    number = next(n for n in range(1, 10_000) if f"xl/worksheets/sheet{n}.xml" not in files)
    part = f"xl/worksheets/sheet{number}.xml"
    # remarks are in parts of their own; and one sheet alone lies in front when the workbook is opened
    markup = re.sub(r'<legacyDrawing\b[^>]*/>| tabSelected="1"', "", markup)
    files[part] = markup.encode("utf-8")
    book, relations = files[_BOOK].decode("utf-8"), files[_RELATIONS].decode("utf-8")
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
    files[_BOOK] = f"{book[: entry.start()]}{sheet}{book[entry.start() :]}".encode()
    files[_RELATIONS] = _before_end(
        relations,
        "Relationships",
        f'Relationship Id="{identity}" Type="{_RELATION}/worksheet" Target="/{part}"',
    )
    files[_TYPES] = _before_end(
        files[_TYPES].decode("utf-8"), "Types", f'Override PartName="/{part}" ContentType="{_SHEET_TYPE}"'
    )


def _before_end(markup: str, element: str, entry: str) -> bytes:
    """The markup with one more element inside of its outermost one."""
    end = re.search(rf"</((?:\w+:)?){element}\s*>\s*$", markup)
    assert end is not None
    return f"{markup[: end.start()]}<{end[1]}{entry}/>{markup[end.start() :]}".encode()


def _forget_calculation_order(files: dict[str, bytes]) -> None:
    """Remove the part that lists cells with formulas; programs make it anew."""
    chain = next((name for name in files if name.rpartition("/")[2] == "calcChain.xml"), None)
    if chain is not None:
        del files[chain]
        for name in (_TYPES, _RELATIONS):
            files[name] = _CHAIN.sub("", files[name].decode("utf-8")).encode("utf-8")


def _add_looks(files: dict[str, bytes], own: str) -> int | None:
    """Put the looks of new sheets behind those of the workbook.

    Returns
    -------
    int or None
        By how much their numbers are larger there; ``None`` where the workbook keeps its looks in another
        way, so that the new sheets go without.
    """
    styles = files.get(_STYLES, b"").decode("utf-8")
    if any(f"<{of}" not in styles or f"</{of}>" not in styles for of in _LOOKS):
        return None
    there = {of: len(re.findall(rf"<{one}[\s/>]", _inside(styles, of))) for of, one in _LOOKS.items()}
    own_formats = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', own))
    taken = [int(found) for found in re.findall(r'<numFmt [^>]*?\bnumFmtId="(\d+)"', styles)]
    first = max([_FIRST_OWN_FORMAT - 1, *taken]) + 1
    again = {old: str(first + at) for at, old in enumerate(own_formats)}

    def moved(found: re.Match[str]) -> str:
        kind, number = found[1], found[2]
        if kind == "numFmt":
            return f'numFmtId="{again.get(number, number)}"'
        return f'{kind}Id="{int(number) + there[f"{kind}s"] if kind != "xf" else 0}"'

    for of in _LOOKS:
        added = _inside(own, of)
        if of == "cellXfs":
            added = re.sub(r'\b(numFmt|font|fill|border|xf)Id="(\d+)"', moved, added)
        styles = _longer(styles, of, added)
    formats = "".join(
        f'<numFmt numFmtId="{again[old]}" formatCode="{code}"/>' for old, code in own_formats.items()
    )
    if formats and "</numFmts>" in styles:
        styles = _longer(styles, "numFmts", formats)
    elif formats:
        styles = re.sub(
            r"(<fonts\b)", rf'<numFmts count="{len(own_formats)}">{formats}</numFmts>\1', styles, count=1
        )
    files[_STYLES] = styles.encode("utf-8")
    return there["cellXfs"]


def _inside(markup: str, element: str) -> str:
    found = re.search(rf"<{element}\b[^>]*>(.*?)</{element}>", markup, re.DOTALL)
    return found[1] if found else ""


def _longer(markup: str, element: str, more: str) -> str:
    """The markup with more inside of an element, whose count, which need not be there, is left out."""
    begin, within, end = re.split(
        rf"(<{element}\b[^>]*>.*?)(?=</{element}>)", markup, maxsplit=1, flags=re.DOTALL
    )
    head = re.sub(rf'^(<{element}\b[^>]*?) count="\d+"', r"\1", within)
    return f"{begin}{head}{more}{end}"


def _with_looks(markup: str, offset: int | None) -> str:
    """The markup of a new sheet with the numbers that its looks have in the workbook."""
    if offset is None:
        return _STYLED.sub(lambda found: found[1].rpartition(" ")[0], markup)
    return _STYLED.sub(lambda found: f"{found[1]}{int(found[2]) + offset}{found[3]}", markup)
