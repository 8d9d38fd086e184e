"""Bounds in words, for the sentences of rules and of their violations."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from scheduler.domain.values.words import counted, hours_words
from scheduler.model.rules.rule import spoken
from scheduler.texts import text

Per = Annotated[
    Literal["week", "month", "quarter", "year", "horizon"],
    Field(
        description="What is counted: week is each calendar week, month, quarter and year each one of the "
        "calendar, horizon all the days meant together."
    ),
]
"""What a rule counts over: each calendar week, month, quarter or year, or all the days meant together."""
MONTHS_OF: Final[Mapping[Per, int]] = MappingProxyType({"month": 1, "quarter": 3, "year": 12})
"""How many calendar months make a part; the first one begins with January."""


def per_words(per: Per) -> str:
    """What is counted over, for the end of a sentence."""
    match per:
        case "week":
            return text("in each calendar week")
        case "month":
            return text("in each calendar month")
        case "quarter":
            return text("in each calendar quarter")
        case "year":
            return text("in each calendar year")
        case "horizon":
            return text("in all")


def apart_words(minutes: int) -> str:
    """The time between two spans, which is below zero where they overlap.

    >>> apart_words(90), apart_words(-90)
    ('1 h 30 min', 'minus 1 h 30 min')
    """
    if minutes < 0:
        return text("minus {length}", length=hours_words(-minutes))
    return hours_words(minutes)


def bounds(at_least: int | None, at_most: int | None, field: str = "", noun: str = "") -> str:
    """Two bounds as a planner would say them.

    Parameters
    ----------
    field
        Name of the field, which decides how a number is shown, as in ``spoken``.
    noun
        What is counted, in the singular.

    >>> bounds(1920, 2880, "minutes"), bounds(None, 5), bounds(2, 2)
    ('32 h to 48 h', 'at most 5', 'exactly 2')
    >>> bounds(None, 1, noun="day"), bounds(1, 3, noun="day")
    ('at most 1 day', '1 to 3 days')
    """

    def said(number: int | None) -> str:
        return counted(number, noun) if noun and number is not None else spoken(field, number)

    if at_least is None and at_most is None:
        return text("any number of {noun}s", noun=noun) if noun else text("any number of")
    if at_least == at_most:
        return text("exactly {least}", least=said(at_least))
    if at_most is None:
        return text("at least {least}", least=said(at_least))
    if not at_least:
        return text("at most {most}", most=said(at_most))
    return text("{at_least} to {most}", at_least=spoken(field, at_least), most=said(at_most))
