"""What stands under Shift or Day off and is no shift: a word that belongs elsewhere, or a time beside a name.

Called by the row reader for the sheets on single agents' days; says where it belongs, and reads none of it.
"""

import re

from scheduler.domain.values.grid import MINUTES_PER_DAY, MINUTES_PER_HOUR
from scheduler.domain.values.spelling import likeness
from scheduler.domain.values.words import clock_words
from scheduler.io.cells.columns import Column, Sheet
from scheduler.io.cells.known_names import KnownNames
from scheduler.io.cells.parse import Unreadable, plain, shown
from scheduler.texts import text

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:h|uhr)?"
_WITH_TIMES = re.compile(rf"(.*?)[\s,]*{_TIME}(?:\s*(?:-|–|to|bis)\s*{_TIME})?", re.IGNORECASE)
_LONGEST = 60


def refuse_other_words(sheet: Sheet, column: Column, said: object, known: KnownNames) -> None:
    """Refuse what stands for a shift and is none, where it is plain what to write.

    Raises
    ------
    Unreadable
        With what to write instead.
    """
    if column.names_from != "shifts" or not isinstance(said, str) or known.has("shifts", said):
        return
    advice = advised(column, said)
    hint = text(advice) if advice else _several(said, known) or _of_times(sheet, said, known)
    if hint:
        raise Unreadable(text("{said} is not on the Shifts sheet.", said=shown(said)), hint)


def advised(column: Column, value: object) -> str | None:
    """What a column knows to write instead of a word, which may have times behind it: ``Training 9-12``."""
    if not isinstance(value, str):
        return None
    before_times = re.split(r"\d", value[:_LONGEST], maxsplit=1)[0]
    return column.advice.get(likeness(value)) or column.advice.get(likeness(before_times.strip(" ,(:")))


def _several(said: str, known: KnownNames) -> str:
    parts = [part.strip() for part in re.split(r"[/,;]|\band\b", said[:_LONGEST])]
    if len(parts) > 1 and all(known.has("shifts", part) for part in parts):
        return text("Write a row for each: {names}.", names=", ".join(parts))
    return ""


def _of_times(sheet: Sheet, said: str, known: KnownNames) -> str:
    """What to write for a name with a time, or for times alone."""
    match = _WITH_TIMES.fullmatch(plain(said)[:_LONGEST])
    if match is None:
        return ""
    name = match[1].strip()
    times = [
        int(hour) * MINUTES_PER_HOUR + int(minutes or 0)
        for hour, minutes in (match.group(2, 3), match.group(4, 5))
        if hour is not None
    ]
    if (name and not known.has("shifts", name)) or any(time > MINUTES_PER_DAY for time in times):
        return ""
    start, *end = times
    if sheet.key == "wishes":
        window = "-".join(map(clock_words, times))
        if name:
            return text(
                'Write "{name}" here; a start that somebody likes is {window} under Preferred starts on '
                "Agents.",
                name=name,
                window=window,
            )
        return text(
            "A wish names a shift; when somebody likes to start is {window} under Preferred starts on "
            "Agents.",
            window=window,
        )
    if sheet.key != "fixed":
        return ""
    if name:
        return text('Write "{name}" here, and {start} under Start.', name=name, start=clock_words(start))
    if not end:
        return text("Leave Shift blank, and write {start} under Start.", start=clock_words(start))
    length = (end[0] - start) % MINUTES_PER_DAY
    return text(
        "Leave Shift blank, and write {start} under Start and {length} under Length (h).",
        start=clock_words(start),
        length=f"{length // MINUTES_PER_HOUR}:{length % MINUTES_PER_HOUR:02d}",
    )
