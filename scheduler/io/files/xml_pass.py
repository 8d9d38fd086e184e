"""One streaming pass over an XML part of a workbook, which keeps nothing but what is asked for.

Elements go to callbacks by name. Entity definitions, which no workbook needs, are refused, and so is whatever
is nested, long or numerous beyond the limits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.parsers import expat

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import SAVE_AGAIN, Archive
from scheduler.io.files.limits import TEXT_SIGNS, XML_DEPTH, XML_MARKUP, XML_TAG_BYTES, NotRead, beyond
from scheduler.texts import text

SHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Both forms of the standard, transitional and strict."""
RELATIONSHIPS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
RELATION_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)

_EXTENSIONS = frozenset(f"{space} extLst" for space in SHEET)
"""What is in them is for programs that know more, and is no part of what all of them read."""
_AROUND = {
    child: around
    for children, around in (
        ("workbook/styleSheet/sst/comments/worksheet/Relationships", ""),
        ("Relationship", "Relationships"),
        ("workbookPr/bookViews/sheets", "workbook"),
        ("workbookView", "bookViews"),
        ("sheet", "sheets"),
        ("numFmts/fonts/fills/cellStyleXfs/cellXfs/dxfs", "styleSheet"),
        ("numFmt", "numFmts/dxf"),
        ("font", "fonts/dxf"),
        ("strike", "font/rPr"),
        ("xf", "cellStyleXfs/cellXfs"),
        ("alignment", "xf/dxf"),
        ("dxf", "dxfs"),
        ("si", "sst"),
        ("r", "si/is/text"),
        ("rPh", "si/is/text"),
        ("rPr", "r"),
        ("t", "si/is/text/r/rPh"),
        ("authors/commentList", "comments"),
        ("author", "authors"),
        ("comment", "commentList"),
        ("text", "comment"),
        ("sheetViews/sheetFormatPr/cols/sheetData", "worksheet"),
        ("mergeCells/conditionalFormatting/dataValidations/hyperlinks", "worksheet"),
        ("drawing/legacyDrawing", "worksheet"),
        ("sheetView", "sheetViews"),
        ("pane", "sheetView/customSheetView"),
        ("col", "cols"),
        ("row", "sheetData"),
        ("c", "row"),
        ("v/f/is", "c"),
        ("mergeCell", "mergeCells"),
        ("cfRule", "conditionalFormatting"),
        ("formula", "cfRule"),
        ("dataValidation", "dataValidations"),
        ("hyperlink", "hyperlinks"),
    )
    for child in children.split("/")
}
"""Where the elements that are read stand; no name is that of the outermost element. In a choice between
alternatives, or in an element that only some programs know, each of those reads something else."""
_ONCE = frozenset(
    (
        *(
            "workbookPr",
            "bookViews",
            "sheets",
            "numFmts",
            "fonts",
            "fills",
            "cellStyleXfs",
            "cellXfs",
            "dxfs",
        ),
        *("authors", "commentList", "sheetViews", "sheetFormatPr", "sheetData"),
        *("drawing", "legacyDrawing"),
    )
)
"""Elements that a part has once: of two, some programs read the first and others the last."""
_TRUTH = {"1": True, "true": True, "0": False, "false": False}
_BLANKS = " \t\r\n"
MOST_REFERRED = 2**31 - 1
_ENCODINGS = frozenset(("utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"))
"""Those that programs that open workbooks have in common."""

Attributes = dict[str, str]
Starts = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]
Others = Callable[[str, str, Attributes], bool]


def is_true(attributes: Attributes, name: str) -> bool:
    """Whether an attribute says yes, as the standard spells it; without the attribute it does not.

    Raises
    ------
    NotRead
        If it says neither yes nor no: programs differ in what they make of ``f`` or ``TRUE``.
    """
    written = attributes.get(name)
    if written is None:
        return False
    if written not in _TRUTH:
        raise NotRead(
            text(
                'the workbook is damaged: "{name}" is "{written}" somewhere, which is neither yes nor no.',
                name=name,
                written=written[:20],
            ),
            text(SAVE_AGAIN),
        )
    return _TRUTH[written]


def relation_id(attributes: Attributes, place: Place | None = None) -> str:
    """The id by which an element refers to another part; empty if it refers to none.

    Raises
    ------
    NotRead
        If it has two.
    """
    found = [attributes[name] for name in RELATION_ID if name in attributes]
    if len(found) > 1:
        raise NotRead(
            text("the workbook is damaged: something refers to two parts where it can refer to one."),
            text(SAVE_AGAIN),
            place,
        )
    return found[0] if found else ""


def whole_number(written: str) -> int | None:
    """A whole number as XML Schema has it: with a sign, blanks around it, and zeros in front."""
    digits = written.strip(_BLANKS).removeprefix("+")
    digits = digits.lstrip("0") or digits[-1:]
    return int(digits) if is_digits(digits) and len(digits) < 20 else None


def number_of(attributes: Attributes, name: str, otherwise: str) -> int:
    """A number that refers to something by its place or its id.

    Raises
    ------
    NotRead
        If it is none, or larger than programs count: they differ in what they make of ``300x`` or 2^32 + 4.
    """
    written = attributes.get(name, otherwise)
    number = whole_number(written)
    if number is None or number > MOST_REFERRED:
        raise NotRead(
            text(
                'the workbook is damaged: "{name}" is "{written}" somewhere, which is no number of anything.',
                name=name,
                written=written[:20],
            ),
            text(SAVE_AGAIN),
        )
    return number


def is_digits(written: str) -> bool:
    """Whether it is digits of ASCII and nothing else: Python reads those of other scripts too."""
    return written.isascii() and written.isdecimal()


@dataclass
class Spent:
    """Markup and text that were read of one workbook so far."""

    markup: int = 0
    text_signs: int = 0


class Text:
    """Collects text between two callbacks of a pass."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.wanted = False

    def begin(self) -> None:
        """Start to collect."""
        self.wanted = True

    def end(self) -> str:
        """Stop, and return what was collected since the last time."""
        self.wanted = False
        found = "".join(self.chunks)
        self.chunks.clear()
        return found


def pass_over(
    archive: Archive,
    part: str,
    place: Place,
    spent: Spent,
    collected: Text,
    starts: Starts,
    ends: Ends,
    names: tuple[str, ...] = SHEET,
    others: Others | None = None,
) -> None:
    """Read a part once.

    Parameters
    ----------
    place
        The place that a refusal names.
    starts, ends
        Callbacks by the local name of an element, at its start and end tag; other elements are skipped, and
        so is what stands in an extension.
    names
        Namespaces in which these elements are.
    others
        Told of every other element by its namespace and local name; whether what is in it is passed over.

    Raises
    ------
    NotRead
        If the part is damaged or beyond the limits, or has an element where programs differ in whether they
        read it.
    """
    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    on_start = {f"{space} {name}": call for name, call in starts.items() for space in names}
    on_end = {f"{space} {name}": call for name, call in ends.items() for space in names}
    places = _places(names)
    around = [""]
    once = {f"{space} {name}" for name in _ONCE for space in names}
    stood: set[str] = set()
    depth = passed_over = apart = 0  # the last two: in which depth it began

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, passed_over, apart
        depth += 1
        spent.markup += 1 + len(attributes)
        if depth > XML_DEPTH:
            raise beyond(text("elements nested in one another"), XML_DEPTH, text(SAVE_AGAIN), place)
        if spent.markup > XML_MARKUP:
            raise beyond(
                text("elements in this workbook, up to this place"),
                XML_MARKUP,
                text("Clear the cells that hold a format and no data, or remove sheets that are not needed."),
                place,
            )
        if collected.wanted or (not apart and name in places and around[-1] not in places[name]):
            raise _astray(part, name, place)  # inside of a text too, of which it would be a part for some
        if name in once and not apart:
            if name in stood:
                raise _twice(part, name, place)
            stood.add(name)
        around.append(name)
        if name in _EXTENSIONS and not apart:
            apart = depth
        if passed_over:
            return
        call = None if apart else on_start.get(name)
        if call is not None:
            call(attributes)
            return
        if others is not None:
            space, _, local = name.rpartition(" ")
            if others(space, local, attributes):
                passed_over = depth

    def end(name: str) -> None:
        nonlocal depth, passed_over, apart
        call = None if passed_over or apart else on_end.get(name)
        if depth == passed_over:
            passed_over = 0
        if depth == apart:
            apart = 0
        depth -= 1
        around.pop()
        if call is not None:
            call()

    def characters(data: str) -> None:
        if collected.wanted:
            spent.text_signs += len(data)
            if spent.text_signs > TEXT_SIGNS:
                raise beyond(
                    text("signs of text in this workbook, up to this place"),
                    TEXT_SIGNS,
                    text("Remove what is not needed."),
                    place,
                )
            collected.chunks.append(data)

    def definition(*_: object) -> None:
        raise NotRead(text("a part defines entities, which no workbook needs."), text(SAVE_AGAIN), place)

    def declaration(_: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise NotRead(
                text(
                    'the part "{part}" is written in "{encoding}", which not every program reads.',
                    part=part,
                    encoding=encoding[:20],
                ),
                text(SAVE_AGAIN),
                place,
            )

    parser.XmlDeclHandler = declaration
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, definition
    fed = 0
    try:
        for chunk in archive.unpacked(part):
            parser.Parse(chunk, False)
            fed += len(chunk)
            # An unfinished tag is scanned again from its beginning with each chunk.
            if fed - parser.CurrentByteIndex > XML_TAG_BYTES:
                raise beyond(text("bytes in one tag"), XML_TAG_BYTES, text(SAVE_AGAIN), place)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # an unknown or multi-byte encoding is a LookupError or ValueError
        raise NotRead(
            text('the workbook is damaged: the part "{part}" is no XML ({error}).', part=part, error=error),
            text(SAVE_AGAIN),
            place,
        ) from None


@cache
def _places(names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The elements around each one, all of one namespace."""
    return {
        f"{space} {child}": frozenset(f"{space} {one}" if one else "" for one in around.split("/"))
        for child, around in _AROUND.items()
        for space in names
    }


def _twice(part: str, name: str, place: Place) -> NotRead:
    return NotRead(
        text(
            'the workbook is damaged: the part "{part}" has an element "{name}" twice, and programs differ '
            "in which they read.",
            part=part,
            name=name.rpartition(" ")[2],
        ),
        text(SAVE_AGAIN),
        place,
    )


def _astray(part: str, name: str, place: Place) -> NotRead:
    return NotRead(
        text(
            'the workbook is damaged: in the part "{part}" an element "{name}" stands where some programs '
            "read it and others do not.",
            part=part,
            name=name.rpartition(" ")[2],
        ),
        text(SAVE_AGAIN),
        place,
    )
