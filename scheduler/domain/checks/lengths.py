"""Lengths of shifts to the minute, and what they do to the slots of time that a search looks at."""

from collections.abc import Iterator
from itertools import chain
from math import gcd

from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.slot_marks import slot_marks
from scheduler.domain.findings.faults import GRAIN_MINUTES, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import either, hours_words
from scheduler.texts import text

SLOW_MINUTES = 3
"""Slots below this are told. A fifth of a week of full hours is a whole number of tenths of an hour, which on
quarters of an hour makes slots of three minutes; shorter ones come from lengths that nobody agrees on."""


def slots_cut_short(problem: Problem) -> Iterator[Finding]:
    """The first length that makes the search look at minutes one by one, or by twos.

    Only lengths are no multiples of ``GRAIN_MINUTES``. Where none does it alone, it is the last of them.
    """
    marks = [problem.grid.interval_minutes, *chain.from_iterable(map(slot_marks, problem.templates))]
    slot = gcd(*marks)
    odd = [
        (index, length)
        for index, template in enumerate(problem.templates)
        for length in template.lengths
        if length % GRAIN_MINUTES
    ]
    if slot >= SLOW_MINUTES or not odd:
        return
    others = gcd(*(mark for mark in marks if mark % GRAIN_MINUTES == 0))
    index, length = next((one for one in odd if gcd(others, one[1]) < SLOW_MINUTES), odd[-1])
    near = [length - length % GRAIN_MINUTES, length - length % GRAIN_MINUTES + GRAIN_MINUTES]
    yield warning(
        ("templates", index, "min_length"),
        text(
            'shift "{name}" of {length}: beside the other times of shifts and breaks this makes the search '
            "look at time in steps of {slot} min, which takes it several times as long.",
            name=problem.templates[index].name,
            length=hours_words(length),
            slot=slot,
        ),
        text("Where the minutes do not matter, write {near}.", near=either([*map(hours_words, near)])),
    )
