"""Number formats that show something other than the value of their cell, or nothing.

A format may hold words and digits of its own: a cell with 3619.68 and the format ``"1.00"`` reads 1.00, on
the screen and in print, and with ``#,##0.00,`` it reads 3.62. ECMA-376, part 1, 18.8.30 and 18.8.31, defines
the syntax of a format.
"""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<words>[^"]*)"?|\\(?P<sign>.)|_.|\*.|\[(?P<elapsed>[hms]+)\]|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<condition>[<>=][^\]]*)\]|\[[^\]]*\]|(?P<end>;)|(?P<half>am/pm|a/p)|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
_SHOWS_THE_VALUE = re.compile(r"[0#?@]|general|[ymdhsgeb]", re.IGNORECASE)
_DIGIT = "[0#?]"
_SCALED = re.compile(rf"{_DIGIT}\.?,+(?!{_DIGIT}|,)")
_CUT_UP = re.compile(rf"{_DIGIT}\s*[-/:]\s*{_DIGIT}")
"""A fraction, which is rounded, or digits with signs between them."""
_OF_TIME = re.compile("[ymdhs]+?")


class _Section(NamedTuple):
    """What a format does with positive numbers, negative ones, zero, or text."""

    own: str = ""
    shown: str = ""
    has_condition: bool = False
    is_elapsed: bool = False
    is_coloured: bool = False


def _sections(code: str) -> list[_Section]:
    found = [_Section()]
    for token in _TOKEN.finditer(code):
        last = found[-1]
        if token["end"]:
            found.append(_Section())
        elif token["condition"]:
            found[-1] = last._replace(has_condition=True)
        elif token["elapsed"]:
            found[-1] = last._replace(shown=last.shown + token["elapsed"], is_elapsed=True)
        elif token["plain"]:
            found[-1] = last._replace(shown=last.shown + token["plain"])
        elif token[0].casefold() in ("[red]", "[color3]"):
            found[-1] = last._replace(is_coloured=True)
        else:
            words = token["words"] or token["sign"] or token["currency"] or ""
            found[-1] = last._replace(own=last.own + words, shown=last.shown + "\0" * bool(words))
    return found


def speaks_for_itself(code: str) -> bool:
    """Whether a format shows another figure than the cell holds.

    It has digits of its own, words in place of the value, a thousandth of it, the wrong sign, or a part of a
    time that is taken for another.
    """
    sections = _sections(code)
    if any(map(_speaks, sections)):
        return True
    first = sections[0].shown.lstrip("\0 ")
    if first.startswith(("-", "(")) and re.search(_DIGIT, first):
        return True
    if len(sections) == 1:
        return False
    below = sections[1]
    has_sign = below.is_coloured or any(sign in below.own + below.shown for sign in "-(\N{MINUS SIGN}")
    return bool(re.search(_DIGIT, below.shown)) and not has_sign


def _speaks(section: _Section) -> bool:
    own, shown = section.own, section.shown
    if section.has_condition or any(sign.isnumeric() for sign in own):
        return True
    if any(sign.isnumeric() and sign != "0" for sign in shown) or _SCALED.search(shown):
        return True
    if any(sign.isalnum() for sign in own) and not _SHOWS_THE_VALUE.search(shown):
        return True
    if re.search(_DIGIT, shown):
        return bool(_CUT_UP.search(shown))
    return not section.is_elapsed and _is_half_a_time(shown)


def _is_half_a_time(shown: str) -> bool:
    """Whether a format of dates or times leaves out the day, or the minutes behind the hours."""
    parts = "".join(_OF_TIME.findall(shown.casefold().replace("general", "")))
    if "h" in parts:
        return "m" not in parts[parts.index("h") :]
    return bool(parts) and "d" not in parts


def shows_nothing(code: str) -> bool:
    """Whether a format leaves cells with a number blank, or with a mere sign; zero may be left blank."""
    return any(
        not _SHOWS_THE_VALUE.search(section.shown) and not any(sign.isalnum() for sign in section.own)
        for section in _sections(code)[:2]
    )
