"""Pricing classes: agents that are alike for the pricing problem, so that one best week serves them all."""

from dataclasses import dataclass

from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.automata.agent_classes import agent_classes_of
from scheduler.engine.instance.instance import Instance

RowKey = tuple[int, int, int, int, int]
"""Group, regime of break rules, clock, day and headcount rows: what options earn depends on these only."""


@dataclass(frozen=True, eq=False)
class PricingClass:
    """Agents that are alike in everything that the pricing problem reads.

    Parameters
    ----------
    agents
        Their numbers.
    group
        Their group of skills and caps.
    rows
        For each day, the row of ``PricingProblem.earned`` that holds what their options earn.
    """

    agents: tuple[int, ...]
    group: int
    rows: tuple[int, ...]

    @property
    def agent(self) -> int:
        """The one whose best week is found."""
        return self.agents[0]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.agents)


def pricing_classes_of(
    instance: Instance, automata: WeekAutomata, rows: dict[RowKey, int]
) -> list[PricingClass]:
    """Sort the agents into classes; ``rows`` numbers the rows of what options earn, and is filled here."""
    agent_classes, heads = agent_classes_of(instance), instance.heads.of_agent
    members: dict[tuple[int, ...], list[int]] = {}
    for agent in range(instance.agents):
        key = (
            int(agent_classes[agent]),
            int(instance.zone[agent]),
            int(automata.automaton_of[agent]),
            int(automata.first_state[agent]),
            int(automata.ready[agent]),
        )
        members.setdefault(key, []).append(agent)
    classes = []
    for alike in members.values():
        agent = alike[0]
        group, zone = int(instance.staffing.group[agent]), int(instance.zone[agent])
        of_days = tuple(
            rows.setdefault(
                (group, int(instance.regime[agent, day]), zone, day, int(heads[agent])), len(rows)
            )
            for day in range(instance.problem.grid.days)
        )
        classes.append(PricingClass(tuple(alike), group, of_days))
    return classes
