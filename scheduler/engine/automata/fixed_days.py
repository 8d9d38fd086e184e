"""Automata of agents with most days fixed: small enough for sums that automata of whole weeks leave out.

Where all but a few weeks are fixed, what is left of each sum is a small number, so that an automaton of the
free days carries every rule. On nrp24 22 it has 39 states a day instead of 2,372, and is made in 2 ms.
"""

import ctypes
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.limit_records import begins
from scheduler.engine.instance.roster_arrays import OPEN, OptionTable, Week
from scheduler.engine.kernel.arrays import Float64Array, Int64Array
from scheduler.engine.kernel.bindings import exports
from scheduler.model import Total


@dataclass(frozen=True)
class FixedDaysPolicy:
    """Parameters of how large these automata may be."""

    most_states: int = 3000
    """States of one day; where there are more, the sum with the most values is left out. More keeps more sums
    exact in a neighbourhood, and takes more memory and time in proportion."""


POLICY = FixedDaysPolicy()


@dataclass(eq=False)
class FixedDaysAutomaton:
    """An agent's fixed days, and the automaton of the others.

    Parameters
    ----------
    days
        Options, ``FREE`` or ``OPEN``, shape (days,).
    address, first_state
        Address of the compiled core's ``Automaton``, and the state in which it begins.
    scratch
        Doubles that its dynamic programme needs.
    charged
        What the automaton charges on top for a week, in sixtieths of a cent.
    """

    days: Week
    address: int
    first_state: int
    scratch: int
    charged: Callable[[Week], float]


@dataclass(eq=False)
class FixedDaysBuilder:
    """Makes the automata of agents with fixed days.

    An agent may work few weekends, and one day of work uses a weekend up. So each can be charged for: a
    neighbourhood then leaves to the others those that it does not need.
    """

    instance: Instance
    automata: WeekAutomata
    _sums: list[Int64Array] = field(init=False)
    _scarce: list[Float64Array] = field(init=False)

    def __post_init__(self) -> None:
        """Find the records of sums that no automaton carries or that are scarce."""
        left_out, kept = set(self.automata.left_out), self.instance.struct.kept
        self._sums, self._scarce = [], []
        for agent, multi_day in enumerate(self.instance.multi_day_limits):
            places = begins(kept["limit"], int(kept["limit_from"][agent]), len(multi_day))
            mine = [
                (at, float(_is_scarce(one.limit)))
                for at, one in zip(places, multi_day, strict=True)
                if one.price is None
                and isinstance(one.limit, Total)
                and (one.rule in left_out or _is_scarce(one.limit))
            ]
            self._sums.append(np.array([at for at, _ in mine], np.int64))
            self._scarce.append(np.array([scarce for _, scarce in mine], np.float64))

    @property
    def is_anything_scarce(self) -> bool:
        """Whether there is anything to charge for."""
        return any(scarce.any() for scarce in self._scarce)

    def automaton(self, agent: int, days: Week, charge: float) -> FixedDaysAutomaton:
        """The automaton of an agent with these fixed days; that of whole weeks where none is smaller."""
        sums, charges = self._sums[agent], charge * self._scarce[agent]
        whole, first = int(self.automata.addresses[agent]), int(self.automata.first_state[agent])
        address = exports().fix_days(
            ctypes.byref(self.instance.struct),
            whole,
            agent,
            first,
            days.ctypes.data,
            sums.ctypes.data,
            charges.ctypes.data,
            len(sums),
            POLICY.most_states,
        )
        if address is None:
            return FixedDaysAutomaton(days, whole, first, self.automata.scratch, lambda _: 0.0)
        charged = partial(self.charged_for, agent, days, charge)
        automaton = FixedDaysAutomaton(days, address, 0, int(exports().week_scratch(address)), charged)
        weakref.finalize(automaton, exports().release_automaton, address)
        return automaton

    def charged_for(self, agent: int, days: Week, charge: float, week: Week) -> float:
        """What the automaton of an agent with these fixed days charges on top for a week."""
        if not charge:
            return 0.0
        sums, charges = self._sums[agent], charge * self._scarce[agent]
        return float(
            exports().charged(
                ctypes.byref(self.instance.struct),
                agent,
                days.ctypes.data,
                week.ctypes.data,
                sums.ctypes.data,
                charges.ctypes.data,
                len(sums),
            )
        )

    def charged(self, roster: OptionTable, charge: float) -> float:
        """What a roster of options, shape (agents, days), is charged on top for all of its days."""
        all_open = np.full(roster.shape[1], OPEN, np.int32)
        weeks = np.ascontiguousarray(roster, np.int32)
        return sum(self.charged_for(agent, all_open, charge, week) for agent, week in enumerate(weeks))


def _is_scarce(limit: Total) -> bool:
    """Whether the limit caps blocks of days, such as weekends, on which an agent works."""
    return bool(limit.on_any_of) and limit.at_least is None and limit.at_most is not None
