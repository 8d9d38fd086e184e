"""Limits over several days as the integer records that ``limits.c`` evaluates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.engine.kernel.arrays import Int32Array
from scheduler.model import Gap, Pair, Rest, Run, Spread, Total
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Verb


@dataclass(frozen=True)
class MultiDayLimit:
    """A limit over several days and its rule; ``price`` is per unit of excess, ``None`` for a must."""

    rule: str
    limit: AgentLimit
    price: int | None


TOTAL, RUN, GAP, PAIR, REST, SPREAD = range(6)
"""Kinds of record, as in ``limits.c``."""
UNBOUNDED = -(1 << 31)
"""In place of a bound where there is none."""
UNKNOWN_PAST = -1
"""In place of the length of a run that reaches in, where nothing is known of the days before the horizon."""


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
            numbers += [kind, len(record), *record]
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
        first += int(numbers[first + 1]) + 2
    return places


def _bound(value: int | None) -> int:
    return UNBOUNDED if value is None else value


def _blocks(blocks: list[tuple[int, ...]]) -> list[int]:
    return [len(blocks), *(number for block in blocks for number in (len(block), *block))]


def _flags(on: tuple[int, ...], days: int) -> list[int]:
    chosen = set(on)
    return [int(day in chosen) for day in range(days)]


def _record(limit: AgentLimit, column: Callable[[Verb], int], days: int) -> tuple[int, list[int]]:
    match limit:
        case Total():
            blocks = [*((day,) for day in limit.on), *limit.on_any_of]
            bounds = [limit.carried_in, _bound(limit.at_least), _bound(limit.at_most)]
            return TOTAL, [column(limit.of), *bounds, *_blocks(blocks)]
        case Run():
            carried = UNKNOWN_PAST if limit.carried_in is None else limit.carried_in
            bounds = [carried, _bound(limit.at_least), _bound(limit.at_most)]
            return RUN, [column(limit.of), *bounds, *_blocks(list(limit.over))]
        case Gap():
            head = [limit.at_least, int(limit.since == "start"), column(limit.after)]
            return GAP, [*head, _bound(limit.carried_in), *_flags(limit.on, days)]
        case Pair():
            first, then = column(limit.first), column(limit.then)
            return PAIR, [first, limit.first_day, then, limit.then_day]
        case Rest():
            spans = [instant for span in sorted(limit.busy) for instant in span]
            return REST, [limit.since, limit.until, limit.at_least, len(limit.busy), *spans]
        case Spread():
            return SPREAD, [limit.at_most, *_flags(limit.on, days)]
        case _:
            raise TypeError(f"no record for {type(limit).__name__}")
