"""Styles of cells: what a number means under the number format of its cell, and what the format is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from scheduler.domain.findings.finding import Place
from scheduler.io.files.archive import Archive
from scheduler.io.files.limits import FORMAT_SIGNS, STYLES, beyond
from scheduler.io.files.xml_pass import (
    Attributes,
    Spent,
    Starts,
    Text,
    is_true,
    number_of,
    pass_over,
    whole_number,
)
from scheduler.texts import marked, text

_WORDS = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]')  # words of a number format, and its colours
_PERCENT = re.compile("[0#?]\\s*%|%\\s*[0#?]")
_KEPT_SIGNS = FORMAT_SIGNS + 1  # of longer codes so much is kept that they are known to be too long
_NEWER_CODE = "http://schemas.microsoft.com/office/spreadsheetml/2015/02/main formatCode16"
_OF_ZEROS = re.compile(r'(?:0|[- /]|"[^"]*"|\\.)+')
_FROM_RIGHT = 2  # a reading order; 1 is from left to right, 0 as the text has it
_RGB_DIGITS, _BLACK = 6, "000000"
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


class ConditionalLook(NamedTuple):
    """What a conditional style changes of a cell; of borders and fonts' names nothing is known.

    Parameters
    ----------
    code
        Number format; empty for none.
    marks
        ``strike`` for a text that is crossed out, ``vertAlign`` for one that is raised or lowered.
    ink, fill
        Colours in hexadecimal digits, or by the number of the theme's colour; empty for none. Black ink is
        none: LibreOffice adds it.
    """

    code: str = ""
    marks: frozenset[str] = frozenset()
    ink: str = ""
    fill: str = ""


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
        What each conditional style changes.
    struck
        Styles whose font is crossed out.
    repeated
        Styles that show a value as often as there is room: 16 as 161616.
    from_the_right
        Styles that show a text from right to left.
    """

    kinds: tuple[NumberKind | ZeroPadded, ...] = ()
    codes: tuple[tuple[str, ...], ...] = ()
    conditional: tuple[ConditionalLook, ...] = ()
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

    def conditional_look(self, style: int | None) -> ConditionalLook:
        """What a conditional style changes."""
        is_known = style is not None and style < len(self.conditional)
        return self.conditional[style or 0] if is_known else ConditionalLook()


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
        self._parents: list[int | None] = []
        self._inherited: dict[int, int | None] = {}  # style by the number of its parent
        self._conditional: list[ConditionalLook] = []
        self._of_look = ""
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
            "vertAlign": self._raised,
            "color": self._colour("font", "ink"),
            "fgColor": self._colour("fill", "fill"),
            "bgColor": self._colour("fill", "fill"),
            "fill": self._part_of_look("fill"),
            "border": self._part_of_look("border"),
            "xf": self._style,
            "alignment": self._alignment,
            "dxf": self._conditional_style,
            **{name: self._within(name) for name in groups},
        }

    def found(self) -> CellStyles:
        codes = tuple(tuple(dict.fromkeys(self._codes(style))) for style in range(len(self._numbers)))
        kind_of = {of_style: _kind_of(of_style[-1]) for of_style in codes}
        return CellStyles(
            tuple(kind_of[of_style] for of_style in codes),
            codes,
            tuple(self._conditional),
            frozenset(self._struck),
            frozenset(self._repeated),
            frozenset(self._from_the_right),
        )

    def _codes(self, style: int) -> Iterator[str]:
        """Its own format last; before it that of its parent, where some programs take that one."""
        parent = self._inherited.get(style, -1)
        if parent is not None and 0 <= parent < len(self._parents):
            yield from self._of_number(self._parents[parent])
        yield from self._of_number(self._numbers[style])

    def _of_number(self, number: int | None) -> tuple[str, ...]:
        return self._formats.get(number, (f"({number})",))

    def _within(self, name: str) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            self._inside = name

        return begin

    def _number_format(self, attributes: Attributes) -> None:
        code = attributes.get("formatCode", "")[:_KEPT_SIGNS]
        if self._inside == "dxfs":
            if code:  # of two, programs differ in which they take
                self._add(code=code)
            return
        if len(self._formats) > STYLES:
            raise beyond(text("number formats"), STYLES, text("Remove the styles that are not needed."))
        number = number_of(attributes, "numFmtId", "")
        codes = [code, *([attributes[_NEWER_CODE][:_KEPT_SIGNS]] if _NEWER_CODE in attributes else [])]
        before = (one for one in self._formats.get(number, ()) if one not in codes)
        self._formats[number] = (*before, *codes)

    def _font(self, _: Attributes) -> None:
        self._fonts += self._inside == "fonts"
        self._of_look = "font"

    def _strike(self, attributes: Attributes) -> None:
        if "val" in attributes and not is_true(attributes, "val"):
            return
        if self._inside == "fonts":
            self._struck_fonts.add(self._fonts - 1)
        elif self._inside == "dxfs":
            self._mark("strike")

    def _raised(self, attributes: Attributes) -> None:
        if self._inside == "dxfs" and attributes.get("val", "baseline").strip() != "baseline":
            self._mark("vertAlign")

    def _mark(self, mark: str) -> None:
        self._add(marks=self._conditional[-1].marks | {mark} if self._conditional else frozenset())

    def _part_of_look(self, name: str) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            self._of_look = name

        return begin

    def _colour(self, of: str, name: str) -> Callable[[Attributes], None]:
        def colour(attributes: Attributes) -> None:
            """In a fill of a conditional style the last one, of the back, is what is seen."""
            if self._inside == "dxfs" and self._of_look == of:
                rgb = attributes.get("rgb", "").strip().upper()[-_RGB_DIGITS:]
                found = rgb or "".join(f"{key} {value} " for key, value in sorted(attributes.items()))
                self._add(**{name: "" if (name, found) == ("ink", _BLACK) else found})

        return colour

    def _add(self, **more: Any) -> None:
        self._conditional[-1:] = [one._replace(**more) for one in self._conditional[-1:]]

    def _style(self, attributes: Attributes) -> None:
        number = number_of(attributes, "numFmtId", "0")
        if self._inside == "cellStyleXfs":
            self._within_limit()
            self._parents.append(number)
        if self._inside != "cellXfs":
            return
        self._within_limit()
        is_left = "applyNumberFormat" in attributes and not is_true(attributes, "applyNumberFormat")
        if is_left or "numFmtId" not in attributes:
            self._inherited[len(self._numbers)] = number_of(attributes, "xfId", "0")
        if number_of(attributes, "fontId", "0") in self._struck_fonts:
            self._struck.add(len(self._numbers))
        self._numbers.append(number)

    def _alignment(self, attributes: Attributes) -> None:
        if self._inside != "cellXfs":
            return
        if attributes.get("horizontal", "").strip() == "fill":
            self._repeated.add(len(self._numbers) - 1)
        if whole_number(attributes.get("readingOrder", "")) == _FROM_RIGHT:
            self._from_the_right.add(len(self._numbers) - 1)

    def _conditional_style(self, _: Attributes) -> None:
        self._within_limit()
        self._conditional.append(ConditionalLook())

    def _within_limit(self) -> None:
        if len(self._numbers) + len(self._parents) + len(self._conditional) >= STYLES:
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
