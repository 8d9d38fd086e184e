"""What the parts of a workbook hold beside its sheets: charts, notes, and what lies over a sheet.

Read when a roster workbook is compared with a recount. Parts are known by their relationships, whatever their
names, as every program knows them.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml  # the same expat that openpyxl reads with: it expands no bombs

from scheduler.io.files.archive import SAVE_AGAIN, Archive, damaged_by
from scheduler.io.files.limits import COLUMNS, ROWS, TREE_BYTES, NotRead, beyond
from scheduler.io.files.looks.charts import Chart, chart_of, local
from scheduler.io.files.sheet_pass import Area
from scheduler.io.files.workbook_parts import relationships
from scheduler.io.files.xml_pass import SHEET, Spent, is_true, relation_id, whole_number
from scheduler.texts import marked, text

_OF_A_CHART = frozenset(
    (
        *("twoCellAnchor", "oneCellAnchor", "absoluteAnchor", "from", "to", "pos", "ext", "off", "xfrm"),
        *("col", "colOff", "row", "rowOff", "graphicFrame", "nvGraphicFramePr", "cNvPr", "extLst"),
        *("cNvGraphicFramePr", "graphicFrameLocks", "creationId", "graphic", "graphicData", "chart"),
        *("clientData",),
    )
)
"""Elements of a drawing that hold a chart in its place; whatever else there is lies over the cells."""
_OF_A_NOTE = frozenset(
    (
        *("shapelayout", "idmap", "shapetype", "stroke", "path", "formulas", "f", "lock", "shape", "fill"),
        *("shadow", "textbox", "div", "ClientData", "MoveWithCells", "SizeWithCells", "Anchor"),
        *("AutoFill", "Row", "Column", "TextVAlign", "TextHAlign", "Locked", "LockText"),
    )
)
_SHEETS_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
_DRAWINGML = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_CHART = (
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
)
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_TO_A_CHART = (
    ("graphicFrame", _SHEETS_DRAWING),
    ("graphic", _DRAWINGML),
    ("graphicData", _DRAWINGML),
    ("chart", _CHART),
)
_TO_ITS_LOOKS = tuple((name, _SHEETS_DRAWING) for name in ("graphicFrame", "nvGraphicFramePr", "cNvPr"))
_PLAIN = frozenset(("table", "printerSettings", "hyperlink"))
_PLAIN_OF_CHARTS = frozenset(("chartStyle", "chartColorStyle", "themeOverride"))
"""Kinds of parts that change nothing of what a sheet, or a chart, says."""
_HAIR = {"row": 60_000, "col": 36_000}
"""Units of a drawing, of which a millimetre has 36,000: of less than that of a cell nothing is covered. The
upper third of a row is free, for text stands at its foot."""
_OLD_TEXT_BOXES = marked("text boxes of the old kind, or remarks that stay in sight")
_WORDS = {
    "pivotTable": marked("pivot tables"),
    "threadedComment": marked("threads of remarks"),
    "image": marked("pictures"),
    "oleObject": marked("embedded objects"),
    "ctrlProp": marked("form controls"),
}


@dataclass
class SheetParts:
    """What the parts that one sheet refers to hold.

    Parameters
    ----------
    drawings
        The ids by which the sheet has to refer to its drawings.
    areas
        The cells that each chart covers.
    notes
        The text of each note by its cell.
    laid_over
        Number of text boxes, pictures, diagrams and lines that lie over the cells.
    beside
        What else comes up beside its cells, in words to be translated.
    """

    charts: list[Chart] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    laid_over: int = 0
    beside: list[str] = field(default_factory=list)


def parts_of(archive: Archive, sheets: Mapping[str, str]) -> dict[str, SheetParts]:
    """What the parts of each sheet hold, by title.

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


@contextmanager
def _damage_told() -> Iterator[None]:
    """What a part lacks, or has where it does not belong, is damage to the workbook."""
    try:
        yield
    except (KeyError, ValueError, SyntaxError) as error:
        raise damaged_by(error) from None


def _sheet(archive: Archive, spent: Spent, part: str) -> SheetParts:
    found = SheetParts()
    for identity, target in relationships(archive, spent, part, may_be_missing=True).items():
        if target.kind == "drawing":
            found.drawings.append(identity)
            _add_drawing(found, archive, spent, target.part)
        elif target.kind == "comments":
            for cell, said in _notes(_tree(archive, target.part)):
                found.notes[cell] = f"{found.notes[cell]} / {said}" if cell in found.notes else said
        elif target.kind == "vmlDrawing":
            if not _is_of_notes(archive, spent, target.part):
                found.beside.append(_OLD_TEXT_BOXES)
        elif target.kind not in _PLAIN:
            found.beside.append(_WORDS.get(target.kind, f'"{target.kind}"'))
    return found


def _add_drawing(found: SheetParts, archive: Archive, spent: Spent, part: str) -> None:
    """The charts of a drawing that are seen, and the number of all else."""
    related = relationships(archive, spent, part, may_be_missing=True)
    for anchor in _tree(archive, part):
        found.laid_over += not _holds_a_chart(anchor)
        if not any(_is(anchor, name, _SHEETS_DRAWING) for name in _ANCHORS):
            continue  # no program draws it
        hidden = any(is_true(one.attrib, "hidden") for one in _inside(anchor, *_TO_ITS_LOOKS))
        for chart in _inside(anchor, *_TO_A_CHART) if not hidden else ():
            by_name = {name.replace("}", " ").lstrip("{"): value for name, value in chart.attrib.items()}
            target = related.get(relation_id(by_name))
            if target is not None and target.kind == "chart":
                more = relationships(archive, spent, target.part, may_be_missing=True).values()
                kinds = {one.kind for one in more} - _PLAIN_OF_CHARTS
                found.charts.append(chart_of(_tree(archive, target.part), kinds))
                found.areas.append(_area(anchor))


def _area(anchor: Xml.Element) -> Area:
    """The cells that it covers; all that it could where it has a size instead of a last cell."""
    first_row, first_column = _corner(anchor, "from", {})
    last_row, last_column = _corner(anchor, "to", _HAIR)
    return first_row or 1, first_column or 1, last_row or ROWS, last_column or COLUMNS


def _corner(anchor: Xml.Element, name: str, hair: Mapping[str, int]) -> tuple[int, int]:
    """Row and column of a corner's cell; 0 where there is none. A last cell of a hair's width is left out."""
    found: dict[str, int] = {}
    for one in (one for corner in anchor if _is(corner, name, _SHEETS_DRAWING) for one in corner):
        if local(one) in found or (number := whole_number(one.text or "0")) is None:
            raise ValueError(text("a corner of a drawing is no cell"))
        found[local(one)] = number
    row, column = (
        found[of] + (found.get(f"{of}Off", 0) >= hair.get(of, 0)) if of in found else 0
        for of in ("row", "col")
    )
    return row, column


def _is(element: Xml.Element, name: str, spaces: Iterable[str]) -> bool:
    """Whether it is the element of the standard, and none of that name from elsewhere."""
    return any(element.tag == f"{{{space}}}{name}" for space in spaces)


def _inside(element: Xml.Element, *names: tuple[str, tuple[str, ...]]) -> Iterator[Xml.Element]:
    """Elements by their way down; what stands elsewhere is not shown by every program."""
    if not names:
        yield element
        return
    for one in element:
        if _is(one, *names[0]):
            yield from _inside(one, *names[1:])


def _holds_a_chart(anchor: Xml.Element) -> bool:
    """Whether it holds a chart and nothing else."""
    names = {local(one) for one in anchor.iter()}
    frames = [one.get("uri", "") for one in anchor.iter() if local(one) == "graphicData"]
    return "chart" in names <= _OF_A_CHART and all(uri.endswith("/chart") for uri in frames)


def _is_of_notes(archive: Archive, spent: Spent, part: str) -> bool:
    """Whether a drawing of the old kind holds nothing but the frames of notes."""
    try:
        shapes = list(_tree(archive, part))
    except SyntaxError:
        return False  # Excel reads even what is no XML
    inside = [one for shape in shapes for one in shape.iter()]
    of_notes = sum(one.get("ObjectType") == "Note" for one in inside)
    return (
        all(local(one) in _OF_A_NOTE for one in inside)
        and of_notes == sum(local(one) == "shape" for one in inside)
        and not any((one.text or "").strip() for one in inside if local(one) in ("textbox", "div"))
        and not relationships(archive, spent, part, may_be_missing=True)
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
    if b"<!DOCTYPE" in markup:
        raise NotRead(
            text('the part "{part}" defines entities, which no workbook needs.', part=part), text(SAVE_AGAIN)
        )
    return Xml.fromstring(markup)


def _notes(comments: Xml.Element) -> Iterator[tuple[str, str]]:
    for one in comments.iter():
        if _is(one, "comment", SHEET):
            texts = (part.text or "" for part in one.iter() if _is(part, "t", SHEET))
            yield one.get("ref", ""), "".join(texts).strip()
