"""What a chart shows, read from its part of a workbook: words, series, and whatever it is made of besides."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml  # the same expat that openpyxl reads with: it expands no bombs

from scheduler.io.files.limits import beyond
from scheduler.io.files.xml_pass import is_true, whole_number
from scheduler.texts import marked, text

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


_OF_OTHERS = frozenset(
    (
        *("AlternateContent", "Choice", "Fallback", "style", "showLeaderLines", "uniqueId", "layout"),
        *("dataDisplayOptions16", "dispNaAsBlank"),
    )
)
"""Elements of later standards that programs add; any other from elsewhere is named with where it is from."""
_SEVERAL = frozenset(("ser", "pt", "ext", "axId", "catAx", "valAx", "p", "r", "Choice"))
"""Elements of which there may be several in one; of any other, programs differ in which they show."""
MOST_POINTS = 100_000
"""Points that a chart keeps beside its cells: of four weeks in quarters of an hour it has some 20,000."""
_REFERENCE = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!$]+))!(?P<cells>[A-Za-z0-9$:]+)")
UNSEEN_SERIES = marked("a series without fill and line")
SECOND_SCALE = marked("a series on a scale of its own")
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
    series: tuple[tuple[str, ...], ...]
    kept: tuple[tuple[str, int, str], ...] = ()
    formats: frozenset[str] = frozenset()
    made_of: frozenset[str] = frozenset()

    @property
    def says(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Words and series."""
        return self.words, self.series

    def more_than(self, due: Iterable["Chart"]) -> list[str]:
        """Its elements that none of these has, and no program adds; not what stands inside of them."""
        unknown = [one.split("/") for one in self.made_of - _ADDED.union(*(one.made_of for one in due))]
        names = {name for _, name in unknown}
        return sorted({name for around, name in unknown if around not in names})


def chart_of(root: Xml.Element, related: Iterable[str] = ()) -> Chart:
    """A chart from its part of the archive, and kinds of parts that it refers to.

    Raises
    ------
    NotRead
        If it keeps too many points.
    """
    if sum(1 for _ in root.iter(f"{_CHART}pt")) > MOST_POINTS:
        raise beyond(text("points that a chart keeps"), MOST_POINTS, text("Verify a copy without charts."))
    series: list[tuple[str, ...]] = []
    kept: list[tuple[str, int, str]] = []
    axes: set[tuple[str, ...]] = set()
    for drawn in root.iter():
        on = tuple(sorted(one.get("val", "") for one in drawn.iterfind(f"{_CHART}axId")))
        for one in drawn.iterfind(f"{_CHART}ser"):
            places = [_cells(one, role, kept) for role in ("cat", "val")]
            grouping = drawn.find(f"{_CHART}grouping")
            manner = "" if grouping is None else grouping.get("val", "")
            axes.add(on)
            series.append((_name(one), *places, local(drawn), manner))
    # text outside of rich text is never shown: it only formats labels
    paragraphs = (one for rich in root.iter(f"{_CHART}rich") for one in rich.iter(f"{_DRAWINGML}p"))
    words = ("".join(run.text or "" for run in one.iter(f"{_DRAWINGML}t")) for one in paragraphs)
    formats = {one.get("formatCode", "") for one in root.iter(f"{_CHART}numFmt")}
    formats |= {one.text or "" for one in root.iter(f"{_CHART}formatCode")}
    # of two scales, what is less may be drawn higher; openpyxl makes them of one that LibreOffice saved
    scales = [f"plotArea/{SECOND_SCALE}"] if len(axes) > 1 else []
    made_of = frozenset((*_made_of(root), *scales, *(f"/{kind}" for kind in related)))
    return Chart(
        tuple(sorted(filter(None, words))), tuple(sorted(series)), tuple(kept), frozenset(formats), made_of
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
    place = "; ".join(_area(one.text or "") for one in references) or "no cells"
    for point in series.iterfind(f"{_CHART}{role}//{_CHART}pt"):
        at = whole_number(point.get("idx", "0"))
        kept.append((place, -1 if at is None else at, point.findtext(f"{_CHART}v") or ""))
    return place


def _area(reference: str) -> str:
    """A range of one sheet as ``Coverage!L6:L53``, however it is quoted; anything else as it is written."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return reference.strip()
    title = found["bare"] or found["quoted"].replace("''", "'")
    return f"{title}!{found['cells'].replace('$', '')}"


def _is_unseen(series: Xml.Element, around: str) -> bool:
    """Whether a series is drawn with neither fill nor line, of which a line has the second alone."""
    shape = series.find(f"{_CHART}spPr")
    if shape is None:
        return False
    line = shape.find(f"{_DRAWINGML}ln")
    has_line = line is None or not _is_clear(line)
    return not has_line and (around == "lineChart" or _is_clear(shape))


def _is_odd(name: str, several: int) -> bool:
    return several > 1 and name not in _SEVERAL


def _is_clear(drawn: Xml.Element) -> bool:
    alphas = drawn.iterfind(f"{_DRAWINGML}solidFill/*/{_DRAWINGML}alpha")
    is_transparent = any((whole_number(one.get("val", "")) or 0) < _LEAST_ALPHA for one in alphas)
    return is_transparent or drawn.find(f"{_DRAWINGML}noFill") is not None


def _named(element: Xml.Element) -> str:
    """Its name; with its namespace where it is of another standard than charts are."""
    tag, name = str(element.tag), local(element)
    return name if tag.startswith((_CHART, _DRAWINGML)) or name in _OF_OTHERS else tag.replace("/", "|")


def _made_of(element: Xml.Element) -> Iterator[str]:
    around = _named(element)
    alike = Counter(map(_named, element))
    yield from (f"{around}/{name} ×{several}" for name, several in alike.items() if _is_odd(name, several))
    for one in element:
        name = _named(one)
        if name == "ser" and _is_unseen(one, around):
            yield f"{around}/{UNSEEN_SERIES}"
        if name not in _LOOKS:
            can_show = around in ("dLbls", "dLbl") and name not in ("dLblPos", "showLeaderLines")
            yield f"{around}/{name}{'=1' if can_show and is_true(one.attrib, 'val') else ''}"
            yield from _made_of(one)
