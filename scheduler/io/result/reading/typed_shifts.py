"""What a planner means who writes into a day of the Roster sheet.

A shift's name, times, both, or one of the words for a day off. Nothing is decided here that the cell does not
say: which times a name may have, and where the breaks go, is settled by
:mod:`scheduler.app.results.hand_edits`.
"""

import re
from typing import Any

from scheduler.domain import Problem
from scheduler.domain.findings.finding import did_you_mean
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words, listed
from scheduler.io.cells.parse import Unreadable, is_blank, plain, shown
from scheduler.io.cells.parse_times import clock
from scheduler.io.result.contents.names import SECOND_TIME
from scheduler.io.result.contents.short_names import short_names
from scheduler.io.result.reading.sources import TypedShift
from scheduler.io.result.sheets.clock import read_clock
from scheduler.io.result.sheets.roster.roster_grid import FREE, PINNED_MARK
from scheduler.texts import text

_SICK = frozenset(("sick", "sick leave", "off sick", "ill", "krank", "病假"))
ABSENT = _SICK | frozenset(
    (
        *("time off", "leave", "on leave", "annual leave", "vacation", "holiday", "pto"),
        *("absent", "maternity leave", "parental leave", "not employed"),
        *("training", "course", "urlaub", "abwesend", "elternzeit", "schulung", "fortbildung"),
        *("请假", "休假", "年假", "事假", "产假", "培训"),
    )
)
"""Of the words for a day without a duty those that mean an absence."""
_WORD_OF_ABSENCE = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(ABSENT, key=len, reverse=True))})(?!\w)")
OFF = ABSENT | frozenset(
    (
        FREE,
        "-",
        "off",
        "day off",
        "free",
        "rest",
        "frei",
        "x",
        "0",
        "休",
        "休息",
    )
)
"""Words for a day without a duty, in small letters."""

_DASHES = re.compile(r"\s*(?:[\u2010-\u2015\u2212~\uff5e-]|\bto\b|\bbis\b|至|到)\s*")
_WHOLE_HOUR = re.compile(r"\d{1,2}")
_LATER = re.compile(r"^\+(\d)\s+|\s*\+(\d)$")


def typed_shifts(value: Any, problem: Problem) -> tuple[TypedShift, ...]:
    """The duties of a day, a line each; empty for a day off.

    Raises
    ------
    Unreadable
        If it says neither; with what to write.
    """
    if not isinstance(value, str):
        return () if is_blank(value) or value == 0 else (TypedShift(start=_clock(value, problem)),)
    lines = [plain(line.replace(PINNED_MARK, " ")) for line in value.splitlines()]
    said = [line for line in lines if line and not _is_one_of(OFF, line, problem)]
    if said and any(_is_one_of(ABSENT, line, problem) for line in lines):
        raise _not_understood(value, problem)
    if SECOND_TIME in value:
        raise Unreadable(
            text("{value} has a time that the clock shows twice.", value=shown(value)),
            text("Write it on the sheet Duties."),
        )
    return tuple(_typed(line, problem) for line in said)


def is_absence(value: Any, problem: Problem) -> bool:
    """Whether a cell says that somebody is absent; the absence itself is the input's."""
    return isinstance(value, str) and _is_one_of(ABSENT, plain(value.replace(PINNED_MARK, " ")), problem)


def is_sickness(value: Any) -> bool:
    """Whether an absence that a cell says is a sick one."""
    return plain(str(value)).casefold() in _SICK


def _is_one_of(words: frozenset[str], line: str, problem: Problem) -> bool:
    """Whether a line is one of the words, and not the name of a shift."""
    word = line.casefold()
    return word in words and word not in (name.casefold() for name in problem.template_named)


def _typed(line: str, problem: Problem) -> TypedShift:
    template, rest = _named(line, problem)
    if not rest:
        return TypedShift(template)
    parts, days = _in_parts(rest)
    if len(parts) > 2 or not all(parts):
        raise _not_understood(line, problem)
    both = len(parts) == 2
    try:
        start, *ends = (_part(part, both) for part in parts)
    except Unreadable as error:
        if both and any(character.isdigit() for character in rest):
            raise
        raise _not_understood(line, problem, error) from None
    start += days[0] * MINUTES_PER_DAY
    if not ends:
        return TypedShift(template, start)
    end = ends[0] + (days[0] + days[1]) * MINUTES_PER_DAY
    return TypedShift(template, start, end if end > start else end + MINUTES_PER_DAY)


def _named(line: str, problem: Problem) -> tuple[str | None, str]:
    """The shift that a line begins or ends with, by its name or its letters, and what is left of it."""
    low = line.casefold()
    for name in sorted(problem.template_named, key=len, reverse=True):
        one = plain(name).casefold()
        for rest, touches in ((low.removeprefix(one), 0), (low.removesuffix(one), -1)):
            if rest != low and not (rest and rest[touches].isalnum() and one[0 if touches else -1].isalnum()):
                return name, rest.strip(" ,;:()@")
    first, _, rest = low.partition(" ")
    for name, short in short_names(problem).items():
        if first == short.casefold():
            return name, rest.strip(" ,;:()@")
    return None, low


def _in_parts(rest: str) -> tuple[list[str], tuple[int, int]]:
    """The times of a range, and how many days later ``+1`` before and behind them says that they are."""
    front = behind = 0
    for found in _LATER.finditer(rest):
        front, behind = (int(found[1]), behind) if found[1] else (front, int(found[2]))
    times = _LATER.sub("", rest)
    parts = [part.strip() for part in _DASHES.split(times)]
    return parts, (front, behind)


def _part(part: str, in_range: bool) -> int:
    """A clock time; between two dashes a whole number is an hour, which it is not alone."""
    if in_range and _WHOLE_HOUR.fullmatch(part) and int(part) <= 24:
        return int(part) * 60
    return clock(part)


def _clock(value: Any, problem: Problem) -> int:
    try:
        return read_clock(value)[0]
    except Unreadable as error:
        raise _not_understood(value, problem, error) from None


def _not_understood(value: Any, problem: Problem, error: Unreadable | None = None) -> Unreadable:
    names = list(problem.template_named)
    first = problem.templates[0]
    example = f"{clock_words(first.earliest_start)}-{clock_words(first.earliest_start + first.min_length)}"
    guess = did_you_mean(str(value), names) if isinstance(value, str) else ""
    if isinstance(value, str) and _WORD_OF_ABSENCE.search(value.casefold()):
        return Unreadable(
            text("{value} is no shift.", value=shown(value)),
            text(
                'Write a shift, or off. An absence is a row on Availability of the week, of the kind "sick" '
                'or "time off"; a remark goes into a comment or a column of your own.'
            ),
        )
    if error is not None and (not isinstance(value, str) or value[:1].isdigit()):
        guess = f"{error.hint} " if error.hint else guess
    return Unreadable(
        text("{value} is no shift.", value=shown(value)),
        text(
            'Write a shift ({names}), with times or without, as "{name} {example}"; or off. {guess}',
            names=listed(names, 6),
            name=first.name,
            example=example,
            guess=guess,
        ).rstrip(),
    )
