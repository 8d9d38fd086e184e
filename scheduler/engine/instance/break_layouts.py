"""Where breaks may lie inside each option, under each regime of break rules.

A *regime* is the set of break limits that hold for an agent on a day; nearly always there is one. A
*layout* is what a regime makes of an option's breaks: one *variant* for every order in which they may be
taken. Layouts are shared by all options for which they come out alike.
"""

from dataclasses import dataclass, field, replace
from itertools import permutations

import numpy as np
import numpy.typing as npt

from scheduler.domain.facts.problem import Break
from scheduler.domain.findings.errors import unsupported
from scheduler.engine.instance.shift_options import ABSENT, Options
from scheduler.engine.kernel.arrays import Int32Array
from scheduler.engine.kernel.bindings import exports
from scheduler.model.limits.breaks import BreakGap, BreakLimit, BreakOrder, BreakWindow, WorkStretch
from scheduler.texts import text

MOST_BREAKS = 8
"""Of a shift, as in ``model.h``."""
NO_LIMIT = 1 << 20
"""In place of a limit on minutes or slots where there is none."""
BREAK_PRICES = ("window_price", "step_price", "gap_price", "work_price", "order_price")

VARIANT = np.dtype(
    [
        ("breaks", np.int32),
        *((name, np.int32, (MOST_BREAKS,)) for name in ("first", "last", "step", "length")),
        *((name, np.int32, (MOST_BREAKS,)) for name in ("wish_first", "wish_last", "wish_step")),
        *((name, np.int32) for name in ("gap_least", "gap_most", "work_most")),
        *((name, np.int32) for name in ("wish_gap_least", "wish_gap_most", "wish_work_most", "slot_minutes")),
        *((name, np.float64) for name in BREAK_PRICES),
    ],
    align=True,
)
"""``Variant`` of the kernel's ``model.h``."""


BreakWindowHere = tuple[int, int, int | None, int]
"""First and last start by the window, where a limit puts the break, and before which minute it may not start;
all in minutes after the shift's start."""


@dataclass(frozen=True)
class BreakTerm:
    """One break limit of a regime, without its agent and days; ``price`` is ``None`` for a must.

    ``price`` is in cost units per unit of excess (a minute, or a pair out of order).
    """

    limit: BreakLimit
    price: int | None

    @classmethod
    def of(cls, limit: BreakLimit, price: int | None) -> "BreakTerm":
        """Without the agent and the days, so that equal terms compare equal."""
        return cls(replace(limit, agent="", on=()), price)


Regime = tuple[BreakTerm, ...]


@dataclass
class Layouts:
    """All layouts of a problem, filled as they are asked for.

    ``variants[from_[layout]:from_[layout + 1]]`` are a layout's; ``names[variant]`` are the breaks in the
    order in which they are taken.
    """

    options: Options
    variants: list[npt.NDArray[np.void]] = field(default_factory=list)
    taken: list[tuple[Break, ...]] = field(default_factory=list)
    from_: list[int] = field(default_factory=lambda: [0])
    _known: dict[tuple[object, ...], int] = field(default_factory=dict)

    def table(self, regime: Regime) -> Int32Array:
        """Layout of every option, shape (zones, days, options); ``ABSENT`` where there is none."""
        options = self.options
        table = np.full(options.start_slot.shape, ABSENT, np.int32)
        seen: dict[tuple[object, ...], int] = {}
        for zone, day, option in np.argwhere(options.start_slot != ABSENT).tolist():
            windows = self._windows(zone, day, option)
            key = (int(options.template[option]), int(options.elapsed[option]), windows)
            if key not in seen:
                seen[key] = self._layout(regime, option, windows)
            table[zone, day, option] = seen[key]
        return table

    def _windows(self, zone: int, day: int, option: int) -> tuple[BreakWindowHere, ...]:
        """First and last start of each break, where a limit puts it, and the least of its starts."""
        options = self.options
        grid, name = options.problem.grid, options.slots.zones[zone]
        elapsed, start = int(options.elapsed[option]), int(options.start_instant[zone, day, option])
        pinned = options.pinned.get(option)
        windows = []
        for j, pause in enumerate(options.template_of(option).breaks_of(elapsed)):
            if pause.measured_from == "start":
                first, last = pause.earliest_start, pause.latest_start
            elif pause.measured_from == "end":
                first, last = elapsed - pause.earliest_start, elapsed - pause.latest_start
            else:
                first = grid.instant_on_day(day, pause.earliest_start, name) - start
                last = grid.instant_on_day(day, pause.latest_start, name) - start
            wanted = None if pinned is None else pinned.break_starts[j]
            since = None if pinned is None else pinned.since
            at = None if wanted is None else wanted - start
            least = 0 if since is None else max(0, since - start)
            windows.append((first, last, at, 0 if at is not None else least))
        return tuple(windows)

    def _layout(self, regime: Regime, option: int, windows: tuple[BreakWindowHere, ...]) -> int:
        """Number of the layout, made if it is new; ``ABSENT`` if no placement is legal."""
        options = self.options
        template = options.template_of(option)
        elapsed = int(options.elapsed[option])
        breaks = template.breaks_of(elapsed)
        terms = tuple(
            term for term in regime if not term.limit.templates or template.name in term.limit.templates
        )
        key = (terms, breaks, windows, elapsed)
        if key in self._known:
            return self._known[key]
        _refuse_two_prices(terms, template.name)
        if len(breaks) > MOST_BREAKS:
            raise unsupported(
                text(
                    'shift "{template}" has {breaks} breaks; at most {most_breaks} fit',
                    template=template.name,
                    breaks=len(breaks),
                    most_breaks=MOST_BREAKS,
                )
            )
        made: list[tuple[npt.NDArray[np.void], tuple[Break, ...]]] = []
        for order in _orders(terms, breaks, windows):
            variant = self._variant(terms, breaks, windows, elapsed, order)
            if exports().layout_exists(variant.ctypes.data, elapsed // options.slots.minutes):
                made.append((variant, tuple(breaks[j] for j in order)))
        if not made:
            self._known[key] = ABSENT
            return ABSENT
        for variant, taken in made:
            self.variants.append(variant)
            self.taken.append(taken)
        self.from_.append(len(self.variants))
        self._known[key] = len(self.from_) - 2
        return self._known[key]

    def _variant(
        self,
        terms: Regime,
        breaks: tuple[Break, ...],
        windows: tuple[BreakWindowHere, ...],
        elapsed: int,
        order: tuple[int, ...],
    ) -> npt.NDArray[np.void]:
        slot = self.options.slots.minutes
        variant = np.zeros(1, VARIANT)
        v = variant[0]
        v["breaks"], v["slot_minutes"] = len(breaks), slot
        v["gap_least"], v["gap_most"], v["work_most"] = 0, NO_LIMIT, NO_LIMIT
        v["wish_gap_least"], v["wish_gap_most"], v["wish_work_most"] = 0, NO_LIMIT, NO_LIMIT
        window_terms = [term for term in terms if isinstance(term.limit, BreakWindow)]
        held_to_window = any(term.price is None for term in window_terms)
        for place, j in enumerate(order):
            pause, (first, last, pinned_at, least) = breaks[j], windows[j]
            lowest, highest = first, last
            step = pause.step_minutes if last > first else slot
            wish_step = step
            if not held_to_window:  # anywhere in the shift; leaving window or step may have its price
                step, lowest, highest = slot, 0, elapsed - pause.length_minutes
            if pinned_at is not None:
                on_step = lowest <= pinned_at <= highest and (pinned_at - lowest) % step == 0
                lowest, highest = (pinned_at, pinned_at) if on_step else (1, 0)
            lowest += -(-max(0, least - lowest) // step) * step  # not before the shift begins
            highest = min(highest, elapsed - pause.length_minutes)
            v["first"][place] = lowest // slot
            v["last"][place] = highest // slot if highest >= lowest else lowest // slot - 1
            v["step"][place] = max(1, step // slot)
            v["length"][place] = pause.length_minutes // slot
            v["wish_first"][place], v["wish_last"][place] = first // slot, last // slot
            v["wish_step"][place] = max(1, wish_step // slot)
        for term in terms:
            _apply(v, term, slot)
        inversions = sum(later < earlier for earlier, later in _neighbours(order))
        order_price = sum(term.price or 0 for term in terms if isinstance(term.limit, BreakOrder))
        v["order_price"] = inversions * order_price
        window_price = sum(term.price or 0 for term in window_terms)
        v["window_price"], v["step_price"] = window_price * slot, window_price
        return variant


def _apply(v: np.void, term: BreakTerm, slot: int) -> None:
    """Hard bounds in slots, rounded inwards, for breaks lie on slots; priced ones in minutes."""
    limit = term.limit
    match limit:
        case BreakGap() if term.price is None:
            if limit.at_least is not None:
                v["gap_least"] = max(v["gap_least"], -(-limit.at_least // slot))
            if limit.at_most is not None:
                v["gap_most"] = min(v["gap_most"], limit.at_most // slot)
        case BreakGap():
            v["wish_gap_least"] = limit.at_least or 0
            v["wish_gap_most"] = NO_LIMIT if limit.at_most is None else limit.at_most
            v["gap_price"] = term.price or 0
        case WorkStretch() if term.price is None:
            v["work_most"] = min(v["work_most"], limit.at_most // slot)
        case WorkStretch():
            v["wish_work_most"], v["work_price"] = limit.at_most, term.price or 0
        case BreakWindow() | BreakOrder():
            pass  # windows and orders are laid out by the caller
        case _:
            raise unsupported(
                text('the engine cannot keep "{name}" inside a shift', name=type(limit).__name__)
            )


def _refuse_two_prices(terms: Regime, template: str) -> None:
    """Refuse two priced limits of one kind for one shift: they would charge two different excesses."""
    for kind in (BreakGap, WorkStretch):
        if sum(isinstance(term.limit, kind) and term.price is not None for term in terms) > 1:
            raise unsupported(
                text(
                    'two preferred rules of the kind "{name}" hold for shift "{template}".',
                    name=kind.__name__,
                    template=template,
                ),
                hint=text("The search can price one; make the others must or off, or narrow their scope."),
            )


def _neighbours(order: tuple[int, ...]) -> list[tuple[int, int]]:
    """Positions at which listed neighbours are taken, as pairs (place of the earlier, of the later)."""
    place = {j: at for at, j in enumerate(order)}
    return [(place[j], place[j + 1]) for j in range(len(order) - 1)]


def _orders(
    terms: Regime, breaks: tuple[Break, ...], windows: tuple[BreakWindowHere, ...]
) -> list[tuple[int, ...]]:
    """Orders in which the breaks may be taken; equal breaks with equal windows are not told apart."""
    listed = tuple(range(len(breaks)))
    if any(isinstance(term.limit, BreakOrder) and term.price is None for term in terms):
        return [listed]
    orders, seen = [], set()
    for order in permutations(listed):
        key = tuple(
            (breaks[j].length_minutes, breaks[j].paid, breaks[j].step_minutes, windows[j]) for j in order
        )
        if key not in seen:
            seen.add(key)
            orders.append(order)
    return orders


def unpriced(variants: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """Break orders with nothing charged for where the breaks lie."""
    bare = variants.copy()
    for name in BREAK_PRICES:
        bare[name] = 0.0
    return bare
