"""Limits that say where breaks are, and the options that they bring.

Verbs look at the shift, not at where its breaks lie. One that says where they are gets options of its own,
whose breaks can lie nowhere else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeGuard

from scheduler.domain.facts.problem import Problem
from scheduler.engine.instance.slots import Slots
from scheduler.model.limits.verbs import DiffersFrom, UnderWay, Verb

BreakVerb = DiffersFrom | UnderWay
"""Verbs that may say where breaks are."""
Row = tuple[int, int, int]
"""Template number, start in clock minutes, and minutes from start to end."""


@dataclass(frozen=True)
class PinnedBreaks:
    """Where the breaks of an option are.

    Parameters
    ----------
    break_starts
        Of each break of the set, as instants; ``None`` where it is open.
    since
        Instant before which no open break starts; ``None`` where none is open.
    """

    zone: int
    day: int
    break_starts: tuple[int | None, ...]
    since: int | None = None

    def keeps(self, verb: UnderWay, names: Sequence[str]) -> bool:
        """Whether breaks of these names at these places agree with those of the duty under way."""
        begun = dict(verb.begun)
        for name, start in zip(names, self.break_starts, strict=True):
            since = self.since if start is None else start
            if name in begun and start != begun[name]:
                return False
            if name not in begun and (since is None or since < verb.since):
                return False
        return True


def pins_breaks(verb: Verb) -> TypeGuard[BreakVerb]:
    """Whether a verb says where breaks are."""
    return isinstance(verb, UnderWay) or (isinstance(verb, DiffersFrom) and bool(verb.pin.break_starts))


def break_instants(problem: Problem, zone: str, day: int, verb: BreakVerb) -> tuple[int, ...]:
    """The instants at which it wants breaks on that day of a clock."""
    if isinstance(verb, UnderWay):
        return tuple(at for _, at in verb.begun)
    return tuple(problem.grid.instant_on_day(day, clock, zone) for clock in verb.pin.break_starts)


def pinned_breaks(slots: Slots, zone: str, day: int, verb: BreakVerb) -> Iterator[tuple[Row, PinnedBreaks]]:
    """The shifts that the verb allows on that day of a clock, each with its breaks."""
    problem, laid = slots.problem, partial(PinnedBreaks, slots.zones.index(zone), day)
    wanted_starts = break_instants(problem, zone, day, verb)
    for number, template in enumerate(problem.templates):
        wanted = verb.template if isinstance(verb, UnderWay) else verb.pin.template
        if wanted not in (None, template.name) or problem.grid.weekday(day) not in template.weekdays:
            continue
        for length in template.lengths:
            names = [pause.name for pause in template.breaks_of(length)]
            if isinstance(verb, UnderWay):
                begun = dict(verb.begun)
                if not begun.keys() <= set(names) or verb.length_minutes not in (None, length):
                    continue
                starts: tuple[int | None, ...] = tuple(map(begun.get, names))
                pinned = laid(starts, verb.since if None in starts else None)
            elif verb.pin.length_minutes in (None, length) and len(names) == len(wanted_starts):
                pinned = laid(wanted_starts)
            else:
                continue
            at = verb.start if isinstance(verb, UnderWay) else verb.pin.start
            for clock in template.starts if at is None else (at,) if at in template.starts else ():
                yield (number, clock, length), pinned
