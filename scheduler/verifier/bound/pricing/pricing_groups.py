"""Pricing groups: agent classes whose best weeks are computed in one table.

Classes with the same clock and the same multi-day limits share resources and automaton, and differ in what
their days offer and are worth, and in the states in which they enter.
"""

from dataclasses import dataclass

from scheduler.verifier.bound.pricing.agent_classes import AgentClass, Carried, CarriedLimits
from scheduler.verifier.bound.pricing.day_menus import Menu, Menus
from scheduler.verifier.bound.pricing.limit_placement import LimitPlacement
from scheduler.verifier.bound.pricing.shift_worth import ShiftWorths


@dataclass(frozen=True)
class PricingGroup:
    """What the classes of one table have in common.

    Parameters
    ----------
    across
        The multi-day limits.
    """

    zone: str
    across: tuple[Carried, ...]


@dataclass(frozen=True, eq=False)
class Member:
    """One class of a pricing group.

    Parameters
    ----------
    menus
        What each day offers.
    carried_in
        History for each multi-day limit of the group, see
        :class:`~scheduler.verifier.bound.pricing.limit_placement.Placed`.
    breaks
        The limits on breaks.
    """

    agent_class: AgentClass
    menus: tuple[Menu, ...]
    carried_in: tuple[int | None, ...]
    breaks: tuple[Carried, ...]

    @property
    def templates(self) -> list[int]:
        """Indices of the shift templates offered on some day, in order."""
        return sorted(frozenset[int]().union(*(menu.templates for menu in self.menus)))


class PricingGroups:
    """Finds the group of each class."""

    def __init__(self, shift_worths: ShiftWorths, limits: CarriedLimits) -> None:
        self.shift_worths = shift_worths
        self.limits = limits
        self._clocks: dict[str, tuple[LimitPlacement, Menus]] = {}

    def of(self, agent_class: AgentClass) -> tuple[PricingGroup, Member]:
        """The group of a class, and the class as a member of it."""
        if agent_class.zone not in self._clocks:
            tables = self.shift_worths.tables(agent_class.zone)
            self._clocks[agent_class.zone] = LimitPlacement(tables, self.limits), Menus(tables)
        placement, menus = self._clocks[agent_class.zone]
        placed = placement.of(agent_class)
        offered = tuple(menus.of(day, limits, agent_class.premiums) for day, limits in enumerate(placed.days))
        member = Member(agent_class, offered, placed.carried_in, placed.breaks)
        return PricingGroup(agent_class.zone, placed.across), member
