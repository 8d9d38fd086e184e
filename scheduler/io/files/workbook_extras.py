"""What a workbook holds beside the values of cells: formulas, charts, notes, and what lies over a sheet.

Read when a roster workbook is compared with a recount.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml  # the same expat that openpyxl reads with: it expands no bombs

from scheduler.io.files.archive import Archive, damaged_by
from scheduler.io.files.limits import TREE_BYTES, beyond
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
    """

    words: tuple[str, ...]
    series: frozenset[tuple[str, str, str]]
    kept: tuple[tuple[str, int, str], ...] = ()

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
        Number of text boxes, pictures and lines that lie over the cells.
    """

    is_chart: bool
    formulas: tuple[str, ...]
    charts: tuple[Chart, ...]
    notes: Mapping[str, str]
    laid_over: int


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
        return {title: _sheet(archive, spent, part) for title, part in sheets.items()}


def number_formats_of(archive: Archive) -> set[str]:
    """The codes of all number formats that a workbook defines, for cells and for conditional formats.

    Raises
    ------
    NotRead
        If the archive is damaged, or beyond the limits.
    """
    with _damage_told():
        return {
            one.get("formatCode", "")
            for part in archive.names
            if part.rpartition("/")[2] == "styles.xml"
            for one in _tree(archive, part).iter()
            if _local(one) == "numFmt"
        }


@contextmanager
def _damage_told() -> Iterator[None]:
    """What a part lacks, or has where it does not belong, is damage to the workbook."""
    try:
        yield
    except (KeyError, ValueError, SyntaxError) as error:
        raise damaged_by(error) from None


def _sheet(archive: Archive, spent: Spent, part: str) -> SheetParts:
    charts: list[Chart] = []
    notes: dict[str, str] = {}
    laid_over = 0
    for target in _related(archive, spent, part):
        if "comments" in target and "threaded" not in target.casefold():
            notes |= _notes(_tree(archive, target))
        if "/drawings/" not in target or not target.endswith(".xml"):
            continue
        drawing = _tree(archive, target)
        laid_over += sum(_local(one) in _LAID_OVER for anchor in drawing for one in anchor)
        charts += [
            _chart_in(_tree(archive, chart))
            for chart in _related(archive, spent, target)
            if "/charts/chart" in chart
        ]
    return SheetParts(
        "/chartsheets/" in part, tuple(_formulas(archive.read(part))), tuple(charts), notes, laid_over
    )


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
    return Chart(tuple(sorted(filter(None, words))), frozenset(series), tuple(kept))


def charts_on(sheet: Any) -> Iterator[Chart]:
    """The charts on a sheet in memory."""
    for chart in sheet._charts:
        yield chart_of(Xml.tostring(chart._write()))


def _plain(reference: str | None) -> str:
    """A range without the quotes and dollar signs, which programs set differently."""
    return re.sub(r"[$']", "", reference or "").strip()


def _local(element: Xml.Element) -> str:
    return str(element.tag).rpartition("}")[2]
