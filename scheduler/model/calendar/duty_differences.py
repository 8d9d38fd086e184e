"""In what two duties differ, for checks of rules on what may change; limits ask with verbs instead."""

from typing import Literal

from scheduler.domain.results.roster import Duty


def difference(was: Duty | None, now: Duty | None) -> Literal["", "breaks", "shift"]:
    """In what two duties of one person and day differ: not, in their breaks alone, or in more."""
    if was is None or now is None:
        return "" if was is now else "shift"
    if shift_of(was) != shift_of(now):
        return "shift"
    return "" if with_breaks((was,)) == with_breaks((now,)) else "breaks"


def shift_of(duty: Duty) -> tuple[str, int, int]:
    """Template, start and end, as instants: what a duty is without its breaks."""
    return duty.template, duty.start, duty.end


def with_breaks(duties: tuple[Duty, ...]) -> list[object]:
    """Shifts and their breaks in order of time, to be compared as they are."""
    return [(shift_of(duty), sorted((pause.start, pause.name) for pause in duty.breaks)) for duty in duties]
