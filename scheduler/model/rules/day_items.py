"""Days of a pattern as planners write them: ``Late``, ``Late/Night``, ``not Night``, ``free Fri``, ``work``.

A day says what is worked on it, or that it is free, and may name its weekday behind that.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding, NamesOnSheet, Place
from scheduler.domain.values.words import WEEKDAYS
from scheduler.texts import text

_WEEKDAY = {name.casefold(): number for number, full in enumerate(WEEKDAYS) for name in (full, full[:3])}
_PLAIN: dict[str, Literal["free", "work", "any"]] = {
    "free": "free",
    "off": "free",
    "work": "work",
    "any": "any",
}
_BUT = "not "


@dataclass(frozen=True, slots=True)
class DayItem:
    """What one day of a pattern is.

    Parameters
    ----------
    what
        Free, any work, anything, one of the shifts, or another shift than these.
    templates
        Names of shift templates.
    weekday
        0 for Monday; ``None`` is any.
    """

    what: Literal["free", "work", "any", "of", "not of"]
    templates: tuple[str, ...] = ()
    weekday: int | None = None

    @property
    def is_shift(self) -> bool:
        """Whether it names shifts."""
        return bool(self.templates)

    def fits(self, is_worked: bool, templates: Collection[str]) -> bool:
        """Whether a day on which these shifts were worked is as the pattern says."""
        match self.what:
            case "any":
                return True
            case "free":
                return not is_worked
            case "work":
                return is_worked
            case "of":
                return any(name in self.templates for name in templates)
            case _:
                return any(name not in self.templates for name in templates)


def day_item(written: str) -> DayItem:
    """A day of a pattern, as it is written.

    >>> day_item("free Fri")
    DayItem(what='free', templates=(), weekday=4)
    >>> day_item("not Early/Night").templates
    ('Early', 'Night')
    """
    said = " ".join(written.split())
    words = said.split(" ")
    weekday = _WEEKDAY.get(words[-1].casefold().rstrip(".")) if len(words) > 1 else None
    if weekday is not None:
        said = " ".join(words[:-1])
    if said.casefold() in _PLAIN:
        return DayItem(_PLAIN[said.casefold()], (), weekday)
    is_other = said.casefold().startswith(_BUT)
    names = tuple(name.strip() for name in said[len(_BUT) if is_other else 0 :].split("/") if name.strip())
    return DayItem("not of" if is_other else "of", names, weekday)


def unknown_shifts(problem: Problem, items: Sequence[DayItem]) -> Iterator[Finding]:
    """Names of shifts that are not there, in a rule's field ``days``."""
    known = NamesOnSheet(text("shift template"), problem.template_named, "Shifts")
    for place, item in enumerate(items):
        for name in item.templates:
            if name not in known:
                message, hint = known.unknown(name)
                yield Finding(place=Place(path=("days", place)), message=message, hint=hint)


def first_weekday(items: Sequence[DayItem]) -> int | None:
    """The weekday of the first day; ``None`` where no day names one.

    Raises
    ------
    ValueError
        If the weekdays that are named do not follow one another like the days.
    """
    firsts = {(item.weekday - place) % 7 for place, item in enumerate(items) if item.weekday is not None}
    if len(firsts) > 1:
        raise ValueError(text("the weekdays do not follow one another"))
    return next(iter(firsts), None)
