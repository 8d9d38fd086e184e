"""Checks that the breaks of each shift template can be placed: windows, order, and room for them."""

from collections.abc import Iterator
from itertools import permutations

from scheduler.domain.facts.problem import Break, BreakBand, Problem, ShiftTemplate
from scheduler.domain.findings.faults import FactPath, error, off_grain, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.domain.values.words import clock_words, hours_words, listed
from scheduler.texts import marked, text, text_n

_MOST_IN_ANY_ORDER = 6
_MOST_SHOWN = 6
_LONGEST_WITHOUT_BREAK = 6 * MINUTES_PER_HOUR
"""Longer work has a break by article 4 of directive 2003/88/EC."""
_WHERE = {"start": marked(" after the start"), "end": marked(" before the end"), "clock": ""}
"""The words behind a break's times, by what they are measured from."""


def break_faults(problem: Problem) -> list[Finding]:
    """What is wrong with the break sets of every template."""
    found: list[Finding] = []
    for index, template in enumerate(problem.templates):
        bands: list[tuple[FactPath, BreakBand]] = [
            (("templates", index, "breaks", at), band) for at, band in enumerate(template.breaks)
        ]
        faults = [fault for path, band in bands for fault in _band_faults(path, template, band)]
        faults += _repeated_bands(bands, template)
        found += faults
        if not any(fault.is_error for fault in faults) and template.starts and template.lengths:
            found += _room_faults(bands, template)
    return [*found, *_without_breaks(problem)]


def _without_breaks(problem: Problem) -> Iterator[Finding]:
    """Shifts of lengths that no row of breaks is for, though shifts as long, or shorter ones, have a break.

    A row that names lengths and no break says that they have none.
    """
    with_break = [
        (min(held), template.name)
        for template in problem.templates
        if (held := [length for length in template.lengths if template.breaks_of(length)])
    ]
    if not with_break:
        yield from _no_break_at_all(problem)
        return
    least, of = min(with_break)
    seen = [
        (index, template.name, lengths)
        for index, template in enumerate(problem.templates)
        if (lengths := [one for one in template.lengths if one >= least and not _has_row(template, one)])
    ]
    if seen:
        index, name, lengths = seen[0]
        yield warning(
            ("templates", index),
            text_n(
                '{number} shift has no row of breaks for some of its lengths ("{name}" of {lengths}), while '
                '"{of}" of {least} has a break.',
                '{number} shifts have no row of breaks for some of their lengths (first "{name}" of '
                '{lengths}), while "{of}" of {least} has a break.',
                len(seen),
                number=len(seen),
                name=name,
                lengths=_lengths_words(lengths),
                of=of,
                least=hours_words(least),
            ),
            text(
                "Add the rows on Breaks; if there is none, a row with the shift and its lengths, and no "
                "break, says so."
            ),
        )


def _no_break_at_all(problem: Problem) -> Iterator[Finding]:
    """Long shifts of a book without any break, as a deleted sheet leaves it, beside demand by the interval.

    Where people are asked for by the shift alone, breaks do not lower what is there, and books have none. A
    few days are a part of a week, which may leave out what does not matter to it.
    """
    is_whole_week = problem.grid.days >= DAYS_PER_WEEK
    if not (is_whole_week and any(any(demand.required) for demand in problem.demand)):
        return
    seen = [
        (index, template)
        for index, template in enumerate(problem.templates)
        if any(
            length > _LONGEST_WITHOUT_BREAK and not _has_row(template, length) for length in template.lengths
        )
    ]
    if seen:
        index, template = seen[0]
        yield warning(
            ("templates", index),
            text_n(
                'no shift has any break, and {number} shift is longer than {longest} ("{name}" of {lasts}).',
                'no shift has any break, and {number} shifts are longer than {longest} (first "{name}" of '
                "{lasts}).",
                len(seen),
                number=len(seen),
                longest=hours_words(_LONGEST_WITHOUT_BREAK),
                name=template.name,
                lasts=hours_words(template.max_length),
            ),
            text(
                "Add the rows on Breaks; if there is none, a row with the shift and its lengths, and no "
                "break, says so."
            ),
        )


def _has_row(template: ShiftTemplate, length: int) -> bool:
    return any(band.min_shift_minutes <= length <= band.max_shift_minutes for band in template.breaks)


def _repeated_bands(bands: list[tuple[FactPath, BreakBand]], template: ShiftTemplate) -> Iterator[Finding]:
    """Breaks that never apply, as others for the very same lengths of the shift stand before them."""
    seen: set[tuple[int, int]] = set()
    for path, band in bands:
        lengths = (band.min_shift_minutes, band.max_shift_minutes)
        if lengths in seen:
            yield error(
                path,
                text(
                    'breaks of shift "{template}" stand twice for the same lengths.', template=template.name
                ),
                text("The first ones apply. Give all breaks of these lengths together."),
            )
        seen.add(lengths)


def _band_faults(path: FactPath, template: ShiftTemplate, band: BreakBand) -> Iterator[Finding]:
    if band.max_shift_minutes < band.min_shift_minutes:
        yield error(
            (*path, "max_shift_minutes"),
            text('breaks of shift "{template}": the shift lengths are reversed.', template=template.name),
        )
    names: set[str] = set()
    for at, pause in enumerate(band.breaks):
        where = (*path, "breaks", at)
        whose = text('break "{pause}" of shift "{template}"', pause=pause.name, template=template.name)
        if pause.name in names:
            yield error(
                (*where, "name"),
                text("{whose} is given twice.", whose=whose),
                text("Give each its own name."),
            )
        names.add(pause.name)
        off = [
            fault
            for key in ("length_minutes", "earliest_start", "latest_start", "step_minutes")
            for fault in off_grain(
                (*where, key),
                text("{whose}: the {key}", whose=whose, key=key.removesuffix("_minutes").replace("_", " ")),
                getattr(pause, key),
                is_clock=key.endswith("start"),
            )
        ]
        yield from off
        first, last = pause.earliest_start, pause.latest_start
        if pause.measured_from == "end":
            first, last = last, first
        if last < first:
            hint = (
                text("Measured from the end, the larger number is the earliest.")
                if pause.measured_from == "end"
                else ""
            )
            yield error(
                (*where, "latest_start"),
                text("{whose}: the latest start is before the earliest.", whose=whose),
                hint,
            )
        elif not off and (missed := (last - first) % pause.step_minutes):
            planned = pause.latest_start + (missed if pause.measured_from == "end" else -missed)
            yield warning(
                (*where, "latest_start"),
                text(
                    "{whose}: the latest start {latest_start}{where} is not on the step; {planned} is the "
                    "last that is planned.",
                    whose=whose,
                    latest_start=_in_words(pause, pause.latest_start),
                    where=_WHERE[pause.measured_from],
                    planned=_in_words(pause, planned),
                ),
            )


def _room_faults(bands: list[tuple[FactPath, BreakBand]], template: ShiftTemplate) -> Iterator[Finding]:
    """Shifts that have no room for the breaks of their length."""
    for path, band in bands:
        lengths = [
            length
            for length in template.lengths
            if next(
                (one for _, one in bands if one.min_shift_minutes <= length <= one.max_shift_minutes), None
            )
            is band
        ]
        if not lengths:
            yield from _unused(path, template, band)
            continue
        alone = list(_alone(path, template, band, lengths))
        yield from alone
        if not any(fault.is_error for fault in alone):
            yield from _together(path, template, band, lengths)


def _unused(path: FactPath, template: ShiftTemplate, band: BreakBand) -> Iterator[Finding]:
    """Breaks that no length of the shift has.

    Rows for lengths that the shift may get one day are no mistake, as long as each that it has now has a row.
    """
    if band.max_shift_minutes >= template.min_length and band.min_shift_minutes <= template.max_length:
        yield warning(
            path,
            text(
                'no length of shift "{template}" has these breaks: other rows go before them.',
                template=template.name,
            ),
        )
    elif not all(_has_row(template, length) for length in template.lengths):
        yield warning(
            path,
            text(
                'no length of shift "{template}" lies between {min_shift_minutes} and {max_shift_minutes}.',
                template=template.name,
                min_shift_minutes=hours_words(band.min_shift_minutes),
                max_shift_minutes=hours_words(band.max_shift_minutes),
            ),
        )


def _alone(path: FactPath, template: ShiftTemplate, band: BreakBand, lengths: list[int]) -> Iterator[Finding]:
    """Breaks whose window lies outside the shift, each looked at by itself."""
    for at, pause in enumerate(band.breaks):
        where = (*path, "breaks", at, "earliest_start")
        starts = template.starts if pause.measured_from == "clock" else template.starts[:1]
        outside = [
            (start, length) for length in lengths for start in starts if not _starts(pause, start, length)
        ]
        if outside and len(outside) == len(lengths) * len(starts):
            yield error(
                where,
                text(
                    'break "{pause}": its window {window} lies outside shift "{template}" of {lengths}.',
                    pause=pause.name,
                    window=_window_words(pause),
                    template=template.name,
                    lengths=_lengths_words(lengths),
                ),
                text(
                    "A break must begin and end inside the shift: {latest} after its start at the latest. "
                    "Mend the window, or lengthen the shift.",
                    latest=hours_words(max(0, max(lengths) - pause.length_minutes)),
                ),
            )
        elif outside:
            start, length = outside[0]
            lasts = listed([*map(hours_words, sorted({one for _, one in outside}))], _MOST_SHOWN)
            if pause.measured_from == "clock":
                lasts = text(
                    "{lasts} and starts at {start}", lasts=hours_words(length), start=clock_words(start)
                )
            yield error(
                where,
                text(
                    'break "{pause}": its window {window} lies outside shift "{template}" when that lasts '
                    "{lasts}.",
                    pause=pause.name,
                    window=_window_words(pause),
                    template=template.name,
                    lasts=lasts,
                ),
                text("Give shifts of that length their own rows of breaks, or widen the window."),
            )


def _together(
    path: FactPath, template: ShiftTemplate, band: BreakBand, lengths: list[int]
) -> Iterator[Finding]:
    """Break sets whose breaks fit one by one, but not together."""
    by_clock = any(pause.measured_from == "clock" for pause in band.breaks)
    starts = template.starts if by_clock else template.starts[:1]
    for length in lengths:
        for start in starts:
            if not _has_room(band.breaks, start, length):
                when = text(" that starts at {start}", start=clock_words(start)) if by_clock else ""
                yield error(
                    path,
                    text(
                        'the breaks {breaks} cannot all be placed in shift "{template}" of {length}{when}.',
                        breaks=", ".join(pause.name for pause in band.breaks),
                        template=template.name,
                        length=hours_words(length),
                        when=when,
                    ),
                    text("Their windows leave no room for one beside the other."),
                )
                return


def _has_room(breaks: tuple[Break, ...], start: int, length: int) -> bool:
    orders = permutations(breaks) if len(breaks) <= _MOST_IN_ANY_ORDER else iter([breaks])
    return any(_fits(order, start, length) for order in orders)


def _fits(order: tuple[Break, ...], start: int, length: int) -> bool:
    """Whether breaks fit one after the other, each as early as it can be."""
    free_from = start
    for pause in order:
        placed = next((at for at in _starts(pause, start, length) if at >= free_from), None)
        if placed is None:
            return False
        free_from = placed + pause.length_minutes
    return True


def _starts(pause: Break, start: int, length: int) -> list[int]:
    """Clock minutes at which a break may begin in a shift, wholly inside it."""
    first, last = pause.earliest_start, pause.latest_start
    if pause.measured_from == "start":
        first, last = start + first, start + last
    elif pause.measured_from == "end":
        first, last = start + length - first, start + length - last
    every = range(first, last + 1, pause.step_minutes)
    return [at for at in every if start <= at <= start + length - pause.length_minutes]


def _window_words(pause: Break) -> str:
    first, last = _in_words(pause, pause.earliest_start), _in_words(pause, pause.latest_start)
    where = text(_WHERE[pause.measured_from])
    if first == last:
        return f"{first}{where}"
    return text("{first} to {last}{text}", first=first, last=last, text=where)


def _in_words(pause: Break, minutes: int) -> str:
    """An end of the window: a time of day, or how long after the start or before the end it lies."""
    return clock_words(minutes) if pause.measured_from == "clock" else hours_words(minutes)


def _lengths_words(lengths: list[int]) -> str:
    if lengths[0] == lengths[-1]:
        return hours_words(lengths[0])
    return text("{first} to {last}", first=hours_words(lengths[0]), last=hours_words(lengths[-1]))
