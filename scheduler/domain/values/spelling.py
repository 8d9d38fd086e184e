"""Normalisation of names: what looks the same to a reader is the same to the planner.

Names come from keyboards, exports and web pages of every script. The fields of facts and rules, and the
readers of cells, normalise them through :func:`spelt`, so that names are compared character by character
afterwards.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from scheduler.texts import text

_SPACES = re.compile("[\\s\u2800]+")  # of every kind: no-break, ideographic, Braille, a line or a tab
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji write words with them
_VARIANTS = "\U000e0100-\U000e01ef"  # which form of the sign before it is meant, in Japanese names
_UNSEEN = re.compile(  # marks of direction and of where a line may break: they come along from web pages
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"  # and fillers and selectors of variants, which look like nothing
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) but for joiners and ``_VARIANTS``."""
_LOOSE = re.compile(rf"(?:^|(?<=\s))[{_JOINERS}{_VARIANTS}]+|[{_JOINERS}]+(?=\s|$)|([{_JOINERS}])\1+")
EXCEL_ERRORS = frozenset(
    ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
"""What a cell shows for a fault in its formula: no name, for nobody could read it back from a workbook."""
_MOST_SIGNS = 500
_LATIN = str.maketrans(  # capitals and small letters that a screen shows as the Latin ones below
    "АВЕЗКМНОРСТУХѴІЈЅԚԜҮаеорсухѵіјѕԛԝүһԁɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιɑϲϳαρκυ",
    "ABE3KMHOPCTYXVIJSQWYaeopcyxvijsqwyhdgABEZHIKMNOPTYXoviacjapku",
)
"""Unicode Technical Standard 39 calls these confusable; of its table the letters that stand in names."""
_MARKS = str.maketrans("\u2018\u2019\u02bc\u2032\u00b4\u2010\u2011\u2012\u2013\u2014\u2212", "'''''------")
_NO_SIGNS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def spelt(written: str) -> str:
    """A name in its one spelling: composed (NFC), single plain spaces, no signs that are never seen.

    Joiners stay inside a word, where they change what is seen. Unicode Standard Annex 15 says which forms
    are equivalent.

    >>> spelt(" 山田\u3000太郎 "), spelt("Jose\u0301\u200b")
    ('山田 太郎', 'José')
    """
    if written.isascii() and written.isprintable() and "  " not in written:
        return written.strip()  # nearly every name, hundreds of thousands of times
    seen = without_unseen(unicodedata.normalize("NFC", written))
    # removing characters may bring a letter and its accent together, so it is composed again
    return unicodedata.normalize("NFC", _LOOSE.sub(r"\1", _SPACES.sub(" ", seen).strip())).strip()


def without_unseen(written: str) -> str:
    """A text without the signs that are never seen, wherever they stand."""
    return written if written.isascii() else _UNSEEN.sub("", written)


def is_seen(written: str) -> bool:
    """Whether there is anything to see in a text: what is not seen is blank, in every cell and name."""
    return bool(spelt(written))


def legible(written: str) -> str:
    """A normalised text of printable characters.

    Raises
    ------
    ValueError
        If it holds a control character, a surrogate or a Unicode noncharacter, or is too long.
    """
    one = spelt(written)
    if len(one) > _MOST_SIGNS:
        raise ValueError(
            text(
                '"{one}..." has {length:,} signs; write at most {most_signs}',
                one=one[:40],
                length=len(one),
                most_signs=_MOST_SIGNS,
            )
        )
    if one in EXCEL_ERRORS:
        raise ValueError(
            text('"{one}" is what Excel shows for a fault in a formula; write another name', one=one)
        )
    strange = _NO_SIGNS.search(one)
    if strange:
        raise ValueError(
            text(
                "{one!r} holds a sign that cannot be printed (U+{ord:04X}); type it anew",
                one=one,
                ord=ord(strange[0]),
            )
        )
    return one


def named(written: str) -> str:
    """A name: legible, and not empty.

    Raises
    ------
    ValueError
        If nothing is left of it, or a sign in it cannot be printed.
    """
    name = legible(written)
    if not name:
        raise ValueError(text("this is blank"))
    return name


def look(name: str) -> str:
    """A name without its joiners: names that are equal so cannot be told apart on every screen."""
    return re.sub(f"[{_JOINERS}]", "", spelt(name))


@lru_cache(maxsize=50_000)  # an unknown name is held beside each of thousands, and so is the next one
def likeness(name: str) -> str:
    """A name without regard to case, width, joiners, spaces, and letters of scripts that look alike.

    >>> likeness("Anna Berg") == likeness("ANNABERG") == likeness("\u0410nna  Berg")
    True
    """
    wide = unicodedata.normalize("NFKC", look(name))
    if not wide.isascii():
        wide = wide.translate(_LATIN).translate(_MARKS)
    return wide.casefold().replace(" ", "")


def unseen_signs(name: str) -> str:
    """The joiners of a name in words, for a message in which they would not be seen."""
    return ", ".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(name) if sign in _JOINERS)


def alike(name: str, known: Iterable[str]) -> str | None:
    """The known name that has the same :func:`likeness` as another one, if there is exactly one."""
    like = likeness(name)
    found = [one for one in dict.fromkeys(known) if one != name and likeness(one) == like]
    return found[0] if len(found) == 1 else None


_TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Marks of direction: what stands behind them reads otherwise."""
_FROM_RIGHT = frozenset("\u061c\u200f")
"""These turn the digits and the signs round that stand beside them."""
MARKS = _TURNS | _FROM_RIGHT
"""All marks of direction that turn something round."""


def is_turned(written: str) -> bool:
    """Whether marks of direction make it read otherwise: 12:00 as 00:21.

    Some change nothing in a name of Hebrew or Arabic letters.
    """
    if not _TURNS.isdisjoint(written):
        return True
    return not _FROM_RIGHT.isdisjoint(written) and not any(
        unicodedata.bidirectional(one) in ("R", "AL") for one in spelt(written)
    )
