"""Verbs tabulated over all shift options: the amounts that ``Verb.amount`` gives one by one.

A verb that is not listed here raises: the engine never drops in silence what it does not know.
"""

from collections.abc import Iterable

import numpy as np

from scheduler.domain.findings.errors import unsupported
from scheduler.engine.instance.shift_options import Options
from scheduler.engine.kernel.arrays import BoolArray, Int32Array
from scheduler.model.limits.verbs import (
    AlongPattern,
    Anything,
    Beyond,
    BreaksShort,
    DiffersFrom,
    ElapsedMinutes,
    Free,
    MinutesWithin,
    Night,
    NightMinutes,
    OfLength,
    OfTemplate,
    PaidMinutes,
    ShiftMinutes,
    StartsOutside,
    TimesOutside,
    TowardsOvertime,
    UnderWay,
    Verb,
    Worked,
    WorkedMinutes,
)
from scheduler.texts import text


def free_amount(verb: Verb) -> int:
    """The verb's amount for a free day."""
    return int(isinstance(verb, Free | Anything | AlongPattern))


def amounts(options: Options, verb: Verb, zone: int, day: int) -> Int32Array:
    """A verb's amount for each option on a local day, shape (options,).

    For options that do not exist on the day the number means nothing.

    Raises
    ------
    UnsupportedRule
        If the verb is not one of those the engine tabulates.
    """
    start = options.start_instant[zone, day]
    end = start + options.elapsed
    match verb:
        case Worked():
            return np.ones(options.count, np.int32)
        case Free():
            return np.zeros(options.count, np.int32)
        case PaidMinutes():
            return options.paid
        case TowardsOvertime(caps, more):
            left = options.paid
            for one in more:
                left = np.where(_are_of(options, one, day), left + one.minutes, left)
            for one in caps:
                left = np.where(_are_of(options, one, day), np.minimum(left, one.minutes), left)
            return left.astype(np.int32)
        case WorkedMinutes():
            return options.worked
        case ElapsedMinutes():
            return options.elapsed
        case OfTemplate(templates):
            chosen = [i for i, t in enumerate(options.problem.templates) if t.name in templates]
            return np.isin(options.template, chosen).astype(np.int32)
        case OfLength(lengths):
            return np.isin(options.elapsed, list(lengths)).astype(np.int32)
        case Beyond(of, least, most):
            of_duty = amounts(options, of, zone, day).astype(np.int64)
            short = 0 if least is None else np.maximum(0, least - of_duty)
            over = 0 if most is None else np.maximum(0, of_duty - most)
            return np.broadcast_to(short + over, of_duty.shape).astype(np.int32)
        case BreaksShort():
            given = options.problem.templates
            shifts = list(zip(options.template.tolist(), options.elapsed.tolist(), strict=True))
            missing = {(t, e): verb.of_shift(e, given[t].breaks_of(e)) for t, e in set(shifts)}
            return np.array([missing[shift] for shift in shifts], np.int32)
        case TimesOutside():
            name = options.slots.zones[zone]
            earliest, latest, first_end, last_end = verb.instants(options.problem, name, day)
            outside = (start < earliest).astype(np.int32) + (start > latest)
            return np.asarray(outside + (end < first_end) + (end > last_end), np.int32)
        case NightMinutes(since, until):
            grid, name = options.problem.grid, options.slots.zones[zone]
            spans = [
                (grid.instant_on_day(d, since, name), grid.instant_on_day(d, until, name))
                for d in range(day - 1, day + 3)
            ]
            return _overlap(start, end, spans)
        case Night(since, until, least):
            return (amounts(options, NightMinutes(since, until), zone, day) >= least).astype(np.int32)
        case Anything():
            return np.ones(options.count, np.int32)
        case AlongPattern():
            asked = verb.asked_on(day)
            if isinstance(asked, Free | Anything):
                return np.full(options.count, int(isinstance(asked, Anything)), np.int32)
            return (1 + (amounts(options, asked, zone, day) > 0)).astype(np.int32)
        case StartsOutside(windows):
            inside = np.zeros(options.count, bool)
            for first, last in windows:
                inside |= (options.clock >= first) & (options.clock <= last)
            return (~inside).astype(np.int32)
        case MinutesWithin(spans):
            return _overlap(start, end, spans)
        case DiffersFrom(pin):
            same = np.full(options.count, not pin.off)
            if pin.template is not None:
                names = [template.name for template in options.problem.templates]
                same &= options.template == names.index(pin.template)
            if pin.start is not None:
                same &= options.clock == pin.start
            if pin.length_minutes is not None:
                same &= options.elapsed == pin.length_minutes
            if pin.break_starts:  # only the option made for this pin is sure to have its breaks there
                same &= options.laid_as(zone, day, verb)
            return (~same).astype(np.int32)
        case UnderWay(template, clock, since, _, length):
            names = [one.name for one in options.problem.templates]
            same = np.asarray(options.template == names.index(template))
            same &= (options.clock == clock) & (end >= since) & options.laid_as(zone, day, verb)
            if length is not None:
                same &= options.elapsed == length
            return (~same).astype(np.int32)
        case _:
            raise unsupported(text('the engine cannot count "{name}" on a shift', name=type(verb).__name__))


def _are_of(options: Options, minutes: ShiftMinutes, day: int) -> BoolArray:
    """Of which options some minutes are said on a day."""
    names = [template.name for template in options.problem.templates]
    return np.isin(options.template, [n for n, name in enumerate(names) if minutes.are_of(name, day)])


def _overlap(start: Int32Array, end: Int32Array, spans: Iterable[tuple[int, int]]) -> Int32Array:
    total = np.zeros(len(start), np.int64)
    for since, until in spans:
        total += np.maximum(0, np.minimum(end, until) - np.maximum(start, since))
    return total.astype(np.int32)
