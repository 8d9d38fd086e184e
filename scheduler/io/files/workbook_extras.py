"""What a workbook's archive holds beside the values of cells: formulas, charts, and what is laid over sheets.

Read for the comparison of a roster workbook with a recount, after the workbook itself could be opened.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree as Xml  # the same expat that openpyxl reads with: it expands no bombs

from scheduler.io.files.archive import Archive, damaged_by
from scheduler.io.files.limits import TREE_BYTES, beyond
from scheduler.io.files.streams import Source
from scheduler.io.files.workbook_parts import workbook_part
from scheduler.io.files.xml_pass import Spent

_DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CELL = re.compile(rb'\sr="([A-Z]+\d+)"')
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_LAID_OVER = ("sp", "pic", "cxnSp", "grpSp", "contentPart")
"""Text boxes, pictures, lines, groups of them and ink, as a drawing calls them."""


@dataclass(frozen=True)
class Chart:
    """What a chart says: its words, and for each series its name and the cells that it is drawn from.

    Parameters
    ----------
    kept
        By range and position in it, the values that the file keeps for who does not look at the cells.
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
    """Of one sheet: whether it is nothing but a chart, its first cell with a formula, its charts, and so on.

    Parameters
    ----------
    notes
        By cell, the remarks on it.
    laid_over
        How many text boxes, pictures and lines lie over the cells.
    """

    is_chart: bool
    first_formula: str | None
    charts: tuple[Chart, ...]
    notes: Mapping[str, str]
    laid_over: int


def parts_of(path: Source) -> dict[str, SheetParts]:
    """By title, what lies in the archive for each sheet, in the order of the sheets.

    Raises
    ------
    NotRead
        If the archive is damaged, or beyond the limits.
    """
    with _opened(path) as archive:
        workbook = workbook_part(archive, Spent())  # the very one that the cells are read from
        targets = _related(archive, workbook)
        return {
            one.get("name", ""): _sheet(archive, targets[one.get(_RELATED, "")])
            for one in _tree(archive, workbook).iter()
            if _local(one) == "sheet"
        }


def number_formats_of(path: Source) -> set[str]:
    """All number formats that a workbook brings along, of cells and of conditional formats.

    Raises
    ------
    NotRead
        If the archive is damaged, or beyond the limits.
    """
    with _opened(path) as archive:
        return {
            one.get("formatCode", "")
            for part in archive.names
            if part.rpartition("/")[2] == "styles.xml"
            for one in _tree(archive, part).iter()
            if _local(one) == "numFmt"
        }


@contextmanager
def _opened(path: Source) -> Iterator[Archive]:
    """The archive; whatever its parts lack turns out to be damage."""
    with path.open("rb") as file:
        archive = Archive(file)
        try:
            yield archive
        except (KeyError, ValueError, SyntaxError) as error:
            raise damaged_by(error) from None


def _sheet(archive: Archive, part: str) -> SheetParts:
    charts: list[Chart] = []
    notes: dict[str, str] = {}
    laid_over = 0
    for target in _related(archive, part).values():
        if "comments" in target and "threaded" not in target.casefold():
            notes |= _notes(_tree(archive, target))
        if "/drawings/" not in target or not target.endswith(".xml"):
            continue
        drawing = _tree(archive, target)
        laid_over += sum(_local(one) in _LAID_OVER for anchor in drawing for one in anchor)
        charts += [
            _chart_in(_tree(archive, chart))
            for chart in _related(archive, target).values()
            if "/charts/chart" in chart
        ]
    return SheetParts(
        "/chartsheets/" in part, _first_formula(archive.read(part)), tuple(charts), notes, laid_over
    )


def _tree(archive: Archive, part: str) -> Xml.Element:
    """A part as a tree, which takes many times its size."""
    markup = archive.read(part)
    if len(markup) > TREE_BYTES:
        raise beyond(f'bytes in the part "{part}"', TREE_BYTES, "Verify a copy without charts and notes.")
    return Xml.fromstring(markup)


def _notes(comments: Xml.Element) -> Iterator[tuple[str, str]]:
    for one in comments.iter():
        if _local(one) == "comment":
            texts = (part.text or "" for part in one.iter() if _local(part) == "t")
            yield one.get("ref", ""), "".join(texts).strip()


def _related(archive: Archive, part: str) -> dict[str, str]:
    """By id, the parts that a part points at."""
    folder, _, name = part.rpartition("/")
    rels = join(folder, "_rels", f"{name}.rels")
    if rels not in archive:
        return {}
    return {
        one.get("Id", ""): normpath(join("/", folder, one.get("Target", ""))).strip("/")
        for one in _tree(archive, rels)
        if one.get("TargetMode") != "External"
    }


def _first_formula(markup: bytes) -> str | None:
    encoding = _ENCODING.match(markup)
    if not markup.lstrip(b"\xef\xbb\xbf").startswith(b"<") or (
        encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")
    ):
        return "A1"  # nothing can be looked for in it: no spreadsheet writes such a sheet
    found = _FORMULA.search(markup)
    if found is None:
        return None
    before = markup[max(0, found.start() - 500) : found.start()]
    cells = _CELL.findall(before)
    return cells[-1].decode() if cells else "A1"


def chart_of(markup: bytes | str) -> Chart:
    """What a chart says, from its part of the archive."""
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
    # what stands elsewhere than in rich text is never shown: it only says how labels look
    paragraphs = (one for rich in root.iter(f"{_CHART}rich") for one in rich.iter(f"{_DRAWINGML}p"))
    words = ("".join(text.text or "" for text in one.iter(f"{_DRAWINGML}t")) for one in paragraphs)
    return Chart(tuple(sorted(filter(None, words))), frozenset(series), tuple(kept))


def charts_on(sheet: Any) -> Iterator[Chart]:
    """The charts that were laid on a sheet in memory."""
    for chart in sheet._charts:
        yield chart_of(Xml.tostring(chart._write()))


def _plain(reference: str | None) -> str:
    """A range without the signs that programs write differently."""
    return re.sub(r"[$']", "", reference or "").strip()


def _local(element: Xml.Element) -> str:
    return str(element.tag).rpartition("}")[2]
