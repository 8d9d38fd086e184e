"""Styles of cells: what a number means under the number format of its cell, and what the format is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import Archive
from scheduler.io.files.limits import STYLES, beyond
from scheduler.io.files.xml_pass import Attributes, Spent, Starts, Text, is_true, pass_over, whole_number
from scheduler.texts import marked, text

_WORDS = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]')  # words of a number format, and its colours
_PERCENT = re.compile("[0#?]\\s*%|%\\s*[0#?]")
_FORMAT_SIGNS = 255  # Excel's own limit for the code of a number format
_OF_ZEROS = re.compile(r'(?:0|[- /]|"[^"]*"|\\.)+')
_FROM_RIGHT = 2  # a reading order; 1 is from left to right, 0 as the text has it
_SIGN = re.compile(r'0|"([^"]*)"|\\(.)|.')


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


@dataclass(frozen=True)
class CellStyles:
    """The styles of cells, by the number of the style.

    Parameters
    ----------
    kinds
        What a number means.
    codes
        The number format; where two have its number, both, for programs differ in which they take.
    conditional
        The number formats of conditional styles; empty for one that has none.
    struck
        Styles whose font is crossed out.
    repeated
        Styles that show a value as often as there is room: 16 as 161616.
    from_the_right
        Styles that show a text from right to left.
    """

    kinds: tuple[NumberKind | ZeroPadded, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    conditional: tuple[str, ...] = ()
    struck: frozenset[int] = frozenset()
    repeated: frozenset[int] = frozenset()
    from_the_right: frozenset[int] = frozenset()

    def kind(self, style: int | None) -> NumberKind | ZeroPadded:
        """What a number means in a cell of a style."""
        return NumberKind.NUMBER if style is None or style >= len(self.kinds) else self.kinds[style]

    def codes_of(self, style: int | None) -> tuple[str, ...]:
        """The number formats of a style; its number where there are none."""
        if style is not None and style < len(self.codes):
            return self.codes[style]
        return (f"({style})" if style or self.codes else "General",)

    def conditional_code(self, style: int | None) -> str:
        """The number format of a conditional style; empty where it has none."""
        return self.conditional[style] if style is not None and style < len(self.conditional) else ""


def read_cell_styles(archive: Archive, spent: Spent, part: str) -> CellStyles:
    """Read the part with the styles.

    Raises
    ------
    NotRead
        If the part is missing, damaged or beyond the limits.
    """
    read = _StylesPass()
    pass_over(archive, part, Place(), spent, Text(), read.starts, {})
    return read.found()


class _StylesPass:
    """Collects number formats, fonts that are crossed out, and styles, in the order of the part."""

    def __init__(self) -> None:
        self._formats: dict[int | None, tuple[str, ...]] = {
            number: (code,) for number, code in BUILTIN_FORMATS.items()
        }
        self._numbers: list[int | None] = []
        self._conditional: list[str] = []
        self._fonts = 0
        self._struck_fonts: set[int | None] = set()
        self._struck: set[int] = set()
        self._repeated: set[int] = set()
        self._from_the_right: set[int] = set()
        self._inside = ""
        groups = ("numFmts", "fonts", "fills", "cellStyleXfs", "cellXfs", "dxfs")
        self.starts: Starts = {
            "numFmt": self._number_format,
            "font": self._font,
            "strike": self._strike,
            "xf": self._style,
            "alignment": self._alignment,
            "dxf": self._conditional_style,
            **{name: self._within(name) for name in groups},
        }

    def found(self) -> CellStyles:
        codes = tuple(self._formats.get(number, (f"({number})",)) for number in self._numbers)
        kind_of = {of_style: _kind_of(of_style[-1]) for of_style in codes}
        return CellStyles(
            tuple(kind_of[of_style] for of_style in codes),
            codes,
            tuple(self._conditional),
            frozenset(self._struck),
            frozenset(self._repeated),
            frozenset(self._from_the_right),
        )

    def _within(self, name: str) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            self._inside = name

        return begin

    def _number_format(self, attributes: Attributes) -> None:
        code = attributes.get("formatCode", "")[:_FORMAT_SIGNS]
        if self._inside == "dxfs":
            self._conditional[-1:] = [code]
            return
        if len(self._formats) > STYLES:
            raise beyond(text("number formats"), STYLES, text("Remove the styles that are not needed."))
        number = whole_number(attributes.get("numFmtId", ""))
        before = (one for one in self._formats.get(number, ()) if one != code)
        self._formats[number] = (*before, code)

    def _font(self, _: Attributes) -> None:
        self._fonts += self._inside == "fonts"

    def _strike(self, attributes: Attributes) -> None:
        if self._inside == "fonts" and ("val" not in attributes or is_true(attributes, "val")):
            self._struck_fonts.add(self._fonts - 1)

    def _style(self, attributes: Attributes) -> None:
        if self._inside != "cellXfs":
            return
        self._within_limit()
        if whole_number(attributes.get("fontId", "0")) in self._struck_fonts:
            self._struck.add(len(self._numbers))
        self._numbers.append(whole_number(attributes.get("numFmtId", "0")))

    def _alignment(self, attributes: Attributes) -> None:
        if self._inside != "cellXfs":
            return
        if attributes.get("horizontal", "").strip() == "fill":
            self._repeated.add(len(self._numbers) - 1)
        if whole_number(attributes.get("readingOrder", "")) == _FROM_RIGHT:
            self._from_the_right.add(len(self._numbers) - 1)

    def _conditional_style(self, _: Attributes) -> None:
        self._within_limit()
        self._conditional.append("")

    def _within_limit(self) -> None:
        if len(self._numbers) + len(self._conditional) == STYLES:
            raise beyond(text("styles of cells"), STYLES, text("Remove the styles that are not needed."))


def _kind_of(code: str) -> NumberKind | ZeroPadded:
    if is_date_format(code):
        return NumberKind.LENGTH if is_timedelta_format(code) else NumberKind.DATE
    if _PERCENT.search(_WORDS.sub("", code)):
        return NumberKind.PERCENT
    first = code.split(";")[0]
    if first not in ("", "0") and _OF_ZEROS.fullmatch(first) and "0" in _WORDS.sub("", first):
        return ZeroPadded(first)
    return NumberKind.NUMBER
