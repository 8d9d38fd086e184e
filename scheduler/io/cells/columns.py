"""Records that describe the input's sheets and columns; their table is :mod:`scheduler.io.input.sheets`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from scheduler.domain.values.spelling import without_unseen

Language = Literal["en", "zh"]


class Kind(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    NAMES = "names"
    WHOLE = "whole number"
    LIMIT = "whole number or none"
    MONEY = "amount of currency"
    PRICE = "amount of currency or none"
    PRICES = "amounts of currency that rise"
    YES_NO = "yes or no"
    DATE = "date"
    DAYS = "dates or weekdays"
    RULE_DAYS = "dates, weekdays or public holidays"
    WEEKDAY = "weekday"
    WEEKDAYS = "weekdays"
    CLOCK = "clock time"
    END_CLOCK = "clock time of an end"
    CLOCKS = "clock times"
    CLOCK_WINDOWS = "clock windows"
    POINTS = "names with an amount each"
    HOURS = "length in hours"
    MINUTES = "length in minutes"
    SECONDS = "length in seconds"
    PERCENT = "share of a hundred"
    EXACT_PERCENT = "share of a hundred, with a fraction"
    MULTIPLE = "multiple, with a fraction"
    NUMBER = "number"
    OFFSET = "length of time from a shift's start or to its end, or clock time"
    CHOICE = "choice"
    ANY = "anything"


@dataclass(frozen=True)
class Column:
    """One column of a sheet (or one row of Settings).

    Parameters
    ----------
    needed
        Every row must have it, and so the sheet must have the column.
    choices
        For ``Kind.CHOICE``: the meaning of each accepted word.
    advice
        What to write instead of a word that is no choice, by its likeness.
    names_from
        Key of the sheet whose first column lists the values allowed here, one or a list of them.
    is_whole
        For ``Kind.PERCENT``: whether only whole per cent make sense.
    is_no_clock
        For ``Kind.HOURS``: whether 16:00 would be taken for a time of the day, and is asked about.
    least, most
        Smallest and largest value that makes sense, in the unit of the kind (minutes, cents).
    """

    key: str
    title: str
    chinese: str
    kind: Kind
    comment: str
    needed: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    names_from: str | None = None
    least: int | None = None
    most: int | None = None
    is_whole: bool = False
    is_no_clock: bool = False
    width: int = 14

    def heading(self, language: Language) -> str:
        """What the column is called in a language."""
        return self.chinese if language == "zh" else self.title

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every accepted heading, normalised."""
        return tuple(normalised(name) for name in (self.title, self.chinese, self.key, *self.aliases))


@dataclass(frozen=True)
class Sheet:
    """One sheet of the input."""

    key: str
    title: str
    chinese: str
    purpose: str
    columns: tuple[Column, ...]
    needed: bool = False

    def name(self, language: Language) -> str:
        """What the sheet is called in a language."""
        return self.chinese if language == "zh" else self.title

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)


def normalised(heading: object) -> str:
    """A heading without case, spacing, signs and anything in brackets, as headings are matched."""
    return _normalised(str(heading))


@lru_cache(maxsize=4096)  # columns of thousands of rows are looked up by their headings
def _normalised(heading: str) -> str:
    seen = unicodedata.normalize("NFKC", without_unseen(heading))
    plain = re.sub(r"\([^()]*\)", "", seen.casefold())
    if plain.isascii():
        return re.sub(r"[\W_]+", "", plain)
    # vowel signs of Indic scripts are marks (Mn, Mc), not letters
    return "".join(sign for sign in plain if sign.isalnum() or unicodedata.category(sign) in ("Mn", "Mc"))
