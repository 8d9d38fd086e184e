"""What a chart shows, read from its part of a workbook: words, series, and whatever it is made of besides."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml  # the same expat that openpyxl reads with: it expands no bombs

from scheduler.io.files.xml_pass import is_true, whole_number
from scheduler.texts import marked

_DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LOOKS = frozenset(("spPr", "txPr", "bodyPr", "rPr", "pPr", "lstStyle", "endParaRPr"))
"""Elements that hold colours, lines and fonts, and no text that is shown."""
_ADDED = frozenset(
    f"{around}/{name}"
    for around, names in {
        "chartSpace": (
            "date1904",
            "lang",
            "style",
            "clrMapOvr",
            "printSettings",
            "AlternateContent",
            "extLst",
        ),
        "AlternateContent": ("Choice", "Fallback"),
        "Choice": ("style",),
        "Fallback": ("style",),
        "printSettings": ("headerFooter", "pageMargins", "pageSetup"),
        "chart": ("autoTitleDeleted", "extLst"),
        "plotArea": ("layout", "extLst"),
        "barChart": ("overlap", "varyColors", "extLst"),
        "areaChart": ("varyColors", "extLst"),
        "lineChart": ("hiLowLines", "marker", "varyColors", "extLst"),
        "ser": ("dLbls", "invertIfNegative", "extLst"),
        "marker": ("size",),
        "dLbls": (
            "dLblPos",
            "extLst",
            "separator",
            "showBubbleSize",
            "showCatName",
            "showLeaderLines",
            "showLegendKey",
            "showPercent",
            "showSerName",
            "showVal",
        ),
        "tx": ("strRef",),
        "strRef": ("strCache",),
        "numRef": ("numCache",),
        "strCache": ("pt", "ptCount"),
        "numCache": ("formatCode", "pt", "ptCount"),
        "pt": ("v",),
        "catAx": ("auto", "crosses", "lblAlgn", "numFmt", "tickLblPos", "extLst"),
        "valAx": ("crossBetween", "crosses", "majorUnit", "tickLblPos", "extLst"),
        "scaling": ("max",),
        "legend": ("layout", "overlay"),
        "extLst": ("ext",),
        "ext": ("showLeaderLines", "uniqueId", "dataDisplayOptions16", "layout"),
        "dataDisplayOptions16": ("dispNaAsBlank",),
    }.items()
    for name in names
)
"""What Excel and LibreOffice add when they save a chart, and the end of an axis, by the element around it."""


UNSEEN_SERIES = marked("a series without fill and line")
_LEAST_ALPHA = 10_000
"""Thousandths of a percent of a colour, of which less than a tenth is hardly seen."""


@dataclass(frozen=True)
class Chart:
    """What a chart shows: its words, and for each series its name and the cells that it is drawn from.

    Parameters
    ----------
    series
        Name, cells of the categories, cells of the values, and how it is drawn.
    kept
        Copies of the cells' values that the file keeps for the chart: range, position in it, text.
    formats
        The number formats of its axes and labels.
    made_of
        Its elements but for colours, lines and fonts, each behind the one around it.
    """

    words: tuple[str, ...]
    series: frozenset[tuple[str, ...]]
    kept: tuple[tuple[str, int, str], ...] = ()
    formats: frozenset[str] = frozenset()
    made_of: frozenset[str] = frozenset()

    @property
    def says(self) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
        """Words and series."""
        return self.words, self.series

    def more_than(self, due: Iterable["Chart"]) -> list[str]:
        """Its elements that none of these has, and no program adds; not what stands inside of them."""
        unknown = [one.split("/") for one in self.made_of - _ADDED.union(*(one.made_of for one in due))]
        names = {name for _, name in unknown}
        return sorted({name for around, name in unknown if around not in names})


def chart_of(root: Xml.Element, related: Iterable[str] = ()) -> Chart:
    """A chart from its part of the archive, and kinds of parts that it refers to."""
    series: set[tuple[str, ...]] = set()
    kept: list[tuple[str, int, str]] = []
    for drawn in root.iter():
        for one in drawn.iterfind(f"{_CHART}ser"):
            places = [_cells(one, role, kept) for role in ("cat", "val")]
            grouping = drawn.find(f"{_CHART}grouping")
            manner = "" if grouping is None else grouping.get("val", "")
            series.add((_name(one), *places, local(drawn), manner))
    # text outside of rich text is never shown: it only formats labels
    paragraphs = (one for rich in root.iter(f"{_CHART}rich") for one in rich.iter(f"{_DRAWINGML}p"))
    words = ("".join(text.text or "" for text in one.iter(f"{_DRAWINGML}t")) for one in paragraphs)
    formats = {one.get("formatCode", "") for one in root.iter(f"{_CHART}numFmt")}
    formats |= {one.text or "" for one in root.iter(f"{_CHART}formatCode")}
    made_of = frozenset((*_made_of(root), *(f"/{kind}" for kind in related)))
    return Chart(
        tuple(sorted(filter(None, words))), frozenset(series), tuple(kept), frozenset(formats), made_of
    )


def charts_on(sheet: Any) -> Iterator[Chart]:
    """The charts on a sheet in memory."""
    for chart in sheet._charts:
        yield chart_of(Xml.fromstring(Xml.tostring(chart._write())))


def local(element: Xml.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _name(series: Xml.Element) -> str:
    """Its words, or the cell that it is taken from whatever words are kept; LibreOffice refers to words."""
    reference = series.findtext(f"{_CHART}tx/{_CHART}strRef/{_CHART}f", "").strip()
    if reference and not re.fullmatch('"[^"]*"', reference):
        return f"={reference}"
    return " ".join(one.text or "" for one in series.iterfind(f"{_CHART}tx//{_CHART}v"))


def _cells(series: Xml.Element, role: str, kept: list[tuple[str, int, str]]) -> str:
    """The cells that a series takes its categories or values from; what it keeps of them is noted."""
    references = series.iterfind(f"{_CHART}{role}//{_CHART}f")
    place = "; ".join(re.sub(r"[$']", "", one.text or "").strip() for one in references) or "no cells"
    for point in series.iterfind(f"{_CHART}{role}//{_CHART}pt"):
        kept.append((place, int(point.get("idx", "0")), point.findtext(f"{_CHART}v") or ""))
    return place


def _is_unseen(series: Xml.Element, around: str) -> bool:
    """Whether a series is drawn with neither fill nor line, of which a line has the second alone."""
    shape = series.find(f"{_CHART}spPr")
    if shape is None:
        return False
    line = shape.find(f"{_DRAWINGML}ln")
    has_line = line is None or not _is_clear(line)
    return not has_line and (around == "lineChart" or _is_clear(shape))


def _is_clear(drawn: Xml.Element) -> bool:
    alphas = drawn.iterfind(f"{_DRAWINGML}solidFill/*/{_DRAWINGML}alpha")
    is_transparent = any((whole_number(one.get("val", "")) or 0) < _LEAST_ALPHA for one in alphas)
    return is_transparent or drawn.find(f"{_DRAWINGML}noFill") is not None


def _made_of(element: Xml.Element) -> Iterator[str]:
    around = local(element)
    for one in element:
        name = local(one)
        if name == "ser" and _is_unseen(one, around):
            yield f"{around}/{UNSEEN_SERIES}"
        if name not in _LOOKS:
            can_show = around in ("dLbls", "dLbl") and name not in ("dLblPos", "showLeaderLines")
            yield f"{around}/{name}{'=1' if can_show and is_true(dict(one.attrib), 'val') else ''}"
            yield from _made_of(one)
