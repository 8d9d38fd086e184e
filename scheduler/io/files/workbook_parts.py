"""A workbook's table of contents: its sheets and relationships, shared strings, and remarks."""

import re
from dataclasses import dataclass
from datetime import datetime
from posixpath import join, normpath, split
from typing import NamedTuple

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import SAVE_AGAIN, Archive
from scheduler.io.files.limits import SHEETS, STRINGS, NotRead, beyond
from scheduler.io.files.xml_pass import (
    RELATIONSHIPS,
    Attributes,
    Spent,
    Text,
    is_true,
    pass_over,
    relation_id,
    whole_number,
)
from scheduler.texts import marked, text

_WORKBOOK = "xl/workbook.xml"
_BINARY = "xl/workbook.bin"
OUR_AUTHOR = "staffcurve"
"""Whom remarks are by that explain the headings of a workbook."""
_LONGEST_CELL = 10
_CELL = re.compile("[A-Z]{1,3}[0-9]{1,7}")
_OF_HEADING = re.compile("[A-Z]+1|A[0-9]+")
_NO_WORKBOOK = marked("this is not an Excel workbook.")
_CHARTS, _TABS, _WINDOW = marked("charts"), marked("tabs of sheets"), marked("a window too small to read in")
_WINDOW_SIZES = ("windowWidth", "windowHeight")
_LEAST_WINDOW = 2880
"""Width or height of a window in twentieths of a point: two inches."""
_KINDS = frozenset(
    (
        *("worksheet", "chartsheet", "dialogsheet", "styles", "theme", "sharedStrings", "calcChain"),
        *("externalLink", "customXml", "person", "sheetMetadata", "pivotCacheDefinition", "connections"),
    )
)
"""Parts of a workbook that change nothing that is seen on its sheets, or are judged where they are used."""
_ONE_OF_A_KIND = ("styles", "sharedStrings", "theme")
_BASES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_READ = frozenset(
    (
        *("officeDocument", "worksheet", "chartsheet", "dialogsheet", "styles", "sharedStrings", "theme"),
        *("drawing", "comments", "vmlDrawing", "chart"),
    )
)
"""Kinds of parts that are read: only by the whole name of the kind, and with a plain name of the part."""
_NOT_PLAIN = re.compile("[%#?]")
"""With these in its name some programs read another part."""


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
    others
        Kinds of the parts of the whole workbook that are not known to change nothing that is seen.
    unseen
        What the workbook as a whole hides, in words to be translated.
    """

    sheets: dict[str, str]
    all_sheets: dict[str, str]
    shared_texts: str | None
    styles: str | None
    epoch: datetime
    hidden: frozenset[str]
    others: tuple[str, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: the last word of the relationship's type, and the other part."""

    kind: str
    part: str


class SharedTexts(NamedTuple):
    """The shared strings, and the numbers of those of which a part has looks of its own."""

    texts: list[str]
    in_parts: frozenset[int]


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
    epoch, is_invisible = WINDOWS_EPOCH, False
    unseen: dict[str, None] = {}

    def sheet(attributes: Attributes) -> None:
        title = attributes.get("name", "")
        target = related.get(relation_id(attributes, Place(sheet=title)))
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
        if is_true(attributes, "date1904"):
            epoch = MAC_EPOCH
            if "dateCompatibility" in attributes and not is_true(attributes, "dateCompatibility"):
                raise NotRead(
                    text("the workbook counts days from 1904 and from 1900, and programs differ in which."),
                    text(SAVE_AGAIN),
                )
        if attributes.get("showObjects", "all").strip() != "all":
            unseen[_CHARTS] = None

    def window(attributes: Attributes) -> None:
        nonlocal is_invisible
        is_invisible |= attributes.get("visibility", "visible") != "visible"
        has_tabs = "showSheetTabs" not in attributes or is_true(attributes, "showSheetTabs")
        if not has_tabs or whole_number(attributes.get("tabRatio", "600")) == 0:
            unseen[_TABS] = None
        sizes = [whole_number(attributes[of]) or 0 for of in _WINDOW_SIZES if of in attributes]
        if is_true(attributes, "minimized") or min(sizes, default=_LEAST_WINDOW) < _LEAST_WINDOW:
            unseen[_WINDOW] = None

    starts = {"sheet": sheet, "workbookPr": properties, "workbookView": window}
    pass_over(archive, part, Place(), spent, Text(), starts, {})
    if not sheets:
        raise NotRead(text(_NO_WORKBOOK), text("Save it as .xlsx."))
    by_kind: dict[str, str] = {}
    for target in related.values():
        if target.kind in _ONE_OF_A_KIND and target.part != by_kind.get(target.kind, target.part):
            raise _ambiguous(target.kind)
        by_kind[target.kind] = target.part
    return WorkbookParts(
        sheets,
        all_sheets,
        by_kind.get("sharedStrings"),
        by_kind.get("styles"),
        epoch,
        frozenset(all_sheets if is_invisible else hidden),
        tuple(sorted(by_kind.keys() - _KINDS)),
        tuple(unseen),
    )


def read_shared_texts(archive: Archive, spent: Spent, part: str) -> SharedTexts:
    """The shared strings, which cells refer to by index.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    said = Text()
    texts: list[str] = []
    in_parts: set[int] = set()
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
        texts.append(found.replace("_x005F_", "_"))

    def part_looks(_: Attributes) -> None:
        in_parts.add(len(texts))

    starts = {"t": begin, "rPh": sound, "rPr": part_looks}
    ends = {"t": stop, "rPh": sounded, "si": whole}
    pass_over(archive, part, Place(), spent, said, starts, ends)
    return SharedTexts(texts, frozenset(in_parts))


def read_remarks(archive: Archive, spent: Spent, part: str) -> tuple[str, ...]:
    """Cells of a sheet that have a remark of a person's: not those that explain the headings.

    Parameters
    ----------
    part
        The part of the sheet.

    Raises
    ------
    NotRead
        If a part is damaged or beyond the limits.
    """
    said = Text()
    authors: list[str] = []
    found: list[str] = []

    def begin(_: Attributes) -> None:
        said.begin()

    def author() -> None:
        authors.append(said.end().strip())

    def comment(attributes: Attributes) -> None:
        number, cell = attributes.get("authorId", ""), attributes.get("ref", "")[:_LONGEST_CELL]
        by = whole_number(number)
        of = authors[by] if by is not None and by < len(authors) else ""
        # programs that keep no authors keep the remarks on headings
        is_ours = of == OUR_AUTHOR or (not of and _OF_HEADING.fullmatch(cell) is not None)
        if not is_ours and _CELL.fullmatch(cell):
            found.append(cell)

    for target in relationships(archive, spent, part, may_be_missing=True).values():
        if target.kind == "comments" and target.part in archive:
            starts = {"author": begin, "comment": comment}
            pass_over(archive, target.part, Place(), spent, said, starts, {"author": author})
    return tuple(found)


def workbook_part(archive: Archive, spent: Spent) -> str:
    """The part that lists the sheets.

    Raises
    ------
    NotRead
        If there is none, or more than one.
    """
    related = relationships(archive, spent, "", may_be_missing=True).values()
    found = {one.part for one in related if one.kind == "officeDocument"}
    if len(found) > 1:
        raise _ambiguous("officeDocument")
    if found:
        return found.pop()
    if _WORKBOOK not in archive:
        raise NotRead(text(_NO_WORKBOOK), text("Save it as .xlsx."))
    return _WORKBOOK


def _ambiguous(kind: str) -> NotRead:
    return NotRead(
        text(
            'the workbook is damaged: it has two parts of the kind "{kind}", and programs differ in which '
            "they take.",
            kind=kind,
        ),
        text(SAVE_AGAIN),
    )


def _twice(part: str, identity: str) -> NotRead:
    return NotRead(
        text(
            'the workbook is damaged: the part "{part}" says twice what "{identity}" is, and programs differ '
            "in which they take.",
            part=part,
            identity=identity[:40],
        ),
        text(SAVE_AGAIN),
    )


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
    named: set[str] = set()

    def relationship(attributes: Attributes) -> None:
        identity = attributes.get("Id", "")
        if identity in named:
            raise _twice(rels, identity)
        named.add(identity)
        whole, target = attributes.get("Type", ""), attributes.get("Target", "")
        base, _, kind = whole.rpartition("/")
        is_external = attributes.get("TargetMode") == "External"
        if kind in _READ:
            if base not in _BASES:
                kind = whole  # programs read it by its whole name, and so none of them reads this
            elif is_external or _NOT_PLAIN.search(target):
                raise NotRead(
                    text(
                        'the workbook is damaged: where "{kind}" is in it cannot be told from "{target}".',
                        kind=kind,
                        target=target[:60],
                    ),
                    text(SAVE_AGAIN),
                )
        if is_external:
            return  # nothing outside of the file is ever opened
        found[identity] = Relationship(kind, normpath(join("/", folder, target)).lstrip("/"))

    starts = {"Relationship": relationship}
    pass_over(archive, rels, Place(), spent, Text(), starts, {}, RELATIONSHIPS)
    return found
