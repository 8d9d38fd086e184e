"""Which classes of agents can be planned together, and what each of them has for itself.

Classes of which the same is asked across days, on the same clock, have one *frame*: they share the meters,
and differ only in what their days offer and are worth, and in how they enter.
"""

from dataclasses import dataclass

from scheduler.verifier.bound.agent_classes import AgentClass, Carried, CarriedLimits
from scheduler.verifier.bound.day_menus import Menu, Menus
from scheduler.verifier.bound.limit_placement import Placing
from scheduler.verifier.bound.shift_worth import Layouts


@dataclass(frozen=True)
class Frame:
    """What classes have in common that are planned together.

    Parameters
    ----------
    across
        The limits that span days.
    """

    zone: str
    across: tuple[Carried, ...]


@dataclass(frozen=True, eq=False)
class Member:
    """One class among those that are planned together.

    Parameters
    ----------
    menus
        What each day offers.
    brought
        What is brought along for each limit of the frame, see
        :class:`~scheduler.verifier.bound.limit_placement.Placed`.
    breaks
        The limits on breaks.
    """

    kind: AgentClass
    menus: tuple[Menu, ...]
    brought: tuple[int | None, ...]
    breaks: tuple[Carried, ...]

    @property
    def templates(self) -> list[int]:
        """The shift templates that are offered on some day, in order."""
        return sorted(frozenset[int]().union(*(menu.templates for menu in self.menus)))


class Frames:
    """Finds each class its frame."""

    def __init__(self, layouts: Layouts, limits: CarriedLimits) -> None:
        self.layouts = layouts
        self.limits = limits
        self._clocks: dict[str, tuple[Placing, Menus]] = {}

    def of(self, kind: AgentClass) -> tuple[Frame, Member]:
        """The frame of a class, and the class as a member of it."""
        if kind.zone not in self._clocks:
            tables = self.layouts.tables(kind.zone)
            self._clocks[kind.zone] = Placing(tables, self.limits), Menus(tables)
        placing, menus = self._clocks[kind.zone]
        placed = placing.of(kind)
        offered = tuple(menus.of(day, limits, kind.premiums) for day, limits in enumerate(placed.days))
        member = Member(kind, offered, placed.brought, placed.breaks)
        return Frame(kind.zone, placed.across), member
