"""What the markup of a sheet says beside its cells: what is hidden, and what comes up beside the cells.

Neither changes a value. Both change what a person reads, so they are named where a roster is verified.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from scheduler.texts import marked

_HAIR = 1.0
"""A row of fewer points, or a column of fewer signs, is not seen."""
_TRUE = ("1", "true")
_LONGEST = 20
"""Signs of a number that is looked at."""
_ROW, _COLUMN, _DEFAULTS = (
    re.compile(rb"<(?:\w+:)?%s\s[^>]*>" % tag) for tag in (b"row", b"col", b"sheetFormatPr")
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c((?:\s+[\w:]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*>",
)
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CONDITIONAL = re.compile(rb"\sdxfId\s*=\s*[\"'](\d+)")
_FORMAT_OF_ITS_OWN = re.compile(rb"\sformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile("([A-Z]+)[0-9]+")


def _with(tag: bytes, attribute: bytes, value: bytes = b"[^\"']") -> re.Pattern[bytes]:
    """A tag with an attribute that is not empty, wherever it stands in the tag and however it is quoted."""
    return re.compile(rb"<(?:\w+:)?(?:%s)\s(?:[^>]*?\s)?(?:%s)\s*=\s*[\"']%s" % (tag, attribute, value))


Formats = tuple[tuple[str, str], ...]
"""Number formats, each with a cell that has it."""

ROWS, COLUMNS = marked("rows"), marked("columns")
WHOLE = marked("everything")
MERGED_OVER = marked("cells under merged ones")

_TAGS = {
    re.compile(rb"<(?:\w+:)?picture\s"): marked("a picture behind the cells"),
    re.compile(rb"<(?:\w+:)?legacyDrawingHF\s"): marked("pictures in the page's head or foot"),
    re.compile(rb"<(?:\w+:)?oleObjects?\W"): marked("embedded objects"),
    re.compile(rb"<(?:\w+:)?controls?\W"): marked("form controls"),
    re.compile(rb"<(?:\w+:)?customSheetView\s"): marked("views of their own, which may hide rows"),
    _with(b"iconSet|dataBar", b"showValue", b"(?:0|false)"): marked("signs or bars in place of values"),
    _with(b"dataValidation", b"prompt|promptTitle"): marked("messages of cells"),
    _with(b"hyperlink", b"tooltip"): marked("tips of links"),
    _with(b"c", b"vm"): marked("pictures or data types in place of values"),
}
_RELATED = {
    "pivotTable": marked("pivot tables"),
    "threadedComment": marked("threads of remarks"),
}


@dataclass
class HiddenLines:
    """The rows and columns of a sheet that are not seen, collected while its cells are read.

    Parameters
    ----------
    columns
        The first and the last of each stretch, from 1.
    """

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)

    def row(self, number: int, attributes: Mapping[str, str]) -> None:
        """Note a row if it is hidden."""
        if _is_unseen(attributes, "ht"):
            self.rows.add(number)

    def column(self, attributes: Mapping[str, str]) -> None:
        """Note columns if they are hidden."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _is_unseen(attributes, "width") and (first + last).isdecimal() and len(first + last) < _LONGEST:
            self.columns.append((int(first or last), int(last or first)))


def _is_unseen(attributes: Mapping[str, str], size: str) -> bool:
    return _is_thin(attributes, size) or attributes.get("hidden") in _TRUE


def _is_thin(attributes: Mapping[str, str], size: str) -> bool:
    given = attributes.get(size, "")[:_LONGEST]
    return given.replace(".", "", 1).isdecimal() and float(given) < _HAIR


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): (one or other).decode() for name, one, other in _ATTRIBUTE.findall(tag)}


def hidden_in(markup: bytes) -> tuple[str, ...]:
    """Which of rows and columns a sheet hides, in words to be translated."""
    defaults = _attributes(b"".join(_DEFAULTS.findall(markup)))
    by_default = (
        (ROWS, defaults.get("zeroHeight") in _TRUE or _is_thin(defaults, "defaultRowHeight")),
        (COLUMNS, _is_thin(defaults, "defaultColWidth")),
    )
    given = ((ROWS, _ROW, "ht"), (COLUMNS, _COLUMN, "width"))
    found = [what for what, is_hidden in by_default if is_hidden]
    found += [
        what
        for what, tags, size in given
        if any(_is_unseen(_attributes(one), size) for one in tags.findall(markup))
    ]
    return tuple(dict.fromkeys(found))


def merged_in(markup: bytes) -> tuple[str, ...]:
    """The merged ranges of a sheet."""
    return tuple(one.decode() for one in _MERGED.findall(markup))


def formats_in(markup: bytes, of_cells: Mapping[str, str], of_conditions: Mapping[str, str]) -> Formats:
    """Where number formats stand on a sheet: each with its first filled cell in every column.

    Parameters
    ----------
    of_cells, of_conditions
        The formats to look for, by the number of the style, and of the conditional style.

    Returns
    -------
    Format and cell; the cell is empty for a conditional format, and where the markup names none.
    """
    found: dict[tuple[str, str], str] = {}
    for cell in _FILLED_CELL.finditer(markup) if of_cells else ():
        given = _attributes(cell[1])
        code = of_cells.get(unescape(given.get("s", "0")))
        if code is not None:
            place = _PLACE.fullmatch(unescape(given.get("r", "")).upper())
            found.setdefault((code, place[1] if place else ""), place[0] if place else "")
    asked = (of_conditions.get(one.decode()) for one in _CONDITIONAL.findall(markup))
    inside = (unescape((one or other).decode()) for one, other in _FORMAT_OF_ITS_OWN.findall(markup))
    return (
        *((code, cell) for (code, _), cell in found.items()),
        *((code, "") for code in dict.fromkeys((*filter(None, asked), *inside))),
    )


def beside_in(markup: bytes, related: Iterable[str], shapes: bytes) -> tuple[str, ...]:
    """What comes up beside the cells, or in place of their values, in words to be translated.

    Parameters
    ----------
    related
        Kinds of the parts that the sheet refers to.
    shapes
        The sheet's drawings of the old kind, which hold its remarks and may hold more.
    """
    found = [words for tag, words in _TAGS.items() if tag.search(markup)]
    found += [words for kind, words in _RELATED.items() if kind in related]
    if len(re.findall(rb"<v:(?:shape|rect|oval|line|image)\s", shapes)) > shapes.count(b'ObjectType="Note"'):
        found.append(marked("text boxes of the old kind"))
    return tuple(found)
