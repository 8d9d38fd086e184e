"""A workbook's table of contents: its sheets and relationships, shared strings, and styles of cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
_WORDS = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]')  # words of a number format, and its colours
_PERCENT = re.compile("[0#?]\\s*%|%\\s*[0#?]")
_FORMAT_SIGNS = 255  # Excel's own limit for the code of a number format
_OF_ZEROS = re.compile(r'(?:0|[- /]|"[^"]*"|\\.)+')
_SIGN = re.compile(r'0|"([^"]*)"|\\(.)|.')
_NOT_SET = ("0", "false")
OUR_AUTHOR = "staffcurve"
"""Whom remarks are by that explain the headings of a workbook."""
_LONGEST_CELL = 10
_CELL = re.compile("[A-Z]{1,3}[0-9]{1,7}")
_OF_HEADING = re.compile("[A-Z]+1|A[0-9]+")
_NO_WORKBOOK = marked("this is not an Excel workbook.")


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
        of = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
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


class NumberKind(Enum):
    """What a number means, by the number format of its cell."""

    NUMBER = "number"
    DATE = marked("date")
    LENGTH = marked("length of time")
    PERCENT = marked("percentage")


@dataclass(frozen=True)
class ZeroPadded:
    """A format that shows a whole number with leading zeros or signs of its own: 101 as 00101, or P-0101."""

    code: str

    def shown(self, number: int) -> str:
        """The number as the cell shows it."""
        signs = list(_SIGN.finditer(self.code))
        zeros = sum(sign[0] == "0" for sign in signs)
        digits = f"{number:0{zeros}d}"
        first, rest = digits[: len(digits) - zeros], iter(digits[len(digits) - zeros :])
        return "".join(self._parts(signs, first, rest))

    def _parts(self, signs: list[re.Match[str]], first: str, rest: Iterator[str]) -> Iterator[str]:
        for sign in signs:
            if sign[0] == "0":
                yield first + next(rest)  # digits beyond the zeros stand before the first of them
                first = ""
            else:
                yield sign[1] or sign[2] or ("" if sign[0].startswith('"') else sign[0])


class Padded(int):
    """A whole number whose cell shows it in more signs than its digits; as a text it is what is shown."""

    shown: str

    @classmethod
    def of(cls, number: int, by: ZeroPadded) -> "Padded":
        """The number under a format."""
        made = cls(number)
        made.shown = by.shown(number)
        return made

    def __str__(self) -> str:
        return self.shown


@dataclass
class CellStyles:
    """The styles of cells by their index.

    Parameters
    ----------
    kinds
        What a number means.
    struck
        Indices, as cells write them, of the styles whose font is crossed out.
    """

    kinds: list[NumberKind | ZeroPadded] = field(default_factory=list)
    struck: frozenset[str] = frozenset()


def read_cell_styles(archive: Archive, spent: Spent, part: str) -> CellStyles:
    """Read the part with the styles.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    known: dict[str, NumberKind | ZeroPadded] = {}
    kinds: list[NumberKind | ZeroPadded] = []
    within = {"cellXfs": False, "fonts": False}
    fonts = 0
    struck_fonts: set[str] = set()
    struck: set[str] = set()

    def number_format(attributes: Attributes) -> None:
        if len(formats) > STYLES:
            raise beyond(text("number formats"), STYLES, text("Remove the styles that are not needed."))
        formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:_FORMAT_SIGNS]

    def font(_: Attributes) -> None:
        nonlocal fonts
        fonts += within["fonts"]

    def strike(attributes: Attributes) -> None:
        if within["fonts"] and attributes.get("val", "1") not in _NOT_SET:
            struck_fonts.add(str(fonts - 1))

    def style(attributes: Attributes) -> None:
        if not within["cellXfs"]:
            return
        if len(kinds) == STYLES:
            raise beyond(text("styles of cells"), STYLES, text("Remove the styles that are not needed."))
        if attributes.get("fontId", "0") in struck_fonts:
            struck.add(str(len(kinds)))
        number = attributes.get("numFmtId", "0")
        if number not in known:
            known[number] = _kind_of(formats.get(number, ""))
        kinds.append(known[number])

    starts = {
        "numFmt": number_format,
        "fonts": lambda _: within.update(fonts=True),
        "font": font,
        "strike": strike,
        "cellXfs": lambda _: within.update(cellXfs=True),
        "xf": style,
    }
    ends = {
        "fonts": lambda: within.update(fonts=False),
        "cellXfs": lambda: within.update(cellXfs=False),
    }
    pass_over(archive, part, Place(), spent, Text(), starts, ends)
    return CellStyles(kinds, frozenset(struck))


def _kind_of(code: str) -> NumberKind | ZeroPadded:
    if is_date_format(code):
        return NumberKind.LENGTH if is_timedelta_format(code) else NumberKind.DATE
    if _PERCENT.search(_WORDS.sub("", code)):
        return NumberKind.PERCENT
    first = code.split(";")[0]
    if first not in ("", "0") and _OF_ZEROS.fullmatch(first) and "0" in _WORDS.sub("", first):
        return ZeroPadded(first)
    return NumberKind.NUMBER
