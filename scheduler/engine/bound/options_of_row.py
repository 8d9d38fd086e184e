"""Earnings and supply of some options at many price vectors; the arguments of kernel calls are made once."""

import ctypes
from typing import Any

import numpy as np

from scheduler.engine.bound.pricing_classes import RowKey
from scheduler.engine.kernel.arrays import Float64Array, Int64Array
from scheduler.engine.kernel.bindings import exports


class OptionsOfRow:
    """Some options of one row of earnings, without headcounts, asked for again and again.

    Attributes
    ----------
    group
        Whose running sums of worth count.
    numbers
        The options, shape (numbers,).
    """

    def __init__(self, model: Any, row: RowKey, numbers: Int64Array) -> None:
        self.group, *self._place, self._heads = row
        self.numbers, self._slots, self._model = numbers, model.slots, ctypes.byref(model)
        self._asked, self._count = np.zeros(model.options, np.uint8), np.zeros(model.options)
        self._asked[numbers] = 1
        self._nothing = np.zeros(max(1, model.heads * model.days))

    def earned(self, sums: Float64Array) -> Float64Array:
        """What each option earns at several prices, shape (prices, numbers); ``NEVER`` if none may work it.

        Parameters
        ----------
        sums
            Running sums of worth, shape (prices, slots + 1).
        """
        earned = np.empty((len(sums), len(self._asked)))
        asked, nothing = self._asked.ctypes.data, self._nothing.ctypes.data
        ways = zip(_rows_of(sums), _rows_of(earned), strict=True)
        for worth, into in ways:
            exports().earnings(self._model, *self._place, worth, self._heads, asked, nothing, into)
        return earned[:, self.numbers]

    def covered(self, options: Int64Array, sums: Float64Array) -> Float64Array:
        """Where each option is at work with its cheapest layout at its own prices, shape (prices, slots)."""
        supply = np.zeros((len(sums), self._slots))
        count, nobody = self._count.ctypes.data, self._nothing.ctypes.data
        for option, worth, into in zip(options.tolist(), _rows_of(sums), _rows_of(supply), strict=True):
            self._count[option] = 1.0
            exports().supply(self._model, *self._place, worth, self._heads, count, into, nobody)
            self._count[option] = 0.0
        self._nothing[...] = 0.0
        return supply


def _rows_of(table: Float64Array) -> range:
    """Where the rows of a table begin in memory."""
    begin = table.ctypes.data
    row_bytes = max(1, table.shape[1] * table.itemsize)  # strides are 0 for a lonely row
    return range(begin, begin + len(table) * row_bytes, row_bytes)
