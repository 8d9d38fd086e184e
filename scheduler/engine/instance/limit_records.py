"""Limits over several days as the integer records that ``limits.c`` evaluates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from scheduler.engine.kernel.arrays import Int32Array
from scheduler.model import Gap, Pair, Rest, Run, Spread, Total
from scheduler.model.limits.kinds import AgentLimit, Block
from scheduler.model.limits.verbs import Verb


@dataclass(frozen=True)
class MultiDayLimit:
    """A limit over several days and its rule, or the premium that is paid beyond it.

    ``price`` is per unit of excess, ``None`` for a must; ``is_pay`` says that it is a premium's.
    """

    rule: str
    limit: AgentLimit
    price: int | None
    is_pay: bool = False


TOTAL, RUN, GAP, PAIR, REST, SPREAD = range(6)
"""Kinds of record, as in ``limits.c``."""
UNBOUNDED = -(1 << 31)
"""In place of a bound where there is none."""
UNKNOWN_PAST = -1
"""In place of the length of a run that reaches in, where nothing is known of the days before the horizon."""


class Record(NamedTuple):
    """``Record`` of ``limits.c``: the head of every record; so many numbers follow."""

    kind: int
    length: int


class BlockLimit(NamedTuple):
    """``BlockLimit`` of ``limits.c``, for totals and runs; of each block its length and its days follow."""

    column: int
    carried: int
    least: int
    most: int
    blocks: int


class GapLimit(NamedTuple):
    """``GapLimit`` of ``limits.c``; a flag for each day follows."""

    minutes: int
    since_start: int
    column: int
    carried: int
    row_days: int
    carried_days: int


class PairLimit(NamedTuple):
    """``PairLimit`` of ``limits.c``."""

    column: int
    day: int
    then_column: int
    then_day: int


class RestLimit(NamedTuple):
    """``RestLimit`` of ``limits.c``; start and end of each span follow."""

    since: int
    until: int
    minutes: int
    spans: int


class SpreadLimit(NamedTuple):
    """``SpreadLimit`` of ``limits.c``; a flag for each day follows."""

    minutes: int


def stream_of(limits: list[list[MultiDayLimit]], column: Callable[[Verb], int], days: int) -> dict[str, Any]:
    """The records of all agents, where each agent's begin, and every limit's price: fields of ``Model``.

    Parameters
    ----------
    limits
        Of each agent.
    column
        The number of a verb's column in the table of amounts.
    days
        Length of the horizon.
    """
    numbers: list[int] = []
    prices: list[float] = []
    limit_from, number_from = [0], [0]
    for multi_day in limits:
        for one in multi_day:
            kind, record = _record(one.limit, column, days)
            numbers += [*Record(kind, len(record)), *record]
            prices.append(-1.0 if one.price is None else float(one.price))
        limit_from.append(len(numbers))
        number_from.append(len(prices))
    return {
        "limit": np.array(numbers or [0], np.int32),
        "limit_from": np.array(limit_from, np.int64),
        "limit_price": np.array(prices or [0.0], np.float64),
        "limit_number_from": np.array(number_from, np.int64),
    }


def begins(numbers: Int32Array, first: int, count: int) -> list[int]:
    """Where each of ``count`` records in a row begins in the stream, from the place of the first."""
    places = []
    for _ in range(count):
        places.append(first)
        head = Record(*numbers[first : first + len(Record._fields)].tolist())
        first += len(head) + head.length
    return places


def _bound(value: int | None) -> int:
    return UNBOUNDED if value is None else value


def _flags(on: tuple[int, ...], days: int) -> list[int]:
    chosen = set(on)
    return [int(day in chosen) for day in range(days)]


def _block_limit(column: int, carried: int, limit: Total | Run, blocks: list[Block]) -> list[int]:
    head = BlockLimit(column, carried, _bound(limit.at_least), _bound(limit.at_most), len(blocks))
    return [*head, *(number for block in blocks for number in (len(block), *block))]


def _record(limit: AgentLimit, column: Callable[[Verb], int], days: int) -> tuple[int, list[int]]:
    match limit:
        case Total():
            blocks = [*((day,) for day in limit.on), *limit.on_any_of]
            return TOTAL, _block_limit(column(limit.of), limit.carried_in, limit, blocks)
        case Run():
            carried = UNKNOWN_PAST if limit.carried_in is None else limit.carried_in
            return RUN, _block_limit(column(limit.of), carried, limit, list(limit.over))
        case Gap():
            is_since_start, carried = int(limit.since == "start"), _bound(limit.carried_in)
            rows = limit.in_a_row, limit.in_a_row_before
            gap = GapLimit(limit.at_least, is_since_start, column(limit.after), carried, *rows)
            return GAP, [*gap, *_flags(limit.on, days)]
        case Pair():
            return PAIR, [
                *PairLimit(column(limit.first), limit.first_day, column(limit.then), limit.then_day)
            ]
        case Rest():
            rest = RestLimit(limit.since, limit.until, limit.at_least, len(limit.busy))
            return REST, [*rest, *(instant for span in sorted(limit.busy) for instant in span)]
        case Spread():
            return SPREAD, [*SpreadLimit(limit.at_most), *_flags(limit.on, days)]
        case _:
            raise TypeError(f"no record for {type(limit).__name__}")
