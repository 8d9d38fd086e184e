"""What a workbook holds beside the values of cells: formulas, charts, notes, and what lies over a sheet.

Read when a roster workbook is compared with a recount.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml  # the same expat that openpyxl reads with: it expands no bombs

from openpyxl.styles.numbers import BUILTIN_FORMATS

from scheduler.io.files.archive import Archive, damaged_by
from scheduler.io.files.limits import TREE_BYTES, beyond
from scheduler.io.files.number_formats import shows_nothing, speaks_for_itself
from scheduler.io.files.sheet_markup import Formats, beside_in, formats_in, hidden_in, merged_in
from scheduler.io.files.workbook_parts import relationships
from scheduler.io.files.xml_pass import Spent
from scheduler.texts import text

_DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CELL = re.compile(rb'\sr="([A-Z]+\d+)"')
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_LAID_OVER = ("sp", "pic", "cxnSp", "grpSp", "contentPart")
"""Text boxes, pictures, lines, groups of them and ink, as a drawing calls them."""


@dataclass(frozen=True)
class Chart:
    """What a chart shows: its words, and for each series its name and the cells that it is drawn from.

    Parameters
    ----------
    kept
        Copies of the cells' values that the file keeps for the chart: range, position in it, text.
    formats
        The number formats of its axes and labels.
    """

    words: tuple[str, ...]
    series: frozenset[tuple[str, str, str]]
    kept: tuple[tuple[str, int, str], ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def says(self) -> tuple[tuple[str, ...], frozenset[tuple[str, str, str]]]:
        """Everything but the copies of values."""
        return self.words, self.series


@dataclass(frozen=True)
class SheetParts:
    """What one sheet holds beside the values of its cells.

    Parameters
    ----------
    is_chart
        Whether it is nothing but a chart.
    formulas
        The cells with a formula.
    notes
        The text of each note by its cell.
    laid_over
        Number of text boxes, pictures, diagrams and lines that lie over the cells.
    hidden, beside
        What of the sheet is not seen, and what comes up beside its cells, in words to be translated.
    merged
        Its merged ranges.
    formats
        Number formats that show something else than the value of a cell, or nothing.
    """

    is_chart: bool
    formulas: tuple[str, ...]
    charts: tuple[Chart, ...]
    notes: Mapping[str, str]
    laid_over: int
    hidden: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    formats: Formats = ()


def parts_of(archive: Archive, sheets: Mapping[str, str]) -> dict[str, SheetParts]:
    """What each sheet holds beside the values of its cells, by title.

    Parameters
    ----------
    sheets
        The part of each sheet by its title.

    Raises
    ------
    NotRead
        If the archive is damaged, or beyond the limits.
    """
    spent = Spent()
    with _damage_told():
        odd = _odd_styles(archive.afresh())
        return {title: _sheet(archive, spent, part, odd) for title, part in sheets.items()}


@dataclass(frozen=True)
class _Styles:
    """The number formats to look for, by the number of a style of cells and of a conditional style."""

    of_cells: Mapping[str, str]
    of_conditions: Mapping[str, str]


def _odd_styles(archive: Archive) -> _Styles:
    """Those whose number format shows something else than the value, or nothing; built-in ones too."""
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    cells: list[str] = []
    conditions: list[str] = []
    for part in archive.names:
        for group in _tree(archive, part) if part.rpartition("/")[2] == "styles.xml" else ():
            if _local(group) == "numFmts":
                codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in group}
            elif _local(group) == "cellXfs":
                cells += (codes.get(one.get("numFmtId", "0"), "") for one in group)
            elif _local(group) == "dxfs":
                conditions += (_conditional_format(one) for one in group)
    return _Styles(_odd_of(cells), _odd_of(conditions))


def _conditional_format(style: Xml.Element) -> str:
    return next((one.get("formatCode", "") for one in style.iter() if _local(one) == "numFmt"), "")


def _odd_of(codes: Iterable[str]) -> dict[str, str]:
    return {
        str(number): code
        for number, code in enumerate(codes)
        if speaks_for_itself(code) or (code and shows_nothing(code))
    }


@contextmanager
def _damage_told() -> Iterator[None]:
    """What a part lacks, or has where it does not belong, is damage to the workbook."""
    try:
        yield
    except (KeyError, ValueError, SyntaxError) as error:
        raise damaged_by(error) from None


def _sheet(archive: Archive, spent: Spent, part: str, odd: _Styles) -> SheetParts:
    charts: list[Chart] = []
    notes: dict[str, str] = {}
    laid_over = 0
    shapes = b""
    related = relationships(archive, spent, part, may_be_missing=True).values()
    for target in (one.part for one in related):
        if target.endswith(".vml") and target in archive:
            shapes += archive.read(target)
        if "comments" in target and "threaded" not in target.casefold():
            notes |= _notes(_tree(archive, target))
        if "/drawings/" not in target or not target.endswith(".xml"):
            continue
        drawing = _tree(archive, target)
        laid_over += sum(map(_is_laid_over, drawing.iter()))
        charts += [
            _chart_in(_tree(archive, chart))
            for chart in _related(archive, spent, target)
            if "/charts/chart" in chart
        ]
    markup = archive.read(part)
    return SheetParts(
        "/chartsheets/" in part,
        tuple(_formulas(markup)),
        tuple(charts),
        notes,
        laid_over,
        hidden_in(markup),
        merged_in(markup),
        beside_in(markup, {one.kind for one in related}, shapes),
        formats_in(markup, odd.of_cells, odd.of_conditions),
    )


def _is_laid_over(element: Xml.Element) -> bool:
    """Whether it is a shape of a drawing, or a frame of anything but a chart."""
    of_frame = _local(element) == "graphicData" and not element.get("uri", "").endswith("/chart")
    return of_frame or _local(element) in _LAID_OVER


def _tree(archive: Archive, part: str) -> Xml.Element:
    """A part as a tree, which takes many times its size."""
    markup = archive.read(part)
    if len(markup) > TREE_BYTES:
        raise beyond(
            text('bytes in the part "{part}"', part=part),
            TREE_BYTES,
            text("Verify a copy without charts and notes."),
        )
    return Xml.fromstring(markup)


def _notes(comments: Xml.Element) -> Iterator[tuple[str, str]]:
    for one in comments.iter():
        if _local(one) == "comment":
            texts = (part.text or "" for part in one.iter() if _local(part) == "t")
            yield one.get("ref", ""), "".join(texts).strip()


def _related(archive: Archive, spent: Spent, part: str) -> list[str]:
    return [target.part for target in relationships(archive, spent, part, may_be_missing=True).values()]


def _formulas(markup: bytes) -> Iterator[str]:
    encoding = _ENCODING.match(markup)
    if not markup.lstrip(b"\xef\xbb\xbf").startswith(b"<") or (
        encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")
    ):
        yield "A1"  # it cannot be searched as bytes; no spreadsheet program writes such a sheet
        return
    for found in _FORMULA.finditer(markup):
        before = markup[max(0, found.start() - 500) : found.start()]
        cells = _CELL.findall(before)
        yield cells[-1].decode() if cells else "A1"


def chart_of(markup: bytes | str) -> Chart:
    """A chart from its part of the archive."""
    return _chart_in(Xml.fromstring(markup))


def _chart_in(root: Xml.Element) -> Chart:
    series, kept = set(), []
    for one in root.iter(f"{_CHART}ser"):
        name = " ".join(text.text or "" for text in one.iterfind(f"{_CHART}tx//{_CHART}v"))
        places = {}
        for role in ("cat", "val"):
            ref = next(one.iterfind(f"{_CHART}{role}//{_CHART}f"), None)
            places[role] = _plain(ref.text) if ref is not None else "no cells"
            for point in one.iterfind(f"{_CHART}{role}//{_CHART}pt"):
                text = point.findtext(f"{_CHART}v") or ""
                kept.append((places[role], int(point.get("idx", "0")), text))
        series.add((name, places["cat"], places["val"]))
    # text outside of rich text is never shown: it only formats labels
    paragraphs = (one for rich in root.iter(f"{_CHART}rich") for one in rich.iter(f"{_DRAWINGML}p"))
    words = ("".join(text.text or "" for text in one.iter(f"{_DRAWINGML}t")) for one in paragraphs)
    formats = {one.get("formatCode", "") for one in root.iter(f"{_CHART}numFmt")}
    return Chart(tuple(sorted(filter(None, words))), frozenset(series), tuple(kept), tuple(sorted(formats)))


def charts_on(sheet: Any) -> Iterator[Chart]:
    """The charts on a sheet in memory."""
    for chart in sheet._charts:
        yield chart_of(Xml.tostring(chart._write()))


def _plain(reference: str | None) -> str:
    """A range without the quotes and dollar signs, which programs set differently."""
    return re.sub(r"[$']", "", reference or "").strip()


def _local(element: Xml.Element) -> str:
    return str(element.tag).rpartition("}")[2]
