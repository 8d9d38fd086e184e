"""Arithmetic on spans of time: pairs of instants, the end not included; and runs of numbers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from scheduler.domain.values.grid import Span


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans as disjoint ones in order.

    >>> merged([(5, 9), (0, 3), (3, 4), (8, 12)])
    ((0, 4), (5, 12))
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return tuple(joined)


def without(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """The difference of a span and sorted spans.

    >>> list(without((0, 10), [(2, 3), (8, 20)]))
    [(0, 2), (3, 8)]
    """
    start, end = span
    for begin, finish in touching(holes, start, end):
        if begin > start:
            yield start, begin
        start = max(start, finish)
    if start < end:
        yield start, end


def touching(spans: Sequence[Span], since: int, until: int) -> tuple[Span, ...]:
    """Those of some spans in order, none overlapping, that share time with ``since`` to ``until``."""
    first = bisect_right(spans, since, key=itemgetter(1))
    after = bisect_left(spans, until, lo=first, key=itemgetter(0))
    return tuple(spans[first:after])


def neighbours(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of successive numbers.

    >>> list(neighbours([3, 4, 5, 9]))
    [(3, 5), (9, 9)]
    """
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = number
        elif number != last + 1:
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
