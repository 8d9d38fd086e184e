"""Number formats that show another figure than their cell holds, and odd spellings of their numbers."""

import re
from html import escape
from random import Random

from tests.attacks.forged_parts import (
    Edit,
    Parts,
    builtin,
    formatted,
    holds_date,
    holds_text,
    holds_time,
    styled,
)

OF_NUMBERS = {
    "nothing": ";;;",
    "in thousands": "#,##0.00,",
    "in millions": "0.0,,",
    "a blank": '" "',
    "a sign alone": '"-"',
    "words": '"none"',
    "digits": '"1.00"',
    "digits before": '"9"0',
    "escaped digits": "\\9\\90",
    "a fraction": "# ?/2",
    "percent": "0.0%",
    "only a year": "yyyy",
    "hours and minutes swapped": "mm:hh",
    "hours alone": "hh",
    "seconds": "ss",
    "a month for minutes": "m",
    "negative as positive": "0.00;0.00",
    "positive as negative": "-0.00;0.00",
    "a quoted sign before": '"-"0.00',
    "an escaped sign before": "\\-0.00",
    "a sign behind": '0.00"-"',
    "in brackets": "(0.00)",
    "only where large": "[>1000000]0;;",
    "full-width digits": "\uff19",
    "superscript digits": "0\u00b2",
    "a unit of thousands": '0.00" k"',
    "words of digits": "0\u5341",
    "stars": "**",
    "filled with digits": "*90.00",
    "a skipped width": "_0",
    "a date": "d mmm yyyy",
    "an exponent": "0E+0",
    "text": "@",
    "fewer decimals": "0",
    "a point in quotes": '0"."00',
    "an escaped point": "0\\.00",
    "two points": "0.0.0",
    "a plus between": "0+0",
    "a stroke between": '0"/"0',
    "General twice": "General.General",
    "a letter like a digit": '"O"0',
    "smaller than": '"<"0',
    "digits of another script": "[$-D000000]0",
    "zeros before": "00000000",
}
OF_TEXTS = ('"not "@', '@" not"', "0;-0;0;", "General;General;General;", "@@")
OF_DATES = ("yyyy-dd-mm", "d", "g", "e", "bbbb", "0", "hh:mm", "dddd", "General", "mmm yyyy")
OF_TIMES = ("[h]", "[h]:ss", "hh:ss:mm", "0", "[mm]", "[ss]", "mm", "d", "General")


def _spelt(edit: Edit, *spellings: tuple[bytes, bytes]) -> Edit:
    """An edit whose numbers are written as no writer does, and every reader reads."""

    def spelt(parts: Parts, sheet: str, random: Random) -> None:
        before = parts[sheet]
        edit(parts, sheet, random)
        if parts[sheet] != before:
            for old, new in spellings:
                name = "xl/styles.xml" if b"numFmtId" in old else sheet
                parts[name] = re.sub(old, new, parts[name])

    return spelt


def _renamed(edit: Edit) -> Edit:
    """The styles in a part of another name, and those of before beside it under the old one."""

    def renamed(parts: Parts, sheet: str, random: Random) -> None:
        old = parts["xl/styles.xml"]
        edit(parts, sheet, random)
        if parts["xl/styles.xml"] != old:
            parts["xl/looks.xml"], parts["xl/styles.xml"] = parts["xl/styles.xml"], old
            rels = "xl/_rels/workbook.xml.rels"
            parts[rels] = re.sub(rb'Target="[^"]*styles.xml"', b'Target="/xl/looks.xml"', parts[rels])

    return renamed


def _of_number(code: str) -> Edit:
    return formatted(escape(code).encode())


_DIGITS = _of_number('"1.00"')
_HIDDEN_BY_ID = styled(
    b'<xf numFmtId="999" fontId="0" fillId="0" borderId="0"/>', number_format=b"&quot;1.00&quot;"
)

SPELT: dict[str, Edit] = {
    **{
        f"style's number spelt {name}": _spelt(_DIGITS, (rb' s="(\d+)"', spelling))
        for name, spelling in (
            ("with zeros", rb' s="00\1"'),
            ("with blanks", rb' s=" \1 "'),
            ("with a plus", rb' s="+\1"'),
            ("as an entity", rb' s="&#48;\1"'),
            ("in single quotes", rb" s='\1'"),
        )
    },
    "format's number spelt with zeros": _spelt(
        _HIDDEN_BY_ID, (rb'<xf numFmtId="999"', b'<xf numFmtId="00999"')
    ),
    "styles in a part of another name": _renamed(_DIGITS),
}
EDITS: dict[str, Edit] = {
    **{f"format: {name}": _of_number(code) for name, code in OF_NUMBERS.items()},
    **{f"built-in format {number}": builtin(number) for number in (1, 9, 11, 12, 14, 18, 20, 37, 45, 46, 49)},
    **{
        f"format of a {kind}: {code}": formatted(escape(code).encode(), is_meant=is_meant)
        for kind, is_meant, codes in (
            ("text", holds_text, OF_TEXTS),
            ("date", holds_date, OF_DATES),
            ("time", holds_time, OF_TIMES),
        )
        for code in codes
    },
    **SPELT,
}
