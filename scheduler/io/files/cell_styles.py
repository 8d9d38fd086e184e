"""What the style of a cell makes of it: a number that is a date, or an id with zeros; a cell crossed out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import Archive
from scheduler.io.files.limits import STYLES, beyond
from scheduler.io.files.xml_pass import Attributes, Spent, Text, pass_over
from scheduler.texts import marked, text

_WORDS = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]')  # words of a number format, and its colours
_PERCENT = re.compile("[0#?]\\s*%|%\\s*[0#?]")
_FORMAT_SIGNS = 255  # Excel's own limit for the code of a number format
_OF_ZEROS = re.compile(r'(?:0|[- /]|"[^"]*"|\\.)+')
_SIGN = re.compile(r'0|"([^"]*)"|\\(.)|.')
_NOT_SET = ("0", "false")


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
