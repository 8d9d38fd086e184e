"""A workbook's table of contents: its sheets and relationships, shared strings, and styles that mean time."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from posixpath import join, normpath, split

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import SAVE_AGAIN, Archive
from scheduler.io.files.limits import SHEETS, STRINGS, STYLES, NotRead, beyond
from scheduler.io.files.xml_pass import RELATION_ID, RELATIONSHIPS, Attributes, Spent, Text, pass_over
from scheduler.texts import marked, text

_WORKBOOK = "xl/workbook.xml"
_BINARY = "xl/workbook.bin"
_NO_WORKBOOK = marked("this is not an Excel workbook.")
_WORDS = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]')  # words of a number format, and its colours
_PERCENT = re.compile("[0#?]\\s*%|%\\s*[0#?]")
_FORMAT_SIGNS = 255  # Excel's own limit for the code of a number format


class NumberKind(Enum):
    """What a number means, by the number format of its cell."""

    NUMBER = "number"
    DATE = marked("date")
    LENGTH = marked("length of time")
    PERCENT = marked("percentage")


@dataclass(frozen=True)
class WorkbookParts:
    """The table of contents of a workbook.

    Parameters
    ----------
    sheets
        The part of each worksheet by its title, in the order of the workbook.
    all_sheets
        The same with sheets that are nothing but a chart.
    shared_texts, styles
        Their parts; ``None`` where there are none.
    epoch
        From which dates are counted: 1900, or 1904 where the workbook comes from an old Mac.
    hidden
        Titles of the sheets that a person does not see.
    """

    sheets: dict[str, str]
    all_sheets: dict[str, str]
    shared_texts: str | None
    styles: str | None
    epoch: datetime
    hidden: frozenset[str]


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: the last word of the relationship's type, and the other part."""

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
        raise NotRead(text("this is a binary workbook (.xlsb)."), text("Save it as .xlsx."))
    part = workbook_part(archive, spent)
    related = relationships(archive, spent, part)
    all_sheets: dict[str, str] = {}
    sheets: dict[str, str] = {}
    hidden: set[str] = set()
    epoch = WINDOWS_EPOCH

    def sheet(attributes: Attributes) -> None:
        title = attributes.get("name", "")
        identity = next((attributes[name] for name in RELATION_ID if name in attributes), "")
        target = related.get(identity)
        if target is None:
            raise NotRead(
                text("the workbook is damaged: it lists this sheet, but does not say where it is."),
                text(SAVE_AGAIN),
                Place(sheet=title),
            )
        if title in all_sheets:
            raise NotRead(
                text("the workbook is damaged: two sheets have this name."),
                text(SAVE_AGAIN),
                Place(sheet=title),
            )
        if len(all_sheets) == SHEETS:
            raise beyond("sheets", SHEETS, text("Remove those that are not needed."))
        all_sheets[title] = target.part
        if attributes.get("state", "visible") != "visible":
            hidden.add(title)
        if target.kind == "worksheet":
            sheets[title] = target.part

    def properties(attributes: Attributes) -> None:
        nonlocal epoch
        if attributes.get("date1904", "0") in ("1", "true"):
            epoch = MAC_EPOCH

    starts = {"sheet": sheet, "workbookPr": properties}
    pass_over(archive, part, Place(), spent, Text(), starts, {})
    if not sheets:
        raise NotRead(text(_NO_WORKBOOK), text("Save it as .xlsx."))
    by_kind = {target.kind: target.part for target in related.values()}
    return WorkbookParts(
        sheets, all_sheets, by_kind.get("sharedStrings"), by_kind.get("styles"), epoch, frozenset(hidden)
    )


def read_shared_texts(archive: Archive, spent: Spent, part: str) -> list[str]:
    """The shared strings, which cells refer to by index.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    said = Text()
    texts: list[str] = []
    sounds = 0  # depth inside elements of phonetic text

    def begin(_: Attributes) -> None:
        if not sounds:
            said.begin()

    def stop() -> None:
        said.wanted = False

    def sound(_: Attributes) -> None:
        nonlocal sounds
        sounds += 1

    def sounded() -> None:
        nonlocal sounds
        sounds -= 1

    def whole() -> None:
        if len(texts) == STRINGS:
            raise beyond(text("texts that cells share"), STRINGS, text("Remove what is not needed."))
        found = said.end()
        # Excel escapes an underscore that would otherwise begin such an escape as _x005F_.
        texts.append(found.replace("x005F_", "") if "x005F_" in found else found)

    starts = {"t": begin, "rPh": sound}
    ends = {"t": stop, "rPh": sounded, "si": whole}
    pass_over(archive, part, Place(), spent, said, starts, ends)
    return texts


def read_number_kinds(archive: Archive, spent: Spent, part: str) -> list[NumberKind]:
    """What a number means in a cell of each style.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    known: dict[str, NumberKind] = {}
    kinds: list[NumberKind] = []
    in_cells = False

    def number_format(attributes: Attributes) -> None:
        if len(formats) > STYLES:
            raise beyond(text("number formats"), STYLES, text("Remove the styles that are not needed."))
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
        if len(kinds) == STYLES:
            raise beyond(text("styles of cells"), STYLES, text("Remove the styles that are not needed."))
        number = attributes.get("numFmtId", "0")
        if number not in known:
            known[number] = _kind_of(formats.get(number, ""))
        kinds.append(known[number])

    starts = {"numFmt": number_format, "cellXfs": cells, "xf": style}
    pass_over(archive, part, Place(), spent, Text(), starts, {"cellXfs": cells_end})
    return kinds


def _kind_of(code: str) -> NumberKind:
    if not is_date_format(code):
        return NumberKind.PERCENT if _PERCENT.search(_WORDS.sub("", code)) else NumberKind.NUMBER
    return NumberKind.LENGTH if is_timedelta_format(code) else NumberKind.DATE


def workbook_part(archive: Archive, spent: Spent) -> str:
    """The part that lists the sheets.

    Raises
    ------
    NotRead
        If there is none.
    """
    for target in relationships(archive, spent, "", may_be_missing=True).values():
        if target.kind == "officeDocument" and target.part in archive:
            return target.part
    if _WORKBOOK not in archive:
        raise NotRead(text(_NO_WORKBOOK), text("Save it as .xlsx."))
    return _WORKBOOK


def relationships(
    archive: Archive, spent: Spent, part: str, *, may_be_missing: bool = False
) -> dict[str, Relationship]:
    """The parts that a part refers to, by the id that it uses for them; targets are relative to its folder.

    Parameters
    ----------
    part
        Empty for the archive itself.
    may_be_missing
        Whether a part without relationships is as it should be.

    Raises
    ------
    NotRead
        If they are missing, damaged or beyond the limits.
    """
    folder, name = split(part)
    rels = join(folder, "_rels", f"{name}.rels")
    if may_be_missing and rels not in archive:
        return {}
    found: dict[str, Relationship] = {}

    def relationship(attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return  # nothing outside of the file is ever opened
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        found[attributes.get("Id", "")] = Relationship(kind, normpath(join("/", folder, target)).lstrip("/"))

    starts = {"Relationship": relationship}
    pass_over(archive, rels, Place(), spent, Text(), starts, {}, RELATIONSHIPS)
    return found
