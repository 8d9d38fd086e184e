"""What a workbook says beside its sheets: which there are and where, shared texts, looks that mean time."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from posixpath import dirname, join, normpath

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from scheduler.domain.findings import Place
from scheduler.io.files.archive import SAVE_AGAIN, Archive
from scheduler.io.files.limits import SHEETS, STRINGS, STYLES, NotRead, beyond
from scheduler.io.files.xml_pass import RELATION_ID, RELATIONS, Attributes, Spent, Text, pass_over

_WORKBOOK = "xl/workbook.xml"
_BINARY = "xl/workbook.bin"
_NO_WORKBOOK = ("this is not an Excel workbook.", "Save it as .xlsx.")
_FORMAT_SIGNS = 255  # Excel's own limit for the code of a number format


class Look(Enum):
    """What a number means by the look of its cell."""

    NUMBER = "number"
    DATE = "date"
    LENGTH = "length of time"


@dataclass(frozen=True)
class WorkbookParts:
    """The table of contents of a workbook.

    Parameters
    ----------
    sheets
        Title of each worksheet, in the order of the workbook, and its part.
    shared_texts, styles
        Their parts; ``None`` where there are none.
    epoch
        From which dates are counted: 1900, or 1904 where the workbook comes from an old Mac.
    """

    sheets: dict[str, str]
    shared_texts: str | None
    styles: str | None
    epoch: datetime


@dataclass(frozen=True)
class _Relation:
    kind: str
    part: str


def read_parts(archive: Archive, spent: Spent) -> WorkbookParts:
    """Read the table of contents.

    Raises
    ------
    NotRead
        If this is no workbook of the open format, damaged or beyond the limits.
    """
    if _BINARY in archive:
        raise NotRead("this is a binary workbook (.xlsb).", "Save it as .xlsx.")
    part = workbook_part(archive, spent)
    relations = _relations(archive, spent, part)
    sheets: dict[str, str] = {}
    epoch = WINDOWS_EPOCH

    def sheet(attributes: Attributes) -> None:
        title = attributes.get("name", "")
        identity = next((attributes[name] for name in RELATION_ID if name in attributes), "")
        related = relations.get(identity)
        if related is None:
            raise NotRead(
                "the workbook is damaged: it lists this sheet, but does not say where it is.",
                SAVE_AGAIN,
                Place(sheet=title),
            )
        if related.kind != "worksheet":
            return  # a sheet that is a chart
        if title in sheets:
            raise NotRead(
                "the workbook is damaged: two sheets have this name.", SAVE_AGAIN, Place(sheet=title)
            )
        if len(sheets) == SHEETS:
            raise beyond("sheets", SHEETS, "Remove those that are not needed.")
        sheets[title] = related.part

    def properties(attributes: Attributes) -> None:
        nonlocal epoch
        if attributes.get("date1904", "0") in ("1", "true"):
            epoch = MAC_EPOCH

    starts = {"sheet": sheet, "workbookPr": properties}
    pass_over(archive, part, Place(), spent, Text(), starts, {})
    if not sheets:
        raise NotRead(*_NO_WORKBOOK)
    by_kind = {relation.kind: relation.part for relation in relations.values()}
    return WorkbookParts(sheets, by_kind.get("sharedStrings"), by_kind.get("styles"), epoch)


def read_shared_texts(archive: Archive, spent: Spent, part: str) -> list[str]:
    """Texts that cells refer to by number.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    text = Text()
    texts: list[str] = []
    sounds = 0  # inside how many elements that say how a text is pronounced

    def begin(_: Attributes) -> None:
        if not sounds:
            text.begin()

    def stop() -> None:
        text.wanted = False

    def sound(_: Attributes) -> None:
        nonlocal sounds
        sounds += 1

    def sounded() -> None:
        nonlocal sounds
        sounds -= 1

    def whole() -> None:
        if len(texts) == STRINGS:
            raise beyond("texts that cells share", STRINGS, "Remove what is not needed.")
        found = text.end()
        # Excel writes _x005F_ for an underscore that would else begin such a sign itself.
        texts.append(found.replace("x005F_", "") if "x005F_" in found else found)

    starts = {"t": begin, "rPh": sound}
    ends = {"t": stop, "rPh": sounded, "si": whole}
    pass_over(archive, part, Place(), spent, text, starts, ends)
    return texts


def read_looks(archive: Archive, spent: Spent, part: str) -> list[Look]:
    """What a number means in a cell of each style.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    known: dict[str, Look] = {}
    looks: list[Look] = []
    in_cells = False

    def number_format(attributes: Attributes) -> None:
        if len(formats) > STYLES:
            raise beyond("number formats", STYLES, "Remove the styles that are not needed.")
        formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:_FORMAT_SIGNS]

    def cells(_: Attributes) -> None:
        nonlocal in_cells
        in_cells = True

    def cells_end() -> None:
        nonlocal in_cells
        in_cells = False

    def style(attributes: Attributes) -> None:
        if not in_cells:
            return
        if len(looks) == STYLES:
            raise beyond("styles of cells", STYLES, "Remove the styles that are not needed.")
        number = attributes.get("numFmtId", "0")
        if number not in known:
            known[number] = _look(formats.get(number, ""))
        looks.append(known[number])

    starts = {"numFmt": number_format, "cellXfs": cells, "xf": style}
    pass_over(archive, part, Place(), spent, Text(), starts, {"cellXfs": cells_end})
    return looks


def _look(code: str) -> Look:
    if not is_date_format(code):
        return Look.NUMBER
    return Look.LENGTH if is_timedelta_format(code) else Look.DATE


def workbook_part(archive: Archive, spent: Spent) -> str:
    """The part that lists the sheets.

    Raises
    ------
    NotRead
        If there is none.
    """
    if "_rels/.rels" in archive:
        for relation in _relations(archive, spent, "").values():
            if relation.kind == "officeDocument" and relation.part in archive:
                return relation.part
    if _WORKBOOK not in archive:
        raise NotRead(*_NO_WORKBOOK)
    return _WORKBOOK


def _relations(archive: Archive, spent: Spent, part: str) -> dict[str, _Relation]:
    """What a part refers to, by the name that it uses; targets are relative to its folder."""
    folder = dirname(part)
    found: dict[str, _Relation] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return  # nothing outside of the file is ever opened
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        found[attributes.get("Id", "")] = _Relation(kind, normpath(join("/", folder, target)).lstrip("/"))

    place_of = f"{folder}/_rels/{part.rpartition('/')[2]}.rels".lstrip("/")
    pass_over(archive, place_of, Place(), spent, Text(), {"Relationship": relation}, {}, RELATIONS)
    return found
