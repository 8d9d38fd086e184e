"""Which number formats show the value of their cell, and which show something else.

A format may hold words and digits of its own: a cell with 3619.68 and the format ``"1.00"`` reads 1.00, on
the screen and in print, and with ``#,##0.00,`` it reads 3.62. What is not known here to show the value is
taken to show something else. ECMA-376, part 1, 18.8.30 and 18.8.31, defines the syntax of a format.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import time
from enum import Enum
from functools import lru_cache, partial

from scheduler.io.files.limits import FORMAT_SIGNS

_TOKEN = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<sign>.)|(?P<gap>_.|\* )'
    r"|(?P<colour>\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2})\])"
    r"|\[\$(?P<currency>[^\]-]*)(?:-(?:(?P<number>[0-9a-f]{1,4})|(?P<language>[a-z]{2,3})-[a-z]{2,4}"
    r"|x-sys(?:date|time)))?\]"
    r"|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
_LANGUAGES = {
    0x02: "bg", 0x03: "ca", 0x04: "zh", 0x05: "cs", 0x06: "da", 0x07: "de", 0x08: "el", 0x09: "en",
    0x0A: "es", 0x0B: "fi", 0x0C: "fr", 0x0D: "he", 0x0E: "hu", 0x0F: "is", 0x10: "it", 0x11: "ja",
    0x12: "ko", 0x13: "nl", 0x14: "nb", 0x15: "pl", 0x16: "pt", 0x17: "rm", 0x18: "ro", 0x19: "ru",
    0x1A: "hr", 0x1B: "sk", 0x1C: "sq", 0x1D: "sv", 0x1F: "tr", 0x21: "id", 0x22: "uk", 0x23: "be",
    0x24: "sl", 0x25: "et", 0x26: "lv", 0x27: "lt", 0x2A: "vi", 0x2B: "hy", 0x2C: "az", 0x2D: "eu",
    0x2F: "mk", 0x36: "af", 0x37: "ka", 0x38: "fo", 0x3A: "mt", 0x3C: "ga", 0x3E: "ms", 0x3F: "kk",
    0x41: "sw", 0x52: "cy", 0x56: "gl", 0x62: "fy", 0x6E: "lb",
}  # fmt: skip
"""Languages of plain digits and the Gregorian calendar, by the lower ten bits of Windows' number for them
(MS-LCID). Under any other, a spreadsheet may show 1447 for the year 2026, or digits of another script."""
_SAME_NUMBER = ("no", "nn", "sr", "bs")
_WITH_A_POINT = ("en", "zh", "ja", "ko", "he", "cy", "ga", "mt")
"""Languages in which 120.000 is a hundred and twenty; in others it is as many thousands."""
_ESCAPED = re.compile("_x[0-9a-f]{4}_", re.IGNORECASE)
"""A sign by its number, which some programs put in its place."""
_THOUSANDTHS = 3
_OF_SYSTEM = (0xF800, 0xF400)
"""The reader's own way of writing a date, and a time."""
_OWN = 0xF0000
"""Signs that a format holds in quotes are moved into a plane of Unicode where nothing else is."""
_LIKE_BARE = " -–()"
"""In quotes or not, these show themselves."""


def _own(signs: str) -> str:
    return "".join(one if one in _LIKE_BARE else chr(_OWN + min(ord(one), 0xFFFD)) for one in signs)


_NUMBER = r"(?:general|@|(?:#,##)?0(?:\.[0#]+)?)"
_ZEROS = r"0{2,}(?:\.0+)?"
"""They stand in front of the number: 161 as 00161."""
_OF_GENERAL = 2
_BETWEEN = rf"[ ,./\-{_own(',./年月日')}]{{1,3}}"
_WEEKDAY, _DAY, _MONTH = "dddd?", "dd?", "m{1,4}"
_DAY_AND_MONTH = rf"(?:{_WEEKDAY}{_BETWEEN})?(?:{_DAY}{_BETWEEN}{_MONTH}|{_MONTH}{_BETWEEN}{_DAY})"
_DATE = (
    rf"(?:{_DAY_AND_MONTH}{_BETWEEN}(?:yy){{1,2}}"
    rf"|(?:{_WEEKDAY}{_BETWEEN})?yyyy{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}{_own('日')}?(?:{_BETWEEN}{_WEEKDAY})?)"
)
_CLOCK = r"hh?:mm(?::ss)?(?: ?(?:am/pm|a/p))?"
_LENGTH = r"\[hh?\]:mm(?::ss)?"


class Shows(Enum):
    """What a reader sees of a cell: its value, words or nothing beside or in place of it, or another one."""

    THE_VALUE = 0
    ROUNDED_OR_WITH_WORDS = 1
    ANOTHER_VALUE = 2


@lru_cache(maxsize=10_000)
def shows(code: str, due: str, kind: type) -> Shows:
    """What a format shows of a cell that should have another one.

    Parameters
    ----------
    due
        The format that the cell should have; it says whether the cell holds a number, a share, a date or a
        time, and how much of it is to be seen.
    kind
        The type of the cell's value, as it was read.
    """
    found, wanted = _plain(code), _plain(due)
    if len(code) > FORMAT_SIGNS or _ESCAPED.search(code) or _is_of_another_system(code, found, wanted):
        return Shows.ANOTHER_VALUE
    if found == wanted:
        return Shows.THE_VALUE
    judged = _judge_of(wanted, kind)
    without_words = "".join(one for one in found if not _is_word(one))
    if (seen := judged(found)) is Shows.THE_VALUE or without_words == found:
        return seen
    of_whole = _judge_of(wanted, int) if issubclass(kind, float) else judged
    return Shows.ROUNDED_OR_WITH_WORDS if of_whole(without_words) is Shows.THE_VALUE else Shows.ANOTHER_VALUE


def _is_of_another_system(code: str, found: str, wanted: str) -> bool:
    """Whether it is the reader's own date or time for what is neither, or looks like thousands.

    With three digits behind a decimal comma 120 reads 120,000.
    """
    is_date, is_time = "y" in wanted or "d" in wanted, "h" in wanted
    for token in _TOKEN.finditer(code):
        number = int(token["number"], 16) if token["number"] else 0
        said = token[0].lower()
        if (number == _OF_SYSTEM[0] or "x-sysdate" in said) and not is_date:
            return True
        if (number == _OF_SYSTEM[1] or "x-systime" in said) and not is_time:
            return True
        language = _LANGUAGES.get(number & 0x3FF) if number else (token["language"] or "").lower()
        has_comma = language and language not in _WITH_A_POINT
        if has_comma and not (is_date or is_time) and _decimals(found) == _THOUSANDTHS:
            return True
    return False


def _plain(code: str) -> str:
    """A format as every program writes it: no colours, gaps and languages, and its own signs marked."""
    found = []
    for token in _TOKEN.finditer(code):
        own = token["words"] or token["sign"] or token["currency"] or ""
        if not _has_plain_digits(token["number"], token["language"]):
            own += token[0]
        found.append(_own(own) or (token["plain"] or "").lower())
    return "".join(found).strip()


def _has_plain_digits(number: str | None, language: str | None) -> bool:
    """Whether a format's language, if it names one, has the digits and the calendar of all others."""
    if number is not None:
        code = int(number, 16)
        return code in (0, *_OF_SYSTEM) or code & 0x3FF in _LANGUAGES
    return language is None or language.lower() in (*_LANGUAGES.values(), *_SAME_NUMBER)


def _is_word(sign: str) -> bool:
    return ord(sign) >= _OWN and unicodedata.category(chr(ord(sign) - _OWN)) in ("Lu", "Ll", "Lo", "Sc")


def _judge_of(wanted: str, kind: type) -> Callable[[str], Shows]:
    if kind in (str, bool):
        return _of_text
    for due, known, without_year in (
        (_LENGTH, f"{_LENGTH}|{_CLOCK}" if kind is time else _LENGTH, ""),
        (_CLOCK, f"{_CLOCK}|{_LENGTH}", ""),
        (_DATE, f"{_DATE}(?: {_CLOCK})?", _DAY_AND_MONTH),
        (f"{_DATE} {_CLOCK}", f"{_DATE} {_CLOCK}", ""),
    ):
        if re.fullmatch(due, wanted):
            return partial(_of_moment, known, without_year)
    known = f"(?:{_NUMBER} ?%|general)" if "%" in wanted else _NUMBER
    return partial(_of_number, known, _decimals(wanted) if issubclass(kind, float) else 0)


def _of_text(found: str) -> Shows:
    """A text is shown as it is but where a format has a section for it."""
    sections = found.split(";")
    own = sections[-1].strip() if len(sections) > 3 or "@" in found else "@"
    if len(sections) > 4 or found.count("@") > 1:
        return Shows.ANOTHER_VALUE
    return Shows.THE_VALUE if own == "@" else Shows.ANOTHER_VALUE if own else Shows.ROUNDED_OR_WITH_WORDS


def _of_moment(known: str, without_year: str, found: str) -> Shows:
    """A date that somebody types in Excel is shown without its year; without a format it is a number."""
    if re.fullmatch(known, found.removesuffix(";@")):
        return Shows.THE_VALUE
    is_told = re.fullmatch(f"(?:{without_year}|general)?", found.removesuffix(";@").strip("; "))
    return Shows.ROUNDED_OR_WITH_WORDS if is_told else Shows.ANOTHER_VALUE


def _of_number(known: str, decimals: int, found: str) -> Shows:
    """Sections of a format are for positive numbers, negative ones, zero, and text."""
    if re.fullmatch(_ZEROS, found):
        return Shows.ROUNDED_OR_WITH_WORDS
    forms = (known, rf"- ?{known}|\({known}\)", rf"{known}|[-–]\?*", "@")
    sections = [one.strip() for one in found.split(";")]
    if len(sections) > len(forms):
        return Shows.ANOTHER_VALUE
    if not all(re.fullmatch(form, one) for form, one in zip(forms, sections, strict=False) if one):
        return Shows.ANOTHER_VALUE
    is_rounded = _decimals(sections[0]) < decimals
    return Shows.ROUNDED_OR_WITH_WORDS if is_rounded or not all(sections) else Shows.THE_VALUE


def _decimals(section: str) -> int:
    """Digits behind the point; as many as there is room for are at least two."""
    digits = section.partition(";")[0].partition(".")[2]
    return _OF_GENERAL if section in ("general", "@") else sum(sign in "0#" for sign in digits)
